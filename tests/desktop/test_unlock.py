"""The unlock page: passphrase in, a sentence back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.desktop.theme import FACTORS, Look
from gridclient.desktop.unlock import LedgerChoice, UnlockPage, words
from tests.desktop.keys import front, press, settle, sound, write
from tests.desktop.measure import nameless, too_small

ONE = (LedgerChoice("/ledgers/a", "青禾社区 周岚", "三号网格，上次 11月24日 用过"),)
TWO = (*ONE, LedgerChoice("/ledgers/b", "示例社区", "演示用，里面的人都是编的"))


@pytest.fixture
def page(look: Look, qapp: QApplication, qtbot: QtBot) -> UnlockPage:
    made = UnlockPage(look, qapp)
    made.show_ledgers(ONE)
    front(qtbot, made)
    made.enter()
    return made


def test_passphrase_and_enter_open(page: UnlockPage) -> None:
    asked: list[tuple[str, str]] = []
    page.unlock_asked.connect(lambda path, said: asked.append((path, said)))
    write("十年树木百年树人")
    press("Enter")
    assert asked == [("/ledgers/a", "十年树木百年树人")]


def test_an_empty_passphrase_is_not_asked_about(page: UnlockPage) -> None:
    asked: list[str] = []
    page.unlock_asked.connect(lambda path, _said: asked.append(path))
    press("Enter")
    assert asked == []
    assert page.field.line.accessibleDescription() == words.EMPTY


def test_wrong_says_how_many_tries_and_lets_write_again(page: UnlockPage) -> None:
    write("忘了的口令")
    page.show_busy(True)
    assert not page.open_button.isEnabled()
    page.show_wrong(4)
    assert page.field.line.accessibleDescription() == "口令不对，还能试 4 次。台账没有受影响。"
    write("新口令")
    assert page.field.words == "新口令"
    assert page.field.line.accessibleDescription() == ""


def test_no_enter_while_opening(page: UnlockPage) -> None:
    asked: list[str] = []
    page.unlock_asked.connect(lambda path, _said: asked.append(path))
    write("十年树木百年树人")
    page.show_busy(True)
    press("Enter")
    assert asked == []


def test_arrows_choose_another_ledger_from_the_field(page: UnlockPage) -> None:
    page.show_ledgers(TWO)
    asked: list[str] = []
    page.unlock_asked.connect(lambda path, _said: asked.append(path))
    press("Down")
    write("x")
    press("Enter", "Up", "Enter")
    assert asked == ["/ledgers/b", "/ledgers/a"]


def test_coming_back_leaves_no_passphrase(page: UnlockPage) -> None:
    write("十年树木百年树人")
    page.enter()
    assert page.field.words == ""


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("ledgers", [ONE, TWO])
def test_everything_fits(
    page: UnlockPage, look: Look, factor: float, ledgers: tuple[LedgerChoice, ...]
) -> None:
    look.choose(factor=factor)
    page.show_ledgers(ledgers)
    page.show_wrong(0)
    page.resize(1280, 680)
    settle()
    assert too_small(page) == []
    assert nameless(page) == []
    look.choose(factor=1.0)


def test_the_list_is_a_sound_model(page: UnlockPage, qtmodeltester: ModelTester) -> None:
    page.show_ledgers(TWO)
    assert page.list is not None
    sound(qtmodeltester, page.list.rows)


def test_who_forgot_the_passphrase_opens_with_the_recovery_sheet(page: UnlockPage) -> None:
    asked: list[tuple[str, str, str]] = []
    page.recover_asked.connect(lambda *said: asked.append(said))
    page._recover.click()
    sheet = page.recover
    assert sheet is not None
    assert sheet.isVisible()
    press("Ctrl+S")
    assert asked == []
    assert sheet.code.line.accessibleDescription() == words.NO_CODE
    write("53VG-ZBX4-DCPR-1NZT")
    press("Enter")
    write("十年树木百年树人的口令")
    press("Enter")
    write("十年树木百年树人的口今")
    press("Enter")
    assert asked == []
    assert sheet.again.line.accessibleDescription() == words.DIFFERENT
    sheet.again.set_words("十年树木百年树人的口令")
    press("Ctrl+S")
    assert asked == [("/ledgers/a", "53VG-ZBX4-DCPR-1NZT", "十年树木百年树人的口令")]
    sheet.show_error("恢复码不对。")
    assert sheet.save_button.isEnabled()
    press("Esc")
    assert not sheet.isVisible()
    assert sheet.new.words == ""


@pytest.mark.parametrize("factor", FACTORS)
def test_the_recovery_sheet_fits(look: Look, page: UnlockPage, factor: float) -> None:
    look.choose(factor=factor)
    page.ask_recovery()
    assert page.recover is not None
    page.recover.place()
    settle()
    assert too_small(page.recover) == []
    assert nameless(page.recover) == []
    look.choose(factor=1.0)
