"""Every word of the card screen."""

from __future__ import annotations

from gridclient.desktop.kit.hints import Hint, HintGroup

TITLE = "联络卡"
SCOPE = "给谁印"
LAYOUT = "怎么排"
LAYOUTS = ("A4 十张一页", "单张")
PRINT = "打印"
SAVE = "存成 PDF"
SAVE_TITLE = "把联络卡存到哪里"
FILE_NAME = "联络卡.pdf"
FILTER = "PDF (*.pdf)"
STOP = "停下"
LAYING_OUT = "正在排联络卡"
FRONT, BACK = "正面", "背面"
PREVIOUS, NEXT = "上一张", "下一张"
EMPTY = "这里还没有登记住户，没有卡可印。\n登记了住户，这里就有他们的卡；也可以换一栋楼。"
ALL_HELD = "这里的卡都先不印，原因在左边。改好了再来。"
NO_NEWS = "都能印，没有要留意的。"
PREVIEW = "卡的样子"


def sum_of(count: int, pages: int) -> str:
    return f"{count} 张卡，{pages} 页"


def held(count: int) -> str:
    return f"先不印的 {count} 张"


def warned(count: int) -> str:
    return f"要留意的 {count} 处"


def more(count: int) -> str:
    return f"还有 {count} 条，改好上面的再看。"


def place(number: int, count: int) -> str:
    return f"第 {number} 张，共 {count} 张"


HINTS = (
    Hint(("Ctrl+P",), "打印"),
    Hint(("Ctrl+S",), "存成 PDF"),
    Hint(("←", "→"), "上一张、下一张"),
    Hint(("PgUp", "PgDn"), "换一栋楼"),
)
EMPTY_HINTS = (Hint(("PgUp", "PgDn"), "换一栋楼"),)
BUSY_HINTS = (Hint(("Esc",), "停下"),)
KEYS = (
    HintGroup(
        "联络卡",
        (
            Hint(("Ctrl+P",), "打印"),
            Hint(("Ctrl+S",), "存成 PDF"),
            Hint(("←", "→"), "看上一张、下一张"),
            Hint(("Home", "End"), "看头一张、末一张"),
            Hint(("PgUp", "PgDn"), "换到上一栋、下一栋"),
            Hint(("Ctrl+1", "2"), "A4 十张一页、单张", span=True),
            Hint(("Esc",), "正在排的时候停下"),
        ),
    ),
)
KEYS_WITHOUT_PRINTER = tuple(HintGroup(group.title, group.hints[1:]) for group in KEYS)
