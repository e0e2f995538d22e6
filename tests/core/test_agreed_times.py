"""Times agreed with households: parts of the day, what is due, what is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gridclient.core.domain import agreed_times
from gridclient.core.domain.agreed_times import BANDS

CHINA = timezone(timedelta(hours=8))
DAY = date(2026, 11, 24)


def at(day: date, hour: int) -> int:
    return round(datetime.combine(day, time(hour), CHINA).timestamp() * 1000)


def test_the_parts_of_a_day_follow_each_other() -> None:
    slots = [agreed_times.slot(DAY, band) for band in BANDS]
    for slot in slots:
        assert slot.starts < slot.ends
        assert agreed_times.day_of(slot.starts) == agreed_times.day_of(slot.ends) == DAY
    for earlier, later in pairwise(slots):
        assert earlier.ends <= later.starts


def test_a_time_of_the_clock_is_an_hour() -> None:
    slot = agreed_times.slot_at(DAY, time(14))
    assert (slot.starts, slot.ends) == (at(DAY, 14), at(DAY, 15))


def test_today_and_what_was_left_are_due_and_tomorrow_is_not() -> None:
    now = at(DAY, 10)
    assert agreed_times.is_due(at(DAY, 19), "confirmed", now)
    assert agreed_times.is_due(at(DAY - timedelta(days=3), 9), "asked", now)
    assert not agreed_times.is_due(at(DAY + timedelta(days=1), 9), "confirmed", now)
    assert not agreed_times.is_due(at(DAY, 9), "kept", now)


def test_it_is_over_when_its_end_has_passed() -> None:
    assert not agreed_times.is_over(at(DAY, 9), at(DAY, 11), "confirmed", at(DAY, 10))
    assert agreed_times.is_over(at(DAY, 9), at(DAY, 11), "confirmed", at(DAY, 12))
    assert agreed_times.is_over(at(DAY, 9), 0, "", at(DAY, 10))
    assert not agreed_times.is_over(at(DAY, 9), at(DAY, 11), "missed", at(DAY, 12))


def test_only_what_is_still_to_come_makes_a_day_busy() -> None:
    told = {b"a": (at(DAY, 9), "confirmed"), b"b": (at(DAY, 14), ""), b"c": (at(DAY, 15), "cancelled")}
    assert agreed_times.busy(told) == {DAY: 2}


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_week_begins_on_a_monday(day: date) -> None:
    first = agreed_times.monday(day)
    assert first.weekday() == 0
    assert 0 <= (day - first).days < 7
