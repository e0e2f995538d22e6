"""四必访: what brings somebody to a door, by when, and what answers it."""

from datetime import datetime, timedelta, timezone

import pytest

from gridclient.core.domain import codes
from gridclient.core.domain.care_codes import CARE_TAG
from gridclient.core.domain.must_visits import HARDSHIP, Trigger, due, of_matter, of_tag, unanswered
from gridclient.core.domain.work_codes import MUST_VISIT

CHINA = timezone(timedelta(hours=8))
DAY = 24 * 3600 * 1000


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=CHINA).timestamp() * 1000)


@pytest.mark.parametrize(
    ("heard", "last"),
    [
        ("2026-11-23T09:00", "2026-11-26"),  # a Monday
        ("2026-11-26T23:59", "2026-12-01"),  # a Thursday: over the weekend
        ("2026-11-28T10:00", "2026-12-02"),  # a Saturday
    ],
)
def test_three_working_days(heard: str, last: str) -> None:
    assert due(at(heard)) == at(f"{last}T00:00") + DAY - 1


def test_every_category_is_judged() -> None:
    said = {code: of_matter(code) for code in codes.MATTER_CATEGORY.labels}
    assert said["A"] == "dispute"
    assert said["E"] == "advice"
    assert said["B1"] == said["C4"] == said["Z"] == "appeal"
    assert said["D"] is said["F"] is None
    assert {one for one in said.values() if one} | {of_tag("allowance")} == set(MUST_VISIT.labels)
    assert set(CARE_TAG.labels) >= HARDSHIP
    assert of_tag("party") is None


def test_only_speaking_with_them_answers() -> None:
    trigger = Trigger("appeal", 1000, b"a" * 16)
    assert [one.trigger for one in unanswered([trigger], [])] == [trigger]
    assert unanswered([trigger], [(2000, "5"), (3000, "3"), (4000, "6")])
    assert unanswered([trigger], [(500, "1")])  # before it was known
    for outcome in ("1", "2", "8"):
        assert not unanswered([trigger], [(2000, outcome)])
    assert not unanswered([trigger._replace(met=True)], [])


def test_the_earliest_comes_first() -> None:
    late, early = Trigger("dispute", 9 * DAY, b"a" * 16), Trigger("hardship", DAY, b"b" * 16)
    assert [one.trigger.sort for one in unanswered([late, early], [])] == ["hardship", "dispute"]
