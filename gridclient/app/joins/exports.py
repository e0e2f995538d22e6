"""Exporting: what a person chose, written as a table, noted in the audit, found again in its folder."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from gridclient.app.desk import Desk, names, words_of
from gridclient.app.present import moments
from gridclient.app.present.building import building_name
from gridclient.core.domain import ids
from gridclient.desktop.exports import ExportOrder, ExportsScreen, ExportsView, words
from gridclient.desktop.exports.screen import FILE
from gridclient.desktop.kit.commands import Command, CommandGroup
from gridclient.desktop.kit.picker import Item
from gridclient.ledger.buildings import buildings
from gridclient.ledger.households import rows
from gridclient.ledger.writing import Touched

NAME = "exports"
EVERYTHING = b""
FORM = b"form:"
_GRID, _BUILDING = b"g", b"b"


class ExportsJoin:
    """`folder` is where the last table went."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self.folder: Path | None = None
        self.screen = ExportsScreen(desk.look)
        desk.window.add_screen(NAME, self.screen)
        desk.add(self)
        self.screen.export_asked.connect(self._export)
        self.screen.blank_asked.connect(self._blank)
        self.screen.stop_asked.connect(self._stop.set)
        self.screen.folder_asked.connect(self._open_folder)

    def commands(self, go: Callable[[str], object]) -> list[CommandGroup]:
        """Each table there is, chosen and ready."""

        def choose(table: bytes) -> None:
            go(NAME)
            self.screen.choose_table(table)

        def blank() -> None:
            go(NAME)
            self.screen.ask_blank()

        tables = self.screen.what.table.items
        commands = [
            Command(words.export_of(one.words), partial(choose, one.id), more=one.group, icon="download")
            for one in tables
        ]
        commands.append(Command(words.BLANK, blank, icon="file-spreadsheet"))
        return [CommandGroup(words.TITLE, tuple(commands))]

    def stop(self) -> None:
        """Ask what is running to stop at its next step."""
        self._stop.set()

    def refresh(self, touched: Touched) -> None:
        if names(touched, ("building", "compound", "grid")):
            self._desk.read(self._choices, self.screen.show_choices)

    def _choices(self) -> ExportsView:
        from gridclient.operations.export_sorts import SORTS
        from gridclient.operations.export_tables import may_export_whole
        from gridclient.operations.export_template import UNDATED, shipped

        ledger = self._desk.ledger
        with ledger.reading() as connection:
            blocks = buildings(connection)
            grids = rows(connection, "grid", "(retired IS NULL OR retired = '')", ())
        areas = [Item(EVERYTHING, "全社区", "全社区")]
        areas += [Item(_GRID + one.id, one.text("title"), "网格") for one in grids]
        areas += [Item(_BUILDING + one.id, building_name(one.number), one.compound) for one in blocks]
        tables = [Item(key.encode(), sort.title, "台账") for key, sort in SORTS.items()]
        tables += [Item(FORM + name.encode(), name, words.FORMS) for name in shipped()]
        undated = {key.encode() for key, sort in SORTS.items() if not sort.dated}
        undated |= {FORM + name.encode() for name in UNDATED}
        whole = may_export_whole(ledger.identity())
        today = moments.today(ledger.clock())
        return ExportsView(tuple(tables), frozenset(undated), tuple(areas), periods(today), whole)

    def _export(self, order: ExportOrder) -> None:
        self._stop.clear()

        def progress(done: int, total: int) -> None:
            self._desk.runner.home(lambda: self.screen.show_progress(done, total))

        def work() -> tuple[int, bool]:
            from gridclient.operations.export_scope import Scope
            from gridclient.operations.export_tables import Wish, export_table
            from gridclient.operations.export_template import export_template, shipped

            area = ids.text(order.area[1:]) if order.area else ""
            scope = Scope(
                building=area if order.area.startswith(_BUILDING) else "",
                grid=area if order.area.startswith(_GRID) else "",
                since=order.since,
                until=order.until,
            )
            # The file dialog has asked before an older file is replaced.
            wish = Wish(scope, order.purpose, order.whole, order.flat, overwrite=True)
            ledger, to = self._desk.ledger, Path(order.path)
            form = None
            if order.table.startswith(FORM):
                form = shipped()[order.table.removeprefix(FORM).decode()]
            elif order.table.startswith(FILE):
                form = Path(order.table.removeprefix(FILE).decode())
            if form is not None:
                made = export_template(ledger, form, to, wish, progress, self._stop.is_set)
            else:
                made = export_table(ledger, order.table.decode(), to, wish, progress, self._stop.is_set)
            return made.rows, made.masked

        def done(made: tuple[int, bool]) -> None:
            count, masked = made
            self.folder = Path(order.path).parent
            hidden = "号码遮住了" if masked else "号码全显，用途记进审计了"
            self.screen.show_done(f"导出了 {count} 行，{hidden}：{order.path}")
            self._desk.changed(Touched({"audit_entry"}))

        # With the readers: a table takes seconds, and a visit saved meanwhile does not wait for it.
        self._desk.runner.read(work, done, self._failed)

    def _blank(self, path: str) -> None:
        def work() -> None:
            from gridclient.exchange.blank_register import blank_register
            from gridclient.exchange.placing import place

            place(Path(path), blank_register(), overwrite=True)

        def done(_: None) -> None:
            self.folder = Path(path).parent
            self.screen.show_done(f"空的登记表在 {path}，填好从“导入”导进来。")

        self._desk.runner.read(work, done, self._failed)

    def _open_folder(self) -> None:
        if self.folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))

    def _failed(self, error: Exception) -> None:
        from gridclient.exchange.office_sheet import Stopped

        self.screen.show_error("停下了，什么也没存。" if isinstance(error, Stopped) else words_of(error))


def periods(today: date) -> tuple[tuple[str, str], ...]:
    """First and last day of: always, this month, the month before, this year."""
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    return (
        ("", ""),
        (first.isoformat(), today.isoformat()),
        (before.replace(day=1).isoformat(), before.isoformat()),
        (today.replace(month=1, day=1).isoformat(), today.isoformat()),
    )
