"""Official forms filled from a real ledger: what is said, what is kept of the form, what is refused."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from gridclient.core.domain.errors import KnownError
from gridclient.exchange.office_sheet import Stopped
from gridclient.ledger.ledger import Ledger
from gridclient.operations.apply import apply_line
from gridclient.operations.dump import dump
from gridclient.operations.export_scope import Scope
from gridclient.operations.export_tables import Wish
from gridclient.operations.export_template import WORDS, export_template, shipped, vocabulary
from tests.operations.community_of_two import ID, MARY, tell

FULL = Wish(full=True, purpose="核对")


def form(cells: Mapping[str, object]) -> Any:
    """A workbook of an office with its own looks; `save` it to get the path."""
    book = openpyxl.Workbook()
    sheet = book.active
    for where, value in cells.items():
        sheet[where] = value
    return book


def save(book: Any, folder: Path) -> Path:
    path = folder / "本单位的表.xlsx"
    book.save(path)
    return path


def filled(ledger: Ledger, path: Path, folder: Path, wish: Wish = Wish()) -> Any:  # noqa: B008
    to = folder / "out.xlsx"
    export_template(ledger, path, to, wish)
    assert CalamineWorkbook.from_path(to).sheet_names == openpyxl.load_workbook(to).sheetnames
    return openpyxl.load_workbook(to)


@pytest.mark.parametrize("name", ["户籍人口花名册", "流动人口登记表", "民情台账", "走访日志", "入住台账"])
def test_every_shipped_form_is_filled(ledger: Ledger, tmp_path: Path, name: str) -> None:
    tell(ledger)
    book = filled(ledger, shipped()[name], tmp_path, FULL)
    assert book.sheetnames == [name], "the guide is for whoever makes a form"
    sheet = book[name]
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not any("{{" in one for one in said)
    assert said[0] == f"示例社区{name}"
    expected = {
        "户籍人口花名册": (ID, "赵世昌", "=SUM孙"),
        "流动人口登记表": (MARY, "玛丽"),
        "民情台账": ("水管漏水：", "当场办结：换了阀门", "赵世昌 三号网格"),
        "走访日志": ("水管漏水，留了电话13911112222", "没人应"),
        "入住台账": (ID, MARY, "12号楼 3单元 0502"),
    }[name]
    assert [one for one in expected if one not in said] == []
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert "含个人信息" in str(sheet.oddHeader.right.text)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not any(isinstance(cell.value, int | float) for row in sheet.iter_rows() for cell in row)


def test_the_looks_of_a_form_are_kept(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    book = form({"A1": "{{社区}}花名册", "A2": "房号", "B2": "姓名", "C2": "序", "E2": "注"})
    sheet = book.active
    sheet["A3"], sheet["B3"], sheet["C3"] = "{{户.房号}}室", "{{ 居民.姓名 }}／{{居民.性别}}", "=ROW()-2"
    sheet["B4"], sheet["A5"] = "=COUNTA(B3:B3)", "填表：{{制表人}}"
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("B5:C5")
    sheet.merge_cells("D3:E3")
    red, thick = Font(name="楷体", size=14, color="00FF0000"), Border(left=Side("thick"))
    sheet["B3"].font, sheet["B3"].border, sheet["B3"].fill = red, thick, PatternFill("solid", "00FFFF00")
    sheet["B3"].alignment = Alignment(wrap_text=True)
    sheet.row_dimensions[3].height, sheet.row_dimensions[5].height = 33, 44
    sheet.column_dimensions["B"].width = 31
    sheet.print_area = "A1:E5"
    sheet.print_title_rows = "1:2"
    sheet.oddFooter.center.text = "{{社区}} 第 &P 页"
    check = DataValidation(type="list", formula1='"甲,乙"')
    check.add("E3")
    sheet.add_data_validation(check)
    sheet.conditional_formatting.add("C3:C3", CellIsRule(operator="greaterThan", formula=["1"]))
    sheet.freeze_panes = "A3"
    made = filled(ledger, save(book, tmp_path), tmp_path).active
    assert [made.cell(row, 2).value for row in (3, 4, 5)] == ["玛丽／", "赵世昌／女", "=SUM孙／"]
    assert made["B5"].data_type == "s"
    assert [made.cell(row, 1).value for row in (3, 4, 5)] == ["101室", "0502室", None]
    for row in (3, 4, 5):
        cell = made.cell(row, 2)
        assert (cell.font.name, cell.font.size, cell.fill.fgColor.rgb) == ("楷体", 14, "00FFFF00")
        assert cell.border.left.style == "thick"
        assert made.row_dimensions[row].height == 33
        assert made.cell(row, 3).value == "=ROW()-2"
    merged = {one.coord for one in made.merged_cells.ranges}
    assert merged == {"A1:E1", "B7:C7", "D3:E3", "D4:E4", "D5:E5", "A4:A5"}
    assert made["B6"].value == "=COUNTA(B3:B5)"
    assert str(made["A7"].value).startswith("填表：")
    assert made.row_dimensions[7].height == 44
    assert made.column_dimensions["B"].width == 31
    assert made.print_area == "'Sheet'!$A$1:$E$7"
    assert made.print_title_rows == "$1:$2"
    assert made.freeze_panes == "A3"
    assert made.oddFooter.center.text == "示例社区 第 &P 页"
    assert [str(one.sqref) for one in made.data_validations.dataValidation] == ["E3:E5"]
    assert [str(one.sqref) for one in made.conditional_formatting] == ["C3:C5"]


def test_a_form_repeats_the_household_when_asked(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    path = save(form({"A1": "{{户.房号}}", "B1": "{{居民.姓名}}"}), tmp_path)
    made = filled(ledger, path, tmp_path, Wish(flat=True)).active
    assert [made.cell(row, 1).value for row in (1, 2, 3)] == ["101", "0502", "0502"]
    assert not made.merged_cells.ranges


def test_two_sorts_below_each_other_and_households_alone(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    cells = {
        "A1": "{{居民.姓名}}",
        "A2": "以下走访",
        "A3": "{{走访.结果}}",
        "A4": "以下户",
        "A5": "{{户.户主}}",
    }
    made = filled(ledger, save(form(cells), tmp_path), tmp_path).active
    said = [cell.value for (cell,) in made.iter_rows(max_col=1)]
    assert said == ["玛丽", "赵世昌", "=SUM孙", "以下走访", "没人应", "入户", "以下户", "玛丽", "赵世昌"]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"A1": "{{居民.姓名}}", "B1": "{{居民.身份证号}}"}, "*" * 14 + ID[-4:]),
        ({"A1": "{{居民.姓名}}", "B1": "{{居民.公民身份号码}}", "C1": "{{居民.出生年月}}"}, "*" * 18),
        ({"A1": "{{居民.姓名}}", "B1": "{{居民.身份证}}", "C1": "{{居民.年龄}}"}, "*" * 18),
        ({"A1": "{{居民.姓名}}", "B1": "{{居民.身份证}}", "A3": "{{流动人口.出生日期}}"}, "*" * 18),
        ({"A1": "{{居民.出生日期}}", "A3": "{{户.户主}}", "B3": "{{户.户主身份证号}}"}, "*" * 18),
    ],
)
def test_no_form_shows_a_birthday_beside_the_end_of_a_number(
    ledger: Ledger, tmp_path: Path, cells: dict[str, object], shown: str
) -> None:
    tell(ledger)
    made = filled(ledger, save(form(cells), tmp_path), tmp_path).active
    assert [row[1].value for row in made.iter_rows() if row[0].value == "赵世昌"] == [shown]
    (entry,) = dump(ledger, "audit_entry")
    assert "本单位的表" in str(entry["fields"])


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"A1": "{{居民.户籍地扯}}"}, "Sheet 第 1 行 {{居民.户籍地扯}}（是不是 居民.户籍地"),
        ({"A1": "{{杜区}}", "B4": "{{居民.姓名}}"}, "Sheet!A1 {{杜区}}（是不是 社区）"),
        ({"A1": "{{居民.姓名}}", "B1": "{{走访.结果}}"}, "一行里只能填一种记录"),
        ({"A1": "{{居民.姓名}"}, "Sheet!A1：括号不成对"),
        ({"A1": "花名册"}, "没有要填的地方"),
        ({"A1": "{{没有.这种}}"}, "{{没有.这种}}"),
    ],
)
def test_what_cannot_be_filled_is_named_and_nothing_is_written(
    ledger: Ledger, tmp_path: Path, cells: dict[str, object], words: str
) -> None:
    path = save(form(cells), tmp_path)
    with pytest.raises(KnownError) as caught:
        export_template(ledger, path, tmp_path / "out.xlsx", Wish())
    assert words in caught.value.zh
    assert not (tmp_path / "out.xlsx").exists()
    assert list(dump(ledger, "audit_entry")) == []


def test_files_that_are_no_forms(ledger: Ledger, tmp_path: Path) -> None:
    for content, words in ((b"PK\x03\x04rubbish", "读不出来"), (b"\xd0\xcf\x11\xe0", "要是 xlsx 文件")):
        path = tmp_path / "x.xlsx"
        path.write_bytes(content)
        with pytest.raises(KnownError, match=words):
            export_template(ledger, path, tmp_path / "out.xlsx", Wish())
    with pytest.raises(KnownError, match="读不了"):
        export_template(ledger, tmp_path / "no.xlsx", tmp_path / "out.xlsx", Wish())
    merged = form({"A1": "{{居民.姓名}}"})
    merged.active.merge_cells("B1:B2")
    with pytest.raises(KnownError, match="上下合并"):
        export_template(ledger, save(merged, tmp_path), tmp_path / "out.xlsx", Wish())


def test_days_and_stopping(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    november = Wish(Scope(since="2026-11-01"))
    made = filled(ledger, shipped()["走访日志"], tmp_path, november).active
    assert made["A4"].value == "2026-11-03 10:05"
    with pytest.raises(KnownError, match="没有起止日期"):
        export_template(ledger, shipped()["入住台账"], tmp_path / "x.xlsx", november)
    with pytest.raises(Stopped):
        export_template(ledger, shipped()["入住台账"], tmp_path / "x.xlsx", Wish(), stopped=lambda: True)
    assert not (tmp_path / "x.xlsx").exists()


def test_every_guide_lists_the_names_there_are(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        known = vocabulary(connection)
    for path in shipped().values():
        guide = openpyxl.load_workbook(BytesIO(path.read_bytes()))["填写说明"]
        said = "\n".join(str(cell.value or "") for (cell,) in guide.iter_rows(max_col=1))
        for sort, names in known.items():
            missing = [name for name in names if name.startswith(f"{sort}.") and name not in said]
            assert missing == [], "run packaging/make_templates.py"
        assert [word for word in WORDS if word not in said] == []


def test_those_looked_after_and_what_came_in(ledger: Ledger, tmp_path: Path) -> None:
    made = tell(ledger)
    tag = {"household": made["h12"], "resident": made["zhao"], "tag": "独居", "since": "2026-01-01"}
    ticket = {"number": "20261103001", "received": "2026-11-03T02:30:00Z", "body": "路灯坏了"}
    for kind, fields in (
        ("care_tag", tag),
        ("hotline_ticket", ticket),
        ("feedback", {"body": "想要健身器材"}),
    ):
        apply_line(ledger, {"kind": kind, "fields": fields})
    lines = (
        "{{关照.姓名}} {{关照.类别}} {{户.房号}}",
        "",
        "{{工单.工单编号}} {{工单.问题描述}}",
        "",
        "{{反馈.详细内容}}",
    )
    path = save(form({f"A{row}": line for row, line in enumerate(lines, 1) if line}), tmp_path)
    hidden = filled(ledger, path, tmp_path).active
    assert hidden["A1"].value == "赵世昌 *** 0502"
    shown = filled(ledger, path, tmp_path, Wish(full=True, purpose="核对", overwrite=True)).active
    said = [cell.value for (cell,) in shown.iter_rows(max_col=1) if cell.value]
    assert said == ["赵世昌 独居老人 0502", "20261103001 路灯坏了", "想要健身器材"]
