"""Importing a register: file, preview, confirmed, one undoable batch."""

import threading
from pathlib import Path

from gridclient.app.desk import Desk, words_of
from gridclient.app.present.register import import_view
from gridclient.desktop.register import RegisterScreen
from gridclient.exchange.mapping import MappingNeeded
from gridclient.ledger.writing import Touched
from gridclient.operations.import_register import Imported, Preview, carry_out, preview
from gridclient.operations.undo import Undone, undo_batch

NAME = "register"


class RegisterJoin:
    """`preview` is what is shown and not yet written, `imported` what was written last."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self.preview: Preview | None = None
        self.imported: Imported | None = None
        self.screen = RegisterScreen(desk.look)
        desk.window.add_screen(NAME, self.screen)
        desk.add(self)
        self.screen.file_chosen.connect(self._read)
        self.screen.confirmed.connect(self._write)
        self.screen.cancelled.connect(self._forget)
        self.screen.stop_asked.connect(self._stop.set)
        self.screen.undo_asked.connect(self._undo)

    def stop(self) -> None:
        """Ask what is running to stop at its next step."""
        self._stop.set()

    def refresh(self, touched: Touched) -> None:
        """A preview is a picture of one moment; saving it asks the ledger again."""

    def _read(self, path: str) -> None:
        self.preview, self.imported = None, None
        self.screen.show_busy("正在读表格…")

        def done(shown: Preview) -> None:
            self.preview = shown
            self.screen.show_import(import_view(Path(path).name, shown))

        self._desk.runner.read(lambda: preview(self._desk.ledger, Path(path)), done, self._failed)

    def _write(self) -> None:
        shown = self.preview
        if shown is None:
            return
        self._stop.clear()
        self.screen.show_progress(0, len(shown.plan.batches))

        def progress(done: int, total: int) -> None:
            self._desk.runner.home(lambda: self.screen.show_progress(done, total))

        def done(imported: Imported) -> None:
            self.imported, self.preview = imported, None
            self._desk.changed(imported.touched)
            people = shown.plan.report.kinds.get("resident")
            count = people.new if people else 0
            if imported.stopped:
                said = "停下了，什么也没有写进台账。"
            else:
                said = f"写进台账了：新增 {count} 人，一共 {len(imported.touched.changes)} 条。"
            self.screen.show_done(said, undoable=not imported.stopped)

        work = self._desk.ledger
        self._desk.runner.write(
            lambda: carry_out(work, shown, progress, self._stop.is_set), done, self._failed
        )

    def _forget(self) -> None:
        self.preview = None

    def _undo(self) -> None:
        imported = self.imported
        if imported is None:
            return

        def done(undone: Undone) -> None:
            self.imported = None
            self._desk.changed(undone.touched)
            left = f"，{len(undone.left)} 条后来有人动过，留着没动" if undone.left else ""
            self.screen.show_done(f"这次导入撤回了{left}。")

        self._desk.runner.write(lambda: undo_batch(self._desk.ledger, imported.batch), done, self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, MappingNeeded):
            asked = "；".join(error.questions[:4])
            self.screen.show_error(f"有几列看不出是什么：{asked}。把表头写清楚再导。还没写进台账。")
            return
        self.screen.show_error(words_of(error))
