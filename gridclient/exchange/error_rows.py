"""The rows somebody has to look at again, handed back in the columns they came in, with the reason."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from gridclient.exchange import words
from gridclient.exchange.cells import is_blank, text
from gridclient.exchange.findings import Findings
from gridclient.exchange.headers import column_index, names_of
from gridclient.exchange.mapping import Mapping, SheetMapping
from gridclient.exchange.targets import ID_NUMBER
from gridclient.exchange.text_sheet import TextBook
from gridclient.exchange.twins import Twin
from gridclient.exchange.workbook import Sheet, Workbook

_EXACT_NUMBER = 10**15  # a table keeps no more digits of a number


class Reading(Protocol):
    """What was read out of a file, of whatever sort."""

    @property
    def findings(self) -> Findings: ...

    @property
    def mapping(self) -> Mapping: ...


def write_error_rows(path: Path, book: Workbook, register: Reading, twins: Iterable[Twin] = ()) -> int:
    """Write rows that were not imported and rows with a cell left blank; give how many. `twins`: those
    that were left out for a person to decide go with them.

    Corrected, the file can be imported: it then fills what is blank. Nothing is written where all is well.

    Raises:
        KnownError: the file cannot be written.
    """
    reasons = _reasons(register, twins)
    if not reasons:
        return 0
    by_name = {sheet.name: sheet for sheet in book.sheets}
    with TextBook(path) as made:
        for said in register.mapping.sheets:
            rows = sorted(row for name, row in reasons if name == said.sheet)
            if rows:
                _write_sheet(made, by_name[said.sheet], said, register, rows, reasons)
    return len(reasons)


def _reasons(register: Reading, twins: Iterable[Twin]) -> dict[tuple[str, int], list[str]]:
    reasons: dict[tuple[str, int], list[str]] = defaultdict(list)
    for fault in register.findings.faults:
        reasons[(fault.sheet, fault.row)].append(fault.reason)
    for doubt in register.findings.doubts:
        reasons[(doubt.sheet, doubt.row)].append(f"{doubt.column}：{doubt.reason}")
    for twin in twins:
        if twin.held:
            told = words.LEFT_OUT.format(name=twin.other_name, where=twin.other_where)
            reasons[(twin.sheet, twin.row)].append(told)
    return reasons


def _write_sheet(
    made: TextBook,
    sheet: Sheet,
    said: SheetMapping,
    register: Reading,
    rows: list[int],
    reasons: dict[tuple[str, int], list[str]],
) -> None:
    names = names_of(sheet, said)
    meanings = {column_index(column.column): column.field or "" for column in said.columns}
    target = made.sheet(said.sheet, [*names, words.ERROR_COLUMN])
    for row in rows:
        cells = sheet.rows[row - 1]
        above = register.findings.shared.get((said.sheet, row), {})
        written = []
        for index in range(len(names)):
            cell = cells[index] if index < len(cells) else ""
            meaning = meanings.get(index, "")
            if isinstance(cell, int | float) and meaning == ID_NUMBER and abs(cell) >= _EXACT_NUMBER:
                # Written out it would look like a whole number again.
                written.append("")
            elif is_blank(cell):
                written.append(above.get(meaning, ""))
            else:
                written.append(text(cell))
        target.add([*written, "；".join(reasons[(said.sheet, row)])])
