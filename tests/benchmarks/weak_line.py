"""Syncing over a line such as villages have: a first fill, a day, nothing to do, and the window meanwhile.

python -m tests.benchmarks.weak_line. A server's program, real ledgers, and between them a relay of 200 ms and
64 kbit/s that drops the line after every 24 kB.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from gridclient.core.wire.messages import UnreachableError
from gridclient.ledger.ledger import Ledger
from gridclient.operations.dump import dump
from gridclient.operations.sync_ledger import sync
from tests.benchmarks.community import Server
from tests.benchmarks.day import EDITS, VISITS, work
from tests.benchmarks.shaped import Shape, ShapedRelay
from tests.benchmarks.stall import Pulse
from tests.benchmarks.table import Line, at, show

VILLAGE = Shape(0.2, 64_000, 24_000)
SCALE = 0.25
MOST_SYNCS = 60  # a line that lets something through gets there long before


class Persisted(NamedTuple):
    """What it took until a sync came through whole. `sent`: own changes answered, in all syncs together."""

    seconds: float
    syncs: int
    sent: int
    received: int
    line: str
    cuts: int


def persist(ledger: Ledger, relay: ShapedRelay) -> Persisted:
    """Sync again and again, as the program does by itself, until both sides agree.

    Raises:
        UnreachableError: it does not get there.
    """
    relay.reset()
    started = time.perf_counter()
    waiting = ledger.unsent().pending
    before = _rows(ledger)
    for syncs in range(1, MOST_SYNCS + 1):
        try:
            complete = sync(ledger).complete
        except UnreachableError:
            continue
        if complete:
            taken = time.perf_counter() - started
            return Persisted(taken, syncs, waiting, _rows(ledger) - before, relay.said(), relay.cuts)
    raise UnreachableError(f"not through after {MOST_SYNCS} syncs")


def _rows(ledger: Ledger) -> int:
    return sum(1 for _ in dump(ledger))


def same(one: Ledger, other: Ledger) -> bool:
    """Whether two ledgers show the very same records."""
    first, second = ({str(line["record"]): line for line in dump(ledger)} for ledger in (one, other))
    return first == second


def stalls(run: Callable[[], object]) -> list[float]:
    """How late each tick of a Qt event loop comes while something runs in a thread."""
    app = QApplication.instance() or QApplication(["weak line"])
    loop, look, pulse = QEventLoop(app), QTimer(), Pulse()
    thread = threading.Thread(target=run)
    look.timeout.connect(lambda: None if thread.is_alive() else loop.quit())
    look.start(50)
    thread.start()
    loop.exec()
    thread.join()
    look.stop()
    pulse.stop()
    return pulse.late


def main(folder: Path, shape: Shape = VILLAGE, scale: float = SCALE) -> None:
    """Print one table."""
    server = Server(folder, scale=scale)
    with server.serving():
        relay = ShapedRelay(server.url, shape)
        name = server.workers()[0]
        ledger = server.laptop(folder / "weak", name, relay.url)
        lines = [_filled(ledger, relay)]
        lines += _day(ledger, relay)
        straight = server.laptop(folder / "straight", name)
        assert sync(straight).complete
        assert same(ledger, straight), "what came through is not what the server holds"
        lines.append(Line("records shown, beside a laptop on a good line", f"{_rows(ledger)}, all the same"))
        ledger.close()
        straight.close()
        relay.stop()
    show(f"Syncing over a weak line ({shape})", lines)


def _filled(ledger: Ledger, relay: ShapedRelay) -> Line:
    found: list[Persisted] = []
    late = stalls(lambda: found.append(persist(ledger, relay)))
    return Line("first fill of a worker's buildings", _said(found[0], late))


def _day(ledger: Ledger, relay: ShapedRelay) -> list[Line]:
    work(ledger)
    found: list[Persisted] = []
    late = stalls(lambda: found.append(persist(ledger, relay)))
    assert found[0].sent == VISITS + EDITS
    lines = [
        Line(f"a worker's day, {VISITS} visits and {EDITS} edits, pushed and answered", _said(found[0], late))
    ]
    late = stalls(lambda: found.append(persist(ledger, relay)))
    return [*lines, Line("nothing to do", _said(found[1], late))]


def _said(one: Persisted, late: list[float]) -> str:
    moved = f"{one.sent} sent, {one.received} new, {one.seconds:.1f} s, {one.syncs} syncs, {one.line}"
    return f"{moved}; event loop worst {max(late) * 1000:.0f} ms, p99 {at(late, 0.99) * 1000:.0f} ms"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made))
