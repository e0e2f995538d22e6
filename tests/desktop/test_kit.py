"""The house widgets do what they promise, by keyboard and by mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QWidget
from pytestqt.qtbot import QtBot

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Chip, EmptyState, Progress
from gridclient.desktop.kit.choices import Choices, Option, Segmented
from gridclient.desktop.kit.facts import Fact, Facts
from gridclient.desktop.kit.field import Input, TextArea
from gridclient.desktop.kit.focus import FocusRing
from gridclient.desktop.kit.hints import Hint, HintBar
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.picker import Item, Picker
from gridclient.desktop.kit.sheet import Question, Sheet
from gridclient.desktop.kit.toast import Toast
from gridclient.desktop.theme import FACTORS, Look, Tone
from tests.desktop.hosts import Host
from tests.desktop.keys import front, press
from tests.desktop.measure import nameless, too_small

OUTCOMES = [Option(1, "入户", "1"), Option(2, "门口谈", "2"), Option(3, "拒访", "3")]


def test_a_label_shows_mark_up_as_text(look: Look, qtbot: QtBot) -> None:
    label = PlainLabel(look, "<b>门</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    metrics = QFontMetricsF(label.font())
    assert label.sizeHint().width() >= metrics.horizontalAdvance("<b>门</b>")


def test_a_button_answers_enter_space_and_click(look: Look, host: Host) -> None:
    button = Button(look, "记走访", kind=Kind.PRIMARY, key="Enter")
    host(button)
    said: list[int] = []
    button.clicked.connect(lambda: said.append(1))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    press("Return", "Space")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(said) == 3


def test_a_click_on_a_button_leaves_the_focus_where_it_is(look: Look, host: Host) -> None:
    field, button = Input(look, "姓名"), Button(look, "记走访")
    host(field, button)
    field.line.setFocus()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is field.line


def test_one_choice_puts_out_the_other(look: Look, host: Host) -> None:
    choices = Choices(look, OUTCOMES, above=True)
    host(choices)
    said: list[int] = []
    choices.picked.connect(said.append)
    assert choices.press_digit("2")
    QTest.mouseClick(choices.box(3), Qt.MouseButton.LeftButton)
    assert choices.chosen() == (3,)
    assert said == [2, 3]
    assert not choices.press_digit("7")


def test_many_choices_go_on_and_off(look: Look, host: Host) -> None:
    choices = Choices(look, OUTCOMES, many=True)
    host(choices)
    choices.press_digit("1")
    choices.press_digit("3")
    assert choices.chosen() == (1, 3)
    choices.press_digit("1")
    assert choices.chosen() == (3,)


def test_a_pad_stays_unlit(look: Look, host: Host) -> None:
    pad = Choices(look, OUTCOMES, press=True)
    host(pad)
    said: list[int] = []
    pad.picked.connect(said.append)
    QTest.mouseClick(pad.box(1), Qt.MouseButton.LeftButton)
    assert said == [1]
    assert pad.chosen() == ()


def test_segments_follow_the_arrow_keys(look: Look, host: Host) -> None:
    views = Segmented(look, ["先急后缓", "走路顺序"])
    host(views)
    said: list[int] = []
    views.chosen.connect(said.append)
    views.findChildren(QWidget)[0].setFocus()
    press("Right", "Right", "Left")
    assert said == [1, 0]
    assert views.current == 0


def test_enter_leads_on_and_shift_enter_back(look: Look, host: Host) -> None:
    field = Input(look, "电话")
    host(field)
    said: list[str] = []
    field.entered.connect(lambda: said.append("on"))
    field.went_back.connect(lambda: said.append("back"))
    field.line.setFocus()
    press("Return", "Shift+Return", "Ctrl+Return")
    assert said == ["on", "back"]


def test_an_error_stands_under_the_field_until_something_is_typed(look: Look, host: Host) -> None:
    field = Input(look, "身份证号")
    host(field)
    field.show_error("少了 3 位，再看一眼。")
    assert field.line.accessibleDescription() == "少了 3 位，再看一眼。"
    field.line.setFocus()
    press("6")
    assert field.words == "6"
    assert field.line.accessibleDescription() == ""


def test_tab_leaves_free_text_as_it_is(look: Look, host: Host) -> None:
    area = TextArea(look, "一句话")
    host(area, Input(look, "别的"))
    area.set_words("老伴上周摔倒")
    area.edit.setFocus()
    press("Tab")
    assert not area.edit.hasFocus()
    assert area.words == "老伴上周摔倒"


def test_hints_that_do_not_fit_wait_behind_f1(look: Look, host: Host) -> None:
    bar = HintBar(look, "F1 全部按键")
    hints = [Hint(("↑", "↓"), "选门"), Hint(("1", "9"), "直接记结果", span=True), Hint(("空格",), "跳过")] * 4
    bar.show_hints(hints)
    host(bar, width=500)
    few = len(bar.shown())
    assert 0 < few < len(hints)
    bar.resize(3000, bar.height())
    assert len(bar.shown()) == len(hints)


def test_a_toast_takes_back(look: Look, host: Host, qtbot: QtBot) -> None:
    window = host(QWidget())
    toast = Toast(look, window, undo="撤回", undo_key="Ctrl+Z", above=34)
    toast.say("记下了：12号楼 3单元 502 入户。")
    assert toast.isVisible()
    assert window.rect().contains(toast.geometry())
    with qtbot.waitSignal(toast.undo_asked):
        QTest.mouseClick(toast, Qt.MouseButton.LeftButton)
    assert not toast.isVisible()


def test_a_toast_without_undo_only_goes_away(look: Look, host: Host, qtbot: QtBot) -> None:
    window = host(QWidget())
    toast = Toast(look, window, undo="撤回", undo_key="Ctrl+Z", above=34)
    toast.say("撤回了。", undoable=False)
    with qtbot.assertNotEmitted(toast.undo_asked):
        QTest.mouseClick(toast, Qt.MouseButton.LeftButton)


def test_a_sheet_keeps_tab_inside_and_gives_the_focus_back(look: Look, host: Host, qtbot: QtBot) -> None:
    field = Input(look, "外面")
    window = host(field)
    field.line.setFocus()
    sheet = Sheet(look, window, "记走访", close="关上", width=400)
    first, second = Input(look, "一"), Input(look, "二")
    sheet.body.addWidget(first)
    sheet.body.addWidget(second)
    sheet.open(first.line)
    seen = set()
    for _ in range(6):
        press("Tab")
        focus = QApplication.focusWidget()
        assert focus is not None
        assert sheet.isAncestorOf(focus)
        seen.add(focus)
    assert {first.line, second.line, sheet.close_button} <= seen
    with qtbot.waitSignal(sheet.escaped):
        press("Esc")
    sheet.close_over()
    assert QApplication.focusWidget() is field.line


def test_a_sheet_stands_at_the_right_and_follows_its_window(look: Look, host: Host, qtbot: QtBot) -> None:
    window = host(QWidget())
    sheet = Sheet(look, window, "同步", close="关上", width=400)
    sheet.open()
    window.resize(1000, 500)
    qtbot.waitUntil(lambda: sheet.panel.geometry().right() == 999)
    assert sheet.panel.height() == 500
    sheet.close_over()


def test_esc_is_the_harmless_answer(look: Look, host: Host, qtbot: QtBot) -> None:
    window = host(QWidget())
    question = Question(
        look, window, "删掉这次走访？", safe="删了书记也能看到删过。", act="删掉", keep="留着"
    )
    question.open()
    assert QApplication.focusWidget() is question.keep
    with qtbot.waitSignal(question.answered) as said:
        press("Esc")
    assert said.args == [False]
    question.open()
    with qtbot.waitSignal(question.answered) as said:
        QTest.mouseClick(question.act, Qt.MouseButton.LeftButton)
    assert said.args == [True]


def test_a_picker_steps_and_stops_at_the_ends(look: Look, host: Host) -> None:
    picker = Picker(look, name="哪一栋")
    host(picker)
    picker.show_items([Item(b"a", "1号楼"), Item(b"b", "2号楼")], b"a")
    said: list[bytes] = []
    picker.picked.connect(said.append)
    picker.step(-1)
    picker.step(1)
    picker.step(1)
    assert said == [b"b"]
    assert picker.text() == "2号楼"


def test_long_facts_wrap(look: Look, qtbot: QtBot) -> None:
    facts = Facts(look)
    window = QWidget()
    row = QHBoxLayout(window)
    row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    row.addWidget(facts)
    front(qtbot, window, 260, 300)
    facts.show_facts([Fact("clock", "上午 9–11 点常在家")])
    one = facts.sizeHint().height()
    facts.show_facts([Fact("clock", "上午 9–11 点常在家" * 4)])
    assert facts.sizeHint().height() > one


def test_progress_says_how_far_and_can_be_stopped(look: Look, host: Host, qtbot: QtBot) -> None:
    progress = Progress(look, stop="停下")
    host(progress)
    progress.show_progress("正在导入", 1200, 5432, "还要 20 秒")
    with qtbot.waitSignal(progress.stop_asked):
        QTest.mouseClick(progress.stop, Qt.MouseButton.LeftButton)
    assert any(label.text() == "1 200 / 5 432　还要 20 秒" for label in progress.findChildren(PlainLabel))


def test_an_empty_state_offers_the_way_on(look: Look, host: Host, qtbot: QtBot) -> None:
    empty = EmptyState(look, "还没有居民册。", icon="home", action="导入表格")
    host(empty)
    with qtbot.waitSignal(empty.acted):
        QTest.mouseClick(empty.action, Qt.MouseButton.LeftButton)


def test_the_focus_is_ringed_and_the_ring_moves(look: Look, qapp: QApplication, host: Host) -> None:
    one, two = Button(look, "去改"), Input(look, "电话")
    window = host(one, two)
    ring = FocusRing(look, window, qapp)
    one.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring._ring is not None
    assert ring._ring.geometry().contains(one.geometry())
    two.line.setFocus()
    assert ring._ring is not None
    assert ring._ring.parentWidget() is two
    window.setFocus()


@pytest.mark.parametrize("factor", FACTORS)
def test_words_fit_at_every_size(look: Look, host: Host, factor: float) -> None:
    look.choose(factor=factor)
    window = host(
        Button(look, "存到 U 盘", kind=Kind.PRIMARY, key="F10", icon="device-usb"),
        Segmented(look, ["先急后缓", "走路顺序", "两种说法 15"]),
        Choices(look, OUTCOMES, above=True),
        Chip(look, "隔离：日期写成 2062 年", tone=Tone.BAD, icon="alert-triangle"),
        Input(look, "身份证号", hint="可以不写"),
        width=1200,
        height=800,
    )
    assert too_small(window) == []
    assert nameless(window) == []
    look.choose(factor=1.0)
