"""Open matters as their page shows them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.app.present import moments
from gridclient.core.domain import codes, geography
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matters import Step, standing
from gridclient.desktop.matters import Filter, MatterDetail, MatterRow, MattersView, StepLine
from gridclient.desktop.theme import Tone
from gridclient.ledger.households import Row, row, rows, worker_names
from gridclient.ledger.tables import column_name

FINISHED = frozenset({"closed", "void"})
STATUSES = tuple(code for code in codes.MATTER_STATUS.labels if code != "void")
DAY = 24 * 3600 * 1000
LONG_DAYS = 30


class Found(NamedTuple):
    """One open matter: its row, its detail, and how long it has been open."""

    row: MatterRow
    detail: MatterDetail
    age: int


def open_matters(connection: Connection, now: int) -> list[Found]:
    """All matters that are not done, the longest open first, what is late before all."""
    workers = worker_names(connection)
    steps: dict[Id, list[Row]] = {}
    live = "(retired IS NULL OR retired = '')"
    for step in rows(connection, "matter_step", live, (), f"ORDER BY {column_name('at')}"):
        steps.setdefault(_id(step.fields.get("matter")), []).append(step)
    found = []
    for matter in rows(connection, "matter", live, ()):
        mine = steps.get(matter.id, [])
        stands = standing(
            Step(step.id, step.text("status"), frozenset(_ids(step.fields.get("after")))) for step in mine
        )
        if stands.status not in FINISHED:
            found.append(_found(connection, matter, mine, stands.status, stands.disputed, workers, now))
    return sorted(found, key=lambda one: (not one.row.late, -one.age))


def matters_view(found: Sequence[Found], chosen: Filter, now: int) -> MattersView:
    """The page for one filter."""
    counts = {one: sum(_in(each, one) for each in found) for one in Filter}
    shown = tuple(each.row for each in found if _in(each, chosen))
    late = counts[Filter.LATE]
    summary = f"{len(found)} 件没办完" + (f"，{late} 件超期" if late else "")
    del now
    return MattersView(shown, summary if found else "", counts, chosen)


def _in(found: Found, chosen: Filter) -> bool:
    if chosen is Filter.OPEN:
        return True
    if chosen is Filter.LATE:
        return found.row.late
    return bool(found.row.status == chosen.value)


def _found(
    connection: Connection,
    matter: Row,
    steps: list[Row],
    status: str,
    disputed: bool,
    workers: dict[Id, str],
    now: int,
) -> Found:
    household = _id(matter.fields.get("household"))
    where = _where(connection, household)
    since = matter.number("received") or matter.at
    due = matter.number("due")
    late = bool(due) and due < now
    age = moments.days_between(since, now)
    if late:
        clock, tone = f"超 {max(1, moments.days_between(due, now))} 天", Tone.BAD
    elif due:
        clock, tone = f"剩 {max(1, moments.days_between(now, due))} 天", Tone.WARN
    else:
        clock, tone = f"{age} 天了" if age else "今天", Tone.WARN if age >= LONG_DAYS else Tone.NEUTRAL
    last = steps[-1] if steps else None
    handler = (last.text("unit") if last else "") or workers.get(last.author if last else matter.author, "")
    shown = MatterRow(
        matter.id, matter.text("title"), where, handler, status, clock, tone, late=late, disputed=disputed
    )
    category = matter.text("category")
    chips = ((codes.MATTER_CATEGORY.label(category), Tone.NEUTRAL, ""),) if category else ()
    detail = MatterDetail(
        matter.id,
        "",
        matter.text("title"),
        where,
        chips,
        _lines(steps, status, late, workers, now),
        status,
        household=household,
    )
    return Found(shown, detail, age)


def _lines(
    steps: list[Row], status: str, late: bool, workers: dict[Id, str], now: int
) -> tuple[StepLine, ...]:
    here = STATUSES.index(status) if status in STATUSES else 0
    lines = []
    for at, code in enumerate(STATUSES):
        mine = [step for step in steps if step.text("status") == code]
        when = moments.day(mine[-1].number("at"), now) if mine else ""
        who = workers.get(mine[-1].author, "") if mine else ""
        said = mine[-1].text("note") if mine else ""
        note = "：".join(part for part in (who, said) if part)
        name = codes.MATTER_STATUS.label(code)
        lines.append(StepLine(name, when, note, at < here, at == here, late and at == here))
    return tuple(lines)


def _where(connection: Connection, household: Id) -> str:
    house = row(connection, "household", household or None)
    dwelling = row(connection, "dwelling", _id(house.fields.get("dwelling")) if house else None)
    building = row(connection, "building", dwelling.place if dwelling else None)
    head = row(connection, "resident", _id(house.fields.get("head")) if house else None)
    if dwelling is None or building is None:
        return ""
    door = geography.door(building.text("number"), dwelling.text("unit"), dwelling.text("room"))
    return f"{door} {head.text('name')}" if head else door


def _id(value: object) -> Id:
    return value if isinstance(value, bytes) else b""


def _ids(value: object) -> list[Id]:
    return [one for one in value if isinstance(one, bytes)] if isinstance(value, list) else []
