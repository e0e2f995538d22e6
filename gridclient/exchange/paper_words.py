"""What exported tables and their errors say to people."""

from pathlib import Path

from gridclient.core.domain.errors import KnownError

UNIT = "单位："
MAKER = "制表人："
CHECKER = "审核人："
DATE = "日期："
PAGES = "第 &P 页 共 &N 页"
NUMBER = "序号"


def cannot_write(path: Path) -> KnownError:
    return KnownError(
        "cannot_write",
        f"写不了 {path}，没有导出。看看它是不是在 WPS 里开着、磁盘是不是满了，或换个地方再存。",
        f"Cannot write {path}; nothing was exported.",
    )


def exists(path: Path) -> KnownError:
    return KnownError(
        "file_exists",
        f"已经有 {path}，没有动它。换个名字，或加 --overwrite。",
        f"{path} exists and was not touched. Choose another name or add --overwrite.",
    )


def notice(purpose: str, who: str, when: str) -> str:
    """The line on every page of a table with whole numbers."""
    return f"含个人信息，不得外传。用途：{purpose}　导出人：{who}　时间：{when}"


_TEMPLATE_ERRORS: dict[str, tuple[str, str]] = {
    "template_kind": (
        "模板要是 xlsx 文件。在 WPS 里另存为 xlsx 再用。什么也没有填。",
        "A template must be an xlsx file. Nothing was filled in.",
    ),
    "template_broken": (
        "这个模板读不出来，可能坏了。在 WPS 里打开，另存一份 xlsx 再用。什么也没有填。",
        "This template cannot be read. Save it again as xlsx. Nothing was filled in.",
    ),
    "template_empty": (
        "这个文件里没有要填的地方：写上 {{社区}}、{{居民.姓名}} 这样的字。什么也没有填。",
        "There is nothing to fill in this file: write {{社区}}, {{居民.姓名}} and so on.",
    ),
    "template_braces": (
        "括号不成对，要写成 {{居民.姓名}}。什么也没有填。",
        "Braces do not match; write {{居民.姓名}}. Nothing was filled in.",
    ),
    "template_mixed": (
        "一行里只能填一种记录，分成几行写。什么也没有填。",
        "One row can only be of one sort of record. Nothing was filled in.",
    ),
    "template_merged": (
        "要重复的那一行里有上下合并的格子，拆开再用。什么也没有填。",
        "The row to be repeated has cells merged downwards; split them. Nothing was filled in.",
    ),
    "template_unknown": (
        "有不认识的名字，什么也没有填。模板的填写说明里有能用的名字。",
        "There are unknown names; nothing was filled in.",
    ),
}


def template_error(code: str, detail: str = "") -> KnownError:
    """What is wrong with a form; `detail` says where."""
    zh, en = _TEMPLATE_ERRORS[code]
    return KnownError(code, f"{detail}：{zh}" if detail else zh, f"{detail}: {en}" if detail else en)
