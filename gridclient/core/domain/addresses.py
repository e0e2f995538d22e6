"""Doors as people write them: building number, unit, floor, room, alone or all in one cell."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from gridclient.core.domain import dashed_doors, numerals
from gridclient.core.domain.dashed_doors import Doubtful, Parts
from gridclient.core.domain.values import Invalid

_STEM = "[甲乙丙丁戊己东西南北]"
_NUMBERED = rf"{_STEM}?\d+[A-Za-z]?|[A-Za-z]\d*|{_STEM}|{numerals.PATTERN}"
_BUILDING_WORDS = "号楼|#楼|栋楼|栋|幢|座|#|号|楼"
_UNIT_WORDS = "单元|门洞|楼门|洞|门|梯"
_BUILDING = re.compile(rf"第?({_NUMBERED}|\d+-\d+)(?:{_BUILDING_WORDS})?")
_UNIT = re.compile(rf"第?({_NUMBERED}|中)(?:{_UNIT_WORDS}|号)?")
_NONE = {"", "无", "-", "—", "/", "无单元", "0"}
_HIGHEST = 60
_SPELLINGS = 4096  # a register says the same few thousands over and over

# Within a whole address a lone 号 names a room (附1号) or a house in a street, hardly ever a building.
_WHOLE = re.compile(
    rf"""(?P<before>.*?)
    (?<![A-Za-z\d])(?<!\d-)(?P<building>\d+-\d+(?=号楼|\#|栋|幢|座)|{_NUMBERED})
    (?P<word>号楼|\#楼|栋楼|栋|幢|座|\#|楼(?!门|道|上|下))-?
    (?P<inside>.*)""",
    re.VERBOSE,
)
_BY_UNIT = re.compile(rf"(?P<before>.*?)(?<![A-Za-z\d])(?P<inside>(?:{_NUMBERED}|中)(?:单元|门洞|楼门).*)")
_HOUSE = re.compile(
    rf"(?P<before>.*?)(?<![A-Za-z\d])(?<!\d-)(?P<number>{_STEM}?\d+(?:-\d+)?|[A-Za-z]\d+)(?:号|-)"
)
_INSIDE = re.compile(
    rf"""(?:(?P<unit>{_NUMBERED}|中)(?:{_UNIT_WORDS}|\#(?=-?\d{{3}}))-?)?
    (?:(?P<floor>(?:负|地下)?(?:\d+|{numerals.PATTERN}))(?:层|楼|F)-?)?
    (?P<room>.*)""",
    re.VERBOSE,
)
_NAMED_PLACE = re.compile(r"(?P<before>[^\d]{2,}|[^\d]+\d+号(?:院)?)(?P<room>\d{3,4}(?:室|房|号房)?)")
_NOTE = re.compile(r"\(([^()]*)\)$")
_NOTE_BEFORE = re.compile(r"\(([^()]*)\)(?=.)")
_NOTE_BARE = re.compile(
    r"(?<=[\d室号户房零〇一二三四五六七八九])[-。.,;、]?(空挂户?|出租房?|已出租|租户|自住|空置|空房|常住|流动|外出)$"
)
_LAST = r"(?P<more>[东西南北中]户?|左|右)?"
_ROOM = re.compile(
    rf"(?:(?:附|底商|商铺|门面房?|车库|负|地下室?)?\d{{1,4}}[A-Za-z]?(?:-\d{{1,2}})?){_LAST}|阁楼"
)
_SIDE = re.compile(r"[东西南北中左右]户?")
_SHOP = ("底商", "门面", "商铺")
_STREET = re.compile(r"^[^\d]{1,8}?(?:路|街|巷|大道|胡同)\d+(?:-\d+)?号院?(?=[^\d\-#]{2})")
_ON_A_STREET = re.compile(r"(?:路|街|巷|道|胡同|弄|里)$")
_GENERIC = r"(?:花园|家园|广场|小区|公寓|名[苑都]|豪庭|新村|家属院|大院|华庭|[之新]城|春天|印象)"
# 区 alone is left: it may belong to a name (开发区花园);
# so is 市 before a mere word for a compound (大都市花园).
_DISTRICT = r"[^\d小社]{1,6}?(?:(?<![一二三四五六七八九十A-Za-z开发园])区|县)"
_DIVISIONS = re.compile(
    r"^(?:[^\d]{2,8}?(?:省|自治区))?"
    rf"(?:[^\d]{{2,8}}?市(?:{_DISTRICT}(?!{_GENERIC}$)|(?!{_GENERIC}$))|{_DISTRICT}(?=.*(?:街道|社区)))?"
    r"(?:[^\d]{2,8}?街道)?(?:[^\d]{2,10}?社区)?"
)
_INSIDE_WORDS = re.compile(r"[层楼门梯排附负]|地下|底商|商铺|车库|单元")
# The dash before a floor may be a minus.
_MINUS = re.compile(r"-(\d+)(?:层|楼(?!门)|F)(.*)")
_BUILDING_FOLLOWS = re.compile(rf"(?:{_NUMBERED}|中)(?:{_UNIT_WORDS}|层|楼)|\d{{1,2}}-\d{{3}}")
_NOT_SAID = "地址里没有房号"
TWO_FLOORS = "楼层和房号对不上"


class Address(NamedTuple):
    """A door taken apart.

    Attributes:
        compound: what stood before the building, without province, city, district, street; "" if nothing.
        number: the building's, without its measure word; "" where the address names none.
        unit: "" where there is none.
        floor: None where nobody said and the room does not tell.
        room: what is left; a door known by its floor alone has the floor in it (5-2, 5层东户).
        note: what stood in brackets, or behind the room (空挂户).
        sure: False where the room is only a rest nobody can read as one.
    """

    compound: str
    number: str
    unit: str
    floor: int | None
    room: str
    note: str = ""
    sure: bool = True


@lru_cache(_SPELLINGS)
def building_number(written: str) -> str:
    """A building without its measure word: 12 of 12号楼, 十二栋, 12#; A of A座. Other names stay."""
    text = _without_nought(_plain(written))
    match = _BUILDING.fullmatch(text)
    return _counted(match[1]) if match else text


@lru_cache(_SPELLINGS)
def building_in(written: str, compound: str) -> str:
    """The building's number, also behind its own compound's name (送变电12号楼); other names stay."""
    text = _plain(written)
    match = _WHOLE.fullmatch(text)
    if match is not None and match["before"] and not match["inside"]:
        before = match["before"].strip("-")
        if compound and (before in compound or compound in before):
            return _counted(match["building"])
    return building_number(written)


@lru_cache(_SPELLINGS)
def unit(written: str) -> str:
    """A unit without its measure word; "" where the cell says that there is none."""
    text = _without_nought(_plain(written))
    if text in _NONE:
        return ""
    match = _UNIT.fullmatch(text)
    return _counted(match[1]) if match else text


@lru_cache(_SPELLINGS)
def room(written: str) -> str:
    """A room without 室, 号 or 户, in plain digits: 502 of 502室, 五零二; 0502 is another one."""
    text = numerals.plain_digits(_plain(written).removeprefix("第"))
    text = _without_nought(text)
    return re.sub(r"(?<=[\dA-Za-z])(?:室|号房|房间|房|号|户)(?=$|[东西南北中左右])", "", text)


@lru_cache(_SPELLINGS)
def reads_as_room(named: str) -> bool:
    """Whether a room (without its measure word) is one as doors have them: 502, 5-2, 附1, 502西户."""
    return (
        _ROOM.fullmatch(named) is not None or re.fullmatch(r"-?\d+层[东西南北中左右]户?", named) is not None
    )


@lru_cache(_SPELLINGS)
def at_floor(floor: int | None, named: str) -> str:
    """A room that only its floor makes a door of its own, with that floor: 5-2 of 2, 5层东户 of 东户."""
    if floor is None or not named:
        return named
    if _SIDE.fullmatch(named):
        return f"{floor}层{named}"
    if floor < 0:
        return named if not named.isdigit() else f"负{-floor}层{named}"
    return f"{floor}-{int(named)}" if named.isdigit() and len(named) == 1 else named


@lru_cache(_SPELLINGS)
def floor_of(room: str) -> int | None:
    """The floor a room number tells: 5 of 502, 12 of 1201, 5 of 5-2, -1 of 负101, 1 of 底商3."""
    if room.startswith(_SHOP):
        return 1
    basement = re.match(r"(?:负|-|地下室?)(\d{1,2}|[一二三])(?=层|$|\d\d\b)", room)
    if basement is not None:
        number = numerals.read(basement[1]) or int(basement[1])
        return -number if 0 < number < 10 else -1
    if room.startswith(("负", "地下")):
        return -1
    match = re.match(r"(\d{1,2})(?:\d\d(?!\d)|-\d{1,2}(?!\d)|层)", room)
    number = int(match[1]) if match else 0
    return number if 0 < number <= _HIGHEST else None


@lru_cache(_SPELLINGS)
def floor(written: str) -> int | None:
    """A floor as a number: 5 of 5层, 五楼; -1 of 负一层; None where the cell names none."""
    match = re.fullmatch(rf"第?(负|-|地下)?(\d+|{numerals.PATTERN})(?:层|楼|F)?", _plain(written))
    if match is None:
        return None
    number = int(match[2]) if match[2].isdigit() else numerals.read(match[2]) or 0
    number = -number if match[1] else number
    return number if number and -10 <= number <= _HIGHEST else None


def read(written: str, building: str = "", unit_first: bool = False) -> Address:
    """A whole address. `building`: its number where the sheet says it; then 3-502 is unit and room.

    A building is never guessed: an address that names none gets `number` "" (or `building`). Where the first
    of two numbers is the sheet's own building, it may as well be a unit: `unit_first` says that it is.

    Raises:
        Invalid: no room in it, two of them, another building than `building`, or it can be read in two ways.
    """
    text, note = _without_notes(_dashes(_plain_spaced(written)))
    try:
        found = _dashed(text, building, unit_first) or _worded(text, building)
    except Doubtful as doubtful:
        raise Invalid(str(doubtful)) from doubtful
    if building and found.number and found.number != building:
        raise Invalid(f"地址里是 {found.number} 号楼，前面写的是 {building} 号楼")
    if not found.room:
        raise Invalid(_NOT_SAID)
    compound = without_divisions(found.compound).strip("-,、")
    return found._replace(compound=compound, number=found.number or building, note=note)


def without_divisions(written: str) -> str:
    """An address without province, city, district, street office, community and house number before it."""
    return _STREET.sub("", _DIVISIONS.sub("", _plain(written)))


def _dashed(text: str, building: str, unit_first: bool) -> Address | None:
    """12-3-502, 12-502, 3-502, 12-3-5-2; None where it is written in words."""
    match = dashed_doors.WHOLE.fullmatch(text)
    if match is None or re.search(r"单元|门洞|楼门|层|[栋幢座#楼梯]", text):
        return None
    before = match["before"]
    house = re.fullmatch(r"(\d+)号", before)
    if house is not None:
        if _counted(house[1]) != building:
            raise Doubtful(dashed_doors.TWO_WAYS)
        before = ""
    parts = dashed_doors.read(match["parts"].upper().split("-"), building, unit_first)
    return _made(before, parts, match["after"] or "")


def _worded(text: str, building: str) -> Address:
    """12号楼3单元502 and its kin."""
    minus = _MINUS.search(text)
    if minus is not None and floor_of(room(minus[2])) != int(minus[1]):
        raise Doubtful("分不清是负几层还是几层")
    whole = _WHOLE.fullmatch(text)
    if whole is not None and _is_floor(whole, building):
        whole = None
    if whole is not None:
        if "-" in whole["building"] and _ON_A_STREET.search(whole["before"]):
            raise Doubtful(dashed_doors.TWO_WAYS)
        before, number, inside = whole["before"], _counted(whole["building"]), whole["inside"]
    else:
        before, number, inside = _without_building(text)
    short = re.fullmatch(rf"(?P<parts>(?:\d+|[A-Za-z]\d?|{_STEM})(?:-\d+)+)(?P<after>\D.*)?", inside)
    if short is not None and number and not re.search(r"[单层楼门]", inside):
        parts = dashed_doors.inside(short["parts"].upper().split("-"))
        return _made(before, parts._replace(building=number), short["after"] or "")
    return _inside(before, number, inside)


def _without_building(text: str) -> tuple[str, str, str]:
    """What stands before, the building where 号 alone names it (12号3单元502), and what lies in it."""
    by_unit = _BY_UNIT.fullmatch(text)
    if by_unit is not None:
        house = _HOUSE.fullmatch(by_unit["before"])
        if house is not None and not _ON_A_STREET.search(house["before"]):
            return house["before"], _counted(house["number"]), by_unit["inside"]
        return by_unit["before"], "", by_unit["inside"]
    named = _NAMED_PLACE.fullmatch(text)
    if named is not None and not _INSIDE_WORDS.search(named["before"]):
        return named["before"], "", named["room"]
    return "", "", text


def _inside(before: str, number: str, inside: str) -> Address:
    parts = _INSIDE.fullmatch(inside)
    assert parts is not None  # every part of the pattern may be empty
    rest = parts["room"].strip("-")
    counted = re.fullmatch(rf"({numerals.PATTERN})(?:号|室)", rest)
    named = room(_counted(counted[1]) if counted else rest)
    level = floor(parts["floor"]) if parts["floor"] else None
    where, told = _counted(parts["unit"] or ""), floor_of(named)
    if not named and parts["floor"]:
        sure = level is not None and level < 0
        return Address(before, number, where, level, parts["floor"] + "层", sure=sure)
    if level is None:
        return Address(before, number, where, told, named, sure=reads_as_room(named))
    if level > 0 and named[:1].isdigit():
        if told not in (None, level):
            raise Doubtful(TWO_FLOORS)
        if re.fullmatch(r"\d\d", named) and int(named[0]) != level:
            named = f"{level}-{int(named)}"
    named = at_floor(level, named)
    return Address(before, number, where, level, named, sure=reads_as_room(named))


def _made(before: str, parts: Parts, after: str) -> Address:
    named = room(parts.room + after)
    where = _counted(parts.unit)
    return Address(before, _counted(parts.building), where, floor_of(named), named, sure=reads_as_room(named))


def _is_floor(whole: re.Match[str], building: str) -> bool:
    """Whether the 5楼 of 5楼502 is a floor and no building: it stands behind a unit, the room says so, or the
    sheet names another building."""
    if "单元" in whole["before"]:
        return True
    if whole["word"] != "楼" or _BUILDING_FOLLOWS.match(whole["inside"]):
        return False
    told = floor_of(room(whole["inside"].lstrip("-")))
    return bool(building or told) and (told is None or str(told) == _counted(whole["building"]))


def _counted(number: str) -> str:
    """A number or letter in one spelling: 12 of 012 and 十二, A of a."""
    if number.isdigit():
        return str(int(number))
    value = numerals.read(number)
    return str(value) if value is not None else number.upper()


def _plain(written: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", written) if not _is_space(one))


def _without_nought(text: str) -> str:
    """12 of 12.0: a number that a table stored and a program wrote out."""
    return re.sub(r"(?<=\d)\.0+$", "", text)


def _is_space(one: str) -> bool:
    return one.isspace() or unicodedata.category(one) == "Cf"


def _plain_spaced(written: str) -> str:
    """Without spaces, but for those that stand for a dash: 12 3 502."""
    text = " ".join(unicodedata.normalize("NFKC", written).split())
    text = re.sub(r"第(?=\d|[一二三四五六七八九十])", "", text)
    text = text.strip(" 。.,;、'")
    return _plain(re.sub(r"(?<=\d) (?=\d)", "-", _without_nought(text)))


def _dashes(text: str) -> str:
    """Everything people type for the dash between two numbers."""
    text = re.sub(r"[–—―−ー‐]+", "-", text)
    text = re.sub(r"(?<=[\dA-Za-z#])(?:[~_/.|\\]|[一杠之](?=\d))(?=\d)", "-", text)
    return re.sub(r"(?<!\d)(\d{1,3})([,、*:])(\d{1,2})\2(\d{3,4})(?!\d)", r"\1-\3-\4", text)


def _without_notes(text: str) -> tuple[str, str]:
    """The address, and what stands in brackets before or behind it, or bare behind a room."""
    notes: list[str] = []
    while (match := _NOTE.search(text) or _NOTE_BARE.search(text)) is not None:
        notes.insert(0, match[1])
        text = text[: match.start()].rstrip("。.,;、-")
    before = _NOTE_BEFORE.match(text)
    if before is not None:
        notes.insert(0, before[1])
        text = text[before.end() :]
    return text, "；".join(notes)
