"""What everybody reads: the community, its staff, its grids and compounds."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from gridclient.core.demonstration import cards
from gridclient.core.demonstration.days import written
from gridclient.core.demonstration.estates import BIG_GRIDS, SMALL_GRIDS, WORKERS, Estate
from gridclient.core.demonstration.names import named
from gridclient.core.demonstration.town import Town, made
from gridclient.core.demonstration.visits import Walker
from gridclient.core.domain.desk import SETTINGS_ID
from gridclient.core.domain.geography import COMMUNITY_ID, compound_id
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft

TITLE = "青禾社区（示例）"
_ORDINALS = "一二三四五六七八九十"


def community_wide(town: Town, chance: Random) -> Iterator[Draft]:
    """What there is once: the desk's people, the community, its settings and its card."""
    by = (COMMONS, town.supervisor, town.registered)
    yield made("worker", town.supervisor, *by, _staff(town, chance, "supervisor", "S01", "8:30–18:00"))
    yield made("worker", town.office, *by, _staff(town, chance, "office", "B01", "8:30–18:00"))
    numbers = town.numbers
    fields: dict[str, object] = {
        "title": TITLE,
        "division": "639900001001",
        "street": "禾丰街道（示例）",
        "district": "示例区",
        "address": "青禾路1号",
        "phone": "0900-0000101",
        "hours": "周一至周六 8:30–18:00",
        "police_name": named(chance, True, 1988).full,
        "police_phone": numbers.staff_phone(),
        "doctor_name": named(chance, False, 1984).full,
        "doctor_phone": numbers.staff_phone(),
    }
    yield made("community", COMMUNITY_ID, COMMONS, town.office, town.registered, fields)
    settings: dict[str, object] = {
        "qr_address": "https://qinghe.example/k/",
        "visit_days": 180,
        "new_household_days": 7,
        "demonstration": True,
    }
    yield made("settings", SETTINGS_ID, COMMONS, town.office, town.registered, settings)
    yield cards.template(town)


def _staff(town: Town, chance: Random, role: str, badge: str, hours: str) -> dict[str, object]:
    while True:
        name = named(chance, chance.random() < 0.25, 1972 + int(chance.random() * 24)).full
        if name not in town.staff:
            town.staff.add(name)
            break
    return {"name": name, "role": role, "badge": badge, "phone": town.numbers.staff_phone(), "hours": hours}


class Quarter(NamedTuple):
    """One part as large as the article's community: its grids and who works in them.

    `small_grids` and `big_grids` hold ids; `walkers` the workers of each small grid.
    """

    number: int
    big_grids: tuple[Id, ...]
    small_grids: tuple[Id, ...]
    walkers: tuple[tuple[Walker, ...], ...]


def quarter(town: Town, number: int) -> Quarter:
    """The ids of a part; nothing is told yet."""
    big = tuple(town.id("grid") for _ in BIG_GRIDS)
    small = tuple(town.id("grid") for _ in SMALL_GRIDS)
    ids = [town.id("worker") for _ in range(WORKERS)]
    everybody = iter(Walker(index, one, ids[index ^ 1]) for index, one in enumerate(ids))
    walkers = tuple(tuple(next(everybody) for _ in range(grid.workers)) for grid in SMALL_GRIDS)
    return Quarter(number, big, small, walkers)


def in_quarter(title: str, number: int) -> str:
    """A title as it reads in the first part, the second, …: only the first goes without saying."""
    return title if number == 0 else f"{title}{_counted(number + 1)}区"


def _counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, f"{_ORDINALS[tens - 1]}十")
    return ten + (_ORDINALS[ones - 1] if ones else "")


def quarter_drafts(town: Town, chance: Random, part: Quarter) -> Iterator[Draft]:
    """Grids, workers, and who is in charge of which grid."""
    by = (COMMONS, town.supervisor, town.registered)
    for index, (identity, title) in enumerate(zip(part.big_grids, BIG_GRIDS, strict=True)):
        number = f"{part.number + 1:02d}{index + 1:02d}"
        yield made("grid", identity, *by, {"title": in_quarter(title, part.number), "number": number})
    for index, (identity, grid) in enumerate(zip(part.small_grids, SMALL_GRIDS, strict=True)):
        fields: dict[str, object] = {
            "title": in_quarter(grid.title, part.number),
            "number": f"{part.number + 1:02d}{grid.big + 1:02d}{index + 1:02d}",
            "parent": part.big_grids[grid.big],
        }
        yield made("grid", identity, *by, fields)
    since = written(town.start - 60)
    for grid_id, walkers in zip(part.small_grids, part.walkers, strict=True):
        for walker in walkers:
            badge = f"W{part.number * WORKERS + walker.number + 1:02d}"
            yield made("worker", walker.id, *by, _staff(town, chance, "worker", badge, "8:00–20:00"))
            charge: dict[str, object] = {"worker": walker.id, "grid": grid_id, "since": since}
            yield made("assignment", town.id("assignment"), *by, charge)


def compound(town: Town, estate: Estate, aliases: Sequence[str]) -> Draft:
    fields: dict[str, object] = {
        "title": estate.title,
        "aliases": [list(aliases), []],
        "address": estate.address,
        "sort": estate.sort,
        "property_company": estate.company,
        "property_phone": town.numbers.staff_phone(),
    }
    return made("compound", compound_id(estate.title), COMMONS, town.office, town.registered, fields)
