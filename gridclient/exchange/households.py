"""Rows gathered into households.

A household begins at a head, at a door not seen before, or at a new household number behind a known one. A
row without those joins the last household behind its door, or the one whose head it names.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from gridclient.core.domain import codes
from gridclient.exchange import words
from gridclient.exchange.doors import Door
from gridclient.exchange.findings import Doubt, Findings
from gridclient.exchange.people import Person
from gridclient.exchange.rows import ReadRow
from gridclient.exchange.targets import HEAD_NAME, RELATION, targets

_SPOUSE = frozenset({"10", "11", "12"})


@dataclass(slots=True)
class Household:
    """People who live together, as the register says.

    Attributes:
        sheet, row: where it begins; with the file they are its identity.
        people: (row, person), in the order of the register; `head` is one of them, or None.
        values, dwelling: what the register says of household and dwelling, by field.
    """

    sheet: str
    row: int
    door: Door
    people: list[tuple[ReadRow, Person]] = field(default_factory=list)
    head: Person | None = None
    values: dict[str, object] = field(default_factory=dict)
    dwelling: dict[str, object] = field(default_factory=dict)
    head_name: str = ""
    number: str = ""


class Repeated(NamedTuple):
    """A person whom an earlier row of the same household names already."""

    row: ReadRow
    name: str
    first_row: ReadRow


DoorKey = tuple[str, str, str, str]


def key_of(door: Door) -> DoorKey:
    """What makes two doors the same one; the floor does not."""
    return (door.compound, door.number, door.unit, door.room)


class Gathering:
    """Takes rows in order; gives the households and the doors nobody lives behind."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._behind: dict[DoorKey, list[Household]] = {}
        self._vacant: dict[DoorKey, ReadRow] = {}
        self._numbers: dict[str, int] = {}
        self.repeated: list[Repeated] = []

    def add(self, rows: Iterable[ReadRow]) -> None:
        for row in rows:
            if not row.people:
                self._vacant.setdefault(key_of(row.door), row)
            for person in row.people:
                self._add(row, person)

    def households(self) -> list[Household]:
        """All households, in the order in which they begin."""
        found = [household for behind in self._behind.values() for household in behind]
        for household in found:
            self._settle(household)
        return found

    def vacant(self) -> list[ReadRow]:
        """Rows of doors nobody lives behind."""
        return [row for key, row in self._vacant.items() if key not in self._behind]

    def _add(self, row: ReadRow, person: Person) -> None:
        behind = self._behind.setdefault(key_of(row.door), [])
        household = self._home(behind, row, person)
        if household is None:
            household = Household(row.sheet, row.row, row.door, number=row.number, head_name=row.head_name)
            behind.append(household)
        elif self._is_known(household, row, person):
            return
        if person.is_head and household.head is None:
            household.head = person
        household.number = household.number or row.number
        household.head_name = household.head_name or row.head_name
        household.people.append((row, person))
        for key, value in row.household.items():
            household.values.setdefault(key, value)
        for key, value in row.dwelling.items():
            household.dwelling.setdefault(key, value)
        self._note_number(row, person)

    @staticmethod
    def _home(behind: list[Household], row: ReadRow, person: Person) -> Household | None:
        """The household this person belongs to, or None where a new one begins."""
        if not behind:
            return None
        numbered = [one for one in behind if row.number and one.number == row.number]
        if row.number and not numbered and behind[-1].number:
            return None
        if person.is_head:
            again = [one for one in behind if one.head is not None and _same(one.head, person)]
            waiting = [one for one in behind if one.head is None and one.head_name in ("", person.name)]
            return next(iter([*again, *waiting]), None)
        named = [one for one in behind if row.head_name and one.head_name == row.head_name]
        named += [one for one in behind if row.head_name and one.head and one.head.name == row.head_name]
        return next(iter([*numbered, *named]), behind[-1])

    def _is_known(self, household: Household, row: ReadRow, person: Person) -> bool:
        first = next((its_row for its_row, other in household.people if _same(other, person)), None)
        if first is None:
            return False
        self.repeated.append(Repeated(row, person.name, first))
        self._notice(row, "", person.name, words.SAME_PERSON_TWICE)
        return True

    def _note_number(self, row: ReadRow, person: Person) -> None:
        number = person.id_number
        if number:
            self._numbers[number] = self._numbers.get(number, 0) + 1
            if self._numbers[number] == 2:
                label = targets()["resident.id_number"].label
                self._notice(row, label, number, words.SAME_ID_TWICE)

    def _settle(self, household: Household) -> None:
        """Who the head is, and what is odd about the family."""
        alone = household.people[0][1] if len(household.people) == 1 else None
        if household.head is None and alone is not None:
            named = household.head_name in ("", alone.name)
            household.head = alone if named and "relation_to_head" not in alone.values else None
        row = household.people[0][0]
        if household.head is None and household.head_name:
            self._notice(row, targets()[HEAD_NAME].label, household.head_name, words.HEAD_NOT_LISTED)
        elif household.head is None and alone is None:
            self._notice(row, targets()[RELATION].label, "", words.NO_HEAD)
        spouses = [
            (row, person)
            for row, person in household.people
            if person.values.get("relation_to_head") in _SPOUSE
        ]
        for row, person in spouses[1:]:
            said = codes.RELATION.label(str(person.values["relation_to_head"]))
            self._notice(row, targets()[RELATION].label, said, words.SECOND_SPOUSE)

    def _notice(self, row: ReadRow, column: str, raw: str, reason: str) -> None:
        self._findings.notices.append(Doubt(row.sheet, row.row, column, raw, reason))


def _same(one: Person, other: Person) -> bool:
    """The same name, and neither ID numbers nor, without them, days of birth that differ."""
    if one.name != other.name:
        return False
    if one.id_number and other.id_number:
        return one.id_number == other.id_number
    said = one.values.get("birth"), other.values.get("birth")
    return not (all(said) and said[0] != said[1])
