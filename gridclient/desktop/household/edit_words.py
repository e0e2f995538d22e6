"""Every word of the edit and register sheets."""

from __future__ import annotations

CLOSE = "关上"
SAVE = "存下"
LEAVE = "不改了"
LEAVE_NEW = "不记了"
EDIT_RESIDENT = "改资料"
EDIT_HOUSEHOLD = "改这一户"
ADD = "加一人"
REGISTER = "登记住户"
REVEAL = "看全号码"
UNSAVED = "改了还没存。再按一次 Esc 就不要了。"
NOTHING = "没有改动，不用存。"
RULES = "Enter 下一格，Ctrl+S 存下"
DATE_HINT = "2003-05-01，只知道年也行"
RELATION_HINT = "配偶、子、女…"
PHONES_HINT = "几个就用、隔开"
BEST_TIME_HINT = "比如 上午 9–11 点"
CARE_HINT = "敲门前要知道的"
BUILDING = "楼栋"
BUILDING_HINT = "写 12号楼，或只写 12"
UNIT = "单元"
FLOOR = "楼层"
ROOM = "房号"
WHERE = "哪一户"
HEAD = "户主"
NO_BUILDING = "没有这栋楼，再看看楼号"
SEVERAL_BUILDINGS = "不止一栋叫这个，把小区也写上"
ROOM_NEEDED = "房号要写"
FLOOR_NUMBER = "楼层写数字，地下一层写 -1"


def doubtful(count: int) -> str:
    return f"有 {count} 处看着不对，标在下面。核对过没错，再按一次 Ctrl+S 就这样存。"


def id_hint(masked: str) -> str:
    """What is known of the number while it is hidden."""
    return f"已记 {masked}，不改就空着" if masked else ""


def phones_hint(masked: str) -> str:
    """What is known of the telephones while they are hidden: what is typed comes beside them."""
    return f"已记 {masked}，写了就加上"
