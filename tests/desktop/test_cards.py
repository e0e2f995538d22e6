"""The card screen: whose, how, how many; leafing, saving, printing, stopping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gridclient.desktop.cards import SHEETS, SINGLE, CardsScreen, DeckView, words
from gridclient.desktop.kit.picker import Item
from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import FACTORS, Look
from tests.desktop.keys import front, press, settle
from tests.desktop.measure import nameless, too_small

SCOPES = (
    Item(b"all", "整个社区"),
    Item(b"12", "12号楼", "松岭家园"),
    Item(b"13", "13号楼", "松岭家园"),
)
DECK = DeckView(
    431,
    44,
    ("12号楼 3单元 502：网格员没有工作电话，卡上空着。",),
    ("“𬱖”这个字印不出，1 张卡先不印，其余 431 张照印。",),
)
WHO = "12号楼 3单元 502，赵世昌家"


def picture(colour: str) -> QImage:
    image = QImage(1063, 638, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


class _Stage:
    """The screen in its window, and what it said."""

    def __init__(self, look: Look, app: QApplication, qtbot: QtBot) -> None:
        self.window = MainWindow(look, app)
        self.screen = CardsScreen(look)
        self.window.add_screen("cards", self.screen)
        self.screen.show_scopes(SCOPES, b"all")
        self.screen.show_deck(DECK)
        self.screen.show_preview(picture("#b3261e"), picture("#ffffff"), WHO)
        front(qtbot, self.window, 1366, 768)
        self.window.show_screen("cards")
        settle()
        self.said: list[object] = []
        for name in ("scope_chosen", "layout_chosen", "preview_asked", "save_asked"):
            getattr(self.screen, name).connect(self.said.append)
        for name in ("print_asked", "stop_asked"):
            getattr(self.screen, name).connect(lambda name=name: self.said.append(name))
        self.window.print_asked.connect(lambda: self.said.append("window print"))
        self.window.back_asked.connect(lambda: self.said.append("window back"))


@pytest.fixture
def stage(look: Look, qapp: QApplication, qtbot: QtBot) -> Iterator[_Stage]:
    yield _Stage(look, qapp, qtbot)
    look.choose(factor=1.0)


def test_a_deck_asks_for_its_first_card(look: Look) -> None:
    screen = CardsScreen(look)
    asked: list[int] = []
    screen.preview_asked.connect(asked.append)
    screen.show_deck(DECK)
    assert asked == [0]
    screen.show_deck(DeckView(0, 0))
    assert asked == [0]


def test_arrows_and_buttons_leaf_and_stop_at_the_ends(stage: _Stage) -> None:
    press("Left", "Right", "Right")
    QTest.mouseClick(stage.screen.faces.previous, Qt.MouseButton.LeftButton)
    press("End", "Right", "Home")
    assert stage.said == [1, 2, 1, 430, 0]
    assert stage.screen.faces.place.text() == "第 1 张，共 431 张"
    assert not stage.screen.faces.previous.isEnabled()


def test_the_card_in_hand_stays_when_only_the_layout_changes(stage: _Stage) -> None:
    press("Right")
    stage.screen.show_deck(DeckView(431, 862))
    assert stage.said == [1, 1]
    stage.screen.show_deck(DeckView(12, 2))
    assert stage.said == [1, 1, 0]


def test_print_by_key_is_for_this_screen(stage: _Stage) -> None:
    press("Ctrl+P")
    QTest.mouseClick(stage.screen.bar.print, Qt.MouseButton.LeftButton)
    assert stage.said == ["print_asked", "print_asked"]


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the platform without a screen says so of any dialog
def test_save_asks_where_and_adds_the_ending(stage: _Stage, tmp_path: Path) -> None:
    press("Ctrl+S")
    dialog = stage.screen.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == words.FILE_NAME
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(tmp_path / "卡"))
    dialog.accept()
    assert stage.said == [str(tmp_path / "卡.pdf")]


def test_scope_and_layout_by_keyboard(stage: _Stage) -> None:
    press("PgDown", "PgDown", "PgDown", "PgUp", "Ctrl+2", "Ctrl+2", "Ctrl+1")
    assert stage.said == [b"12", b"13", b"12", SINGLE, SHEETS]
    stage.screen.show_layout(SINGLE)
    stage.screen.panel.layouts.segments[1].setFocus()
    press("Left")
    assert stage.said[-1] == SHEETS


def test_while_cards_are_laid_out_only_stopping_works(stage: _Stage) -> None:
    stage.screen.show_progress(3, 431)
    press("Ctrl+P", "Ctrl+S", "PgDown", "Right")
    assert stage.said == []
    assert not stage.screen.bar.print.isEnabled()
    press("Esc")
    assert stage.said == ["stop_asked"]
    stage.screen.show_done("印了 431 张，44 页。")
    assert stage.screen.bar.notice.words == "印了 431 张，44 页。"
    assert not stage.screen.bar.progress.isVisible()
    press("Ctrl+P", "Esc")
    assert stage.said == ["stop_asked", "print_asked", "window back"]


def test_an_error_says_so_and_lets_try_again(stage: _Stage) -> None:
    stage.screen.show_progress(3, 431)
    stage.screen.show_error("这个文件夹写不进去，没有存。换个地方再存。")
    assert stage.screen.bar.notice.isVisible()
    press("Ctrl+P")
    assert stage.said == ["print_asked"]


def test_nobody_there_offers_another_building_and_no_printing(stage: _Stage) -> None:
    stage.screen.show_deck(DeckView(0, 0))
    assert stage.screen.empty.isVisible()
    assert not stage.screen.bar.print.isVisible()
    press("Ctrl+P", "Ctrl+S", "Right", "PgDown")
    assert stage.said == ["window print", b"12"]


def test_the_sides_are_drawn_in_their_own_colours_and_shape(stage: _Stage) -> None:
    face = stage.screen.faces.front
    area = face.area_of_card()
    assert area.width() / area.height() == pytest.approx(1063 / 638, rel=0.01)
    assert area.width() > 340
    grab = face.grab().toImage()
    assert grab.pixelColor(area.center().toPoint() * grab.devicePixelRatio()) == QColor("#b3261e")
    assert face.accessibleDescription() == WHO


def test_a_thousand_warnings_are_cut_in_words(stage: _Stage) -> None:
    stage.screen.show_deck(DeckView(1000, 100, tuple(f"第 {n} 张没有电话。" for n in range(1000))))
    facts = stage.screen.panel._warned.facts
    assert facts[-1].words == words.more(960)


@pytest.mark.parametrize("factor", FACTORS)
def test_every_state_fits(stage: _Stage, look: Look, factor: float) -> None:
    look.choose(factor=factor)
    stage.window.resize(1280, 680)
    screen = stage.screen
    faults: list[str] = []
    states: tuple[Callable[[], None], ...] = (
        lambda: screen.show_deck(DECK),
        lambda: screen.show_progress(431, 431),
        lambda: screen.show_error("这个文件夹写不进去，没有存。换个地方再存。"),
        lambda: screen.show_deck(DeckView(0, 0, held=DECK.held)),
        lambda: screen.show_deck(DeckView(0, 0)),
    )
    for show in states:
        show()
        settle()
        faults += [*too_small(screen), *nameless(screen)]
    assert faults == []
