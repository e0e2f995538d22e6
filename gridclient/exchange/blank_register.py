"""An empty register to be filled in and imported: one head, choices to pick from, advice on its own sheet.

No second line of head and no example stands among the rows: both would be imported as people.
"""

import io
from typing import Any

import xlsxwriter

from gridclient.core.domain.declaration import Field, Type
from gridclient.exchange import targets
from gridclient.exchange.targets import Target
from gridclient.exchange.template import GUIDE
from gridclient.exchange.text_sheet import TEXT_FORMAT

SHEET = "居民登记"
_ROWS = 5000
COLUMNS = (
    *(targets.COMPOUND, targets.BUILDING, targets.UNIT, targets.FLOOR, targets.ROOM),
    *("dwelling.use", "household.phone", "household.moved_in"),
    *(targets.NAME, targets.RELATION, targets.SEX, targets.BIRTH, targets.ID_NUMBER, targets.ID_TYPE),
    *(targets.PHONES, "resident.residence", "resident.hukou_address", "resident.work_place", targets.REMARK),
)
_MUST = frozenset({targets.COMPOUND, targets.BUILDING, targets.ROOM, targets.NAME})
_ADVICE = {
    targets.COMPOUND: "照台账里的名字写，比如 示例小区",
    targets.BUILDING: "12 或 12号楼",
    targets.UNIT: "3；没有单元就空着",
    targets.FLOOR: "5；空着就从房号看",
    targets.ROOM: "502，照门上写的",
    targets.NAME: "一人一行，照证件写",
    targets.RELATION: "户主写“户主”，写在一户的第一行",
    targets.ID_NUMBER: "18 位，格子已设成文字，别改成数字",
    targets.PHONES: "几个号码用、隔开",
    targets.REMARK: "别的话写这里",
}
_BY_TYPE = {
    Type.DATE: "2026-11-24；只知道年月就写 2026-11",
    Type.PHONE: "手机，或 0971-6123456",
    Type.CODE: "从列表里选",
}


def blank_register() -> memoryview:
    """The bytes of the workbook."""
    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, {"strings_to_formulas": False, "in_memory": True})
    sheet, guide = book.add_worksheet(SHEET), book.add_worksheet(GUIDE)
    text = book.add_format({"num_format": TEXT_FORMAT, "font_name": "宋体", "font_size": 11})
    head = book.add_format(
        {"num_format": TEXT_FORMAT, "font_name": "黑体", "bold": True, "border": 1, "bg_color": "#EDEDED"}
    )
    known = [targets.targets()[key] for key in COLUMNS]
    lists = _write_guide(guide, known, text, head)
    for at, target in enumerate(known):
        wide = 22 if target.key in (targets.COMPOUND, targets.ID_NUMBER, "resident.hukou_address") else 13
        sheet.set_column(at, at, wide, text)
        sheet.write_string(0, at, target.label, head)
        if target.field is not None and target.key in lists:
            first, last = lists[target.key]
            choice = {
                "validate": "list",
                "source": f"='{GUIDE}'!$B${first + 1}:$B${last + 1}",
                # Other words are taken as well: the import knows many, and asks about the rest.
                "error_type": "warning",
                "error_title": target.label,
                "error_message": "列表里没有这个写法，导入时可能认不出来。",
            }
            sheet.data_validation(1, at, _ROWS, at, choice)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    guide.set_paper(9)
    guide.fit_to_pages(1, 0)
    book.close()
    return whole.getbuffer()


def _write_guide(sheet: Any, known: list[Target], text: Any, head: Any) -> dict[str, tuple[int, int]]:
    """The advice, then every list one word below the other; where each list stands.

    One word a row: beside each other they would look like the head of a register.
    """
    sheet.set_column(0, 0, 18, text)
    sheet.set_column(1, 1, 60, text)
    for at, words in enumerate(("栏目", "怎么写")):
        sheet.write_string(0, at, words, head)
    row = 1
    for target in known:
        must = "必填。" if target.key in _MUST else ""
        sheet.write_string(row, 0, target.label, text)
        sheet.write_string(row, 1, must + _advice(target), text)
        row += 1
    lists: dict[str, tuple[int, int]] = {}
    for target in known:
        words_of = _choices(target.field)
        if words_of:
            sheet.write_string(row + 1, 0, f"“{target.label}”可以写", text)
            lists[target.key] = (row + 2, row + 1 + len(words_of))
            for at, word in enumerate(words_of):
                sheet.write_string(row + 2 + at, 1, word, text)
            row += 2 + len(words_of)
    return lists


def _advice(target: Target) -> str:
    if target.key in _ADVICE:
        return _ADVICE[target.key]
    return _BY_TYPE.get(target.field.type, "") if target.field is not None else ""


def _choices(field: Field | None) -> list[str]:
    return list(field.codes.labels.values()) if field is not None and field.codes is not None else []
