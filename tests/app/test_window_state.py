"""The window comes back where it was, or where it can be reached."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridclient.app.house import House
from gridclient.app.roof import Roof
from gridclient.app.window_state import USUAL, WindowState, sane
from gridclient.desktop.theme import Look
from gridclient.ledger.ledger import Ledger
from gridclient.operations.runner import InlineRunner
from tests.app.conftest import register
from tests.ledgers import PASSPHRASE, Clock

MAIN = QRect(0, 0, 1920, 1040)
SECOND = QRect(1920, 0, 1366, 728)


@pytest.mark.parametrize(
    ("kept", "screens", "placed"),
    [
        (QRect(100, 80, 1400, 800), [MAIN], QRect(100, 80, 1400, 800)),
        (QRect(2000, 30, 1280, 660), [MAIN, SECOND], QRect(2000, 30, 1280, 660)),
        (QRect(2000, 30, 1280, 660), [MAIN], QRect(320, 190, 1280, 660)),
        (QRect(-1200, 30, 1280, 660), [MAIN], QRect(320, 190, 1280, 660)),
        (QRect(100, -90, 1280, 660), [MAIN], QRect(320, 190, 1280, 660)),
        (QRect(1920, 0, 1900, 1000), [MAIN, SECOND], QRect(1920, 0, 1366, 728)),
        (QRect(5000, 0, 3840, 2000), [SECOND], SECOND),
        (QRect(0, 0, 0, 0), [MAIN], QRect(277, 136, 1366, 768)),
        (None, [MAIN], QRect(277, 136, 1366, 768)),
    ],
)
def test_a_window_is_put_where_a_hand_can_catch_it(
    kept: QRect | None, screens: list[QRect], placed: QRect
) -> None:
    assert sane(kept, screens) == placed


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger"
    made, _ = Ledger.create(folder, PASSPHRASE, Clock(), random.Random(3).randbytes)
    made.write(register())
    made.close()
    return folder


class _Computer:
    """Starts the program again and again on one ledger."""

    def __init__(self, app: QApplication, qtbot: QtBot, folder: Path, settings: QSettings) -> None:
        self.app, self.qtbot, self.folder, self.settings = app, qtbot, folder, settings
        self.roofs: list[Roof] = []

    def start(self) -> Roof:
        roof = Roof(self.app, Look(self.app), InlineRunner(), self.folder, WindowState(self.settings))
        self.qtbot.addWidget(roof)
        self.roofs.append(roof)
        with self.qtbot.waitExposed(roof):
            roof.show()
        roof.unlock.unlock_asked.emit(str(self.folder), PASSPHRASE)
        return roof


@pytest.fixture
def computer(qapp: QApplication, qtbot: QtBot, folder: Path, settings: QSettings) -> Iterator[_Computer]:
    made = _Computer(qapp, qtbot, folder, settings)
    yield made
    for roof in made.roofs:
        roof.close_ledger()


def house(roof: Roof) -> House:
    assert roof.house is not None
    return roof.house


def test_place_size_and_page_come_back(computer: _Computer, qtbot: QtBot) -> None:
    roof = computer.start()
    roof.setGeometry(20, 30, 1280, 700)
    house(roof).go("matters")
    qtbot.waitUntil(lambda: computer.settings.value("place") == roof.geometry(), timeout=5000)
    roof.close_ledger()  # no closing of the window: as if the plug had been pulled
    again = computer.start()
    assert again.geometry() == QRect(20, 30, 1280, 700)
    assert house(again).window.front() is house(again).matters.page
    assert not again.isMaximized()


def test_a_maximised_window_comes_back_maximised_and_knows_its_smaller_size(computer: _Computer) -> None:
    roof = computer.start()
    roof.setGeometry(20, 30, 1300, 700)
    roof.showMaximized()
    roof.state.keep(roof)
    roof.close_ledger()
    assert computer.start().isMaximized()
    assert isinstance(computer.settings.value("place"), QRect)


def test_a_new_day_begins_with_the_first_page(settings: QSettings) -> None:
    state = WindowState(settings)
    state.keep_page("matters", "2026-11-24")
    assert state.page("2026-11-24") == "matters"
    assert state.page("2026-11-25") == ""


def test_what_is_kept_names_nobody(computer: _Computer) -> None:
    roof = computer.start()
    house(roof).go("household")
    house(roof).go("settings")
    roof.state.keep(roof)
    roof.close_ledger()
    assert set(computer.settings.allKeys()) == {"place", "maximised", "page", "page_day"}
    assert computer.settings.value("page") == "settings"


def test_the_usual_size_is_that_of_the_smallest_common_screen() -> None:
    assert (USUAL.width(), USUAL.height()) == (1366, 768)
