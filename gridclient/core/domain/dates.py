"""Days as people write them in tables, with as much precision as they gave and no more."""

import re
import unicodedata
from datetime import date, timedelta

from gridclient.core.domain import numerals
from gridclient.core.domain.values import Invalid, check_date

_CANONICAL = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_HOUR = r"(?:[ T]?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?"
_PARTS = re.compile(rf"(\d{{4}})(?:[-./年](\d{{1,2}})(?:[-./月](\d{{1,2}})日?|月?)?|年)?{_HOUR}")
_RUN = re.compile(r"(\d{4})(\d\d)(\d\d)?")
# 56.3.4, 56年3月, 560304: of the last century where the year can be no month, no day and not of this one.
_SHORT_PARTS = re.compile(r"(\d\d)(?:年(?:(\d{1,2})月(?:(\d{1,2})日?)?)?|[-./](\d{1,2})[-./](\d{1,2}))")
_EITHER_RUN = re.compile(r"(?:19|20)(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-2])")
_SHORT_RUN = re.compile(r"([4-9]\d)(\d\d)(\d\d)")
_BEFORE = re.compile(r"^(?:公元|出生于|生于|出生[:]?)")
_BEHIND = re.compile(r"(?:出?生|[(]?(?:星期|周)[一二三四五六日天][)]?|[。.;,])+$")
_LUNAR = re.compile(r"农历|阴历|古历|旧历|腊月|正月|冬月|闰|初[一二三四五六七八九十]|廿")
_AGE = re.compile(r"\d{1,3}(?:多|余|来)?(?:周)?岁(?:左右|多)?")
_YEARS = range(1850, 2101)
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 51_502)  # 1927 to 2040; shorter ones may be 5603 for March 1956
_SURELY_LAST_CENTURY = 40


def read(cell: str | int | float | date) -> str:
    """A date as it is stored, `YYYY[-MM[-DD]]`; "" for an empty cell.

    Raises:
        Invalid: no date, or one that could be several; the message says why.
    """
    if isinstance(cell, date):
        return _read_day(cell)
    if isinstance(cell, int | float):
        return _read_number(cell)
    if _CANONICAL.fullmatch(cell):
        return check_date(cell)
    plain = _PARTS.fullmatch(cell)
    return _made(*_numbers(plain)) if plain is not None else _read_text(cell)


def agree(one: str, other: str) -> bool:
    """Whether two dates of any precision can be the same day."""
    return one.startswith(other) or other.startswith(one)


def _read_day(cell: date) -> str:
    if (cell.year, cell.month, cell.day) <= (1900, 1, 1):
        raise Invalid("表格里的 1900 年 1 月 1 日多半是空的意思，不能当作日期")
    return _made(cell.year, cell.month, cell.day)


def _read_text(written: str) -> str:
    text = unicodedata.normalize("NFKC", written).strip().strip("'").strip()
    if not text:
        return ""
    if _LUNAR.search(text):
        raise Invalid("农历不能直接登记，要写公历")
    if _AGE.fullmatch(text):
        raise Invalid("写的是年龄，不能当作出生日期")
    text = _BEHIND.sub("", _BEFORE.sub("", text)).strip()
    text = _one_separator(_without_chinese(text))
    _judge_run(text)
    parts = _RUN.fullmatch(text) or _PARTS.fullmatch(text)
    if parts is not None and int(parts[1]) in _YEARS:
        return _made(*_numbers(parts))
    short = _SHORT_RUN.fullmatch(text) or _SHORT_PARTS.fullmatch(text)
    if short is not None and int(short[1]) >= _SURELY_LAST_CENTURY:
        year, *rest = [number for number in _numbers(short) if number]
        return _made(1900 + year, *rest)
    if parts is not None:
        raise Invalid(f"年份“{parts[1]}”不对")
    if re.fullmatch(r"\d{5}", text):
        return _read_number(int(text))
    raise Invalid("年份只写了两位，分不清哪个世纪" if short else "看不懂的日期")


def _judge_run(text: str) -> None:
    """200304 is April 2003, or the fourth of March 2020."""
    match = _EITHER_RUN.fullmatch(text)
    if match is not None:
        raise Invalid("六位数字有两种读法，分不清是年月还是年月日")


def _one_separator(text: str) -> str:
    """Without blanks around separators, and with a dot where people type another sign or a blank."""
    text = re.sub(
        r"\s*([-./年月日])\s*", r"\1", re.sub(r"[–—―−·・\\、,。]|(?<=\d) (?=\d+(?: |$))", ".", text)
    )
    return text.replace("年.", "年").rstrip(".")


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
    short = _SHORT_RUN.fullmatch(str(whole))
    if short is not None and int(str(whole)[:4]) not in _YEARS:
        return _read_text(str(whole))
    _judge_run(str(whole))
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
    if int(cell) in _SERIALS:  # a day with an hour
        return (_DAY_ZERO + timedelta(days=int(cell))).isoformat()
    match = re.fullmatch(r"(\d{4})\.(\d\d?)(\d\d)?", repr(float(cell)))
    if match is None or int(match[1]) not in _YEARS:
        raise Invalid("看不懂的日期")
    if match[2] == "1":
        raise Invalid("存成了数字，分不清是 1 月还是 10 月")
    return _made(*_numbers(match))


def _made(year: int, month: int = 0, day: int = 0) -> str:
    """Noughts stand for what nobody knows: 1956-03-00 is March."""
    if year not in _YEARS:
        raise Invalid(f"年份“{year}”不对")
    if day and not month:
        raise Invalid("看不懂的日期")
    written = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return check_date(written)
