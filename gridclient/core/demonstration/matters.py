"""The year's matters of one building and the steps they took."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from gridclient.core.demonstration import answers, troubles
from gridclient.core.demonstration.days import YEAR, instant, local_day
from gridclient.core.demonstration.estates import Plot
from gridclient.core.demonstration.homes import ABSENT, AWAY, Home
from gridclient.core.demonstration.shares import pick
from gridclient.core.demonstration.town import Town, made
from gridclient.core.demonstration.troubles import Trouble
from gridclient.core.demonstration.visits import Knock, Walker
from gridclient.core.domain.codes import MATTER_EXIT
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft

_DAY = 86_400_000
_CHANNELS = (
    ("visit", 42), ("yard", 10), ("phone", 9), ("reception", 8), ("applet", 7), ("group", 6), ("knock", 5),
    ("hotline", 4), ("meeting", 3), ("patrol", 3), ("property", 1), ("department", 1), ("deputy", 1),
)  # fmt: skip
_TO_OFFICE = frozenset({"phone", "reception", "applet", "hotline", "meeting", "department", "deputy"})
_ALLOWED_DAYS = {"normal": 7, "major": 3, "urgent": 1}


class Stride(NamedTuple):
    """One step on a way: its status and exit, and the most days it takes."""

    status: str
    exit: str
    days: float


WAYS: dict[str, tuple[Stride, ...]] = {
    troubles.SPOT: (Stride("received", "", 0), Stride("closed", "spot", 0.8)),
    troubles.THANKS: (Stride("received", "", 0), Stride("closed", "thanks", 0.8)),
    troubles.YARD: (
        Stride("received", "", 0),
        Stride("handling", "", 1.5),
        Stride("closed", "", 4),
    ),
    troubles.ESCALATE: (
        Stride("received", "", 0),
        Stride("verifying", "", 2),
        Stride("handling", "escalate", 3),
        Stride("closed", "", 14),
    ),
    troubles.WHISTLE: (
        Stride("received", "", 0),
        Stride("handling", "whistle", 1),
        Stride("revisiting", "", 6),
        Stride("closed", "", 4),
    ),
    troubles.EXPLAIN: (
        Stride("received", "", 0),
        Stride("verifying", "", 2),
        Stride("closed", "explain", 3),
    ),
}
_VOID = (Stride("received", "", 0), Stride("void", "", 2))


class Desk:
    """Takes in the matters of one building and moves them along."""

    def __init__(self, town: Town, chance: Random, place: Id, plot: Plot, walker: Walker) -> None:
        self._town = town
        self._chance = chance
        self._place = place
        self._number = plot.number
        height = "tall" if plot.block.floors > 7 else "low"
        self._common = troubles.among(height, "")
        self._own = {sort: troubles.among(height, sort) for sort in ("elder", "family", "tenant", "adult")}
        self._walker = walker
        self._now = instant(town.told_on, 0)
        self._channels = [channel for channel, _ in _CHANNELS]
        self._shares = [share for _, share in _CHANNELS]

    def matters(self, homes: Sequence[Home], talks: Sequence[Knock], total: int) -> Iterator[Draft]:
        """So many matters with their steps, each after the visit it came from."""
        asking = [home for home in homes if home.members and home.way not in (ABSENT, AWAY)]
        if not asking:
            asking = [home for home in homes if home.members]
        for _ in range(total):
            yield from self._matter(asking, talks)

    def _matter(self, asking: Sequence[Home], talks: Sequence[Knock]) -> Iterator[Draft]:
        chance, town = self._chance, self._town
        channel = chance.choices(self._channels, self._shares)[0]
        talk = pick(chance, talks) if talks and channel in ("visit", "knock") else None
        home = talk.home if talk else pick(chance, asking)
        at = talk.at + 120_000 if talk else self._some_time(home.since)
        author = town.office if channel in _TO_OFFICE else self._walker.id
        trouble = self._trouble(home)
        identity = town.id("matter")
        title, body = self._words(trouble, home)
        fields: dict[str, object] = {
            "title": title,
            "body": body,
            "category": trouble.category,
            "level": trouble.level if chance.random() < 0.3 else "normal",
            "channel": channel,
            "received": at,
        }
        fields["due"] = self._due(at, str(fields["level"]))
        if talk or not trouble.public or chance.random() < 0.6:
            fields["household"] = home.id
            fields["initiator"] = home.members[0].name.full
            if home.phone:
                fields["phone"] = home.phone
        if talk:
            fields["visit"] = talk.id
        yield made("matter", identity, self._place, author, at + 60_000, fields)
        yield from self._steps(identity, trouble, at + 60_000, author)

    def _trouble(self, home: Home) -> Trouble:
        return pick(self._chance, self._own[home.sort] if self._chance.random() < 0.25 else self._common)

    def _words(self, trouble: Trouble, home: Home) -> tuple[str, str]:
        chance, door = self._chance, home.door
        blanks = {"unit": door.unit, "floor": door.floor, "room": door.room, "number": self._number}
        person = home.members[0]
        who = person.name.family + ("师傅" if person.male else "大姐") if not person.name.dotted else "住户"
        title = pick(chance, trouble.titles).format_map(blanks)
        opening = pick(chance, answers.OPENINGS).format(who=who)
        detail = pick(chance, trouble.details).format_map(blanks)
        return title, f"{opening}{title}。{detail}{pick(chance, answers.WISHES)}"

    def _some_time(self, since: float) -> int:
        day = self._town.start + int((since + (1 - since) * self._chance.random()) * YEAR)
        return instant(min(day, self._town.told_on - 1), 8.5 * 60 + self._chance.random() * 11 * 60)

    def _due(self, at: int, level: str) -> int:
        return instant(local_day(at) + _ALLOWED_DAYS[level], 18 * 60)

    def _steps(self, matter: Id, trouble: Trouble, at: int, author: Id) -> Iterator[Draft]:
        """The steps taken so far; what lies after today has not happened, and a few are simply left lying."""
        chance, town = self._chance, self._town
        way = _VOID if chance.random() < 0.012 else WAYS[pick(chance, trouble.ways)]
        last = len(way) - 1 if chance.random() < 0.03 else len(way)
        before: Id | None = None
        for stride in way[:last]:
            at += self._wait(stride)
            if at >= self._now:
                return
            identity = town.id("matter_step")
            fields: dict[str, object] = {"matter": matter, "status": stride.status, "at": at}
            if stride.exit in MATTER_EXIT.labels:
                fields["exit"] = stride.exit
            fields["note"] = self._note(stride, trouble)
            if stride.status == "handling":
                fields["unit"] = trouble.unit
            if before is not None:
                fields["after"] = [[before], []]
            by = self._walker.id if stride.exit != "escalate" else town.office
            by = author if stride.status == "received" else town.supervisor if stride.status == "void" else by
            yield made("matter_step", identity, self._place, by, at, fields)
            before = identity

    def _wait(self, stride: Stride) -> int:
        """Milliseconds until a step is taken, at an hour at which people work."""
        chance = self._chance
        if not stride.days:
            return 60_000 + int(chance.random() * 240) * 1000
        if stride.days < 1:
            return int(chance.random() * 90 + 10) * 60_000
        return max(1, round(chance.random() * stride.days)) * _DAY - int(chance.random() * 50) * 60_000

    def _note(self, stride: Stride, trouble: Trouble) -> str:
        notes = answers.notes(trouble.category, stride.exit or stride.status)
        return pick(self._chance, notes).format(unit=trouble.unit)
