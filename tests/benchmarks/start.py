"""From starting the process to the unlock page painted, beside an empty PySide6 window.

python -m tests.benchmarks.start
"""

from __future__ import annotations

import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from gridclient.ledger.ledger import Ledger
from tests.benchmarks.community import PASSPHRASE, ROOT, now
from tests.benchmarks.table import Line, show

RUNS = 7
HEAVY = (
    "sqlalchemy",
    "requests",
    "reportlab",
    "sqlcipher3",
    "pypdfium2",
    "zxingcpp",
    "cryptography",
    "argon2",
)

# Both say the time of the first paint, once it is over, and which modules were there when it began.
_PAINTED = """
import json, os, sys, time
from PySide6.QtCore import QEvent, QTimer
class Painted:
    def event(self, event):
        if event.type() == QEvent.Type.Paint and not hasattr(self, "seen"):
            self.seen = list(sys.modules)
            QTimer.singleShot(0, self.say)
        return super().event(event)
    def say(self):
        print(json.dumps([time.monotonic(), self.seen]), flush=True)
        os._exit(0)
"""
_EMPTY = (
    _PAINTED
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(Painted, QMainWindow): pass
app = QApplication(sys.argv)
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""
)
_OURS = (
    _PAINTED
    + """
import gridclient.app.roof
class Page(Painted, gridclient.app.roof.UnlockPage): pass
gridclient.app.roof.UnlockPage = Page
from gridclient.cli.main import main
main()
"""
)


def main(folder: Path) -> None:
    """Print one table."""
    ledger, _ = Ledger.create(folder / "ledger", PASSPHRASE, now, secrets.token_bytes)
    ledger.close()
    ours: list[float] = []
    empty: list[float] = []
    modules: list[str] = []
    for turn in range(RUNS + 1):
        peer, _ = _start(folder, _EMPTY)
        mine, modules = _start(folder, _OURS, "--ledger", str(folder / "ledger"))
        if turn:  # the first has to read everything from the disk
            empty.append(peer)
            ours.append(mine)
    there = [name for name in HEAVY if name in modules]
    lines = [
        Line("empty PySide6 window painted", _said(empty)),
        Line("unlock page painted", _said(ours)),
        Line(
            "ratio",
            f"min {min(ours) / min(empty):.2f}, median {_ratio(ours, empty):.2f}",
            "≤ 2.5, wanted ≤ 1.5",
        ),
        Line("heavy modules loaded before the first paint", ", ".join(there) or "none", "none"),
        Line("modules loaded before the first paint", str(len(modules))),
    ]
    show("Start", lines)


def _ratio(ours: list[float], empty: list[float]) -> float:
    return statistics.median(ours) / statistics.median(empty)


def _said(seconds: list[float]) -> str:
    return (
        f"min {min(seconds) * 1000:.0f}, median {statistics.median(seconds) * 1000:.0f} ms of {len(seconds)}"
    )


def _start(folder: Path, program: str, *arguments: str) -> tuple[float, list[str]]:
    """Seconds from asking for the process to its first paint, and the modules loaded then."""
    own = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **own},
        check=False,
    )
    assert done.stdout, done.stderr
    painted, modules = json.loads(done.stdout.splitlines()[-1])
    return painted - started, list(modules)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made))
