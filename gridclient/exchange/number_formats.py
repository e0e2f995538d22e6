"""What a number format shows of a day: whoever types 1956年3月 gets the first of March, shown as a month."""

import re
from datetime import date, datetime

_BUILT_IN = {16: "d-mmm", 17: "mmm-yy", **dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月")}
_BUILT_IN |= dict.fromkeys((28, 29, 51, 53, 54, 58), "m月d日")
_NUMBER = re.compile(r"\d+")
_MONTH_NAME = re.compile(r"[A-Za-z]{3}|[一二三四五六七八九十]月")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.|[年月日]')


def shown(number: int, code: str = "") -> str:
    """`Y`, `YM` or `MD` for a format that shows only so much of a day; "" for all others."""
    plain = _LITERAL.sub("", (code or _BUILT_IN.get(number, "")).split(";")[0]).lower()
    if "h" in plain or "s" in plain or "general" in plain:
        return ""
    parts = "".join(letter.upper() for letter in "ymd" if letter in plain)
    return parts if parts in ("Y", "YM", "MD") else ""


def shown_in(said: str) -> str:
    """The same, told by how a day is written out in its cell."""
    numbers = _NUMBER.findall(said)
    named = _MONTH_NAME.search(said) is not None
    if len(numbers) + named == 1:
        return "Y" if not named else ""
    if len(numbers) + named != 2 or ":" in said:
        return ""
    is_year = any(len(one) == 4 for one in numbers) or (named and "日" not in said and int(numbers[0]) > 31)
    return "YM" if is_year else "MD"


def as_shown(day: date, parts: str) -> date | str:
    """A day as far as its format shows it. One that is not the first of something was typed whole."""
    if parts == "MD":
        return f"{day.month}月{day.day}日"
    if isinstance(day, datetime) and (day.hour or day.minute or day.second):
        return day
    if parts == "YM" and day.day == 1:
        return f"{day.year:04}-{day.month:02}"
    if parts == "Y" and day.day == 1 and day.month == 1:
        return f"{day.year:04}"
    return day
