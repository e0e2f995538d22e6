"""Which door needs somebody."""

from datetime import date

import pytest

from gridclient.core.domain.attention import DAY, Visiting, age, badge, tag, visiting
from gridclient.core.domain.intervals import Facts, Intervals, Owed, intervals, owed

TODAY = date(2026, 11, 24)
NOW = 1_795_500_000_000


def standing(last: str = "1", days: int | None = 10, use: str = "own", registered: bool = True) -> Visiting:
    met_at = 0 if days is None else NOW - days * DAY
    owing = Owed(30, 0, "")
    return visiting(use=use, registered=registered, last_outcome=last, met_at=met_at, owed=owing, now=NOW)[0]


def test_a_door_stands_by_when_somebody_was_last_met() -> None:
    assert standing(days=1) is Visiting.MET
    assert standing(days=25) is Visiting.SOON
    assert standing(days=31) is Visiting.OVERDUE
    assert standing(last="", days=None) is Visiting.NOT_YET


def test_a_knock_that_nobody_answered_counts_only_while_a_visit_is_owed() -> None:
    assert standing(last="5", days=None) is Visiting.TRIED
    assert standing(last="5", days=40) is Visiting.TRIED
    assert standing(last="5", days=2) is Visiting.MET


def test_empty_unfinished_and_unregistered_doors_say_so() -> None:
    assert standing(use="vacant") is Visiting.VACANT
    assert standing(last="6") is Visiting.VACANT
    assert standing(use="building") is Visiting.UNFINISHED
    assert standing(registered=False, last="", days=None) is Visiting.UNREGISTERED


@pytest.mark.parametrize(
    ("facts", "home", "contact", "why"),
    [
        (Facts((40,), people=1), 180, 0, ""),
        (Facts((82, 79), people=2), 30, 0, "80 岁以上"),
        (Facts((91, 60), people=2), 30, 7, "90 岁以上"),
        (Facts((82,), people=1), 30, 7, "80 岁以上"),
        (Facts((50,), frozenset({"bedridden"}), 2), 30, 7, "卧床"),
        (Facts((70,), frozenset({"empty_nest"}), 2), 30, 0, "空巢老人"),
        (Facts((50,), frozenset({"allowance", "party"}), 2), 30, 0, "低保"),
        (Facts((50,), frozenset({"correction"}), 2), 30, 0, "重点关照"),
        (Facts((30,), sort="floating"), 90, 0, "流动或出租"),
        (Facts((30,), tenure="tenant"), 90, 0, "流动或出租"),
        (Facts((30,), sort="registered"), 365, 0, "空挂户"),
        (Facts((30,), frozenset({"party"}), 2), 180, 0, ""),
    ],
)
def test_who_lives_there_decides_how_often_somebody_comes(
    facts: Facts, home: int, contact: int, why: str
) -> None:
    assert owed(facts, Intervals()) == Owed(home, contact, why)


def test_a_community_sets_its_own_days() -> None:
    every = intervals({"visit_days": 60, "care_days": 15, "contact_days": None, "floating_days": -3})
    assert every == Intervals(ordinary=60, care=15)
    assert owed(Facts((82, 79), people=2), every).home == 15


def test_a_call_does_not_stand_for_being_there() -> None:
    owing = Owed(30, 7, "独居老人")
    usual = {"use": "own", "registered": True, "last_outcome": "8", "owed": owing, "now": NOW}

    def of(called: int, there: int) -> tuple[Visiting, int]:
        return visiting(met_at=NOW - called * DAY, home_at=NOW - there * DAY, **usual)  # type: ignore[arg-type]

    assert of(1, 10) == (Visiting.MET, -6)
    assert of(8, 10) == (Visiting.OVERDUE, 1)
    assert of(1, 33) == (Visiting.OVERDUE, 3)
    assert of(6, 10) == (Visiting.SOON, -1)


@pytest.mark.parametrize(
    ("birth", "years"), [("1944-11-24", 82), ("1944-11-25", 81), ("1944", 82), ("1944-12", 81), ("", None)]
)
def test_age_keeps_to_what_is_known(birth: str, years: int | None) -> None:
    assert age(birth, TODAY) == years


def test_one_tag_at_most() -> None:
    assert tag(Facts((82,), people=1), TODAY) == "独"
    assert tag(Facts((82, 79), people=2), TODAY) == "老"
    assert tag(Facts((40,), frozenset({"dependent"}), 1), TODAY) == "卧"
    assert tag(Facts((30, 3), people=2, moved_in="2026-11-20"), TODAY) == "新"
    assert tag(Facts((30, 3), people=2, moved_in="2020-01-01"), TODAY) == "幼"
    assert tag(Facts((40,), people=1), TODAY) == ""


def test_a_building_of_very_old_people_has_a_name() -> None:
    oldest = [Facts((91,), people=2)] * 5
    old = [Facts((84, 80), people=2)] * 4
    alone = [Facts((70,), people=1)] * 2
    lying = [Facts((66,), frozenset({"bedridden"}), 3)]
    assert badge([*oldest, *old, *alone, *lying]) == (
        "熊猫楼 12 户",
        "90 岁以上 5 户，80 岁以上 4 户，独居 2 户，卧床失能 1 户",
    )
    assert badge([*old, *[Facts((30,), people=1)] * 60]) == ("", "")
