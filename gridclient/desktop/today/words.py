"""Every word of the screen of today."""

from __future__ import annotations

from gridclient.core.domain import codes
from gridclient.desktop.kit.choices import Option
from gridclient.desktop.kit.hints import Hint, HintGroup

TITLE = "今日"
LIST = "今天去的门"
ORDERS = ("先急后缓", "走路顺序")
PRINT = "打印"
HEADS = ("站", "门", "户主", "为什么去", "", "小区", "上次", "紧要")
VISIT = "记走访"
NOBODY = "没人应"
HOUSEHOLD = "看这户"
WHY = "为什么先去"
LAST = "上次记的"
BEFORE = "进门前知道"
CHOOSE = "用 ↑↓ 选一户"
NEXT = "下一户"
OUTCOMES = tuple(Option(int(code), said, code) for code, said in codes.OUTCOME.labels.items())
ALL_DONE = "今天的门都走完了。想多走几户，看楼栋图里谁家久没去。"
SEE_BUILDINGS = "看楼栋图"
NO_REGISTER = "还没有居民册。先把表格导进来，或从社区领。"
IMPORT = "导入表格"
SAVE_AS = "路线单存到"
FILE = "走访路线单.pdf"
FILES = "PDF (*.pdf);;表格 (*.xlsx)"


def stop(number: int, compound: str) -> str:
    return f"第 {number} 站　{compound}".rstrip()


def score(points: int) -> str:
    return f"{points} 分"


def plus(points: int) -> str:
    return f"+{points}"


def done(count: int, due: int) -> tuple[str, str, str]:
    """Before the figure, the figure, and behind it."""
    return "今天走了", str(count), f"户，还要走 {due} 户" if due else "户，没有急的"


def week(count: int) -> str:
    return f"这周 {count} 户"


def count(doors: int) -> str:
    return f"{doors} 户"


def next_reminder(place: int, total: int) -> str:
    return f"下一条 {place}/{total}"


HINTS = (
    Hint(("↑", "↓"), "选门"),
    Hint(("Enter",), "记走访"),
    Hint(("1", "9"), "直接记结果", span=True),
    Hint(("F7",), "看这户"),
    Hint(("空格",), "今天先放放"),
    Hint(("F5",), "换顺序"),
    Hint(("Ctrl+P",), "打印路线"),
)
EMPTY_HINTS = (Hint(("Enter",), SEE_BUILDINGS),)
NO_REGISTER_HINTS = (Hint(("Enter",), IMPORT),)
ALL_KEYS = (
    HintGroup(
        TITLE,
        (
            Hint(("↑", "↓"), "选门"),
            Hint(("Enter",), "记这户的走访"),
            Hint(("5",), "没人应，马上记下，能撤回"),
            Hint(("1", "9"), "别的结果也一样记", span=True),
            Hint(("F7",), "看这一户"),
            Hint(("空格",), "今天先放放，排到最后；再按放回来"),
            Hint(("F5",), "先急后缓，还是走路顺序"),
            Hint(("Ctrl+P",), "路线单，照着走"),
        ),
    ),
)
