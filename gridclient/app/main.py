"""Starting the desktop: a window first, everything heavy after it is on the screen."""

import asyncio
import sys
from pathlib import Path

import qasync
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from gridclient.app.roof import Roof
from gridclient.desktop.theme import FACTORS, Look, Scheme
from gridclient.operations.runner import ThreadRunner

SWITCH_SECONDS = 0.001  # the window's thread gets its turn soon while others work


def run(folder: Path | None) -> int:
    """Open the desktop on a ledger, or on what this computer has. Returns the exit status."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("minqing-ledger")
    app.setApplicationDisplayName("民情台账")
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    runner = ThreadRunner(loop)
    kept = QSettings("minqing", "ledger")
    scheme = Scheme.DARK if kept.value("dark", False, bool) else Scheme.LIGHT
    factor = float(str(kept.value("factor", 1.0)))
    look = Look(app, scheme, factor if factor in FACTORS else 1.0)
    roof = Roof(app, look, runner, folder)
    roof.show()
    QTimer.singleShot(0, roof.warm_up)
    app.aboutToQuit.connect(loop.stop)
    try:
        with loop:
            loop.run_forever()
    finally:
        roof.close_ledger()
        runner.close()
    return 0
