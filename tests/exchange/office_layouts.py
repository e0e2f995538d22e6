"""Files whose lines are odd: titles, headings, headers, families, people side by side."""

from typing import Any

import xlsxwriter

from tests.exchange.office_files import (
    DOOR,
    HEAD,
    HOME,
    LI,
    PAIR,
    SHORT,
    WEI,
    WHOLE,
    OfficeFile,
    csv,
    made,
    write_rows,
)
from tests.exchange.tables import xlsx


def _hidden(book: xlsxwriter.Workbook, page: Any) -> None:
    write_rows(page, [HEAD, [*DOOR, "魏彩虹", "户主"], [*DOOR, "李萍", "女"], [*DOOR, "李安", "孙子"]])
    page.set_row(2, None, None, {"hidden": True})
    page.set_column(7, 7, None, None, {"hidden": True})


def _blocks_of_titles(book: xlsxwriter.Workbook, page: Any) -> None:
    title = book.add_format({"bold": True, "align": "center"})
    page.merge_range("A1:I1", "南气象巷社区居民登记表", title)
    page.merge_range("A2:I2", "（2026 年 11 月）", title)
    page.merge_range("A3:I3", "制表单位：南气象巷社区居委会          制表日期：2026-11-24", title)
    for index, row in enumerate([HEAD, [*DOOR, "魏彩虹", "户主"], ["合计", "", "", "", "1 人"]]):
        for column, value in enumerate(row):
            page.write_string(index + 3, column, value)


def _two_buildings() -> bytes:
    other: Any = {"13栋": [SHORT, ["送变电小区", "3-502", "李萍", "户主"]]}
    return xlsx([SHORT, ["送变电小区", "3-502", "魏彩虹", "户主"]], sheet="12号楼", **other)


LAYOUTS = (
    OfficeFile("three merged title rows", lambda: made(_blocks_of_titles), HOME),
    OfficeFile(
        "hidden rows and columns",
        lambda: made(_hidden),
        {"12-3-502": [["魏彩虹", "李萍", "李安"]]},
        notices=("1 行是隐藏的", "1 栏是隐藏的"),
    ),
    OfficeFile(
        "titles again on every page",
        lambda: xlsx(
            [["送变电小区居民登记表"], HEAD, WHOLE, ["送变电小区居民登记表"], HEAD, [*DOOR, "李萍", "女"]]
        ),
        PAIR,
    ),
    OfficeFile(
        "a header of two rows again on the next page",
        lambda: xlsx(
            [
                ["送变电小区居民登记表"],
                ["楼号", "单元", "房号", "家庭成员", "", ""],
                ["", "", "", "姓名", "关系", "电话"],
                ["12号楼", "3", "502", "魏彩虹", "户主", "13900000001"],
                ["楼号", "单元", "房号", "家庭成员", "", ""],
                ["", "", "", "姓名", "关系", "电话"],
                ["12号楼", "3", "502", "李萍", "女", "13900000002"],
            ]
        ),
        PAIR,
        {"李萍": {"phones": [["13900000002"], []]}},
    ),
    OfficeFile(
        "headings that name the building",
        lambda: xlsx(
            [
                ["小区", "单元", "房号", "姓名", "关系"],
                ["12号楼（共 2 户）"],
                ["送变电小区", "3", "502", "魏彩虹", "户主"],
                ["13号楼"],
                ["送变电小区", "3", "502", "李萍", "户主"],
            ]
        ),
        {"12-3-502": [["魏彩虹"]], "13-3-502": [["李萍"]]},
    ),
    OfficeFile(
        "headings that name building and unit",
        lambda: xlsx(
            [
                ["小区", "房号", "姓名", "关系"],
                ["12号楼1单元"],
                ["送变电小区", "502", "魏彩虹", "户主"],
                ["2单元"],
                ["送变电小区", "502", "李萍", "户主"],
            ]
        ),
        {"12-1-502": [["魏彩虹"]], "12-2-502": [["李萍"]]},
    ),
    OfficeFile(
        "notes under the header",
        lambda: xlsx([HEAD, ["必填", "如 12号楼", "", "", "", "从列表选", "18 位", "", ""], WHOLE]),
        HOME,
        faults=((2, "填写说明"),),
    ),
    OfficeFile(
        "an example under the header",
        lambda: xlsx([HEAD, [*DOOR, "例：张三", "户主"], WHOLE]),
        HOME,
        faults=((2, "填写说明"),),
    ),
    OfficeFile(
        "two ordinal columns and an empty one",
        lambda: xlsx(
            [["序号", "", "序号", *HEAD], ["1", "", "1", *WHOLE], ["1", "", "2", *DOOR, "李萍", "女"]]
        ),
        PAIR,
    ),
    OfficeFile(
        "footers of every sort",
        lambda: xlsx(
            [
                HEAD,
                WHOLE,
                ["共 1 户", "", "", "", "1 人"],
                ["本页小计", "1"],
                ["填表人：李萍", "", "", "审核人：赵娜"],
                ["第 1 页"],
                ["说明：请核对"],
                ["（盖章）"],
            ]
        ),
        HOME,
        faults=((8, "没有姓名"),),
    ),
    OfficeFile(
        "a line of nobody's",
        lambda: xlsx([HEAD, WHOLE, ["送变电小区", "13号楼", "", ""]]),
        HOME,
        faults=((3, "没有姓名"),),
    ),
    OfficeFile(
        "merged head, address and number of a household",
        lambda: xlsx(
            [
                ["户编号", "户主", "地址", "姓名", "关系"],
                ["1", "魏彩虹", "送变电小区12-3-502", "魏彩虹", "户主"],
                ["", "", "", "李萍", "女"],
                ["2", "赵娜", "送变电小区12-3-503", "赵娜", "户主"],
            ],
            merged=["A2:A3", "B2:B3", "C2:C3"],
        ),
        {"12-3-502": [["魏彩虹", "李萍"]], "12-3-503": [["赵娜"]]},
    ),
    OfficeFile(
        "dittos of every sort",
        lambda: xlsx(
            [
                HEAD,
                WHOLE,
                ["同上", "〃", '"', "。。", "李萍", "女"],
                ["同上", "同上", "同上", "同上", "李安", "孙子"],
            ]
        ),
        {"12-3-502": [["魏彩虹", "李萍", "李安"]]},
    ),
    OfficeFile(
        "ditto is no value of a person",
        lambda: xlsx([HEAD, [*WHOLE, WEI, "13900000001"], [*DOOR, "李萍", "女", "同上", "同上"]]),
        PAIR,
        {"李萍": {"id_number": None, "phones": None}},
        doubts=((3, "身份证号"), (3, "联系电话")),
    ),
    OfficeFile(
        "blank doors below a head only",
        lambda: xlsx([HEAD, WHOLE, ["", "", "", "", "李萍", "女"], ["", "", "", "", "赵娜", "户主"]]),
        PAIR,
        faults=((4, "没写"),),
    ),
    OfficeFile(
        "numbered people side by side",
        lambda: xlsx(
            [
                ["小区", "楼栋", "房号", "姓名1", "身份证号1", "姓名2", "身份证号2"],
                ["送变电小区", "12", "502", "魏彩虹", WEI, "李萍", LI],
            ]
        ),
        {"12--502": [["魏彩虹", "李萍"]]},
        {"魏彩虹": {"id_number": WEI}, "李萍": {"id_number": LI}},
    ),
    OfficeFile(
        "numbered people, names first",
        lambda: xlsx(
            [
                ["小区", "楼栋", "房号", "姓名1", "姓名2", "身份证1", "身份证2"],
                ["送变电小区", "12", "502", "魏彩虹", "李萍", WEI, LI],
            ]
        ),
        {"12--502": [["魏彩虹", "李萍"]]},
        {"魏彩虹": {"id_number": WEI}, "李萍": {"id_number": LI}},
    ),
    OfficeFile(
        "members with numbers before",
        lambda: xlsx(
            [
                ["小区", "楼栋", "房号", "成员1姓名", "成员1关系", "成员2姓名", "成员2关系"],
                ["送变电小区", "12", "502", "魏彩虹", "户主", "李萍", "女"],
            ]
        ),
        {"12--502": [["魏彩虹", "李萍"]]},
        {"李萍": {"relation_to_head": "30"}},
    ),
    OfficeFile(
        "people side by side that nobody can tell apart",
        lambda: xlsx(
            [
                ["小区", "楼栋", "房号", "姓名", "姓名", "身份证号", "身份证号"],
                ["送变电小区", "12", "502", "魏彩虹", "李萍", WEI, LI],
            ]
        ),
        asked="身份证号",
    ),
    OfficeFile(
        "two telephones in two columns",
        lambda: xlsx([[*HEAD[:7], "联系电话1", "联系电话2"], [*WHOLE, "", "13900000001", "0971-6123456"]]),
        HOME,
        {"魏彩虹": {"phones": [["13900000001", "0971-6123456"], []]}},
    ),
    OfficeFile(
        "a form for every household",
        lambda: xlsx(
            [
                ["送变电小区住户登记表"],
                ["户主姓名", "魏彩虹", "性别", "女"],
                ["身份证号", WEI, "联系电话", "13900000001"],
                ["地址", "送变电小区12号楼3单元502", "备注", ""],
            ]
        ),
        asked="房号",
    ),
    OfficeFile(
        "one sheet for every building",
        _two_buildings,
        {"12-3-502": [["魏彩虹"]], "13-3-502": [["李萍"]]},
    ),
    OfficeFile(
        "units that are called like their building",
        lambda: xlsx(
            [SHORT, ["送变电小区", "3-502", "魏彩虹", "户主"], ["送变电小区", "2-502", "李萍", "户主"]],
            sheet="3号楼",
        ),
        {"3-3-502": [["魏彩虹"]], "3-2-502": [["李萍"]]},
    ),
    OfficeFile(
        "units or the building again",
        lambda: xlsx([SHORT, ["送变电小区", "3-502", "魏彩虹", "户主"]], sheet="3号楼"),
        faults=((2, "两种读法"),),
    ),
    OfficeFile(
        "a sheet of code lists and one of notes",
        lambda: xlsx(
            [HEAD, WHOLE],
            相关数据字典项=[["性别", "1", "男"], ["", "2", "女"]],
            注意事项=[["一、不要改表头"]],
        ),
        HOME,
        ignored=("没有找到表头", "没有找到表头"),
    ),
    OfficeFile("the header far down", lambda: xlsx([*[[f"说明 {n}"] for n in range(11)], HEAD, WHOLE]), HOME),
    OfficeFile(
        "stars, colons and breaks in headers",
        lambda: xlsx(
            [["小区*", "楼 栋：", "单元\n（必填）", "*房号", "姓 名（必填）", "与户主\n关系"], WHOLE]
        ),
        HOME,
    ),
    OfficeFile(
        "families that running numbers part",
        lambda: xlsx(
            [
                ["序号", "地址", "姓名"],
                ["1", "送变电小区12-3-502", "魏彩虹"],
                ["2", "", "李萍"],
                ["1", "送变电小区12-3-502", "赵娜"],
                ["2", "", "周宁"],
                ["1", "", "何英"],
            ]
        ),
        {"12-3-502": [["魏彩虹", "李萍"], ["赵娜", "周宁"]]},
        faults=((6, "没写"),),
    ),
    OfficeFile(
        "a head in a column of its own, without a line",
        lambda: xlsx(
            [
                ["小区", "楼栋", "房号", "户主姓名", "成员姓名", "与户主关系", "成员身份证号"],
                ["送变电小区", "12", "502", "魏彩虹", "李萍", "女", LI],
            ]
        ),
        {"12--502": [["李萍"]]},
        {"李萍": {"id_number": LI, "relation_to_head": "30"}},
        notices=("户主没有自己的一行",),
    ),
    OfficeFile(
        "compound and building in the title alone",
        lambda: xlsx(
            [["送变电小区12号楼居民登记表"], ["单元", "房号", "姓名", "关系"], ["3", "502", "魏彩虹", "户主"]]
        ),
        HOME,
    ),
    OfficeFile(
        "doors nobody lives behind, in words",
        lambda: xlsx(
            [HEAD, WHOLE, [*DOOR[:3], "503", "空置"], [*DOOR[:3], "504", "出租"], [*DOOR[:3], "505", "锁门"]]
        ),
        HOME,
        faults=((4, "真实姓名"), (5, "真实姓名")),
    ),
    OfficeFile(
        "numbers a program wrote out",
        lambda: csv(
            [("小区", "楼栋", "单元", "房号", "姓名"), ("送变电小区", "12.0", "3.0", "502.0", "魏彩虹")]
        ),
        HOME,
    ),
)
