"""Tables as the office gets them: text and nothing else, set up for paper, whole or not there."""

import random
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from gridclient.core.domain.errors import KnownError
from gridclient.exchange.office_sheet import OfficeColumn, OfficeTable, Stopped, lay_out
from gridclient.exchange.placing import place

MADE = datetime(2026, 11, 24, 9, 30)
HEAD = 2  # rows of title and what it covers, before the head
PAYLOADS = (
    *("=1+1", '=cmd|"/C calc"!A0', "+1+1", "-2+3", "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1", "＝1+1", "＋1"),
    *("－1", "＠SUM(1)", "%0A=1", "'=1", '"=1', '=HYPERLINK("http://x")', "http://example.com", "mailto:a@b"),
    *("639900195603040026", "007", "0971-6123456", "1e10", "#N/A", "TRUE", "internal:Sheet1!A1", "{=1}"),
)


def table(rows: Sequence[tuple[str, ...]], **more: object) -> OfficeTable:
    columns = [OfficeColumn(f"栏{at}") for at in range(len(rows[0]) if rows else 2)]
    given = {
        "title": "示例表",
        "about": ["单位：示例社区"],
        "columns": columns,
        "rows": rows,
        "maker": "何敏",
    }
    return OfficeTable(**{**given, "made": MADE, **more})  # type: ignore[arg-type]


def opened(content: memoryview) -> "openpyxl.worksheet.worksheet.Worksheet":
    return openpyxl.load_workbook(BytesIO(content)).worksheets[0]


def test_ten_thousand_hostile_cells_are_text_and_read_the_same_by_two_readers() -> None:
    chance = random.Random(6)
    rows = [
        tuple(chance.choice(PAYLOADS) + chance.choice(("", "x", "\x07", "𫖯")) for _ in range(10))
        for _ in range(1000)
    ]
    content = lay_out(table(rows))
    xml = zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "hyperlink" not in xml
    assert set(re.findall(r'<c [^>]*t="(\w+)"', xml)) == {"s"}
    sheet = opened(content)
    through_openpyxl = [
        tuple(cell.value or "" for cell in row) for row in sheet.iter_rows(HEAD + 2, HEAD + 1001)
    ]
    reader = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    through_calamine = [tuple(row) for row in reader.to_python()[HEAD + 1 : HEAD + 1001]]
    assert through_openpyxl == through_calamine
    for row, kept in zip(rows, through_calamine, strict=True):
        for cell, back in zip(row, kept, strict=True):
            assert back == cell.replace("\x07", "").replace("\r", "")
    assert {cell.data_type for row in sheet.iter_rows(HEAD + 2, HEAD + 1001) for cell in row} == {"s"}


def test_numbers_keep_their_noughts_in_cells_typed_as_text() -> None:
    sheet = opened(lay_out(table([("007", "639900195603040026", "0971-6123456", "0502")])))
    cells = sheet[HEAD + 2]
    assert [cell.value for cell in cells] == ["007", "639900195603040026", "0971-6123456", "0502"]
    assert {cell.number_format for cell in cells} == {"@"}


def test_the_page_is_set_up_as_offices_print_it() -> None:
    sheet = opened(lay_out(table([("1", "2")], notice="含个人信息，用途：核对 A&B")))
    page = sheet.page_setup
    assert (page.orientation, str(page.paperSize), page.fitToHeight) == ("landscape", "9", 0)
    assert page.fitToWidth in (None, 1), "one page wide is what the format takes for granted"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.freeze_panes == "A5"
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert "何敏" in str(sheet.oddFooter.left.text)
    assert "用途：核对 A＆B" in str(sheet.oddHeader.right.text)
    assert "含个人信息" in str(sheet["A3"].value)
    assert str(sheet["A6"].value).startswith("制表人：何敏")
    assert "审核人：" in str(sheet["A6"].value)
    assert sheet["A1"].font.name == "黑体"
    assert sheet["A5"].font.name == "宋体"


def test_what_stands_once_for_a_household_is_merged_or_repeated() -> None:
    rows = [("1号楼", "甲"), ("1号楼", "乙"), ("2号楼", "丙")]
    columns = [OfficeColumn("楼栋", shared=True, merged=True), OfficeColumn("姓名")]
    boxed = opened(
        lay_out(table(rows, columns=[OfficeColumn("楼栋", shared=True), columns[1]], groups="aab"))
    )
    assert [boxed.cell(row, 1).value for row in (4, 5, 6)] == ["1号楼", None, "2号楼"]
    assert [boxed.cell(row, 1).border.top.style for row in (4, 5, 6)] == ["thin", None, "thin"]
    assert [boxed.cell(row, 1).border.bottom.style for row in (4, 5, 6)] == [None, "thin", "thin"]
    merged = opened(lay_out(table(rows, columns=columns, groups=["a", "a", "b"])))
    assert "A4:A5" in {str(one) for one in merged.merged_cells.ranges}
    assert [merged.cell(row, 1).value for row in (4, 5, 6)] == ["1号楼", None, "2号楼"]
    flat = opened(lay_out(table(rows, columns=columns)))
    assert [flat.cell(row, 1).value for row in (4, 5, 6)] == ["1号楼", "1号楼", "2号楼"]


def test_columns_are_as_wide_as_their_chinese() -> None:
    sheet = opened(lay_out(table([("青禾社区东河机修厂家属院", "1")])))
    assert sheet.column_dimensions["A"].width >= 24
    assert sheet.column_dimensions["B"].width < 12


def test_a_stopped_table_leaves_nothing() -> None:
    with pytest.raises(Stopped):
        lay_out(table([("1", "2")]), stopped=lambda: True)


def test_a_file_is_put_whole_and_over_nothing(tmp_path: Path) -> None:
    there = tmp_path / "表.xlsx"
    place(there, b"one", overwrite=False)
    with pytest.raises(KnownError, match="已经有"):
        place(there, b"two", overwrite=False)
    assert there.read_bytes() == b"one"
    place(there, b"two", overwrite=True)
    assert there.read_bytes() == b"two"

    def refuse() -> None:
        raise KnownError("full", "磁盘满了。")

    for name in ("表.xlsx", "新.xlsx"):
        with pytest.raises(KnownError, match="磁盘满了"):
            place(tmp_path / name, b"three", overwrite=name == "表.xlsx", before=refuse)
    with pytest.raises(KnownError, match="写不了"):
        place(tmp_path / "没有" / "表.xlsx", b"x", overwrite=False)
    assert [one.name for one in tmp_path.iterdir()] == ["表.xlsx"]
    assert there.read_bytes() == b"two"
