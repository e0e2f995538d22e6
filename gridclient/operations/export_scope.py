"""What part of the ledger a table is about: a building, a grid or all; from one day to another or always."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import Invalid, check_date
from gridclient.ledger.buildings import BuildingLine, buildings
from gridclient.operations.listing import CHINA

_MOST_NAMED = 20


@dataclass(frozen=True)
class Scope:
    """What a person asked for: names as people say them; days `YYYY-MM-DD`, both included, or ""."""

    building: str = ""
    grid: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Extent:
    """A scope found in the ledger. `places`: the buildings, None for all; `first`, `after`: milliseconds."""

    places: tuple[Id, ...] | None
    first: int
    after: int
    area: str
    period: str

    def where(self, place: str, at: str = "") -> tuple[str, tuple[object, ...]]:
        """The condition over a column of places and one of instants, and what is given to it."""
        parts, given = ["1"], list[object]()
        if self.places is not None:
            parts.append(f"{place} IN ({','.join('?' * len(self.places))})")
            given += self.places
        if at and self.first:
            parts.append(f"{at} >= ?")
            given.append(self.first)
        if at and self.after:
            parts.append(f"{at} < ?")
            given.append(self.after)
        return " AND ".join(parts), tuple(given)


def find(connection: Connection, scope: Scope) -> Extent:
    """Where and when a scope is.

    Raises:
        KnownError: there is no such building or grid (it names those there are), or a day is none.
    """
    places, area = _places(connection, scope)
    first = _midnight(scope.since)
    after = _midnight(scope.until, days=1)
    if first and after and first >= after:
        raise KnownError("bad_period", "开始的日子在结束的后面。", "The first day is after the last.")
    period = ""
    if first or after:
        period = f"{scope.since or '开始'} 至 {scope.until or '现在'}"
    return Extent(places, first, after, area, period)


def _places(connection: Connection, scope: Scope) -> tuple[tuple[Id, ...] | None, str]:
    if scope.building and scope.grid:
        raise KnownError(
            "usage", "--building 和 --grid 只能写一个。", "Give only one of --building and --grid."
        )
    blocks = buildings(connection)
    if scope.building:
        found = [one for one in blocks if scope.building in _names(one)]
        if not found:
            raise _missing("这栋楼", "building", scope.building, [_spoken(one) for one in blocks])
        return tuple(one.id for one in found), "、".join(_spoken(one) for one in found[:3])
    if scope.grid:
        return _in_grid(connection, scope.grid, blocks)
    return None, ""


def _in_grid(connection: Connection, wanted: str, blocks: list[BuildingLine]) -> tuple[tuple[Id, ...], str]:
    """The buildings of a grid and of those inside it."""
    grids = [
        (bytes(one), title or "", number or "", above)
        for one, title, number, above in connection.exec_driver_sql(
            "SELECT id, title, number, parent FROM k_grid WHERE retired IS NULL OR retired = ''"
        )
    ]
    named = [grid for grid in grids if wanted in (grid[1], grid[2], ids.text(grid[0]))]
    if not named:
        raise _missing("这个网格", "grid", wanted, sorted(grid[1] for grid in grids))
    inside = {named[0][0]}
    while more := {grid[0] for grid in grids if grid[3] in inside} - inside:
        inside |= more
    return tuple(one.id for one in blocks if one.grid in inside), named[0][1]


def _names(one: BuildingLine) -> set[str]:
    block = f"{one.number}号楼"
    titled = {f"{one.compound}{sign}{name}" for sign in ("", " ", "/", "-") for name in (block, one.number)}
    return {ids.text(one.id), one.number, block, *titled}


def _spoken(one: BuildingLine) -> str:
    return f"{one.compound}{one.number}号楼" if one.number.isdigit() else f"{one.compound}{one.number}"


def _missing(what: str, english: str, wanted: str, there: list[str]) -> KnownError:
    some = "、".join(there[:_MOST_NAMED]) + ("……" if len(there) > _MOST_NAMED else "")
    return KnownError(
        f"no_{english}",
        f"没有{what}：{wanted}。" + (f"有：{some}。" if some else "台账里还一个也没有。"),
        f"No such {english}: {wanted}. There are: {some or 'none'}.",
    )


def _midnight(written: str, days: int = 0) -> int:
    """The beginning of a day in China, some days later; 0 for no day."""
    if not written:
        return 0
    try:
        day = date.fromisoformat(check_date(written)) + timedelta(days=days)
    except Invalid as error:
        raise KnownError("bad_date", f"{error}。", f"{written} is no day; write 2026-11-24.") from error
    except (ValueError, OverflowError) as error:
        raise KnownError(
            "bad_date",
            f"日期要写成 2026-11-24 这样，写的是“{written}”。",
            f"Write days like 2026-11-24, not {written}.",
        ) from error
    return int(datetime(day.year, day.month, day.day, tzinfo=CHINA).timestamp() * 1000)
