"""How large the cells are for the room there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gridclient.desktop.building.grid import Grid, compound_grid
from gridclient.desktop.building.view import CompoundView

FULL = (81, 60)
WIDEST = 120
COMPACT = (58, 44)
SHOP = 34
GAP = 4
UNIT_GAP = 12
SYMBOLS = (28, 24, 20)


@dataclass(frozen=True, slots=True)
class Measures:
    """Pixels: a cell, the gap after it, the wider gap after a unit, the height of a row of shops."""

    width: int
    height: int
    gap: int
    unit_gap: int
    shop: int
    lead: int = 0
    title: int = 0


def building_measures(
    grid: Grid, px: Callable[[float], int], *, width: int, height: int, bar: int, full: int
) -> Measures:
    """Cells at least ``full`` wide, wider where there is room; compact ones without names where not."""
    gap, unit_gap, lead = px(GAP), px(UNIT_GAP), px(3)
    columns = max(grid.columns, 1)
    shops = len(grid.shop_rows())
    tall = (grid.rows - shops) * (px(FULL[1]) + gap) + shops * (px(SHOP) + gap)
    if tall + lead + 2 > height:
        width -= bar
    room = width - lead - len(grid.last_of_unit) * unit_gap
    each = room // columns - gap
    if each >= full:
        return Measures(min(each, px(WIDEST)), px(FULL[1]), gap, unit_gap, px(SHOP), lead)
    each = max(px(COMPACT[0]), min(each, px(FULL[0])))
    return Measures(each, px(COMPACT[1]), gap, unit_gap, px(SHOP), lead)


def overview(view: CompoundView, px: Callable[[float], int], width: int) -> tuple[Grid, Measures]:
    """Symbols only, in the size that needs the fewest lines of buildings; the largest of those."""
    found: list[tuple[int, int, Grid]] = []
    for size in SYMBOLS:
        grid = compound_grid(view, max(1, width // (px(size) + px(2))))
        found.append((len(grid.titles), -size, grid))
    _lines, size, grid = min(found, key=lambda each: each[:2])
    edge = px(-size)
    return grid, Measures(edge, edge, px(2), 0, edge, lead=1, title=px(32))
