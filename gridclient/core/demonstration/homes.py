"""Behind the doors of one building: which dwelling is lived in, rented, empty, and by whom."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import NamedTuple

from gridclient.core.demonstration.days import YEAR, instant, written
from gridclient.core.demonstration.estates import Estate, Plot
from gridclient.core.demonstration.names import named
from gridclient.core.demonstration.people import Person, household, sizes
from gridclient.core.demonstration.shares import pick
from gridclient.core.demonstration.town import Town
from gridclient.core.domain.geography import dwelling_id
from gridclient.core.domain.ids import Id

OWN, RENTED, ABSENT, AWAY = "own", "rented", "absent", "away"


class Door(NamedTuple):
    """A dwelling. `order`: its place on the way through the building."""

    id: Id
    order: int
    unit: str
    floor: int
    room: str


@dataclass(slots=True)
class Home:
    """A household while its year is told. A home without members is an empty dwelling that is looked after.

    Attributes:
        way: OWN, RENTED, ABSENT (on the register only) or AWAY (for months).
        since: how far into the year they moved in, 0 for before; known_from: the same as an instant.
        weight: how often they are visited, in proportion.
        verified: when a visit last found everything as registered.
        printed, given: their card: when it was printed, and when, how and by whom it was brought.
    """

    id: Id
    door: Door
    way: str
    members: list[Person] = field(default_factory=list)
    moved_in: str = ""
    since: float = 0.0
    known_from: int = 0
    weight: float = 1.0
    oldest: int = 0
    sort: str = "adult"
    phone: str = ""
    phones: list[str] = field(default_factory=list)
    verified: int | None = None
    printed: int | None = None
    given: tuple[int, str, Id] | None = None

    @property
    def alone(self) -> bool:
        return len(self.members) == 1 and self.oldest >= 70


@dataclass(slots=True)
class House:
    """One building with all its doors, homes and owners."""

    doors: list[Door]
    uses: dict[int, str]
    homes: list[Home]
    owners: dict[int, tuple[str, str]]


def doors(estate: str, plot: Plot) -> list[Door]:
    """The dwellings in walking order, unit by unit, floor by floor, then the shops."""
    made: list[Door] = []
    block = plot.block
    for unit in range(1, block.units + 1):
        for floor in range(1, block.floors + 1):
            for number in range(1, block.doors + 1):
                room = str(floor * 100 + number)
                identity = dwelling_id(estate, plot.number, str(unit), room)
                made.append(Door(identity, len(made), str(unit), floor, room))
    for number in range(1, block.shops + 1):
        room = f"底商{number}"
        made.append(Door(dwelling_id(estate, plot.number, "", room), len(made), "", 1, room))
    return made


def settle(town: Town, chance: Random, estate: Estate, plot: Plot, people: int) -> House:
    """Fill a building with its households, together exactly so many people."""
    house = House(doors(estate.title, plot), {}, [], {})
    empty = "building" if not plot.finished else "undelivered" if estate.sort == "building" else "vacant"
    for door in house.doors:
        house.uses[door.order] = empty if door.unit else "shop"
    if plot.households:
        _move_in(town, chance, estate, plot, people, house)
    for door in house.doors:
        _own(town, chance, house, door)
    if empty == "vacant":
        _look_after_empty(house)
    return house


def _move_in(town: Town, chance: Random, estate: Estate, plot: Plot, people: int, house: House) -> None:
    count, room = plot.households, plot.block.dwellings

    def about(share: float) -> int:
        return int(count * share + chance.random())

    # Behind some rented doors the owner's household is still on the register, beside the tenants'.
    shared = min(count // 2, max(about(0.05), count - room))
    order = chance.sample(range(room), count - shared)
    ways = [RENTED] * min(len(order), shared + about(0.09)) + [ABSENT] * about(0.07) + [AWAY] * about(0.04)
    members = iter(sizes(chance, count, people, estate.profile))
    for index, position in enumerate(order):
        way = ways[index] if index < len(ways) else OWN
        for each in [way, ABSENT] if index < shared else [way]:
            house.homes.append(_home(town, chance, estate, house.doors[position], each, next(members)))
        house.uses[position] = {OWN: "own", AWAY: "own", RENTED: "rent", ABSENT: "vacant"}[way]
    house.homes.sort(key=lambda home: home.door.order)


def _home(town: Town, chance: Random, estate: Estate, door: Door, way: str, size: int) -> Home:
    people = household(chance, town.told_on, size, estate.profile, way == RENTED)
    home = Home(town.id("household"), door, way, people)
    ages = [int((town.told_on - person.birth) / 365.2425) for person in people]
    home.oldest = max(ages)
    for age in ages:
        known = age >= 12 and chance.random() < (0.86 if age < 75 else 0.7)
        home.phones.append(town.numbers.phone() if known else "")
    home.phone = next((phone for phone in home.phones if phone), "")
    _since_when(town, chance, estate, home, ages[0])
    home.sort = _sort(home, min(ages))
    home.weight = _weight(home)
    return home


def _since_when(town: Town, chance: Random, estate: Estate, home: Home, age: int) -> None:
    newest = 0.3 if home.way == RENTED else 0.03
    if home.way in (OWN, RENTED) and chance.random() < newest:
        day = town.start + 30 + int(chance.random() * (YEAR - 40))
        home.moved_in, home.since = written(day), (day + 1 - town.start) / YEAR
        home.known_from = instant(day + 1, 9 * 60)
        return
    longest = {"building": 3, "resettled": 9, "commercial": 14}.get(estate.sort, 42)
    if home.way == RENTED:
        longest = 5
    days = int((0.05 + 0.95 * chance.random()) * 365 * min(longest, max(1, age - 20)))
    exact = written(town.start - 15 - days)
    home.moved_in = exact if home.way == RENTED else exact[: 4 if days > 5000 else 7]


def _sort(home: Home, youngest: int) -> str:
    if home.way == RENTED:
        return "tenant"
    if home.oldest >= 70:
        return "elder"
    return "family" if youngest < 18 else "adult"


def _weight(home: Home) -> float:
    if home.way in (ABSENT, AWAY):
        return 0.3
    if home.alone:
        return 2.4
    if home.oldest >= 80:
        return 1.9
    return 1.3 if home.oldest >= 65 else 0.9


def _own(town: Town, chance: Random, house: House, door: Door) -> None:
    """Write down who owns a dwelling, as far as the register knows."""
    if house.uses[door.order] in ("building", "undelivered"):
        return
    here = [home for home in house.homes if home.door is door and home.way != RENTED]
    if here:
        house.owners[door.order] = (here[0].members[0].name.full, here[0].phone)
    elif house.uses[door.order] != "vacant" or chance.random() < 0.6:
        male = chance.random() < 0.6
        name = named(chance, male, date.fromordinal(town.told_on).year - 30 - int(chance.random() * 40))
        house.owners[door.order] = (name.full, town.numbers.phone())


def _look_after_empty(house: House) -> None:
    lived_in = {home.door.order for home in house.homes}
    for door in house.doors:
        if house.uses[door.order] == "vacant" and door.order not in lived_in:
            house.homes.append(Home(b"", door, "vacant", weight=0.15, sort="vacant"))


BEST_TIMES = {
    "elder": ("上午", "上午买菜回来以后", "下午三点以后", "白天都在"),
    "family": ("晚上七点以后", "周末", "接孩子以后，五点半起", "晚上"),
    "tenant": ("晚上八点以后", "周末下午", "先打电话"),
    "adult": ("晚上", "周末上午", "下班以后", "中午"),
}
CARES = (
    "独居，敲门要重一点，耳朵背",
    "腿脚不好，开门慢，多等一会儿",
    "血压高，天冷要多问一句",
    "老花眼，通知念给他听",
    "独居，隔天要有人看到",
    "不爱用手机，有事当面说",
)


def best_time(chance: Random, home: Home) -> str:
    return pick(chance, BEST_TIMES[home.sort]) if chance.random() < 0.45 else ""


def care(chance: Random, home: Home) -> str:
    if home.way in (ABSENT, AWAY) or home.oldest < 75:
        return ""
    return pick(chance, CARES if home.alone else CARES[1:4]) if chance.random() < 0.6 else ""
