"""Days and times as people type them at a door."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from gridclient.core.domain.values import Invalid
from gridclient.desktop.visit import words

_CLOCK = re.compile(r"(\d{1,2})[:点时](\d{0,2})分?")
_DAY = re.compile(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})[日号]?")
_AFTER = re.compile(r"\+?(\d{1,3})\s*(天|周|个?月)?后?")
_NAMED = {"今天": 0, "昨天": -1, "前天": -2, "明天": 1, "后天": 2}


def read_next(typed: str, today: date) -> str | None:
    """The day of the next visit: 12-1, 12月1日, 明天, 3天后, 2周后.

    Raises:
        Invalid: no day, or one that is over.
    """
    written = _plain(typed)
    if not written:
        return None
    found = _named(written, today) or _day(written, today, ahead=True) or _after(written, today)
    if found is None:
        raise Invalid(words.NO_DAY)
    if found < today:
        raise Invalid(words.PAST_DAY)
    return found.isoformat()


def read_when(typed: str, now: datetime) -> datetime:
    """When the visit was: 15:40, 昨天 15:40, 11-23 15:40.

    Raises:
        Invalid: no time, or one still to come.
    """
    written = _plain(typed)
    clock = _CLOCK.search(written)
    if clock is None:
        raise Invalid(words.NO_TIME)
    rest = written[: clock.start()].strip()
    day = now.date() if not rest else _named(rest, now.date()) or _day(rest, now.date(), ahead=False)
    try:
        at = time(int(clock[1]), int(clock[2] or 0))
    except ValueError as error:
        raise Invalid(words.NO_TIME) from error
    if day is None:
        raise Invalid(words.NO_TIME)
    found = datetime.combine(day, at, now.tzinfo)
    if found > now:
        raise Invalid(words.FUTURE)
    return found


def clock(moment: datetime, now: datetime) -> str:
    """A moment in words: 10:42 today, 昨天 10:42, 11月22日 10:42."""
    at = f"{moment:%H:%M}"
    if moment.date() == now.date():
        return at
    if moment.date() == now.date() - timedelta(days=1):
        return f"昨天 {at}"
    return f"{words.short_date(moment.month, moment.day)} {at}"


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).strip()


def _named(written: str, today: date) -> date | None:
    days = _NAMED.get(written)
    return None if days is None else today + timedelta(days=days)


def _day(written: str, today: date, *, ahead: bool) -> date | None:
    """A day without its year is the nearest one ahead, or behind."""
    match = _DAY.fullmatch(written)
    if match is None:
        return None
    year, month, day = match.groups()
    years = (int(year),) if year else (today.year, today.year + 1) if ahead else (today.year, today.year - 1)
    for each in years:
        try:
            found = date(each, int(month), int(day))
        except ValueError:
            continue
        if year or (found >= today if ahead else found <= today):
            return found
    return None


def _after(written: str, today: date) -> date | None:
    match = _AFTER.fullmatch(written)
    if match is None or not (match[2] or written.startswith("+")):
        return None
    count, unit = int(match[1]), match[2] or "天"
    days = count if unit == "天" else count * 7 if unit == "周" else count * 30
    return today + timedelta(days=days)
