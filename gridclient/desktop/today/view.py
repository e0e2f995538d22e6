"""What the screen of today shows: plain data, in the order of the list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gridclient.desktop.theme import Tone


class Order(Enum):
    """The most pressing first, or as one walks."""

    SCORE = 0
    WAY = 1


@dataclass(frozen=True, slots=True)
class DoorLine:
    """One door. `compound` is "" where all doors are in one; `instead`: another hour, in words."""

    household: bytes
    door: str
    head: str
    chip: str
    tone: Tone
    reason: str
    last: str
    score: int
    colour: str
    compound: str = ""
    instead: str = ""
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class DoorGroup:
    """Doors under one head: what for, or in which building."""

    title: str
    aside: str
    colour: str
    lines: tuple[DoorLine, ...]


@dataclass(frozen=True, slots=True)
class DoorDetail:
    """A door in words. `points` add up to `score`; `promise`: what was said last, and when."""

    household: bytes
    title: str
    people: str
    score: int
    points: tuple[tuple[str, int], ...]
    facts: tuple[tuple[str, str], ...] = ()
    compound: str = ""
    promise: str = ""
    promised: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """What keeps the ledger from being safe, in words; `bad`: it cannot wait."""

    words: str
    bad: bool = False


@dataclass(frozen=True, slots=True)
class TodayView:
    """The whole list. `registered`: whether there is any household at all."""

    day: str = ""
    done: int = 0
    due: int = 0
    week: int = 0
    groups: tuple[DoorGroup, ...] = ()
    order: Order = Order.SCORE
    registered: bool = True

    @property
    def lines(self) -> tuple[DoorLine, ...]:
        return tuple(line for group in self.groups for line in group.lines)
