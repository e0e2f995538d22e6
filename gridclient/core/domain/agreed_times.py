"""预约: the times people agree on, and which of them wait for somebody."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple

CHINA = timezone(timedelta(hours=8))
OPEN = frozenset({"", "asked", "confirmed"})
"""States of an appointment nobody has said the end of."""

WEEK = 7


class Band(NamedTuple):
    """A part of the day: its word, when it begins and ends."""

    words: str
    begins: time
    ends: time


BANDS = (
    Band("上午", time(9), time(11, 30)),
    Band("中午", time(12), time(13, 30)),
    Band("下午", time(14), time(17, 30)),
    Band("晚上", time(18, 30), time(20)),
)
HOUR = timedelta(hours=1)


class Slot(NamedTuple):
    """From when to when, in Unix milliseconds."""

    starts: int
    ends: int


def slot(day: date, band: Band) -> Slot:
    """A part of a day, in China's time."""
    return Slot(_millis(day, band.begins), _millis(day, band.ends))


def slot_at(day: date, at: time) -> Slot:
    """An hour that begins at a time of the clock."""
    starts = _millis(day, at)
    return Slot(starts, starts + round(HOUR.total_seconds() * 1000))


def day_of(millis: int) -> date:
    """The day on people's watches."""
    return datetime.fromtimestamp(millis / 1000, UTC).astimezone(CHINA).date()


def monday(day: date) -> date:
    """The first day of the week of a day."""
    return day - timedelta(days=day.weekday())


def is_over(starts: int, ends: int, state: str, now: int) -> bool:
    """Whether its time has passed and nobody has said what came of it."""
    return state in OPEN and (ends or starts) < now


def is_due(starts: int, state: str, now: int) -> bool:
    """Whether it waits for somebody today, or has been waiting since before."""
    return state in OPEN and day_of(starts) <= day_of(now)


def busy(appointments: Mapping[bytes, tuple[int, str]]) -> dict[date, int]:
    """How many open appointments each day has already; by record, when it starts and its state."""
    days: dict[date, int] = {}
    for starts, state in appointments.values():
        if state in OPEN:
            days[day_of(starts)] = days.get(day_of(starts), 0) + 1
    return days


def _millis(day: date, at: time) -> int:
    return round(datetime.combine(day, at, CHINA).timestamp() * 1000)
