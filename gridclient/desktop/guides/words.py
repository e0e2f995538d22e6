"""Every word of the guides."""

from __future__ import annotations

from gridclient.desktop.kit.hints import Hint

TITLE = "办事指南"
NEW = "新指南"
LIST = "指南清单"
FIND = "打字就找：医保、yb、证明"
EMPTY = "还没有办事指南。办公室按 Ctrl+N 写第一条，网格员在门口就能查。"
CHANGE = "改指南"
HOW = "怎么办"
PAPERS = "要带什么"
OFFICE = "在哪办"
PHONE = "电话"
CATEGORY = "类别"
WHAT = "事项"
WHAT_HINT = "居民怎么说就怎么写，60 字以内"
LOOKUP = "查办事指南"
CLOSE = "关上"
BACK = "回到刚才"
SAVED = "记下了：{}。"
RETIRED = "停用了：{}。"


def none_found(typed: str) -> str:
    return f"没有讲“{typed}”的指南。换个说法，或问办公室。"


def summary(count: int) -> str:
    return f"{count} 条" if count else ""


def about(title: str) -> str:
    return f"“{title}”同类的在前"


HINTS = (
    Hint(("↑", "↓"), "选一条"),
    Hint(("Ctrl+C",), "抄下来"),
)
WRITING = (
    Hint(("Ctrl+N",), "新指南"),
    Hint(("F2",), "改"),
    Hint(("Del",), "停用"),
)
