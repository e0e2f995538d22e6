"""The first start on a computer, or a further ledger: alone, joined to a community, or the demonstration."""

from __future__ import annotations

import platform
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QFileDialog

from gridclient.app import folders
from gridclient.desktop.theme import Scheme
from gridclient.desktop.wizard import Step, Way, WizardAnswer, WizardPage

if TYPE_CHECKING:
    from gridclient.app.roof import Roof
    from gridclient.ledger.ledger import Ledger
    from gridclient.sync.session import Progress, SyncReport

DEMO_PASSPHRASE = "示例台账的口令是公开的"
DEMO_SCALE = 0.2


class FirstStart:
    """Asks, makes the ledger, hands it to the roof."""

    def __init__(self, roof: Roof) -> None:
        self._roof = roof
        self._runner = roof.runner
        self._ledger: Ledger | None = None
        self._halt: Callable[[], None] = lambda: None
        self._fetching = False
        self.page = WizardPage(roof.look, roof.app)
        roof.addWidget(self.page)
        page = self.page
        page.answered.connect(self._make)
        page.community_asked.connect(self._look_for)
        page.file_asked.connect(self._pick_backup)
        page.print_asked.connect(self._save_sheet)
        page.recovery_copied.connect(
            lambda: page.show_done("台账建好了。先把表格导进来，或从楼栋图登记第一户。")
        )
        page.stop_asked.connect(self._stop)
        page.started.connect(self._start)
        page.quit_asked.connect(self._quit)
        page.size_asked.connect(lambda factor: roof.look.choose(factor=factor))
        page.scheme_asked.connect(self._scheme)

    def begin(self) -> None:
        """Show the first question."""
        self._roof.setCurrentWidget(self.page)
        self.page.enter()

    def _scheme(self, scheme: object) -> None:
        assert isinstance(scheme, Scheme)
        self._roof.look.choose(scheme=scheme)

    def _quit(self) -> None:
        if self._roof.folder is None and folders.ledgers():
            self._roof.choose()
        else:
            self._roof.close()

    def _look_for(self, address: str) -> None:
        def work() -> str:
            from gridclient.sync.enrolment import who_is_there

            return who_is_there(address)

        def failed(error: Exception) -> None:
            self.page.show_no_community("找不到社区的电脑。看看地址对不对、网通不通；也可以先选 2 自己用。")

        self._runner.network(work, self.page.show_community, failed)

    def _pick_backup(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self.page, "选备份文件", "", "台账备份 (*.ledgerbackup);;全部 (*)"
        )
        if path:
            self.page.take_file(path, Path(path).name)

    def _make(self, answer: WizardAnswer) -> None:
        self.page.show_busy(True)

        def work() -> tuple[Ledger, str]:
            from gridclient.app.roof import now
            from gridclient.ledger.ledger import Ledger
            from gridclient.operations.demonstrate import demonstrate
            from gridclient.operations.join_community import join

            folder = self._roof.folder or folders.fresh("demo" if answer.way is Way.DEMO else "")
            if answer.way is Way.DEMO:
                if not (folder / folders.KEYS).exists():
                    demonstrate(folder, DEMO_PASSPHRASE, DEMO_SCALE, 1, now, secrets.token_bytes)
                return Ledger.open(folder, DEMO_PASSPHRASE, now, secrets.token_bytes), ""
            if answer.way is Way.OLD:
                return _bring_back(Path(answer.file), folder, answer.passphrase), ""
            made_folder = not folder.exists()
            ledger, code = Ledger.create(folder, answer.passphrase, now, secrets.token_bytes)
            try:
                if answer.way is Way.JOIN:
                    join(ledger, answer.address, answer.code, platform.node())
            except BaseException:
                ledger.close()
                _forget(folder, made_folder)
                raise
            return ledger, code

        self._runner.write(
            work, lambda made: self._made(answer, *made), lambda error: self._failed(answer, error)
        )

    def _made(self, answer: WizardAnswer, ledger: Ledger, code: str) -> None:
        self._ledger = ledger
        if answer.way is Way.ALONE:
            self.page.show_recovery(code)
        elif answer.way is Way.OLD:
            self.page.show_done("备份恢复好了，记的都在。没送出的，连上网按 F9 再送。")
        elif answer.way is Way.DEMO:
            self.page.show_done(f"示例造好了，人和事都是编的。再打开时的口令：{DEMO_PASSPHRASE}")
        else:
            self._fetch(ledger)

    def _failed(self, answer: WizardAnswer, error: Exception) -> None:
        from gridclient.app.desk import words_of
        from gridclient.core.domain.errors import KnownError
        from gridclient.core.wire.messages import RefusedError

        code = getattr(error, "code", "") if isinstance(error, KnownError | RefusedError) else ""
        step = Step.PASSPHRASE if code in ("weak_passphrase", "wrong_passphrase") else Step.WAY
        self.page.show_error(
            words_of(error), step, code=code in ("code_wrong", "code_used", "code_locked", "bad_code")
        )

    def _fetch(self, ledger: Ledger) -> None:
        """The first sync: usable as soon as something is there."""
        from gridclient.operations.stop import Stop

        stop = Stop()
        self._halt = stop.ask
        self._fetching = True
        self.page.show_progress("领居民册", 0, 0)

        def progress(at: Progress) -> None:
            if at.stage == "fill":  # the other stages count other things
                self._runner.home(lambda: self.page.show_progress("领居民册", at.done, at.total))

        def work() -> SyncReport:
            from gridclient.operations.sync_ledger import sync

            return sync(ledger, progress, stop)

        def done(report: SyncReport) -> None:
            self._fetching = report.stopped
            self.page.show_done(f"居民册领来了，{report.received} 条，{report.equal} 处逐处对过。")

        def failed(error: Exception) -> None:
            from gridclient.app.desk import words_of

            self.page.show_done(f"{words_of(error)} 台账已经建好，连上网按 F9 再领。", ok=False)

        self._runner.network(work, done, failed)

    def _stop(self) -> None:
        self._halt()

    def _start(self) -> None:
        ledger, self._ledger = self._ledger, None
        if ledger is not None:
            self._halt()
            self._roof.enter(ledger)
            if self._fetching and self._roof.house is not None:
                self._roof.house.sync.sync()  # goes on where the first one is stopped

    def close(self) -> None:
        """The window is closed before work began: nothing may stay open."""
        self._halt()
        ledger, self._ledger = self._ledger, None
        if ledger is not None:
            ledger.close()

    def _save_sheet(self, code: str) -> None:
        """The recovery sheet as a PDF a person prints and locks away."""
        path, _ = QFileDialog.getSaveFileName(self.page, "存恢复单", "恢复单.pdf", "PDF (*.pdf)")
        if path:
            write_recovery_sheet(path, code, self._roof.look.theme.font().families()[0])


def write_recovery_sheet(path: str, code: str, family: str) -> None:
    """One A4 page with the code in groups and what it is for."""
    writer = QPdfWriter(path)
    writer.setTitle("民情台账恢复单")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20))
    painter = QPainter(writer)
    line = writer.logicalDpiY() // 3
    groups = code.split("-")
    rows = ["-".join(groups[:4]), "-".join(groups[4:])]
    texts = [
        (20, True, "民情台账恢复单"),
        (12, False, "忘了口令时，用下面这串恢复码打开台账。"),
        *((22, True, row) for row in rows),
        (12, False, "打印出来或抄在纸上，锁好。别存在电脑里，别拍照发给别人。"),
        (12, False, "谁拿到它和这台电脑，谁就能打开台账。"),
    ]
    y = line * 2
    for size, bold, text in texts:
        painter.setFont(QFont([family], size, QFont.Weight.Bold if bold else QFont.Weight.Normal))
        painter.drawText(0, y, text)
        y += line * (3 if size > 12 else 2)
    painter.end()


def _bring_back(file: Path, folder: Path, passphrase: str) -> Ledger:
    """Make a backup the ledger of a fresh folder and open it."""
    from gridclient.app.roof import now
    from gridclient.ledger.ledger import Ledger
    from gridclient.ledger.restoring import restore

    made_folder = not folder.exists()
    try:
        restore(file, folder, passphrase, now())
    except BaseException:
        if made_folder and folder.exists():
            _forget(folder, made_folder)
        raise
    return Ledger.open(folder, passphrase, now, secrets.token_bytes)


def _forget(folder: Path, made_folder: bool) -> None:
    """Take away a ledger that was made a moment ago and never used: its own files and nothing else."""
    from gridclient.ledger.layout import LOCK
    from gridclient.ledger.ledger import FILE, KEYS

    for left in [*folder.glob(FILE + "*"), folder / KEYS, *folder.glob(LOCK + "*")]:
        left.unlink(missing_ok=True)
    if made_folder:
        folder.rmdir()
