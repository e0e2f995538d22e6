"""How large a zipped workbook really is, counted before anything parses it.

What the archive says of itself is not believed: every entry is unpacked into nothing, and the count stops at
the limit. Cells are counted by their furthest address, because one cell in the last corner of a sheet makes a
reader lay out everything before it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from xml.parsers import expat

from gridclient.exchange import number_formats
from gridclient.exchange.oddities import NO_VALUE, Oddities
from gridclient.exchange.words import known_error

PACKED = 100 * 1024 * 1024
UNPACKED = 300 * 1024 * 1024
TEXTS = 64 * 1024 * 1024  # the texts of all cells, which a reader holds at once
_TEXTS_OF_CELLS = "xl/sharedStrings.xml"
RATIO = 100
RATIO_FROM = 10 * 1024 * 1024
ROWS = 200_000
CELLS = 4_000_000
ENTRIES = 2_000
CONTENT = "content.xml"  # where an ods holds its cells
_DEEPEST = 200  # elements within elements; a reader keeps all that are open
_MOST_ALIKE = 10_000  # rows that one row of an ods stands for
_SHORTEST_HEADER = 30
_CHUNK = 1 << 20
_OVERLAP = 64
_MOST_HIDDEN = 10_000  # an empty tail of a million rows may well be hidden
_MARKS = (b"hidden", b'"e"', b"'e'", b"<f", b":f>")
_LETTERS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{2,3})\d""")
_ONE_LETTER = 26
_LARGE_ROWS = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]{0,3}(\d{6,})""")
_ALL_ROWS = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]{0,3}(\d+)""")


class Parts:
    """The parts of an archive found bearable.

    `oddities`: of an ods, those of its sheets in order. `marked`: parts in which, as far as a glance tells,
    something is hidden, a formula or an error.
    """

    def __init__(self, data: bytes, entries: Iterable[zipfile.ZipInfo]) -> None:
        self._data = data
        self.oddities: list[Oddities] = []
        self.marked: set[str] = set()
        self._entries = {entry.filename: entry for entry in entries}

    @property
    def names(self) -> Collection[str]:
        return self._entries.keys()

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, piece by piece; nothing of one that is not there."""
        entry = self._entries.get(name)
        return _unpacked(self._data, entry) if entry is not None else iter(())

    def whole(self, name: str) -> bytes:
        return b"".join(self.pieces(name))


def judge(data: bytes) -> list[str]:
    """The names in the archive. Raises KnownError as `open_parts` does."""
    return [*open_parts(data).names]


def open_parts(data: bytes) -> Parts:
    """The parts of the archive.

    Raises:
        KnownError: damaged, locked, too large, or a sheet in it is.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRIES:
                raise known_error("file_too_large")
            _judge_order(entries)
            room, parts = UNPACKED, Parts(data, entries)
            for entry in entries:
                room -= _judge_entry(data, entry, room, parts)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, NotImplementedError) as error:
        raise known_error("file_damaged") from error
    return parts


def _judge_order(entries: Iterable[zipfile.ZipInfo]) -> None:
    """Entries that share bytes make a small file endless."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise zipfile.BadZipFile
        end = entry.header_offset + _SHORTEST_HEADER + entry.compress_size


def judge_extent(rows: int, columns: int) -> None:
    """Raises KnownError where a sheet of this extent is too large."""
    if rows > ROWS or rows * columns > CELLS:
        raise known_error("sheet_too_large")


def _judge_entry(data: bytes, entry: zipfile.ZipInfo, room: int, parts: Parts) -> int:
    """How many bytes one entry unpacks to. What is odd in it goes to `parts`."""
    if entry.flag_bits & 1:
        raise known_error("file_locked")
    count = _OdsExtent(parts.oddities) if entry.filename == CONTENT else _SheetExtent()
    if entry.filename == _TEXTS_OF_CELLS:
        room = min(room, TEXTS)
    unpacked = 0
    for chunk in _unpacked(data, entry):
        unpacked += len(chunk)
        if unpacked > room or (unpacked > RATIO_FROM and unpacked > RATIO * max(entry.compress_size, 1)):
            raise known_error("file_too_large")
        count.add(chunk)
    if isinstance(count, _SheetExtent) and count.is_marked:
        parts.marked.add(entry.filename)
    if isinstance(count, _SheetExtent) and count.may_be_too_large:
        judge_extent(_last_row(_unpacked(data, entry)), count.columns)
    return unpacked


def _unpacked(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry in pieces, as its bytes say and not as its header does."""
    start = entry.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    start += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _CHUNK]) for at in range(0, len(packed), _CHUNK))
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile
    inflater = zlib.decompressobj(-15)
    piece = inflater.decompress(packed, _CHUNK)
    while piece:
        yield piece
        piece = inflater.decompress(inflater.unconsumed_tail, _CHUNK)


class _SheetExtent:
    """How far an xlsx sheet reaches. Any part may be named as a sheet, so every part is counted as one."""

    def __init__(self) -> None:
        self._tail = b""
        self._letters: set[bytes] = set()
        self._row = 0
        self._written = 0
        self.is_marked = False

    def add(self, chunk: bytes) -> None:
        piece = self._tail + chunk
        self._tail = piece[-_OVERLAP:]
        self._letters.update(_LETTERS.findall(piece))
        self._row = max(self._row, *map(int, _LARGE_ROWS.findall(piece)), 0)
        self.is_marked = self.is_marked or any(mark in piece for mark in _MARKS)
        # Cells without an address follow each other; what is counted too much here is little.
        self._written += piece.count(b"<c ") + piece.count(b":c ") + piece.count(b"<c>") + piece.count(b"<c/")
        if self._row > ROWS or self._written > CELLS + CELLS // 100:
            raise known_error("sheet_too_large")

    @property
    def columns(self) -> int:
        """At most so many; columns of one letter are not told apart."""
        return max((_number(letters) for letters in self._letters), default=_ONE_LETTER)

    @property
    def may_be_too_large(self) -> bool:
        """Only rows above 99,999 were kept; with few columns no sheet below them has too many cells."""
        return self.columns * max(self._row, 99_999) > CELLS


def _last_row(chunks: Iterator[bytes]) -> int:
    last, tail = 0, b""
    for chunk in chunks:
        piece = tail + chunk
        tail = piece[-_OVERLAP:]
        last = max(last, *map(int, _ALL_ROWS.findall(piece)), 0)
    return last


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


class _OdsExtent:
    """How far the sheets of an ods reach, where a cell or a row may stand for a million of itself."""

    def __init__(self, odd: list[Oddities]) -> None:
        self._odd = odd
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._say
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._row = self._columns = self._width = self._filled = self._repeat = self._place = 0
        self._depth = self._spaces = 0
        self._is_day = False
        self._said = ""

    def add(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def _doctype(self, *_: object) -> None:
        raise zipfile.BadZipFile  # no ods needs one, and entities can grow without bounds

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise zipfile.BadZipFile
        if name == "table:table":
            self._row = self._columns = self._place = 0
            self._odd.append(Oddities())
        elif name == "table:table-column":
            self._note_columns(attributes)
        elif name == "table:table-row":
            self._repeat = int(attributes.get("table:number-rows-repeated", "1"))
            self._width = self._filled = 0
            if attributes.get("table:visibility", "visible") != "visible" and self._odd:
                self._odd[-1].hidden_rows.update(
                    range(self._row, self._row + min(self._repeat, _MOST_HIDDEN))
                )
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._width += int(attributes.get("table:number-columns-repeated", "1"))
            if any(key.startswith("office:") or key == "table:formula" for key in attributes):
                self._filled = self._width
            self._is_day = attributes.get("office:value-type") == "date"
            self._said = ""
            if "table:formula" in attributes and "office:value-type" not in attributes and self._odd:
                self._odd[-1].note((self._row, self._width - 1), NO_VALUE)
        elif name == "text:p":
            self._filled = self._width
        elif name == "text:s":
            self._spaces += int(attributes.get("text:c", "1"))
            if self._spaces > TEXTS:
                raise known_error("file_too_large")

    def _note_columns(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("table:number-columns-repeated", "1"))
        if attributes.get("table:visibility", "visible") != "visible" and self._odd:
            self._odd[-1].hidden_columns.update(range(self._place, self._place + min(number, _MOST_HIDDEN)))
        self._place += number

    def _say(self, said: str) -> None:
        if self._is_day and len(self._said) < _OVERLAP:
            self._said += said

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == "table:table-cell" and self._is_day and self._odd:
            parts = number_formats.shown_in(self._said)
            if parts:
                self._odd[-1].note((self._row, self._width - 1), shown=parts)
            self._is_day = False
        if name != "table:table-row":
            return
        self._row += self._repeat
        if self._filled:
            if self._repeat > _MOST_ALIKE:
                raise known_error("sheet_too_large")
            self._columns = max(self._columns, self._filled)
            judge_extent(self._row, self._columns)
