"""Workbooks in which every cell is text: an ID number keeps its digits, and nothing becomes a formula.

All exports write through here. Sheets are set up for A4 landscape, the header frozen and repeated on every
page, as offices print them.
"""

import io
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import xlsxwriter

from gridclient.exchange.words import known_error

LONGEST_CELL = 32_767
TEXT_FORMAT = 49  # @, the one a table takes for text
# In memory: what is written is about people, and a temporary file would hold it in clear.
_PLAIN_TEXT = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}
_FORBIDDEN_IN_NAMES = str.maketrans("[]:*?/\\", "       ")
_LONGEST_NAME = 31


class TextBook:
    """A workbook being written, row after row. Use it with `with`: only a whole one is left behind.

    Raises:
        KnownError: on leaving, where the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._whole = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._whole, _PLAIN_TEXT)
        self._text = self._book.add_format({"num_format": TEXT_FORMAT, "valign": "top", "text_wrap": True})
        self._head = self._book.add_format(
            {"num_format": TEXT_FORMAT, "bold": True, "border": 1, "bg_color": "#EEEEEE", "valign": "vcenter"}
        )
        self._title = self._book.add_format(
            {"num_format": TEXT_FORMAT, "bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}
        )
        self._names: set[str] = set()

    def sheet(self, name: str, columns: Sequence[str], title: str = "") -> "TextSheet":
        """Begin a sheet; the one before is finished."""
        sheet = self._book.add_worksheet(self._free(name))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页 共 &N 页")
        top = 1 if title else 0
        for index, column in enumerate(columns):
            sheet.set_column(index, index, min(max(10, 2 * len(column) + 2), 40), self._text)
        if title:
            sheet.set_row(0, 26)
            sheet.merge_range(0, 0, 0, max(len(columns) - 1, 1), safe(title), self._title)
        for index, column in enumerate(columns):
            sheet.write_string(top, index, safe(column), self._head)
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(0, top)
        return TextSheet(sheet, top + 1)

    def _free(self, name: str) -> str:
        """A name Excel takes and no sheet has yet."""
        plain = name.translate(_FORBIDDEN_IN_NAMES).strip().strip("'")[:_LONGEST_NAME] or "表"
        free, number = plain, 1
        while free.casefold() in self._names:
            number += 1
            free = f"{plain[: _LONGEST_NAME - 4]} {number}"
        self._names.add(free.casefold())
        return free

    def __enter__(self) -> "TextBook":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        self._book.close()
        part = self._path.with_name(self._path.name + ".part")
        try:
            part.write_bytes(self._whole.getbuffer())
            part.replace(self._path)
        except OSError as failed:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise known_error("cannot_write") from failed


class TextSheet:
    """One sheet of a `TextBook`."""

    def __init__(self, sheet: xlsxwriter.worksheet.Worksheet, row: int) -> None:
        self._sheet = sheet
        self._row = row

    def add(self, row: Sequence[str]) -> None:
        """Write one row as text; empty cells are left out."""
        for column, written in enumerate(row):
            if written:
                self._sheet.write_string(self._row, column, safe(written))
        self._row += 1


def safe(written: str) -> str:
    """Text as a cell can hold it: no character XML forbids, no more than a cell takes."""
    if written.isprintable() and len(written) <= LONGEST_CELL:
        return written
    kept = (one for one in written if (one >= " " or one in "\t\n") and not "\ud800" <= one <= "\udfff")
    return "".join(one for one in kept if one not in "\ufffe\uffff")[:LONGEST_CELL]
