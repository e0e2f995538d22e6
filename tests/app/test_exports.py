"""Exporting from the window: the file is there, the audit knows, and an own form is filled."""

from pathlib import Path

import openpyxl

from gridclient.app.house import House
from gridclient.app.joins.exports import periods
from gridclient.desktop.exports import ExportOrder
from gridclient.desktop.exports.screen import FILE
from gridclient.operations.dump import dump
from tests.app.conftest import BUILDING


def said(house: House) -> str:
    return house.exports.screen.notice.words


def order(table: bytes, to: Path, area: bytes = b"", purpose: str = "") -> ExportOrder:
    return ExportOrder(table, area, "", "", bool(purpose), purpose, False, str(to))


def names(path: Path, column: int) -> list[str]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [str(cell.value) for (cell,) in sheet.iter_rows(min_col=column, max_col=column)]


def test_what_there_is_comes_from_the_ledger(house: House) -> None:
    screen = house.exports.screen
    assert [item.words for item in screen.what.table.items][:2] == ["居民登记册", "走访登记表"]
    assert "户籍人口花名册" in [item.words for item in screen.what.table.items]
    assert [item.words for item in screen.where.area.items] == ["全社区", "12号楼"]
    assert not screen.numbers.switch.isHidden()


def test_a_table_a_form_and_an_own_form_are_written_and_noted(house: House, tmp_path: Path) -> None:
    screen = house.exports.screen
    to = tmp_path / "册.xlsx"
    to.write_bytes(b"the dialog has asked")
    screen.export_asked.emit(order(b"register", to, b"b" + BUILDING))
    assert said(house) == f"导出了 3 行，号码遮住了：{to}"
    assert {"赵世昌", "李萍", "魏彩虹"} <= set(names(to, 12))
    screen.export_asked.emit(order(b"form:" + "入住台账".encode(), to, purpose="核对"))
    assert "号码全显，用途记进审计了" in said(house)
    assert "李萍" in names(to, 4)
    book = openpyxl.Workbook()
    book.active["A1"] = "{{居民.姓名}}"
    own = tmp_path / "本单位.xlsx"
    book.save(own)
    screen.export_asked.emit(order(FILE + str(own).encode(), to))
    assert names(to, 1) == ["赵世昌", "李萍", "魏彩虹"]
    entries = [record["fields"] for record in dump(house.ledger, "audit_entry")]
    assert [one["count"] for one in entries] == [3, 3, 3]  # type: ignore[index]
    assert house.exports.folder == tmp_path


def test_what_goes_wrong_is_said_and_leaves_nothing(house: House, tmp_path: Path) -> None:
    screen = house.exports.screen
    screen.export_asked.emit(order(b"register", tmp_path / "没有" / "册.xlsx"))
    assert said(house).startswith("写不了")
    assert list(dump(house.ledger, "audit_entry")) == []
    assert screen.export.isEnabled()


def test_an_empty_register_to_fill_in(house: House, tmp_path: Path) -> None:
    house.exports.screen.blank_asked.emit(str(tmp_path / "空.xlsx"))
    assert "填好从“导入”导进来" in said(house)
    assert names(tmp_path / "空.xlsx", 9) == ["姓名"]


def test_the_periods_are_those_of_today() -> None:
    from datetime import date

    assert periods(date(2026, 1, 5)) == (
        ("", ""),
        ("2026-01-01", "2026-01-05"),
        ("2025-12-01", "2025-12-31"),
        ("2026-01-01", "2026-01-05"),
    )
