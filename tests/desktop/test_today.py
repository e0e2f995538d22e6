"""今日: the next door is the first row; its reason, its keys, and nothing cut off."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import FACTORS, Look, Scheme, Tone
from gridclient.desktop.today import DoorLine, Order, Reminder, TodayScreen, TodayView, words
from tests.desktop.errands import COMPOUNDS, DETAIL, FIRST, ON_FOOT, SECOND, SHUT, THIRD, VIEW
from tests.desktop.keys import front, press, settle, sound
from tests.desktop.measure import nameless, too_small


@pytest.fixture
def window(look: Look, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow(look, qapp)
    front(qtbot, made)
    return made


@pytest.fixture
def screen(look: Look, window: MainWindow) -> TodayScreen:
    made = TodayScreen(look)
    window.add_screen("today", made)
    made.door_asked.connect(lambda id: made.show_detail(replace(DETAIL, household=id)))
    window.show_screen("today")
    made.show_today(VIEW)
    settle()
    return made


def heard(screen: TodayScreen) -> list[tuple[object, ...]]:
    said: list[tuple[object, ...]] = []
    for name in ("visit_asked", "household_asked", "outcome_recorded", "skip_asked", "order_chosen"):
        getattr(screen, name).connect(lambda *args, name=name: said.append((name, *args)))
    return said


def test_the_first_door_is_there_to_be_worked_on_at_once(screen: TodayScreen) -> None:
    said = heard(screen)
    assert screen.list.hasFocus()
    press("Enter", "5", "Down", "F7", "1", "Space", "0")
    assert said == [
        ("visit_asked", FIRST),
        ("outcome_recorded", FIRST, 5),
        ("household_asked", SECOND),
        ("outcome_recorded", SECOND, 1),
        ("skip_asked", SECOND),
    ]


def test_one_key_turns_the_order(screen: TodayScreen) -> None:
    said = heard(screen)
    press("F5")
    screen.show_today(ON_FOOT)
    assert screen.orders.current == Order.WAY.value
    press("F5")
    assert said == [("order_chosen", Order.WAY), ("order_chosen", Order.SCORE)]
    assert screen.list.hasFocus()


def test_the_reason_adds_up_beside_the_list(screen: TodayScreen) -> None:
    assert screen.panel.door.text() == DETAIL.title
    assert screen.panel.stop.text() == "第 1 站　送变电公司第二家属院"
    assert screen.panel.points.accessibleName().startswith("为什么先去 96 分：空巢老人，走访超期 129 天 +52")
    press("Down", "Down")
    assert screen.panel.stop.text().startswith("第 3 站")


def test_a_door_keeps_its_words_in_its_new_place_until_it_is_read_anew(screen: TodayScreen) -> None:
    screen.door_asked.disconnect()
    first, *others = VIEW.groups
    screen.show_today(replace(VIEW, groups=(*others, first)))
    assert screen.list.current_id() == FIRST
    assert screen.panel.door.text() == DETAIL.title
    assert screen.panel.stop.text().startswith("第 3 站")


def test_an_answer_about_a_door_left_behind_is_dropped(screen: TodayScreen) -> None:
    press("Down")
    screen.show_detail(replace(DETAIL, household=FIRST, title="别的门"))
    assert screen.panel.door.text() == DETAIL.title


def test_a_door_that_is_done_gives_its_place_to_the_next(screen: TodayScreen) -> None:
    press("Down")
    group = VIEW.groups[0]
    screen.show_today(replace(VIEW, done=4, groups=(replace(group, lines=group.lines[:1]), *VIEW.groups[1:])))
    assert screen.list.current_id() == THIRD
    assert screen.panel.stop.text().startswith("第 2 站")


def test_the_same_door_is_asked_for_again_when_something_changed(screen: TodayScreen) -> None:
    asked: list[bytes] = []
    screen.door_asked.connect(asked.append)
    screen.show_today(replace(VIEW, done=4))
    assert asked == [FIRST]


def test_another_hour_stands_where_the_chip_does(screen: TodayScreen) -> None:
    row = screen.list.rows.item(screen.list.rows.place_of(SHUT) or 0)
    assert "今晚 18:30" in str(row)
    index = screen.list.rows.index(screen.list.rows.place_of(SHUT) or 0)
    assert index.data() == "16号楼 1单元 201，于海涛，今晚 18:30，敲 2 次没开，都在工作日上午，60 分"


def test_when_all_is_done_it_says_what_to_do_next(screen: TodayScreen, qtbot: QtBot) -> None:
    screen.show_today(TodayView(done=15))
    assert screen.empty.action.hasFocus()
    assert not screen.panel.isVisible()
    assert [hint.words for hint in screen.hints()] == [words.SEE_BUILDINGS]
    with qtbot.waitSignal(screen.buildings_asked):
        press("Enter")
    screen.show_today(VIEW)
    assert screen.list.hasFocus()


def test_without_a_register_it_leads_to_the_import(screen: TodayScreen, qtbot: QtBot) -> None:
    screen.show_today(TodayView(registered=False))
    with qtbot.waitSignal(screen.import_asked):
        press("Enter")


def test_reminders_come_one_at_a_time_and_go(screen: TodayScreen) -> None:
    assert not screen.reminder.isVisible()
    screen.show_reminders((Reminder("硬盘只剩 180 MB。", bad=True), Reminder("12 条还没送到社区。")))
    assert screen.reminder.words == "硬盘只剩 180 MB。"
    screen._next_reminder.click()
    assert screen.reminder.words == "12 条还没送到社区。"
    screen.show_reminders(())
    assert not screen.reminder.isVisible()


def test_the_mouse_finds_every_outcome(screen: TodayScreen) -> None:
    said = heard(screen)
    menu = screen.menu(SECOND)
    named = {action.text(): action for action in menu.actions()}
    named["5　没人应"].trigger()
    named[words.VISIT].trigger()
    assert said == [("outcome_recorded", SECOND, 5), ("visit_asked", SECOND)]
    assert len(named) == len(words.OUTCOMES) + 3
    menu.deleteLater()


def test_doors_of_several_compounds_say_which(screen: TodayScreen) -> None:
    screen.show_today(COMPOUNDS)
    assert "小区" in [column.title for column in screen.list.columns]
    screen.show_today(VIEW)
    assert "小区" not in [column.title for column in screen.list.columns]


def test_the_list_is_a_sound_model(screen: TodayScreen, qtmodeltester: ModelTester) -> None:
    sound(qtmodeltester, screen.list.rows)
    screen.show_today(ON_FOOT)
    sound(qtmodeltester, screen.list.rows)


@pytest.mark.parametrize("view", [VIEW, COMPOUNDS, TodayView(), TodayView(registered=False)])
@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (1280, 680)])
def test_everything_fits(
    screen: TodayScreen,
    window: MainWindow,
    look: Look,
    factor: float,
    size: tuple[int, int],
    view: TodayView,
) -> None:
    look.choose(factor=factor, scheme=Scheme.DARK)
    window.resize(*size)
    screen.show_today(view)
    screen.show_reminders(
        (Reminder("12 条还没送到社区，最早的记了 5 天。按 F9 同步，或 F10 存到 U 盘。"), Reminder("乙"))
    )
    settle()
    assert too_small(screen) == []
    assert nameless(screen) == []
    look.choose(factor=1.0, scheme=Scheme.LIGHT)


def test_a_low_screen_shows_ten_doors(screen: TodayScreen, window: MainWindow) -> None:
    lines = tuple(
        DoorLine(
            bytes([each]) * 16, f"12号楼 3单元 {each}", "赵世昌", "关照", Tone.BAD, "超期", "今天", 50, "warn"
        )
        for each in range(100, 130)
    )
    window.resize(1366, 690)
    screen.show_today(replace(VIEW, groups=(replace(VIEW.groups[0], lines=lines),)))
    settle()
    seen = sum(
        screen.list.viewport().rect().contains(screen.list.visualRect(screen.list.rows.index(place)))
        for place in range(1, 31)
    )
    assert seen >= 10
