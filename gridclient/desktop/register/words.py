"""Every word of the import screen."""

from __future__ import annotations

from gridclient.desktop.kit.hints import Hint, HintGroup

TITLE = "导入"
START = (
    "选一张表格，或把文件拖到这里：居民登记表、12345 工单、民生快巴反馈。\n写进台账以前，先一行一行给你看。"
)
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
SIGNS = {
    "+": "+ 新增",
    "~": "~ 改动",
    "?": "? 看不准",
    "-": "− 跳过",
    "!": "! 错误",
    "*": "* 建议",
    "=": "= 重复",
    "#": "# 关照",
}
SPOKEN = {
    "+": "新增",
    "~": "改动",
    "?": "看不准",
    "-": "跳过",
    "!": "错误",
    "*": "建议",
    "=": "可能重复",
    "#": "关照",
}
KIND_HEAD, ROW_HEAD, DOOR_HEAD, NAME_HEAD, WHAT_HEAD, REASON_HEAD = (
    "",
    "行",
    "门",
    "姓名",
    "表里写的 → 读成",
    "原因",
)
NOTHING = "这一类没有。"
CHANGE_COLUMNS = "改各列"
RETURN_ROWS = "错误行存成表"
ALSO = "是另一个人，照写"
NOT_ALSO = "还是先不写"
TAKE_TAG = "登记这一类"
LEAVE_TAG = "先不登记"
SAVE_TITLE = "错误行存到哪里"
SAVE_NAME = "错误行.xlsx"
SAVE_FILTER = "表格 (*.xlsx)"

# Which column is what.
SORTS = {"register": "居民登记表", "hotline": "12345 工单", "feedback": "民生快巴"}
SORT_NAME = "这是什么表"
SHEET_NAME = "哪一张工作表"
COLUMNS = "表格里的每一列"
MEANINGS = "这一列可以是"
LIKELY = "多半是"
READ_SO = "这样读"
REMEMBER = "记住这样的表，下次不问"
COMPOUND = "表里没写小区，是哪个小区"
BUILDING = "表里没写楼栋，是几号楼"
ALL_SAID = "各列是这样读的。不对就改，看下面的结果。"
RECALLED = "照上次说明的各列来读。不对就改，看下面的结果。"
SAY = "要你说"
NOT_THIS = "不要这一列"
NOT_TAKEN = "-"
SEPARATOR = "　"


def counted(word: str, count: int) -> str:
    return f"{word} {count}"


def open_questions(count: int, first: str) -> str:
    return f"有 {count} 处要你说明：{first}"


def column(letter: str, header: str) -> str:
    return f"{letter} 列　{header}"


def examples(samples: tuple[str, ...]) -> str:
    return "例如：" + "、".join(samples) if samples else "这一列是空的"


def spoken_column(letter: str, header: str, said: str, samples: str) -> str:
    return f"{letter} 列，{header}，{said}，例如 {samples}"


def spoken_meaning(said: str, chosen: bool) -> str:
    return f"{said}，已选" if chosen else said


def row(number: int, sheet: str = "") -> str:
    return f"{sheet} 第 {number} 行" if sheet else f"第 {number} 行"


START_HINTS = (Hint(("Enter",), "选表格"),)
BUSY_HINTS = (Hint(("Esc",), "停下"),)
DONE_HINTS = (Hint(("Enter",), SEE), Hint(("Ctrl+Z",), "撤回"))
AGAIN_HINTS = (Hint(("Enter",), "再导一张"),)
ALSO_HINT = Hint(("空格",), "是另一个人，照写")
TAG_HINT = Hint(("空格",), "登记这一类")
ALL_HINT = Hint(("Ctrl+A",), "这一类都照写")
COLUMNS_HINT = Hint(("F2",), CHANGE_COLUMNS)
RETURN_HINT = Hint(("F3",), RETURN_ROWS)


def columns_hints(digits: tuple[str, ...], *, several: bool) -> tuple[Hint, ...]:
    """The keys over the columns, with the digits of what this one may be."""
    chosen = (Hint(digits, "选它是什么"),) if digits else ()
    return (
        Hint(("↑", "↓"), "看每一列"),
        *chosen,
        Hint(("→",), "别的意思"),
        *((Hint(("Ctrl", "PgDn"), "换一张工作表"),) if several else ()),
        Hint(("Enter",), "下一处、这样读"),
        Hint(("Esc",), "不要了"),
    )


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
            Hint(("1", "9"), "全部、新增、改动、看不准、跳过、错误、建议、重复、关照", span=True),
            Hint(("F2",), "改各列：每一列是什么"),
            Hint(("F3",), "错误行存成表，改好再导"),
            Hint(("空格",), "重复的那一位是另一个人，照写；登记这一类关照"),
            Hint(("Ctrl+A",), "只看一类的时候：这一类都照写；要专人看的只能一个一个定"),
            Hint(("Esc",), "不要了；正在写就停下"),
            Hint(("Ctrl+Z",), "撤回刚导进来的"),
        ),
    ),
)
