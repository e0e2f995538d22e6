"""The records of an xls, counted and looked at before anything lays its cells out.

An xls is a small file system (MS-CFB) with one stream of records (MS-XLS). Two cells in opposite corners of a
sheet make a reader lay out everything between them, so their furthest addresses are read here first.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from gridclient.exchange import number_formats
from gridclient.exchange.archive import judge_extent
from gridclient.exchange.oddities import Oddities
from gridclient.exchange.words import known_error

_STREAMS = ("Workbook", "Book")
_MACROS = "_VBA_PROJECT_CUR"
_END = 0xFFFFFFFA  # from here on sector numbers are marks
_ENTRY = 128
_SMALL = 4096
_BOF, _EOF, _LOCKED, _SHEET, _ROW, _COLUMNS = 0x0809, 0x000A, 0x002F, 0x0085, 0x0208, 0x007D
_FORMAT, _STYLE, _NUMBER, _SMALL_NUMBER, _SMALL_NUMBERS, _BROKEN = (
    0x041E,
    0x00E0,
    0x0203,
    0x027E,
    0x00BD,
    0x0205,
)
_DATES = 0x0022
_FORMULA, _LABEL, _SHARED_LABEL, _RICH_LABEL = 0x0006, 0x0204, 0x00FD, 0x00D6
_ONE_CELL = frozenset({_NUMBER, _SMALL_NUMBER, _BROKEN, _FORMULA, _LABEL, _SHARED_LABEL, _RICH_LABEL})
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class OldWorkbook(NamedTuple):
    """`sheets` by the place of their first record, which is their order too."""

    sheets: list[Oddities]
    has_macros: bool


def look(data: bytes) -> OldWorkbook:
    """Look through a workbook of the old kind.

    Raises:
        KnownError: damaged, no workbook, locked, or a sheet is too large.
    """
    try:
        files = _Files(data)
        name = next((one for one in _STREAMS if one in files.entries), None)
        if name is None:
            raise known_error("file_kind")
        return OldWorkbook(_Records(files.read(name)).sheets(), _MACROS in files.entries)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise known_error("file_damaged") from error


class _Files:
    """The small file system."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
        self._table = self._read_table()
        self._small_table = self._numbers(self._chain(struct.unpack_from("<I", data, 60)[0]))
        self.entries: dict[str, tuple[int, int]] = {}
        self._small = b""
        listing = self._chain(struct.unpack_from("<I", data, 48)[0])
        for at in range(0, len(listing) - _ENTRY + 1, _ENTRY):
            entry = listing[at : at + _ENTRY]
            name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le")
            start, length = struct.unpack_from("<II", entry, 116)
            if entry[66] == 5:
                self._small = self._chain(start)
            elif entry[66]:
                self.entries.setdefault(name, (start, length))

    def read(self, name: str) -> bytes:
        start, length = self.entries[name]
        if length >= _SMALL:
            return self._chain(start)[:length]
        pieces, seen = [], 0
        while start < len(self._small_table) and seen <= _SMALL:
            pieces.append(self._small[start * 64 : start * 64 + 64])
            seen += 64
            start = self._small_table[start]
        return b"".join(pieces)[:length]

    def _read_table(self) -> list[int]:
        sectors = [one for one in struct.unpack_from("<109I", self._data, 76) if one < _END]
        more, left = struct.unpack_from("<II", self._data, 68)
        while more < _END and left and len(sectors) * self._size <= len(self._data):
            piece = self._numbers(self._sector(more))
            sectors += [one for one in piece[:-1] if one < _END]
            more, left = piece[-1], left - 1
        return [number for sector in sectors for number in self._numbers(self._sector(sector))]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _chain(self, start: int) -> bytes:
        pieces = []
        for _ in range(len(self._data) // self._size + 1):
            if start >= len(self._table):
                break
            pieces.append(self._sector(start))
            start = self._table[start]
        return b"".join(pieces)

    @staticmethod
    def _numbers(piece: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(piece) // 4}I", piece[: len(piece) // 4 * 4])


class _Records:
    """One stream of records: what holds for the workbook, then one run of records per sheet."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._codes: dict[int, str] = {}
        self._styles: list[int] = []
        self._starts: list[int | None] = []  # None for what holds no cells: charts and macros
        self._shown: list[str] = []

    def sheets(self) -> list[Oddities]:
        from_1904 = False
        for at, kind, body in self._records(0):
            if kind == _EOF:
                break
            if kind == _LOCKED:
                raise known_error("file_locked")
            if kind == _DATES:
                from_1904 = body[:2] == b"\x01\x00"
            if kind == _SHEET:
                self._starts.append(struct.unpack_from("<I", body)[0] if body[5] == 0 else None)
            elif kind == _STYLE:
                self._styles.append(struct.unpack_from("<H", body, 2)[0])
            elif kind == _FORMAT and at:
                self._note_format(body)
        self._shown = [number_formats.shown(one, self._codes.get(one, "")) for one in self._styles]
        found = [Oddities() if start is None else self._sheet(start) for start in self._starts]
        for one in found:
            one.counts_from_1904 = from_1904
        return found

    def _records(self, at: int) -> Iterator[tuple[int, int, bytes]]:
        stream = self._stream
        while at + 4 <= len(stream):
            kind, length = struct.unpack_from("<HH", stream, at)
            yield at, kind, stream[at + 4 : at + 4 + length]
            at += 4 + length

    def _note_format(self, body: bytes) -> None:
        number, length = struct.unpack_from("<HH", body)
        wide = len(body) > 4 and body[4] & 1
        code = body[5 : 5 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")
        self._codes[number] = code

    def _sheet(self, start: int) -> Oddities:
        found = Oddities()
        rows = columns = depth = 0
        for _, kind, body in self._records(start):
            depth += (kind == _BOF) - (kind == _EOF)
            if depth <= 0:
                break
            if kind == _ROW:
                if struct.unpack_from("<H", body, 12)[0] & 0x20:
                    found.hidden_rows.add(struct.unpack_from("<H", body)[0])
            elif kind == _COLUMNS:
                first, last, _, _, has = struct.unpack_from("<5H", body)
                if has & 1:
                    found.hidden_columns.update(range(first, min(last + 1, 256)))
            elif kind in _ONE_CELL:
                row, column, style = struct.unpack_from("<3H", body)
                rows, columns = max(rows, row + 1), max(columns, column + 1)
                self._note_cell(found, (row, column), style, kind, body)
            elif kind == _SMALL_NUMBERS:
                row, first = struct.unpack_from("<HH", body)
                for index, at in enumerate(range(4, len(body) - 2, 6)):
                    style = struct.unpack_from("<H", body, at)[0]
                    self._note_cell(found, (row, first + index), style, kind, body)
                rows = max(rows, row + 1)
                columns = max(columns, struct.unpack_from("<H", body, len(body) - 2)[0] + 1)
        judge_extent(rows, columns)
        return found

    def _note_cell(self, found: Oddities, place: tuple[int, int], style: int, kind: int, body: bytes) -> None:
        if kind == _BROKEN and body[7]:
            found.note(place, _ERRORS.get(body[6], "#N/A"))
        elif kind == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":
            found.note(place, _ERRORS.get(body[8], "#N/A"))
        elif style < len(self._shown) and self._shown[style]:
            found.note(place, shown=self._shown[style])
