"""The state of the sync, computed from tables, and syncing itself."""

import random
import time
from collections.abc import Callable

from PySide6.QtCore import QSettings

from gridclient.app.by_itself import ByItself
from gridclient.app.desk import Desk, words_of
from gridclient.app.joins.stuck import StuckWork
from gridclient.app.present.sync import stand, sync_view
from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import RefusedError, UnreachableError
from gridclient.desktop.sync_state import SyncSheet, SyncView, Trouble
from gridclient.ledger.identity import Identity
from gridclient.ledger.writing import Touched
from gridclient.operations.keep_in_sync import Ended, KeepInSync, ended_by
from gridclient.operations.safety import NOTHING, Safety, safety
from gridclient.operations.stop import Stop
from gridclient.sync.report import Progress, SyncReport, Way

BY_ITSELF = "sync_by_itself"


def milliseconds() -> int:
    """A clock that never runs backwards."""
    return time.monotonic_ns() // 1_000_000


def syncs_by_itself() -> bool:
    """Whether ledgers on this computer sync without being asked."""
    return bool(QSettings("minqing", "ledger").value(BY_ITSELF, True, bool))


class SyncJoin:
    """Keeps the pill true and runs one sync at a time, away from the window, asked for or not."""

    def __init__(
        self,
        desk: Desk,
        clock: Callable[[], int] = milliseconds,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._desk = desk
        self._stop = Stop()
        self._way = Way()
        self._closed = False
        self._asked = False
        self._unsent = 0
        self.running = False
        self.last: SyncReport | None = None
        self.trouble = Trouble.NONE
        self.sheet = SyncSheet(desk.look, desk.window)
        policy = KeepInSync(chance, clock(), on=syncs_by_itself())
        self.by_itself = ByItself(policy, clock, self._begin, lambda: self._unsent, self.sheet)
        desk.add(self)
        desk.window.sync_now_asked.connect(self.sync)
        desk.window.sync_asked.connect(self.open)
        self.sheet.sync_asked.connect(self.sync)
        self.sheet.stop_asked.connect(self.cancel)
        self.left: Callable[[str], None] = lambda words: desk.window.say(words, undoable=False)
        self._stuck = StuckWork(desk, self.sheet)
        desk.window.stick_asked.connect(self.open)

    def refresh(self, touched: Touched) -> None:
        self.show()

    def show(self) -> None:
        """The pill, from the tables."""

        def work() -> tuple[Safety, Identity]:
            ledger = self._desk.ledger
            identity = ledger.identity()
            if not identity.enrolled:  # nobody waits for its changes, and it may hold a hundred thousand
                return NOTHING, identity
            unsent = ledger.unsent()
            with ledger.reading() as connection:
                return safety(connection, unsent), identity

        def done(found: tuple[Safety, Identity]) -> None:
            counted, identity = found
            self._desk.window.show_sync(stand(counted, identity.enrolled, self.running))
            self._note(counted.unsent, identity.url)

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

    def _note(self, unsent: int, url: str) -> None:
        """Let the sync by itself know what the tables say."""
        grown, self._unsent = unsent > self._unsent, unsent
        if self._closed:
            return
        self.by_itself.serve(url)
        if grown:
            self.by_itself.saved()

    def switch(self, on: bool) -> None:
        """Whether syncing begins by itself on this computer."""
        QSettings("minqing", "ledger").setValue(BY_ITSELF, on)
        self.by_itself.switch(on)

    def sync(self) -> None:
        """Sync once, as a person asked; one that runs already is theirs from now on."""
        self._asked = True
        self._begin()

    def _begin(self) -> None:
        if self.running or self._closed:
            return
        self.running = True
        self.trouble = Trouble.NONE
        self._stop = stop = Stop()
        self._way = Way()
        self.by_itself.began()
        self._desk.window.show_busy(0.0)
        self.show()

        def work() -> SyncReport:
            from gridclient.operations.leave import honouring
            from gridclient.operations.sync_ledger import sync

            with honouring(self._desk.ledger):
                return sync(self._desk.ledger, self._progress, stop)

        self._desk.runner.network(work, self._done, self._failed)

    def cancel(self) -> None:
        """End a running sync, in whatever it waits for."""
        self._stop.ask()

    def stop(self) -> None:
        """The ledger is about to be closed: end what runs, begin nothing any more."""
        self._closed = True
        self.by_itself.stop()
        self.cancel()

    def _progress(self, progress: Progress) -> None:
        def tell() -> None:
            share = self._way.at(progress)
            self._desk.window.show_busy(share)
            self.sheet.show_progress(_STAGES[progress.stage], progress.done, progress.total, share=share)

        self._desk.runner.home(tell)

    def _done(self, report: SyncReport) -> None:
        self.last = report
        self._over(Ended.STOPPED if report.stopped else Ended.WELL if report.complete else Ended.LATER)
        self._desk.changed(report.touched)
        if report.stopped:
            self._say("停下了。已经送到的都算数，下次接着来。", ok=False)
        elif report.complete:
            news = bool(report.held or report.quarantined or report.refused)
            self._say(_outcome(report), ok=True, news=news)
        else:
            self.trouble = Trouble.BUSY
            self._say("别人一直在写，这次没能逐处对上。记录都在，过一会再同步。", ok=False)
        self._asked = False

    def _over(self, how: Ended) -> None:
        self.running = False
        self.by_itself.ended(how)
        self._desk.window.show_busy(None)
        self.show()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, KnownError) and error.code == "shut_out":
            self._closed = True
            self.running = False
            self.by_itself.ended(Ended.FOR_GOOD)
            self.by_itself.stop()
            self.left(words_of(error))
            return
        how = ended_by(error)
        self.trouble = _trouble(error)
        self._over(how)
        words = words_of(error)
        if isinstance(error, UnreachableError):
            words = f"连不上社区。{self._unsent} 条都在这台电脑里，可以接着走访。"
        if how is Ended.FOR_GOOD:
            self._desk.everything_changed()  # what can be done about it is on other pages
        self._say(words, ok=False, news=how is Ended.FOR_GOOD)
        self._asked = False

    def _say(self, sentence: str, *, ok: bool, news: bool = False) -> None:
        """What came of it. One nobody asked for speaks over the pages only where a person has to know."""
        self.sheet.show_finished(sentence, ok=ok)
        if self.sheet.isHidden() and (self._asked or news):
            self._desk.window.say(sentence, undoable=False)


def _outcome(report: SyncReport) -> str:
    sent = f"{report.pushed} 条都送到了" if report.pushed else "没有要送的"
    came = f"，收到 {report.received} 条" if report.received else ""
    healed = f"，{report.healed} 处和社区不一样，已按社区的重取" if report.healed else ""
    healed += f"，{report.resent} 条社区丢了，重新送了" if report.resent else ""
    healed += f"，{report.forgotten} 处不归你管了，那里的记录收走了" if report.forgotten else ""
    files = "".join(report.refused)
    return f"{sent}{came}{healed}。{report.places} 处逐处对过，一样。{files}"


_STAGES = {
    "ask": "问社区缺什么",
    "push": "送出去",
    "fill": "领居民册",
    "pull": "领新的",
    "digest": "逐处对数",
}
_TROUBLES = {
    "revoked": Trouble.REVOKED,
    "unknown_device": Trouble.REVOKED,
    "left": Trouble.LEFT,
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
