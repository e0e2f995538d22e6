"""Lines of a sheet that are no people: footers, headers again, titles, and headings that name a building."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gridclient.core.domain import addresses, numerals
from gridclient.exchange.cells import Row, is_blank, text
from gridclient.exchange.targets import AMBIGUOUS, synonyms

_FOOTER = re.compile(
    r"(?:本页)?(?:合计|总计|小计|共计)|共\s*\d+\s*[户人页]|填表|制表|审核|填报|单位负责人|负责人|统计人|联系人[:：]|"
    r"(?:说明|注|备注|单位|盖章|日期|时间)(?:\(盖章\)|（盖章）)?\s*[:：]|第\s*\d+\s*页"
)
_NUMBER = rf"[甲乙丙丁]?\d+(?:-\d+)?|[A-Za-z]\d?|{numerals.PATTERN}"
_HEADING = re.compile(
    rf"(?P<before>[^\d()（）]*?)第?(?P<building>{_NUMBER})(?:号楼|#楼|栋|幢|座|#)"
    rf"(?:第?(?P<unit>{_NUMBER})(?:单元|门))?(?:住户|居民|名单|登记表|明细|情况)*(?:[(（].{{0,20}}[)）])?[:：]?"
)
_UNIT_HEADING = re.compile(rf"第?(?P<unit>{_NUMBER})单元(?:住户|居民|名单)*(?:[(（].{{0,20}}[)）])?[:：]?")
_HOW_TO = re.compile(r"必填|选填|填写|格式|示例|例如|下拉|[Yy]{4}[-./年]?[Mm]{2}")
_LONGEST_HEADING = 30
_ENOUGH = 3
_LARGEST_FAMILY = 12
ORDINALS = frozenset({"序号", "序", "编号", "no", "no."})


class Heading(NamedTuple):
    """A line that says where the people below it live; "" for what it does not say."""

    building: str
    unit: str


def is_footer(row: Row) -> bool:
    first = next((cell for cell in row if cell != ""), "")
    return isinstance(first, str) and _FOOTER.match(first.lstrip()) is not None


def is_note(row: Row) -> bool:
    """Whether a row says how to fill in the ones below it."""
    return any(isinstance(cell, str) and _HOW_TO.search(cell) is not None for cell in row)


def is_header_again(row: Row) -> bool:
    """Whether most of a row are words of headers: a page of its own begins here."""
    known, words, said = 0, synonyms(), 0
    for cell in row:
        if cell == "":
            continue
        said += 1
        known += isinstance(cell, str) and (cell in words or cell in AMBIGUOUS)
        if said - known > _ENOUGH:
            return False
    return known >= _ENOUGH or known == said == 2


def alone(row: Row) -> str:
    """The words of a row in which only one cell has any, or all that have any have the same; else ""."""
    found = ""
    for cell in row:
        if cell == "":
            continue
        said = text(cell)
        if found and said and said != found:
            return ""
        found = found or said
    return found


def heading(row: Row) -> Heading | None:
    """The building and unit a line of its own names."""
    said = alone(row)
    if not said or len(said) > _LONGEST_HEADING:
        return None
    plain = "".join(said.split())
    match = _HEADING.fullmatch(plain)
    if match is not None:
        return Heading(addresses.building_number(match["building"]), addresses.unit(match["unit"] or ""))
    match = _UNIT_HEADING.fullmatch(plain)
    return Heading("", addresses.unit(match["unit"])) if match is not None else None


def has_headings(rows: Sequence[Row]) -> bool:
    """Whether lines of these name buildings, the first one before any people."""
    for row in rows:
        if any(not is_blank(cell) for cell in row):
            found = heading(row)
            return found is not None and bool(found.building)
    return False


class Families:
    """Families that running numbers part: where nothing else does, each begins with a 1 again.

    `number` is the family's, from 1; "" where the numbers run through the sheet, or over whole pages.
    """

    def __init__(self, rows: Sequence[Row], columns: Sequence[int]) -> None:
        self._column = next((column for column in columns if _restarts(rows, column)), -1)
        self._count = 0

    @property
    def number(self) -> str:
        return str(self._count) if self._count else ""

    def begins(self, row: Row) -> bool:
        """Whether a family begins at this row, the next one of the sheet."""
        begins = 0 <= self._column < len(row) and text(row[self._column]) == "1"
        self._count += begins
        return begins


def _restarts(rows: Sequence[Row], column: int) -> bool:
    """Whether a column counts the people of families: 1, 2, 3, 1, 2 …"""
    said = [text(row[column]) for row in rows if column < len(row) and not is_blank(row[column])]
    counts = [int(one) for one in said if one.isdigit()]
    following = all(now in (1, before + 1) for before, now in pairwise(counts))
    return following and counts.count(1) > 1 and 1 < max(counts) <= _LARGEST_FAMILY
