"""Invented doors for the tests of the screens."""

from __future__ import annotations

from gridclient.desktop.household import (
    CheckLine,
    FactLine,
    Happening,
    HouseholdView,
    Owed,
    Person,
    Sort,
    Standing,
)
from gridclient.desktop.kit.timeline import Event
from gridclient.desktop.theme import Tone

ZHAO = b"\x01" * 16
WEN = b"\x02" * 16
SUN = b"\x03" * 16
HOUSEHOLD = b"\x04" * 16
DWELLING = b"\x05" * 16
MATTER = b"\x06" * 16
CARD = b"\x07" * 16

TIMELINE = (
    Happening(
        Event(
            b"a",
            "door-enter",
            "入户，聊了取药的事",
            "周岚，陪同 沈巧云（楼栋长）",
            "10月16日 周五 10:05",
            "acc",
        ),
        Sort.VISIT,
    ),
    Happening(Event(b"b", "door-off", "敲门，没人应", "周岚", "10月9日 周五 15:40"), Sort.VISIT),
    Happening(
        Event(
            b"c",
            "git-merge",
            "赵文斌的居住情况有了两种说法",
            "周岚：户在人不在；登记表：人户一致",
            "9月22日",
            "two",
            "两种说法",
            Tone.TWO,
        ),
        Sort.CHANGE,
    ),
    Happening(
        Event(
            b"d",
            "message-report",
            "单元门关不严，已修好",
            "物业办理，回访满意",
            "8月3日 – 8月6日",
            "ok",
            "已办结",
            Tone.OK,
        ),
        Sort.MATTER,
    ),
    Happening(Event(b"e", "shield-check", "全户核实，没有变化", "周岚", "5月12日"), Sort.CHANGE),
    Happening(Event(b"f", "id", "当面给了联络卡（第 2 版）", "何敏", "3月8日"), Sort.CARD),
    *(
        Happening(Event(bytes([place]), "door-enter", f"入户 {place}", "周岚", "2025年1月3日"), Sort.VISIT)
        for place in range(14)
    ),
)

LIVED = HouseholdView(
    HOUSEHOLD,
    DWELLING,
    "12号楼 3单元 502",
    "赵世昌家",
    chips=("常住", "自住", "空巢老人", "80 岁以上"),
    people=(
        Person(ZHAO, "赵世昌", "户主", "男 82", "139****2046", "人户一致", "39 天前"),
        Person(SUN, "孙月琴", "配偶", "女 79", "139****2046", "人户一致", "39 天前"),
        Person(
            WEN,
            "赵文斌",
            "子",
            "男 51",
            "138****7713",
            "户在人不在",
            "196 天前",
            True,
            {"residence": ("户在人不在", "人户一致")},
        ),
    ),
    people_summary="3 人，2003 年搬来",
    verified="全户核实 5月12日，196 天前",
    stale=True,
    facts=(
        FactLine("房屋", "自住，产权人 赵世昌", DWELLING, "dwelling", "use"),
        FactLine("户主电话", "139****2046", HOUSEHOLD, "household", "phone"),
        FactLine("紧急联系", "赵文斌（子）", HOUSEHOLD, "household", "phone"),
        FactLine("常在家", "上午 9–11 点", HOUSEHOLD, "household", "best_time"),
        FactLine("要留意", "听力弱，敲重一点", HOUSEHOLD, "household", "care"),
    ),
    checks=(
        CheckLine("人员底数", "清，39 天前"),
        CheckLine("家庭情况", "清，39 天前"),
        CheckLine("矛盾问题", "清，39 天前"),
        CheckLine("安全隐患", "没问，已 196 天", Tone.WARN),
    ),
    checks_summary="4 项清了 3 项",
    owed=(
        Owed(
            MATTER,
            "message-circle",
            "答应问社区医生能不能上门换药",
            "10月16日 周岚答应",
            "等回话 39 天",
            Tone.WARN,
        ),
        Owed(CARD, "id", "联络卡是第 2 版，网格员电话已经变了", "给卡 3月8日", "该换新卡"),
    ),
    timeline=TIMELINE,
)

VACANT = HouseholdView(
    b"",
    DWELLING,
    "12号楼 3单元 503",
    standing=Standing.VACANT,
    notice="空房，10月2日看过。",
    facts=(FactLine("房屋", "空置，产权人 马桂兰", DWELLING, "dwelling", "use"),),
)
