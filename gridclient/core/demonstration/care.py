"""Why some households are looked after: their care tags, as the office knows them."""

from collections.abc import Iterator, Sequence
from random import Random

from gridclient.core.demonstration.days import written
from gridclient.core.demonstration.homes import ABSENT, AWAY, Home
from gridclient.core.demonstration.people import Person
from gridclient.core.demonstration.town import Town, made
from gridclient.core.domain.care import NAMED_PERSONS, level
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import DESK
from gridclient.core.merge.change import Draft

_GRADES = ("肢体四级", "肢体三级", "听力三级", "视力二级", "肢体二级")
# A share of the people of an age, and of no other.
_COMMON = (
    ("party", 0.07, 30, 95),
    ("veteran", 0.015, 40, 90),
    ("disabled", 0.02, 6, 95),
    ("chronic_illness", 0.06, 60, 95),
    ("dependent", 0.05, 82, 120),
    ("bedridden", 0.02, 84, 120),
    ("jobless", 0.012, 25, 58),
    ("volunteer", 0.012, 30, 70),
    ("infant", 0.9, 0, 3),
    ("mental", 0.0008, 20, 70),
)


def tags(town: Town, chance: Random, place: Id, home: Home, people: Sequence[Id], at: int) -> Iterator[Draft]:
    """The tags of one household, with the person each is about."""
    if home.way in (ABSENT, AWAY):
        return
    ages = [(town.told_on - person.birth) / 365.2425 for person in home.members]
    for resident, person, age in zip(people, home.members, ages, strict=True):
        for tag in _of(chance, home, person, age):
            fields: dict[str, object] = {"household": home.id, "resident": resident, "tag": tag}
            fields["since"] = written(town.start - int(chance.random() * 2000))[:7]
            if level(tag) >= NAMED_PERSONS:
                fields["next_due"] = written(town.told_on + 3 + int(chance.random() * 25))
                yield made("care_tag", town.id("care_tag"), DESK, town.supervisor, at, fields)
                continue
            if tag == "disabled":
                fields["detail"] = _GRADES[int(chance.random() * len(_GRADES))]
            if home.verified:
                fields["verified"] = home.verified
            yield made("care_tag", town.id("care_tag"), place, town.office, at, fields)
    if home.way != "rented" and chance.random() < (0.03 if home.oldest > 60 else 0.012):
        fields = {"household": home.id, "tag": "allowance" if chance.random() < 0.7 else "low_income"}
        yield made("care_tag", town.id("care_tag"), place, town.office, at, fields)


def _of(chance: Random, home: Home, person: Person, age: float) -> Iterator[str]:
    if home.alone:
        yield "alone"
    elif len(home.members) == 2 and home.members[0] is person and age >= 70 and home.sort == "elder":
        yield "empty_nest"
    for tag, share, youngest, oldest in _COMMON:
        if youngest <= age < oldest and chance.random() < share:
            yield tag
