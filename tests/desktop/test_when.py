"""Days and times as people type them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gridclient.core.domain.values import Invalid
from gridclient.desktop.visit.when import clock, read_next, read_when

NOW = datetime(2026, 11, 24, 10, 42)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12-1", "2026-12-01"),
        ("12月1日", "2026-12-01"),
        ("1.5", "2027-01-05"),
        ("2027-2-3", "2027-02-03"),
        ("明天", "2026-11-25"),
        ("3天后", "2026-11-27"),
        ("+7", "2026-12-01"),
        ("2周后", "2026-12-08"),
        ("1个月后", "2026-12-24"),
        ("", None),
    ],
)
def test_next(typed: str, day: str | None) -> None:
    assert read_next(typed, NOW.date()) == day


@pytest.mark.parametrize("typed", ["过几天", "2-30", "2026-11-01", "昨天", "12", "13-13"])
def test_no_day_ahead(typed: str) -> None:
    with pytest.raises(Invalid):
        read_next(typed, NOW.date())


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("9:05", datetime(2026, 11, 24, 9, 5)),
        ("9点", datetime(2026, 11, 24, 9, 0)),
        ("昨天 15：40", datetime(2026, 11, 23, 15, 40)),
        ("11-20 8:00", datetime(2026, 11, 20, 8, 0)),
        ("12-20 8:00", datetime(2025, 12, 20, 8, 0)),
    ],
)
def test_when(typed: str, moment: datetime) -> None:
    assert read_when(typed, NOW) == moment


@pytest.mark.parametrize("typed", ["", "上午", "25:00", "11:00", "明天 9:00"])
def test_no_time_behind(typed: str) -> None:
    with pytest.raises(Invalid):
        read_when(typed, NOW)


def test_a_day_of_the_leap_year_is_looked_for_ahead() -> None:
    assert read_next("2-29", date(2027, 3, 1)) == "2028-02-29"


def test_clock_says_the_day_where_it_is_not_today() -> None:
    assert clock(datetime(2026, 11, 24, 9, 5), NOW) == "09:05"
    assert clock(datetime(2026, 11, 23, 9, 5), NOW) == "昨天 09:05"
    assert clock(datetime(2026, 11, 2, 9, 5), NOW) == "11月2日 09:05"
