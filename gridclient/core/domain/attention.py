"""Which door needs somebody: how the visits of a household stand, and what to know before knocking."""

from datetime import date
from enum import StrEnum

from gridclient.core.domain.visits import EFFECTIVE, NOBODY

DAY = 24 * 3600 * 1000
ORDINARY_DAYS = 180  # twice a year
CARE_DAYS = 30  # people over 80: once a month
NEW_DAYS = 7  # a new household is met within a week
SOON_DAYS = 7
OLD, OLDEST = 80, 90
ALONE = 60
SMALL_CHILD = 6
NEWCOMER_DAYS = 60
MANY_OLD_HOUSEHOLDS = 5
EMPTY_USES = frozenset({"vacant", "demolished"})
UNFINISHED_USES = frozenset({"building", "undelivered"})


class Visiting(StrEnum):
    """How visits to a door stand."""

    MET = "met"
    SOON = "soon"
    OVERDUE = "overdue"
    TRIED = "tried"
    NOT_YET = "not_yet"
    VACANT = "vacant"
    UNFINISHED = "unfinished"
    UNREGISTERED = "unregistered"


def age(birth: str, today: date) -> int | None:
    """Full years; of a date known only to the year or month, the most it can be."""
    parts = [int(part) for part in birth.split("-") if part.isdigit()]
    if not parts:
        return None
    month, day = [*parts[1:], 1, 1][:2]
    return today.year - parts[0] - ((today.month, today.day) < (month, day))


def interval_days(ages: list[int], ordinary: int = ORDINARY_DAYS) -> int:
    """How often a household is to be visited, by its oldest."""
    return min(CARE_DAYS, ordinary) if any(one >= OLD for one in ages) else ordinary


def visiting(
    *, use: str, registered: bool, last_outcome: str, met_at: int, interval: int, now: int
) -> tuple[Visiting, int]:
    """How visits to a door stand, and days over (positive) or left (negative) where that has a meaning.

    `met_at`: Unix milliseconds of the last effective visit, 0 for never.
    """
    if use in UNFINISHED_USES:
        return Visiting.UNFINISHED, 0
    if use in EMPTY_USES or last_outcome == "6":
        return Visiting.VACANT, 0
    if not registered:
        return Visiting.UNREGISTERED, 0
    over = (now - met_at) // DAY - interval if met_at else 0
    if last_outcome in NOBODY and (not met_at or over > -SOON_DAYS):
        return Visiting.TRIED, over
    if not met_at:
        return (Visiting.TRIED if last_outcome and last_outcome not in EFFECTIVE else Visiting.NOT_YET), 0
    if over > 0:
        return Visiting.OVERDUE, over
    return (Visiting.SOON if over > -SOON_DAYS else Visiting.MET), over


def tag(ages: list[int], people: int, moved_in: str, today: date) -> str:
    """The one thing to know before knocking, as one character: 独 老 幼 新, or nothing."""
    if people == 1 and ages and ages[0] >= ALONE:
        return "独"
    if any(one >= OLD for one in ages):
        return "老"
    if (
        moved_in
        and len(moved_in) == 10
        and (today - date.fromisoformat(moved_in)).days in range(NEWCOMER_DAYS)
    ):
        return "新"
    return "幼" if any(one < SMALL_CHILD for one in ages) else ""


def badge(households_with_old: int) -> str:
    """A word about a whole building: 熊猫楼 is what the workers call one with many very old people."""
    if households_with_old < MANY_OLD_HOUSEHOLDS:
        return ""
    return f"熊猫楼：{OLD} 岁以上 {households_with_old} 户"
