"""The citizen identity number (GB 11643): what is sure about one, and what a table has done to it."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from operator import mul

from gridclient.core.domain.values import Invalid

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_SHAPE = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_INSIDE = re.compile(r"(?<!\d)([1-9]\d{16}[\dX])(?![\dX])")
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?1[3-9]", re.IGNORECASE)
_BLANKS = re.compile("[\\s'’‘`\"“”\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]|(?<=\\d)-(?=\\d)")
LOST = "身份证号存成了数字，后几位已经丢了，补不回来，要照证件重填"
_FLOATED = re.compile(r"\d{16,}\.0+")
_MASKED = re.compile(r"(?:\d{0,14}[*＊xX×●•#]{3,}|[*＊●•]+)(\d{3}[\dX])")
_PROVINCES = frozenset(
    map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)))
)
_SPOILT = re.compile(r"\d{15}000")
_EXACT = 15  # a table keeps fifteen digits of a number


def check_digit(first: str) -> str:
    """The eighteenth character behind the first seventeen digits."""
    return _CHECK[sum(map(mul, _WEIGHTS, map(int, first))) % 11]


def is_valid(number: str) -> bool:
    """Whether this is a normalised number of eighteen with a true check digit and a real day of birth."""
    return (
        _SHAPE.fullmatch(number) is not None
        and check_digit(number[:17]) == number[17]
        and _day(number[6:14]) is not None
    )


def birth(number: str) -> str | None:
    """The day of birth in a valid number; None of any other."""
    return told(number)[1]


def sex(number: str) -> str | None:
    """The sex code (1 male, 2 female) in a valid number; None of any other."""
    return told(number)[0]


def told(number: str) -> tuple[str | None, str | None]:
    """Sex and day of birth in a valid number; nothing of any other."""
    if not is_valid(number):
        return None, None
    return ("2", "1")[int(number[16]) % 2], _day(number[6:14])


def normalise(written: str) -> str:
    """Plain digits and X: no spaces, quotes, full-width characters, or × for the X at the end."""
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", written)).upper()
    if len(plain) == 18 and plain[17] in "×*Х" and plain[:17].isdigit():  # the last of them is Cyrillic
        return plain[:17] + "X"
    return plain


def upgraded(fifteen: str) -> str | None:
    """The eighteen of an old number of fifteen, by the standard; None where it may be a torn one."""
    if len(fifteen) != 15 or not fifteen.isdigit() or _day("19" + fifteen[6:12]) is None:
        return None
    # The first fifteen of a number of eighteen have the century of birth here.
    if fifteen[6:8] in ("19", "20") or fifteen[:2] not in _PROVINCES:
        return None
    first = fifteen[:6] + "19" + fifteen[6:]
    return first + check_digit(first)


def are_spoilt(column: Iterable[str]) -> bool:
    """Whether a column was once stored as numbers and became text: by chance one number in a thousand ends in
    000, there more than every tenth does."""
    whole = [number for number in column if len(number) == 18]
    noughts = sum(_SPOILT.fullmatch(number) is not None for number in whole)
    return noughts > 1 and noughts * 10 > len(whole)


def read(cell: str | int | float, spoilt: bool = False) -> str:
    """The number a table's cell holds; "" for an empty one.

    A number stored as a number has lost digits and is refused, never repaired. In a column that is `spoilt`
    so is one that ends in 000: one in eleven of them is valid by chance.

    Raises:
        Invalid: it is doubtful; the message says why.
    """
    if isinstance(cell, int | float):
        return _read_number(cell)
    number = cell if is_valid(cell) else normalise(cell)
    if spoilt and _SPOILT.fullmatch(number):
        raise Invalid(LOST)
    if not number or is_valid(number):
        return number
    if _FLOATED.search(number):
        raise Invalid(LOST)
    inside = [found for found in _INSIDE.findall(number) if is_valid(found)]
    if len(inside) == 1:
        return str(inside[0])
    whole = upgraded(number)
    if whole is not None:
        return whole
    raise Invalid(_fault(number))


def last_four(written: str) -> str:
    """The last four characters of a number whose middle is masked (6301**********1234); "" of any other."""
    match = _MASKED.fullmatch(normalise(written))
    return match[1] if match is not None else ""


def _read_number(cell: int | float) -> str:
    digits = f"{cell:.0f}"
    whole = upgraded(digits) if len(digits) == _EXACT else None
    if whole is None:
        raise Invalid(LOST if len(digits) >= _EXACT else "不是身份证号")
    return whole


def _fault(number: str) -> str:
    if _EXPONENT.search(number) or (len(number) == 18 and number.endswith("000")):
        return LOST
    if "*" in number or last_four(number):
        return "身份证号打了码，没有登记"
    if len(_INSIDE.findall(number)) > 1:
        return "写了不止一个身份证号"
    if not re.fullmatch(r"\d+X?", number):
        return "不是身份证号"
    if len(number) == 17:
        return "身份证号只有 17 位，可能少了开头的数字或末尾的 0 或 X"
    if len(number) == 15:
        return "15 位的号，分不清是旧号还是少了后三位"
    if len(number) != 18:
        return f"身份证号应有 18 位，写了 {len(number)} 位"
    if _day(number[6:14]) is None:
        return "身份证号里的出生日期不存在"
    return "身份证号校验不对，可能抄错了一位"


def _day(eight: str) -> str | None:
    try:
        day = date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return None
    return day.isoformat() if 1850 <= day.year < 2100 else None
