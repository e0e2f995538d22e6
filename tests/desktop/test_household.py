"""The page of a household: what it shows and what its keys say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.desktop.household import FactLine, HouseholdPage, Person, Standing
from gridclient.desktop.kit.rowlist import spans
from gridclient.desktop.kit.two import TwoBadge
from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import FACTORS, Look
from tests.desktop.doors import DWELLING, HOUSEHOLD, LIVED, MATTER, SUN, VACANT, WEN
from tests.desktop.keys import front, press, settle, sound
from tests.desktop.measure import inside, nameless, too_small

SIZES = ((1366, 768), (1366, 690), (1280, 680))


@pytest.fixture
def window(look: Look, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow(look, qapp)
    front(qtbot, made)
    return made


@pytest.fixture
def page(look: Look, window: MainWindow) -> HouseholdPage:
    made = HouseholdPage(look)
    window.add_screen("household", made)
    made.show_household(LIVED)
    window.show_screen("household")
    return made


def heard(page: HouseholdPage) -> list[tuple[object, ...]]:
    """Everything the page says from now on."""
    said: list[tuple[object, ...]] = []
    for name in ("visit_asked", "verified", "neighbour_asked", "matter_opened", "person_asked"):
        getattr(page, name).connect(lambda *args, name=name: said.append((name, *args)))
    for name in ("conflict_asked", "edit_asked", "register_asked", "happening_opened", "household_asked"):
        getattr(page, name).connect(lambda *args, name=name: said.append((name, *args)))
    return said


def test_the_keys_of_the_door(page: HouseholdPage) -> None:
    said = heard(page)
    press("Enter", "F4", "F6", "F2", "Alt+Left", "Alt+Right", "Insert")
    assert said == [
        ("visit_asked", HOUSEHOLD),
        ("verified", HOUSEHOLD),
        ("conflict_asked", WEN, "resident", "residence"),
        ("edit_asked", "household", HOUSEHOLD),
        ("neighbour_asked", -1),
        ("neighbour_asked", 1),
        ("person_asked", HOUSEHOLD),
    ]


def test_esc_goes_back(page: HouseholdPage, window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.back_asked):
        press("Esc")


def test_an_arrow_chooses_a_person_and_f2_is_about_him(page: HouseholdPage) -> None:
    said = heard(page)
    press("Down", "Down", "F2", "Enter")
    assert said == [("edit_asked", "resident", SUN), ("visit_asked", HOUSEHOLD)]


def test_the_badge_stands_in_the_place_of_the_value_and_opens_by_mouse(page: HouseholdPage) -> None:
    said = heard(page)
    people = page.people
    index = people.rows.index(2)
    rect = people.visualRect(index)
    across = spans(page.look, people.columns, people.viewport().width())[4]
    assert across is not None
    place = QPoint(across[0] + across[1] // 2, rect.center().y())
    QTest.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert ("conflict_asked", WEN, "resident", "residence") in said
    assert "居住情况有几种说法：户在人不在、人户一致" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_versions_of_a_fact_stand_in_its_place(page: HouseholdPage) -> None:
    fact = FactLine("户主电话", "", HOUSEHOLD, "household", "phone", ("139****2046", "138****7713"))
    page.show_household(replace(LIVED, facts=(fact,)))
    said = heard(page)
    badge = page.findChild(TwoBadge)
    assert isinstance(badge, TwoBadge)
    assert "139****2046 / 138****7713" in badge.accessibleName()
    badge.click()
    assert said == [("conflict_asked", HOUSEHOLD, "household", "phone")]


def test_filters_show_one_sort(page: HouseholdPage) -> None:
    press("Ctrl+4")
    assert [page.timeline.events.item(place).what for place in range(page.timeline.events.rowCount())] == [
        "当面给了联络卡（第 2 版）"
    ]
    press("Ctrl+1")
    assert page.timeline.events.rowCount() == len(LIVED.timeline)


def test_enter_opens_what_is_owed_when_it_has_the_keyboard(page: HouseholdPage) -> None:
    said = heard(page)
    page.owed.setFocus()
    press("Enter")
    assert said == [("matter_opened", MATTER)]


def test_a_vacant_door_asks_to_register(page: HouseholdPage) -> None:
    page.show_household(VACANT)
    said = heard(page)
    press("Insert", "F4", "F2", "Enter")
    assert said == [("register_asked", DWELLING), ("visit_asked", DWELLING)]
    assert not page.people.isVisible()


def test_who_moved_out_leads_to_where(page: HouseholdPage) -> None:
    page.show_household(
        replace(LIVED, standing=Standing.MOVED, notice="已搬走，8月。", successor=b"\x09" * 16)
    )
    said = heard(page)
    press("F4")
    page._successor.click()
    assert said == [("household_asked", b"\x09" * 16)]


def test_the_same_door_again_keeps_the_person_chosen(page: HouseholdPage) -> None:
    press("Down", "Down")
    page.show_household(replace(LIVED, people_summary="3 人"))
    assert page.people.current_id() == SUN
    page.show_household(VACANT)
    page.show_household(LIVED)
    assert page.people.current_id() is None


@pytest.mark.parametrize("size", SIZES)
def test_what_is_owed_is_in_sight(page: HouseholdPage, window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    settle()
    assert inside(page.owed, page)


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("size", SIZES)
def test_everything_fits(
    page: HouseholdPage, window: MainWindow, look: Look, factor: float, size: tuple[int, int]
) -> None:
    look.choose(factor=factor)
    window.resize(*size)
    long = Person(
        b"\x0a" * 16,
        "阿依努尔·买合木提",
        "孙媳或外孙媳",
        "女 101",
        "0971-****6688",
        "人在户不在",
        "1196 天前",
    )
    page.show_household(replace(LIVED, people=(*LIVED.people, long)))
    settle()
    assert too_small(page) == []
    assert nameless(page) == []
    look.choose(factor=1.0)


def test_the_lists_are_sound_models(page: HouseholdPage, qtmodeltester: ModelTester) -> None:
    for model in (page.people.rows, page.owed.rows, page.timeline.events):
        sound(qtmodeltester, model)
