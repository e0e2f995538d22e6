"""Moments as people in China say them, and how wrong a laptop's clock is.

A wrong clock is said to the desk and never held against the laptop.
"""

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))  # one zone for the whole country, no summer time

FORGIVEN = 5 * 60 * 1000  # milliseconds; a round trip on a bad line and a clock set by hand

_UNITS = ((366 * 24 * 3600, "年"), (2 * 24 * 3600, "天"), (2 * 3600, "小时"), (0, "分钟"))
_SECONDS = {"年": 365 * 24 * 3600, "天": 24 * 3600, "小时": 3600, "分钟": 60}


def moment(millis: int) -> str:
    """2026-11-24 10:05, as watches in China show it."""
    return datetime.fromtimestamp(millis / 1000, CHINA).strftime("%Y-%m-%d %H:%M")


def is_off(skew: int) -> bool:
    """Whether a clock that ran this far ahead (milliseconds, negative for behind) ought to be set."""
    return abs(skew) > FORGIVEN


def said(skew: int) -> str:
    """The same for a person."""
    seconds = abs(skew) // 1000
    unit = next(name for least, name in _UNITS if seconds >= least)
    return f"钟{'快' if skew > 0 else '慢'} {seconds // _SECONDS[unit]} {unit}"
