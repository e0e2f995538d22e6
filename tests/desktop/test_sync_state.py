"""The sync sheet: the number, the reasons, the road that works."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.desktop.kit.button import Kind
from gridclient.desktop.sync_state import SyncSheet, SyncView, Trouble, Waiting, words
from gridclient.desktop.theme import FACTORS, Look, Tone
from tests.desktop.keys import front, press, settle, sound
from tests.desktop.measure import nameless, too_small

STUCK = b"\x65" * 16
WAITING = (
    Waiting(b"\x61" * 16, "door-enter", "12号楼 3单元 502 入户", "今天 10:43"),
    Waiting(b"\x62" * 16, "message-report", "就餐卡：给老伴补办一张", "今天 10:43"),
    Waiting(b"\x63" * 16, "door-off", "12号楼 2单元 601 没人应", "今天 09:50"),
    Waiting(b"\x64" * 16, "home", "18号楼 2单元 301 改户主电话", "", "暂存：不在你的网格", Tone.WARN),
    Waiting(STUCK, "id", "13号楼 2单元 602 给了卡", "", "隔离：日期写成 2062 年", Tone.BAD),
)
UNSENT = SyncView(
    "周岚的电脑，三号网格",
    12,
    12,
    "最早 11月22日 16:05",
    1,
    "等书记点头",
    1,
    "有一格看不懂",
    WAITING,
    "走访 8，诉求 2，资料 2",
    True,
    "11月22日 09:12，2 天前；31 栋楼逐栋对过数",
    Trouble.OFFLINE,
    "2 分钟前试过",
)
SAFE = SyncView("周岚的电脑，三号网格", agreed=True, agreed_detail="今天 10:50；31 栋楼逐栋对过数")


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    front(qtbot, made)
    return made


@pytest.fixture
def sheet(look: Look, host: QWidget) -> SyncSheet:
    made = SyncSheet(look, host)
    made.show_sync(UNSENT)
    made.open()
    return made


def test_the_keys_ask(sheet: SyncSheet) -> None:
    said: list[str] = []
    sheet.sync_asked.connect(lambda: said.append("sync"))
    sheet.stick_asked.connect(lambda: said.append("stick"))
    press("F9", "F10", "Enter")
    assert said == ["sync", "stick", "stick"]  # offline: the stick is the road that works


def test_the_filled_button_is_the_road_that_works(sheet: SyncSheet) -> None:
    assert (sheet.sync_button.kind, sheet.stick_button.kind) == (Kind.SECONDARY, Kind.PRIMARY)
    sheet.show_sync(replace(UNSENT, trouble=Trouble.NONE))
    assert (sheet.sync_button.kind, sheet.stick_button.kind) == (Kind.PRIMARY, Kind.SECONDARY)
    assert sheet.sync_button.text() == words.SYNC


def test_the_number_is_said(sheet: SyncSheet) -> None:
    assert words.lose(12) in sheet._hero.accessibleName()
    sheet.show_sync(SAFE)
    assert words.NOTHING_LOST in sheet._hero.accessibleName()
    assert not sheet.list.isVisible()


def test_enter_opens_what_is_stuck(sheet: SyncSheet) -> None:
    opened: list[bytes] = []
    sheet.item_opened.connect(opened.append)
    sheet.list.setFocus()
    press("End", "Enter")
    assert opened == [STUCK]


def test_progress_can_be_stopped_and_ends_with_a_sentence(sheet: SyncSheet) -> None:
    said: list[str] = []
    sheet.sync_asked.connect(lambda: said.append("sync"))
    sheet.stop_asked.connect(lambda: said.append("stop"))
    sheet.show_progress("送 12 条", 3, 12, "还要 4 秒")
    press("F9")
    sheet._progress.stop.click()
    assert said == ["stop"]
    sheet.show_finished("12 条都送到了，31 栋楼逐栋对过，一样。")
    assert sheet._finished.isVisible()
    press("F9")
    assert said == ["stop", "sync"]


@pytest.mark.parametrize("trouble", [each for each in Trouble if each is not Trouble.NONE])
@pytest.mark.parametrize("factor", FACTORS)
def test_every_trouble_has_its_words_and_fits(
    sheet: SyncSheet, look: Look, host: QWidget, trouble: Trouble, factor: float
) -> None:
    look.choose(factor=factor)
    host.resize(1366, 690)
    sheet.show_sync(replace(UNSENT, trouble=trouble))
    sheet.place()
    settle()
    assert sheet._trouble.words == words.TROUBLES[trouble]
    assert too_small(sheet) == []
    assert nameless(sheet) == []
    look.choose(factor=1.0)


@pytest.mark.parametrize("finished", ["", "2 条存好了。交到社区、拿回执来读了，才算送到。"])
def test_when_it_agreed_last_is_in_sight_on_a_low_screen(
    sheet: SyncSheet, host: QWidget, finished: str
) -> None:
    host.resize(1366, 768)
    sheet.show_sync(UNSENT)
    sheet.place()
    sheet._finished.say(finished)
    sheet._show_trouble()
    settle()
    settle()
    card = sheet._agreed
    assert card.visibleRegion().boundingRect() == card.rect()
    assert sheet._trouble.isVisible() is not sheet._finished.isVisible()
    assert sheet.list.height() >= 120


def test_a_sync_nobody_asked_for_leaves_the_keyboard_where_it_is(sheet: SyncSheet) -> None:
    sheet.list.setFocus()
    press("End")
    sheet.show_progress("送出去", 3, 12)
    assert sheet.list.hasFocus()
    sheet.show_progress("领新的", 0, 0)
    sheet.show_finished("12 条都送到了。")
    assert sheet.list.hasFocus()


def test_a_sync_that_was_asked_for_can_be_stopped_and_asked_for_again_by_the_keyboard(
    sheet: SyncSheet,
) -> None:
    sheet.show_sync(replace(UNSENT, trouble=Trouble.NONE))
    sheet.sync_button.setFocus()
    sheet.show_progress("送出去", 3, 12)
    assert sheet._progress.stop.hasFocus()
    sheet.show_finished("停下了。", ok=False)
    assert sheet.sync_button.hasFocus()


def test_what_arrived_and_was_not_taken_is_not_called_unsent(sheet: SyncSheet) -> None:
    for view, said in (
        (UNSENT, words.UNSENT_OR_STUCK),
        (replace(UNSENT, unsent=0), words.STUCK),
        (replace(UNSENT, held=0, quarantined=0), words.WAITING),
    ):
        sheet.show_sync(view)
        assert sheet._waiting_head.text() == said


def test_the_keyboard_follows_the_road_that_works(sheet: SyncSheet) -> None:
    sheet.show_sync(replace(UNSENT, trouble=Trouble.NONE))
    sheet.sync_button.setFocus()
    sheet.show_sync(UNSENT)
    assert sheet.stick_button.hasFocus()


def test_a_revoked_computer_can_only_hand_in(sheet: SyncSheet) -> None:
    sheet.show_sync(replace(UNSENT, trouble=Trouble.REVOKED))
    assert not sheet.sync_button.isVisible()
    assert sheet.stick_button.isEnabled()


def test_a_copied_ledger_is_led_to_a_new_code(sheet: SyncSheet) -> None:
    def kinds() -> tuple[Kind, Kind]:
        return sheet._join.kind, sheet.sync_button.kind

    sheet.show_sync(replace(UNSENT, trouble=Trouble.CLONED))
    assert kinds() == (Kind.PRIMARY, Kind.SECONDARY)
    assert words.SAVE_BY_SUPERVISOR in sheet._hero.accessibleName()
    sheet.show_sync(replace(UNSENT, trouble=Trouble.ALONE))
    assert kinds()[0] is Kind.LINK


def test_alone_offers_to_join(sheet: SyncSheet, qtbot: QtBot) -> None:
    sheet.show_sync(replace(UNSENT, trouble=Trouble.ALONE))
    with qtbot.waitSignal(sheet.join_asked):
        sheet._join.click()


def test_the_list_is_a_sound_model(sheet: SyncSheet, qtmodeltester: ModelTester) -> None:
    sound(qtmodeltester, sheet.list.rows)
