"""The register of one building as the office brought it in: the building, its doors, who lives there."""

from collections.abc import Iterator
from datetime import date
from random import Random

from gridclient.core.demonstration.care import tags
from gridclient.core.demonstration.estates import Estate, Plot
from gridclient.core.demonstration.homes import ABSENT, AWAY, RENTED, Home, House, best_time, care
from gridclient.core.demonstration.people import Person
from gridclient.core.demonstration.shares import pick
from gridclient.core.demonstration.town import Town, made
from gridclient.core.domain.geography import building_id, compound_id
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft

_WORK = (
    "区公交公司",
    "禾丰街小学",
    "青禾食品厂",
    "个体",
    "个体",
    "区人民医院",
    "云杉超市",
    "顺路快递",
    "区供水公司",
    "建筑公司",
    "外卖骑手",
    "家政",
    "机关单位",
    "软件公司",
    "理发店",
    "饭馆",
    "幼儿园",
    "银行网点",
    "出租车",
    "装修队",
)
_ELSEWHERE = ("禾川县双柳镇", "河曲县东坪乡", "岭南新区六合路", "云川县城关镇", "榆林寨乡", "外省清平县")
_CLASSES = {RENTED: "floating", ABSENT: "registered", AWAY: "away"}


class Register:
    """Writes down one building. What a visit verified since carries the visit's date."""

    def __init__(self, town: Town, chance: Random, estate: Estate, plot: Plot, house: House) -> None:
        self._town = town
        self._chance = chance
        self._caring = town.chance("care", estate.title, plot.number)
        self._estate = estate
        self._plot = plot
        self._house = house
        self.place = building_id(estate.title, plot.number)

    def drafts(self, grid: Id) -> Iterator[Draft]:
        yield self._building(grid)
        yield from self._dwellings()
        for home in self._house.homes:
            if home.members:
                yield from self._household(home)

    def _building(self, grid: Id) -> Draft:
        block = self._plot.block
        fields: dict[str, object] = {
            "compound": compound_id(self._estate.title),
            "number": self._plot.number,
            "address": self._estate.address,
            "status": "used" if self._plot.finished else "building",
            "floors": block.floors,
            "units": block.units,
            "grid": grid,
        }
        steward = self._steward()
        if steward:
            fields["steward"] = steward.members[0].name.full
            fields["steward_phone"] = steward.phones[0]
        town = self._town
        return made("building", self.place, COMMONS, town.supervisor, town.registered, fields)

    def _steward(self) -> Home | None:
        """The household whose head looks after the building: about sixty, with a telephone, living there."""
        able = [
            home for home in self._house.homes if home.members and home.phones[0] and home.sort != "tenant"
        ]
        sixty = self._town.told_on - 60 * 365
        here = [home for home in able if home.way not in (ABSENT, AWAY)]
        return min(here, key=lambda home: abs(home.members[0].birth - sixty), default=None)

    def _dwellings(self) -> Iterator[Draft]:
        town, house = self._town, self._house
        for door in house.doors:
            fields: dict[str, object] = {
                "building": self.place,
                "unit": door.unit or None,
                "floor": door.floor,
                "room": door.room,
                "use": house.uses[door.order],
            }
            name, phone = house.owners.get(door.order, ("", ""))
            if name:
                fields["owner_name"] = name
            if phone:
                fields["owner_phone"] = phone
            yield made("dwelling", door.id, self.place, town.office, town.registered, fields)

    def _household(self, home: Home) -> Iterator[Draft]:
        town, chance = self._town, self._chance
        people = [town.id("resident") for _ in home.members]
        at = home.verified or max(town.registered, home.known_from)
        fields: dict[str, object] = {
            "dwelling": home.door.id,
            "head": people[0],
            "phone": home.phone,
            "moved_in": home.moved_in,
            "sort": _CLASSES.get(home.way, "resident"),
            "tenure": self._tenure(home),
            "best_time": best_time(chance, home),
            "care": care(chance, home),
            "verified": home.verified,
            "remark": "回迁户" if self._moved_back(home) else "",
        }
        said = {key: value for key, value in fields.items() if value}
        yield made("household", home.id, self.place, town.office, at, said)
        for identity, person, phone in zip(people, home.members, home.phones, strict=True):
            yield made("resident", identity, self.place, town.office, at, self._resident(home, person, phone))
        yield from tags(town, self._caring, self.place, home, people, at)

    def _tenure(self, home: Home) -> str:
        if home.way == RENTED:
            return "tenant"
        roll = self._chance.random()
        return "owner" if roll < 0.9 else "family" if roll < 0.96 else "guest" if roll < 0.98 else "unit"

    def _moved_back(self, home: Home) -> bool:
        likely = {"building": 0.8, "resettled": 0.7}.get(self._estate.sort, 0.0)
        return home.way != RENTED and likely > 0 and self._chance.random() < likely

    def _resident(self, home: Home, person: Person, phone: str) -> dict[str, object]:
        chance, age = self._chance, (self._town.told_on - person.birth) / 365.2425
        fields: dict[str, object] = {"household": home.id, "name": person.name.full}
        fields["sex"] = "1" if person.male else "2"
        self._born(fields, person, age)
        if phone:
            fields["phones"] = [[phone], []]
        fields["relation_to_head"] = person.relation
        away = home.way in (ABSENT, AWAY) or (17 < age < 31 and self._left(person))
        tenant = home.way == RENTED
        fields["residence"] = "3" if away else "2" if tenant else "1"
        fields["life"] = "away" if away else "living"
        if tenant:
            fields["hukou_address"] = f"{pick(chance, _ELSEWHERE)}{1 + int(chance.random() * 300)}号"
        if 23 < age < 60 and chance.random() < 0.45:
            fields["work_place"] = pick(chance, _WORK)
        if home.verified:
            fields["verified"] = home.verified
        return fields

    def _left(self, person: Person) -> bool:
        """Whether a grown child still on the register studies or works elsewhere."""
        return (
            person.relation[0] in "234"
            and person.relation not in ("28", "38")
            and self._chance.random() < 0.5
        )

    def _born(self, fields: dict[str, object], person: Person, age: float) -> None:
        """Birth and ID number, as far as they are known: of some old people only the year."""
        chance = self._chance
        birth = date.fromordinal(person.birth).isoformat()
        if age > 70 and chance.random() < 0.02:
            fields["birth"] = birth[:4]
            return
        fields["birth"] = birth
        if chance.random() < (0.93 if age > 6 else 0.6):
            number = self._town.numbers.id_number(person.birth, birth.replace("-", ""), person.male)
            fields["id_number"], fields["id_type"] = number, "111"
