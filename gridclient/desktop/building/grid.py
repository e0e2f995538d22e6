"""Where each door stands in the table: units side by side, or whole buildings as blocks."""

from __future__ import annotations

from dataclasses import dataclass, field

from gridclient.desktop.building.view import BuildingView, CompoundView, Door

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Title:
    """Words over several columns."""

    column: int
    columns: int
    words: str


@dataclass(frozen=True)
class Grid:
    """A table of doors. ``last_of_unit`` are the columns after which a wider gap follows."""

    rows: int
    columns: int
    doors: dict[Place, Door]
    overview: bool = False
    heads: tuple[Title, ...] = ()
    floors: tuple[str, ...] = ()
    titles: dict[int, tuple[Title, ...]] = field(default_factory=dict)
    last_of_unit: frozenset[int] = frozenset()
    building_of: dict[bytes, bytes] = field(default_factory=dict)

    def place_of(self, dwelling: bytes) -> Place | None:
        """Where the dwelling stands."""
        return next((place for place, door in self.doors.items() if door.dwelling == dwelling), None)

    def shop_rows(self) -> frozenset[int]:
        """Rows that hold nothing but wide doors: they are lower."""
        wide: dict[int, bool] = {}
        for (row, _column), door in self.doors.items():
            wide[row] = wide.get(row, True) and door.span > 1
        return frozenset(row for row, only in wide.items() if only)


def building_grid(view: BuildingView) -> Grid:
    """Floors × units of one building, top floor up."""
    starts, heads, lasts, column = [], [], set(), 0
    for unit in view.units:
        starts.append(column)
        heads.append(Title(column, unit.slots, unit.name))
        column += unit.slots
        lasts.add(column - 1)
    doors = {(door.floor, starts[door.unit] + door.slot): door for door in view.doors}
    return Grid(
        rows=len(view.floors),
        columns=column,
        doors=doors,
        heads=tuple(heads),
        floors=view.floors,
        last_of_unit=frozenset(lasts - {column - 1}),
        building_of={door.dwelling: view.id for door in view.doors},
    )


def compound_grid(view: CompoundView, columns: int) -> Grid:
    """Buildings as blocks, one after the other, in lines at most ``columns`` wide where a block allows it."""
    doors: dict[Place, Door] = {}
    titles: dict[int, list[Title]] = {}
    building_of: dict[bytes, bytes] = {}
    row, column, height, widest = 0, 0, 0, 0
    for building in view.buildings:
        width = sum(unit.slots for unit in building.units)
        if column and column + width > columns:
            row, column, height = row + height, 0, 0
        titles.setdefault(row, []).append(Title(column, width, building.name))
        block = building_grid(building)
        for (down, across), door in block.doors.items():
            doors[row + 1 + down, column + across] = door
        building_of.update(block.building_of)
        widest = max(widest, column + width)
        column += width + 1
        height = max(height, block.rows + 1)
    return Grid(
        rows=row + height,
        columns=widest,
        doors=doors,
        overview=True,
        titles={at: tuple(found) for at, found in titles.items()},
        building_of=building_of,
    )
