"""Where doors stand, how the keys walk between them, how each looks and is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from gridclient.desktop.building import BuildingView, Clock, Door, Layer, State, Unit
from gridclient.desktop.building.faces import STATES, face, legend
from gridclient.desktop.building.grid import building_grid, compound_grid
from gridclient.desktop.building.model import DoorModel
from gridclient.desktop.building.walk import step, step_unit
from tests.desktop.buildings import building, compound
from tests.desktop.keys import sound

LEFT, RIGHT, UP, DOWN = (0, -1), (0, 1), (-1, 0), (1, 0)


def without(view: BuildingView, *rooms: str) -> BuildingView:
    """The building with some doors missing in every unit."""
    return replace(view, doors=tuple(door for door in view.doors if door.room not in rooms))


def test_the_top_floor_is_up_and_units_stand_side_by_side() -> None:
    grid = building_grid(building())
    assert grid.doors[0, 0].title == "12号楼 1单元 701"
    assert grid.doors[6, 8].title == "12号楼 3单元 103"
    assert grid.last_of_unit == {2, 5}
    assert [head.words for head in grid.heads] == ["1 单元", "2 单元", "3 单元"]
    assert grid.shop_rows() == {7}


def test_units_may_differ_in_width() -> None:
    view = replace(building(units=1, slots=2), units=(Unit("1 单元", 4),))
    assert building_grid(view).columns == 4


def test_a_compound_wraps_its_buildings() -> None:
    grid = compound_grid(compound(5), columns=20)
    assert [[title.words for title in line] for line in grid.titles.values()] == [
        ["1号楼", "2号楼"],
        ["3号楼", "4号楼"],
        ["5号楼"],
    ]
    assert len(grid.doors) == 5 * 63
    assert grid.building_of[grid.doors[1, 10].dwelling] == "2号楼".encode()


def test_a_building_wider_than_the_room_still_stands_in_a_line_of_its_own() -> None:
    grid = compound_grid(compound(2), columns=3)
    assert len(grid.titles) == 2
    assert grid.columns == 9


def test_arrows_pass_over_missing_doors() -> None:
    grid = building_grid(without(building(), "602"))
    assert step(grid, (1, 0), RIGHT) == (1, 2)
    assert step(grid, (1, 2), LEFT) == (1, 0)
    assert step(grid, (0, 1), DOWN) in {(1, 0), (1, 2)}


def test_arrows_stop_at_the_edges() -> None:
    grid = building_grid(building())
    assert step(grid, (0, 0), UP) is None
    assert step(grid, (0, 0), LEFT) is None
    assert step(grid, (0, 8), RIGHT) is None
    assert step(grid, (7, 6), DOWN) is None


def test_a_wide_shop_is_reached_from_every_door_above() -> None:
    grid = building_grid(building())
    assert {step(grid, (6, column), DOWN) for column in (3, 4, 5)} == {(7, 3)}
    assert step(grid, (7, 3), UP) == (6, 3)


def test_the_first_key_finds_a_door() -> None:
    assert step(building_grid(building()), None, DOWN) == (0, 0)
    assert step(building_grid(replace(building(), doors=())), None, DOWN) is None


def test_home_and_end_walk_by_unit() -> None:
    grid = building_grid(building())
    assert step_unit(grid, (2, 4), -1) == (2, 3)
    assert step_unit(grid, (2, 3), -1) == (2, 0)
    assert step_unit(grid, (2, 0), -1) is None
    assert step_unit(grid, (2, 4), 1) == (2, 5)
    assert step_unit(grid, (2, 5), 1) == (2, 8)
    assert step_unit(grid, (2, 8), 1) is None


def test_doors_keep_the_laws_of_qt(qtmodeltester: ModelTester) -> None:
    model = DoorModel()
    sound(qtmodeltester, model)
    model.set_grid(building_grid(without(building(), "602")))
    sound(qtmodeltester, model)
    model.set_grid(compound_grid(compound(3), columns=20))
    sound(qtmodeltester, model)


def test_a_cell_speaks_and_a_gap_is_silent() -> None:
    model = DoorModel()
    model.set_grid(building_grid(without(building(), "602")))
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "12号楼 1单元 701，visited"
    assert model.data(model.index(1, 1)) is None
    assert model.flags(model.index(1, 1)) == Qt.ItemFlag.NoItemFlags
    assert model.headerData(4, Qt.Orientation.Horizontal) == "2 单元"
    assert model.headerData(0, Qt.Orientation.Vertical) == "7层"


def test_only_a_door_that_changed_is_told() -> None:
    model = DoorModel()
    view = building()
    model.set_grid(building_grid(view))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, _bottom: told.append((top.row(), top.column())))
    doors = list(view.doors)
    doors[4] = replace(doors[4], state=State.VISITED, head="赵世昌")
    assert not model.set_grid(building_grid(replace(view, doors=tuple(doors))))
    assert told == [(0, 4)]
    assert model.set_grid(building_grid(building(floors=5)))


def test_every_state_can_be_told_without_colour() -> None:
    looks = {(shown.icon, shown.sign, shown.bar, shown.hatched, shown.dashed) for shown in STATES.values()}
    assert len(looks) == len(State)


@pytest.mark.parametrize("layer", Layer)
def test_the_legend_adds_up_to_all_doors_but_shops(layer: Layer) -> None:
    view = building()
    homes = [door for door in view.doors if door.span == 1]
    entries = legend(view.doors, layer)
    assert sum(count for _face, _words, count in entries) == len(homes)
    assert len({words for _face, words, _count in entries}) == len(entries)


@pytest.mark.parametrize("layer", Layer)
def test_two_sorts_of_a_layer_never_look_the_same_in_black_and_white(layer: Layer) -> None:
    entries = legend(building().doors, layer)
    looks = {
        (shown.icon, shown.sign, shown.quarters, shown.bar, shown.hatched, shown.dashed)
        for shown, _words, _count in entries
    }
    assert len(looks) == len(entries), [words for _face, words, _count in entries]


def one(**changes: object) -> Door:
    found = replace(building().doors[0], state=State.VISITED)
    return replace(found, **changes)  # type: ignore[arg-type]


def test_layers_show_what_they_are_about() -> None:
    assert face(one(occupancy="租"), Layer.OCCUPANCY).sign == "租"
    assert face(one(checks=3), Layer.CHECKS).quarters == 3
    assert face(one(care="老独新"), Layer.CARE).sign == "老独"
    late = face(one(matters=2, clock=Clock.LATE), Layer.MATTERS)
    assert (late.sign, late.bar) == ("2", True)
    assert face(one(matters=0), Layer.MATTERS).sign == ""


def test_an_unregistered_door_is_dashed_in_every_layer() -> None:
    nobody = one(state=State.UNREGISTERED, household=None)
    assert all(face(nobody, layer).dashed for layer in Layer)
