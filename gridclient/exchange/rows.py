"""The rows of one sheet, told apart: who, which door, what about the household."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gridclient.exchange import words
from gridclient.exchange.cells import DITTO, Cell, is_blank, text
from gridclient.exchange.doors import Door, ReadDoor, Unplaced, read_door
from gridclient.exchange.findings import Doubt, Findings, RowFault
from gridclient.exchange.headers import column_index, names_of
from gridclient.exchange.mapping import ColumnMapping, SheetMapping, taken
from gridclient.exchange.people import (
    HEADS,
    Person,
    Placed,
    Remark,
    Unnamed,
    household_sort,
    read_cell,
    read_person,
)
from gridclient.exchange.targets import (
    BUILDING,
    COMPOUND,
    DOOR,
    HEAD_NAME,
    HOUSEHOLD_NUMBER,
    NAME,
    RELATION,
    ROOM,
    SEX,
    SHARED,
    targets,
)
from gridclient.exchange.workbook import Sheet

_FOOTER = re.compile(
    r"(?:合计|总计|小计|共计|填表|制表|审核|填报|负责人|单位负责人|统计人|说明[:：]|注[:：])"
)
_INSTRUCTION = re.compile(r"填写|示例|样例|必填|格式|例如|例：|请填")
_VACANT = frozenset({"", "空置", "空房", "空户", "无人", "无人居住", "未入住", "空", "无", "/", "-", "—"})
_PERSONAL = "resident."


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
        self._mapping = mapping
        self._findings = findings
        self._names = names_of(sheet, mapping)
        self._columns = _by_block([column for column in mapping.columns if taken(column)])
        self._compound = self._only_compound()
        self._sex_codes = self._sexes_are_codes()
        self._last: dict[str, Cell] = {}

    def rows(self) -> Iterator[ReadRow]:
        """Every row that can be imported."""
        filled = self._unmerged()
        for index in range(self._mapping.header, len(self._sheet.rows)):
            row = self._sheet.rows[index]
            if all(map(is_blank, row)) or self._is_header_again(row) or self._is_footer(row):
                continue
            read = self._read(index + 1, row, filled.get(index, {}))
            if read is not None:
                yield read

    def _read(self, number: int, row: list[Cell], filled: dict[int, Cell]) -> ReadRow | None:
        cells = self._cells(row, filled, 0)
        if not cells:
            return None
        names = [text(placed.cell) for placed in cells.get(NAME, ())]
        if any(_INSTRUCTION.search(name) for name in names):
            self._fault(number, words.NOTE_ROW)
            return None
        self._fill_down(cells)
        odd = len(self._findings.doubts) + len(self._findings.faults)
        try:
            where = read_door(cells, self._mapping.compound, self._mapping.building)
            read = ReadRow(self._sheet.name, number, where.door, [])
            self._read_shared(read, cells, where)
            self._read_people(read, row, filled, cells)
        except (Unplaced, Unnamed) as fault:
            self._fault(number, str(fault))
            return None
        finally:
            if len(self._findings.doubts) + len(self._findings.faults) > odd:
                shared = {key: text(cells[key][0].cell) for key in SHARED if key in cells}
                self._findings.shared[(self._sheet.name, number)] = shared
        return read

    def _cells(self, row: list[Cell], filled: dict[int, Cell], block: int) -> dict[str, list[Placed]]:
        """The cells by meaning that are not blank."""
        cells: dict[str, list[Placed]] = {}
        for index, key, header in self._columns[block]:
            cell = row[index] if index < len(row) else ""
            if index in filled and is_blank(cell):
                cell = filled[index]
            if not is_blank(cell):
                cells.setdefault(key, []).append(Placed(header, cell))
        if NAME not in cells and HEAD_NAME in cells and block == 0 and not self._has(NAME):
            cells[NAME] = cells[HEAD_NAME]
            cells.setdefault(RELATION, [Placed(cells[NAME][0].header, "户主")])
        return cells

    def _has(self, key: str) -> bool:
        return any(key == known for block in self._columns for _, known, _ in block)

    def _fill_down(self, cells: dict[str, list[Placed]]) -> None:
        """What stands once for a household, in the rows below it: merged away, left blank, or 同上."""
        for key, placed in list(cells.items()):
            if key in SHARED and text(placed[0].cell) in DITTO:
                del cells[key]
                if key in self._last:
                    cells[key] = [Placed(placed[0].header, self._last[key])]
        if not self._starts_household(cells):
            same_door = not any(key in cells for key in (*DOOR[3:], ROOM))
            for key in SHARED:
                if key not in cells and key in self._last and (same_door or key in (COMPOUND, BUILDING)):
                    cells[key] = [Placed(targets()[key].label, self._last[key])]
        if self._compound is not None:
            cells.setdefault(COMPOUND, [Placed(targets()[COMPOUND].label, self._compound)])
        self._last = {key: cells[key][0].cell for key in SHARED if key in cells}

    @staticmethod
    def _starts_household(cells: dict[str, list[Placed]]) -> bool:
        relation = targets()[RELATION].field
        assert relation is not None
        assert relation.codes is not None
        if RELATION in cells:
            written = text(cells[RELATION][0].cell)
            return relation.codes.code(written.zfill(2) if written.isdigit() else written) in HEADS
        named = cells.get(HEAD_NAME)
        return bool(named and NAME in cells and text(named[0].cell) == text(cells[NAME][0].cell))

    def _read_shared(self, read: ReadRow, cells: dict[str, list[Placed]], where: ReadDoor) -> None:
        doubts = list(where.doubts)
        for key, placed in cells.items():
            kind, _, name = key.partition(".")
            if kind not in ("dwelling", "household") or key in DOOR:
                continue
            value = read_cell(targets()[key].field, placed[0], doubts)
            if value is not None:
                (read.dwelling if kind == "dwelling" else read.household)[name] = value
        if where.note:
            sort = household_sort(where.note)
            read.household.setdefault("sort" if sort else "remark", sort or where.note)
        read.head_name = "".join(text(cells[HEAD_NAME][0].cell).split()) if HEAD_NAME in cells else ""
        read.number = text(cells[HOUSEHOLD_NUMBER][0].cell) if HOUSEHOLD_NUMBER in cells else ""
        self._report(read.row, doubts, [])

    def _read_people(
        self, read: ReadRow, row: list[Cell], filled: dict[int, Cell], cells: dict[str, list[Placed]]
    ) -> None:
        for block in range(len(self._columns)):
            own = cells if block == 0 else self._cells(row, filled, block)
            personal = {key: placed for key, placed in own.items() if key.startswith(_PERSONAL)}
            name = text(personal[NAME][0].cell) if NAME in personal else ""
            if name in _VACANT and (block or not personal.keys() - {NAME, "resident.remark"}):
                if "空" in name:
                    read.dwelling.setdefault("use", "vacant")
                continue
            if name in _VACANT:
                raise Unnamed(words.NO_NAME)
            person = read_person(read.row, block, personal, self._sex_codes)
            if read.head_name == person.name and "relation_to_head" not in person.values:
                person.values["relation_to_head"] = "02"
            self._report(read.row, person.doubts, person.notices)
            read.people.append(person)

    def _report(self, row: int, doubts: list[Remark], notices: list[Remark]) -> None:
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

    def _is_header_again(self, row: list[Cell]) -> bool:
        """Whether a page of the printed table began here."""
        same = sum(1 for cell, name in zip(row, self._names, strict=False) if name and text(cell) == name)
        return same > 2

    @staticmethod
    def _is_footer(row: list[Cell]) -> bool:
        first = next(text(cell) for cell in row if not is_blank(cell))
        return _FOOTER.match(first) is not None

    def _column_values(self, key: str) -> set[str]:
        indices = [index for index, known, _ in self._columns[0] if known == key]
        rows = self._sheet.rows[self._mapping.header :]
        return {text(row[index]) for index in indices for row in rows if index < len(row)} - {"", *DITTO}

    def _only_compound(self) -> str | None:
        """The compound of a column that never names another: it stands for the blanks as well."""
        values = self._column_values(COMPOUND)
        return values.pop() if len(values) == 1 else None

    def _sexes_are_codes(self) -> bool:
        """Some programs write 0 for male and 1 for female: where 0 occurs and 2 does not, nobody can tell."""
        values = self._column_values(SEX)
        return "0" not in values or "2" in values


def _by_block(columns: list[ColumnMapping]) -> list[list[tuple[int, str, str]]]:
    """(index, meaning, header) of every column; people side by side in one row are blocks after the first."""
    blocks: list[list[tuple[int, str, str]]] = [[]]
    names = 0
    for column in sorted(columns, key=lambda one: column_index(one.column)):
        assert column.field is not None
        names += column.field == NAME
        while names > len(blocks):
            blocks.append([])
        personal = column.field.startswith(_PERSONAL) and names > 1
        blocks[-1 if personal else 0].append((column_index(column.column), column.field, column.header))
    return blocks
