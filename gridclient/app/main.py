"""Starting the desktop: a window first, everything heavy after it is on the screen."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from gridclient.app import folders
from gridclient.app.crash import CrashReports
from gridclient.app.roof import Roof
from gridclient.desktop.theme import FACTORS, Look, Scheme
from gridclient.operations.runner import ThreadRunner

if TYPE_CHECKING:
    import asyncio

SWITCH_SECONDS = 0.001  # the window's thread gets its turn soon while others work
# While Python looks for cycles through all that a window holds, nothing else runs for a quarter of a second,
# and old ones are hardly ever found: the young are looked through often, everything once in ten million.
GATHERING = (5_000, 5, 400)
REPORT = "crash.txt"
PAINTED_MS = 60  # by then the first page is on the screen; nothing else is loaded before


def share_time() -> None:
    """Let the window's thread have its turn while others work."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(*GATHERING)


def run(folder: Path | None) -> int:
    """Open the desktop on a ledger, or on what this computer has. Returns the exit status."""
    share_time()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("minqing-ledger")
    app.setApplicationDisplayName("民情台账")
    _leave_no_core()
    reports = CrashReports(folders.home().parent / REPORT, lambda: time.strftime("%Y-%m-%d %H:%M"))
    reports.install()
    runner = ThreadRunner(lambda: _loop(app))
    kept = QSettings("minqing", "ledger")
    scheme = Scheme.DARK if kept.value("dark", False, bool) else Scheme.LIGHT
    factor = float(str(kept.value("factor", 1.0)))
    look = Look(app, scheme, factor if factor in FACTORS else 1.0)
    roof = Roof(app, look, runner, folder, reports=reports)
    roof.show()
    QTimer.singleShot(PAINTED_MS, roof.warm_up)
    QTimer.singleShot(PAINTED_MS, roof.watch.listen)
    try:
        app.exec()
    finally:
        roof.close_ledger()
        runner.close()
    return 0


def _leave_no_core() -> None:
    """A crash must not write what is in memory to the disk."""
    try:
        import resource
    except ImportError:  # Windows writes none unless told to
        return
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def _loop(app: QApplication) -> asyncio.AbstractEventLoop:
    """The event loop over Qt's own, which runs already."""
    import qasync

    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(app, already_running=True)
    return loop
