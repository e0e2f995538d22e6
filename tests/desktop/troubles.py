"""Invented matters for the tests of their page."""

from __future__ import annotations

from gridclient.core.domain.matter_course import allowed
from gridclient.desktop.kit.facts import Fact
from gridclient.desktop.matters import Filter, MatterDetail, MatterRow, MattersView, StepLine
from gridclient.desktop.theme import Tone
from tests.desktop.doors import HOUSEHOLD

DOOR, DRAIN, HOSPITAL = b"\x71" * 16, b"\x72" * 16, b"\x73" * 16

ROWS = (
    MatterRow(
        DOOR,
        "单元门关不严，夜里总响",
        "13号楼 2单元，3 户都提过",
        "物业 转办",
        "handling",
        "超 1 天",
        Tone.BAD,
        "alert-triangle",
        True,
    ),
    MatterRow(
        DRAIN, "厨房下水堵，反水", "12号楼 3单元 402 刘慧", "物业 转办", "handling", "剩 3 小时", Tone.WARN
    ),
    MatterRow(
        HOSPITAL, "要去医院没人陪", "15号楼 1单元 201 龚素珍", "周岚", "received", "剩 5 小时", Tone.WARN
    ),
    *(
        MatterRow(
            bytes([place]) * 16, "健身角少一盏灯", "松岭家园 院里", "上报社区", "revisiting", f"剩 {place} 天"
        )
        for place in range(1, 7)
    ),
)
VIEW = MattersView(
    ROWS,
    "没办完 9 件，超期 1 件",
    {
        Filter.OPEN: 9,
        Filter.MINE: 4,
        Filter.SOON: 2,
        Filter.LATE: 1,
        Filter.REVISITING: 6,
        Filter.WHISTLED: 1,
    },
)
DETAIL = MatterDetail(
    DRAIN,
    "20261118-03-07",
    "厨房下水堵，反水",
    "12号楼 3单元 402 刘慧",
    (("剩 3 小时", Tone.WARN, "clock"), ("转手 1 次", Tone.NEUTRAL, "")),
    (
        StepLine("受理", "11月18日 09:20", "周岚入户时听到", done=True),
        StepLine("核实", "11月18日 16:05", "看过，主管道堵", done=True),
        StepLine("办理", "今天 14:00 前", "物业答应上午来疏通", here=True),
        StepLine("回访", note="还没到"),
        StepLine("办结"),
    ),
    "handling",
    allowed("handling"),
    household=HOUSEHOLD,
    facts=(Fact("speakerphone", "吹哨 2 家，1 家超时没应", "bad"),),
)
