"""Coming and going in the words of the page: who moved in from where, why a household is no more."""

from gridclient.app.present import moments
from gridclient.core.domain import codes
from gridclient.desktop.household.view import Happening, Sort
from gridclient.desktop.kit.timeline import Event
from gridclient.ledger.households import Household, Row


def retired_words(found: Household) -> str:
    """What has to be read first on the page of a household that is no more."""
    retired = found.household.text("retired")
    day = found.household.text("moved_out")
    when = f"{moments.partial(day)}" if day else ""
    said = {"moved": f"已搬走{f'（{when}）' if when else ''}", "merged": "已并到另一户"}
    return said.get(retired, f"已{codes.RETIRED.label(retired)}")


def happenings(found: Household, now: int) -> list[tuple[int, Happening]]:
    """Moving in, when and from where, if it is known."""
    house = found.household
    where = house.text("moved_from")
    made = []
    if where or house.text("moved_in"):
        day = house.text("moved_in")
        what = f"从{where}搬来" if where else "搬来"
        event = Event(house.id, "home", what, "", moments.partial(day) or moments.moment(house.at, now))
        made.append((_at(house, "moved_in"), Happening(event, Sort.CHANGE)))
    return made


def _at(row: Row, key: str) -> int:
    """A partial date as an instant to sort by; the record's making where there is none."""
    written = row.text(key)
    return moments.instant_of(written) if written else row.at
