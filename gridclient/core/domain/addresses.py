"""Doors as people write them: building number, unit, floor, room, alone or all in one cell."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from gridclient.core.domain import numerals
from gridclient.core.domain.values import Invalid

_NUMBERED = rf"[A-Za-z]?\d+[A-Za-z]?|[A-Za-z]\d*|[甲乙丙丁戊己东西南北]|{numerals.PATTERN}"
_BUILDING_WORDS = "号楼|#楼|栋楼|栋|幢|座|#|号|楼"
_UNIT_WORDS = "单元|门洞|楼门|洞|门"
_BUILDING = re.compile(rf"第?({_NUMBERED}|\d+-\d+)(?:{_BUILDING_WORDS})?")
_UNIT = re.compile(rf"第?({_NUMBERED}|中)(?:{_UNIT_WORDS}|号)?")
_NONE = {"", "无", "-", "—", "/", "无单元", "0"}
_HIGHEST = 60
_SPELLINGS = 4096  # a register says the same few thousands over and over

# Within a whole address a lone 号 names a room (附1号), never a building.
_WHOLE = re.compile(
    rf"""(?P<before>.*?)
    (?:第?(?P<building>(?<![A-Za-z\d]){_NUMBERED})(?:号楼|\#楼|栋楼|栋|幢|座|\#|楼(?!门|道|上|下))-?)
    (?P<inside>.*)""",
    re.VERBOSE,
)
_INSIDE = re.compile(
    rf"""(?:第?(?P<unit>{_NUMBERED}|中)(?:单元|门洞|楼门|洞|门)-?)?
    (?:(?P<floor>(?:负|地下|-)?(?:\d+|{numerals.PATTERN}))(?:层|楼)-?)?
    (?P<room>.*)""",
    re.VERBOSE,
)
_DASHED = re.compile(
    r"(?P<before>(?:.*[^\dA-Za-z\-])?)(?P<parts>(?:\d+|[A-Za-z]\d?)(?:-\d+)+)(?P<after>[^\d-].*)?"
)
_NOTE = re.compile(r"\(([^()]*)\)$")
_ROOM = re.compile(
    r"(?:(?:附|底商|商铺|门面|车库|负|地下室?)?\d+[A-Za-z]?(?:-\d+)?)(?:室|号|号房)?(?P<more>[东西南北中]户?|左|右)?"
)
# 区 alone is left: it may belong to a name (开发区花园).
_DIVISIONS = re.compile(
    r"^(?:[^\d]{2,8}?(?:省|自治区))?(?:[^\d]{2,8}?市(?:[^\d小社]{1,6}?[区县])?|[^\d小社]{1,6}?[区县](?=.*(?:街道|社区)))?"
    r"(?:[^\d]{2,8}?街道)?(?:[^\d]{2,10}?社区)?"
)


class Address(NamedTuple):
    """A door taken apart.

    Attributes:
        compound: what stood before the building, without province, city, district; "" if nothing.
        number: the building's, without its measure word; "" where the address names none.
        unit: "" where there is none.
        floor: None where nobody said and the room does not tell.
        room: what is left, as written.
        note: what stood in brackets behind.
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
    text = _plain(written)
    match = _BUILDING.fullmatch(text)
    return _counted(match[1]) if match else text


@lru_cache(_SPELLINGS)
def unit(written: str) -> str:
    """A unit without its measure word; "" where the cell says that there is none."""
    text = _plain(written)
    if text in _NONE:
        return ""
    match = _UNIT.fullmatch(text)
    return _counted(match[1]) if match else text


@lru_cache(_SPELLINGS)
def room(written: str) -> str:
    """A room without 室 or 号."""
    text = _plain(written)
    return re.sub(r"(?<=[\dA-Za-z])(?:室|号房|号)(?=$|[东西南北中左右])", "", text)


@lru_cache(_SPELLINGS)
def floor_of(room: str) -> int | None:
    """The floor a room number tells: 5 of 502, 12 of 1201, 5 of 5-2, -1 of 负101, 1 of 底商3."""
    if room.startswith(("底商", "门面", "商铺")):
        return 1
    basement = re.match(r"(?:负|-|地下室?)(\d{1,2}|[一二三])(?=层|$|\d\d\b)", room)
    if basement is not None:
        number = numerals.read(basement[1]) or int(basement[1])
        return -number if 0 < number < 10 else -1
    if room.startswith(("负", "地下")):
        return -1
    match = re.match(r"(\d{1,2})(?:\d\d(?!\d)|-\d+)", room)
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


def read(written: str, building: str = "") -> Address:
    """A whole address. `building`: its number where the sheet says it; then 3-502 is unit and room.

    A building is never guessed: an address that names none gets `number` "" (or `building`).

    Raises:
        Invalid: nothing in it names a room, or it names another building than `building`.
    """
    text, note = _without_note(_dashes(_plain_spaced(written)))
    found = _dashed(text, building) or _worded(text, building)
    if building and found.number and found.number != building:
        raise Invalid(f"地址里是 {found.number} 号楼，前面写的是 {building} 号楼")
    if not found.room:
        raise Invalid("地址里没有房号")
    compound = without_divisions(found.compound).strip("-,、")
    return found._replace(compound=compound, number=found.number or building, note=note)


def without_divisions(written: str) -> str:
    """An address without province, city, district, street office and community before it."""
    return _DIVISIONS.sub("", _plain(written))


def _dashed(text: str, building: str) -> Address | None:
    """12-3-502, 12-502, 3-502, 12-3-5-2."""
    match = _DASHED.fullmatch(text)
    if match is None or re.search(rf"{_UNIT_WORDS}|层|[栋幢座#楼]", text):
        return None
    parts = match["parts"].upper().split("-")
    after = match["after"] or ""
    if after and not re.fullmatch(r"(?:室|号)?(?:[东西南北中]户?|左|右)?", after):
        return None
    number = "" if building and len(parts) == 2 else parts.pop(0)
    if building and len(parts) == 2 and not _is_room(parts[1]) and number != building:
        # The sheet names the building: unit, floor and room are left.
        number, parts = "", [number, *parts]
    where = parts.pop(0) if len(parts) > 1 and (len(parts) == 3 or _is_room(parts[-1])) else ""
    named = room("-".join(parts) + after)
    return Address(match["before"], _counted(number), _counted(where), floor_of(named), named)


def _worded(text: str, building: str) -> Address:
    """12号楼3单元502 and its kin."""
    whole = _WHOLE.fullmatch(text)
    if whole is not None and _is_floor(whole, building):
        whole = None
    inside = whole["inside"] if whole else text
    number = _counted(whole["building"]) if whole else ""
    before = whole["before"] if whole else ""
    if not whole and not building:
        before, inside = "", text
    dashed = re.fullmatch(r"(\d+|[A-Za-z])-(\d{3,4}\D*)", inside)
    if dashed is not None:
        named = room(dashed[2])
        return Address(before, number, dashed[1].upper(), floor_of(named), named, sure=_reads(named))
    parts = _INSIDE.fullmatch(inside)
    assert parts is not None  # every part of the pattern may be empty
    named = room(parts["room"].strip("-"))
    level = floor(parts["floor"]) if parts["floor"] else None
    if not named and parts["floor"]:
        named = parts["floor"] + "层"
    sure = _reads(named) or bool(parts["floor"] and not parts["room"])
    where = _counted(parts["unit"] or "")
    return Address(before, number, where, level if level is not None else floor_of(named), named, sure=sure)


def _is_floor(whole: re.Match[str], building: str) -> bool:
    """Whether the 5楼 of 5楼502 is a floor and no building: the room says so, or the sheet names another."""
    if not re.search(r"[^号#栋]楼-?$", whole.string[: whole.start("inside")]):
        return False
    told = floor_of(whole["inside"].lstrip("-"))
    return bool(building or told) and (told is None or str(told) == _counted(whole["building"]))


def _is_room(part: str) -> bool:
    return len(part) >= 3


def _reads(named: str) -> bool:
    return _ROOM.fullmatch(named) is not None or re.fullmatch(r"[东西南北中左右]户", named) is not None


def _counted(number: str) -> str:
    """A number or letter in one spelling: 12 of 012 and 十二, A of a."""
    if number.isdigit():
        return str(int(number))
    value = numerals.read(number)
    return str(value) if value is not None else number.upper()


def _plain(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", written).split())


def _plain_spaced(written: str) -> str:
    """Without spaces, but for those that stand for a dash: 12 3 502."""
    text = " ".join(unicodedata.normalize("NFKC", written).split())
    return re.sub(r"(?<=\d) (?=\d)", "-", text).replace(" ", "")


def _dashes(text: str) -> str:
    """Everything people type for the dash between two numbers."""
    return re.sub(r"(?<=[\dA-Za-z#])(?:[–—―−~_/.]|[一杠](?=\d))(?=\d)", "-", text)


def _without_note(text: str) -> tuple[str, str]:
    match = _NOTE.search(text)
    return (text[: match.start()], match[1]) if match else (text, "")
