"""Importing a table: file, columns explained, preview, confirmed, one undoable batch."""

import threading
from pathlib import Path
from typing import NamedTuple

import msgspec

from gridclient.app.desk import Desk, words_of
from gridclient.app.present.columns import columns_view, effect
from gridclient.app.present.register import COUNTED, import_view, returned
from gridclient.core.domain.errors import KnownError
from gridclient.desktop.register import ColumnsView, ImportLine, ImportView, RegisterScreen
from gridclient.exchange.error_rows import write_error_rows
from gridclient.exchange.headers import place
from gridclient.exchange.mapping import REGISTER, Mapping, MappingNeeded, SheetMapping, questions
from gridclient.exchange.planning import Spot
from gridclient.exchange.tags import Pick
from gridclient.exchange.targets import COMPOUND, normal_header
from gridclient.exchange.workbook import Workbook, open_workbook
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched
from gridclient.operations.import_register import Imported, Preview, asked, carry_out, compare, glimpse
from gridclient.operations.remembered_layouts import forget, remember
from gridclient.operations.undo import Undone, undo_batch

NAME = "register"


class Asked(NamedTuple):
    """A file some columns of which a person has to explain."""

    book: Workbook
    mapping: Mapping
    view: ColumnsView


class Said(NamedTuple):
    """What a person said of a preview: rows written all the same, and care tags."""

    also: frozenset[Spot] = frozenset()
    picks: frozenset[Pick] = frozenset()

    def told(self, rows: set[Spot], picks: set[Pick], also: bool) -> "Said":
        if also:
            return Said(self.also | rows, self.picks | picks)
        return Said(self.also - rows, self.picks - picks)


class Compared(NamedTuple):
    """A file compared with the ledger, and its picture."""

    preview: Preview
    view: ImportView


class RegisterJoin:
    """`preview` is what is shown and not yet written, `imported` what was written last."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self._file = ""
        self._book: Workbook | None = None
        self._mapping: Mapping | None = None
        self._said = Said()
        self._glimpses = 0
        self._shown_last: Preview | None = None
        self.preview: Preview | None = None
        self.imported: Imported | None = None
        self.screen = RegisterScreen(desk.look)
        desk.window.add_screen(NAME, self.screen)
        desk.add(self)
        self._join()

    def stop(self) -> None:
        """Ask what is running to stop at its next step."""
        self._stop.set()

    def refresh(self, touched: Touched) -> None:
        """A preview is a picture of one moment; what is written over says what had been seen then."""

    # Reading

    def _read(self, path: str) -> None:
        self._forget()
        self.imported = None
        self._file = Path(path).name
        self.screen.show_busy("正在读表格…")
        ledger, file = self._desk.ledger, self._file

        def work() -> Asked | Compared:
            return _compared(ledger, open_workbook(Path(path)), None, Said(), file)

        self._desk.runner.read(work, self._came, self._failed)

    def _came(self, found: Asked | Compared) -> None:
        if isinstance(found, Asked):
            self._book, self._mapping = found.book, found.mapping
            self.screen.show_columns(found.view)
            self._glimpse()
            return
        self._book, self._mapping = found.preview.book, found.preview.mapping
        self.preview = self._shown_last = found.preview
        self.screen.show_import(found.view)

    def _again(self) -> None:
        """Compare the file anew: with other columns, or with people a person decided on."""
        book, mapping, said = self._book, self._mapping, self._said
        ledger, file = self._desk.ledger, self._file
        if book is not None:
            self._desk.runner.read(
                lambda: _compared(ledger, book, mapping, said, file), self._came, self._failed
            )

    # Columns

    def _show_columns(self) -> None:
        if self._book is not None and self._mapping is not None:
            self._mapping = msgspec.convert(msgspec.to_builtins(self._mapping), Mapping)
            self.screen.show_columns(columns_view(self._file, self._book, self._mapping))
            self._glimpse()

    def _say_column(self, sheet: str, letter: str, key: str) -> None:
        book, mapping = self._book, self._mapping
        if book is None or mapping is None:
            return
        for said in _say_alike(mapping, sheet, letter, key):
            if mapping.sort == REGISTER and all(column.field for column in said.columns):
                place(next(one for one in book.sheets if one.name == said.sheet), said)
        self._show_columns()

    def _say_place(self, sheet: str, compound: str, building: str) -> None:
        sheets = self._mapping.sheets if self._mapping is not None else []
        before = next((said.compound for said in sheets if said.sheet == sheet), "")
        for said in sheets:
            if said.sheet == sheet:
                said.compound, said.building = compound, building
            elif COMPOUND in said.lacks and said.compound == before:
                said.compound = compound
        self._show_columns()

    def _say_sort(self, sort: str) -> None:
        book, ledger = self._book, self._desk.ledger
        if book is None:
            return

        def done(mapping: Mapping) -> None:
            self._mapping = mapping
            self._show_columns()

        self._desk.runner.read(lambda: asked(ledger, book, sort), done, self._failed)

    def _glimpse(self) -> None:
        """What the first rows become, for the page on which columns are explained."""
        book, mapping, ledger = self._book, self._mapping, self._desk.ledger
        self._glimpses += 1
        mine = self._glimpses
        if book is None or mapping is None:
            return
        if questions(mapping):
            self.screen.columns.show_effect("说明了这几处，就能看到读成什么样。", ())
            return

        def done(found: tuple[str, tuple[str, ...]]) -> None:
            if mine == self._glimpses:
                self.screen.columns.show_effect(*found)

        def failed(error: Exception) -> None:
            if mine == self._glimpses:
                self.screen.columns.show_effect(words_of(error), ())

        self._desk.runner.read(lambda: effect(glimpse(ledger, book, mapping)), done, failed)

    def _read_so(self, keep: bool) -> None:
        mapping, ledger = self._mapping, self._desk.ledger
        self._said = Said()
        self.screen.show_busy("正在照这样读…")
        if keep and mapping is not None:
            told = mapping
            self._desk.runner.write(lambda: remember(ledger, told), lambda _: self._again(), self._failed)
        elif mapping is not None and mapping.recalled:
            gone = mapping
            self._desk.runner.write(lambda: forget(ledger, gone), lambda _: self._again(), self._failed)
        else:
            self._again()

    def _say_also(self, lines: list[ImportLine], also: bool) -> None:
        """People who are nobody known elsewhere, and care tags to be written."""
        rows = {(line.sheet, line.row) for line in lines if not line.tag}
        picks = {Pick(line.sheet, line.row, line.tag) for line in lines if line.tag}
        self._said = self._said.told(rows, picks, also)
        self._again()

    # Writing

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
            left = returned(shown)
            if imported.stopped:
                self.screen.show_done("停下了，什么也没有写进台账。", undoable=False, returned=left)
                return
            wrote = bool(imported.touched.changes)
            self.screen.show_done(_done_words(shown, imported), undoable=wrote, returned=left)
            self._desk.changed(imported.touched)

        work = self._desk.ledger
        self._desk.runner.write(
            lambda: carry_out(work, shown, progress, self._stop.is_set), done, self._failed
        )

    def _return(self, path: str) -> None:
        """Hand the rows back that somebody has to correct."""
        shown = self._shown_last
        if shown is None:
            return

        def work() -> int:
            try:
                return write_error_rows(Path(path), shown.book, shown.register, shown.plan.twins)
            except OSError as error:
                raise KnownError(
                    "cannot_write", "写不了这个文件，换个地方存。", "Cannot write it."
                ) from error

        def done(count: int) -> None:
            self._desk.window.say(f"{count} 行存到了 {Path(path).name}，改好再导一次。", undoable=False)

        self._desk.runner.read(work, done, self._desk.failed)

    def _forget(self) -> None:
        self.preview = self._shown_last = self._book = self._mapping = None
        self._said = Said()

    def _undo(self) -> None:
        imported = self.imported
        if imported is None:
            return
        self.screen.show_busy("正在撤回…")

        def done(undone: Undone) -> None:
            self.imported = None
            left = f"，{len(undone.left)} 条后来有人动过，留着没动" if undone.left else ""
            self.screen.show_done(f"这次导入撤回了{left}。", undoable=False)
            self._desk.changed(undone.touched)

        self._desk.runner.write(lambda: undo_batch(self._desk.ledger, imported.batch), done, self._failed)

    def _failed(self, error: Exception) -> None:
        self.screen.show_error(words_of(error))

    def _join(self) -> None:
        screen = self.screen
        screen.file_chosen.connect(self._read)
        screen.confirmed.connect(self._write)
        screen.cancelled.connect(self._forget)
        screen.stop_asked.connect(self._stop.set)
        screen.undo_asked.connect(self._undo)
        screen.columns_asked.connect(self._show_columns)
        screen.return_asked.connect(self._return)
        screen.also_said.connect(self._say_also)
        screen.columns.column_said.connect(self._say_column)
        screen.columns.place_said.connect(self._say_place)
        screen.columns.sort_said.connect(self._say_sort)
        screen.columns.read_asked.connect(self._read_so)


def _say_alike(mapping: Mapping, sheet: str, letter: str, key: str) -> list[SheetMapping]:
    """Say what a column is, on its sheet and wherever the same header is still open: an office has a
    sheet for every building and explains its headers once. The sheets on which something was said."""
    by_name = {said.sheet: said for said in mapping.sheets}
    columns = by_name[sheet].columns if sheet in by_name else []
    header = next((normal_header(one.header) for one in columns if one.column == letter), None)
    told = []
    for said in mapping.sheets:
        mine = said.sheet == sheet
        for column in said.columns:
            alike = not column.field and normal_header(column.header) == header
            if column.column == letter and (mine or alike):
                column.field = key
                told.append(said)
    return told


def _compared(
    ledger: Ledger, book: Workbook, mapping: Mapping | None, said: Said, file: str
) -> Asked | Compared:
    try:
        shown = compare(ledger, book, mapping, said.also, picks=said.picks)
    except MappingNeeded as needed:
        return Asked(book, needed.mapping, columns_view(file, book, needed.mapping))
    return Compared(shown, import_view(file, shown, said.also, said.picks))


def _done_words(shown: Preview, imported: Imported) -> str:
    kinds = shown.plan.report.kinds
    said = [
        f"新增 {counts.new} {unit}，改 {counts.changed} {unit}，"
        for kind, unit in COUNTED.items()
        if (counts := kinds.get(kind))
    ]
    asked_about = shown.plan.report.suggestions
    more = f"{asked_about} 处建议在合并台等人定。" if asked_about else ""
    faults, doubts = len(shown.plan.report.faults), len(shown.plan.report.doubts)
    more += f"{faults} 行没导入。" if faults else ""
    more += f"{doubts} 格看不准，空着。" if doubts else ""
    if not imported.touched.changes:
        return f"和台账里的一样，没有要写的。{more}"
    return f"写进台账了：{''.join(said)}一共 {len(imported.touched.changes)} 条。{more}"
