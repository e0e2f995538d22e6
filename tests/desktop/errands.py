"""Invented doors of one morning, with the longest words they may hold."""

from __future__ import annotations

from dataclasses import replace

from gridclient.desktop.theme import Tone
from gridclient.desktop.today import DoorDetail, DoorGroup, DoorLine, Order, TodayView

FIRST, SECOND, THIRD, SHUT = (bytes([each]) * 16 for each in range(1, 5))

LINES = (
    DoorLine(
        FIRST,
        "12号楼 3单元 1502",
        "欧阳建国",
        "关照",
        Tone.BAD,
        "空巢老人，走访超期 129 天",
        "139 天前",
        96,
        "bad",
    ),
    DoorLine(
        SECOND,
        "12号楼 1单元 301",
        "马桂兰",
        "预约 10:30",
        Tone.ACC,
        "约好今天 10:30，当面填就餐卡",
        "3 天前",
        92,
        "bad",
    ),
    DoorLine(
        THIRD, "13号楼 2单元 101", "", "新住户", Tone.NEUTRAL, "搬来 5 天，7 天内要见面", "没去过", 41, "ctl"
    ),
    DoorLine(
        SHUT,
        "16号楼 1单元 201",
        "于海涛",
        "没敲开",
        Tone.NEUTRAL,
        "敲 2 次没开，都在工作日上午",
        "10 天前",
        60,
        "ctl",
        instead="今晚 18:30",
    ),
)
VIEW = TodayView(
    "11月24日 周二 上午",
    done=3,
    due=12,
    week=21,
    groups=(
        DoorGroup("今天必须到", "有期限的、该关照的", "bad", LINES[:2]),
        DoorGroup("顺路", "走得完就去，后面还有 14 户", "ctl", LINES[2:3]),
        DoorGroup("换个时间去", "按以往敲门的时间算的", "acc", LINES[3:]),
    ),
)
COMPOUNDS = replace(
    VIEW,
    groups=tuple(
        replace(group, lines=tuple(replace(line, compound="送变电公司第二家属院") for line in group.lines))
        for group in VIEW.groups
    ),
)
ON_FOOT = replace(VIEW, order=Order.WAY)
DETAIL = DoorDetail(
    FIRST,
    "12号楼 3单元 1502",
    "欧阳建国 82 岁，孙月琴 79 岁等 3 人",
    96,
    (
        ("空巢老人，走访超期 129 天", 52),
        ("有诉求必访，超 12 天", 14),
        ("上次没见着，定了11月20日再来", 6),
        ("80 岁以上", 8),
    ),
    (
        ("history", "敲 4 次没开：工作日上午 2 次、工作日晚上 1 次等"),
        ("clock", "周六 9:00–11:30 更可能在家"),
        ("phone", "先打电话约，或门上贴张便条"),
        ("heart", "独居老人、另 1 项关照"),
    ),
    "送变电公司第二家属院",
    "想换个离电梯近的就餐点，问了食堂再回话。",
    "10月16日",
)
