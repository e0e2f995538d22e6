"""Files as offices hand them over, made cell by cell, each with what a person reads in it."""

import io
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import xlsxwriter

from tests.exchange.tables import Rows, id_number

WEI, LI = id_number("19560304"), id_number("19580712", 2)
HEAD = ("小区", "楼栋", "单元", "房号", "姓名", "与户主关系", "身份证号", "联系电话", "备注")
DOOR = ("送变电小区", "12号楼", "3", "502")
Homes = Mapping[str, Sequence[Sequence[str]]]


class OfficeFile(NamedTuple):
    """A file and what is in it.

    Attributes:
        homes: behind every door (`12-3-502`; `12--502` without a unit) the households with their people.
        people: of some people, fields as stored; None for one that must not be there.
        faults: rows not imported, with a part of the reason.
        doubts: (row, header) of cells left blank.
        notices, ignored: parts of what is said about oddities and about what was left alone.
        asked: a part of the question a person has to answer first; then nothing else is expected.
    """

    name: str
    data: Callable[[], bytes]
    homes: Homes = MappingProxyType({})
    people: Mapping[str, Mapping[str, object]] = MappingProxyType({})
    faults: Sequence[tuple[int, str]] = ()
    doubts: Sequence[tuple[int, str]] = ()
    notices: Sequence[str] = ()
    ignored: Sequence[str] = ()
    asked: str = ""


def csv(rows: Rows, separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(separator.join(map(str, row)) for row in rows).encode(encoding)


def made(
    draw: Callable[[xlsxwriter.Workbook, Any], None], options: Mapping[str, object] = MappingProxyType({})
) -> bytes:
    """A workbook drawn by hand."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, dict(options))
    draw(book, book.add_worksheet("居民"))
    book.close()
    return file.getvalue()


def write_rows(page: Any, rows: Rows) -> None:
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            page.write(index, column, value)


WHOLE = (*DOOR, "魏彩虹", "户主")
HOME: Homes = {"12-3-502": [["魏彩虹"]]}
PAIR: Homes = {"12-3-502": [["魏彩虹", "李萍"]]}
SHORT = ("小区", "房号", "姓名", "关系")
