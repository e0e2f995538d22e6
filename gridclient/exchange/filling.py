"""Filling a form in: rows repeated for records, the form's own looks, merged cells and print set-up kept."""

import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from gridclient.exchange.office_sheet import Stopped, height, lines
from gridclient.exchange.steady import let_go
from gridclient.exchange.template import HOUSE, Repeat, Template, edges, filled, names_in, plain
from gridclient.exchange.text_sheet import safe

_EACH = 200
_TEXT = "@"
_REFERENCE = re.compile(r"(?P<colon>:?)(?P<column>\$?[A-Z]{1,3})(?P<fixed>\$?)(?P<row>\d+)(?![\d(A-Za-z])")


class Records(NamedTuple):
    """What a repeated row is filled from: names, the rows under them, and what household each belongs to."""

    names: Sequence[str]
    rows: Sequence[Sequence[str]]
    groups: Sequence[object]


Progress = Callable[[int, int], None]


def fill(
    template: Template,
    words: Mapping[str, str],
    records: Mapping[Repeat, Records],
    *,
    flat: bool = False,
    notice: str = "",
    progress: Progress = lambda done, total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> memoryview:
    """The bytes of the filled workbook. A template is good for one filling; pages bear `notice` at the top.

    Raises:
        Stopped: the person stopped.
    """
    try:
        return _filled(template, words, records, flat, notice, progress, stopped)
    finally:
        for sheet in template.book.worksheets:
            # Each of them knows its sheet: circles nobody else breaks.
            for held in (sheet._cells, sheet.row_dimensions, sheet.merged_cells.ranges):  # noqa: SLF001
                let_go(held)


def _filled(
    template: Template,
    words: Mapping[str, str],
    records: Mapping[Repeat, Records],
    flat: bool,
    notice: str,
    progress: Progress,
    stopped: Callable[[], bool],
) -> memoryview:
    total = sum(len(one.rows) for one in records.values())
    done = 0
    for sheet in template.book.worksheets:
        _say_once(sheet, words, notice)
    # From the bottom, so that rows below one keep their number until it is their turn.
    for repeat in reversed(template.repeats):
        of = records[repeat]
        sheet = template.book[repeat.sheet]
        _make_room(template, sheet, repeat.row, max(len(of.rows) - 1, 0))
        filler = _Filler(sheet, repeat.row, of, words, flat)
        for at in range(max(len(of.rows), 1)):
            if at % _EACH == 0:
                if stopped():
                    raise Stopped
                progress(done + at, total)
            filler.fill(at)
        filler.merge()
        done += len(of.rows)
    progress(total, total)
    whole = BytesIO()
    template.book.save(whole)
    return whole.getbuffer()


def _say_once(sheet: Any, words: Mapping[str, str], notice: str) -> None:
    """Fill what is said once, on the sheet and on the edges of its pages."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                names = names_in(cell.value)
                if names and not any("." in name for name in names):
                    _put(cell, filled(cell.value, lambda name: words[name]))
    for _, item in edges(sheet):
        item.text = filled(item.text, lambda name: words[name].replace("&", "＆"))
    if notice:
        right = sheet.oddHeader.right
        right.text = f"{right.text or ''} {notice.replace('&', '＆')}".strip()[:200]
        right.size = 8


def _put(cell: Any, said: str) -> None:
    """Text and nothing else: what begins with = is no formula."""
    cell.value = safe(said) or None
    if said:
        cell.data_type = "s"


class _Filler:
    """Fills one repeated row, record by record."""

    def __init__(self, sheet: Any, row: int, of: Records, words: Mapping[str, str], flat: bool) -> None:
        self._sheet, self._row, self._of, self._words = sheet, row, of, words
        self._place = {name: place for place, name in enumerate(of.names)}
        self._cells: list[tuple[int, object, Any, bool]] = []
        for cell in sheet[row]:
            said = plain(cell.value) if isinstance(cell.value, str) else cell.value
            names = names_in(said) if isinstance(said, str) else []
            if names and cell.number_format == "General":
                cell.number_format = _TEXT
            shared = bool(names) and not flat and all(name.partition(".")[0] == HOUSE for name in names)
            style = cell._style  # noqa: SLF001 - the only way to give ten thousand cells the looks of one
            self._cells.append((cell.column, said, style, shared))
        self._height = sheet.row_dimensions[row].height
        self._size = max((cell.font.size or 11 for cell in sheet[row]), default=11)
        self._wrapped = {
            cell.column: width * 11 / (cell.font.size or 11)
            for cell, width in zip(sheet[row], _widths(sheet, row), strict=True)
            if cell.alignment.wrap_text
        }
        self._across = [
            (one.min_col, one.max_col)
            for one in sheet.merged_cells.ranges
            if one.min_row == one.max_row == row
        ]

    def fill(self, at: int) -> None:
        """Write record `at` (a blank line where there is none at all)."""
        from openpyxl.formula.translate import Translator

        row = self._row + at
        record = self._of.rows[at] if at < len(self._of.rows) else None
        first = not (0 < at < len(self._of.rows)) or self._of.groups[at] != self._of.groups[at - 1]
        most = 1
        for column, said, style, shared in self._cells:
            cell = self._sheet.cell(row, column)
            if at:
                cell._style = style  # noqa: SLF001
            if isinstance(said, str) and "{{" in said:
                words = filled(said, lambda name: self._said(name, record)) if first or not shared else ""
                _put(cell, words)
                if column in self._wrapped:
                    most = max(most, lines(words, self._wrapped[column]))
            elif at and isinstance(said, str) and said.startswith("="):
                origin = f"A{self._row}"
                cell.value = Translator(said, origin).translate_formula(f"A{row}")
            elif at and said is not None:
                cell.value = said
        if most > 1:
            self._sheet.row_dimensions[row].height = max(self._height or 0, height(most, self._size))
        elif at:
            self._sheet.row_dimensions[row].height = self._height

    def _said(self, name: str, record: Sequence[str] | None) -> str:
        if name in self._words:
            return self._words[name]
        return record[self._place[name]] if record is not None else ""

    def merge(self) -> None:
        """Merge what stands once for a household down its rows, and across what the form merges across."""
        from openpyxl.worksheet.merge import MergedCellRange

        # Not merge_cells: it looks through all merged cells there are, for each one.
        ranges = self._sheet.merged_cells.ranges
        last = len(self._of.rows)
        spans = dict(self._across)
        for low, high in self._across:
            for row in range(self._row + 1, self._row + last):
                ranges.add(_range(MergedCellRange, self._sheet, low, row, high, row))
        for top, bottom in _runs(self._of.groups):
            for column, _, _, shared in self._cells:
                if shared and column not in spans and bottom > top:
                    first, end = self._row + top, self._row + bottom
                    ranges.add(_range(MergedCellRange, self._sheet, column, first, column, end))


def _widths(sheet: Any, row: int) -> list[float]:
    """How wide the cells of a row are, those merged across together."""
    known: dict[int, float] = {}
    for one in sheet.column_dimensions.values():
        if one.width:
            known |= dict.fromkeys(range(one.min or 1, (one.max or one.min or 1) + 1), one.width)
    usual = sheet.sheet_format.defaultColWidth or sheet.sheet_format.baseColWidth or 8
    widths = [known.get(cell.column, usual) - 1 for cell in sheet[row]]
    for merged in sheet.merged_cells.ranges:
        if merged.min_row == merged.max_row == row:
            widths[merged.min_col - 1] = sum(widths[merged.min_col - 1 : merged.max_col])
    return widths


def _range(make: Any, sheet: Any, low: int, top: int, high: int, bottom: int) -> Any:
    from openpyxl.utils import get_column_letter

    return make(sheet, f"{get_column_letter(low)}{top}:{get_column_letter(high)}{bottom}")


def _runs(groups: Sequence[object]) -> list[tuple[int, int]]:
    """First and last place of every run of the same household."""
    found: list[tuple[int, int]] = []
    for place, group in enumerate(groups):
        if place and groups[place - 1] == group:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def _make_room(template: Template, sheet: Any, row: int, more: int) -> None:
    """Move everything below a row down, with merged cells, heights, checks and the area that is printed."""
    if not more:
        return
    heights = {at: one.height for at, one in sheet.row_dimensions.items() if at > row and one.height}
    sheet.insert_rows(row + 1, more)
    for at in heights:
        sheet.row_dimensions[at].height = None
    for at, tall in heights.items():
        sheet.row_dimensions[at + more].height = tall
    for merged in list(sheet.merged_cells.ranges):
        if merged.min_row > row:
            sheet.merged_cells.ranges.discard(merged)
            merged.shift(row_shift=more)
            sheet.merged_cells.ranges.add(merged)
    for check in sheet.data_validations.dataValidation:
        for one in list(check.sqref.ranges):
            check.sqref.ranges.discard(one)
            _stretch(one, row, more)
            check.sqref.ranges.add(one)
    if sheet.print_area:
        sheet.print_area = _moved(sheet.print_area.rpartition("!")[2], row, more)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _moved(sheet.auto_filter.ref, row, more)
    for one in sheet.row_breaks.brk:
        one.id += more if one.id >= row else 0
    for other in template.book.worksheets:
        _move_formulas(other, sheet, row, more)
    _move_conditions(sheet, row, more)


def _stretch(one: Any, row: int, more: int) -> None:
    if one.min_row > row:
        one.shift(row_shift=more)
    elif one.max_row >= row:
        one.expand(down=more)


def _moved(formula: str, row: int, more: int) -> str:
    """References to rows below moved down; ranges that end in the row end where its last copy does."""

    def moved(found: "re.Match[str]") -> str:
        at = int(found["row"])
        further = more if at > row or (at == row and found["colon"]) else 0
        return f"{found['colon']}{found['column']}{found['fixed']}{at + further}"

    return _REFERENCE.sub(moved, formula)


def _move_formulas(other: Any, sheet: Any, row: int, more: int) -> None:
    """Let formulas still speak of what they spoke of; those of other sheets where they name this one."""
    for cells in other.iter_rows():
        for cell in cells:
            if cell.data_type != "f" or not isinstance(cell.value, str):
                continue
            if other is sheet or f"{sheet.title}!" in cell.value or f"'{sheet.title}'!" in cell.value:
                cell.value = _moved(cell.value, row, more)


def _move_conditions(sheet: Any, row: int, more: int) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList
    from openpyxl.worksheet.cell_range import CellRange

    kept = ConditionalFormattingList()
    for condition in sheet.conditional_formatting:
        ranges = [CellRange(one.coord) for one in condition.sqref.ranges]
        for one in ranges:
            _stretch(one, row, more)
        for rule in condition.rules:
            kept.add(" ".join(one.coord for one in ranges), rule)
    sheet.conditional_formatting = kept
