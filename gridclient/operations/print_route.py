"""The route of today on paper: the doors in walking order, why, and room to write."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gridclient.core.domain import codes, masking
from gridclient.core.domain.doors_due import When
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.exchange.office_sheet import OfficeColumn, OfficeTable, lay_out
from gridclient.exchange.placing import place
from gridclient.ledger.ledger import Ledger
from gridclient.operations.export_scope import Extent, Scope, find
from gridclient.operations.export_tables import About, Wish, describe, entry, write
from gridclient.operations.listing import CHINA
from gridclient.operations.todays_doors import DoorDue, Today, in_walking_order, todays_doors
from gridclient.reports.route import HEADS, TITLE, Route, Stop, route_pdf

SUFFIXES = (".pdf", ".xlsx")
_EVENING = 18


@dataclass(frozen=True)
class PrintedRoute:
    """What was written: where, how many doors, how many pages (0 of a workbook)."""

    path: Path
    doors: int
    pages: int


def print_route(
    ledger: Ledger,
    to: Path,
    scope: Scope = Scope(),  # noqa: B008 - frozen
    *,
    without: Collection[Id] = (),
    overwrite: bool = False,
) -> PrintedRoute:
    """Write the doors to go to today as PDF or xlsx, by the file's name, and note it in the audit.

    Names are cut to their first character and numbers masked: a sheet of paper is soon lost.

    Raises:
        KnownError: no such area, no door to go to, another sort of file, it cannot be written.
    """
    if to.suffix.lower() not in SUFFIXES:
        raise KnownError("file_kind", f"路线单存成 pdf 或 xlsx：{to}。", f"{to} has to end in .pdf or .xlsx.")
    with ledger.reading() as connection:
        extent = find(connection, scope)
        about = describe(ledger, connection, extent, scope)
    doors = to_walk(todays_doors(ledger), extent, without)
    if not doors:
        raise KnownError(
            "nothing_to_walk", "今天没有要去的门，没有路线可印。", "No door is due; nothing to print."
        )
    content, pages = _pdf(doors, about) if to.suffix.lower() == ".pdf" else (_sheet(doors, about), 0)
    note = entry(ledger, about, TITLE, len(doors), Wish(scope))
    place(to, content, overwrite=overwrite, before=lambda: write(ledger, note))
    return PrintedRoute(to, len(doors), pages)


def to_walk(today: Today, extent: Extent, without: Collection[Id]) -> list[DoorDue]:
    """The doors of a route in walking order: today's, those on the way, those that may open later today."""
    groups = today.grouped()
    chosen = [*groups[When.TODAY], *groups[When.ON_THE_WAY][: today.most]]
    chosen += [one for one in groups[When.ANOTHER_TIME] if _later_today(one, today.at)]
    within = extent.places
    return in_walking_order(
        [one for one in chosen if one.household not in without and (within is None or one.building in within)]
    )


def why(one: DoorDue) -> str:
    """The strongest reasons as they may be printed, and when to knock where it did not open."""
    said = [masking.text(reason.words) for reason in one.due.reasons[:2]]
    if one.due.when is When.ANOTHER_TIME and one.due.better is not None:
        starts = datetime.fromtimestamp(one.due.better.starts / 1000, CHINA)
        said.insert(0, f"{'今晚' if starts.hour >= _EVENING else '今天'} {starts.hour}:{starts:%M} 去")
    return "；".join(said)


def _later_today(one: DoorDue, now: int) -> bool:
    instead = one.due.better
    return instead is not None and _day(instead.starts) == _day(now)


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, CHINA):%Y-%m-%d}"


def _who(one: DoorDue) -> str:
    return f"{masking.name(one.head)} {one.people}人" if one.head else f"{one.people}人"


def _block(one: DoorDue) -> str:
    return f"{one.compound}　{one.number}号楼" if one.number.isdigit() else f"{one.compound}　{one.number}"


def _door(one: DoorDue) -> str:
    return f"{one.unit}单元 {one.room}" if one.unit else one.room


def _pdf(doors: list[DoorDue], about: About) -> tuple[bytes, int]:
    stops = [Stop(_block(one), _door(one), _who(one), why(one)) for one in doors]
    whole = "　".join(part for part in (about.community, about.area, f"{len(doors)} 户") if part)
    outcomes = "　".join(f"{code} {word}" for code, word in codes.OUTCOME.labels.items())
    return route_pdf(Route(stops, whole, outcomes, about.maker, about.made))


def _sheet(doors: list[DoorDue], about: About) -> memoryview:
    columns = [
        OfficeColumn(head, middle=middle)
        for head, middle in zip((HEADS[0], "楼栋", *HEADS[1:]), (True, *[False] * 6), strict=True)
    ]
    rows = [
        (str(number), _block(one), _door(one), _who(one), why(one), "", "")
        for number, one in enumerate(doors, start=1)
    ]
    lines = [about.community, about.area, f"{len(doors)} 户", about.until]
    return lay_out(OfficeTable(TITLE, lines, columns, rows, about.maker, about.made))
