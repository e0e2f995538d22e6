"""Files of every format offices have."""

from collections.abc import Sequence
from pathlib import Path

from tests.exchange.archives import ods, parts, zipped
from tests.exchange.office_files import (
    DOOR,
    HEAD,
    HOME,
    WEI,
    WHOLE,
    OfficeFile,
    csv,
)
from tests.exchange.tables import xlsx

FILES = Path(__file__).parent / "files"


def ods_cell(said: str, more: str = "") -> str:
    if not said:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"{more}><text:p>{said}</text:p></table:table-cell>'


def ods_row(cells: Sequence[str], more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(map(ods_cell, cells))}</table:table-row>"


def _ods() -> bytes:
    formula = '<table:table-cell table:formula="of:=[.B9]"/>'
    computed = ods_cell("13900000003", ' table:formula="of:=[.B9]"')
    rows = (
        ods_row(HEAD[:8]),
        ods_row((*DOOR, "魏彩虹", "户主", WEI, "13900000001")),
        ods_row((*DOOR, "李萍", "女"), ' table:visibility="filter"'),
        ods_row((*DOOR, "李安", "孙子", "")).replace("</table:table-row>", f"{formula}</table:table-row>"),
        ods_row((*DOOR, "李宁", "孙子", "")).replace("</table:table-row>", f"{computed}</table:table-row>"),
    )
    return ods(
        "".join(rows)
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    )


def _months_in_ods() -> bytes:
    def born(name: str, room: str, day: str, said: str) -> str:
        cell = f'<table:table-cell office:value-type="date" office:date-value="{day}"><text:p>{said}</text:p>'
        row = ods_row(("送变电小区", "12", room, name))
        return row.replace("</table:table-row>", f"{cell}</table:table-cell></table:table-row>")

    head = ods_row(("小区", "楼栋", "房号", "姓名", "出生日期"))
    days = (
        ("魏甲", "501", "1956-03-01", "1956年3月"),
        ("魏乙", "502", "1956-03-01", "1956-03-01"),
        ("魏丙", "503", "1956-03-15", "1956年3月"),
        ("魏丁", "504", "2026-03-04", "3月4日"),
    )
    return ods(head + "".join(born(*day) for day in days))


def _with_macros_and_links() -> bytes:
    return zipped(
        {
            **parts(xlsx([HEAD, WHOLE])),
            "xl/vbaProject.bin": b"never run",
            "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        }
    )


FORMATS = (
    OfficeFile("csv of GBK with semicolons", lambda: csv([HEAD, WHOLE], ";", "gbk"), HOME),
    OfficeFile("csv of UTF-8 without a mark", lambda: csv([HEAD, WHOLE], ",", "utf-8"), HOME),
    OfficeFile("tsv of UTF-16", lambda: csv([HEAD, WHOLE], "\t", "utf-16"), HOME),
    OfficeFile(
        "csv with quotes and breaks in cells",
        lambda: (
            ",".join(HEAD).encode()
            + '\r\n送变电小区,12号楼,3,502,魏彩虹,户主,,"13900000001\n13900000002","听力弱,独居"'.encode()
        ),
        HOME,
        {"魏彩虹": {"phones": [["13900000001", "13900000002"], []], "remark": "听力弱,独居"}},
    ),
    OfficeFile(
        "csv in which October has lost its nought",
        lambda: csv(
            [
                ("小区", "楼栋", "房号", "姓名", "出生日期"),
                ("送变电小区", "12", "502", "魏彩虹", "1956.1"),
                ("送变电小区", "12", "503", "李萍", "1956.2"),
            ]
        ),
        {"12--502": [["魏彩虹"]], "12--503": [["李萍"]]},
        {"魏彩虹": {"birth": None}, "李萍": {"birth": "1956-02"}},
        doubts=((2, "出生日期"),),
    ),
    OfficeFile(
        "ods with a filtered row and formulas",
        _ods,
        {"12-3-502": [["魏彩虹", "李萍", "李安", "李宁"]]},
        {"李安": {"phones": None}, "李宁": {"phones": [["13900000003"], []]}},
        doubts=((4, "联系电话"),),
        notices=("1 行是隐藏的",),
    ),
    OfficeFile(
        "a workbook of the old kind, with hidden rows and months",
        (FILES / "office.xls").read_bytes,
        {"12-3-502": [["魏彩虹", "李萍"]], "12-3-503": [["赵娜"]]},
        {
            "魏彩虹": {"phones": [["13900000001"], []]},
            "李萍": {"id_number": None, "birth": "1958-07"},
            "赵娜": {"birth": "1956-03-04"},
        },
        doubts=((4, "身份证号"),),
        notices=("1 行是隐藏的", "1 栏是隐藏的"),
        ignored=("隐藏的工作表",),
    ),
    OfficeFile("macros and links to other files", _with_macros_and_links, HOME, ignored=("宏", "别的文件")),
    OfficeFile(
        "ods with months kept as days",
        _months_in_ods,
        {f"12--50{n}": [[f"魏{'甲乙丙丁'[n - 1]}"]] for n in range(1, 5)},
        {
            "魏甲": {"birth": "1956-03"},
            "魏乙": {"birth": "1956-03-01"},
            "魏丙": {"birth": "1956-03-15"},
            "魏丁": {"birth": None},
        },
        doubts=((5, "出生日期"),),
    ),
)
