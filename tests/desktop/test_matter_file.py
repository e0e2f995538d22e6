"""The page of one matter, the sheets of units called and of what is the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.core.domain.whistles import next_states
from gridclient.desktop.kit.facts import Fact
from gridclient.desktop.kit.timeline import Event
from gridclient.desktop.matters import (
    AnswerSheet,
    CallLine,
    MatterFile,
    MatterScreen,
    SameLine,
    SameSheet,
    Unit,
    WhistleSheet,
    WhistleView,
)
from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import FACTORS, Look, Tone
from tests.desktop.doors import HOUSEHOLD
from tests.desktop.keys import front, press, settle, sound, write
from tests.desktop.measure import nameless, too_small
from tests.desktop.troubles import DETAIL, DOOR, DRAIN, HOSPITAL

FIRE, PIPES = b"\x81" * 16, b"\x82" * 16
CALLS = (
    CallLine(
        FIRE, "松岭消防救援站", "reported", "已反馈", Tone.OK, "今天 14:00　清了", next_states("reported")
    ),
    CallLine(PIPES, "供水公司", "whistled", "超时 3 小时", Tone.BAD, "今天 09:00", next_states("whistled")),
)
FILE = MatterFile(
    DETAIL,
    (
        Event(b"s2", "speakerphone", "吹哨，供水公司", "周岚：请来看主管道", "今天 09:00", "acc"),
        Event(b"s1", "message-report", "受理", "周岚：入户时听到", "11月18日 周三 09:20"),
    ),
    (Fact("user", "刘慧　139****0307 反映的"), Fact("clock", "11月26日 周四 18:00 前办完")),
    CALLS,
    (SameLine(HOSPITAL, "厨房反水", "12号楼 3单元 302", "11月17日"),),
)
VIEW = WhistleView(
    DRAIN,
    "厨房下水堵，反水",
    "12号楼 3单元 402",
    (Unit(PIPES, "供水公司", "水电气暖", usual=True), Unit(FIRE, "松岭消防救援站")),
    {"people": "明天 10:00 前", "emergency": "今天 15:00 前"},
)


@pytest.fixture
def window(look: Look, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow(look, qapp)
    front(qtbot, made)
    return made


@pytest.fixture
def screen(look: Look, window: MainWindow) -> MatterScreen:
    made = MatterScreen(look)
    window.add_screen("matter", made)
    window.show_screen("matter")
    made.show_file(FILE)
    return made


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    front(qtbot, made)
    return made


def heard(screen: MatterScreen) -> list[tuple[object, ...]]:
    said: list[tuple[object, ...]] = []
    names = ("step", "act", "household", "answer", "same", "part", "matter", "history")
    for name in names:
        getattr(screen, f"{name}_asked").connect(lambda *args, name=name: said.append((name, *args)))
    return said


def test_the_keys_of_the_page(screen: MatterScreen) -> None:
    said = heard(screen)
    press("Enter", "2", "5", "F4", "F7", "F3")
    assert said == [
        ("step", DRAIN, "handling"),
        ("act", DRAIN, "escalate"),
        ("answer", FIRE),
        ("household", HOUSEHOLD),
        ("history", DRAIN),
    ]


def test_the_unit_chosen_is_the_one_that_answers(screen: MatterScreen) -> None:
    said = heard(screen)
    screen.calls.setFocus()
    press("Down", "Enter", "F4", "3")
    assert said == [("answer", PIPES), ("answer", PIPES), ("act", DRAIN, "whistle")]


def test_what_hangs_under_it_is_parted_or_opened(screen: MatterScreen) -> None:
    said = heard(screen)
    press("F5")
    screen.same.setFocus()
    press("Enter")
    assert said == [("part", HOSPITAL), ("matter", HOSPITAL)]


def test_one_that_hangs_under_another_goes_on_with_that(screen: MatterScreen) -> None:
    screen.show_file(replace(FILE, same=(), under=SameLine(DOOR, "下水堵", "12号楼 3单元 202")))
    said = heard(screen)
    press("1", "Enter", "F5")
    assert said == [("part", DRAIN)]
    assert not screen.step_button.isVisible()
    screen.show_file(replace(FILE, same=()))
    press("F5")
    assert said[1:] == [("same", DRAIN)]


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (1280, 680)])
def test_the_page_fits(
    screen: MatterScreen, window: MainWindow, look: Look, factor: float, size: tuple[int, int]
) -> None:
    look.choose(factor=factor)
    window.resize(*size)
    settle()
    assert too_small(screen) == []
    assert nameless(screen) == []
    look.choose(factor=1.0)


def test_the_lists_are_sound_models(screen: MatterScreen, qtmodeltester: ModelTester) -> None:
    for model in (screen.calls.rows, screen.same.rows, screen.timeline.events):
        sound(qtmodeltester, model)


def test_units_are_called_by_keyboard(look: Look, host: QWidget) -> None:
    sheet = WhistleSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.whistled.connect(lambda *args: said.append(args))
    sheet.write(VIEW)
    press("1", "2", "1", "Enter", "Enter")
    write("来看主管道")
    press("Enter", "3", "Ctrl+S")
    assert said == [(DRAIN, [FIRE], "", "emergency", "来看主管道")]
    assert sheet.aside.text() == "应哨期限 今天 15:00 前"


def test_nobody_is_called_for_nothing(look: Look, host: QWidget) -> None:
    sheet = WhistleSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.whistled.connect(lambda *args: said.append(args))
    sheet.write(replace(VIEW, units=()))
    press("Enter")
    press("Ctrl+S")
    assert said == []
    write("来看主管道")
    press("Ctrl+S")
    assert said == []
    press("Shift+Enter")
    write("燃气公司")
    press("Ctrl+S")
    assert said == [(DRAIN, [], "燃气公司", "people", "来看主管道")]


def test_a_refusal_says_why(look: Look, host: QWidget) -> None:
    sheet = AnswerSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.answered.connect(lambda *args: said.append(args))
    sheet.write(CALLS[1])
    press("Ctrl+S", "4", "Ctrl+S")
    assert said == []
    press("Enter")
    write("不归我们管")
    press("Ctrl+S")
    assert said == [(PIPES, "refused", "不归我们管", 0)]


def test_who_is_done_is_rated(look: Look, host: QWidget) -> None:
    sheet = AnswerSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.answered.connect(lambda *args: said.append(args))
    sheet.write(CALLS[0])
    press("1", "Enter", "Enter", "5", "Ctrl+S")
    assert said == [(FIRE, "closed", "", 5)]


def test_the_same_thing_is_chosen_from_a_list(look: Look, host: QWidget) -> None:
    sheet = SameSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.same_chosen.connect(lambda *args: said.append(args))
    sheet.offer(DRAIN, "厨房下水堵", (SameLine(DOOR, "下水堵", "202"), SameLine(HOSPITAL, "反水", "302")))
    press("Down", "Enter")
    assert said == [(DRAIN, HOSPITAL)]
    sheet.offer(DRAIN, "厨房下水堵", ())
    assert not sheet.take.isEnabled()


@pytest.mark.parametrize("factor", FACTORS)
def test_the_sheets_of_calls_fit(look: Look, host: QWidget, factor: float) -> None:
    look.choose(factor=factor)
    calling, answering, same = WhistleSheet(look, host), AnswerSheet(look, host), SameSheet(look, host)
    calling.write(VIEW)
    calling.place()
    settle()
    assert too_small(calling) == []
    assert nameless(calling) == []
    calling.close_over()
    answering.write(CALLS[1])
    answering.place()
    settle()
    assert too_small(answering) == []
    answering.close_over()
    same.offer(DRAIN, "厨房下水堵", FILE.same)
    same.place()
    settle()
    assert too_small(same) == []
    look.choose(factor=1.0)
