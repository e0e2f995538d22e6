"""Which door needs somebody: how the visits of a household stand, and what to know before knocking."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from gridclient.core.domain.intervals import OLD, OLDEST, Facts, Owed
from gridclient.core.domain.visits import EFFECTIVE, NOBODY

DAY = 24 * 3600 * 1000
SOON_DAYS = 7
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


def visiting(
    *,
    use: str,
    registered: bool,
    last_outcome: str,
    met_at: int,
    now: int,
    owed: Owed,
    home_at: int = 0,
) -> tuple[Visiting, int]:
    """How visits to a door stand, and days over (positive) or left (negative) where that has a meaning.

    `met_at`: Unix milliseconds of the last effective visit, 0 for never; `home_at`: of the last one at the
    door or inside. Where somebody is to be looked in on between visits, the later of the two clocks counts.
    """
    if use in UNFINISHED_USES:
        return Visiting.UNFINISHED, 0
    if use in EMPTY_USES or last_outcome == "6":
        return Visiting.VACANT, 0
    if not registered:
        return Visiting.UNREGISTERED, 0
    over = _over(met_at, home_at, now, owed)
    if last_outcome in NOBODY and (not met_at or over > -SOON_DAYS):
        return Visiting.TRIED, over
    if not met_at:
        return (Visiting.TRIED if last_outcome and last_outcome not in EFFECTIVE else Visiting.NOT_YET), 0
    if over > 0:
        return Visiting.OVERDUE, over
    # A weekly call is always "within seven days": it is soon only on its last.
    soon = SOON_DAYS if not owed.contact else min(SOON_DAYS, owed.contact // 3)
    return (Visiting.SOON if over > -soon else Visiting.MET), over


def _over(met_at: int, home_at: int, now: int, owed: Owed) -> int:
    if not met_at:
        return 0
    if not owed.contact:
        return (now - met_at) // DAY - owed.home
    at_home = (now - (home_at or met_at)) // DAY - owed.home
    return max(at_home, (now - met_at) // DAY - owed.contact)


def tag(facts: Facts, today: date) -> str:
    """The one thing to know before knocking, as one character: 卧 独 老 新 幼, or nothing."""
    if facts.tags & {"bedridden", "dependent"}:
        return "卧"
    if facts.lives_alone:
        return "独"
    if facts.oldest >= OLD:
        return "老"
    if len(facts.moved_in) == 10 and (today - date.fromisoformat(facts.moved_in)).days in range(
        NEWCOMER_DAYS
    ):
        return "新"
    return "幼" if any(one < SMALL_CHILD for one in facts.ages) else ""


def badge(households: Iterable[Facts]) -> tuple[str, str]:
    """A word about a whole building, and what is behind it; two empty ones for most buildings.

    熊猫楼 is what the workers call a building with many very old people.
    """
    every = list(households)
    cared = [
        one for one in every if one.oldest >= OLD or one.lives_alone or one.tags & {"bedridden", "dependent"}
    ]
    if len(cared) < MANY_OLD_HOUSEHOLDS:
        return "", ""
    counts = (
        (f"{OLDEST} 岁以上", sum(one.oldest >= OLDEST for one in every)),
        (f"{OLD} 岁以上", sum(OLD <= one.oldest < OLDEST for one in every)),
        ("独居", sum(one.lives_alone for one in every)),
        ("卧床失能", sum(bool(one.tags & {"bedridden", "dependent"}) for one in every)),
    )
    told = "，".join(f"{name} {count} 户" for name, count in counts if count)
    return f"熊猫楼 {len(cared)} 户", told
