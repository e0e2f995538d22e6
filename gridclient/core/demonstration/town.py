"""What all parts of the demonstration share: its year, its ids, its invented numbers."""

from random import Random

from gridclient.core.demonstration.days import YEAR, instant
from gridclient.core.demonstration.numbers import Numbers
from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft


class Town:
    """One demonstration. Its records bear the same ids wherever the same seed and scale are used.

    Attributes:
        told_on: the ordinal of the day it is told; everything told happened before it.
        start: the first day of the year of visits.
        registered: when the office brought in the register, before the first visit.
        staff: the names of those who work there; everybody has a name of their own.
    """

    def __init__(self, seed: int, scale: float, today: int) -> None:
        self.told_on = today
        self.start = today - YEAR
        self.registered = instant(self.start - 14, 9 * 60)
        self.numbers = Numbers()
        self.staff: set[str] = set()
        self._key = f"{seed} {scale!r}"
        self._made: dict[str, int] = {}
        self.office = self.id("worker")
        self.supervisor = self.id("worker")

    def id(self, kind: str) -> Id:
        """The id of the next record of a kind."""
        number = self._made.get(kind, 0) + 1
        self._made[kind] = number
        return ids.named("demo", self._key, kind, str(number))

    def chance(self, *purpose: object) -> Random:
        """Randomness of its own for each purpose, so that none disturbs another."""
        return Random(" ".join(map(str, (self._key, *purpose))))


def made(kind: str, record: Id, place: Id, author: Id, at: int, fields: dict[str, object]) -> Draft:
    """The draft of a new record; nobody can have seen anything of it before."""
    return Draft(kind, record, place, fields, (), at, author, True)
