"""The state of the sync, computed from tables, and syncing itself."""

import threading

from gridclient.app.desk import Desk, words_of
from gridclient.app.present.sync import sync_view
from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import RefusedError, UnreachableError
from gridclient.desktop.shell.topbar import SyncStand
from gridclient.desktop.sync_state import SyncSheet, SyncView, Trouble
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
        self.trouble = Trouble.NONE
        self.sheet = SyncSheet(desk.look, desk.window)
        desk.add(self)
        desk.window.sync_now_asked.connect(self.sync)
        desk.window.sync_asked.connect(self.open)
        self.sheet.sync_asked.connect(self.sync)
        self.sheet.stop_asked.connect(self.stop)

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
        if not self.sheet.isHidden():
            self._show_sheet()

    def open(self) -> None:
        """The sheet: what would be lost now, and the road that works."""
        self._show_sheet()
        self.sheet.open()

    def _show_sheet(self) -> None:
        def work() -> SyncView:
            ledger = self._desk.ledger
            identity, position, unsent = ledger.identity(), ledger.position(), ledger.unsent()
            with ledger.reading() as connection:
                return sync_view(connection, identity, position, unsent, self.trouble, ledger.clock())

        self._desk.read(work, self.sheet.show_sync)

    def sync(self) -> None:
        """Sync once, if it is not running already."""
        if self.running:
            return
        self.running = True
        self.trouble = Trouble.NONE
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

        def tell() -> None:
            self._desk.window.show_busy(min(share, 1.0))
            self.sheet.show_progress(_STAGES[progress.stage], progress.done, progress.total)

        self._desk.runner.home(tell)

    def _done(self, report: SyncReport) -> None:
        self.last = report
        self._over()
        self._desk.changed(report.touched)
        if report.stopped:
            self._say("停下了。已经送到的都算数，下次接着来。", False)
        elif report.complete:
            self._say(_outcome(report), True)
        else:
            self.trouble = Trouble.BUSY
            self._say("别人一直在写，这次没能逐处对上。记录都在，过一会再同步。", False)

    def _over(self) -> None:
        self.running = False
        self._desk.window.show_busy(None)
        self.show()

    def _failed(self, error: Exception) -> None:
        self.trouble = _trouble(error)
        self._over()
        if isinstance(error, UnreachableError):
            waiting = self._desk.ledger.unsent().pending
            self._say(f"连不上社区。{waiting} 条都在这台电脑里，可以接着走访。", False)
        else:
            self._say(words_of(error), False)

    def _say(self, sentence: str, ok: bool) -> None:
        self.sheet.show_finished(sentence, ok=ok)
        if self.sheet.isHidden():
            self._desk.window.say(sentence, undoable=False)


def _outcome(report: SyncReport) -> str:
    sent = f"{report.pushed} 条都送到了" if report.pushed else "没有要送的"
    came = f"，收到 {report.received} 条" if report.received else ""
    healed = f"，{report.healed} 处和社区不一样，已按社区的重取" if report.healed else ""
    return f"{sent}{came}{healed}。{report.places} 处逐处对过，一样。"


_STAGES = {"push": "送出去", "fill": "领居民册", "pull": "领新的", "digest": "逐处对数"}
_TROUBLES = {
    "revoked": Trouble.REVOKED,
    "unknown_device": Trouble.REVOKED,
    "clone": Trouble.CLONED,
    "version": Trouble.TOO_OLD,
    "busy": Trouble.BUSY,
    "disk_full": Trouble.DISK_FULL,
}


def _trouble(error: Exception) -> Trouble:
    """Why the network road does not work."""
    if isinstance(error, UnreachableError):
        return Trouble.OFFLINE
    if isinstance(error, KnownError | RefusedError):
        return _TROUBLES.get(error.code, Trouble.NONE)
    return Trouble.NONE
