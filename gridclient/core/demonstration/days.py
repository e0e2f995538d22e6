"""The year that is told: its days, who walks on which of them and at what time of day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random

from gridclient.core.demonstration.shares import apportion

CHINA = timezone(timedelta(hours=8))
_EPOCH = date(1970, 1, 1).toordinal()
YEAR = 365
_HOLIDAYS = {(1, 1), (5, 1), (5, 2), (5, 3), *((10, day) for day in range(1, 8))}


def local_day(millis: int) -> int:
    """The ordinal of the day in China on which an instant falls."""
    return datetime.fromtimestamp(millis / 1000, UTC).astimezone(CHINA).date().toordinal()


def instant(day: int, minute: float) -> int:
    """Unix milliseconds of a minute of a day in China, to the second."""
    return int(((day - _EPOCH) * 1440 - 480 + minute) * 60) * 1000


def written(day: int) -> str:
    return date.fromordinal(day).isoformat()


def walking_days(today: int) -> list[int]:
    """The days of the year before today on which doors are knocked at: Monday to Friday, every other
    Saturday, no holidays."""
    days = []
    for day in range(today - YEAR, today):
        weekday = (day + 6) % 7
        moment = date.fromordinal(day)
        if (moment.month, moment.day) in _HOLIDAYS or weekday == 6 or (weekday == 5 and day // 7 % 2):
            continue
        days.append(day)
    return days


def rounds(days: Sequence[int], wanted: Sequence[int]) -> list[list[int]]:
    """For each of a worker's buildings the days on which it is walked, at most one building a day.

    `wanted` is how many days each building would like; all get fewer where there are not so many.
    """
    counts = list(wanted)
    if sum(counts) > len(days):
        counts = apportion(len(days), counts, [min(1, count) for count in counts])
    turns = sorted(
        ((turn + 0.5) / count, building) for building, count in enumerate(counts) for turn in range(count)
    )
    walked: list[list[int]] = [[] for _ in counts]
    for position, (_, building) in enumerate(turns):
        walked[building].append(days[int((position + 0.5) * len(days) / len(turns))])
    return walked


def starts(chance: Random, worker: int, day: int, visits: int, progress: float) -> list[float]:
    """The minutes of a day at which a worker's rounds begin.

    Two who go together (0 and 1, 2 and 3, …) have their own rounds at different times of one day, so that
    each can go along with the other. The later in the year, the more rounds are in the evening.
    """
    if (worker + day) % 2:
        return [14.5 * 60 + 100 * chance.random()]
    morning, evening = 8.8 * 60 + 90 * chance.random(), 18.5 * 60 + 40 * chance.random()
    if visits > 9:
        return [morning, evening]
    return [evening if chance.random() < 0.2 + 0.4 * progress else morning]
