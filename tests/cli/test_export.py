"""`export` as scripts meet it."""

import json

import pytest
from python_calamine import CalamineWorkbook

from gridclient.ledger.ledger import Ledger
from tests.cli.test_commands import Program
from tests.operations.community_of_two import ID, tell


@pytest.fixture
def program(ledger: Ledger) -> Program:
    tell(ledger)
    ledger.close()
    return Program(ledger.folder)


def test_an_export_is_masked_whole_with_a_purpose_and_never_over_a_file(program: Program) -> None:
    facts = json.loads(program.says("export", "register", "--to", "册.xlsx", "--json"))
    assert facts == {"file": "册.xlsx", "rows": 3, "masked": True, "households": 2}
    whole = CalamineWorkbook.from_path(program.folder / "册.xlsx").get_sheet_by_index(0).to_python()
    assert not any(ID in row for row in whole)
    assert "已经有 册.xlsx" in program.says("export", "register", "--to", "册.xlsx", status=1)
    assert "写明用途" in program.says("export", "register", "--full", "--to", "全.xlsx", status=1)
    said = program.says("export", "register", "--full", "--purpose", "核对", "--to", "册.xlsx", "--overwrite")
    assert "用途记进审计了" in said
    whole = CalamineWorkbook.from_path(program.folder / "册.xlsx").get_sheet_by_index(0).to_python()
    assert any(ID in row for row in whole)
    entries = [
        json.loads(line)["fields"] for line in program.says("dump", "--kind", "audit_entry").splitlines()
    ]
    assert [(one["action"], one["count"]) for one in entries] == [("export", 3), ("export", 3)]


@pytest.mark.parametrize("sort", ["visits", "matters", "cards", "conflicts"])
def test_every_table_there_is(program: Program, sort: str) -> None:
    assert json.loads(program.says("export", sort, "--to", "表.xlsx", "--json"))["masked"]


def test_what_is_wrong_is_said_in_one_line(program: Program) -> None:
    asked = ("export", "visits", "--to", "x.xlsx")
    assert program.says(*asked, "--building", "99号楼", status=1).startswith(
        "没有这栋楼：99号楼。有：示例小区"
    )
    assert "2026-11-24 这样" in program.says(*asked, "--from", "昨天", status=1)
    assert program.says("export", "visits", "--to", "no/x.xlsx", status=1).startswith("写不了 no/x.xlsx")
    assert "可以写：register" in program.says("export", "nothing", "--to", "x.xlsx", status=2)
    said = program.says("export", "visits", "--to", "表.txt", status=1)
    assert said == "表存成 xlsx：表.txt 要以 .xlsx 结尾。"
    assert not (program.folder / "x.xlsx").exists()


def test_a_form_by_name_or_by_file_and_an_empty_register(program: Program) -> None:
    assert "入住台账导出了 3 行" in program.says("export", "--template", "入住台账", "--to", "一.xlsx")
    blank = program.says("export", "blank", "--to", "空.xlsx")
    assert "填好用 import 导入" in blank
    assert "没有要填的地方" in program.says("export", "--template", "空.xlsx", "--to", "二.xlsx", status=1)
    said = program.says("export", "--template", "没有的", "--to", "二.xlsx", status=1)
    assert "自带的有：入住台账、" in said
    assert "写明导出什么" in program.says("export", "--to", "二.xlsx", status=1)
    assert not (program.folder / "二.xlsx").exists()
