"""Every word the shell shows."""

from __future__ import annotations

from gridclient.desktop.kit.hints import Hint

BRAND = "民情台账"
SEAL = "民"
SEARCH = "人、门、诉求、走访：首字母、12-3-502、电话"
SEARCH_SHORT = "找人、找门、电话后四位"
SEARCH_NAME = "找人、门、诉求、走访"
COMMAND = "要做什么：dc 导出、sz 设置"
HELP = "说明和按键"
ACTS = "刚才做的事"
LOCK = "锁上"
MORE = "更多"
CLOSE = "关上"
ALL_KEYS = "F1 说明和按键"
KEYS_TITLE = "这一页怎么用"
EVERYWHERE = "哪里都能用"
ACTS_FOUND = "可以做的"
PLACES = "去哪里"
EVERYWHERE_ACTS = {
    "Ctrl+F": "找人、门、诉求、走访",
    "Ctrl+D": "跟眼前这一户约个时间",
    "Ctrl+Z": "撤回我刚记的",
    "Ctrl+Shift+Z": "刚才做的事，挑着撤回",
    "Ctrl+G": "查办事指南",
    "F1": "这一页怎么用，有哪些按键",
    "F8": "遮住屏幕",
    "F9": "现在同步",
    "F10": "存到 U 盘",
    "Ctrl+L": "马上锁上",
    "": "还有什么没送到社区",
}
REPORT_TITLE = "上次程序出过错"
REPORT_WHY = (
    "已记的都在。下面只有出错的地方和版本，没有居民的任何内容。拷下来交给书记或管电脑的人，修起来快。"
)
COPY = "拷下来"
COPIED = "拷好了，到微信或邮件里按 Ctrl+V。"
DELETE = "删掉"
BUG = "程序出错了，刚才那一步可能没有做成。已记的都在，重开一次再试。"
UNDO = "撤回"
UNDO_KEY = "Ctrl+Z"
MENU_NAME = "主菜单"
COVERED = "遮住了，按 F8 再看"

ALONE = "单机使用"
ALL_SENT = "都已送到"
SENDING = "正在送"


def unsent(count: int) -> str:
    return f"未上传 {count} 条"


def stuck(count: int) -> str:
    return f"{count} 条送不出"


GLOBAL_HINTS = (
    Hint(("Ctrl+F", "/"), "找人、门、诉求、走访"),
    Hint(("Ctrl+K",), "按名字找要做的事"),
    Hint(("PgUp", "PgDn"), "找到的里换一类"),
    Hint(("Alt+1", "9"), "换一页", span=True),
    Hint(("Esc",), "返回，关上"),
    Hint(("Ctrl+D",), "跟眼前这一户约个时间"),
    Hint(("Ctrl+Z",), "撤回我刚记的"),
    Hint(("Ctrl+Shift+Z",), "刚才做的事，挑着撤回"),
    Hint(("Ctrl+G",), "查办事指南，查完回到刚才"),
    Hint(("F8",), "遮住屏幕，再按再看"),
    Hint(("F9",), "现在同步"),
    Hint(("Ctrl+L",), "马上锁上"),
    Hint(("Ctrl +", "−", "0"), "字大、字小、标准"),
    Hint(("Tab",), "换到下一块"),
)
