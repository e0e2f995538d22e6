#!/usr/bin/env python3
"""Make the forms in resources/templates: layouts offices use, with the names the program fills in.

    python packaging/make_templates.py

The columns of the registers of people follow GB/T 31000-2015, tables 12 and 13, as far as they are needed.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "templates"
PASSPHRASE = "一本马上就扔掉的空台账"
MADE = datetime(2026, 11, 24)
RULES = (
    "双花括号里的名字，导出时换成台账里的内容；格式、合并的格子、打印设置都照这张表。",
    "不带点的名字，全表说一次，比如 {{社区}}、{{日期}}。",
    "带点的名字，一条记录一行：写着它的那一行会照样重复，有几条就有几行。",
    "一行里只能填一种记录（居民、户籍人口、流动人口、走访、诉求、联络卡、关照、工单、反馈，或只填户）。",
    "同一行里 {{户.…}} 一户只写一次，上下合并；不想合并，导出时选“每行都写全”。",
    "一个格子里可以写几个名字，也可以加别的字，比如 {{户.楼栋}}{{户.房号}}室。",
    "公式里的范围，到重复的那一行为止的，会跟着拉长。",
    "名字写错了，导出时会指出在哪一格，什么也不填。",
    "号码默认遮住；要全显，导出时写明用途，会记进审计。",
    "这张“填写说明”不会出现在填好的表里。改好样子存成自己的模板，导出时选它。",
)


@dataclass(frozen=True)
class Form:
    """One form: its columns as (head, what is filled in, width)."""

    name: str
    title: str
    about: str
    columns: Sequence[tuple[str, str, float]]
    note: str


def people(sort: str, *columns: tuple[str, str, float]) -> list[tuple[str, str, float]]:
    """Columns in which ~ stands for the sort of people."""
    return [(head, said.replace("~", sort), width) for head, said, width in columns]


FORMS = (
    Form(
        "户籍人口花名册",
        "{{社区}}户籍人口花名册",
        "填报单位：{{街道}}{{社区}}　　范围：{{范围}}　　共 {{户数}} 户 {{条数}} 人　　填报日期：{{日期}}",
        people(
            "户籍人口",
            ("序号", "{{~.序号}}", 6),
            ("户号", "{{户.户口簿号}}", 10),
            ("户主姓名", "{{户.户主}}", 9),
            ("姓名", "{{~.姓名}}", 9),
            ("与户主关系", "{{~.与户主关系}}", 8),
            ("公民身份号码", "{{~.公民身份号码}}", 20),
            ("曾用名", "{{~.曾用名}}", 8),
            ("性别", "{{~.性别}}", 5),
            ("出生日期", "{{~.出生日期}}", 11),
            ("民族", "{{~.民族}}", 7),
            ("婚姻状况", "{{~.婚姻状况}}", 7),
            ("政治面貌", "{{~.政治面貌}}", 9),
            ("学历", "{{~.学历}}", 9),
            ("职业", "{{~.职业}}", 9),
            ("服务处所", "{{~.服务处所}}", 13),
            ("联系方式", "{{~.联系方式}}", 14),
            ("户籍门（楼）详址", "{{~.户籍地址}}", 20),
            ("现住门（楼）详址", "{{户.地址}}", 22),
            ("人户一致标识", "{{~.人户一致标识}}", 9),
            ("户主联系方式", "{{户.户主电话}}", 14),
        ),
        "GB/T 31000-2015 表12。籍贯、宗教信仰、职业类别不登记，没有列。人在户不在的不算在内。",
    ),
    Form(
        "流动人口登记表",
        "{{社区}}流动人口登记表",
        "填报单位：{{街道}}{{社区}}　　范围：{{范围}}　　共 {{条数}} 人　　填报日期：{{日期}}",
        people(
            "流动人口",
            ("序号", "{{~.序号}}", 6),
            ("现住门（楼）详址", "{{户.地址}}", 24),
            ("房屋使用", "{{户.房屋使用}}", 8),
            ("房主", "{{户.产权人}}", 9),
            ("姓名", "{{~.姓名}}", 9),
            ("性别", "{{~.性别}}", 5),
            ("公民身份号码", "{{~.公民身份号码}}", 20),
            ("出生日期", "{{~.出生日期}}", 11),
            ("民族", "{{~.民族}}", 7),
            ("户籍门（楼）详址", "{{~.户籍地址}}", 22),
            ("服务处所", "{{~.服务处所}}", 13),
            ("联系方式", "{{~.联系方式}}", 14),
            ("流入原因", "{{~.流入原因}}", 9),
            ("流入时间", "{{~.流入时间}}", 11),
            ("住所类型", "{{~.住所类型}}", 9),
            ("办证类型", "{{~.办证类型}}", 9),
            ("证件号码", "{{~.居住证号}}", 16),
            ("证件到期日期", "{{~.居住证到期}}", 11),
        ),
        "GB/T 31000-2015 表13。只列居住情况是“人在户不在”的人。",
    ),
    Form(
        "民情台账",
        "{{社区}}民情台账",
        "单位：{{街道}}{{社区}}　　范围：{{范围}}　　期间：{{期间}}　　共 {{条数}} 件　　制表日期：{{日期}}",
        [
            ("序号", "{{诉求.序号}}", 6),
            ("登记日期", "{{诉求.登记日期}}", 12),
            ("反映人/网格", "{{诉求.反映人}} {{户.网格}}", 16),
            ("诉求事项", "{{诉求.事项}}：{{诉求.详情}}", 42),
            ("问题类别", "{{诉求.类别}}", 14),
            ("办理状态", "{{诉求.办理状态}}", 9),
            ("责任人", "{{诉求.责任人}}", 10),
            ("办理结果", "{{诉求.办理结果}}", 36),
        ],
        "诉求按受理日期，没写受理日期的按登记日期。",
    ),
    Form(
        "走访日志",
        "{{社区}}走访日志",
        "单位：{{街道}}{{社区}}　　范围：{{范围}}　　期间：{{期间}}　　共 {{条数}} 次　　制表日期：{{日期}}",
        [
            ("日期", "{{走访.时间}}", 17),
            ("走访对象", "{{户.户主}}，{{户.地址}}", 30),
            ("走访人", "{{走访.走访人}} {{走访.陪同}}", 14),
            ("走访方式", "{{走访.结果}}", 9),
            ("为什么来", "{{走访.为什么来}}", 16),
            ("反映主要问题", "{{走访.一句话}}", 44),
            ("现场处置或解释", "", 22),
            ("是否需上报及下一步", "下次 {{走访.下次}}", 18),
        ],
        "每敲一次门一行，没开门的也在内。现场处置或解释空着，手填。",
    ),
    Form(
        "入住台账",
        "{{社区}}入住台账",
        "单位：{{街道}}{{社区}}　　范围：{{范围}}　　共 {{户数}} 户 {{条数}} 人　　制表日期：{{日期}}",
        people(
            "居民",
            ("序号", "{{~.序号}}", 6),
            ("楼号、单元、房间号", "{{户.门牌}}", 20),
            ("入住时间", "{{户.搬来时间}}", 12),
            ("姓名", "{{~.姓名}}", 10),
            ("性别", "{{~.性别}}", 6),
            ("身份证", "{{~.身份证}}", 21),
            ("联系方式", "{{~.联系方式}}", 16),
            ("街道", "{{街道}}", 12),
            ("社区", "{{社区}}", 14),
            ("备注", "{{~.备注}}", 24),
        ),
        "在册居民，已搬走、去世的不算在内。",
    ),
)


def vocabulary() -> dict[str, Collection[str]]:
    """All names, asked of an empty ledger."""
    from gridclient.ledger.ledger import Ledger
    from gridclient.operations.export_template import vocabulary as of

    with TemporaryDirectory() as folder:
        ledger, _ = Ledger.create(Path(folder) / "l", PASSPHRASE, lambda: 0, lambda many: b"\1" * many)
        try:
            with ledger.reading() as connection:
                return of(connection)
        finally:
            ledger.close()


def write(form: Form, names: dict[str, Collection[str]], words: Sequence[str]) -> None:
    """One form as a workbook."""
    book = xlsxwriter.Workbook(str(TARGET / f"{form.name}.xlsx"), {"strings_to_formulas": False})
    book.set_properties({"title": form.name, "created": MADE})
    sheet = book.add_worksheet(form.name)
    last = len(form.columns) - 1
    body = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "num_format": "@"}
    framed = {**body, "border": 1, "text_wrap": True}
    title = book.add_format({**body, "font_name": "黑体", "font_size": 20, "align": "center"})
    about = book.add_format(body)
    head = book.add_format({**framed, "font_name": "黑体", "align": "center", "bg_color": "#EDEDED"})
    left, middle = book.add_format(framed), book.add_format({**framed, "align": "center"})
    sheet.set_row(0, 36)
    sheet.merge_range(0, 0, 0, last, form.title, title)
    sheet.set_row(1, 22)
    sheet.merge_range(1, 0, 1, last, form.about, about)
    sheet.set_row(2, 32)
    for at, (name, said, width) in enumerate(form.columns):
        sheet.set_column(at, at, width)
        sheet.write_string(2, at, name, head)
        sheet.write(3, at, said, middle if width <= 12 else left)
    sheet.set_row(3, 20)
    sheet.set_row(4, 26)
    signed = "制表人：{{制表人}}　　　　　　审核人：　　　　　　　　　　负责人：　　　　　　　　　　（公章）"
    sheet.merge_range(4, 0, 4, last, signed, about)
    page(sheet)
    guide(book.add_worksheet("填写说明"), form, names, words, book.add_format({**body, "text_wrap": True}))
    book.close()


def page(sheet: Any) -> None:
    """A4 across, the head on every page, the number of the page at its foot."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(0, 2)
    sheet.set_footer("&L制表人：{{制表人}}&C第 &P 页 共 &N 页&R{{日期}}")


def guide(
    sheet: Any, form: Form, names: dict[str, Collection[str]], words: Sequence[str], wrapped: Any
) -> None:
    """The sheet for whoever changes the form."""
    sheet.set_column(0, 0, 110)
    lines = [f"{form.name}：{form.note}", "", *RULES, "", f"全表说一次的名字：{'、'.join(words)}"]
    for sort, known in names.items():
        own = [name for name in known if name.startswith(f"{sort}.")]
        lines += ["", f"{sort}：{'、'.join(own)}"]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, wrapped)


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from gridclient.operations.export_template import WORDS

    TARGET.mkdir(parents=True, exist_ok=True)
    names = vocabulary()
    for form in FORMS:
        write(form, names, WORDS)


if __name__ == "__main__":
    main()
