"""The empty register a person fills in is read back without a question."""

from io import BytesIO

import openpyxl

from gridclient.core.domain import codes
from gridclient.exchange.blank_register import COLUMNS, SHEET, blank_register
from gridclient.exchange.register import read_register
from gridclient.exchange.targets import targets
from gridclient.exchange.workbook import read_workbook

DOOR = {"小区": "示例小区", "楼栋": "12号楼", "单元": "3", "房号": "0502"}
ROWS = (
    {**DOOR, "姓名": "赵世昌", "与户主关系": "户主"},
    {**DOOR, "姓名": "孙月琴", "与户主关系": "妻"},
)
MORE = {"身份证号": "639900195603040026", "联系电话": "13900002046、0971-6123456", "出生日期": "1956-03-04"}


def filled_in() -> bytes:
    book = openpyxl.load_workbook(BytesIO(blank_register()))
    sheet = book[SHEET]
    place = {cell.value: cell.column for cell in sheet[1]}
    for at, row in enumerate((ROWS[0] | MORE, ROWS[1])):
        for head, value in row.items():
            sheet.cell(at + 2, place[head], value)
    whole = BytesIO()
    book.save(whole)
    return whole.getvalue()


def test_filled_in_it_is_read_without_questions() -> None:
    register = read_register(read_workbook(filled_in()))
    assert [sheet.open_questions() for sheet in register.mapping.sheets] == [[]]
    (household,) = register.households
    zhao, sun = (person for _, person in household.people)
    assert household.head is zhao
    assert (household.door.compound, household.door.number, household.door.room) == ("示例小区", "12", "0502")
    assert (zhao.name, zhao.id_number, zhao.phones) == (
        "赵世昌",
        MORE["身份证号"],
        ("13900002046", "0971-6123456"),
    )
    assert sun.values["relation_to_head"] == "12"
    assert register.findings.doubts == []


def test_the_cells_are_text_and_offer_what_the_lists_hold() -> None:
    book = openpyxl.load_workbook(BytesIO(blank_register()))
    sheet, guide = book[SHEET], book["填写说明"]
    assert [cell.value for cell in sheet[1]] == [targets()[key].label for key in COLUMNS]
    assert {sheet.column_dimensions[letter].width > 10 for letter in "ABCDEFG"} == {True}
    lists = []
    for check in sheet.data_validations.dataValidation:
        first, last = (int(part.rpartition("$")[2]) for part in check.formula1.split(":"))
        lists.append([guide.cell(row, 2).value for row in range(first, last + 1)])
    assert list(codes.RELATION.labels.values()) in lists
    assert list(codes.SEX.labels.values()) in lists
    assert guide.sheet_properties.pageSetUpPr.fitToPage, "the advice stands beside what it is about on paper"
    assert sheet.max_row == 1, "an example among the rows would be imported"
