"""Moving: a household or some of its people go on behind another door, or were registered at a wrong one.

A record belongs to one place for life. Within a building only the pointer changes; into another building what
is alive is retired and goes on as successors, whose ids every laptop makes alike, so that two that record one
move meet. Closed history stays where it happened; a line about it goes along.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, cast

from sqlalchemy import Connection

from gridclient.core.domain.care import CareTag
from gridclient.core.domain.declaration import RETIRED_GROUP, Kind
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.geography import Dwelling, door
from gridclient.core.domain.household_life import successor_id
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matters import Matter, MatterStep, Step, standing
from gridclient.core.domain.outreach import Appointment
from gridclient.core.domain.people import Household, Resident
from gridclient.core.merge.change import Draft
from gridclient.ledger.households import Row, row, rows
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import BadInputError, Touched

MOVED = "moved"
LIVE = "(retired IS NULL OR retired = '')"
_DONE = frozenset({"closed", "void"})
AHEAD = frozenset({"", "asked", "confirmed"})
# What is said of a household behind one door and does not go along to the next.
_LEFT_BEHIND = frozenset(
    {Kind.retired.key, Kind.successor.key, "dwelling", "moved_in", "moved_out", "moved_from"}
)


class Moved(NamedTuple):
    """What a move did. `household`: where they go on; `retired`: how many records have a successor now."""

    touched: Touched
    household: Id
    retired: int


def move_household(
    ledger: Ledger, household: Id, dwelling: Id, day: str | None = None, *, left_empty: bool = False
) -> Moved:
    """Let a household go on behind another door, with its people, tags, open matters and appointments.

    `day`: `YYYY[-MM[-DD]]`, when they moved; `left_empty`: nobody lives behind the old door now. What
    belongs into a building that is not the author's is held for the supervisor by the server, like every
    other change there.

    Raises:
        BadInputError: one of them is not in this ledger or is retired, or the day is none; nothing was saved.
    """
    with ledger.reading() as connection:
        old, target = live(connection, Household, household), live(connection, Dwelling, dwelling)
        if old.fields.get("dwelling") == dwelling:
            raise BadInputError("这一户已经在这个门里了")
        if old.place == target.place:
            changes: dict[str, object] = {"dwelling": dwelling, **({"moved_in": day} if day else {})}
            drafts = [Draft(Household.kind, household, old.place, changes)]
            goes_on = household
        else:
            drafts = list(_whole_household(connection, old, target, day))
            goes_on = successor_id(household, target.place)
        drafts += stands_empty(connection, old) if left_empty else []
    return Moved(ledger.write(drafts), goes_on, sum(retires(draft) for draft in drafts))


def move_people(ledger: Ledger, people: Iterable[Id], household: Id) -> Moved:
    """Let some people go on in another household; their tags go with them.

    Raises:
        BadInputError: somebody, or the household, is not in this ledger or is retired; nothing was saved.
    """
    drafts: list[Draft] = []
    with ledger.reading() as connection:
        target = live(connection, Household, household)
        for person in dict.fromkeys(people):
            old = live(connection, Resident, person)
            drafts += goes_along(connection, old, household, target.place)
    if not drafts:
        raise BadInputError("没有要搬的人")
    return Moved(ledger.write(drafts), household, sum(retires(draft) for draft in drafts))


def goes_along(
    connection: Connection, person: Row, household: Id, place: Id, more: Mapping[str, object] | None = None
) -> list[Draft]:
    """A person goes on in another household, with what `more` says of them there, and the tags about them."""
    said = {"household": household, **(more or {})}
    tags = tags_of(connection, "resident", person.id, person.place)
    if person.place == place:
        whose = [Draft(CareTag.kind, tag.id, tag.place, {"household": household}) for tag in tags]
        return [Draft(Resident.kind, person.id, person.place, said), *whose]
    names = {"household": household, "resident": successor_id(person.id, place)}
    drafts = go_on(Resident, person, place, said)
    for tag in tags:
        drafts += go_on(CareTag, tag, place, names)
    return drafts


def stands_empty(connection: Connection, household: Row) -> list[Draft]:
    """The door a household leaves is vacant, unless others live behind it."""
    where = household.fields.get("dwelling")
    home = row(connection, Dwelling.kind, where) if isinstance(where, bytes) else None
    others = rows(connection, Household.kind, f"dwelling = ? AND id <> ? AND {LIVE}", (where, household.id))
    if home is None or others or home.text("use") == "vacant":
        return []
    return [Draft(Dwelling.kind, home.id, home.place, {"use": "vacant"})]


def _whole_household(connection: Connection, old: Row, target: Row, day: str | None) -> Iterator[Draft]:
    place, home = target.place, successor_id(old.id, target.place)
    head = old.fields.get("head")
    kept = {key: value for key, value in old.fields.items() if key not in _LEFT_BEHIND}
    kept["head"] = successor_id(head, place) if isinstance(head, bytes) else None
    kept["remark"] = _with_history(connection, old)
    where = door_of(connection, old)
    news: dict[str, object] = {**kept, "dwelling": target.id, "moved_in": day, "moved_from": where}
    yield created(Household, home, place, news)
    yield _retired(Household, old, home, {"moved_out": day})
    for person in rows(connection, Resident.kind, f"household = ? AND {LIVE}", (old.id,)):
        yield from go_on(Resident, person, place, {"household": home})
    for tag in tags_of(connection, "household", old.id, old.place):
        whose = tag.fields.get("resident")
        names = {
            "household": home,
            "resident": successor_id(whose, place) if isinstance(whose, bytes) else None,
        }
        yield from go_on(CareTag, tag, place, names)
    for matter in open_matters(connection, old.id):
        if matter.place == old.place:
            yield from _open_matter(connection, matter, place, home)
    for appointment in rows(connection, Appointment.kind, f"household = ? AND {LIVE}", (old.id,)):
        if appointment.text("state") in AHEAD:
            yield from go_on(Appointment, appointment, place, {"household": home})


def open_matters(connection: Connection, household: Id) -> list[Row]:
    """The matters of a household that are not done."""
    every = rows(connection, Matter.kind, f"household = ? AND {LIVE}", (household,))
    return [matter for matter in every if standing(_steps(connection, matter)).status not in _DONE]


def _steps(connection: Connection, matter: Row) -> list[Step]:
    return [
        Step(step.id, step.text("status"), frozenset(cast(list[Id], step.fields.get("after", []))))
        for step in rows(connection, MatterStep.kind, f"matter = ? AND {LIVE}", (matter.id,))
    ]


def _open_matter(connection: Connection, matter: Row, place: Id, home: Id) -> Iterator[Draft]:
    """A matter still open goes on; its steps so far stay, and one step says where it stood."""
    steps = rows(connection, MatterStep.kind, f"matter = ? AND {LIVE}", (matter.id,))
    yield from go_on(Matter, matter, place, {"household": home})
    goes_on = successor_id(matter.id, place)
    said: dict[str, object] = {
        "matter": goes_on,
        "status": standing(_steps(connection, matter)).status,
        "at": max((step.number("at") for step in steps), default=matter.at),
        "note": "随住户搬来，前面的步骤留在原处",
    }
    yield created(MatterStep, successor_id(goes_on, place), place, said)


def go_on(kind: type[Kind], old: Row, place: Id, names: Mapping[str, object]) -> list[Draft]:
    """A record retired, and its successor in another place."""
    goes_on = successor_id(old.id, place)
    kept = {key: value for key, value in old.fields.items() if key not in (RETIRED_GROUP, Kind.successor.key)}
    return [created(kind, goes_on, place, {**kept, **names}), _retired(kind, old, goes_on, {})]


def created(kind: type[Kind], record: Id, place: Id, fields: dict[str, object]) -> Draft:
    said = {key: value for key, value in fields.items() if value is not None}
    for group in kind.groups.values():
        if any(field.key in said for field in group):
            said.update({field.key: said.get(field.key) for field in group})
    for key, field in kind.fields.items():
        if field.is_set and key in said:
            said[key] = [said[key], []]
    return Draft(kind.kind, record, place, said, new=True)


def _retired(kind: type[Kind], old: Row, successor: Id, more: dict[str, object]) -> Draft:
    fields = {Kind.retired.key: MOVED, Kind.successor.key: successor, **more}
    return Draft(kind.kind, old.id, old.place, fields)


def retires(draft: Draft) -> bool:
    return draft.fields.get(Kind.retired.key) == MOVED


def tags_of(connection: Connection, key: str, of: Id, place: Id) -> list[Row]:
    """Tags that lie where the record does; those only named persons may know stay at the desk."""
    return rows(connection, CareTag.kind, f"{key} = ? AND place = ? AND {LIVE}", (of, place))


def live(connection: Connection, kind: type[Kind], record: Id) -> Row:
    found = row(connection, kind.kind, record)
    if found is None:
        raise BadInputError(f"台账里没有这个{kind.zh}")
    if found.text(Kind.retired.key):
        raise BadInputError(f"这个{kind.zh}已经停用，先恢复它再搬")
    return found


def door_of(connection: Connection, household: Row) -> str:
    dwelling = household.fields.get("dwelling")
    behind = row(connection, Dwelling.kind, dwelling) if isinstance(dwelling, bytes) else None
    block = row(connection, KINDS["building"].kind, behind.place) if behind else None
    if behind is None or block is None:
        return ""
    return door(block.text("number"), behind.text("unit"), behind.text("room"))


def _with_history(connection: Connection, household: Row) -> str:
    """The remark, and how often people were visited behind the old door."""
    (visits,) = connection.exec_driver_sql(
        f"SELECT count(*) FROM k_visit WHERE household = ? AND {LIVE}", (household.id,)
    ).one()
    line = f"从{door_of(connection, household) or '别处'}搬来，在那里走访过 {visits} 次"
    return "\n".join(part for part in (household.text("remark"), line) if part)[:1000]
