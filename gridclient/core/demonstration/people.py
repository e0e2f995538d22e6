"""Who lives together: households whose ages, sexes, relations and family names agree."""

from random import Random
from typing import NamedTuple

from gridclient.core.demonstration.names import Name, named
from gridclient.core.demonstration.shares import between, pick

OLD, MIXED, YOUNG = 0, 1, 2
LARGEST = 6
# Shares of households of one person, two, … six, by sort of compound.
SIZES = (
    (0.36, 0.43, 0.13, 0.05, 0.02, 0.01),
    (0.26, 0.37, 0.24, 0.09, 0.03, 0.01),
    (0.23, 0.28, 0.31, 0.14, 0.03, 0.01),
)


class Person(NamedTuple):
    """Somebody of a household; `birth` is the ordinal of the day. The first of a household is its head."""

    name: Name
    male: bool
    birth: int
    relation: str


class Plan(NamedTuple):
    """Who a household consists of besides its head, the head's age, how common it is by sort of compound."""

    others: tuple[str, ...]
    youngest: int
    oldest: int
    weights: tuple[int, int, int]


PLANS: dict[int, tuple[Plan, ...]] = {
    1: (Plan((), 68, 94, (52, 26, 8)), Plan((), 24, 56, (15, 30, 45))),
    2: (
        Plan(("spouse",), 64, 91, (60, 30, 8)),
        Plan(("spouse",), 25, 60, (10, 25, 40)),
        Plan(("child",), 30, 52, (6, 12, 10)),
        Plan(("mother",), 40, 64, (8, 8, 3)),
        Plan(("heir",), 62, 88, (12, 8, 3)),
    ),
    3: (
        Plan(("spouse", "child"), 27, 55, (20, 60, 75)),
        Plan(("spouse", "heir"), 58, 82, (35, 20, 6)),
        Plan(("spouse", "mother"), 45, 64, (10, 10, 5)),
        Plan(("child", "child"), 33, 50, (3, 5, 5)),
    ),
    4: (
        Plan(("spouse", "child", "child"), 30, 50, (20, 50, 65)),
        Plan(("spouse", "child", "mother"), 33, 54, (15, 20, 12)),
        Plan(("spouse", "child", "in_law"), 33, 54, (6, 10, 8)),
        Plan(("spouse", "heir", "heir_spouse"), 60, 82, (12, 10, 2)),
    ),
    5: (
        Plan(("spouse", "child", "mother", "father"), 33, 52, (10, 15, 15)),
        Plan(("spouse", "child", "child", "mother"), 33, 50, (8, 15, 15)),
        Plan(("spouse", "heir", "heir_spouse", "grandchild"), 62, 84, (25, 15, 4)),
    ),
    6: (
        Plan(("spouse", "child", "child", "mother", "father"), 33, 50, (5, 10, 12)),
        Plan(("spouse", "heir", "heir_spouse", "grandchild", "grandchild"), 62, 84, (15, 10, 3)),
    ),
}
TENANTS: dict[int, tuple[Plan, ...]] = {
    1: (Plan((), 22, 48, (1, 1, 1)),),
    2: (Plan(("spouse",), 25, 48, (2, 2, 2)), Plan(("mate",), 22, 36, (1, 1, 1))),
    3: (Plan(("spouse", "child"), 27, 44, (4, 4, 4)), Plan(("mate", "mate"), 22, 32, (1, 1, 1))),
    4: (Plan(("spouse", "child", "child"), 30, 46, (1, 1, 1)),),
}


def sizes(chance: Random, households: int, people: int, profile: int) -> list[int]:
    """How many live in each of some households so that all together are exactly so many people."""
    drawn = chance.choices(range(1, LARGEST + 1), SIZES[profile], k=households)
    missing = people - sum(drawn)
    while missing:
        index = int(chance.random() * households)
        step = 1 if missing > 0 else -1
        if 1 <= drawn[index] + step <= LARGEST:
            drawn[index] += step
            missing -= step
    return drawn


class Family:
    """Puts one household together, member by member."""

    def __init__(self, chance: Random, today: int, plan: Plan) -> None:
        self._chance = chance
        self._today = today
        self._plan = plan
        self._dotted = chance.random() < 0.004
        self._members: list[Person] = []
        self._ages: list[float] = []
        self._by_role: dict[str, int] = {}

    def members(self) -> list[Person]:
        plan, chance = self._plan, self._chance
        age = plan.youngest + (plan.oldest - plan.youngest) * chance.random() ** 1.3
        women = 0.66 if not plan.others and plan.youngest > 60 else 0.4
        if plan.others[:1] == ("child",):
            women = 0.7
        self._add("self", "02", chance.random() >= women, age)
        for role in plan.others:
            getattr(self, f"_add_{role}")()
        return self._members

    def _add(self, role: str, relation: str, male: bool, age: float, father: Name | None = None) -> None:
        birth = self._today - int(age * 365.2425)
        year = int(birth / 365.2425) + 1
        self._by_role.setdefault(role, len(self._members))
        self._members.append(
            Person(named(self._chance, male, year, father, self._dotted), male, birth, relation)
        )
        self._ages.append(age)

    def _person(self, role: str) -> Person:
        return self._members[self._by_role[role]]

    def _age(self, role: str) -> float:
        return self._ages[self._by_role[role]]

    def _partner(self, male: bool, age: float) -> float:
        """The age of a husband or wife: men are mostly a little older."""
        older = min(9.0, max(-4.0, self._chance.gauss(2, 2.5)))
        return min(98.0, max(22.5, age - older if male else age + older))

    def _add_spouse(self) -> None:
        head = self._members[0]
        relation = "10" if self._chance.random() < 0.3 else "12" if head.male else "11"
        self._add("spouse", relation, not head.male, self._partner(head.male, self._ages[0]))

    def _parents(self) -> tuple[Name | None, float]:
        """Whose family name the head's children bear (None: somebody's who does not live here), and the age
        of the younger parent."""
        head = self._members[0]
        if "spouse" not in self._by_role:
            inherits = head.male or self._chance.random() < 0.2
            return (head.name if inherits else None, self._ages[0])
        father = head if head.male else self._person("spouse")
        return (father.name, min(self._ages[0], self._age("spouse")))

    def _add_child(self) -> None:
        if "child" in self._by_role:
            return  # all at once, with the first
        father, parent = self._parents()
        count = self._plan.others.count("child")
        if father is None:
            father = named(self._chance, True, 1970)
        oldest = between(self._chance, max(0.0, parent - 38), min(23.0, parent - 22))
        # Less than a year after the other one can only be a twin.
        second = oldest - 1 - 6 * self._chance.random()
        ages = [oldest, second if second >= 0 else oldest][:count]
        counted = {True: 0, False: 0}
        for age in ages:
            male = self._chance.random() < 0.515
            codes = ("22", "23") if male else ("32", "33")
            relation = codes[counted[male]]
            if count == 1:
                relation = pick(self._chance, ("21", "20") if male else ("31", "30"))
            counted[male] += 1
            self._add("child", relation, male, age, father)

    def _add_heir(self) -> None:
        father, parent = self._parents()
        male = self._chance.random() < 0.6
        youngest = 26 if "heir_spouse" in self._plan.others else 22
        age = between(self._chance, max(youngest, parent - 36), max(youngest + 0.5, parent - 22))
        self._add("heir", "20" if male else "30", male, age, father)

    def _add_heir_spouse(self) -> None:
        heir = self._person("heir")
        age = min(60.0, self._partner(heir.male, self._age("heir")))
        self._add("heir_spouse", "38" if heir.male else "28", not heir.male, age)

    def _add_grandchild(self) -> None:
        heir, partner = self._person("heir"), self._person("heir_spouse")
        parent = min(self._age("heir"), self._age("heir_spouse"))
        age = between(self._chance, max(0.0, parent - 38), min(23.0, parent - 22))
        if "grandchild" in self._by_role:
            first = self._age("grandchild")
            age = first - 1 - 4 * self._chance.random()
            age = age if age >= 0 else first
        male = self._chance.random() < 0.515
        codes = ("41", "42") if heir.male else ("43", "44")
        father = heir.name if heir.male else partner.name
        self._add("grandchild", codes[0] if male else codes[1], male, age, father)

    def _add_mother(self) -> None:
        self._add("mother", "52", False, min(97.0, self._ages[0] + between(self._chance, 20.5, 34)))

    def _add_father(self) -> None:
        mother = self._by_role["mother"]
        age = max(self._ages[0] + 20.5, self._partner(False, self._ages[mother]))
        self._add("father", "51", True, age)
        # The head bears this man's name, not the other way round.
        given = self._members[0].name
        own = self._members[-1].name
        name = own._replace(given=given.family) if given.dotted else own._replace(family=given.family)
        self._members[-1] = self._members[-1]._replace(name=name)

    def _add_in_law(self) -> None:
        head = self._members[0]
        age = min(97.0, self._age("spouse") + between(self._chance, 20.5, 34))
        self._add("in_law", "56" if head.male else "54", False, age)

    def _add_mate(self) -> None:
        self._add(
            "mate", "99", self._members[0].male, max(20.0, self._ages[0] + between(self._chance, -4, 4))
        )


def household(chance: Random, today: int, size: int, profile: int, tenants: bool = False) -> list[Person]:
    """The members of one household, its head first."""
    plans = TENANTS.get(size, PLANS[size]) if tenants else PLANS[size]
    plan = chance.choices(plans, [plan.weights[profile] for plan in plans])[0]
    return Family(chance, today, plan).members()
