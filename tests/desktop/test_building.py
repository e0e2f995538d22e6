"""The building screen: keys, numbers, layers, zoom, and that everything fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridclient.desktop.building import BuildingScreen, Layer, State
from gridclient.desktop.building.measures import SHOP
from gridclient.desktop.kit.hints import Hint
from gridclient.desktop.kit.picker import Item
from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import FACTORS, Look, Role, Scheme
from tests.desktop.buildings import building, compound
from tests.desktop.keys import front, press
from tests.desktop.measure import nameless, too_small

CHOICES = (Item(b"compound", "全部楼"), *(Item(f"{n}号楼".encode(), f"{n}号楼") for n in range(11, 14)))


class _Stage:
    """The screen in its window, and what it said."""

    def __init__(self, look: Look, app: QApplication, qtbot: QtBot, width: int, height: int) -> None:
        self.window = MainWindow(look, app)
        self.screen = BuildingScreen(look)
        self.window.add_screen("building", self.screen)
        self.screen.show_buildings(CHOICES, "12号楼".encode())
        self.screen.show_building(building())
        front(qtbot, self.window, width, height)
        self.window.show_screen("building")
        app.processEvents()
        self.said: list[object] = []
        self.screen.household_opened.connect(self.said.append)
        self.screen.register_asked.connect(self.said.append)
        self.screen.building_changed.connect(self.said.append)
        self.screen.outcome_recorded.connect(lambda id, outcome: self.said.append((id, outcome)))

    @property
    def title(self) -> str:
        door = self.screen.matrix.current_door()
        return door.title if door else ""


@pytest.fixture
def stage(look: Look, qapp: QApplication, qtbot: QtBot) -> Iterator[_Stage]:
    found = _Stage(look, qapp, qtbot, 1366, 768)
    yield found
    look.choose(scheme=Scheme.LIGHT, factor=1.0)


def test_arrows_choose_a_door_and_the_panel_says_which(stage: _Stage) -> None:
    press("Right", "Down", "Down")
    assert stage.title == "12号楼 1单元 502"
    assert stage.screen.panel.door_title.text() == "12号楼 1单元 502"


def test_enter_opens_the_household(stage: _Stage) -> None:
    press("Return")
    assert stage.said == ["h12号楼/0/701".encode()]


def test_digits_record_at_once_for_the_household(stage: _Stage) -> None:
    press("5", "1")
    assert stage.said == [("h12号楼/0/701".encode(), 5), ("h12号楼/0/702".encode(), 1)]


def test_the_pad_records_and_the_list_keeps_the_focus(stage: _Stage) -> None:
    QTest.mouseClick(stage.screen.panel.pad.box(2), Qt.MouseButton.LeftButton)
    assert stage.said == [("h12号楼/0/701".encode(), 2)]
    assert stage.screen.matrix.hasFocus()


def test_an_unregistered_door_offers_to_register_and_takes_no_outcome(stage: _Stage) -> None:
    view = building()
    unknown = next(door for door in view.doors if door.state is State.UNREGISTERED)
    stage.screen.matrix.go((unknown.floor, unknown.unit * 3 + unknown.slot))
    assert not stage.screen.panel.pad.isVisible()
    assert stage.screen.panel.open_button.text() == "登记这户"
    press("3")
    assert stage.said == []
    press("Return", "Insert")
    assert stage.said == [unknown.dwelling, unknown.dwelling]


def test_a_vacant_flat_without_household_is_recorded_by_dwelling(stage: _Stage) -> None:
    view = building()
    empty = next(door for door in view.doors if door.state is State.VACANT)
    stage.screen.matrix.go((empty.floor, empty.unit * 3 + empty.slot))
    press("6")
    assert stage.said == [(empty.dwelling, 6)]


def test_page_keys_and_buttons_change_the_building(stage: _Stage) -> None:
    press("PgDown")
    QTest.mouseClick(stage.screen.bar.previous, Qt.MouseButton.LeftButton)
    assert stage.said == ["13号楼".encode(), "12号楼".encode()]


def test_ctrl_digits_change_the_layer_and_nothing_moves(stage: _Stage) -> None:
    press("Right", "Down")
    before = stage.screen.matrix.cell((1, 1))
    for layer in Layer:
        press(f"Ctrl+{layer.value + 1}")
        assert stage.screen.matrix.layer is layer
        assert stage.screen.bar.layers.current == layer.value
        assert stage.screen.matrix.cell((1, 1)) == before
    assert stage.title == "12号楼 1单元 602"


def test_a_layer_without_data_is_not_offered(stage: _Stage) -> None:
    stage.screen.show_building(replace(building(), layers=(Layer.VISITS, Layer.MATTERS)))
    press("Ctrl+3")
    assert stage.screen.matrix.layer is Layer.VISITS
    press("Ctrl+2")
    assert stage.screen.bar.layers.current == Layer.MATTERS.value
    assert Hint(("Ctrl+1", "2"), "换图层", span=True) in stage.screen.hints()
    assert "走访、诉求" in [hint.words for hint in stage.screen.all_keys()[0].hints]
    stage.screen.show_building(replace(building(), layers=(Layer.VISITS,)))
    assert stage.screen.bar.layers.current == Layer.VISITS.value


def test_new_figures_keep_the_current_door(stage: _Stage) -> None:
    press("Down", "Right")
    view = building()
    doors = tuple(replace(door, state=State.VISITED) for door in view.doors)
    stage.screen.show_building(replace(view, doors=doors))
    assert stage.title == "12号楼 1单元 602"
    assert stage.screen.bar.visited.text() == "63"


def test_vacant_and_unfinished_flats_are_not_due(stage: _Stage) -> None:
    homes = [door for door in building().doors if door.span == 1]
    due = [door for door in homes if door.state not in (State.VACANT, State.CONSTRUCTION)]
    assert stage.screen.bar.total.text() == f"/ {len(due)} 户"
    assert stage.screen.bar.summary.text() == "3 个单元，7 层，63 户"


def test_enter_zooms_from_the_compound_into_the_building_and_keeps_the_door(stage: _Stage) -> None:
    stage.screen.show_compound(compound(16))
    assert stage.screen.matrix.doors.grid.overview
    press("Down", "Right", "Return")
    assert stage.said == ["12号楼".encode()]
    stage.screen.show_building(building("12号楼"))
    assert stage.title == "12号楼 1单元 602"


def test_the_overview_shows_symbols_for_every_door(stage: _Stage) -> None:
    stage.screen.show_compound(compound(16))
    matrix = stage.screen.matrix
    assert len(matrix.doors.grid.doors) == 1008
    assert matrix.horizontalScrollBar().maximum() == 0
    assert matrix.cell((1, 0)).width() <= 28


def test_an_empty_building_says_how_to_begin(stage: _Stage) -> None:
    stage.screen.show_building(replace(building(), doors=()))
    assert stage.screen.empty.isVisible()
    assert not stage.screen.panel.isVisible()
    assert [hint.keys for hint in stage.screen.hints()] == [("Insert",), ("PgUp", "PgDn")]
    stage.screen.enter()
    press("Insert", "Return", "PgDown")
    assert stage.said == [b"", b"", "13号楼".encode()]


def test_the_strip_says_the_digits_and_records_with_the_mouse(stage: _Stage, look: Look) -> None:
    look.choose(factor=1.5)
    QApplication.processEvents()
    strip = stage.screen.strip
    assert strip.isVisible()
    assert strip.record_button.key == "1–9"
    press("5", "Left")
    menu = strip.outcomes()
    assert len(menu.actions()) == 9
    menu.actions()[0].trigger()
    door = stage.screen.matrix.current_door()
    assert door is not None
    assert stage.said == [(door.household, 5), (door.household, 1)]


def test_without_any_building_there_is_only_the_way_to_a_register(stage: _Stage, qtbot: QtBot) -> None:
    stage.screen.show_buildings((), None)
    assert stage.screen.nothing.isVisible()
    for dead in (stage.screen.bar, stage.screen.panel, stage.screen.strip):
        assert not dead.isVisible()
    assert [hint.keys for hint in stage.window.hint_bar.hints] == [("Enter",)]
    assert stage.screen.all_keys() == ()
    press("5", "Insert", "PgDown")
    assert stage.said == []
    with qtbot.waitSignal(stage.screen.import_asked):
        press("Enter")
    stage.screen.show_buildings(CHOICES, "12号楼".encode())
    stage.screen.show_building(building())
    assert stage.screen.bar.isVisible()
    assert stage.screen.matrix.hasFocus()


def test_one_unit_has_wide_cells_and_many_have_narrow_ones(stage: _Stage) -> None:
    matrix = stage.screen.matrix
    stage.screen.show_building(building(units=1))
    assert matrix.cell((0, 0)).width() == 120
    stage.screen.show_building(building(units=6, slots=4, floors=18))
    assert (matrix.cell((0, 0)).width(), matrix.cell((0, 0)).height()) == (58, 44)
    assert matrix.horizontalScrollBar().maximum() > 0
    assert matrix.verticalHeader().isVisible()


def test_a_shop_is_as_wide_as_its_unit(stage: _Stage) -> None:
    matrix = stage.screen.matrix
    shop = matrix.cell((7, 3))
    assert shop.left() == matrix.cell((0, 3)).left()
    assert shop.right() == matrix.cell((0, 5)).right()
    assert shop.height() == SHOP


def test_a_click_chooses_the_door_under_the_mouse(stage: _Stage) -> None:
    matrix = stage.screen.matrix
    at: QPoint = matrix.cell((3, 7)).center()
    QTest.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert stage.title == "12号楼 3单元 402"


def test_a_screen_reader_finds_cells_with_sentences(stage: _Stage) -> None:
    press("Down")
    table = QAccessible.queryAccessibleInterface(stage.screen.matrix)
    names = {table.child(place).text(QAccessible.Text.Name) for place in range(table.childCount())}
    assert {door.spoken for door in building().doors} <= names


def test_covering_hides_the_names(stage: _Stage) -> None:
    matrix = stage.screen.matrix
    cell = matrix.cell((0, 0))
    line = cell.adjusted(4, cell.height() // 2 + 2, -4, -4)

    def ink() -> int:
        image = matrix.viewport().grab(line).toImage()
        return sum(
            QColor(image.pixel(x, y)).lightness() < 160
            for x in range(image.width())
            for y in range(image.height())
        )

    assert ink() > 20
    stage.screen.cover(True)
    assert ink() == 0


def test_digits_never_go_to_an_input_method(stage: _Stage) -> None:
    stage.screen.show_building(building("13号楼"))
    assert not stage.screen.matrix.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_hints_change_with_what_is_shown(stage: _Stage) -> None:
    assert stage.window.hint_bar.hints[1].words == "打开这户"
    stage.screen.show_compound(compound(2))
    assert stage.window.hint_bar.hints[1].words == "看这栋楼"


@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (1280, 680), (1920, 1080)])
@pytest.mark.parametrize("factor", FACTORS)
def test_everything_fits(
    look: Look, qapp: QApplication, qtbot: QtBot, factor: float, size: tuple[int, int]
) -> None:
    look.choose(factor=factor)
    stage = _Stage(look, qapp, qtbot, *size)
    stage.screen.show_building(building(floors=18))
    qapp.processEvents()
    assert too_small(stage.window) == []
    assert nameless(stage.window) == []
    rooms = [door for door in building(floors=18).doors if door.span == 1]
    width = stage.screen.matrix.cell((0, 0)).width()
    px = look.theme.px
    for door in rooms:
        widest = look.theme.advance(door.room, Role.CAP, bold=True) + px(6 + 16 + 4 + 3)
        assert widest <= width, door.room
    look.choose(factor=1.0)


@pytest.mark.parametrize("scheme", Scheme)
def test_late_doors_stand_out_in_both_schemes(stage: _Stage, look: Look, scheme: Scheme) -> None:
    look.choose(scheme=scheme)
    view = building()
    late = next(door for door in view.doors if door.state is State.OVERDUE)
    cell = stage.screen.matrix.cell((late.floor, late.unit * 3 + late.slot))
    image = stage.screen.matrix.viewport().grab(cell).toImage()
    ground = QColor(image.pixel(image.width() // 2, image.height() - 4))
    assert ground.name() == look.theme.colour("badbg").name()
