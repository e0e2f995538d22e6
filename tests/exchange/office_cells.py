"""Files whose cells are odd."""

from datetime import date
from typing import Any

import xlsxwriter

from tests.exchange.office_files import (
    DOOR,
    HEAD,
    HOME,
    LI,
    WEI,
    WHOLE,
    OfficeFile,
    csv,
    made,
    write_rows,
)
from tests.exchange.tables import xlsx


def _months(book: xlsxwriter.Workbook, page: Any) -> None:
    month = book.add_format({"num_format": 'yyyy"年"m"月"'})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    english = book.add_format({"num_format": "mmm-yy"})
    birthday = book.add_format({"num_format": 'm"月"d"日"'})
    write_rows(page, [("小区", "楼栋", "房号", "姓名", "出生日期")])
    styles = ((month, 1), (month, 15), (day, 1), (english, 1), (birthday, 1))
    for index, (style, number) in enumerate(styles):
        write_rows_at = ("送变电小区", "12", f"50{index + 1}", f"魏{'甲乙丙丁戊'[index]}")
        for column, value in enumerate(write_rows_at):
            page.write_string(index + 1, column, value)
        page.write_datetime(index + 1, 4, date(1956, 3, number), style)


def _from_1904(book: xlsxwriter.Workbook, page: Any) -> None:
    write_rows(page, [("小区", "楼栋", "房号", "姓名", "出生日期"), ("送变电小区", "12", "501", "魏甲")])
    page.write_datetime(1, 4, date(1956, 3, 4), book.add_format({"num_format": "yyyy-mm-dd"}))
    for column, value in enumerate(("送变电小区", "12", "502", "魏乙", 19056)):
        page.write(2, column, value)


def _door_as_date(book: xlsxwriter.Workbook, page: Any) -> None:
    write_rows(page, [HEAD, ["送变电小区", "12", "3", "", "魏彩虹", "户主"]])
    page.write_datetime(1, 3, date(2026, 5, 2), book.add_format({"num_format": 'm"月"d"日"'}))


def _formulas(book: xlsxwriter.Workbook, page: Any) -> None:
    write_rows(page, [HEAD])
    for index in (1, 2, 3):
        for column, value in enumerate((*DOOR[:3], f"50{index}", f"魏{'甲乙丙'[index - 1]}", "户主")):
            page.write_string(index, column, value)
    page.write_formula(1, 7, "=B9", None, "13900000001")
    page.write_formula(2, 7, "=B9", None, "#REF!")
    page.write_formula(3, 3, "=B9", None, "#N/A")


def _without_value(book: xlsxwriter.Workbook, page: Any) -> None:
    write_rows(page, [HEAD, [*DOOR, "魏彩虹", "户主"]])
    page.write_formula(1, 7, "=B9", None, "")
    page.write_string(1, 8, '=cmd|"/C calc"!A0')


CELLS = (
    OfficeFile(
        "months that a table keeps as days",
        lambda: made(_months),
        {f"12--50{n}": [[f"魏{'甲乙丙丁戊'[n - 1]}"]] for n in range(1, 6)},
        {
            "魏甲": {"birth": "1956-03"},
            "魏乙": {"birth": "1956-03-15"},
            "魏丙": {"birth": "1956-03-01"},
            "魏丁": {"birth": "1956-03"},
            "魏戊": {"birth": None},
        },
        doubts=((6, "出生日期"),),
    ),
    OfficeFile("a room the table made a date", lambda: made(_door_as_date), faults=((2, "变成了日期"),)),
    OfficeFile(
        "formulas with a value, with an error, in a door",
        lambda: made(_formulas),
        {"12-3-501": [["魏甲"]], "12-3-502": [["魏乙"]]},
        {"魏甲": {"phones": [["13900000001"], []]}, "魏乙": {"phones": None}},
        faults=((4, "公式"),),
        doubts=((3, "联系电话"),),
    ),
    OfficeFile(
        "a formula nobody computed and one in words",
        lambda: made(_without_value),
        HOME,
        {"魏彩虹": {"phones": None, "remark": None}},
        doubts=((2, "联系电话"), (2, "备注")),
    ),
    OfficeFile(
        "names with spaces, notes and numbers",
        lambda: xlsx(
            [
                HEAD,
                [*DOOR, "魏  虹", "户主"],
                [*DOOR, f"李萍{LI}", "女"],
                [*DOOR, "王五（已故）", "夫"],
                [*DOOR[:3], "503", "赵娜（户主）", ""],
            ]
        ),
        {"12-3-502": [["魏虹", "李萍", "王五"]], "12-3-503": [["赵娜"]]},
        {"李萍": {"id_number": LI}, "王五": {"life": "dead"}, "赵娜": {"relation_to_head": "02"}},
    ),
    OfficeFile(
        "names that are none, several, or masked",
        lambda: xlsx(
            [
                HEAD,
                WHOLE,
                [*DOOR, "李萍、李安", "女"],
                [*DOOR, "李萍 李安国", "女"],
                [*DOOR, "李**", "女"],
                [*DOOR, "不详", "子"],
                [*DOOR, "#N/A", "子"],
            ]
        ),
        HOME,
        faults=((3, "不止一个人"), (4, "不止一个人"), (5, "打了码"), (6, "真实姓名"), (7, "公式")),
    ),
    OfficeFile(
        "rare characters and names of other peoples",
        lambda: xlsx(
            [
                HEAD,
                [*DOOR, "魏𫖯", "户主"],
                [*DOOR, "买买提·艾力", "其他"],
                [*DOOR, "才让卓玛", "女"],
                [*DOOR, "欧阳 震华", "子"],
            ]
        ),
        {"12-3-502": [["魏𫖯", "买买提·艾力", "才让卓玛", "欧阳震华"]]},
    ),
    OfficeFile(
        "numbers of identity in every state",
        lambda: xlsx(
            [
                HEAD,
                [*DOOR, "魏甲", "户主", f"'{WEI}"],
                [*DOOR, "魏乙", "子", float(WEI)],
                [*DOOR, "魏丙", "子", "6399**********0026"],
                [*DOOR, "魏丁", "子", LI[:17]],
                [*DOOR, "魏戊", "子", f"{LI[:6]} {LI[6:14]} {LI[14:]}"],
            ]
        ),
        {"12-3-502": [["魏甲", "魏乙", "魏丙", "魏丁", "魏戊"]]},
        {
            "魏甲": {"id_number": WEI},
            "魏乙": {"id_number": None},
            "魏丙": {"id_number": None, "remark": "证件尾号 0026"},
            "魏丁": {"id_number": None},
            "魏戊": {"id_number": LI},
        },
        doubts=((3, "身份证号"), (4, "身份证号"), (5, "身份证号")),
    ),
    OfficeFile(
        "a column of numbers once stored as such",
        lambda: csv(
            [
                HEAD,
                *(
                    [*DOOR[:3], f"50{n}", f"魏{'甲乙丙'[n - 1]}", "户主", f"63990019560304{n}000"]
                    for n in (1, 2, 3)
                ),
            ]
        ),
        {f"12-3-50{n}": [[f"魏{'甲乙丙'[n - 1]}"]] for n in (1, 2, 3)},
        doubts=((2, "身份证号"), (3, "身份证号"), (4, "身份证号")),
    ),
    OfficeFile(
        "telephones in every state",
        lambda: xlsx(
            [
                HEAD,
                [*DOOR, "魏甲", "户主", "", 13900000001.0],
                [*DOOR, "魏乙", "子", "", "1390000000113900000002"],
                [*DOOR, "魏丙", "子", "", "儿子13900000003"],
                [*DOOR, "魏丁", "子", "", "没有手机"],
                [*DOOR, "魏戊", "子", "", "1.39E+10"],
                [*DOOR, "魏己", "子", "", "座机0971-6123456"],
            ]
        ),
        {"12-3-502": [["魏甲", "魏乙", "魏丙", "魏丁", "魏戊", "魏己"]]},
        {
            "魏甲": {"phones": [["13900000001"], []]},
            "魏乙": {"phones": [["13900000001", "13900000002"], []]},
            "魏丙": {"phones": [["13900000003"], []], "remark": "电话尾号 0003：儿子"},
            "魏丁": {"phones": None},
            "魏戊": {"phones": None},
            "魏己": {"phones": [["0971-6123456"], []]},
        },
        doubts=((6, "联系电话"),),
    ),
    OfficeFile(
        "sexes by codes nobody explains",
        lambda: xlsx(
            [
                [*HEAD, "性别"],
                [*WHOLE, "", "", "", "0"],
                [*DOOR, "李萍", "女", "", "", "", "1"],
                [*DOOR, "李安", "孙子", WEI, "", "", "1"],
            ]
        ),
        {"12-3-502": [["魏彩虹", "李萍", "李安"]]},
        {"魏彩虹": {"sex": None}, "李萍": {"sex": None}, "李安": {"sex": "1"}},
        doubts=((2, "性别"), (3, "性别")),
    ),
    OfficeFile(
        "floors in a column of their own",
        lambda: xlsx(
            [
                ["小区", "楼栋", "单元", "楼层", "房号", "姓名", "关系"],
                ["送变电小区", "12", "3", "5", "2", "魏彩虹", "户主"],
                ["送变电小区", "12", "3", "6", "2", "李萍", "户主"],
                ["送变电小区", "12", "3", "5层", "东户", "赵娜", "户主"],
                ["送变电小区", "12", "3", "6层", "东户", "周宁", "户主"],
            ]
        ),
        {
            "12-3-5-2": [["魏彩虹"]],
            "12-3-6-2": [["李萍"]],
            "12-3-5层东户": [["赵娜"]],
            "12-3-6层东户": [["周宁"]],
        },
    ),
    OfficeFile(
        "the unit said twice",
        lambda: xlsx(
            [
                HEAD,
                ["送变电小区", "12", "3", "3-502", "魏彩虹", "户主"],
                ["送变电小区", "12", "3", "2-502", "李萍", "户主"],
            ]
        ),
        HOME,
        faults=((3, "单元"),),
    ),
    OfficeFile(
        "building and compound in one cell",
        lambda: xlsx([HEAD, ["送变电小区", "送变电12号楼", "3单元", "502室", "魏彩虹", "户主"]]),
        HOME,
    ),
    OfficeFile(
        "building and unit in one cell",
        lambda: xlsx([["小区", "楼栋", "房号", "姓名"], ["送变电小区", "12号楼3单元", "502", "魏彩虹"]]),
        HOME,
    ),
    OfficeFile(
        "a building that may be building and unit",
        lambda: xlsx([["小区", "楼栋", "房号", "姓名"], ["送变电小区", "12-3", "502", "魏彩虹"]]),
        faults=((2, "两种读法"),),
    ),
    OfficeFile(
        "addresses in many hands",
        lambda: xlsx(
            [
                ["地址", "姓名", "关系"],
                *(
                    [address, f"魏{name}", "户主"]
                    for address, name in (
                        ("送变电小区12号楼3单元501", "甲"),
                        ("送变电小区12-3-502", "乙"),
                        ("送变电小区十二号楼三单元五零三", "丙"),
                        ("送变电小区12#3-504室", "丁"),
                        ("西宁市城西区五四西路12号送变电小区12栋3单元505", "戊"),
                        ("送变电小区12号楼3单元6楼502", "己"),
                        ("送变电小区12-3-5", "庚"),
                        ("送变电小区12号楼3单元506 空挂户", "辛"),
                        ("12号楼3单元507", "壬"),
                    )
                ),
            ]
        ),
        {
            "12-3-501": [["魏甲"]],
            "12-3-502": [["魏乙"]],
            "12-3-503": [["魏丙"]],
            "12-3-504": [["魏丁"]],
            "12-3-505": [["魏戊"]],
            "12-3-506": [["魏辛"]],
        },
        faults=((7, "对不上"), (8, "两种读法"), (10, "小区")),
    ),
    OfficeFile(
        "rooms that are none",
        lambda: xlsx(
            [
                HEAD,
                [*DOOR[:3], "不详", "魏彩虹", "户主"],
                [*DOOR[:3], "传达室", "李萍", "户主"],
                [*DOOR[:3], "502、503", "赵娜", "户主"],
            ]
        ),
        {"12-3-传达室": [["李萍"]], "12-3-502、503": [["赵娜"]]},
        faults=((2, "没写房号"),),
        doubts=((3, "房号"), (4, "房号")),
    ),
    OfficeFile(
        "days counted from 1904",
        lambda: made(_from_1904, options={"date_1904": True}),
        {"12--501": [["魏甲"]], "12--502": [["魏乙"]]},
        {"魏甲": {"birth": "1956-03-04"}, "魏乙": {"birth": None}},
        doubts=((3, "出生日期"),),
    ),
)
