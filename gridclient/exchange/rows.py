"""The rows of one sheet, told apart: who, which door, what about the household."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gridclient.core.domain import addresses, identity
from gridclient.core.domain.codes import HOUSEHOLD_CLASS
from gridclient.core.domain.codes import RELATION as RELATIONS
from gridclient.exchange import lines, words
from gridclient.exchange.cell_values import CellReader, Placed, Remark, relation_word
from gridclient.exchange.cells import DITTO, Cell, Row, is_blank, text
from gridclient.exchange.doors import Door, DoorReader, ReadDoor, Unplaced
from gridclient.exchange.findings import Doubt, Findings, RowFault
from gridclient.exchange.headers import column_index
from gridclient.exchange.mapping import ColumnMapping, SheetMapping, taken
from gridclient.exchange.people import HEADS, Person, PersonReader, Unnamed
from gridclient.exchange.side_by_side import blocks
from gridclient.exchange.targets import (
    ADDRESS,
    BUILDING,
    COMPOUND,
    DOOR,
    FLOOR,
    HEAD_NAME,
    HOUSEHOLD_NUMBER,
    ID_NUMBER,
    NAME,
    RELATION,
    ROOM,
    SEX,
    SHARED,
    UNIT,
    normal_header,
    synonyms,
    targets,
)
from gridclient.exchange.workbook import Sheet

_UNIT_AND_ROOM = re.compile(r"\s*(\d{1,2})\s*[-–—－]\s*\d{3,4}\s*(?:室|$)")
_INSTRUCTION = re.compile(
    r"填写|示例|样例|必填|选填|格式|例如|[例如][:：]|请填|身份证|户口[本簿]|汉字|文本|一致"
)
_VACANT = frozenset({"", "空置", "空房", "空户", "无人", "无人居住", "未入住", "空", "无", "/", "-", "—"})
_PERSONAL = "resident."
_HEAD_WORD = "户主"

Cells = dict[str, list[Placed]]


@dataclass(slots=True)
class ReadRow:
    """One row: its door, who is in it, and what it says of dwelling and household (values by field).

    `head_name` and `number` tell households behind one door apart. No people: a door where nobody lives.
    """

    sheet: str
    row: int
    door: Door
    people: list[Person]
    dwelling: dict[str, object] = field(default_factory=dict)
    household: dict[str, object] = field(default_factory=dict)
    head_name: str = ""
    number: str = ""


class SheetReader:
    """Reads the rows of a sheet in order; what is odd goes to `findings`."""

    def __init__(self, sheet: Sheet, mapping: SheetMapping, findings: Findings) -> None:
        self._sheet = sheet
        self._first = mapping.header
        self._findings = findings
        self._columns = _by_block([column for column in mapping.columns if taken(column)])
        self._titles = {lines.alone(row) for row in sheet.rows[: self._first]} - {""}
        self._only_heads = not any(key == NAME for _, key, _ in self._columns[0])
        self._compound = self._only_compound()
        self._values = CellReader(bare_days=not sheet.counts_from_1904)
        spoilt = identity.are_spoilt(self._column_values(ID_NUMBER))
        self._people = PersonReader(self._values, self._sexes_are_codes(), spoilt)
        self._said = (mapping.compound, mapping.building)
        self._unit_first = self._buildings_of_units(mapping.building)
        self._doors = DoorReader(*self._said, unit_first=self._unit_first)
        self._families = lines.Families(sheet.rows[self._first :], _ordinals(mapping))
        self._last: dict[str, Placed] = {}
        self._header_words = synonyms()

    def rows(self) -> Iterator[ReadRow]:
        """Every row that can be imported."""
        filled = self._unmerged()
        hidden = 0
        for index in range(self._first, len(self._sheet.rows)):
            row = self._sheet.rows[index]
            if not any(row) or lines.is_footer(row) or lines.is_header_again(row):
                continue
            read = self._read(index + 1, row, filled.get(index))
            if read is not None:
                hidden += index in self._sheet.hidden_rows
                yield read
        self._say_hidden(hidden)

    def _say_hidden(self, rows: int) -> None:
        """What a person at the table does not see was imported too."""
        columns = {index for block in self._columns for index, _, _ in block} & self._sheet.hidden_columns
        for number, reason in ((rows, words.HIDDEN_ROWS), (len(columns), words.HIDDEN_COLUMNS)):
            if number:
                said = Doubt(self._sheet.name, self._first, "", "", reason.format(number=number))
                self._findings.notices.append(said)

    def _is_no_row(self, number: int, row: Row, cells: Cells) -> bool:
        """Whether a row names neither a person nor a door of its own: a title, a note, a heading."""
        if lines.alone(row) in self._titles:
            return True
        if number == self._first + 1 and NAME not in cells and lines.is_note(row):
            self._fault(number, words.NOTE_ROW)
            return True
        if NAME in cells:
            written = cells[NAME][0].written
            if written in self._header_words:
                if written != cells[NAME][0].header:
                    self._fault(number, words.FORM_ROW)
                return True
            if _INSTRUCTION.search(written):
                self._fault(number, words.NOTE_ROW)
                return True
        if NAME in cells and len(cells) > 1:
            return False
        said = lines.heading(row)
        if said is not None:
            self._begin_section(said)
            return True
        if ROOM in cells or ADDRESS in cells or any(key.startswith(_PERSONAL) for key in cells):
            return False
        self._fault(number, words.NO_DOOR_NO_NAME)
        return True

    def _begin_section(self, said: lines.Heading) -> None:
        compound, building = self._said
        self._said = (compound, said.building or building)
        self._doors = DoorReader(*self._said, said.unit, self._unit_first)
        self._last = {key: placed for key, placed in self._last.items() if key == COMPOUND}

    def _read(self, number: int, row: Row, filled: dict[int, Cell] | None) -> ReadRow | None:
        cells = self._cells(row, filled, 0)
        if not (cells or lines.alone(row)) or self._is_no_row(number, row, cells):
            return None
        begins = self._families.begins(row)
        self._fill_down(cells, begins)
        odd = len(self._findings.doubts) + len(self._findings.faults)
        try:
            where = self._doors.read(cells)
            read = ReadRow(self._sheet.name, number, where.door, [])
            self._read_shared(read, cells, where)
            self._read_people(read, row, filled, cells)
        except (Unplaced, Unnamed) as fault:
            self._fault(number, str(fault))
            return None
        finally:
            if len(self._findings.doubts) + len(self._findings.faults) > odd:
                shared = {key: cells[key][0].written for key in SHARED if key in cells}
                self._findings.shared[(self._sheet.name, number)] = shared
        return read

    def _cells(self, row: Row, filled: dict[int, Cell] | None, block: int) -> Cells:
        """The cells by meaning that are not blank."""
        cells: Cells = {}
        width = len(row)
        for index, key, header in self._columns[block]:
            cell = row[index] if index < width else ""
            if filled is not None and index in filled and is_blank(cell):
                cell = filled[index]
            if cell == "":
                continue
            written = text(cell)
            if written:
                cells.setdefault(key, []).append(Placed(header, cell, written))
        if self._only_heads and block == 0 and HEAD_NAME in cells:
            cells[NAME] = cells[HEAD_NAME]
            cells.setdefault(RELATION, [Placed(cells[NAME][0].header, _HEAD_WORD, _HEAD_WORD)])
        return cells

    def _fill_down(self, cells: Cells, begins: bool) -> None:
        """What stands once for a household, in the rows below it: merged away, left blank, or 同上."""
        last = self._last
        for key in SHARED:
            if key in cells and cells[key][0].written in DITTO:
                del cells[key]
                if key in last:
                    cells[key] = [last[key]]
        if not (begins or _starts_household(cells)):
            same_door = not (FLOOR in cells or ROOM in cells or ADDRESS in cells)
            for key, placed in last.items():
                if key not in cells and (same_door or key in (COMPOUND, BUILDING)):
                    cells[key] = [placed]
        if self._compound is not None and COMPOUND not in cells:
            cells[COMPOUND] = [self._compound]
        self._last = {key: cells[key][0] for key in SHARED if key in cells}

    def _read_shared(self, read: ReadRow, cells: Cells, where: ReadDoor) -> None:
        doubts = list(where.doubts)
        for key, placed in cells.items():
            if key in DOOR or key.startswith(_PERSONAL):
                continue
            kind, _, name = key.partition(".")
            if name:
                value = self._values.read(key, placed[0], doubts)
                if value is not None:
                    (read.dwelling if kind == "dwelling" else read.household)[name] = value
        if where.note:
            sort = HOUSEHOLD_CLASS.code(where.note.removesuffix("户"))
            read.household.setdefault("sort" if sort else "remark", sort or where.note)
        if HEAD_NAME in cells:
            read.head_name = "".join(cells[HEAD_NAME][0].written.split())
        read.number = (
            cells[HOUSEHOLD_NUMBER][0].written if HOUSEHOLD_NUMBER in cells else self._families.number
        )
        self._report(read.row, doubts, [])

    def _read_people(self, read: ReadRow, row: Row, filled: dict[int, Cell] | None, cells: Cells) -> None:
        for block in range(len(self._columns)):
            own = cells if block == 0 else self._cells(row, filled, block)
            personal = {key: placed for key, placed in own.items() if key.startswith(_PERSONAL)}
            name = personal[NAME][0].written if NAME in personal else ""
            if name in _VACANT and (block or not personal.keys() - {NAME, "resident.remark"}):
                if "空" in name:
                    read.dwelling.setdefault("use", "vacant")
                continue
            if name in _VACANT:
                raise Unnamed(words.NO_NAME)
            person = self._people.read(read.row, block, personal)
            if read.head_name == person.name and "relation_to_head" not in person.values:
                person.values["relation_to_head"] = "02"
            self._report(read.row, person.doubts, person.notices)
            read.people.append(person)

    def _report(self, row: int, doubts: list[Remark], notices: list[Remark]) -> None:
        if not (doubts or notices):
            return
        name = self._sheet.name
        self._findings.doubts.extend(Doubt(name, row, *remark) for remark in doubts)
        self._findings.notices.extend(Doubt(name, row, *remark) for remark in notices)

    def _fault(self, row: int, reason: str) -> None:
        self._findings.faults.append(RowFault(self._sheet.name, row, reason))

    def _unmerged(self) -> dict[int, dict[int, Cell]]:
        """The value of cells merged downwards, for every row they cover; only where rows share it."""
        shared = {index for block in self._columns for index, key, _ in block if key in SHARED}
        filled: dict[int, dict[int, Cell]] = {}
        for top, bottom, column in self._sheet.merged:
            if column in shared and top < len(self._sheet.rows):
                row = self._sheet.rows[top]
                value = row[column] if column < len(row) else ""
                for index in range(top + 1, min(bottom + 1, len(self._sheet.rows))):
                    filled.setdefault(index, {})[column] = value
        return filled

    def _column_values(self, key: str) -> set[str]:
        indices = [index for index, known, _ in self._columns[0] if known == key]
        rows = self._sheet.rows[self._first :]
        found = {row[index] for index in indices for row in rows if index < len(row)}
        return {text(cell) for cell in found} - {"", *DITTO}

    def _buildings_of_units(self, building: str) -> frozenset[str]:
        """Buildings of which one room has another number before it (2-101 in building 3): that is a unit."""
        columns = {key: index for index, key, _ in self._columns[0] if key in (BUILDING, UNIT, ROOM, ADDRESS)}
        found: set[str] = set()
        if UNIT in columns:
            return frozenset()
        for row in self._sheet.rows[self._first :]:
            at = columns.get(BUILDING, -1)
            if 0 <= at < len(row) and not is_blank(row[at]):
                building = addresses.building_number(text(row[at]))
            for key in (ROOM, ADDRESS):
                at = columns.get(key, -1)
                cell = row[at] if 0 <= at < len(row) else ""
                match = _UNIT_AND_ROOM.match(cell) if isinstance(cell, str) else None
                if match is not None and match[1] != building:
                    found.add(building)
        return frozenset(found)

    def _only_compound(self) -> Placed | None:
        """The compound of a column that never names another: it stands for the blanks as well."""
        values = self._column_values(COMPOUND)
        if len(values) != 1:
            return None
        (value,) = values
        return Placed(targets()[COMPOUND].label, value, value)

    def _sexes_are_codes(self) -> bool:
        """Some programs write 0 for male and 1 for female: where 0 occurs and 2 does not, nobody can tell."""
        values = self._column_values(SEX)
        return "0" not in values or "2" in values


def _starts_household(cells: Cells) -> bool:
    if RELATION in cells:
        written = cells[RELATION][0].written
        return RELATIONS.code(relation_word(written)) in HEADS
    named = cells.get(HEAD_NAME)
    return bool(named and NAME in cells and named[0].written == cells[NAME][0].written)


def _ordinals(mapping: SheetMapping) -> list[int]:
    """The columns of running numbers, where nothing else parts the families."""
    if mapping.has(RELATION, HEAD_NAME, HOUSEHOLD_NUMBER):
        return []
    columns = [one for one in mapping.columns if normal_header(one.header) in lines.ORDINALS]
    return [column_index(one.column) for one in columns]


def _by_block(columns: list[ColumnMapping]) -> list[list[tuple[int, str, str]]]:
    """(index, meaning, header) of every column, by the person of the row it speaks of."""
    placed = sorted(columns, key=lambda one: column_index(one.column))
    said = [(one.field or "", one.header) for one in placed]
    where = blocks(said)
    found: list[list[tuple[int, str, str]]] = [[] for _ in range(max(where, default=0) + 1)]
    for block, one, (key, header) in zip(where, placed, said, strict=True):
        found[block].append((column_index(one.column), key, header))
    return found
