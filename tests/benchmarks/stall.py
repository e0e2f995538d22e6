"""How long the window's thread is away while others work: a first sync, then an import.

python -m tests.benchmarks.stall. A timer of 10 ms in the window's thread; how much later than that it comes.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from tests.benchmarks.community import Server
from tests.benchmarks.import_register import ROWS, invented
from tests.benchmarks.import_register import write as write_register
from tests.benchmarks.table import Line, at, show
from tests.benchmarks.window import Window

EVERY = 0.010


class Pulse:
    """Counts how late each tick comes."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(int(EVERY * 1000))

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, now - self._last - EVERY))
        self._last = now

    def stop(self) -> None:
        self._timer.stop()


def main(folder: Path) -> None:
    """Print one table."""
    server = Server(folder)
    with server.serving():
        ledger = server.laptop(folder / "laptop", server.supervisor)
        window = Window(ledger)
        house = window.house
        lines = [measured(window, "nothing at all, 2 s", lambda: window.rest(2))]
        lines.append(measured(window, "first sync of the whole community", lambda: _sync(window)))
        lines.append(measured(window, "2 s after it", lambda: window.rest(2)))
        sample = folder / "register.xlsx"
        write_register(sample, invented(ROWS))
        screen = house.register.screen
        house.go("register")

        def read() -> None:
            screen.file_chosen.emit(str(sample))
            window.until(lambda: house.register.preview is not None)

        def write() -> None:
            screen.confirmed.emit()
            window.until(lambda: house.register.imported is not None)
            window.rest(2)

        lines.append(measured(window, f"import: reading and showing {ROWS:,} rows", read))
        lines.append(measured(window, "import: writing it, and 2 s after", write))
        window.close()
        ledger.close()
    show("Stalls of the window's thread", lines)


def _sync(window: Window) -> None:
    joined = window.house.sync
    joined.sync()
    window.until(lambda: joined.last is not None)
    assert joined.last is not None
    assert joined.last.complete


def measured(window: Window, what: str, work: Callable[[], None]) -> Line:
    """The lateness of the pulse while something is done."""
    pulse = Pulse()
    started = time.perf_counter()
    work()
    taken = time.perf_counter() - started
    pulse.stop()
    p50, p99, worst = (value * 1000 for value in (at(pulse.late, 0.5), at(pulse.late, 0.99), max(pulse.late)))
    over = sum(late > 0.05 for late in pulse.late)
    said = f"worst {worst:.1f}, p99 {p99:.1f}, p50 {p50:.1f} ms; {over} over 50 ms in {taken:.1f} s"
    return Line(what, said, "worst ≤ 50 ms, wanted ≤ 16 ms")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made))
