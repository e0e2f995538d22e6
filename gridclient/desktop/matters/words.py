"""Every word of the page of matters."""

from __future__ import annotations

from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.matters.view import Filter

TITLE = "诉求"
NEW = "新诉求"
LIST = "诉求清单"
FILTERS = {
    Filter.OPEN: "全部",
    Filter.RECEIVED: "待受理",
    Filter.VERIFYING: "待核实",
    Filter.HANDLING: "办理中",
    Filter.REVISITING: "待回访",
    Filter.LATE: "超期",
}
FILTER_NAME = "看哪些"
HEADS = ("时限", "什么事", "谁在办", "")
EMPTY = "没有没办完的诉求。入户听到了，按 Ctrl+N 记下来。"
SEE_ALL = "看全部"
HOW = "这件事怎么办"
STEP = "记一条进展"
DONE_EXIT = "这件事办结了"
NOTHING = "选一件，看它走到哪一步。"
HOUSEHOLD = "看这一户"
NOT_YET = "还没到"
DISPUTED = "两种步骤"
EXITS = {"spot": "当场办结", "escalate": "上报社区", "whistle": "吹哨", "explain": "解释说明"}

CLOSE = "关上"
SHEET_STEP = "记进展"
SHEET_NEW = "新诉求"
SAVE = "记下"
LEAVE = "不记了"
TO_STATUS = "走到哪一步"
NOTE = "说明"
NOTE_HINT = "谁说的、怎么办的，一句话"
UNIT = "谁来办"
UNIT_HINT = "物业、消防、帮帮队……"
WHAT = "什么事"
WHAT_HINT = "一句话，60 字以内"
BODY = "详情"
CATEGORY = "类别"
WHO = "谁反映的"
PHONE = "电话"
WHERE = "哪一户"
SAY_WHAT = "什么事要写"
SAY_NOTE = "说明要写一句"


def filter_empty(name: str) -> str:
    return f"{name} 没有。"


HINTS = (
    Hint(("↑", "↓"), "选一件"),
    Hint(("Enter",), "记进展"),
    Hint(("1", "4"), "办结、上报、吹哨、解释", span=True),
    Hint(("Ctrl+N",), "新诉求"),
    Hint(("F7",), "看这一户"),
)
ALL_KEYS = (
    HintGroup(
        TITLE,
        (
            Hint(("↑", "↓"), "选一件"),
            Hint(("Enter",), "记一条进展"),
            Hint(("1",), "当场办结"),
            Hint(("2",), "上报社区"),
            Hint(("3",), "吹哨，请别的部门"),
            Hint(("4",), "解释说明"),
            Hint(("Ctrl+N",), "新诉求"),
            Hint(("F7",), "看这一户"),
            Hint(("Ctrl+1", "6"), "只看一类", span=True),
        ),
    ),
)
