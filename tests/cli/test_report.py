"""`report route` as scripts meet it: A4 pages and a workbook of the doors due, no whole names, noted."""

import json

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from gridclient.ledger.ledger import Ledger
from tests.app.conftest import register
from tests.cli.test_commands import Program


@pytest.fixture
def program(ledger: Ledger) -> Program:
    ledger.write(register())
    ledger.close()
    return Program(ledger.folder)


def words(program: Program, name: str) -> list[str]:
    with pypdfium2.PdfDocument(program.folder / name) as document:
        width, height = document[0].get_size()
        assert (round(width), round(height)) == (595, 842)
        return [page.get_textpage().get_text_range() for page in document]


def test_a_route_names_doors_and_reasons_and_no_whole_name(program: Program) -> None:
    facts = json.loads(program.says("report", "route", "--to", "路线.pdf", "--json"))
    assert facts == {"file": "路线.pdf", "doors": 3, "pages": 1}
    (page,) = words(program, "路线.pdf")
    assert "走访路线单" in page
    assert page.index("1单元 101") < page.index("1单元 102") < page.index("1单元 201")
    assert page.count("还没去过") == 3
    assert "5 没人应" in page
    assert "第 1 页 共 1 页" in page
    assert "李萍" not in page
    assert "李*" in page
    entries = [
        json.loads(line)["fields"] for line in program.says("dump", "--kind", "audit_entry").splitlines()
    ]
    assert [(one["action"], one["count"]) for one in entries] == [("export", 3)]


def test_the_same_as_a_workbook(program: Program) -> None:
    said = program.says("report", "route", "--to", "路线.xlsx")
    assert said.startswith("路线单 3 户：路线.xlsx")
    table = CalamineWorkbook.from_path(program.folder / "路线.xlsx").get_sheet_by_index(0).to_python()
    (head,) = [row for row in table if row[0] == "站"]
    assert head == ["站", "楼栋", "门", "户主", "为什么去", "结果", "记一笔"]
    rows = [row for row in table if str(row[0]).isdigit()]
    assert [row[2] for row in rows] == ["1单元 101", "1单元 102", "1单元 201"]
    assert not any("李萍" in str(cell) for row in table for cell in row)


def test_what_is_wrong_is_said_in_one_line(program: Program) -> None:
    asked = ("report", "route", "--to")
    assert program.says(*asked, "路线.doc", status=1) == "路线单存成 pdf 或 xlsx：路线.doc。"
    assert program.says(*asked, "路线.pdf", "--building", "99号楼", status=1).startswith("没有这栋楼：99号楼")
    program.says(*asked, "路线.pdf", "--building", "12号楼")
    assert "已经有 路线.pdf" in program.says(*asked, "路线.pdf", status=1)
    program.says(*asked, "路线.pdf", "--overwrite")


def test_where_nothing_is_due_nothing_is_printed(ledger: Ledger) -> None:
    ledger.close()
    program = Program(ledger.folder)
    said = program.says("report", "route", "--to", "路线.pdf", status=1)
    assert said == "今天没有要去的门，没有路线可印。"
    assert not (program.folder / "路线.pdf").exists()
