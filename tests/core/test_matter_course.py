"""The way of a matter and of a call on a unit: pure rules."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridclient.core.domain import codes, matter_course, whistles, work_codes
from gridclient.core.domain.matter_course import Hand

CHINA = timezone(timedelta(hours=8))


def at(day: int, hour: int, minute: int = 0) -> int:
    """A moment of November 2026; the 23rd is a Monday."""
    return round(datetime(2026, 11, day, hour, minute, tzinfo=CHINA).timestamp() * 1000)


def test_every_status_says_what_it_allows() -> None:
    assert matter_course.allowed("received") == {"spot", "escalate", "whistle", "explain"}
    assert "close" in matter_course.allowed("handling")
    assert matter_course.allowed("revisiting") == {"revisit", "close"}
    for status in matter_course.FINISHED:
        assert matter_course.allowed(status) == frozenset()


def test_every_act_leads_to_a_status_there_is() -> None:
    for status in codes.MATTER_STATUS.labels:
        for act in matter_course.allowed(status):
            assert matter_course.status_after(act) in codes.MATTER_STATUS.labels


@pytest.mark.parametrize(
    ("answer", "status"),
    [("good", "closed"), ("fair", "closed"), ("bad", "handling"), ("unreached", "revisiting")],
)
def test_who_is_not_content_has_it_opened_again(answer: str, status: str) -> None:
    assert matter_course.status_after("revisit", answer) == status


def test_hands_are_counted_where_they_change() -> None:
    hands = [
        Hand("", ""),
        Hand("", "物业"),
        Hand("", "物业"),
        Hand("", "消防"),
        Hand("escalate", ""),
        Hand("", ""),
    ]
    assert matter_course.hand_overs(hands) == 2
    assert matter_course.hand_overs([]) == 0


def test_what_is_asked_for_again_and_again_is_well_made() -> None:
    for template in matter_course.TEMPLATES:
        assert template.category in codes.MATTER_CATEGORY.labels
        assert 0 < template.workdays <= 10
    assert len(matter_course.TEMPLATES) <= 9


def test_a_friday_and_one_working_day_is_the_end_of_monday() -> None:
    assert matter_course.due(at(27, 10), 1) == at(30, 23, 59) + 59_999
    assert matter_course.due(at(24, 10), 0) == at(24, 23, 59) + 59_999


def test_what_hangs_under_another_hangs_under_its_root() -> None:
    a, b, c, d = (bytes([one]) * 16 for one in range(4))
    assert matter_course.roots({a: b, b: c}) == {a: c, b: c}
    assert matter_course.roots({a: b, b: a, c: b}) == {b: a, c: a}
    assert matter_course.roots({d: d}) == {}


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 9)))
def test_nothing_hung_is_lost_in_a_ring(pairs: dict[int, int]) -> None:
    same = {bytes([one]): bytes([other]) for one, other in pairs.items()}
    found = matter_course.roots(same)
    every = set(same) | set(same.values())
    tops = every - set(found)
    assert not every or tops
    assert set(found.values()) <= tops


def test_an_answer_is_due_within_office_hours() -> None:
    assert whistles.respond_by(at(24, 10), "B4") == at(24, 12)
    assert whistles.respond_by(at(24, 17), "B4") == at(25, 10)
    assert whistles.respond_by(at(27, 17, 30), "B4") == at(30, 10, 30)
    assert whistles.respond_by(at(28, 22), "C5") == at(30, 10)
    assert whistles.respond_by(at(24, 12), "B1") == at(25, 12)


def test_an_emergency_waits_for_no_office() -> None:
    assert whistles.respond_by(at(28, 22), "B1", "emergency") == at(28, 23)


@given(st.integers(at(1, 0), at(30, 0)), st.sampled_from(sorted(codes.MATTER_CATEGORY.labels)))
def test_the_answer_is_due_later_on_a_working_day(moment: int, category: str) -> None:
    until = whistles.respond_by(moment, category)
    local = datetime.fromtimestamp(until / 1000, CHINA)
    assert until > moment
    assert local.weekday() < 5
    assert 9 <= local.hour <= 18


def test_only_who_has_not_answered_is_late() -> None:
    assert whistles.is_late("whistled", 10, 11)
    assert not whistles.is_late("whistled", 11, 10)
    assert not whistles.is_late("answered", 10, 11)
    assert not whistles.is_late("whistled", 0, 11)


def test_a_call_comes_to_an_end_from_everywhere() -> None:
    for state in work_codes.REFERRAL_STATE.labels:
        seen, todo = set(), [state]
        while todo:
            one = todo.pop()
            seen.add(one)
            todo += [each for each in whistles.next_states(one) if each not in seen]
        assert seen & whistles.OVER
        assert seen <= set(work_codes.REFERRAL_STATE.labels)


def test_who_arrives_has_answered() -> None:
    assert whistles.came("arrived", 7, {}) == {"answered": 7, "arrived": 7}
    assert whistles.came("arrived", 7, {"answered": 3}) == {"arrived": 7}
    assert whistles.came("refused", 7, {}) == {}
