"""Every word of the export screen."""

from __future__ import annotations

from gridclient.desktop.kit.hints import Hint, HintGroup

TITLE = "导出"
WHAT = "导出什么"
AREA = "哪一块"
PERIOD = "哪段时间"
PERIODS = ("不限", "本月", "上月", "今年", "自己写")
SINCE, UNTIL = "从哪天", "到哪天"
DAY_HINT = "2026-11-24，当天也算"
NUMBERS = "身份证号和电话"
MASKED = ("遮住", "全显")
MASKED_WHY = "默认遮住。导出了什么、多少，都记进审计。"
WHOLE_WHY = "号码全显的表每页都写着用途和导出人，记进审计。"
NOT_ALLOWED = "号码全显的表只有书记和办公室能导出。"
PURPOSE = "用途"
PURPOSE_HINT = "比如 街道核对户籍底册"
FLAT = "每行都写全，不合并一户的格子"
FORM = "用自己的表样"
FORM_TITLE = "选一张要填的表"
FORM_WHY = "表样里写 {{居民.姓名}} 这样的字，导出时照着填，格式不动。自带的表样里有填写说明。"
FORMS = "照表样填"
OWN_FORM = "自己的表样"
BLANK = "空的登记表"
BLANK_TITLE = "把空的登记表存到哪里"
BLANK_FILE = "居民登记表（空）.xlsx"
EXPORT = "导出"
SAVE_TITLE = "把表存到哪里"
FILTER = "表格 (*.xlsx)"
WORKING = "正在写表格"
SAVING = "正在存"
STOP = "停下"
FOLDER = "打开所在文件夹"
NO_PURPOSE = "写上用途再导出。"
NO_DAY = "写上日子，像 2026-11-24。"

HINTS = (
    Hint(("Ctrl+S",), "导出"),
    Hint(("Tab",), "下一项"),
    Hint(("↓",), "打开列表"),
    Hint(("←", "→"), "换时间、遮不遮"),
)
BUSY_HINTS = (Hint(("Esc",), "停下"),)
KEYS = (
    HintGroup(
        "导出",
        (
            Hint(("Ctrl+S",), "导出"),
            Hint(("Tab",), "下一项"),
            Hint(("↓",), "打开列表"),
            Hint(("←", "→"), "换时间、换遮不遮"),
            Hint(("Esc",), "导出的时候停下"),
        ),
    ),
)


def export_of(table: str) -> str:
    return f"{TITLE} {table}"


def file_name(table: str, area: str) -> str:
    """A name to begin with; what no file system takes is left out."""
    named = f"{table} {area}".strip()
    return "".join("_" if one in '\\/:*?"<>|' else one for one in named) + ".xlsx"
