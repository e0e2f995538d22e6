"""The real program's window over a real ledger, offscreen, driven by hand."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtWidgets import QApplication

from gridclient.app.house import House
from gridclient.app.main import share_time
from gridclient.desktop.theme import Look, Scheme
from gridclient.ledger.ledger import Ledger
from gridclient.operations.runner import ThreadRunner

PATIENCE = 300
BEAT = 0.002


class Window:
    """A house with its threads, shown at the size of an office laptop."""

    def __init__(self, ledger: Ledger) -> None:
        share_time()
        found = QApplication.instance() or QApplication(["benchmark"])
        assert isinstance(found, QApplication)
        self._app = found
        self._loop = qasync.QEventLoop(found)
        asyncio.set_event_loop(self._loop)
        self._runner = ThreadRunner(lambda: self._loop)
        look = Look(found, Scheme.LIGHT, 1.0)
        self.house = House(ledger, self._runner, look, found, lambda: None)
        self.house.window.resize(1366, 768)
        self.house.window.show()
        self.house.enter()
        self.rest(1.0)

    def until(self, true: Callable[[], bool]) -> None:
        """Let the program run until something has happened."""

        async def wait() -> None:
            ends = time.monotonic() + PATIENCE
            while not true():
                assert time.monotonic() < ends, "it never happened"
                await asyncio.sleep(0.001)

        self._loop.run_until_complete(wait())

    def rest(self, seconds: float) -> None:
        """Let the program run for a while."""
        self._loop.run_until_complete(asyncio.sleep(seconds))

    def stalls(self, work: Callable[[], object]) -> list[float]:
        """How late a beat of the window's thread comes while something is done."""
        late: list[float] = []

        async def beat() -> None:
            while True:
                started = time.perf_counter()
                await asyncio.sleep(BEAT)
                late.append(max(0.0, time.perf_counter() - started - BEAT))

        task = self._loop.create_task(beat())
        work()
        task.cancel()
        self.rest(0.01)
        return late

    def step(self) -> None:
        """Handle what waits, paint what has to be painted."""
        self._app.processEvents()

    def close(self) -> None:
        """Take it down; the ledger stays open."""
        self.house.stop()
        self._runner.close()
        self.house.window.close()
        self.house.window.deleteLater()
        self._app.processEvents()
        self._loop.close()
