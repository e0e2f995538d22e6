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

MOVED_IN_PEOPLE = "住进来的人"
MORE = "这一户"
BORN = "身份证号或生日"
BORN_HINT = "没有号就写 女 1983"
BORN_WRONG = "身份证号 18 位；没有号就写 女 1983，或 1983-05-01"
RELATION = "与户主关系"
QUICK_RELATIONS = {
    "1": "10",
    "2": "20",
    "3": "30",
    "4": "51",
    "5": "52",
    "6": "38",
    "7": "28",
    "8": "40",
    "9": "80",
}
QUICK_HINT = "关系可以按数字：1 配偶　2 子　3 女　4 父　5 母　6 儿媳　7 女婿　8 孙辈　9 其他"
NEXT_PERSON = "再写一人"
PEOPLE_RULES = "写完电话按 Enter 接着写下一人，Ctrl+S 存下"
NAME_NEEDED = "姓名要写"
NOBODY_WRITTEN = "还没有写人。写一个名字就能存。"
UNSAVED_NEW = "还没存。再按一次 Esc 就不要了。"


def doubtful(count: int) -> str:
    return f"有 {count} 处看着不对，标在下面。核对过没错，再按一次 Ctrl+S 就这样存。"


def id_hint(masked: str) -> str:
    """What is known of the number while it is hidden."""
    return f"已记 {masked}，不改就空着" if masked else ""


def phones_hint(masked: str) -> str:
    """What is known of the telephones while they are hidden: what is typed comes beside them."""
    return f"已记 {masked}，写了就加上"


def person_field(place: int, label: str) -> str:
    """第 2 人 姓名, as a screen reader says it."""
    return f"第 {place + 1} 人 {label}"


def told(sex: str, birth: str, years: int | None) -> str:
    """男，1983-05-01，43 岁"""
    return "，".join(part for part in (sex, birth, f"{years} 岁" if years is not None else "") if part)


def known_elsewhere(known: str) -> str:
    """Somebody with this number is in the ledger already."""
    return f"{known}，身份证号一样。同一个人就到那一户按 F5 搬过来；确实要再记一份，再按一次 Ctrl+S。"
