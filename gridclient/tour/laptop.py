"""One laptop of the tour: a window of its own and the ledger behind it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from gridclient.app.house import House
from gridclient.app.roof import Roof
from gridclient.app.window_state import WindowState
from gridclient.desktop.theme import Look
from gridclient.operations.runner import ThreadRunner
from gridclient.tour.hands import Hands, Key, digit

PASSPHRASE = "走一户记一户一条也不丢"


class Laptop:
    """Whose it is, its window, and the things a person does again and again."""

    def __init__(
        self,
        app: QApplication,
        look: Look,
        hands: Hands,
        folder: Path,
        loop_runner: Callable[[], ThreadRunner],
    ) -> None:
        self.hands = hands
        self.runner = loop_runner()
        kept = QSettings(str(folder.with_suffix(".ini")), QSettings.Format.IniFormat)
        self.roof = Roof(app, look, self.runner, folder, WindowState(kept))
        self.roof.resize(1366, 768)

    @property
    def house(self) -> House:
        house = self.roof.house
        assert house is not None, "the ledger is open"
        return house

    def front(self) -> None:
        """Open this laptop's lid and shut the others: one screen, one keyboard."""
        for other in QApplication.topLevelWidgets():
            if isinstance(other, Roof) and other is not self.roof:
                other.hide()
        self.roof.show()
        self.roof.activateWindow()

    def close(self) -> None:
        self.roof.close_ledger()
        self.runner.close()
        self.roof.hide()

    async def join(self, url: str, code: str, picture: str = "") -> None:
        """Through the wizard by keys: join a community, choose a passphrase, fetch the register."""
        first = self.roof.first
        assert first is not None, "the wizard is up"
        hands, page = self.hands, first.page
        await hands.press(digit(1))
        await hands.type(url)
        await hands.press(Key.Key_Return)
        await hands.see("the community found", lambda: page.ways.community_words)
        await hands.type(code)
        if picture:
            await hands.picture(self.roof, picture)
        await hands.press(Key.Key_Return)
        await hands.see("the passphrase step", page.passphrase.isVisible)
        await hands.type(PASSPHRASE)
        await hands.press(Key.Key_Return)
        await hands.type(PASSPHRASE)
        await hands.press(Key.Key_Return)
        await hands.see("the register has come", lambda: page.is_done)
        await hands.press(Key.Key_Return)
        await hands.see("the ledger's window", lambda: self.roof.house is not None)
        await hands.rest(0.5)

    async def find(self, typed: str) -> None:
        """Type into the search box and open the first hit."""
        window = self.house.window
        window.search()
        await self.hands.type(typed)
        await self.hands.see("a hit", window.popup.isVisible)

    async def sync(self) -> None:
        """F9, and wait until it is over."""
        join = self.house.sync
        self.house.window.sync_now_asked.emit()
        await self.hands.see("the sync begun", lambda: join.running or join.last is not None)
        await self.hands.see("the sync over", lambda: not join.running)
        await self.hands.rest(0.4)
