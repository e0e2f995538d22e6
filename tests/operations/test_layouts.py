"""What a person explained once is asked again of no table with the same headers."""

from pathlib import Path

import pytest

from gridclient.exchange.headers import place
from gridclient.exchange.mapping import Mapping, MappingNeeded
from gridclient.exchange.workbook import open_workbook
from gridclient.ledger.ledger import Ledger
from gridclient.operations.import_register import compare, preview
from gridclient.operations.remembered_layouts import forget, remember
from tests.exchange.tables import Rows, xlsx

HEADER = ["小区", "楼栋", "户号", "姓名"]


def file(folder: Path, rows: Rows, name: str = "a.xlsx") -> Path:
    path = folder / name
    path.write_bytes(xlsx(rows))
    return path


def asked(ledger: Ledger, path: Path) -> Mapping:
    with pytest.raises(MappingNeeded) as caught:
        preview(ledger, path)
    return caught.value.mapping


def explained(ledger: Ledger, path: Path, **fields: str) -> Mapping:
    mapping = asked(ledger, path)
    for column in mapping.sheets[0].columns:
        column.field = fields.get(column.header, column.field)
    place(open_workbook(path).sheets[0], mapping.sheets[0])
    return mapping


def test_the_same_headers_are_read_the_same_way_again(ledger: Ledger, tmp_path: Path) -> None:
    first = file(tmp_path, [HEADER, ["送变电小区", "12", "502", "李萍"]])
    mapping = explained(ledger, first, 户号="dwelling.room")
    assert remember(ledger, mapping) == 1
    other = file(
        tmp_path,
        [["登记表"], [" 小区*", "楼栋：", "户号", "姓名(必填)"], ["锦绣华庭", "3", "101", "赵娜"]],
        "b.xlsx",
    )
    shown = preview(ledger, other)
    assert shown.mapping.recalled == ["居民"]
    assert shown.plan.report.rows.new == 1
    forget(ledger, mapping)
    asked(ledger, other)


def test_other_headers_or_another_order_are_asked_about(ledger: Ledger, tmp_path: Path) -> None:
    first = file(tmp_path, [HEADER, ["送变电小区", "12", "502", "李萍"]])
    remember(ledger, explained(ledger, first, 户号="dwelling.room"))
    asked(
        ledger, file(tmp_path, [[*HEADER[:2], "姓名", "户号"], ["送变电小区", "12", "李萍", "502"]], "b.xlsx")
    )
    asked(ledger, file(tmp_path, [[*HEADER, "备注"], ["送变电小区", "12", "502", "李萍", ""]], "c.xlsx"))


def test_which_compound_it_was_is_not_remembered(ledger: Ledger, tmp_path: Path) -> None:
    first = file(tmp_path, [["楼栋", "户号", "姓名"], ["12", "502", "李萍"]])
    mapping = explained(ledger, first, 户号="dwelling.room")
    mapping.sheets[0].compound = "送变电小区"
    shown = compare(ledger, open_workbook(first), mapping)
    assert shown.plan.report.rows.new == 1
    remember(ledger, mapping)
    needed = asked(ledger, file(tmp_path, [["楼栋", "户号", "姓名"], ["3", "101", "赵娜"]], "b.xlsx"))
    assert [column.field for column in needed.sheets[0].columns] == [
        "building.number",
        "dwelling.room",
        "resident.name",
    ]
    assert needed.sheets[0].compound == ""


def test_a_table_without_known_headers_is_known_again(ledger: Ledger, tmp_path: Path) -> None:
    rows: Rows = [["a", "b", "c", "d"], ["送变电小区", "12", "502", "李萍"]]
    meanings = {"a": "compound.title", "b": "building.number", "c": "dwelling.room", "d": "resident.name"}
    remember(ledger, explained(ledger, file(tmp_path, rows), **meanings))
    again = file(tmp_path, [rows[0], ["锦绣华庭", "3", "101", "赵娜"]], "b.xlsx")
    assert preview(ledger, again).plan.report.rows.new == 1


def test_what_sort_of_file_it_is_is_remembered_too(ledger: Ledger, tmp_path: Path) -> None:
    rows: Rows = [["单号", "时间", "事情"], ["QH1", "2026-11-03 08:00", "灯坏了"]]
    path = file(tmp_path, rows)
    with pytest.raises(MappingNeeded) as caught:
        preview(ledger, path, sort="hotline")
    mapping = caught.value.mapping
    keys = ("number", "received", "body")
    for column, key in zip(mapping.sheets[0].columns, keys, strict=True):
        column.field = f"hotline_ticket.{key}"
    assert compare(ledger, open_workbook(path), mapping).plan.report.rows.new == 1
    remember(ledger, mapping)
    again = preview(ledger, file(tmp_path, [rows[0], ["QH2", "2026-11-04 08:00", "门坏了"]], "b.xlsx"))
    assert (again.mapping.sort, again.plan.report.kinds["hotline_ticket"].new) == ("hotline", 1)
