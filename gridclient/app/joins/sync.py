"""The state of the sync, computed from tables, and syncing itself."""

import threading

from gridclient.app.desk import Desk
from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import RefusedError, UnreachableError
from gridclient.desktop.shell.topbar import SyncStand
from gridclient.ledger.identity import Identity
from gridclient.ledger.ledger import Unsent
from gridclient.ledger.writing import Touched
from gridclient.sync.session import Progress, SyncReport


class SyncJoin:
    """Keeps the pill true and runs one sync at a time, away from the window."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self.running = False
        self.last: SyncReport | None = None
        self.trouble = ""
        desk.add(self)
        desk.window.sync_now_asked.connect(self.sync)

    def refresh(self, touched: Touched) -> None:
        self.show()

    def show(self) -> None:
        """The pill, from the tables."""

        def work() -> tuple[Unsent, Identity]:
            return self._desk.ledger.unsent(), self._desk.ledger.identity()

        def done(found: tuple[Unsent, Identity]) -> None:
            unsent, identity = found
            self._desk.window.show_sync(
                SyncStand(unsent.pending, unsent.quarantined, identity.enrolled, self.running)
            )

        self._desk.read(work, done)

    def sync(self) -> None:
        """Sync once, if it is not running already."""
        if self.running:
            return
        self.running = True
        self.trouble = ""
        self._stop.clear()
        self._desk.window.show_busy(0.0)
        self.show()

        def work() -> SyncReport:
            from gridclient.operations.sync_ledger import sync

            return sync(self._desk.ledger, self._progress, self._stop.is_set)

        self._desk.runner.network(work, self._done, self._failed)

    def stop(self) -> None:
        """Ask a running sync to stop at its next step."""
        self._stop.set()

    def _progress(self, progress: Progress) -> None:
        share = progress.done / progress.total if progress.total else 0.5
        self._desk.runner.home(lambda: self._desk.window.show_busy(min(share, 1.0)))

    def _done(self, report: SyncReport) -> None:
        self.running = False
        self.last = report
        self._desk.window.show_busy(None)
        self._desk.changed(report.touched)
        self.show()
        if report.stopped:
            self._say("停下了。已经送到的都算数，下次接着来。")
        elif report.complete:
            self._say(f"{report.pushed} 条都送到了，{report.places} 处逐处对过，一样。")
        else:
            self._say("别人一直在写，这次没能逐处对上。记录都在，过一会再同步。")

    def _failed(self, error: Exception) -> None:
        self.running = False
        self._desk.window.show_busy(None)
        self.show()
        if isinstance(error, UnreachableError):
            waiting = self._desk.ledger.unsent().pending
            self.trouble = f"连不上社区。{waiting} 条都在这台电脑里，可以接着走访。"
            self._say(self.trouble)
        elif isinstance(error, KnownError | RefusedError):
            self.trouble = str(error)
            self._say(self.trouble)
        else:
            self._desk.failed(error)

    def _say(self, sentence: str) -> None:
        self._desk.window.say(sentence, undoable=False)
