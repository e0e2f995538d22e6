"""A table laid out as offices print it: title, what it covers, fixed head, one household together, A4 across.

Every cell is text, so an ID number keeps its digits, a room its noughts, and nothing becomes a formula or a
link, in Excel as in WPS.
"""

import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from math import ceil
from typing import Any

import xlsxwriter

from gridclient.exchange import paper_words as words
from gridclient.exchange.steady import let_go
from gridclient.exchange.text_sheet import LONGEST_CELL, TEXT_FORMAT, safe

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,  # a temporary file would hold people in clear
}
_BODY, _HEAD = "宋体", "黑体"
_NARROWEST, _WIDEST = 5, 30
_SIZE, _ROW = 10, 18  # of letters and rows, in points
_ROOM = 1.05
_LINE = 1.4  # of the size of the letters
_ENDS: tuple[dict[str, int], ...] = ({}, {"bottom": 0}, {"top": 0, "bottom": 0}, {"top": 0})
_EACH = 200  # rows between two looks at whether to stop
_LONGEST_HEADER = 255  # of a printed page, a limit of the format
_A4 = 9


class Stopped(Exception):
    """The person stopped; nothing was written."""


@dataclass(frozen=True)
class OfficeColumn:
    """One column.

    Attributes:
        shared: it says something of a whole household, once, in a box over its rows; `merged`: in one cell.
        middle: short, so set in the middle.
    """

    head: str
    shared: bool = False
    merged: bool = False
    middle: bool = False
    widest: int = _WIDEST


@dataclass(frozen=True)
class OfficeTable:
    """A table ready to lay out.

    Attributes:
        about: what stands in the line under the title: whose, for what, of which days.
        groups: by what rows are one household, in the order of the rows; None: every row stands alone.
        notice: the line a table with whole numbers bears on every page.
    """

    title: str
    about: Sequence[str]
    columns: Sequence[OfficeColumn]
    rows: Sequence[Sequence[str]]
    maker: str
    made: datetime
    groups: Sequence[object] | None = None
    notice: str = ""


def lay_out(
    table: OfficeTable,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> memoryview:
    """The bytes of the workbook.

    Raises:
        Stopped: the person stopped.
    """
    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, _OPTIONS)
    made = table.made.replace(tzinfo=None)
    book.set_properties({"title": table.title, "author": table.maker, "created": made})
    layout = _Layout(book, table)
    try:
        layout.write(progress, stopped)
        book.close()
    finally:
        for held in vars(layout.sheet).values():
            let_go(held)
    return whole.getbuffer()


class _Layout:
    def __init__(self, book: Any, table: OfficeTable) -> None:
        self._table = table
        self._columns = _once_a_household(table)
        self._high: dict[int, int] = {}
        self._last = max(len(table.columns) - 1, 1)
        self.sheet = book.add_worksheet(safe(table.title)[:31])
        cell = {"num_format": TEXT_FORMAT, "font_name": _BODY, "font_size": _SIZE, "valign": "vcenter"}
        framed = {**cell, "border": 1, "text_wrap": True}
        # Of a row alone, the first, one within and the last of a household.
        self._forms = [self._row_forms(book, framed, ends) for ends in _ENDS]
        head = {**framed, "font_name": _HEAD, "bold": True, "align": "center", "bg_color": "#EDEDED"}
        self._head = book.add_format(head)
        self._title = book.add_format({**cell, "font_name": _HEAD, "font_size": 18, "align": "center"})
        self._about = book.add_format({**cell, "text_wrap": True})
        self._notice = book.add_format({**cell, "font_color": "#C00000", "bold": True, "text_wrap": True})

    def _row_forms(self, book: Any, framed: dict[str, object], ends: dict[str, int]) -> list[Any]:
        """The format of each column in a row: what is shared is framed at the ends of its household alone."""
        known: dict[tuple[bool, bool], Any] = {}
        made = []
        for column in self._table.columns:
            key = (column.middle, column.shared and not column.merged)
            if key not in known:
                looks = {**framed, **({"align": "center"} if key[0] else {}), **(ends if key[1] else {})}
                known[key] = book.add_format(looks)
            made.append(known[key])
        return made

    def write(self, progress: Callable[[int, int], None], stopped: Callable[[], bool]) -> None:
        sheet, table = self.sheet, self._table
        lines: list[tuple[str, Any, int]] = [(table.title, self._title, 30)]
        lines.append(("　　".join(part for part in table.about if part), self._about, 20))
        if table.notice:
            lines.append((table.notice, self._notice, 20))
        for row, (said, form, height) in enumerate(lines):
            sheet.set_row(row, height)
            sheet.merge_range(row, 0, row, self._last, safe(said), form)
        head = len(lines)
        sheet.set_row(head, 30)
        sheet.set_default_row(_ROW)
        for at, column in enumerate(table.columns):
            longest = wide(max(self._columns[at], key=len, default=""))
            width = min(max(wide(column.head) / 2, longest, _NARROWEST) + 2, column.widest)
            sheet.set_column(at, at, width)
            # A width counts figures of 11 points; letters are of 10.
            if longest > width * _ROOM or any("\n" in cell for cell in self._columns[at]):
                self._grow(head + 1, self._columns[at], width * _ROOM)
            sheet.write_string(head, at, column.head, self._head)
        self._page(head)
        self._body(head + 1, progress, stopped)
        end = head + 1 + len(table.rows)
        day = f"{table.made.year}年{table.made.month}月{table.made.day}日"
        signed = f"{words.MAKER}{table.maker}　　　　{words.CHECKER}　　　　　　　　{words.DATE}{day}"
        sheet.set_row(end, 24)
        sheet.merge_range(end, 0, end, self._last, safe(signed), self._about)

    def _body(self, first: int, progress: Callable[[int, int], None], stopped: Callable[[], bool]) -> None:
        table, write, blank = self._table, self.sheet.write_string, self.sheet.write_blank
        merged = [at for at, column in enumerate(table.columns) if column.merged]
        rows = list(zip(*map(_safe, self._columns), strict=True)) if table.rows else []
        total, at, told = len(rows), 0, 0
        while at < total:
            if at >= told:
                if stopped():
                    raise Stopped
                progress(at, total)
                told += _EACH
            many = self._together(at)
            for offset in range(many):
                row = first + at + offset
                forms = self._forms[0 if many == 1 else 1 if not offset else 3 if offset == many - 1 else 2]
                for place, (cell, form) in enumerate(zip(rows[at + offset], forms, strict=True)):
                    if cell:
                        write(row, place, cell, form)
                    else:
                        blank(row, place, None, form)
            if many > 1:
                for place in merged:
                    end = first + at + many - 1
                    self.sheet.merge_range(
                        first + at, place, end, place, rows[at][place], self._forms[0][place]
                    )
            at += many
        progress(total, total)

    def _grow(self, first: int, cells: Sequence[str], width: float) -> None:
        """Make rows as high as their text: not every program finds that out by itself."""
        for at, cell in enumerate(cells):
            if 2 * len(cell) > width or "\n" in cell:
                many = lines(cell, width)
                if many > self._high.get(first + at, 1):
                    self._high[first + at] = many
                    self.sheet.set_row(first + at, height(many, _SIZE))

    def _together(self, at: int) -> int:
        """How many rows from this one on are one household."""
        groups = self._table.groups
        if groups is None:
            return 1
        end = at + 1
        while end < len(groups) and groups[end] == groups[at]:
            end += 1
        return end - at

    def _page(self, head: int) -> None:
        sheet, table = self.sheet, self._table
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.6 if table.notice else 0.5, bottom=0.6)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.freeze_panes(head + 1, 0)
        sheet.repeat_rows(0, head)
        sheet.set_footer(f"&L{words.MAKER}{_plain(table.maker)[:40]}&C{words.PAGES}")
        if table.notice:
            # Not the whole line where it is too long; it stands on the page itself as well.
            sheet.set_header(f"&R&8{_plain(table.notice)}"[:_LONGEST_HEADER])


def _once_a_household(table: OfficeTable) -> list[Sequence[str]]:
    """The columns; what is shared stands in the first row of its household alone."""
    columns: list[Sequence[str]] = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    groups = table.groups
    if groups is None:
        return columns
    first = [not at or group != groups[at - 1] for at, group in enumerate(groups)]
    return [
        [cell if begins else "" for cell, begins in zip(cells, first, strict=True)]
        if column.shared
        else cells
        for cells, column in zip(columns, table.columns, strict=True)
    ]


def _safe(column: Sequence[str]) -> Sequence[str]:
    """A column of text as cells can hold it; looked at as a whole first, for nearly all of it is."""
    if "".join(column).isprintable() and max(map(len, column), default=0) <= LONGEST_CELL:
        return column
    return [safe(cell) for cell in column]


def wide(words_: str) -> int:
    """How wide text is in a table: a Chinese character takes two of the measure."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in words_)


def lines(said: str, width: float) -> int:
    """How many lines text takes in a cell of a width."""
    if 2 * len(said) <= width and "\n" not in said:
        return 1
    return sum(max(1, ceil(wide(line) / max(width, 1))) for line in said.split("\n"))


def height(many: int, size: float) -> float:
    """How high so many lines are, in points; no row is higher than a table allows."""
    return min(many * size * _LINE + 4, 400)


def _plain(said: str) -> str:
    """Text for the edge of a page, where & begins an order."""
    return said.replace("&", "＆")


def runs(groups: Sequence[object]) -> int:
    """How many households rows belong to."""
    return sum(1 for _ in groupby(groups))
