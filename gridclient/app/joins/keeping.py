"""Keeping the open ledger: backups by themselves and on request, coming back from one, locking, wiping."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QFileDialog

from gridclient.app.desk import Desk, words_of
from gridclient.core.domain.lease import Lease, Standing, said
from gridclient.desktop.settings import SettingsScreen
from gridclient.desktop.settings.keeping import KeepingView
from gridclient.ledger.backup import SUFFIX
from gridclient.ledger.container import Backup, look
from gridclient.ledger.layout import BACKUPS
from gridclient.ledger.writing import Touched
from gridclient.operations.back_up import (
    DAY,
    HALF_HOUR,
    back_up,
    back_up_if_due,
    said_age,
    said_size,
    said_time,
)

LOCK_MINUTES = 5
FIRST_MS = 20_000  # after unlocking, when the first screen is filled
OFTEN_MS = HALF_HOUR
NAMED = f"民情台账备份 (*{SUFFIX});;全部 (*)"


def lock_minutes() -> int:
    """After how many idle minutes ledgers lock on this computer."""
    kept = QSettings("minqing", "ledger").value("lock_minutes", LOCK_MINUTES, int)
    return kept if isinstance(kept, int) and kept > 0 else LOCK_MINUTES


class KeepingJoin:
    """`restore(file, passphrase, keep_unsent)` and `wipe()` are the roof's: they close the ledger first."""

    def __init__(self, desk: Desk, screen: SettingsScreen) -> None:
        self._desk = desk
        self._part = screen.keeping
        self._file = Path()
        self._stopped = False
        self.restore: Callable[[Path, str, bool], None] = lambda file, passphrase, keep: None
        self.wipe: Callable[[], None] = lambda: None
        self.lease = desk.ledger.lease()
        desk.add(self)
        part = self._part
        part.backup_now_asked.connect(self._back_up_now)
        part.backup_to_asked.connect(self._back_up_to)
        part.file_asked.connect(self._pick)
        part.restore_asked.connect(lambda passphrase, keep: self.restore(self._file, passphrase, keep))
        part.lock_chosen.connect(self._choose_lock)
        part.wipe_asked.connect(self._wipe)
        self._first = QTimer(screen)
        self._first.setSingleShot(True)
        self._first.timeout.connect(lambda: self._by_itself(DAY))
        self._first.start(FIRST_MS)
        self._often = QTimer(screen)
        self._often.timeout.connect(lambda: self._by_itself(HALF_HOUR))
        self._often.start(OFTEN_MS)

    def refresh(self, touched: Touched) -> None:
        if "*" in touched.kinds:
            self.load()

    def load(self) -> None:
        """Show what backups there are; note the time and how the lease stands."""
        ledger = self._desk.ledger

        def work() -> tuple[KeepingView, Lease]:
            now = ledger.clock()
            lines = [
                f"{said_time(one.made)}　{said_age(now - one.made)}　{said_size(one.size)}"
                for one in ledger.backups()
            ]
            return KeepingView(lines, lock_minutes()), ledger.lease()

        def done(found: tuple[KeepingView, Lease]) -> None:
            view, self.lease = found
            self._part.show_keeping(view)
            self._desk.counts_changed()

        self._desk.read(work, done)

    @property
    def visits_only(self) -> bool:
        """Whether the lease is over: what is met at doors can be written, nothing else."""
        if self.lease.standing is Standing.VISITS_ONLY:  # a sync may have ended that
            self.lease = self._desk.ledger.lease()
        return self.lease.standing is Standing.VISITS_ONLY

    def warn(self) -> None:
        """Say how the lease stands, where a person has to know."""
        if words := said(self.lease):
            self._desk.window.say(words, undoable=False)

    def stop(self) -> None:
        self._stopped = True
        self._first.stop()
        self._often.stop()

    def _by_itself(self, older_than: int) -> None:
        """A backup nobody asked for; only a failure is said."""
        ledger = self._desk.ledger

        def work() -> Backup | None:
            ledger.note_time()
            return back_up_if_due(ledger, older_than)

        if not self._stopped:
            self._desk.runner.read(work, lambda made: self.load() if made else None, self._desk.failed)

    def _back_up_now(self) -> None:
        self._part.show_busy(True)
        self._desk.runner.read(lambda: self._desk.ledger.roll_backup("asked"), self._backed_up, self._failed)

    def _back_up_to(self) -> None:
        name = said_time(self._desk.ledger.clock())[:10]
        path, _ = QFileDialog.getSaveFileName(self._desk.window, "备份到", f"台账备份-{name}{SUFFIX}", NAMED)
        if path:
            self._part.show_busy(True)
            # The dialog has asked whether a file that is there may go.
            target = Path(path)
            self._desk.runner.read(
                lambda: back_up(self._desk.ledger, target, overwrite=True), self._backed_up, self._failed
            )

    def _backed_up(self, made: Backup) -> None:
        self._part.say(f"备份好了，核对过：{said_size(made.size)}。")
        self.load()

    def _failed(self, error: Exception) -> None:
        self._part.say(words_of(error), ok=False)

    def _pick(self) -> None:
        start = str(self._desk.ledger.folder / BACKUPS)
        path, _ = QFileDialog.getOpenFileName(self._desk.window, "从哪份备份恢复", start, NAMED)
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """A backup was picked: say of when it is and ask for its passphrase."""

        def done(found: Backup) -> None:
            self._file = path
            self._part.show_file(f"恢复 {said_time(found.made)} 的备份，{said_size(found.size)}")

        self._desk.runner.read(lambda: look(path), done, self._failed)

    def _choose_lock(self, minutes: int) -> None:
        QSettings("minqing", "ledger").setValue("lock_minutes", minutes)

    def _wipe(self, twice: bool) -> None:
        pending = self._desk.ledger.unsent()
        owed = pending.pending + pending.held + pending.quarantined
        if owed and not twice:
            self._part.wipe.show_error(
                f"还有 {owed} 条没送到社区，清除就没了。先同步或备份。"
                "真不要了，写：清除本机台账，没送出的也不要"
            )
            return
        self.wipe()
