"""Every word of the import screen."""

from __future__ import annotations

from gridclient.desktop.kit import Hint, HintGroup

TITLE = "导入"
START = "选一张居民表格，或把表格文件拖到这里。\n写进台账以前，先一行一行给你看。"
KINDS = "认得 xlsx、xls、ods、csv"
DROP = "松手就读这张表格。"
CHOOSE = "选表格"
CHOOSE_TITLE = "选一张表格"
FILTER = "表格 (*.xlsx *.xls *.ods *.csv)"
WRONG_KIND = "这个文件不是表格。认得 xlsx、xls、ods、csv。台账没有动。"
READING = "正在读表格"
WRITING = "正在写进台账"
STOP = "停下"
CONFIRM = "写进台账"
CANCEL = "不要了"
UNDO = "撤回"
AGAIN = "再导一张"
SEE = "去看楼栋图"
TABLE = "表格里的每一行"
ALL = "全部"
SIGNS = {"+": "+ 新增", "~": "~ 改动", "?": "? 看不准", "-": "− 跳过", "!": "! 错误"}
SPOKEN = {"+": "新增", "~": "改动", "?": "看不准", "-": "跳过", "!": "错误"}
KIND_HEAD, ROW_HEAD, DOOR_HEAD, NAME_HEAD, WHAT_HEAD, REASON_HEAD = (
    "",
    "行",
    "门",
    "姓名",
    "表里写的 → 读成",
    "原因",
)
NOTHING = "这一类没有。"


def counted(word: str, count: int) -> str:
    return f"{word} {count}"


def row(number: int) -> str:
    return f"第 {number} 行"


START_HINTS = (Hint(("Enter",), "选表格"),)
BUSY_HINTS = (Hint(("Esc",), "停下"),)
DONE_HINTS = (Hint(("Enter",), SEE), Hint(("Ctrl+Z",), "撤回"))
AGAIN_HINTS = (Hint(("Enter",), "再导一张"),)
WRITE_HINT = Hint(("Enter",), "写进台账")


def lines_hints(digits: tuple[str, ...]) -> tuple[Hint, ...]:
    """The keys over the lines, with the digits of the kinds that occur."""
    return (Hint(("↑", "↓"), "看每一行"), Hint(digits, "只看一类"), Hint(("Esc",), "不要了"))


KEYS = (
    HintGroup(
        "导入",
        (
            Hint(("Enter",), "选表格；看完了写进台账；写完了去看楼栋图"),
            Hint(("Ctrl+Enter",), "写进台账"),
            Hint(("↑", "↓"), "一行一行看"),
            Hint(("1", "6"), "全部、新增、改动、看不准、跳过、错误", span=True),
            Hint(("Esc",), "不要了；正在写就停下"),
            Hint(("Ctrl+Z",), "撤回刚导进来的"),
        ),
    ),
)
