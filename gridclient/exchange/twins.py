"""Rows that may speak of one person twice: within the file, or of somebody the ledger knows elsewhere."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gridclient.core.domain.geography import door
from gridclient.core.domain.values import normal_id_number
from gridclient.exchange.doors import Door
from gridclient.exchange.households import Household, Repeated
from gridclient.exchange.known import Known, Neighbour
from gridclient.exchange.people import Person

ELSEWHERE = "elsewhere"
SAME_ID = "same_id"
SAME_DOOR = "same_door"
NEAR_NAME = "near_name"


class Twin(NamedTuple):
    """A person of a row, and whom they may be.

    Attributes:
        sort: ELSEWHERE (the ledger has this ID number behind another door), SAME_ID (another row of the file
            has it), SAME_DOOR (the same name behind one door twice in the file), NEAR_NAME (one door and one
            telephone, and names that differ in one character).
        other_row: the other row of the file; 0 for somebody in the ledger.
        held: not written until a person says so.
    """

    sort: str
    sheet: str
    row: int
    name: str
    where: str
    other_sheet: str
    other_row: int
    other_name: str
    other_where: str
    held: bool = False


def said_door(where: Door) -> str:
    """A door of a file as people say it."""
    return f"{where.compound} {door(where.number, where.unit, where.room)}".strip()


def in_file(households: Iterable[Household], repeated: Iterable[Repeated]) -> Iterator[Twin]:
    """What one file says twice."""
    bearers: dict[str, tuple[Household, str, int, Person]] = {}
    for household in households:
        for row, person in household.people:
            number = normal_id_number(person.id_number)
            if not number:
                continue
            first = bearers.setdefault(number, (household, row.sheet, row.row, person))
            if first[3] is not person:
                yield _pair(SAME_ID, household.door, row.sheet, row.row, person.name, first)
        yield from _near_in(household)
    for again in repeated:
        where = said_door(again.row.door)
        first_row = again.first_row
        yield Twin(
            SAME_DOOR,
            again.row.sheet,
            again.row.row,
            again.name,
            where,
            first_row.sheet,
            first_row.row,
            again.name,
            where,
        )


def _near_in(household: Household) -> Iterator[Twin]:
    people = household.people
    if len(people) < 2:
        return
    for at, (row, person) in enumerate(people):
        if not person.phones:
            continue
        for other_row, other in people[:at]:
            if not set(person.phones).isdisjoint(other.phones) and _may_be_one(
                person.name, person.id_number, other.name, other.id_number
            ):
                first = (household, other_row.sheet, other_row.row, other)
                yield _pair(NEAR_NAME, household.door, row.sheet, row.row, person.name, first)


def _pair(
    sort: str, where: Door, sheet: str, row: int, name: str, first: tuple[Household, str, int, Person]
) -> Twin:
    household, other_sheet, other_row, other = first
    return Twin(
        sort,
        sheet,
        row,
        name,
        said_door(where),
        other_sheet,
        other_row,
        other.name,
        said_door(household.door),
    )


def elsewhere(known: Known, household: Household, sheet: str, row: int, person: Person) -> Twin | None:
    """Somebody in the ledger who has this ID number behind another door."""
    found = known.bearer_of(person.id_number) if person.id_number else None
    if found is None:
        return None
    return _with(ELSEWHERE, household.door, sheet, row, person, found, held=True)


def near(
    people: Iterable[Neighbour], household: Household, sheet: str, row: int, person: Person
) -> Twin | None:
    """Somebody behind this door in the ledger with this telephone and all but one character of the name."""
    if not person.phones:
        return None
    for found in people:
        shared = not set(person.phones).isdisjoint(found.phones)
        if shared and _may_be_one(person.name, person.id_number, found.name, found.id_number):
            return _with(NEAR_NAME, household.door, sheet, row, person, found)
    return None


def _with(
    sort: str, where: Door, sheet: str, row: int, person: Person, found: Neighbour, held: bool = False
) -> Twin:
    return Twin(sort, sheet, row, person.name, said_door(where), "", 0, found.name, found.where, held)


def _may_be_one(name: str, number: str, other: str, its_number: str) -> bool:
    """Names of one length that differ in one character, and no two ID numbers that say otherwise."""
    if len(name) < 2 or len(name) != len(other) or (number and its_number and number != its_number):
        return False
    return sum(one != two for one, two in zip(name, other, strict=True)) == 1
