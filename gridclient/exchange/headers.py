"""Finding the header of a sheet and what its columns mean."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from gridclient.core.domain import addresses
from gridclient.core.domain.values import Invalid
from gridclient.exchange import lines, words
from gridclient.exchange.cells import Cell, Row, is_blank, letters, text
from gridclient.exchange.mapping import ColumnMapping, SheetMapping
from gridclient.exchange.side_by_side import PERSONAL, meaning, muddled
from gridclient.exchange.targets import (
    ADDRESS,
    AMBIGUOUS,
    BUILDING,
    COMPOUND,
    HEAD_NAME,
    IGNORE,
    NAME,
    ROOM,
    SEVERAL,
    choice,
    normal_header,
    targets,
)
from gridclient.exchange.words import known_error
from gridclient.exchange.workbook import Sheet

_LOOKED_AT = 15
_ENOUGH = 3
_SAMPLES = 5
# The head of a group of columns that are about the head of the household alone.
_HEADS = re.compile(r"户主(?:基本)?(?:信息|情况|资料)?")
_DATA = re.compile(r"^\s*[男女]\s*$|\d{7}")
_IN_SHEET_NAME = re.compile(
    r"(?:^|[^\d])((?:\d+|[A-Za-z])(?:号楼|栋|幢|座|#楼|#)|[一二三四五六七八九十]+号楼)"
)
_IN_TITLES = re.compile(r"(?<![\d、,，~至到\-])(\d+(?:号楼|栋|幢))(?![\d、,，~至到\-])")
_IN_TITLE = re.compile(
    r"([^\s\d年月日号]{2,12}?(?:小区|家属院|花园|家园|佳苑|华庭|公寓|宿舍|新村|[^社城市小]苑))"
)


class _Header(NamedTuple):
    """`last`: index of its last row; `rows`: how many it has; `names`: what it calls every column."""

    last: int
    rows: int
    names: list[str]
    hits: int


def detect(sheet: Sheet) -> SheetMapping | None:
    """What the columns of a sheet mean, open questions included; None where it has no header."""
    header = _find(sheet)
    return _mapping(sheet, header) if header is not None else None


def guess(sheet: Sheet) -> SheetMapping:
    """A mapping for a person to fill in, of a sheet in which no header was found."""
    for index, row in enumerate(sheet.rows[:_LOOKED_AT]):
        if sum(not is_blank(cell) for cell in row) > 1:
            return _mapping(sheet, _Header(index, 1, [text(cell) for cell in row], 0))
    return _mapping(sheet, _Header(-1, 1, [], 0))


def place(sheet: Sheet, mapping: SheetMapping) -> None:
    """Say anew what nobody says of compound and building, after a person has explained columns."""
    said = mapping.compound, mapping.building
    mapping.lacks = []
    _place(sheet, _header_of(sheet, mapping), mapping)
    mapping.compound, mapping.building = said[0] or mapping.compound, said[1] or mapping.building


def samples(sheet: Sheet, mapping: SheetMapping, column: str) -> list[str]:
    """The first different values below a header."""
    return _samples(sheet, _header_of(sheet, mapping), column_index(column))


def _header_of(sheet: Sheet, mapping: SheetMapping) -> _Header:
    return _Header(mapping.header - 1, mapping.header_rows, names_of(sheet, mapping), 0)


def judge_fit(sheet: Sheet, mapping: SheetMapping) -> None:
    """Raises KnownError where a person's mapping speaks of other headers than this sheet has."""
    names = names_of(sheet, mapping)
    for column in mapping.columns:
        index = column_index(column.column)
        if not 0 <= index < len(names) or normal_header(names[index]) != normal_header(column.header):
            raise known_error("mapping_other_file", f"{sheet.name} {column.column}")


def names_of(sheet: Sheet, mapping: SheetMapping) -> list[str]:
    """The header of every column."""
    last = mapping.header - 1
    if not 0 <= last < len(sheet.rows):
        return []
    if mapping.header_rows == 2 and last > 0:
        return _joined(sheet.rows[last - 1], sheet.rows[last])
    return [text(cell) for cell in sheet.rows[last]]


def column_index(name: str) -> int:
    """The index of a column by its letters; -1 for no such name."""
    index = 0
    for letter in name.upper():
        if not "A" <= letter <= "Z":
            return -1
        index = index * 26 + ord(letter) - 64
    return index - 1


def _find(sheet: Sheet) -> _Header | None:
    best: _Header | None = None
    for index, row in enumerate(sheet.rows[:_LOOKED_AT]):
        for header in _candidates(sheet, index, row):
            if best is None or header.hits > best.hits:
                best = header
    if best is None:
        return None
    named = any(meaning(name) in (NAME, HEAD_NAME) for name in best.names)
    return best if best.hits >= _ENOUGH or (named and best.hits > 1) else None


def _candidates(sheet: Sheet, index: int, row: Row) -> list[_Header]:
    if any(map(_is_data, row)):
        return []
    names = [text(cell) for cell in row]
    found = [_Header(index, 1, names, _hits(names))]
    if index + 1 < len(sheet.rows) and not lines.alone(row) and _is_lower_half(sheet.rows[index + 1]):
        joined = _joined(row, sheet.rows[index + 1])
        found.append(_Header(index + 1, 2, joined, _hits(joined)))
    return found


def _is_data(cell: Cell) -> bool:
    """Whether a cell holds what only people have: in a filled form, headers and values stand side by side."""
    return cell != "" and (not isinstance(cell, str) or _DATA.search(cell) is not None)


def _hits(names: list[str]) -> int:
    return sum(_known(name) for name in names)


def _known(name: str) -> bool:
    return normal_header(name) in AMBIGUOUS or meaning(name) is not None


def _is_lower_half(row: Row) -> bool:
    names = [text(cell) for cell in row if not is_blank(cell)]
    looks_like_words = all(len(name) <= 20 and not re.search(r"\d{3}", name) for name in names)
    return (
        bool(names) and looks_like_words and all(isinstance(cell, str) for cell in row) and _hits(names) > 0
    )


def _joined(upper: Row, lower: Row) -> list[str]:
    """One name per column of a header of two rows: the upper cell spreads to the right over blank ones.

    What stands under 户主信息 is the head's where the members have columns of their own beside it.
    """
    pairs: list[tuple[str, str]] = []
    over = ""
    for index in range(max(len(upper), len(lower))):
        above = text(upper[index]) if index < len(upper) else ""
        below = text(lower[index]) if index < len(lower) else ""
        over = above or (over if below else "")
        pairs.append((over or above, below))
    members = any(meaning(below) == NAME and not _HEADS.fullmatch(over) for over, below in pairs)
    names = []
    for over, below in pairs:
        if members and below and _HEADS.fullmatch(over):
            names.append(f"户主{below}")
        else:
            names.append(over + below if below and over and _known(over + below) else below or over)
    return names


def _mapping(sheet: Sheet, header: _Header) -> SheetMapping:
    columns = []
    taken: set[str] = set()
    meanings = [(meaning(name) or IGNORE, name) for name in header.names if name]
    several_people = [key for key, _ in meanings].count(NAME) > 1
    unclear = muddled(meanings)
    for index, name in enumerate(header.names):
        if not name:
            continue
        column = _column(sheet, header, index, name)
        repeated = column.field in taken and column.field not in (IGNORE, *SEVERAL)
        if column.field in unclear or (repeated and not (several_people and _is_personal(column.field))):
            _ask(column, (column.field or IGNORE, IGNORE), sheet, header, index)
        elif column.field:
            taken.add(column.field)
        columns.append(column)
    found = SheetMapping(sheet.name, header.last + 1, columns, header.rows)
    _place(sheet, header, found)
    found.ask = [asked for asked in found.open_questions() if words.ASK_COLUMN not in asked]
    if not found.has(NAME, HEAD_NAME) or not found.has(ROOM, ADDRESS):
        for column in columns:
            if column.field == IGNORE and not _known(column.header):
                column.samples = _samples(sheet, header, column_index(column.column))
                column.choices = [choice(key) for key in targets()]
    return found


def _column(sheet: Sheet, header: _Header, index: int, name: str) -> ColumnMapping:
    column = ColumnMapping(letters(index), name, meaning(name) or IGNORE)
    choices = AMBIGUOUS.get(normal_header(name))
    if choices is not None:
        _ask(column, choices, sheet, header, index)
    return column


def _ask(column: ColumnMapping, choices: tuple[str, ...], sheet: Sheet, header: _Header, index: int) -> None:
    column.field = None
    column.ask = words.ASK_COLUMN
    column.choices = [choice(key) for key in dict.fromkeys(choices)]
    column.samples = _samples(sheet, header, index)


def _is_personal(key: str | None) -> bool:
    return key is not None and key.startswith(PERSONAL)


def _samples(sheet: Sheet, header: _Header, index: int) -> list[str]:
    found: dict[str, None] = {}
    for row in sheet.rows[header.last + 1 :]:
        if index < len(row) and not is_blank(row[index]):
            found[text(row[index])] = None
        if len(found) == _SAMPLES:
            break
    return list(found)


def _place(sheet: Sheet, header: _Header, found: SheetMapping) -> None:
    """What the sheet's name, title and addresses say of compound and building, and what nobody says."""
    above = sheet.rows[: max(header.last + 1 - header.rows, 0)]
    found.building = "" if found.has(BUILDING) else _building_of(sheet.name, above)
    index = next((column_index(one.column) for one in found.columns if one.field in (ADDRESS, ROOM)), None)
    read = _read_samples(sheet, header, index, found.building) if index is not None else []
    numbered = any(one.number for one in read)
    if numbered and not found.building and not found.has(BUILDING, ADDRESS):
        # 房号 holding 12-3-502 is an address.
        for column in found.columns:
            column.field = ADDRESS if column.field == ROOM else column.field
    headed = lines.has_headings(sheet.rows[header.last + 1 :])
    if not (found.building or found.has(BUILDING) or headed or (numbered and found.has(ADDRESS))):
        found.lacks.append(BUILDING)
    if not (found.has(COMPOUND) or (found.has(ADDRESS) and any(one.compound for one in read))):
        found.lacks.append(COMPOUND)
        found.compound = _titled(above)


def _building_of(name: str, above: Sequence[Row]) -> str:
    """The building a sheet's name tells, or the only one the lines above its header do."""
    match = _IN_SHEET_NAME.search(name)
    if match is not None:
        return addresses.building_number(match[1])
    said = {found for row in above for cell in row for found in _IN_TITLES.findall(text(cell))}
    return addresses.building_number(said.pop()) if len(said) == 1 else ""


def _titled(above: Sequence[Row]) -> str:
    """The compound the title above the header names."""
    for row in above:
        for cell in row:
            match = _IN_TITLE.search(addresses.without_divisions(text(cell)))
            if match is not None:
                return match[1]
    return ""


def _read_samples(sheet: Sheet, header: _Header, index: int, building: str) -> list[addresses.Address]:
    found = []
    for row in sheet.rows[header.last + 1 : header.last + 101]:
        if index < len(row) and not is_blank(row[index]):
            try:
                found.append(addresses.read(text(row[index]), building))
            except Invalid:
                continue
    return found
