"""A person at the window: keys, waiting to see something, pictures, a list of what was done."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE = 60.0  # seconds to wait for something to be seen, on the slowest laptop
Key = Qt.Key


class TourError(Exception):
    """Something that should have been seen was not."""


class Hands:
    """Works one window and keeps `tour.json`: name, seconds, ok of every step."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.steps: list[dict[str, object]] = []
        self._pictures = 0

    async def step(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do one step; a failed one is written down and ends the tour."""
        began = time.monotonic()
        ok = False
        try:
            await work()
            ok = True
        finally:
            seconds = round(time.monotonic() - began, 2)
            self.steps.append({"name": name, "seconds": seconds, "ok": ok})
            self.write()

    def write(self) -> None:
        path = self.directory / "tour.json"
        path.write_text(json.dumps(self.steps, ensure_ascii=False, indent=1), "utf-8")

    async def see(self, what: str, condition: Callable[[], object]) -> None:
        """Wait until something is so. Raises TourError when it does not come."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise TourError(f"not seen: {what}")
            await asyncio.sleep(0.02)

    async def rest(self, seconds: float = 0.15) -> None:
        """Let everything that is under way be painted."""
        await asyncio.sleep(seconds)

    async def picture(self, window: QWidget, name: str) -> None:
        """Keep what the window shows, as a person sees it."""
        await self.rest(0.4)
        self._pictures += 1
        window.grab().save(str(self.directory / f"{self._pictures:02d}-{name}.png"))

    async def press(self, *keys: Qt.Key, widget: QWidget | None = None, **how: Qt.KeyboardModifier) -> None:
        """Press keys where the focus is."""
        for key in keys:
            await self.see("the keyboard", QApplication.focusWidget)
            QTest.keyClick(widget or self.focus(), key, how.get("with_", Qt.KeyboardModifier.NoModifier))
            await asyncio.sleep(0.03)

    async def type(self, text: str, widget: QWidget | None = None) -> None:
        """Type a text where the focus is, as an input method hands it over."""
        await self.see("the keyboard", QApplication.focusWidget)
        into = widget or self.focus()
        if text.isascii():
            QTest.keyClicks(into, text)
        else:
            spoken = QInputMethodEvent()
            spoken.setCommitString(text)
            QApplication.sendEvent(into, spoken)
        await asyncio.sleep(0.05)

    def focus(self) -> QWidget:
        """The widget that has the keyboard."""
        widget = QApplication.focusWidget()
        if widget is None:
            raise TourError("nothing has the keyboard")
        return widget


def digit(number: int) -> Qt.Key:
    return Qt.Key(Qt.Key.Key_0 + number)
