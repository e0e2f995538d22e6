"""What a building looks like to the worker, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gridclient.desktop.theme import Tone


class State(Enum):
    """How the visits of this period stand at a door."""

    VISITED = "visited"
    SOON = "soon"
    OVERDUE = "overdue"
    TRIED = "tried"
    NOT_YET = "not_yet"
    VACANT = "vacant"
    UNREGISTERED = "unregistered"
    CONSTRUCTION = "construction"


class Clock(Enum):
    """How much time the most urgent open matter of a door has."""

    NONE = "none"
    OPEN = "open"
    SOON = "soon"
    LATE = "late"


class Layer(Enum):
    """What the matrix shows at each door; the value is the place in the switch."""

    VISITS = 0
    OCCUPANCY = 1
    CHECKS = 2
    CARE = 3
    MATTERS = 4


@dataclass(frozen=True, slots=True)
class DoorChip:
    """A chip of the side panel."""

    words: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """One dwelling in the matrix and what the side panel says of it.

    ``unit``, ``floor`` and ``slot`` count from 0, floors from the top down; a shop's ``span`` is > 1.
    ``tag`` is one character; ``occupancy`` too (自 租 借 空 营 …). ``checks`` counts the clear ones of 四清.
    ``spoken`` is the whole sentence for a screen reader.
    """

    dwelling: bytes
    household: bytes | None
    unit: int
    floor: int
    slot: int
    room: str
    head: str
    state: State
    spoken: str
    title: str
    tag: str = ""
    occupancy: str = ""
    checks: int | None = None
    care: str = ""
    matters: int = 0
    clock: Clock = Clock.NONE
    span: int = 1
    subtitle: str = ""
    chips: tuple[DoorChip, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A stairwell: its name and how many doors stand beside each other on a floor."""

    name: str
    slots: int


@dataclass(frozen=True, slots=True)
class BuildingView:
    """A building: ``floors`` from the top down, ``badge`` a word about it, ``badge_told`` in full."""

    id: bytes
    compound: str
    name: str
    units: tuple[Unit, ...]
    floors: tuple[str, ...]
    doors: tuple[Door, ...]
    badge: str = ""
    badge_told: str = ""
    layers: tuple[Layer, ...] = (Layer.VISITS,)


@dataclass(frozen=True, slots=True)
class CompoundView:
    """All buildings of a compound at once, for the overview."""

    id: bytes
    name: str
    buildings: tuple[BuildingView, ...]
    layers: tuple[Layer, ...] = (Layer.VISITS,)
