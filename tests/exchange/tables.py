"""Small workbooks for the tests, made of plain rows."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter

from gridclient.core.domain.identity import check_digit
from gridclient.exchange.import_plan import ImportPlan, plan
from gridclient.exchange.known import EmptyLedger, Known
from gridclient.exchange.mapping import Mapping
from gridclient.exchange.register import Register, read_register
from gridclient.exchange.workbook import read_workbook

Rows = Sequence[Sequence[object]]
HEADER = (
    "小区",
    "楼栋",
    "单元",
    "房号",
    "姓名",
    "与户主关系",
    "性别",
    "出生日期",
    "身份证号",
    "联系电话",
    "备注",
)


def id_number(birth: str = "19560304", order: int = 1) -> str:
    """A valid number in a county code nobody has."""
    first = f"639900{birth}{order:03}"
    return first + check_digit(first)


def xlsx(rows: Rows, sheet: str = "居民", merged: Sequence[str] = (), **more: Rows) -> bytes:
    """A workbook of one sheet (and `more`). Numbers are stored as numbers; `merged` are ranges like A2:A4."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})  # the same rows are the same file
    for name, content in {sheet: rows, **more}.items():
        page = book.add_worksheet(name)
        for index, row in enumerate(content):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(index, column, value)
                else:
                    page.write(index, column, value)
        for range_ in merged if name == sheet else ():
            first = range_.split(":")[0]
            top, left = int(first[1:]) - 1, ord(first[0]) - 65
            page.merge_range(range_, content[top][left])
    book.close()
    return file.getvalue()


def register(rows: Rows, mapping: Mapping | None = None, **more: object) -> Register:
    return read_register(read_workbook(xlsx(rows, **more)), mapping)  # type: ignore[arg-type]


def planned(rows: Rows, known: Known | None = None, **more: object) -> ImportPlan:
    return plan(register(rows, **more), known or EmptyLedger())  # type: ignore[arg-type]


def person(door: str, name: str, relation: str = "户主", **more: object) -> list[object]:
    """A row under HEADER at `1-502` of building 12; other cells by header."""
    unit, room = door.split("-")
    cells = {
        "小区": "送变电小区",
        "楼栋": "12号楼",
        "单元": unit,
        "房号": room,
        "姓名": name,
        "与户主关系": relation,
    }
    return [{**cells, **more}.get(column, "") for column in HEADER]
