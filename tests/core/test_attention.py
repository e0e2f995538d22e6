"""Which door needs somebody."""

from datetime import date

import pytest

from gridclient.core.domain.attention import DAY, Visiting, age, badge, interval_days, tag, visiting

TODAY = date(2026, 11, 24)
NOW = 1_795_500_000_000


def standing(last: str = "1", days: int | None = 10, use: str = "own", registered: bool = True) -> Visiting:
    met_at = 0 if days is None else NOW - days * DAY
    return visiting(use=use, registered=registered, last_outcome=last, met_at=met_at, interval=30, now=NOW)[0]


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


def test_old_people_are_visited_more_often() -> None:
    assert interval_days([82, 79]) == 30
    assert interval_days([40]) == 180


@pytest.mark.parametrize(
    ("birth", "years"), [("1944-11-24", 82), ("1944-11-25", 81), ("1944", 82), ("1944-12", 81), ("", None)]
)
def test_age_keeps_to_what_is_known(birth: str, years: int | None) -> None:
    assert age(birth, TODAY) == years


def test_one_tag_at_most() -> None:
    assert tag([82], 1, "", TODAY) == "独"
    assert tag([82, 79], 2, "", TODAY) == "老"
    assert tag([30, 3], 2, "2026-11-20", TODAY) == "新"
    assert tag([30, 3], 2, "2020-01-01", TODAY) == "幼"
    assert tag([40], 1, "", TODAY) == ""
    assert badge(4) == ""
    assert "9 户" in badge(9)
