"""What the pages of matters show: plain data, sorted by the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from gridclient.core.domain import codes
from gridclient.core.domain.matter_course import allowed
from gridclient.desktop.kit.facts import Fact
from gridclient.desktop.kit.timeline import Event
from gridclient.desktop.theme import Tone

# The steps of a matter in their order; one that came to nothing has none.
STATUSES = tuple(code for code in codes.MATTER_STATUS.labels if code != "void")
EXITS = tuple(codes.MATTER_EXIT.labels)


class Filter(Enum):
    """Which matters are shown; what is done with is shown only where it is asked for."""

    OPEN = "open"
    MINE = "mine"
    SOON = "soon"
    LATE = "late"
    REVISITING = "revisiting"
    WHISTLED = "whistled"
    CONFIDENTIAL = "confidential"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter: the clock in words, what, where and whose, who has it, and how far it has come.

    ``status`` is a code of MATTER_STATUS; ``disputed`` says that two steps disagree about it.
    """

    id: bytes
    title: str
    where: str
    handler: str
    status: str
    clock: str = ""
    tone: Tone = Tone.NEUTRAL
    clock_icon: str = "clock"
    late: bool = False
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step in the side panel: done with its time, the one here, or still to come."""

    name: str
    when: str = ""
    note: str = ""
    done: bool = False
    here: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class MatterDetail:
    """The matter in words. ``acts`` is what its step allows, of ACTS; ``why_not`` says why others wait."""

    id: bytes
    number: str
    title: str
    where: str
    chips: tuple[tuple[str, Tone, str], ...] = ()
    steps: tuple[StepLine, ...] = ()
    status: str = "received"
    acts: frozenset[str] = allowed("received")
    why_not: str = ""
    household: bytes = b""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class MattersView:
    """The rows of the chosen filter, those done lately, the sentence of state, how many each filter has."""

    rows: tuple[MatterRow, ...] = ()
    summary: str = ""
    counts: Mapping[Filter, int] = field(default_factory=dict)
    filter: Filter = Filter.OPEN
    done: tuple[MatterRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CallLine:
    """One unit called: who, how it stands in words, what was said, and what it may come to next."""

    id: bytes
    unit: str
    state: str
    words: str
    tone: Tone = Tone.NEUTRAL
    told: str = ""
    next: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SameLine:
    """Another matter about the same thing."""

    id: bytes
    title: str
    where: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class MatterFile:
    """Everything about one matter. ``under``: the matter it hangs under; ``same``: those hung under it."""

    detail: MatterDetail
    events: tuple[Event, ...] = ()
    about: tuple[Fact, ...] = ()
    calls: tuple[CallLine, ...] = ()
    same: tuple[SameLine, ...] = ()
    under: SameLine | None = None


@dataclass(frozen=True, slots=True)
class StepView:
    """The matter a step is written for; ``status`` is what it would come to, ``act`` one of ACTS or ""."""

    matter: bytes
    title: str
    where: str
    status: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that may be called: what it is, who answers there; ``usual``: it handles such matters."""

    id: bytes
    name: str
    about: str = ""
    usual: bool = False


@dataclass(frozen=True, slots=True)
class WhistleView:
    """The matter units are called for, and until when they answer, in words, by the sort of whistle."""

    matter: bytes
    title: str
    where: str
    units: tuple[Unit, ...] = ()
    until: Mapping[str, str] = field(default_factory=dict)
