"""今日: which doors are due, in words and points that add up."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridclient.core.domain import codes
from gridclient.core.domain.better_hours import Try
from gridclient.core.domain.care_codes import CARE_TAG
from gridclient.core.domain.doors_due import Agreed, Due, Known, OpenMatter, When, Why, due
from gridclient.core.domain.intervals import Facts, Intervals
from gridclient.core.domain.must_visits import Trigger

CHINA = timezone(timedelta(hours=8))
DAY = 24 * 3600 * 1000


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=CHINA).timestamp() * 1000)


NOW = at("2026-11-24T09:30")
FAMILY = Facts((41,), people=3)
ALONE = Facts((82,), frozenset({"alone"}), 1)


def judged(known: Known, now: int = NOW) -> Due | None:
    return due(known, now, Intervals(), 3)


def told(known: Known, now: int = NOW) -> list[str]:
    found = judged(known, now)
    return [one.words for one in found.reasons] if found else []


def visited(days: int, outcome: str = "1", facts: Facts = FAMILY, next_due: str = "") -> Known:
    visit = Try(NOW - days * DAY, outcome)
    return Known(facts, visit.at, outcome, next_due, (visit,))


def test_a_door_that_was_visited_lately_is_not_due() -> None:
    assert judged(visited(10)) is None


def test_overdue_says_who_and_how_long() -> None:
    assert told(visited(40, facts=ALONE)) == ["独居老人，走访超期 33 天"]
    assert told(visited(200)) == ["走访超期 20 天"]
    tenant = Facts((30,), people=2, tenure="tenant")
    assert told(visited(100, facts=tenant)) == ["流动或出租，走访超期 10 天"]


def test_what_is_restricted_is_not_told_over_a_shoulder() -> None:
    for tag in ("allowance", "bedridden", "mental"):
        words = told(visited(60, facts=Facts((50,), frozenset({tag}), 2)))
        assert words[0].startswith("重点关照，走访超期"), tag
        assert CARE_TAG.label(tag) not in "".join(words)


def test_an_appointment_of_today_of_the_past_and_of_tomorrow() -> None:
    known = visited(10)
    today = Agreed(at("2026-11-24T10:30"), "当面填就餐卡", "confirmed")
    assert told(known._replace(agreed=(today,))) == ["约好今天 10:30，当面填就餐卡"]
    asked = today._replace(state="asked", topic="")
    assert told(known._replace(agreed=(asked,))) == ["想约今天 10:30，还没回话"]
    missed = today._replace(starts=at("2026-11-20T10:30"), topic="")
    assert told(known._replace(agreed=(missed,))) == ["约的 11月20日，还没去"]
    assert told(visited(2)._replace(agreed=(missed,))) == []  # somebody has been there since
    assert told(known._replace(agreed=(today._replace(starts=at("2026-11-25T10:30")),))) == []
    assert told(known._replace(agreed=(today._replace(state="cancelled"),))) == []


def test_an_appointment_is_still_due_after_a_visit_earlier_on_the_day_and_not_after_one_that_kept_it() -> (
    None
):
    meeting = Agreed(at("2026-11-24T10:30"), "", "confirmed")
    known = visited(0)._replace(agreed=(meeting,))
    assert told(known) == ["约好今天 10:30"]
    kept = Try(at("2026-11-24T10:40"), "1")
    assert told(known._replace(last_at=kept.at, visits=(kept,)), at("2026-11-24T11:00")) == []


def test_a_must_visit_counts_its_days() -> None:
    heard = Trigger("appeal", at("2026-11-19T10:00"), b"a" * 16)  # three working days: until the 24th
    known = visited(30)._replace(triggers=(heard,))
    assert told(known) == ["有诉求必访，今天到期"]
    assert told(known, at("2026-11-23T10:00")) == ["有诉求必访，还剩 1 天"]
    assert told(known, at("2026-11-26T10:00")) == ["有诉求必访，超 2 天"]
    assert told(visited(1)._replace(triggers=(heard,))) == []


def test_a_matter_tells_its_deadline() -> None:
    known = visited(10)
    drain = OpenMatter("下水堵塞", at("2026-11-24T14:00"))
    assert told(known._replace(matters=(drain,))) == ["下水堵塞，今天 14:00 到期"]
    assert told(known._replace(matters=(drain._replace(due=at("2026-11-22T14:00")),))) == [
        "下水堵塞，超 2 天"
    ]
    assert told(known._replace(matters=(drain._replace(due=at("2026-11-26T00:00")),))) == [
        "下水堵塞，还剩 2 天"
    ]
    assert told(known._replace(matters=(drain._replace(due=at("2026-12-26T00:00")),))) == []
    assert told(known._replace(matters=(drain._replace(due=0),))) == []


def test_somebody_who_has_just_moved_in_is_to_be_met_within_days() -> None:
    new = Known(FAMILY._replace(moved_in="2026-11-19"))
    assert told(new) == ["搬来 5 天，7 天内要见面"]
    found = judged(new)
    assert found is not None
    assert found.when is When.ON_THE_WAY
    late = judged(Known(FAMILY._replace(moved_in="2026-11-10")))
    assert late is not None
    assert late.when is When.TODAY
    met = visited(2, facts=FAMILY._replace(moved_in="2026-11-19"))
    assert told(met) == []
    assert told(Known(FAMILY._replace(moved_in="2026"))) == ["还没去过"]


def test_what_was_put_down_for_today_comes_today() -> None:
    assert told(visited(10, next_due="2026-11-24")) == ["上次定了今天再来"]
    assert told(visited(10, "5", next_due="2026-11-20")) == [
        "上次没见着，定了11月20日再来",
        "敲 1 次没开",
    ]
    assert told(visited(10, next_due="2026-11-25")) == []


def test_a_door_that_stayed_shut_is_for_another_hour() -> None:
    shut = tuple(Try(at(f"2026-11-{day}T10:00"), "5") for day in ("17", "19"))
    known = Known(FAMILY, shut[-1].at, "5", "", shut)
    found = judged(known)
    assert found is not None
    assert found.when is When.ANOTHER_TIME
    assert found.better is not None
    assert found.better.tried == "敲 2 次没开，都在工作日上午"
    evening = judged(known, at("2026-11-24T18:40"))
    assert evening is not None
    assert evening.when is When.ON_THE_WAY  # this is the other hour


def test_nobody_home_today_is_not_asked_for_again_at_once() -> None:
    found = judged(visited(0, "5", facts=ALONE))
    assert found is not None
    assert found.when is When.ANOTHER_TIME
    for outcome in ("1", "2", "3", "4", "8", "9"):
        assert judged(visited(0, outcome, facts=ALONE)) is None


def test_what_has_a_last_moment_is_tried_today_whatever_the_hour() -> None:
    shut = tuple(Try(at(f"2026-11-{day}"), "5") for day in ("17T10:00", "18T15:00", "19T19:00", "20T12:30"))
    heard = Trigger("appeal", at("2026-11-19T10:00"), b"a" * 16)
    known = Known(FAMILY, shut[-1].at, "5", "", shut, triggers=(heard,))
    found = judged(known)
    assert found is not None
    assert found.better is not None
    assert found.better.starts > at("2026-11-25T00:00")
    assert found.when is When.TODAY


@pytest.mark.parametrize("use", ["vacant", "demolished", "building", "undelivered"])
def test_nobody_is_sent_to_an_empty_door(use: str) -> None:
    assert judged(Known(FAMILY._replace(use=use))) is None


def test_nobody_is_sent_to_those_who_are_away_or_have_moved() -> None:
    assert judged(Known(FAMILY, away_until="2027-02")) is None
    assert told(Known(FAMILY, away_until="2026-10-01")) == ["还没去过"]
    assert judged(visited(400, "7")) is None


facts = st.builds(
    Facts,
    ages=st.lists(st.integers(0, 105), max_size=3).map(tuple),
    tags=st.frozensets(st.sampled_from(sorted(CARE_TAG.labels)), max_size=3),
    people=st.integers(0, 6),
    sort=st.sampled_from(["", "resident", "floating", "registered"]),
    tenure=st.sampled_from(["", "owner", "tenant"]),
    use=st.sampled_from(["", "own", "rent", "vacant"]),
    moved_in=st.sampled_from(["", "2026", "2026-11-20", "2026-10-01"]),
)
past = st.integers(NOW - 700 * DAY, NOW)
outcomes = st.sampled_from(sorted(codes.OUTCOME.labels))
days = st.sampled_from(["", "2026-11-20", "2026-11-24", "2026-12-24"])
matters = st.builds(
    OpenMatter, st.sampled_from(["下水堵塞", "灯不亮"]), st.integers(NOW - 90 * DAY, NOW + 9 * DAY)
)
agreed = st.builds(
    Agreed, st.integers(NOW - 9 * DAY, NOW + 2 * DAY), st.just(""), st.sampled_from(["", "asked", "kept"])
)
triggers = st.builds(
    Trigger, st.sampled_from(["appeal", "hardship"]), past, st.binary(min_size=16, max_size=16)
)


@st.composite
def households(draw: st.DrawFn) -> Known:
    visits = tuple(sorted(draw(st.lists(st.builds(Try, past, outcomes), max_size=8))))
    last = visits[-1] if visits else Try(0, "")
    return Known(
        draw(facts),
        last.at,
        last.outcome,
        draw(days) if visits else "",
        visits,
        draw(st.sampled_from(["", "晚上", "周末"])),
        draw(st.sampled_from(["", "2026-12"])),
        tuple(draw(st.lists(triggers, max_size=2))),
        tuple(draw(st.lists(matters, max_size=2))),
        tuple(draw(st.lists(agreed, max_size=2))),
    )


@given(households())
def test_points_add_up_and_never_exceed_a_hundred(known: Known) -> None:
    found = judged(known)
    if found is None:
        return
    assert found.score == sum(one.points for one in found.points)
    assert 0 < found.score <= 100
    assert found.points[0] == (found.reasons[0].words, found.reasons[0].points)
    assert [one.points for one in found.reasons] == sorted(
        (one.points for one in found.reasons), reverse=True
    )
    assert all(one.words and one.points > 0 for one in found.reasons)
    if found.when is When.TODAY:
        assert any(one.urgent for one in found.reasons)
    if found.when is When.ANOTHER_TIME:
        assert found.better is not None
        assert not found.better.is_now(NOW)


@given(households(), matters)
def test_one_more_reason_never_lowers_a_score(known: Known, more: OpenMatter) -> None:
    before, after = judged(known), judged(known._replace(matters=(*known.matters, more)))
    if before is not None:
        assert after is not None
        assert after.score >= before.score


@given(households())
def test_a_visit_that_met_them_now_ends_what_a_visit_can_end(known: Known) -> None:
    now = Try(NOW, "1")
    met = known._replace(last_at=NOW, last_outcome="1", next_due="", visits=(*known.visits, now))
    found = judged(met)
    assert found is None or all(one.why is Why.APPOINTMENT or one.until for one in found.reasons)
    for one in found.reasons if found else ():
        assert one.why in (Why.APPOINTMENT, Why.MATTER)
