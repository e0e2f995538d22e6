"""Which backups are worth keeping: the newest few, one a day for a week, one a week for a month, one a month
for a year."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

NEWEST = 3
DAYS, WEEKS, MONTHS = 7, 5, 13
_CHINA = timezone(timedelta(hours=8))


def to_drop(held: Sequence[tuple[int, int]], most: int) -> list[int]:
    """Places in `held`, (Unix milliseconds, bytes) with the newest first, of what may go.

    Beyond the days, weeks and months the oldest go until all weigh no more than `most`; the newest few stay
    whatever they weigh. The days are counted back from the newest backup, so a clock set forward or a laptop
    long in a drawer costs nothing.
    """
    keep = set(range(min(NEWEST, len(held))))
    days = [_day(made) for made, _ in held]
    for count, bucket in ((DAYS, _by_day), (WEEKS, _by_week), (MONTHS, _by_month)):
        seen: list[object] = []
        for place, day in enumerate(days):
            name = bucket(day)
            if name not in seen:
                seen.append(name)
                if len(seen) <= count:
                    keep.add(place)
    weight = 0
    for place in sorted(keep):
        weight += held[place][1]
        if weight > most and place >= NEWEST:
            keep.discard(place)
    return [place for place in range(len(held)) if place not in keep]


def _day(made: int) -> datetime:
    return datetime.fromtimestamp(made / 1000, UTC).astimezone(_CHINA)


def _by_day(day: datetime) -> object:
    return day.date()


def _by_week(day: datetime) -> object:
    return day.isocalendar()[:2]


def _by_month(day: datetime) -> object:
    return day.year, day.month
