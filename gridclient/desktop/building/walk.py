"""From door to door with the arrow keys, over gaps and missing doors."""

from __future__ import annotations

from gridclient.desktop.building.grid import Grid, Place, Title
from gridclient.desktop.building.view import State

QUIET = frozenset({State.VACANT, State.UNREGISTERED, State.CONSTRUCTION})
"""Doors nobody is expected behind."""


def step(grid: Grid, place: Place | None, direction: tuple[int, int]) -> Place | None:
    """The next door in a direction; upwards and downwards the nearest one of the next row that has any."""
    if not grid.doors:
        return None
    if place is None:
        return min(grid.doors)
    down, across = direction
    if across:
        return _along(grid, place, across)
    rows = sorted({row for row, _column in grid.doors}, reverse=down < 0)
    for row in rows:
        if (row - place[0]) * down > 0:
            columns = [column for at, column in grid.doors if at == row]
            return row, min(columns, key=lambda column: _distance(grid, (row, column), place[1]))
    return None


def step_unit(grid: Grid, place: Place | None, direction: int) -> Place | None:
    """The first (−1) or last (1) door of this unit on this floor; from there that of the unit beyond."""
    if place is None:
        return step(grid, place, (0, 1))
    starts = sorted({head.column for head in grid.heads} or {title.column for title in _titles(grid)} or {0})
    units = [*starts, grid.columns]
    at = max(number for number, start in enumerate(starts) if start <= place[1])
    while 0 <= at < len(starts):
        inside = sorted(
            column for row, column in grid.doors if row == place[0] and units[at] <= column < units[at + 1]
        )
        target = (inside[0] if direction < 0 else inside[-1]) if inside else place[1]
        if target != place[1] and (target - place[1]) * direction > 0:
            return place[0], target
        at += direction
    return None


def next_door(grid: Grid, place: Place) -> Place | None:
    """The next door to knock on as one walks: along the floor, a floor down, at the foot the next unit."""
    starts = sorted({head.column for head in grid.heads} or {0})

    def way(at: Place) -> tuple[int, int, int]:
        return sum(start <= at[1] for start in starts), *at

    return min(
        (at for at, door in grid.doors.items() if way(at) > way(place) and door.state not in QUIET),
        key=way,
        default=None,
    )


def _along(grid: Grid, place: Place, across: int) -> Place | None:
    columns = [column for row, column in grid.doors if row == place[0] and (column - place[1]) * across > 0]
    return (place[0], min(columns, key=lambda column: abs(column - place[1]))) if columns else None


def _distance(grid: Grid, place: Place, column: int) -> int:
    last = place[1] + grid.doors[place].span - 1
    if place[1] <= column <= last:
        return 0
    return min(abs(place[1] - column), abs(last - column))


def _titles(grid: Grid) -> list[Title]:
    return [title for line in grid.titles.values() for title in line]
