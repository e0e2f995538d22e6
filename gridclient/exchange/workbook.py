"""A workbook read into plain cells: xlsx, xls and ods through calamine, csv in the encodings offices use."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import python_calamine as calamine

from gridclient.exchange import archive, old_workbook, words, xlsx_parts
from gridclient.exchange.cells import Cell, is_blank
from gridclient.exchange.oddities import Oddities
from gridclient.exchange.words import known_error

_NOUGHT_LOST = re.compile(r"\d{4}\.1")  # in a csv nobody can tell whether October was stored as a number
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # what a workbook with a password is put into


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows[0]` is the row a person calls 1; `merged` holds (first row, last row, column) counted
    from 0 of cells merged downwards; the topmost holds the value. `hidden_rows` and `hidden_columns`, counted
    from 0 too, are those a person does not see. A bare number is another day where the workbook
    `counts_from_1904`."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[tuple[int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    counts_from_1904: bool = False

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True)
class Workbook:
    """A file as it lay there: `sha256` is that of its bytes, in hex; `left_alone` names what is in it and was
    neither run nor opened."""

    sha256: str
    sheets: tuple[Sheet, ...]
    left_alone: tuple[tuple[str, str], ...] = ()


def open_workbook(path: Path) -> Workbook:
    """Read a file.

    Raises:
        KnownError: it cannot be opened, is locked, damaged, too large, of another kind, or empty.
    """
    try:
        if path.stat().st_size > archive.PACKED:
            raise known_error("file_too_large")
        data = path.read_bytes()
    except OSError as error:
        raise known_error("file_missing") from error
    return read_workbook(data)


def read_workbook(data: bytes) -> Workbook:
    """Read the bytes of a file. Raises KnownError as `open_workbook` does."""
    if data.startswith(_ZIP):
        parts = archive.open_parts(data)
        if "xl/workbook.xml" not in parts.names and archive.CONTENT not in parts.names:
            raise known_error("file_kind")
        is_ods = "xl/workbook.xml" not in parts.names
        sheets = _through_calamine(data, parts.oddities if is_ods else xlsx_parts.of_workbook(parts))
        alone = _left_alone(parts.names)
    elif data.startswith(_OLE):
        if _LOCKED in data:
            raise known_error("file_locked")
        old = old_workbook.look(data)
        sheets = _through_calamine(data, old.sheets)
        alone = [words.MACROS_ALONE] if old.has_macros else []
    else:
        sheets, alone = [_read_csv(data)], []
    if not any(not is_blank(cell) for sheet in sheets for row in sheet.rows for cell in row):
        raise known_error("file_empty")
    return Workbook(sha256(data).hexdigest(), tuple(sheets), tuple(alone))


def _left_alone(names: Collection[str]) -> list[tuple[str, str]]:
    alone = []
    if any(name.endswith("vbaProject.bin") for name in names):
        alone.append(words.MACROS_ALONE)
    if any(name.startswith("xl/externalLinks/") for name in names):
        alone.append(words.LINKS_ALONE)
    return alone


def _through_calamine(data: bytes, odd: Sequence[Oddities]) -> list[Sheet]:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        told = [*odd, *(Oddities() for _ in range(len(book.sheets_metadata) - len(odd)))]
        return [
            _sheet(book, index, meta, told[index])
            for index, meta in enumerate(book.sheets_metadata)
            if meta.typ is calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError as error:
        raise known_error("file_locked") from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise known_error("file_damaged") from error
    except BaseException as error:
        # A panic of the Rust half comes as no Exception; a broken file is no reason to end the program.
        if type(error).__name__ != "PanicException":
            raise
        raise known_error("file_damaged") from None


def _sheet(book: calamine.CalamineWorkbook, index: int, meta: calamine.SheetMetadata, odd: Oddities) -> Sheet:
    sheet = book.get_sheet_by_index(index)
    archive.judge_extent(sheet.total_height, sheet.total_width)
    ranges = sheet.merged_cell_ranges or []
    merged = tuple(
        (top, bottom, column) for (top, column), (bottom, _) in ranges if 0 < bottom - top < archive.ROWS
    )
    if sum(bottom - top for top, bottom, _ in merged) > archive.CELLS:
        raise known_error("sheet_too_large")
    hidden = meta.visible is not calamine.SheetVisibleEnum.Visible
    rows = odd.mend(sheet.to_python(skip_empty_area=False))
    return Sheet(
        meta.name,
        rows,
        merged,
        hidden,
        frozenset(odd.hidden_rows),
        frozenset(odd.hidden_columns),
        odd.counts_from_1904,
    )


def _read_csv(data: bytes) -> Sheet:
    if len(data) > archive.TEXTS:
        raise known_error("file_too_large")
    text = _decoded(data)
    if "\0" in text:
        raise known_error("file_kind")
    if text.lstrip().startswith("<"):
        raise known_error("file_kind")  # a page of the web, whatever its name ends in
    sample = text[:65536]
    delimiter = max(",\t;", key=lambda one: sample.count(one))
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in csv.reader(_lines(text), delimiter=delimiter):
            cells += len(row)
            if cells > archive.CELLS:
                raise known_error("sheet_too_large")
            rows.append([float(cell) if _NOUGHT_LOST.fullmatch(cell) else cell for cell in row])
            archive.judge_extent(len(rows), 1)
    except csv.Error as error:
        raise known_error("file_damaged") from error
    return Sheet("csv", rows)


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends; a copy of the whole would cost four bytes a character."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _decoded(data: bytes) -> str:
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise known_error("file_kind")
