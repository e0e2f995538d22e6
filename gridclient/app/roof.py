"""The one top-level window: unlock page, wizard, or the ledger. Imports nothing heavy."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QCloseEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget

from gridclient.app import folders
from gridclient.app.crash import CrashReports
from gridclient.app.watch import Watch
from gridclient.app.window_state import WindowState
from gridclient.desktop.theme import Look
from gridclient.desktop.unlock import LedgerChoice, UnlockPage
from gridclient.operations.runner import Runner

if TYPE_CHECKING:
    from gridclient.app.first_start import FirstStart
    from gridclient.app.house import House
    from gridclient.ledger.ledger import Ledger

TRIES = 5
WAIT_SECONDS = 30
KEEP_MS = 1_000  # after the window was last moved; whoever pulls the plug finds it there again


def now() -> int:
    """Unix milliseconds."""
    return time.time_ns() // 1_000_000


def _day() -> str:
    return time.strftime("%Y-%m-%d")


class Roof(QStackedWidget):
    """Shows one page at a time and owns the open ledger.

    `folder`: open or make the ledger there; None: choose among those of this computer.
    """

    def __init__(
        self,
        app: QApplication,
        look: Look,
        runner: Runner,
        folder: Path | None,
        state: WindowState | None = None,
        reports: CrashReports | None = None,
    ) -> None:
        super().__init__()
        self.app = app
        self.look = look
        self.runner = runner
        self.folder = folder
        self.house: House | None = None
        self.ledger: Ledger | None = None
        self.first: FirstStart | None = None
        self._tries = TRIES
        self._copied = ""
        app.clipboard().dataChanged.connect(self._note_copied)
        self.watch = Watch(app, now, self._lock_minutes, self.lock_by_itself)
        self.unlock = UnlockPage(look, app)
        self.unlock.unlock_asked.connect(self._open)
        self.unlock.other_chosen.connect(self.start_new)
        self.unlock.recover_asked.connect(self._recover)
        self.addWidget(self.unlock)
        self.setWindowTitle("民情台账")
        self.setMinimumSize(1280, 660)
        self.state = state or WindowState(QSettings("minqing", "ledger"))
        self.state.restore(self)
        self.reports = reports
        if reports is not None:
            reports.told = self._say_bug
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.timeout.connect(lambda: self.state.keep(self))
        self._start()

    def _say_bug(self) -> None:
        """A bug is loud; of a window that may be half built nothing else is asked."""
        if self.house is not None:
            from gridclient.desktop.shell import words

            self.house.window.say(words.BUG, undoable=False)

    def _show_report(self) -> None:
        """What went wrong the last time, once, to be passed on or deleted."""
        report = self.reports.pending() if self.reports is not None else ""
        if self.house is None or self.reports is None or not report:
            return
        from gridclient.desktop.shell.report import ReportSheet

        sheet = ReportSheet(self.look, self.house.window)
        sheet.deleted.connect(self.reports.delete)
        sheet.show_report(report)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._keep.start(KEEP_MS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep.start(KEEP_MS)

    def _start(self) -> None:
        if not self._known():
            self.start_new()
        else:
            self.choose()

    def _known(self) -> list[Path]:
        known = [self.folder] if self.folder is not None else folders.ledgers()
        return [path for path in known if (path / folders.KEYS).exists()]

    def choose(self) -> None:
        """The unlock page, with the ledgers there are."""
        self.unlock.show_ledgers([LedgerChoice(str(path), path.name) for path in self._known()])
        self.setCurrentWidget(self.unlock)
        self.unlock.enter()

    def start_new(self) -> None:
        """The first-start wizard, for a ledger in the folder given or a fresh one."""
        from gridclient.app.first_start import FirstStart

        self.first = FirstStart(self)
        self.first.begin()

    def warm_up(self) -> None:
        """Load what unlocking needs while the passphrase is being typed."""

        def load() -> None:
            import gridclient.app.house
            import gridclient.ledger.ledger  # noqa: F401

        self.runner.read(load, lambda _: None, lambda error: None)

    def _open(self, path: str, passphrase: str) -> None:
        self.unlock.show_busy(True)

        def work() -> Ledger:
            from gridclient.ledger.ledger import Ledger
            from gridclient.operations.leave import leave_if_shut_out

            return leave_if_shut_out(Ledger.open(Path(path), passphrase, now, secrets.token_bytes))

        self.runner.write(work, self.enter, self._refused)

    def _recover(self, path: str, code: str, passphrase: str) -> None:
        """By the recovery sheet, and with a new passphrase from then on."""

        def work() -> Ledger:
            from gridclient.ledger.ledger import Ledger

            ledger = Ledger.open(Path(path), "", now, secrets.token_bytes, recovery=code)
            try:
                ledger.change_passphrase(passphrase)
            except BaseException:
                ledger.close()
                raise
            return ledger

        def opened(ledger: Ledger) -> None:
            if self.unlock.recover is not None:
                self.unlock.recover.escape()
            self.enter(ledger)

        def failed(error: Exception) -> None:
            from gridclient.app.desk import words_of

            if self.unlock.recover is not None:
                self.unlock.recover.show_error(words_of(error))

        self.runner.write(work, opened, failed)

    def _refused(self, error: Exception) -> None:
        from gridclient.app.desk import words_of
        from gridclient.ledger.keys import WrongPassphraseError

        if getattr(error, "code", "") == "shut_out":
            self._left(words_of(error))
            return
        if not isinstance(error, WrongPassphraseError):
            self.unlock.show_error(words_of(error))
            return
        self._tries -= 1
        if self._tries > 0:
            self.unlock.show_wrong(self._tries)
            return
        self.unlock.show_error(f"口令错了 {TRIES} 次，{WAIT_SECONDS} 秒后再试。台账没有受影响。")
        self.unlock.setEnabled(False)
        QTimer.singleShot(WAIT_SECONDS * 1000, self._try_again)

    def _try_again(self) -> None:
        self._tries = TRIES
        self.unlock.setEnabled(True)
        self.unlock.enter()

    def enter(self, ledger: Ledger) -> None:
        """The ledger is open: build its window and go in."""
        from gridclient.app.house import House

        self._tries = TRIES
        self.ledger = ledger
        self.house = House(ledger, self.runner, self.look, self.app, self.lock)
        self.house.keeping.restore = self.restore
        self.house.keeping.wipe = self.wipe
        self.house.sync.left = self._left
        self.addWidget(self.house.window)
        self.setCurrentWidget(self.house.window)
        self.house.enter(self.state.page(_day()))
        self._show_report()
        self.house.page_changed = lambda name: self.state.keep_page(name, _day())
        if self.watch.listening:
            self.house.sync.by_itself.listen()

    def lock(self) -> None:
        """Close the ledger; nothing of it is left in the window or on the clipboard."""
        folder = self.ledger.folder if self.ledger is not None else None
        if folder is not None:
            self.unlock.show_ledgers([LedgerChoice(str(folder), folder.name)])
        if self.house is not None:
            self.house.keep_drafts()
        self.setCurrentWidget(self.unlock)  # first: closing may have to wait for what is being written
        self._clear_copied()
        self.close_ledger()
        self.unlock.enter()

    def _note_copied(self) -> None:
        """What is put on the clipboard while the ledger is in front was copied from it."""
        clipboard = self.app.clipboard()
        if self.house is not None and (clipboard.ownsClipboard() or self.app.focusWindow() is not None):
            self._copied = clipboard.text()

    def _clear_copied(self) -> None:
        copied, self._copied = self._copied, ""
        if copied and self.app.clipboard().text() == copied:
            self.app.clipboard().clear()

    def lock_by_itself(self) -> None:
        """Nobody is there: lock, if anything is open. What is half written stays as a draft."""
        if self.house is not None:
            self.lock()

    def _lock_minutes(self) -> int:
        if self.house is None:
            return 1
        from gridclient.app.joins.keeping import lock_minutes

        return lock_minutes()

    def restore(self, file: Path, passphrase: str, keep_unsent: bool) -> None:
        """Close the ledger, let a backup take its place, open that."""
        assert self.ledger is not None
        folder = self.ledger.folder
        self.lock()
        self.unlock.show_busy(True)

        def work() -> tuple[Ledger, str]:
            from gridclient.ledger.ledger import Ledger
            from gridclient.ledger.restoring import restore
            from gridclient.operations.back_up import said_restored

            done = restore(file, folder, passphrase, now(), keep_unsent=keep_unsent)
            return Ledger.open(folder, passphrase, now, secrets.token_bytes), said_restored(done, file)

        def entered(made: tuple[Ledger, str]) -> None:
            ledger, words = made
            self.enter(ledger)
            if self.house is not None:
                self.house.window.say(words, undoable=False)

        self.runner.write(work, entered, self._refused)

    def wipe(self) -> None:
        """Destroy the open ledger; then whatever else this computer has, or the first question."""
        assert self.ledger is not None
        folder = self.ledger.folder
        self.lock()
        self.unlock.show_busy(True)

        def work() -> None:
            from gridclient.ledger.wiping import wipe

            wipe(folder)

        self.runner.write(work, lambda _: self._start(), self._refused)

    def _left(self, words: str) -> None:
        """This laptop was shut out and its ledger is gone: say so, and show what else there is."""
        self.close_ledger()
        self.folder = None
        self._start()
        self.unlock.show_error(words)
        if self.first is not None:
            self.first.page.show_error(words)

    def close_ledger(self) -> None:
        """Take the window of the ledger down, let what is being written end, and close its file."""
        house, self.house = self.house, None
        if house is not None:
            house.keep_drafts()
            house.stop()
        self.runner.settle()
        if house is not None:
            self.removeWidget(house.window)
            house.window.deleteLater()
        ledger, self.ledger = self.ledger, None
        if ledger is not None:
            ledger.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep.stop()
        self.state.keep(self)
        if self.first is not None:
            self.first.close()
        self.close_ledger()
        super().closeEvent(event)
        self.app.quit()
