"""How often somebody comes: by who lives there, not by who asks.

The defaults follow what communities publish: an ordinary household twice a year, people over 80 and those in
need once a month, people who live alone or cannot leave their bed looked in on every week, lodgers every
quarter, a registration nobody lives behind once a year. A community's settings override each of them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from gridclient.core.domain.care import level
from gridclient.core.domain.care_codes import CARE_TAG, FREQUENT, MONTHLY

OLD, OLDEST = 80, 90
ALONE = 60


class Facts(NamedTuple):
    """What of a household decides how often somebody comes: codes of the dictionary, people living there."""

    ages: tuple[int, ...] = ()
    tags: frozenset[str] = frozenset()
    people: int = 0
    sort: str = ""
    tenure: str = ""
    use: str = ""
    moved_in: str = ""

    @property
    def oldest(self) -> int:
        return max(self.ages, default=0)

    @property
    def lives_alone(self) -> bool:
        return "alone" in self.tags or (self.people == 1 and self.oldest >= ALONE)


class Intervals(NamedTuple):
    """Days between visits, by need."""

    ordinary: int = 180
    care: int = 30
    contact: int = 7
    floating: int = 90
    registered: int = 365
    newcomer: int = 7


class Owed(NamedTuple):
    """What a household is owed. `contact` is 0 where a telephone call counts as a visit; `why` in words."""

    home: int
    contact: int
    why: str


_SETTINGS = {
    "ordinary": "visit_days",
    "care": "care_days",
    "contact": "contact_days",
    "floating": "floating_days",
    "registered": "registered_days",
    "newcomer": "new_household_days",
}


def intervals(settings: Mapping[str, object]) -> Intervals:
    """The intervals a community has agreed on; what is not set keeps its default."""
    agreed = {name: settings.get(key) for name, key in _SETTINGS.items()}
    return Intervals(**{name: days for name, days in agreed.items() if isinstance(days, int) and days > 0})


def owed(facts: Facts, every: Intervals) -> Owed:
    """How often a household is to be visited and looked in on, and the reason as it is shown."""
    frequent = sorted(facts.tags & FREQUENT)
    if frequent or facts.oldest >= OLDEST or (facts.lives_alone and facts.oldest >= OLD):
        why = (
            CARE_TAG.label(frequent[0]) if frequent else f"{OLDEST if facts.oldest >= OLDEST else OLD} 岁以上"
        )
        return Owed(min(every.care, every.ordinary), every.contact, why)
    if facts.oldest >= OLD:
        return Owed(min(every.care, every.ordinary), 0, f"{OLD} 岁以上")
    cared = sorted(tag for tag in facts.tags if tag in MONTHLY or level(tag) > 1)
    if cared:
        # A tag for named persons only makes the visit due, and is not told.
        told = [tag for tag in cared if level(tag) < 3]
        return Owed(min(every.care, every.ordinary), 0, CARE_TAG.label(told[0]) if told else "重点关照")
    if facts.sort == "registered":
        return Owed(every.registered, 0, "空挂户")
    if facts.sort == "floating" or facts.tenure == "tenant" or facts.use == "rent":
        return Owed(min(every.floating, every.ordinary), 0, "流动或出租")
    return Owed(every.ordinary, 0, "")
