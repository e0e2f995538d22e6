"""A year of knocking at the doors of one building."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from gridclient.core.demonstration import phrases
from gridclient.core.demonstration.days import YEAR, instant, starts, written
from gridclient.core.demonstration.homes import ABSENT, AWAY, Home
from gridclient.core.demonstration.shares import apportion, pick
from gridclient.core.demonstration.town import Town, made
from gridclient.core.domain.codes import PURPOSE
from gridclient.core.domain.ids import Id
from gridclient.core.domain.visits import OPENED
from gridclient.core.merge.change import Draft

EVENING = 18 * 60
# How much likelier a door opens than on average: by day, in the evening.
_MANNERS = {"elder": (0.05, 0.0), "family": (-0.05, 0.11), "tenant": (-0.1, 0.07), "adult": (-0.07, 0.1)}
_CHECKS = (
    ("people_check", "people_note", phrases.PEOPLE_CHANGED),
    ("family_check", "family_note", phrases.FAMILY_CHANGED),
    ("dispute_check", "dispute_note", phrases.DISPUTES),
    ("hazard_check", "hazard_note", phrases.HAZARDS),
)
_PURPOSES = tuple(code for code in PURPOSE.labels if code not in ("card", "verify"))


class Walker(NamedTuple):
    """Who walks: their number among the workers, their id, the id of who goes along with them."""

    number: int
    id: Id
    partner: Id


class Knock(NamedTuple):
    """A visit as later parts need it."""

    id: Id
    home: Home
    at: int
    walker: Walker


class Walk:
    """Tells the visits of one building and remembers the doors that opened for a talk."""

    def __init__(self, town: Town, chance: Random, place: Id, walker: Walker) -> None:
        self._town = town
        self._chance = chance
        self._place = place
        self._walker = walker
        self.talks: list[Knock] = []

    def visits(self, homes: Sequence[Home], days: Sequence[int], total: int) -> Iterator[Draft]:
        """So many visits on some days, those first that come first."""
        turns = self._turns(homes, days, total)
        done = 0
        for index, day in enumerate(days):
            upto = bisect_left(turns, (index + 1, -1))
            if upto > done:
                yield from self._day(day, [homes[position] for _, position in turns[done:upto]])
            done = upto

    def _turns(self, homes: Sequence[Home], days: Sequence[int], total: int) -> list[tuple[float, int]]:
        """When in the order of days, and at which home: everybody as often as their weight says, evenly
        over the days on which they live there."""
        start = self._town.start
        since = [bisect_left(days, start + round(home.since * YEAR)) for home in homes]
        left = [len(days) - first for first in since]
        counts = apportion(total, [home.weight * days for home, days in zip(homes, left, strict=True)])
        turns = []
        for position, count in enumerate(counts):
            first = 0.8 * self._chance.random()
            for turn in range(count):
                part = (turn + first + 0.19 * self._chance.random()) / count
                turns.append((since[position] + left[position] * part, position))
        return sorted(turns)

    def _day(self, day: int, homes: list[Home]) -> Iterator[Draft]:
        chance, progress = self._chance, (day - self._town.start) / YEAR
        homes = sorted(homes, key=lambda home: home.door.order)
        begins = starts(chance, self._walker.number, day, len(homes), progress)
        accompanied = chance.random() < 0.55
        minute = 0.0
        half = -(-len(homes) // len(begins))
        for index, home in enumerate(homes):
            if index % half == 0:
                minute = max(minute, begins[index // half])
            yield self._knock(home, day, minute, progress, accompanied)
            minute += 2 + 8 * chance.random()

    def _knock(self, home: Home, day: int, minute: float, progress: float, accompanied: bool) -> Draft:
        chance, at = self._chance, instant(day, minute)
        outcome = self._outcome(home, minute >= EVENING, progress)
        identity = self._town.id("visit")
        fields: dict[str, object] = {"at": at, "outcome": outcome}
        if home.members:
            fields["household"] = home.id
        fields["dwelling"] = home.door.id
        if accompanied:
            fields["companions"] = [[self._walker.partner], []]
        summary = self._summary(home, outcome)
        if summary:
            fields["summary"] = summary
        if outcome in ("1", "2"):
            self._talk(home, at, outcome, fields)
            self.talks.append(Knock(identity, home, at, self._walker))
        if home.members:
            fields["next_due"] = written(day + self._pause(home, outcome))
        if home.printed is not None and home.given is None and at > home.printed and home.members:
            self._hand_card(home, at, outcome, fields)
        written_at = at + 60_000 + int(chance.random() * 120) * 1000
        return made("visit", identity, self._place, self._walker.id, written_at, fields)

    def _outcome(self, home: Home, evening: bool, progress: float) -> str:
        chance = self._chance
        roll = chance.random()
        if not home.members:
            return "6" if roll < 0.9 else "5"
        if home.way in (ABSENT, AWAY):
            return "5" if roll < 0.55 else "8" if roll < 0.8 else "2" if roll < 0.94 else "4"
        if roll < 0.395 + 0.45 * progress + _MANNERS[home.sort][evening]:
            roll = chance.random()
            refused = 0.12 - 0.09 * progress
            return "3" if roll < refused else "1" if roll < 0.68 else "2"
        roll = chance.random()
        return "5" if roll < 0.7 else "4" if roll < 0.84 else "9" if roll < 0.93 else "8"

    def _summary(self, home: Home, outcome: str) -> str:
        chance = self._chance
        if outcome in ("1", "2"):
            if home.way in (ABSENT, AWAY):
                return pick(chance, phrases.ABSENT)
            return phrases.summary(chance, home.sort, home.alone)
        if outcome == "3":
            return pick(chance, phrases.REFUSED)
        if outcome == "6":
            return pick(chance, phrases.EMPTY)
        return pick(chance, phrases.PHONED if outcome == "8" else phrases.NOBODY[outcome])

    def _talk(self, home: Home, at: int, outcome: str, fields: dict[str, object]) -> None:
        """Why they came and what was asked, where somebody talked to them."""
        chance = self._chance
        purposes = {"verify"} if chance.random() < 0.35 else {"needs"}
        if chance.random() < 0.5:
            purposes.add(pick(chance, _PURPOSES))
        fields["purposes"] = [sorted(purposes), []]
        asked = 0.9 if outcome == "1" else 0.6
        for check, note, words in _CHECKS:
            roll = chance.random()
            changed = roll < (0.05 if check != "dispute_check" else 0.02)
            fields[check] = "changed" if changed else "clear" if roll < asked else "unasked"
            fields[note] = pick(chance, words) if changed else None
        if fields["people_check"] == "clear":
            home.verified = at

    def _pause(self, home: Home, outcome: str) -> int:
        """Days until the next visit is due."""
        if outcome not in ("1", "2", "8"):
            return 3 + int(self._chance.random() * 12)
        if home.way in (ABSENT, AWAY):
            return 365
        if home.alone:
            return 30
        return 60 if home.oldest >= 80 else 90 if home.sort == "tenant" else 180

    def _hand_card(self, home: Home, at: int, outcome: str, fields: dict[str, object]) -> None:
        method = "hand" if outcome in OPENED else "door" if self._chance.random() < 0.3 else ""
        if not method or home.way == ABSENT:
            return
        home.given = (at, method, self._walker.id)
        before = fields.get("purposes")
        said = before[0] if isinstance(before, list) else []
        fields["purposes"] = [sorted({*said, "card"}), []]
