"""Truths told in the spellings of many hands: whoever tells knows what is meant, and how ordinary it is.

A careless hand may leave out what makes a cell clear; then only a reader that says so is right.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from gridclient.core.domain import identity, numerals

Cell = str | int | float | date
DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789-()", "０１２３４５６７８９－（）")
DAY_ZERO = date(1899, 12, 30)


class Told(NamedTuple):
    """A cell, what its writer meant, and whether every reader of registers is expected to understand it."""

    cell: Cell
    meant: object
    ordinary: bool = True


class Door(NamedTuple):
    """A door as its writer knows it; `compound` and `unit` are "" where there are none."""

    compound: str
    building: str
    unit: str
    floor: int
    room: str


COMPOUNDS = (
    "",
    "送变电小区",
    "送变电家属院",
    "西苑一区",
    "大都市花园",
    "开发区花园",
    "中华巷小区",
    "花园2村",
)
BEFORE = ("", "", "青海省西宁市城西区", "西宁市城西区五四西路街道", "西宁市")
NOTES = ("", "", "", "(空挂户)", "（出租）", " 空挂户", "(李四)")


def door(random: Random) -> tuple[Door, int]:
    """A door, and the number of it on its floor."""
    building = random.choice([*map(str, range(1, 41)), *"AB", "12-1", "甲3", "A3"])
    unit = random.choice(["", *"123456", *"123456", "12", "甲", "东", "A"])
    floor, number = random.randint(1, 33), random.randint(1, 12)
    room = f"{floor}{number:02}"
    return Door(random.choice(COMPOUNDS), building, unit, floor, room), number


def address(random: Random) -> Told:
    """A whole address."""
    made, number = door(random)
    styles = _WORDED if made.unit else _WITHOUT_UNIT
    if made.building.isdigit() and (made.unit.isdigit() or not made.unit):
        styles = (*styles, *(_DASHED if made.unit else _DASHED_WITHOUT_UNIT))
    if made.unit:
        styles = (*styles, *_BY_FLOOR)
    spell = random.choice(styles)
    written, room, ordinary = spell(random, made, number)
    made = made._replace(room=room)
    written = _noisy(random, written)
    front = random.choice(BEFORE) + made.compound if made.compound else ""
    if front and not made.building[0].isdigit() and spell not in (*_WORDED, *_WITHOUT_UNIT, *_BY_FLOOR):
        front, made = "", made._replace(compound="")
    note = random.choice(NOTES)
    return Told(front + written + note, made, ordinary)


Spelt = tuple[str, str, bool]
Style = Callable[[Random, Door, int], Spelt]


def _building(random: Random, number: str) -> str:
    word = random.choice(["号楼", "栋", "幢", "#楼", "座" if number.isalpha() else "栋", "#"])
    if number.isdigit() and random.random() < 0.1:
        return numerals.write(int(number)) + random.choice(["号楼", "栋"])
    if number.isdigit() and random.random() < 0.1:
        return number.zfill(3) + word
    return number + word


def _unit(random: Random, unit: str) -> str:
    word = random.choice(
        ["单元", "单元", "单元", "门" if unit.isdigit() else "单元", "楼门" if unit.isdigit() else "单元"]
    )
    return (numerals.write(int(unit)) if unit.isdigit() and random.random() < 0.2 else unit) + word


def _room(random: Random, made: Door) -> str:
    room = made.room
    if random.random() < 0.1:
        room = "".join(DIGITS[int(digit)] for digit in room)
    return room + random.choice(["", "", "室", "号", "户", "号房"])


def _in_words(random: Random, made: Door, number: int) -> Spelt:
    between = random.choice(["", "", "-", " "])
    floor = random.choice(["", "", f"{made.floor}楼", f"{made.floor}层", f"{numerals.write(made.floor)}层"])
    parts = [_building(random, made.building), _unit(random, made.unit), floor + _room(random, made)]
    return between.join(parts), made.room, True


def _unit_as_number(random: Random, made: Door, number: int) -> Spelt:
    return f"{_building(random, made.building)}{made.unit}-{made.room}", made.room, True


def _house(random: Random, made: Door, number: int) -> Spelt:
    unit = _unit(random, made.unit)
    return f"{made.building}号{unit}{made.room}", made.room, made.building.isdigit() and "单元" in unit


def _without_unit(random: Random, made: Door, number: int) -> Spelt:
    return f"{_building(random, made.building)}{_room(random, made)}", made.room, True


def _dashed(random: Random, made: Door, number: int) -> Spelt:
    sign = random.choice(
        ["-", "-", "-", "—", "–", "~", "/", "一", "杠", "之", " ", ".", "_", "－", "、", "\\"]
    )
    tail = random.choice(["", "", "室", "户"])
    return f"{made.building}{sign}{made.unit}{sign}{made.room}{tail}", made.room, True


def _dashed_without_unit(random: Random, made: Door, number: int) -> Spelt:
    return f"{made.building}-{made.room}", made.room, True


def _floor_and_number(random: Random, made: Door, number: int) -> Spelt:
    room = f"{made.floor}-{number}"
    inside = random.choice(
        [f"{made.floor}-{number}", f"{made.floor}层{number}号", f"{made.floor}楼{number}号"]
    )
    # Behind a floor two digits may be floor and number in one, where they begin with it.
    ordinary = number < 10 or "-" in inside or made.floor != 1
    same = room if ordinary else str(number)
    return f"{_building(random, made.building)}{made.unit}单元{inside}", same, ordinary


def _side(random: Random, made: Door, number: int) -> Spelt:
    side = random.choice("东西")
    written = f"{_building(random, made.building)}{made.unit}单元{made.floor}楼{side}户"
    return written, f"{made.floor}层{side}户", True


def _short_dashes(random: Random, made: Door, number: int) -> Spelt:
    """Floor and number behind a building with no word for the unit: three readings."""
    return f"{made.building}-{made.unit}-{number}", str(number), False


def _four(random: Random, made: Door, number: int) -> Spelt:
    return f"{made.building}-{made.unit}-{made.floor}-{number}", f"{made.floor}-{number}", True


def _floors_differ(random: Random, made: Door, number: int) -> Spelt:
    """A slip of the pen: nobody but the writer can know which of the two is right."""
    wrong = made.floor % 30 + 1
    return f"{made.building}号楼{made.unit}单元{wrong}楼{made.room}", "", False


def _two_rooms(random: Random, made: Door, number: int) -> Spelt:
    other = f"{made.floor}{number + 1:02}"
    sign = random.choice("/、-")
    return f"{made.building}号楼{made.unit}单元{made.room}{sign}{other}", "", False


def _no_building(random: Random, made: Door, number: int) -> Spelt:
    return f"{made.unit}单元{made.room}", "", False


_WORDED: tuple[Style, ...] = (_in_words, _in_words, _in_words, _unit_as_number, _house)
_WITHOUT_UNIT: tuple[Style, ...] = (_without_unit,)
_DASHED: tuple[Style, ...] = (_dashed, _dashed, _dashed, _four, _short_dashes)
_DASHED_WITHOUT_UNIT: tuple[Style, ...] = (_dashed_without_unit,)
_BY_FLOOR: tuple[Style, ...] = (_floor_and_number, _side, _floors_differ, _two_rooms, _no_building)


def _noisy(random: Random, written: str) -> str:
    if random.random() < 0.1:
        written = written.translate(FULL_WIDTH)
    if random.random() < 0.1:
        written = random.choice(
            [f" {written}", f"{written} ", f"{written}\n", f"\u200b{written}", f"{written}。"]
        )
    return written


def day(random: Random) -> Told:
    """A day, a month or a year."""
    when = date(1928, 1, 1) + timedelta(days=random.randrange(35_000))
    year, month, number = when.year, when.month, when.day
    chinese = "".join(DIGITS[int(digit)] for digit in str(year)).replace("零", "〇")
    short_is_clear = year < 2000 and year % 100 >= 40
    told: Sequence[Told] = (
        *(Told(f"{year}{sign}{month}{sign}{number}", when.isoformat()) for sign in ".-/、·"),
        *(Told(f"{year}{sign}{month:02}{sign}{number:02}", when.isoformat()) for sign in ".-/－—"),
        Told(f"{year}年{month}月{number}日", when.isoformat()),
        Told(f"{year} 年 {month} 月 {number} 日", when.isoformat()),
        Told(f"{when:%Y%m%d}", when.isoformat()),
        Told(int(f"{when:%Y%m%d}"), when.isoformat()),
        Told(float(f"{when:%Y%m%d}"), when.isoformat()),
        Told((when - DAY_ZERO).days, when.isoformat(), when < date(2038, 1, 1)),
        Told(str((when - DAY_ZERO).days), when.isoformat(), when < date(2038, 1, 1)),
        Told(when, when.isoformat()),
        Told(f"{when} 00:00:00", when.isoformat()),
        Told(f"{chinese}年{numerals.write(month)}月{numerals.write(number)}日", when.isoformat()),
        Told(f"{year}.{month:02}", f"{year}-{month:02}"),
        Told(f"{year}-{month}", f"{year}-{month:02}"),
        Told(f"{year}年{month}月", f"{year}-{month:02}"),
        Told(f"{year}年{month}月生", f"{year}-{month:02}"),
        Told(f"{year}{month:02}", f"{year}-{month:02}", year not in range(2000, 2013)),
        Told(int(f"{year}{month:02}"), f"{year}-{month:02}", year not in range(2000, 2013)),
        Told(float(f"{year}.{month}"), f"{year}-{month:02}", month not in (1, 10)),
        Told(float(f"{year}.{month:02}{number:02}"), when.isoformat(), number % 10 != 0),
        Told(f"{year}", f"{year}"),
        Told(year, f"{year}"),
        Told(f"{year}年", f"{year}"),
        Told(f"{year}-{month:02}-00", f"{year}-{month:02}"),
        Told(f"{year % 100:02}年", f"{year}", short_is_clear),
        Told(f"{when:%y%m%d}", when.isoformat(), short_is_clear),
        Told(f"{when:%y}.{month}.{number}", when.isoformat(), short_is_clear),
        Told(int(f"19{when:%m%d}"), f"2019-{when:%m-%d}", False),
        Told(int(f"{year % 60 + 40}{month:02}"), None, False),
        Told(f"农历{year}年{month}月{number}日", None, False),
        Told(f"{2026 - year}岁", None, False),
        Told(f"{number}/{month}/{year}", when.isoformat(), False),
        Told(f"{month}月{number}日", None, False),
        Told(f"约{year}年", None, False),
        Told(f"{year}-{year + 1}", None, False),
    )
    return random.choice(told)


def phone(random: Random) -> Told:
    """Telephone numbers; what is meant is the tuple of them."""
    mobile, other = (f"1{random.randint(3, 9)}{random.randrange(10**9):09}" for _ in range(2))
    local = f"{random.randint(2, 8)}{random.randrange(10**6):06}"
    beijing = f"{random.randint(2, 8)}{random.randrange(10**7):07}"
    whose = random.choice(["儿子", "女儿", "老伴", "本人", "李四"])
    return random.choice(
        (
            Told(mobile, (mobile,)),
            Told(int(mobile), (mobile,)),
            Told(float(mobile), (mobile,)),
            Told(f"{mobile}.0", (mobile,)),
            Told(f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}", (mobile,)),
            Told(f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}", (mobile,)),
            Told(f"{mobile[:3]}.{mobile[3:7]}.{mobile[7:]}", (mobile,)),
            Told(f"+86 {mobile}", (mobile,)),
            Told(f"86{mobile}", (mobile,)),
            Told(f"0{mobile}", (mobile,)),
            Told(f"'{mobile}", (mobile,)),
            Told(mobile.translate(FULL_WIDTH), (mobile,)),
            Told(mobile + other, (mobile, other)),
            *(Told(f"{mobile}{sign}{other}", (mobile, other)) for sign in "/、,，;； \n"),
            Told(f"{whose}{mobile}", (mobile,)),
            Told(f"{mobile}（{whose}）", (mobile,)),
            Told(f"{whose}:{mobile} 女婿:{other}", (mobile, other)),
            Told(f"手机{mobile} 座机0971-{local}", (mobile, f"0971-{local}")),
            Told(f"0971-{local}", (f"0971-{local}",)),
            Told(f"(0971){local}", (f"0971-{local}",)),
            Told(f"0971{local}", (f"0971-{local}",)),
            Told(f"010{beijing}", (f"010-{beijing}",)),
            Told(f"021-{beijing}", (f"021-{beijing}",)),
            Told(local, (local,)),
            *(Told(word, ()) for word in ("无", "/", "空号", "没有手机", "停机")),
            Told(f"{float(mobile):.4E}", (), False),
            Told(mobile[:10], (), False),
            Told(mobile + str(random.randrange(10)), (), False),
            Told(f"{mobile[:3]}****{mobile[7:]}", (), False),
            Told(f"971{local}", (), False),
            Told(f"{mobile}0971-{local}", (), False),
            Told(identity_number(random), (), False),
        )
    )


def identity_number(random: Random) -> str:
    """A valid number of a county nobody has that no table has spoilt."""
    while True:
        born = date(1920, 1, 1) + timedelta(days=random.randrange(38_000))
        first = f"639900{born:%Y%m%d}{random.randint(1, 999):03}"
        number = first + identity.check_digit(first)
        if not number.endswith("000"):
            return number


def citizen(random: Random) -> Told:
    """An identity number."""
    number = identity_number(random)
    wrong = random.randrange(17)
    slip = number[:wrong] + str((int(number[wrong]) + random.randint(1, 9)) % 10) + number[wrong + 1 :]
    swap = random.randrange(16)
    swapped = number[:swap] + number[swap + 1] + number[swap] + number[swap + 2 :]
    return random.choice(
        (
            Told(number, number),
            Told(f"'{number}", number),
            Told(number.lower(), number),
            Told(number.translate(FULL_WIDTH), number),
            Told(f"{number[:6]} {number[6:14]} {number[14:]}", number),
            Told(f"{number[:6]}-{number[6:14]}-{number[14:]}", number),
            Told(f"\u200b{number}", number),
            Told(f"{number}\u00a0", number),
            Told(f"李萍{number}", number),
            Told(f"{number}（长期）", number),
            Told(number[:17] + random.choice("x×*Ｘ") if number[17] == "X" else number, number),
            Told(float(number[:17] + "0"), None, False),
            Told(int(number[:15] + "000"), None, False),
            Told(number[:15] + "000", None, False),
            Told(number[:17], None, False),
            Told(number[:15], None, False),
            Told(number[3:], None, False),
            Told(slip, None, False),
            Told(swapped, number if swapped == number else None, swapped == number),
            Told(f"{number[:6]}********{number[14:]}", None, False),
            Told(f"{float(number[:17] + '0'):.5E}", None, False),
            Told(f"{float(number[:17] + '0'):.0f}.0", None, False),
        )
    )
