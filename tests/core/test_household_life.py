"""Household life: where a household stands and what may be recorded of it."""

import pytest

from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.household_life import ALLOWED, Act, Life, life, successor_id, written
from gridclient.core.domain.people import Household
from gridclient.core.domain.values import Invalid, check

HOUSEHOLD, PLACE = b"h" * 16, b"p" * 16


@pytest.mark.parametrize(
    ("fields", "met", "stands"),
    [
        ({}, False, Life.NEW),
        ({}, True, Life.LIVING),
        ({"verified": 5}, False, Life.LIVING),
        ({"sort": "away"}, True, Life.AWAY),
        ({"sort": "registered"}, False, Life.EMPTY),
        ({"sort": "resident", "retired": "moved"}, True, Life.MOVED),
        ({"retired": "merged"}, True, Life.MERGED),
        ({"retired": "mistake"}, True, Life.ENDED),
    ],
)
def test_where_a_household_stands(fields: dict[str, object], met: bool, stands: Life) -> None:
    assert life(fields, met=met) is stands


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("standing", list(Life))
def test_every_act_is_allowed_or_refused_and_what_it_writes_can_stand(standing: Life, act: Act) -> None:
    def of() -> dict[str, object]:
        return written(standing, act, 9, day="2026-11", sort="floating", successor=HOUSEHOLD)

    if act not in ALLOWED[standing]:
        with pytest.raises(Invalid):
            of()
        return
    for key, value in of().items():
        check(KINDS[Household.kind].fields[key], value)


def test_what_an_act_leads_to() -> None:
    def after(standing: Life, act: Act, **more: object) -> Life:
        return life(written(standing, act, 9, **more), met=True)  # type: ignore[arg-type]

    assert after(Life.NEW, Act.VERIFY) is Life.LIVING
    assert after(Life.LIVING, Act.LEAVE, day="2027-03") is Life.AWAY
    assert after(Life.AWAY, Act.RETURN, sort="floating") is Life.LIVING
    assert after(Life.LIVING, Act.EMPTY) is Life.EMPTY
    assert after(Life.LIVING, Act.MOVE_OUT, day="2026-11-24") is Life.MOVED
    assert after(Life.LIVING, Act.MERGE, successor=HOUSEHOLD) is Life.MERGED
    assert after(Life.MOVED, Act.COME_BACK) is Life.LIVING


def test_who_comes_back_lives_somewhere() -> None:
    with pytest.raises(Invalid, match="常住还是流动"):
        written(Life.AWAY, Act.RETURN, 9, sort="away")
    with pytest.raises(Invalid, match="并到哪一户"):
        written(Life.LIVING, Act.MERGE, 9)


def test_a_day_known_to_the_month_stays_so() -> None:
    assert written(Life.LIVING, Act.MOVE_OUT, 9, day="2026-11")["moved_out"] == "2026-11"


def test_two_laptops_that_record_one_move_meet() -> None:
    assert successor_id(HOUSEHOLD, PLACE) == successor_id(HOUSEHOLD, PLACE)
    assert successor_id(HOUSEHOLD, PLACE) != successor_id(HOUSEHOLD, b"q" * 16)
