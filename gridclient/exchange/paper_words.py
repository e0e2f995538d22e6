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
