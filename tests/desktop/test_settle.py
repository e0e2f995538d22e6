"""Deciding between versions: choose by digit, see what follows, Enter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.desktop.settle import DeskPage, DeskView, SettleSheet, SettleView, words
from gridclient.desktop.settle.versions import VersionCard
from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import FACTORS, Look
from tests.desktop.disagreements import DESK, FIRST, HELD, NAMES, SECOND, SETTLE
from tests.desktop.doors import WEN
from tests.desktop.keys import front, press, settle, sound, write
from tests.desktop.measure import nameless, too_small

Decision = tuple[bytes, str, str, object, object]


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    front(qtbot, made)
    return made


@pytest.fixture
def sheet(look: Look, host: QWidget) -> SettleSheet:
    made = SettleSheet(look, host)
    made.settle(SETTLE)
    return made


@pytest.fixture
def said(sheet: SettleSheet) -> list[Decision]:
    heard: list[Decision] = []
    sheet.decided.connect(lambda *args: heard.append(args))
    return heard


def test_nothing_is_chosen_beforehand(sheet: SettleSheet, said: list[Decision]) -> None:
    assert not any(card.isChecked() for card in sheet.findChildren(VersionCard))
    press("Enter")
    assert said == []


def test_a_digit_previews_and_enter_decides(sheet: SettleSheet, said: list[Decision]) -> None:
    press("1")
    assert said == []
    assert "常住 3 人变 2 人" in sheet.settling._says.text()
    press("2", "1", "Enter")
    assert said == [(WEN, "resident", "residence", FIRST, None)]


def test_taking_what_was_before(sheet: SettleSheet, said: list[Decision]) -> None:
    press("0", "Enter")
    assert said == [(WEN, "resident", "residence", None, "1")]


def test_another_value_of_the_list(sheet: SettleSheet, said: list[Decision]) -> None:
    press("3", "Enter")
    assert said == []
    press("2", "Enter")
    assert said == [(WEN, "resident", "residence", None, "2")]


def test_another_value_written_out(sheet: SettleSheet, said: list[Decision]) -> None:
    sheet.settle(NAMES)
    press("5")
    write("城东区 9 号")
    assert sheet.settling._says.text() == words.decided_as("城东区 9 号")
    press("Enter")
    assert said == [(WEN, "resident", "hukou_address", None, "城东区 9 号")]


def test_four_versions_have_four_digits(sheet: SettleSheet, said: list[Decision]) -> None:
    sheet.settle(NAMES)
    press("0", "Enter")
    assert said == []  # there is nothing all saw before
    press("4", "Enter")
    assert said[0][3] == bytes([4]) * 16


def test_who_may_not_decide_can_read(sheet: SettleSheet, said: list[Decision]) -> None:
    sheet.settle(replace(SETTLE, may_decide=False))
    press("1", "Enter")
    assert said == []
    assert sheet.settling._says.text() == words.ONLY_DESK


def test_esc_leaves_all_as_it_is(sheet: SettleSheet, said: list[Decision]) -> None:
    press("1", "Esc")
    assert said == []
    assert not sheet.isVisible()


@pytest.fixture
def window(look: Look, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow(look, qapp)
    front(qtbot, made)
    return made


@pytest.fixture
def desk(look: Look, window: MainWindow) -> DeskPage:
    made = DeskPage(look)
    window.add_screen("desk", made)
    window.show_screen("desk")
    return made


def test_the_list_asks_for_its_rows_and_takes_the_digits(desk: DeskPage) -> None:
    asked: list[bytes] = []
    said: list[Decision] = []
    desk.item_chosen.connect(asked.append)
    desk.item_chosen.connect(lambda _key: desk.show_settle(SETTLE))
    desk.decided.connect(lambda *args: said.append(args))
    desk.show_desk(DESK)
    press("Down", "2", "Enter")
    assert asked == [DESK.items[0].key, DESK.items[1].key]
    assert said == [(WEN, "resident", "residence", SECOND, None)]


def test_hints_name_only_what_works(desk: DeskPage, window: MainWindow) -> None:
    def keys() -> list[tuple[str, ...]]:
        return [hint.keys for hint in window.hint_bar.hints]

    assert keys() == [("Ctrl+Z",), ("Esc",)]
    desk.item_chosen.connect(lambda _key: desk.show_settle(replace(SETTLE, base=None)))
    desk.show_desk(DESK)
    assert ("0",) not in keys()
    assert ("空格",) in keys()
    assert ("Shift+Enter",) not in keys()
    press("Space", "Down", "Space", "1")
    assert ("Shift+Enter",) in keys()
    desk.show_settle(SETTLE)
    assert ("0",) in keys()
    desk.show_settle(replace(SETTLE, may_decide=False))
    assert ("Enter",) not in keys()


def test_two_versions_share_the_whole_width(desk: DeskPage, qapp: QApplication) -> None:
    desk.show_desk(DESK)
    desk.show_settle(replace(SETTLE, base=None))
    qapp.processEvents()
    first, second = desk.panel._cards
    assert first.width() + second.width() > 0.9 * desk.panel.width()


def test_other_piles_by_key(desk: DeskPage) -> None:
    said: list[tuple[bytes, str]] = []
    desk.item_chosen.connect(lambda key: desk.show_review(HELD) if key == HELD.key else None)
    desk.review_decided.connect(lambda key, code: said.append((key, code)))
    desk.show_desk(DESK)
    press("Ctrl+3", "1")
    assert said == [(HELD.key, "accept")]


def test_decided_things_go_and_the_next_comes(desk: DeskPage) -> None:
    asked: list[bytes] = []
    desk.show_desk(DESK)
    press("Down")
    desk.item_chosen.connect(asked.append)
    desk.show_desk(replace(DESK, items=DESK.items[:1] + DESK.items[2:]))
    assert asked == [DESK.items[2].key]
    desk.show_desk(DeskView())
    assert desk.list.rows.rowCount() == 0


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("view", [SETTLE, NAMES], ids=["codes", "text"])
def test_everything_fits(
    desk: DeskPage, window: MainWindow, look: Look, factor: float, view: SettleView
) -> None:
    look.choose(factor=factor)
    desk.show_desk(DESK)
    desk.show_settle(view)
    for place in (1, len(view.versions) + 1):
        desk.panel.choose(place)
        settle()
        assert too_small(desk) == []
    assert nameless(desk) == []
    look.choose(factor=1.0)


@pytest.mark.parametrize("factor", FACTORS)
def test_the_sheet_fits(sheet: SettleSheet, look: Look, factor: float) -> None:
    look.choose(factor=factor)
    sheet.place()
    settle()
    assert too_small(sheet) == []
    look.choose(factor=1.0)


def test_the_list_is_a_sound_model(desk: DeskPage, qtmodeltester: ModelTester) -> None:
    desk.show_desk(DESK)
    sound(qtmodeltester, desk.list.rows)


def test_several_are_decided_by_whom_to_believe(desk: DeskPage, look: Look) -> None:
    said: list[tuple[list[bytes], str]] = []
    desk.item_chosen.connect(lambda _key: desk.show_settle(SETTLE))
    desk.decided_many.connect(lambda keys, who: said.append((keys, who)))
    desk.show_desk(DESK)
    press("Space", "Shift+Enter")
    assert said == []
    press("Down", "Space")
    assert desk.bulk.isVisible()
    press("0", "Shift+Enter")
    assert said == []  # what was before is nobody's version
    press("1")
    for factor in FACTORS:
        look.choose(factor=factor)
        settle()
        assert too_small(desk.bulk) == []
    look.choose(factor=1.0)
    press("Shift+Enter")
    assert said == [([DESK.items[0].key, DESK.items[1].key], "周岚")]
    assert not desk.bulk.isVisible()


def test_a_refresh_keeps_the_choice(desk: DeskPage) -> None:
    said: list[Decision] = []
    desk.item_chosen.connect(lambda _key: desk.show_settle(SETTLE))
    desk.decided.connect(lambda *args: said.append(args))
    desk.show_desk(DESK)
    press("1")
    desk.show_desk(replace(DESK, summary="4 件等你定"))
    press("Enter")
    assert said == [(WEN, "resident", "residence", FIRST, None)]
