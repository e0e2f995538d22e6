"""错时: another hour is proposed from when a door was knocked on, and never one that has just failed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridclient.core.domain import codes
from gridclient.core.domain.better_hours import (
    KNOCKS,
    PARTS,
    Band,
    Try,
    at_home_now,
    band_of,
    better,
    misses,
)

CHINA = timezone(timedelta(hours=8))
DAY = 24 * 3600 * 1000


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=CHINA).timestamp() * 1000)


TUESDAY = at("2026-11-24T09:30")


def said(tries: list[Try], now: int = TUESDAY, told: str = "") -> tuple[str, str]:
    found = better(tries, now, told)
    assert found is not None
    return f"{datetime.fromtimestamp(found.starts / 1000, CHINA):%m-%d %H:%M}", found.tried


@pytest.mark.parametrize(
    ("moment", "band"),
    [
        ("2026-11-24T09:00", Band(False, 0)),
        ("2026-11-27T12:00", Band(False, 1)),
        ("2026-11-28T17:59", Band(True, 2)),
        ("2026-11-29T18:00", Band(True, 3)),
        ("2026-11-30T00:00", Band(False, 0)),
    ],
)
def test_bands_of_the_week(moment: str, band: Band) -> None:
    assert band_of(at(moment)) == band


def test_nothing_is_proposed_where_nobody_knocked_or_somebody_answered() -> None:
    assert better([], TUESDAY) is None
    assert better([Try(at("2026-11-01T10:00"), "5"), Try(at("2026-11-02T10:00"), "3")], TUESDAY) is None
    assert better([Try(at("2026-11-02T10:00"), "8")], TUESDAY) is None


def test_who_is_never_there_in_the_morning_is_tried_in_the_evening() -> None:
    mornings = [Try(at(f"2026-11-{day}T10:00"), "5") for day in ("16", "18", "20")]
    assert said(mornings) == ("11-24 18:30", "敲 3 次没开，都在工作日上午")
    evenings = [*mornings, Try(at("2026-11-23T19:00"), "5")]
    assert said(evenings) == ("11-28 09:00", "敲 4 次没开：工作日上午 3 次、工作日晚上 1 次")


def test_what_this_door_has_shown_counts_more_than_what_is_usual() -> None:
    history = [Try(at(f"2026-{month}-03T15:00"), "1") for month in ("02", "03", "04", "06", "07")]
    assert said([*history, Try(at("2026-11-20T10:00"), "5")])[0] == "11-24 14:30"


def test_what_they_say_themselves_comes_first() -> None:
    shut = [Try(at("2026-11-20T19:00"), "5")]
    assert said(shut, told="上午买菜回来以后")[0] == "11-24 09:00"
    assert said(shut, told="周末下午")[0] == "11-28 14:30"
    assert said(shut, told="周末")[0] == "11-28 09:00"


def test_a_call_neither_ends_nor_adds_to_the_doors_that_stayed_shut() -> None:
    tries = [Try(at("2026-11-18T10:00"), "5"), Try(at("2026-11-19T10:00"), "8")]
    assert misses(tries) == 1
    assert misses([*tries, Try(at("2026-11-20T10:00"), "4")]) == 0


def test_an_hour_at_which_they_mostly_answer() -> None:
    answered = [Try(at("2026-11-03T10:00"), "1"), Try(at("2026-11-10T10:00"), "4")]
    assert at_home_now(answered, TUESDAY)
    assert not at_home_now(answered[:1], TUESDAY)
    assert not at_home_now(answered, at("2026-11-24T15:00"))
    assert not at_home_now(answered, at("2026-11-24T03:00"))


moments = st.integers(at("2025-01-01T00:00"), at("2027-01-01T00:00"))
knocks = st.lists(st.builds(Try, moments, st.sampled_from(sorted(codes.OUTCOME.labels))), max_size=30)


@given(knocks.map(sorted), moments)
def test_a_proposal_is_soon_and_not_where_it_has_just_failed(tries: list[Try], now: int) -> None:
    found = better(tries, now)
    assert (found is None) == (misses(tries) == 0)
    if found is None:
        return
    assert found.misses == misses(tries)
    assert now < found.ends
    assert found.starts < now + 8 * DAY
    assert band_of(found.starts) == band_of(found.ends - 1) == found.band
    last = [one for one in tries if one.outcome in KNOCKS][-found.misses :]
    failed = [band_of(one.at) for one in last]
    every = [Band(weekend, part) for weekend in (False, True) for part in range(len(PARTS))]
    assert failed.count(found.band) == min(failed.count(band) for band in every)


@given(moments)
def test_a_band_agrees_with_the_calendar(moment: int) -> None:
    local = datetime.fromtimestamp(moment / 1000, UTC).astimezone(CHINA)
    band = band_of(moment)
    assert band.weekend == (local.weekday() >= 5)
    assert (PARTS[band.part - 1].until if band.part else 0) <= local.hour < PARTS[band.part].until
