"""Days as people write them in tables, with as much precision as they gave and no more."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from gridclient.core.domain import numerals
from gridclient.core.domain.values import Invalid, check_date

_CANONICAL = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_PARTS = re.compile(
    r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月?)?|年)?(?:[ T]0?0:00(?::00)?(?:\.0+)?)?"
)
_RUN = re.compile(r"(\d{4})(\d\d)(\d\d)?")
_SHORT_YEAR = re.compile(r"(\d\d)年(?:生|出生)?")
_LUNAR = re.compile(r"农历|阴历|腊月|正月|闰月|初[一二三四五六七八九十]")
_AGE = re.compile(r"\d{1,3}(?:周)?岁")
_YEARS = range(1850, 2101)
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(2101, 73051)  # days up to 2099; what looks like a year is one
_SURELY_LAST_CENTURY = 40


def read(cell: str | int | float | date) -> str:
    """A date as it is stored, `YYYY[-MM[-DD]]`; "" for an empty cell.

    Raises:
        Invalid: no date, or one that could be several; the message says why.
    """
    if isinstance(cell, datetime):
        return _made(cell.year, cell.month, cell.day)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return _read_number(cell)
    if _CANONICAL.fullmatch(cell):
        return check_date(cell)
    plain = _PARTS.fullmatch(cell)
    return _made(*_numbers(plain)) if plain is not None else _read_text(cell)


def agree(one: str, other: str) -> bool:
    """Whether two dates of any precision can be the same day."""
    return one.startswith(other) or other.startswith(one)


def _read_text(written: str) -> str:
    text = unicodedata.normalize("NFKC", written).strip().strip("'").rstrip("。.生").strip()
    if not text:
        return ""
    if _LUNAR.search(text):
        raise Invalid("农历不能直接登记，要写公历")
    if _AGE.fullmatch(text):
        raise Invalid("写的是年龄，不能当作出生日期")
    text = re.sub(r"\s*([-./年月日])\s*", r"\1", _without_chinese(text))
    run = _RUN.fullmatch(text)
    parts = run or _PARTS.fullmatch(text)
    if parts is not None:
        return _made(*_numbers(parts))
    short = _SHORT_YEAR.fullmatch(text)
    if short is not None and int(short[1]) >= _SURELY_LAST_CENTURY:
        return _made(1900 + int(short[1]))
    raise Invalid("年份只写了两位，分不清哪个世纪" if short else "看不懂的日期")


def _without_chinese(text: str) -> str:
    """一九五六年十二月三日 with Arabic digits."""

    def year(match: re.Match[str]) -> str:
        return "".join(str(numerals.read(digit)) for digit in match[1]) + "年"

    text = re.sub(r"([零〇一二三四五六七八九]{4})年", year, text)
    pattern = rf"((?:{numerals.PATTERN}|二十[一二三四五六七八九]?|三十一?))(?=[月日])"
    return re.sub(pattern, lambda match: str(numerals.read(match[1])), text)


def _numbers(match: re.Match[str]) -> list[int]:
    return [int(part) if part else 0 for part in match.groups()]


def _read_number(cell: int | float) -> str:
    if cell != cell or cell in (float("inf"), float("-inf")):
        raise Invalid("看不懂的日期")
    if cell != int(cell):
        return _read_fraction(cell)
    whole = int(cell)
    run = _RUN.fullmatch(str(whole))
    if run is not None and int(run[1]) in _YEARS:
        return _made(*_numbers(run))
    if whole in _YEARS:
        return _made(whole)
    if whole in _SERIALS:
        return (_DAY_ZERO + timedelta(days=whole)).isoformat()
    raise Invalid("看不懂的日期")


def _read_fraction(cell: float) -> str:
    """1956.3 is March; 1956.1 has lost the nought of October, or never had one."""
    written = f"{cell:.6g}" if int(cell) in _YEARS else ""
    match = re.fullmatch(r"(\d{4})\.(\d{1,2})", written)
    if match is None:
        if int(cell) in _SERIALS:  # a day with an hour
            return (_DAY_ZERO + timedelta(days=int(cell))).isoformat()
        raise Invalid("看不懂的日期")
    if match[2] == "1":
        raise Invalid("存成了数字，分不清是 1 月还是 10 月")
    return _made(int(match[1]), int(match[2]))


def _made(year: int, month: int = 0, day: int = 0) -> str:
    if year not in _YEARS:
        raise Invalid(f"年份“{year}”不对")
    written = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    if day and not month:
        raise Invalid("看不懂的日期")
    return check_date(written)
