"""The first start, from the first question to 开始, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridclient.desktop.theme import FACTORS, Look, Scheme
from gridclient.desktop.wizard import Step, Way, WizardAnswer, WizardPage, words
from gridclient.desktop.wizard.code_field import grouped
from gridclient.desktop.wizard.strength import Strength, judge
from tests.desktop.keys import front, press, settle, write
from tests.desktop.measure import nameless, too_small

CODE = "7K4M-9ABC-7K4M-9ABC-1234-5678-ABCD-EFGH"
GOOD = "走一户记一户一条也不丢"


@pytest.fixture
def page(look: Look, qapp: QApplication, qtbot: QtBot) -> WizardPage:
    made = WizardPage(look, qapp)
    front(qtbot, made)
    made.enter()
    return made


@pytest.fixture
def answers(page: WizardPage) -> list[WizardAnswer]:
    heard: list[WizardAnswer] = []
    page.answered.connect(heard.append)
    return heard


def test_joining_by_keyboard(page: WizardPage, answers: list[WizardAnswer], qtbot: QtBot) -> None:
    press("1")
    write("https://ledger.qinghe.local")
    with qtbot.waitSignal(page.community_asked) as asked:
        press("Enter")
    assert asked.args == ["https://ledger.qinghe.local"]
    for letter in CODE.replace("-", "").lower():
        press(letter)
    assert page.ways.code.field.words == CODE
    press("Enter")
    write(GOOD)
    press("Enter")
    write(GOOD)
    press("Enter")
    assert answers == [WizardAnswer(Way.JOIN, GOOD, "https://ledger.qinghe.local", CODE)]
    page.show_busy(True)
    press("Enter")
    assert len(answers) == 1
    page.show_progress("居民册", 0, 5432)
    assert not page.next_button.isEnabled()
    page.show_progress("居民册", 1200, 5432, "还要 20 秒")
    with qtbot.waitSignal(page.started):
        press("Enter")


def test_alone_copies_the_recovery_sheet(page: WizardPage, answers: list[WizardAnswer], qtbot: QtBot) -> None:
    copied: list[bool] = []
    page.recovery_copied.connect(lambda: copied.append(True))
    press("2", "Enter")
    write(GOOD)
    press("Enter")
    write(GOOD)
    press("Enter")
    assert answers == [WizardAnswer(Way.ALONE, GOOD)]
    page.show_recovery(CODE)
    write("efg1")
    press("Enter")
    assert copied == []
    assert page.sheet.last.line.accessibleDescription() == words.SHEET_WRONG
    page.sheet.last.set_words("efgh")
    with qtbot.waitSignal(page.print_asked) as printed:
        press("Ctrl+P")
    assert printed.args == [CODE]
    press("Enter")
    assert copied == [True]
    page.show_done("台账建好了。")
    with qtbot.waitSignal(page.started):
        press("Enter")


def test_the_demonstration_asks_nothing_more(page: WizardPage, answers: list[WizardAnswer]) -> None:
    press("3", "Enter")
    assert answers == [WizardAnswer(Way.DEMO)]


def test_an_old_backup(page: WizardPage, answers: list[WizardAnswer], qtbot: QtBot) -> None:
    press("4")
    with qtbot.waitSignal(page.file_asked):
        press("Enter")
    page.take_file("/media/stick/a.backup", "a.backup，11月22日")
    press("Enter")
    write("旧口令")  # how good an old passphrase is does not matter
    press("Enter")
    assert answers == [WizardAnswer(Way.OLD, "旧口令", file="/media/stick/a.backup")]
    page.show_error("口令不对，还能试 4 次。备份没有受影响。", Step.PASSPHRASE)
    assert page.passphrase.first.line.accessibleDescription().startswith("口令不对")


def test_a_dropped_file_is_taken(page: WizardPage) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/media/stick/b.backup")])
    page.ways.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert (page.ways.way, page.ways.file) == (Way.OLD, "/media/stick/b.backup")


def test_a_pasted_code_is_grouped(page: WizardPage) -> None:
    press("1")
    page.ways.code.setFocus()
    QGuiApplication.clipboard().setText(f" {CODE.lower().replace('-', ' ')}\t")
    press("Ctrl+V")
    assert page.ways.code.field.words == CODE
    assert page.ways.code.is_whole()


def test_typing_in_the_middle_keeps_the_cursor(page: WizardPage) -> None:
    press("1")
    line = page.ways.code.field.line
    page.ways.code.setFocus()
    for letter in "ABCDEFGH":
        press(letter)
    line.setCursorPosition(2)
    press("X")
    assert (line.text(), line.cursorPosition()) == ("ABXC-DEFG-H", 3)


def test_what_is_missing_is_said(page: WizardPage, answers: list[WizardAnswer]) -> None:
    press("Enter")
    assert page.ways._error.words == words.PICK_WAY
    press("1", "Enter", "Enter")
    assert page._step is Step.WAY
    press("Shift+Enter", "Shift+Enter", "2", "Enter")
    write("短口令")
    press("Enter", "Enter")
    assert page.passphrase.first.line.accessibleDescription() == words.missing(7)
    page.passphrase.first.set_words(GOOD)
    page.passphrase.again.set_words(GOOD + "了")
    press("Enter", "Enter")
    assert page.passphrase.again.line.accessibleDescription() == words.DIFFERENT
    assert answers == []


def test_a_wrong_code_leads_back_to_it(page: WizardPage) -> None:
    press("1")
    page.show_busy(True)
    page.show_error("领取码不对，或已经用过。找书记再发一个。", code=True)
    focus = QApplication.focusWidget()
    assert focus is page.ways.code.field.line
    assert focus.accessibleDescription().startswith("领取码不对")


def test_esc_goes_back_then_quits(page: WizardPage, qtbot: QtBot) -> None:
    press("2", "Enter", "Esc")
    assert page._step is Step.WAY
    with qtbot.waitSignal(page.quit_asked):
        press("Esc")


def test_size_and_scheme_can_be_chosen_at_once(page: WizardPage) -> None:
    said: list[object] = []
    page.size_asked.connect(said.append)
    page.scheme_asked.connect(said.append)
    page.size_choice.segments[2].click()
    page.scheme_choice.segments[1].click()
    assert said == [1.5, Scheme.DARK]


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ("短", Strength.SHORT),
        ("1234567890", Strength.WEAK),
        ("abcdefghijkl", Strength.WEAK),
        ("aaaaaaaaaaaa", Strength.WEAK),
        ("qinghehehua", Strength.FAIR),
        (GOOD, Strength.STRONG),
        ("Qinghe-2026x", Strength.STRONG),
    ],
)
def test_strength_in_words(said: str, grade: Strength) -> None:
    found, sentence = judge(said)
    assert found is grade
    assert sentence


def test_grouping() -> None:
    assert grouped("７k4m 9abc") == "K4M9-ABC"
    assert grouped(CODE + "ZZZZ") == CODE


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("size", [(1366, 768), (1280, 660)])
def test_everything_fits(page: WizardPage, look: Look, factor: float, size: tuple[int, int]) -> None:
    look.choose(factor=factor)
    page.resize(*size)
    for way in Way:
        page.ways.choose(way)
        settle()
        assert too_small(page) == []
    assert nameless(page) == []
    page._go(Step.PASSPHRASE)
    page.passphrase.first.set_words(GOOD)
    settle()
    assert too_small(page) == []
    page.show_recovery(CODE)
    settle()
    assert too_small(page) == []
    page.show_progress("居民册", 1200, 5432, "还要 20 秒")
    settle()
    assert too_small(page) == []
    page.show_done("5 432 户、11 423 人都在了，31 栋楼逐栋对过，一样。")
    settle()
    assert too_small(page) == []
    look.choose(factor=1.0)
