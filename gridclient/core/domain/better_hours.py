"""错时: when to knock instead, learnt from when a door was knocked on and what came of it.

A day has four parts, and working days differ from weekends: eight bands. A door that stayed shut is tried
next in a band it has not been tried in since somebody last answered; among those in the one where people are
at home most often, by what this door has shown, and by what is usual where it has shown nothing yet.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gridclient.core.domain.attention import DAY

# Somebody was there, whether they opened or not; and nobody was.
ANSWERED = frozenset({"1", "2", "3", "4", "9"})
SHUT = "5"
KNOCKS = ANSWERED | {SHUT}
# After so many in a row a call, an agreed time or a note at the door helps more than knocking again.
MANY = 3
# All of China keeps one time. Days are counted from 1970 on, for thousands of doors are judged at once.
_MINUTE = 60_000
_HOUR = 60 * _MINUTE
CHINA = 8 * _HOUR
_THURSDAY = 3  # what the first of January 1970 was
_SATURDAY = 5
_DAYS = 8
_SOONEST = 15 * _MINUTE  # what ends within a quarter of an hour is over before anybody is there
_WEIGHT = 2.0  # how many knocks what is usual counts for
_TOLD = 0.9
_AT_HOME = 0.6
_WAKING = range(7, 21)  # hours at which anybody knocks
_FEWEST = 2


class Part(NamedTuple):
    """A part of the day: until which hour, and when in it one knocks, in minutes."""

    name: str
    until: int
    begins: int
    ends: int


PARTS = (
    Part("上午", 12, 9 * 60, 11 * 60 + 30),
    Part("中午", 14, 12 * 60, 13 * 60 + 30),
    Part("下午", 18, 14 * 60 + 30, 17 * 60),
    Part("晚上", 24, 18 * 60 + 30, 20 * 60),
)
# How often somebody is at home: on working days, at weekends.
_USUAL = ((0.4, 0.45, 0.35, 0.6), (0.55, 0.5, 0.5, 0.5))
_TOLD_WORDS = (("上午", "早"), ("中午", "午饭"), ("下午",), ("晚", "下班", "放学"))
_WEEKEND_WORDS = ("周末", "星期六", "星期天", "周六", "周日", "双休")


class Band(NamedTuple):
    """One of the eight."""

    weekend: bool
    part: int

    @property
    def words(self) -> str:
        return f"{'周末' if self.weekend else '工作日'}{PARTS[self.part].name}"


# The band of every hour of a week, from the midnight of a Thursday on.
_WEEK = tuple(
    Band((day + _THURSDAY) % 7 >= _SATURDAY, next(at for at, one in enumerate(PARTS) if hour < one.until))
    for day in range(7)
    for hour in range(24)
)


class Try(NamedTuple):
    """A knock: when (Unix milliseconds) and what came of it, a code of OUTCOME."""

    at: int
    outcome: str


class Better(NamedTuple):
    """When to try instead. `misses`: how often nobody answered since somebody last did; `tried`: in words."""

    starts: int
    ends: int
    band: Band
    misses: int
    tried: str

    def is_now(self, now: int) -> bool:
        return self.starts <= now < self.ends


def day_number(at: int) -> int:
    """Which day a moment lies on in China, counted from the first of January 1970."""
    return (at + CHINA) // DAY


def band_of(at: int) -> Band:
    """The band a moment lies in."""
    return _WEEK[(at + CHINA) // _HOUR % len(_WEEK)]


def misses(tries: Sequence[Try]) -> int:
    """How often nobody answered since somebody last did. `tries`: in the order of time."""
    return len(_run(tries))


def better(tries: Sequence[Try], now: int, told: str = "") -> Better | None:
    """When to try a door that nobody answers; None where somebody answered last, or nobody has knocked.

    `tries`: in the order of time; `told`: when they are at home by their own words.
    """
    knocks = [one for one in tries if one.outcome in KNOCKS]
    run = _run(knocks)
    if not run:
        return None
    missed = Counter(band_of(one.at) for one in run)
    rates = _rates(knocks, told)
    # The earlier of two that are equally good.
    band = min(rates, key=lambda one: (missed[one], -rates[one], _next(one, now)))
    starts, ends = _next(band, now)
    return Better(starts, ends, band, len(run), _tried(missed))


def at_home_now(tries: Iterable[Try], now: int) -> bool:
    """Whether this door mostly answers in the band it is now."""
    if (now + CHINA) % DAY // _HOUR not in _WAKING:
        return False
    here = band_of(now)
    knocks = [one.outcome for one in tries if one.outcome in KNOCKS and band_of(one.at) == here]
    return len(knocks) >= _FEWEST and sum(one in ANSWERED for one in knocks) >= _AT_HOME * len(knocks)


def _run(tries: Sequence[Try]) -> list[Try]:
    """The last knocks nobody answered, the latest first."""
    run: list[Try] = []
    for one in reversed(tries):
        if one.outcome == SHUT:
            run.append(one)
        elif one.outcome in ANSWERED:
            break
    return run


def _rates(knocks: Iterable[Try], told: str) -> dict[Band, float]:
    """How likely somebody is there, in every band."""
    tried: Counter[Band] = Counter()
    home: Counter[Band] = Counter()
    for one in knocks:
        band = band_of(one.at)
        tried[band] += 1
        home[band] += one.outcome in ANSWERED
    found = {}
    for weekend in (False, True):
        for part in range(len(PARTS)):
            band = Band(weekend, part)
            usual = _TOLD if told and _says(told, band) else _USUAL[weekend][part]
            found[band] = (home[band] + usual * _WEIGHT) / (tried[band] + _WEIGHT)
    return found


def _says(told: str, band: Band) -> bool:
    days = any(word in told for word in _WEEKEND_WORDS)
    parts = any(word in told for one in _TOLD_WORDS for word in one)
    if not (days or parts) or (days and not band.weekend):
        return False
    return not parts or any(word in told for word in _TOLD_WORDS[band.part])


def _next(band: Band, now: int) -> tuple[int, int]:
    """The next time a band comes, or this one if there is time left in it."""
    today, part = day_number(now), PARTS[band.part]
    for day in range(today, today + _DAYS):
        if _is_weekend(day) is not band.weekend:
            continue
        midnight = day * DAY - CHINA
        starts, ends = midnight + part.begins * _MINUTE, midnight + part.ends * _MINUTE
        if ends > now + _SOONEST:
            return starts, ends
    raise AssertionError("every band comes within eight days")


def _is_weekend(day: int) -> bool:
    return (day + _THURSDAY) % 7 >= _SATURDAY


def _tried(missed: Counter[Band]) -> str:
    total = sum(missed.values())
    said = f"敲 {total} 次没开"
    if len(missed) == 1:
        only = next(iter(missed)).words
        return f"{said}，{'都' if total > 1 else ''}在{only}"
    most = missed.most_common(2)
    told = "、".join(f"{band.words} {count} 次" for band, count in sorted(most))
    return f"{said}：{told}{'等' if len(missed) > len(most) else ''}"
