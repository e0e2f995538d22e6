"""Every word of the pages of matters."""

from __future__ import annotations

from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.matters.view import Filter

TITLE = "诉求"
NEW = "新诉求"
LIST = "诉求清单"
VIEWS = ("列表", "看板")
FILTERS = {
    Filter.OPEN: "全部",
    Filter.MINE: "我的",
    Filter.SOON: "快到期",
    Filter.LATE: "超期",
    Filter.REVISITING: "待回访",
    Filter.WHISTLED: "吹哨",
    Filter.CONFIDENTIAL: "保密",
    Filter.CLOSED: "办结",
}
FILTER_NAME = "看哪些"
HEADS = ("时限", "什么事", "谁在办", "")
EMPTY = "没有没办完的诉求。入户听到了，按 Ctrl+N 记下来。"
SEE_ALL = "看全部"
HOW = "这件事怎么办"
STEP = "记一条进展"
NOTHING = "选一件，看它走到哪一步。"
HOUSEHOLD = "看这一户"
OPEN = "全部经过"
DISPUTED = "两种步骤"
NONE_HERE = "没有"
ACTS = {
    "spot": "当场办结",
    "escalate": "上报社区",
    "whistle": "吹哨",
    "explain": "解释说明",
    "revisit": "回访",
    "close": "办结",
}

BACK = "回清单"
COURSE = "经过"
ABOUT = "这件事"
CALLS = "吹哨报到"
NO_CALLS = "还没请别的单位。按 3 吹哨。"
SAME = "同一件事"
NO_SAME = "没有并进来的。按 F5 把它并到另一件。"
HANG = "并到另一件"
PART = "分开"
UNDER = "这件并在另一件里，跟着那一件办："
RECORD_ANSWER = "记报到"
MOVE = "约时间"

CLOSE = "关上"
SHEET_STEP = "记进展"
SHEET_NEW = "新诉求"
SHEET_WHISTLE = "吹哨，请单位来"
SHEET_ANSWER = "记报到"
SHEET_SAME = "并到哪一件"
SAVE = "记下"
LEAVE = "不记了"
TO_STATUS = "走到哪一步"
NOTE = "说明"
NOTE_HINT = "谁说的、怎么办的，一句话"
EXPLAIN_HINT = "怎么跟住户说的，10 个字以上"
UNIT = "谁来办"
UNIT_HINT = "物业、消防、帮帮队……"
ANSWER = "住户怎么说"
RESULT = "办成了没有"
LEVEL = "在哪一级办的"
TEMPLATES = "常见的"
WHAT = "什么事"
WHAT_HINT = "一句话，60 字以内"
BODY = "详情"
CATEGORY = "类别"
DUE = "什么时候办完"
DUE_DAYS = ((0, "今天"), (1, "明天"), (2, "2 天"), (3, "3 天"), (5, "5 天"), (10, "10 天"))
DUE_NAME = "工作日"
SECRET = "保密"
SECRET_YES = "只给我和书记看"
WHO = "谁反映的"
PHONE = "电话"
WHERE = "哪一户"
SAY_WHAT = "什么事要写"
SAY_NOTE = "说明要写一句"
SAY_MORE = "解释要写 10 个字以上，写清怎么跟住户说的"
SAY_ANSWER = "先选住户怎么说"
SAY_RESULT = "先选办成了没有"

UNITS = "请哪几家"
UNITS_HINT = "数字选，可以多选"
NO_UNITS = "社区还没登记联动单位，先写名字。"
OTHER_UNIT = "别的单位"
OTHER_UNIT_HINT = "名单里没有就写在这里"
SORT = "哪种哨"
ASKED = "请他们做什么"
ASKED_HINT = "一句话，写清到哪里、办什么"
UNTIL = "应哨期限"
SAY_UNIT = "先选一家，或写一家"
SAY_ASKED = "请他们做什么要写一句"
STATE = "现在怎么样"
OPINION = "他们怎么说"
OPINION_HINT = "拒绝要写理由，办好了写结果"
RATING = "给几分"
SAY_STATE = "先选现在怎么样"
SAY_REASON = "拒绝的理由要写一句"
STATES = {
    "whistled": "发出",
    "answered": "应哨了",
    "arrived": "到场了",
    "handling": "正在办",
    "reported": "办好了",
    "refused": "不来",
    "withdrawn": "不用来了",
    "closed": "销号",
}
SAME_LIST = "没办完的诉求"
SAME_NONE = "没有别的没办完的诉求。"
TAKE_THIS = "并到这一件"


def filter_empty(name: str) -> str:
    return f"{name} 没有。"


def until(words: str) -> str:
    return f"{UNTIL} {words}"


HINTS = (
    Hint(("↑", "↓"), "选一件"),
    Hint(("Enter",), "记进展"),
    Hint(("1", "6"), "怎么办", span=True),
    Hint(("Space",), "全部经过"),
    Hint(("Ctrl+N",), "新诉求"),
    Hint(("Ctrl+B",), "看板"),
    Hint(("F7",), "看这一户"),
)
_ACT_HINTS = (
    Hint(("Enter",), "记一条进展"),
    Hint(("1",), "当场办结"),
    Hint(("2",), "上报社区"),
    Hint(("3",), "吹哨，请别的单位"),
    Hint(("4",), "解释说明"),
    Hint(("5",), "回访"),
    Hint(("6",), "办结"),
    Hint(("F7",), "看这一户"),
)
ALL_KEYS = (
    HintGroup(
        TITLE,
        (
            Hint(("↑", "↓"), "选一件"),
            Hint(("←", "→"), "看板里换一步"),
            *_ACT_HINTS,
            Hint(("Space",), "全部经过"),
            Hint(("Ctrl+N",), "新诉求"),
            Hint(("Ctrl+B",), "列表和看板"),
            Hint(("Ctrl+1", "8"), "只看一类", span=True),
        ),
    ),
)
FILE_HINTS = (
    Hint(("Enter",), "记进展"),
    Hint(("1", "6"), "怎么办", span=True),
    Hint(("F4",), "记报到"),
    Hint(("F5",), "并到另一件"),
    Hint(("F7",), "看这一户"),
    Hint(("Esc",), "回清单"),
)
FILE_KEYS = (
    HintGroup(
        ABOUT,
        (
            *_ACT_HINTS,
            Hint(("F4",), "记单位的报到"),
            Hint(("F5",), "并到另一件，或分开"),
            Hint(("F3",), "谁改过什么"),
            Hint(("Tab",), "经过、吹哨、同一件事"),
            Hint(("Esc",), "回清单"),
        ),
    ),
)
