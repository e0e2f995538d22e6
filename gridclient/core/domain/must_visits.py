"""四必访: a hardship, a dispute, an appeal or a piece of advice brings somebody to the door within days."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta, timezone
from typing import NamedTuple

from gridclient.core.domain.ids import Id

WORKDAYS = 3
HARDSHIP = frozenset(
    {
        "allowance",
        "low_income",
        "destitute",
        "disabled",
        "dependent",
        "bedridden",
        "severe_illness",
        "jobless",
        "child_in_need",
        "child_left",
        "old_left",
        "single_parent",
    }
)
# Somebody spoke with the household: inside, at the door, by telephone.
SPOKEN = frozenset({"1", "2", "8"})
_CHINA = timezone(timedelta(hours=8))
_UNASKED = frozenset({"D", "F"})  # a question answered and a word of praise bring nobody to the door


class Trigger(NamedTuple):
    """What makes a visit a must. `sort`: a MUST_VISIT code; `at`: Unix milliseconds; `source`: its record.

    `met`: the visit it was heard on, where it was heard on one that spoke with the household.
    """

    sort: str
    at: int
    source: Id
    met: bool = False


class MustVisit(NamedTuple):
    """A trigger nobody has answered yet. `due`: the end of the last day for it, Unix milliseconds."""

    trigger: Trigger
    due: int


def of_matter(category: str) -> str | None:
    """Which of the four a matter of a category is, if any."""
    if category in _UNASKED:
        return None
    if category.startswith("A"):
        return "dispute"
    return "advice" if category == "E" else "appeal"


def of_tag(tag: str) -> str | None:
    """Whether a care tag is a hardship."""
    return "hardship" if tag in HARDSHIP else None


def unanswered(
    triggers: Iterable[Trigger], visits: Iterable[tuple[int, str]], workdays: int = WORKDAYS
) -> list[MustVisit]:
    """The must-visits still open, the earliest due first.

    `visits`: time and outcome of each. Only a visit that spoke with the household answers, and only what was
    known by then.
    """
    spoken = max((at for at, outcome in visits if outcome in SPOKEN), default=-1)
    still = [trigger for trigger in triggers if not trigger.met and trigger.at > spoken]
    return sorted(
        (MustVisit(one, due(one.at, workdays)) for one in still),
        key=lambda one: (one.due, one.trigger.source),
    )


def due(at: int, workdays: int = WORKDAYS) -> int:
    """The last instant of the n-th working day after a moment, in China's time.

    Saturdays and Sundays do not count; public holidays are not known to the program and do.
    """
    day = datetime.fromtimestamp(at / 1000, UTC).astimezone(_CHINA).date()
    left = max(workdays, 0)
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    ends = datetime.combine(day + timedelta(days=1), time(), _CHINA)
    return int(ends.timestamp() * 1000) - 1
