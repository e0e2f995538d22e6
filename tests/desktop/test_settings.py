"""The settings: what is written goes out once it can, and what was decided acts at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridclient.desktop.settings import Section, SettingsScreen, SettingsView, words
from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import FACTORS, Look
from tests.desktop.keys import front, press, settle, write
from tests.desktop.measure import inside, nameless, too_small

VIEW = SettingsView(
    name="周岚",
    role="网格员",
    community="青禾社区",
    grids="三号网格",
    phone="13900000000",
    hours="每天 8:00–20:00",
    folder="C:\\Users\\zhoulan\\AppData\\Local\\minqing\\ledgers\\qinghe-3",
    since="2025年3月8日",
    enrolled=False,
    factor=1.0,
    dark=False,
    version="0.1.0",
    licences="本软件按 Apache-2.0 许可；字体 Noto Sans SC 按 OFL，图标 Tabler 按 MIT。",
)
OLD, NEW = "十年树木百年树人的口令", "青禾社区三号网格的钥匙"


class _Stage:
    """The screen in its window, and what it said."""

    def __init__(self, look: Look, app: QApplication, qtbot: QtBot) -> None:
        self.window = MainWindow(look, app)
        self.screen = SettingsScreen(look)
        self.window.add_screen("settings", self.screen)
        self.screen.show_settings(VIEW)
        front(qtbot, self.window, 1366, 768)
        self.window.show_screen("settings")
        settle()
        self.said: list[object] = []
        for name in ("phone_saved", "passphrase_changed", "join_asked"):
            getattr(self.screen, name).connect(lambda *said: self.said.append(said))
        self.screen.size_chosen.connect(self.said.append)
        self.screen.dark_chosen.connect(self.said.append)


@pytest.fixture
def stage(look: Look, qapp: QApplication, qtbot: QtBot) -> Iterator[_Stage]:
    yield _Stage(look, qapp, qtbot)
    look.choose(factor=1.0)


def rewrite(said: str) -> None:
    press("Ctrl+A")
    write(said)


def write_passphrases(stage: _Stage, *said: str) -> None:
    stage.screen.passphrase.old.setFocus()
    for each in said:
        rewrite(each)
        press("Enter")


def error() -> str:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus.accessibleDescription()


def test_facts_are_shown_and_an_unknown_one_says_so(stage: _Stage) -> None:
    assert stage.screen.me.spoken() == ("姓名 周岚", "身份 网格员", "社区 青禾社区", "网格 三号网格")
    stage.screen.show_settings(replace(VIEW, grids=""))
    assert stage.screen.me.spoken()[3] == f"网格 {words.UNKNOWN}"


def test_enter_leads_through_the_phone_and_saves(stage: _Stage) -> None:
    rewrite("13911112222 ")
    press("Enter")
    rewrite("工作日 9–17 点")
    press("Shift+Enter", "Enter", "Enter")
    assert stage.said == [("13911112222", "工作日 9–17 点")]
    stage.screen.show_said("存好了。新印的联络卡用这个电话。")
    assert stage.screen.phone.notice.words == "存好了。新印的联络卡用这个电话。"


def test_ctrl_s_saves_the_section_with_the_focus(stage: _Stage) -> None:
    press("Ctrl+S")
    stage.screen.join.address.setFocus()
    press("Ctrl+S")
    assert stage.said == [(VIEW.phone, VIEW.hours)]
    assert error() == words.NO_ADDRESS


def test_no_phone_is_not_saved(stage: _Stage) -> None:
    rewrite(" ")
    press("Ctrl+S")
    assert stage.said == []
    assert error() == words.NO_PHONE


def test_new_settings_leave_what_is_being_written(stage: _Stage) -> None:
    rewrite("139")
    press("1")
    stage.screen.show_settings(replace(VIEW, phone="13700000000", hours="上午"))
    assert stage.screen.phone.words() == ("1391", "上午")
    press("Ctrl+S")
    stage.screen.show_said("存好了。")
    stage.screen.show_settings(replace(VIEW, phone="13700000000"))
    assert stage.screen.phone.phone.words == "13700000000"


def test_the_passphrase_changes_and_is_not_left_in_the_fields(stage: _Stage) -> None:
    write_passphrases(stage, OLD, NEW, NEW)
    assert stage.said == [(OLD, NEW)]
    stage.screen.show_said("口令换好了。")
    assert stage.screen.passphrase.words() == ("", "", "")
    assert stage.screen.passphrase.notice.words == "口令换好了。"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("", NEW, NEW), words.NO_OLD),
        ((OLD, "太短", "太短"), words.SHORT),
        ((OLD, OLD, OLD), words.SAME),
        ((OLD, NEW, NEW + "？"), words.DIFFERENT),
    ],
)
def test_a_passphrase_that_cannot_be_is_said_at_its_field(
    stage: _Stage, said: tuple[str, ...], sentence: str
) -> None:
    write_passphrases(stage, *said)
    assert stage.said == []
    assert error() == sentence


def test_a_wrong_passphrase_is_said_and_can_be_written_again(stage: _Stage) -> None:
    write_passphrases(stage, OLD, NEW, NEW)
    stage.screen.show_error(Section.PASSPHRASE, "现在的口令不对，没有换。再写一遍。")
    assert stage.screen.passphrase.notice.isVisible()
    assert stage.screen.passphrase.old.line.hasFocus()
    write("十")
    assert not stage.screen.passphrase.notice.isVisible()
    stage.screen.enter()
    assert stage.screen.passphrase.words() == ("", "", "")


def test_joining_asks_with_address_and_code(stage: _Stage) -> None:
    stage.screen.join.address.setFocus()
    write("https://10.0.0.8")
    press("Enter", "Enter")
    assert error() == words.NO_CODE
    write("QH3-7K2M")
    press("Enter")
    assert stage.said == [("https://10.0.0.8", "QH3-7K2M")]
    stage.screen.show_error("join", "领取码不对，或已经用过。找书记再发一个。")
    assert stage.screen.join.notice.isVisible()


def test_who_has_joined_is_not_asked_to_join(stage: _Stage) -> None:
    stage.screen.show_settings(replace(VIEW, enrolled=True))
    assert not stage.screen.join.isVisible()


def test_size_and_colour_act_at_once_by_key_and_mouse(stage: _Stage) -> None:
    stage.screen.switches.sizes.segments[0].setFocus()
    press("Right")
    QTest.mouseClick(stage.screen.switches.colours.segments[1], Qt.MouseButton.LeftButton)
    assert stage.said == [1.25, True]


def test_the_switch_follows_a_size_chosen_elsewhere(stage: _Stage, look: Look) -> None:
    look.choose(factor=1.5)
    assert stage.screen.switches.sizes.current == 2
    assert stage.said == []


def test_the_field_with_the_focus_is_in_sight(stage: _Stage, look: Look) -> None:
    look.choose(factor=1.5)
    settle()
    stage.screen.passphrase.again.setFocus()
    settle()
    assert inside(stage.screen.passphrase.again.line, stage.screen._scroll)


@pytest.mark.parametrize("factor", FACTORS)
def test_everything_fits(stage: _Stage, look: Look, factor: float) -> None:
    look.choose(factor=factor)
    stage.window.resize(1280, 680)
    faults: list[str] = []
    for enrolled in (False, True):
        stage.screen.show_settings(replace(VIEW, enrolled=enrolled, factor=factor))
        write_passphrases(stage, OLD, NEW, "不一样")
        stage.screen.show_error(Section.PASSPHRASE, "现在的口令不对，没有换。再写一遍。")
        settle()
        faults += [*too_small(stage.screen), *nameless(stage.screen)]
    assert faults == []


def test_days_the_community_agrees_on(stage: _Stage) -> None:
    agreed, usual = {"visit_days": 60}, dict.fromkeys(words.AGREED_DAYS, 30)
    stage.screen.show_agreed(agreed, usual, writable=True)
    stage.screen.agreed_saved.connect(stage.said.append)
    first, second, *_ = stage.screen.agreed.fields
    assert (first.words, second.words) == ("60", "")
    assert second.line.placeholderText() == words.usual_days(30)
    second.setFocus()
    write("半个月")
    stage.screen.agreed.send()
    assert stage.said == []
    second.set_words("15")
    stage.screen.agreed.send()
    assert stage.said == [{**dict.fromkeys(words.AGREED_DAYS), "visit_days": 60, "care_days": 15}]
    stage.screen.show_said("记下了。")
    stage.screen.show_agreed({}, usual, writable=False)
    assert first.line.isReadOnly()
    assert not stage.screen.agreed.button.isVisible()
