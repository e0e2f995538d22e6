"""The rows handed back: in their own columns, with the reason, ready to be corrected and imported."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridclient.core.domain.errors import KnownError
from gridclient.exchange.error_rows import write_error_rows
from gridclient.exchange.import_plan import plan
from gridclient.exchange.register import read_register
from gridclient.exchange.text_sheet import TextBook, safe
from gridclient.exchange.workbook import open_workbook, read_workbook
from tests.exchange.memory_ledger import MemoryLedger
from tests.exchange.tables import HEADER, Rows, id_number, person, planned, xlsx

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TEXT_FORMAT = "49"  # @
LOST = float(id_number()[:17] + "0")


def handed_back(folder: Path, rows: Rows, **more: object) -> Path:
    book = read_workbook(xlsx(rows, **more))  # type: ignore[arg-type]
    path = folder / "rows.xlsx"
    assert write_error_rows(path, book, read_register(book)) > 0
    return path


def test_rows_come_back_in_their_columns_with_the_reason(tmp_path: Path) -> None:
    rows: Rows = [
        ["送变电小区居民信息"],
        HEADER,
        person("3-502", "魏彩虹"),
        person("3-503", "", 联系电话="13900000001"),
        person("3-504", "李萍", 身份证号=LOST),
    ]
    path = handed_back(tmp_path, rows)
    header, *found = open_workbook(path).sheets[0].rows
    assert header == [*HEADER, "错误原因"]
    assert [row[3] for row in found] == ["503", "504"]
    assert found[0][:11] == person("3-503", "", 联系电话="13900000001")
    assert found[0][11] == "没有姓名"
    assert str(found[1][11]).startswith("身份证号：")
    assert found[1][8] == ""  # a number that lost digits must not come back looking whole


def test_every_cell_is_text_and_nothing_is_a_formula(tmp_path: Path) -> None:
    rows: Rows = [
        HEADER,
        person("3-502", "", 备注="=1+1", 联系电话=13900000001),
        person("3-503", "", 备注="+86"),
    ]
    path = handed_back(tmp_path, rows)
    assert [row[10] for row in open_workbook(path).sheets[0].rows] == ["备注", "=1+1", "+86"]
    with zipfile.ZipFile(path) as book:
        cells = [*ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{MAIN}c")]
        styles = ElementTree.fromstring(book.read("xl/styles.xml")).find(f"{MAIN}cellXfs")
    assert styles is not None
    written = [cell for cell in cells if len(cell)]
    assert {cell.get("t") for cell in written} == {"s"}
    assert not any(cell.find(f"{MAIN}f") is not None for cell in cells)
    assert {styles[int(cell.get("s", "0"))].get("numFmtId") for cell in written} == {TEXT_FORMAT}


def test_a_door_merged_away_stands_in_the_row_that_comes_back(tmp_path: Path) -> None:
    rows: Rows = [
        HEADER,
        person("3-502", "魏彩虹"),
        person("3-502", "李萍", "女", 小区="", 楼栋="", 单元="", 房号="", 身份证号="6399"),
    ]
    _, row = open_workbook(handed_back(tmp_path, rows)).sheets[0].rows
    assert row[:5] == ["送变电小区", "12号楼", "3", "502", "李萍"]


def test_corrected_rows_fill_what_was_left_blank(tmp_path: Path) -> None:
    rows: Rows = [
        HEADER,
        person("3-502", "魏彩虹"),
        person("3-502", "李萍", "女", 身份证号=LOST),
        person("3-503", "", 联系电话="13900000001"),
    ]
    ledger = MemoryLedger()
    ledger.save(planned(rows).drafts())
    header, daughter, nameless = open_workbook(handed_back(tmp_path, rows)).sheets[0].rows
    daughter[8], nameless[4] = id_number(order=2), "赵娜"
    made = plan(read_register(read_workbook(xlsx([header, daughter, nameless]))), ledger)
    ledger.save(made.drafts())
    people = {str(one["name"]): one for one in ledger.all("resident").values()}
    assert people["李萍"]["id_number"] == id_number(order=2)
    assert people["赵娜"]["phones"] == ("13900000001",)
    assert len(people) == len(ledger.all("resident")) == 3
    assert len(ledger.all("household")) == 2


def test_nothing_is_written_where_all_is_well(tmp_path: Path) -> None:
    book = read_workbook(xlsx([HEADER, person("3-502", "魏彩虹")]))
    assert write_error_rows(tmp_path / "rows.xlsx", book, read_register(book)) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    book = read_workbook(xlsx([HEADER, person("3-502", "", 备注="x")]))
    with pytest.raises(KnownError) as caught:
        write_error_rows(tmp_path / "nowhere" / "rows.xlsx", book, read_register(book))
    assert caught.value.code == "cannot_write"


def test_a_book_that_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"old")
    book = TextBook(path)
    book.sheet("表", ["a"]).add(["b"])
    book.__exit__(RuntimeError, RuntimeError(), None)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_sheets_of_any_name_have_a_name_excel_takes(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    names = ["12/13号楼[东]", "12/13号楼[东]", "", "长" * 40, "长" * 40]
    with TextBook(path) as book:
        for name in names:
            book.sheet(name, ["姓名"], "标题").add(["李萍"])
    made = [sheet.name for sheet in open_workbook(path).sheets]
    assert len(set(made)) == len(names)
    assert max(map(len, made)) <= 31


@settings(deadline=None)
@given(cells=st.lists(st.text(max_size=20).map(safe), min_size=1, max_size=6))
def test_any_text_reads_back(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    with TextBook(path) as book:
        book.sheet("表", ["x"] * len(cells)).add(cells)
    _, *rows = open_workbook(path).sheets[0].rows
    assert (rows or [[""] * len(cells)])[0] == cells


def test_a_header_of_two_rows_comes_back_with_its_columns(tmp_path: Path) -> None:
    rows: Rows = [
        ["房屋", "", "", "", "家庭成员", ""],
        ["小区", "楼栋", "单元", "房号", "姓名", "身份证号"],
        ["送变电小区", "12号楼", "3", "502", "魏彩虹", id_number()],
        ["送变电小区", "12号楼", "3", "503", "", id_number(order=2)],
    ]
    path = handed_back(tmp_path, rows)
    header, row = open_workbook(path).sheets[0].rows
    assert (header[:4], header[-1]) == (["小区", "楼栋", "单元", "房号"], "错误原因")
    assert row[:6] == ["送变电小区", "12号楼", "3", "503", "", id_number(order=2)]
    row[4] = "李萍"  # corrected, it goes in without a question
    (home,) = read_register(read_workbook(xlsx([header, row]))).households
    assert (home.people[0][1].name, home.people[0][1].id_number) == ("李萍", id_number(order=2))


def test_rows_of_several_sheets_come_back_on_theirs(tmp_path: Path) -> None:
    wrong = {name: [HEADER, person("3-502", "", 联系电话="13900000001")] for name in ("12号楼", "8号楼")}
    good = {"3号楼": [HEADER, person("3-502", "李萍")]}
    path = handed_back(tmp_path, wrong["12号楼"], sheet="12号楼", **{"8号楼": wrong["8号楼"]}, **good)
    book = open_workbook(path)
    assert [sheet.name for sheet in book.sheets] == ["12号楼", "8号楼"]
    assert all(sheet.rows[1][-1] == "没有姓名" for sheet in book.sheets)


def test_numbers_stored_as_text_come_back_as_they_stood(tmp_path: Path) -> None:
    short = "0" + id_number()[1:17]
    rows: Rows = [HEADER, person("3-502", "魏彩虹", 身份证号=short, 联系电话="013900000001")]
    _, row = open_workbook(handed_back(tmp_path, rows)).sheets[0].rows
    assert (row[8], row[9]) == (short, "013900000001")


def test_whom_another_door_knows_comes_back_with_the_reason(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    ledger.save(planned([HEADER, person("3-502", "魏彩虹", 身份证号=id_number())]).drafts())
    book = read_workbook(xlsx([HEADER, person("1-101", "魏彩虹", 身份证号=id_number())]))
    read = read_register(book)
    path = tmp_path / "rows.xlsx"
    assert write_error_rows(path, book, read, plan(read, ledger).twins) == 1
    _, row = open_workbook(path).sheets[0].rows
    assert "身份证号一样" in str(row[-1])
