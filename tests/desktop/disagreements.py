"""Invented disagreements for the tests of the desk."""

from __future__ import annotations

from gridclient.desktop.settle import DeskItem, DeskView, Pile, ReviewView, SettleView, Version
from tests.desktop.doors import WEN

FIRST, SECOND, THIRD = b"\x31" * 16, b"\x32" * 16, b"\x33" * 16

BASE = Version(
    b"\x30" * 16, "人户一致", "何敏", "5月12日 10:20", "全户核实", "两边改之前都是这个", "1", "不变"
)
ZHOU = Version(
    FIRST,
    "户在人不在",
    "周岚",
    "9月20日 18:40",
    "打电话，赵世昌本人说",
    "“儿子在外地上班，过年回”",
    "3",
    "定了以后：居住情况记为“户在人不在”，这一户常住 3 人变 2 人",
)
OFFICE = Version(
    SECOND,
    "人户一致",
    "办公室",
    "9月22日 15:02",
    "导入 登记表.xlsx 第 312 行",
    "表里的登记时间是 2024 年",
    "1",
)
SETTLE = SettleView(
    WEN,
    "resident",
    "residence",
    "赵文斌的居住情况",
    "12号楼 3单元 502，赵世昌的儿子，51 岁",
    (ZHOU, OFFICE),
    BASE,
    evidence=(
        ("door-enter", "10月16日入户：家里见到赵世昌、孙月琴，没见到赵文斌"),
        ("id", "赵文斌的户口在这一户，电话 138****7713 是外地号"),
    ),
    options=(("1", "人户一致"), ("2", "人在户不在"), ("3", "户在人不在")),
)
LONG = "青海省西宁市城东区某某街道某某社区某某路 188 号某某小区 12号楼 3单元 502 室（老地址是 86 号院）"
NAMES = SettleView(
    WEN,
    "resident",
    "hukou_address",
    "赵文斌的户籍地址",
    "12号楼 3单元 502",
    tuple(Version(bytes([place]) * 16, LONG, "马宁", "9月20日 18:40", "入户") for place in (1, 2, 3, 4)),
)
HELD = ReviewView(
    b"\x41" * 16,
    "周岚改了 18号楼 2单元 301 的户主电话",
    "18号楼不在她的网格",
    (("user", "周岚"), ("clock", "11月22日 16:05"), ("phone", "139****2046")),
    (("accept", "采用"), ("decline", "不采用")),
)
DESK = DeskView(
    (
        DeskItem(b"\x51" * 16, Pile.CONFLICT, "赵文斌", "居住情况", "12-3-502", "周岚 / 登记表"),
        DeskItem(b"\x52" * 16, Pile.CONFLICT, "贺敏", "居住情况", "15-1-402", "周岚 / 登记表"),
        DeskItem(b"\x53" * 16, Pile.CONFLICT, "13-2-601", "房屋用途", "白建军家", "周岚 / 马宁"),
        DeskItem(b"\x41" * 16, Pile.HELD, "周岚", "户主电话", "18-2-301", "等你点头"),
    ),
    "4 件等你定，今天定了 9 件",
    {Pile.CONFLICT: 3, Pile.HELD: 1},
)
