"""What the page of matters shows: plain data, sorted by the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from gridclient.core.domain import codes
from gridclient.desktop.theme import Tone

# The steps of a matter in their order; one that came to nothing has none.
STATUSES = tuple(code for code in codes.MATTER_STATUS.labels if code != "void")
EXITS = tuple(codes.MATTER_EXIT.labels)


class Filter(Enum):
    """Which matters are shown: all that are not done, those at one step, those that are late."""

    OPEN = "open"
    RECEIVED = "received"
    VERIFYING = "verifying"
    HANDLING = "handling"
    REVISITING = "revisiting"
    LATE = "late"


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
    """The matter in words. ``exits`` are the exits its step allows; ``why_not`` says why others wait."""

    id: bytes
    number: str
    title: str
    where: str
    chips: tuple[tuple[str, Tone, str], ...] = ()
    steps: tuple[StepLine, ...] = ()
    status: str = "received"
    exits: tuple[str, ...] = EXITS
    why_not: str = ""
    household: bytes = b""


@dataclass(frozen=True, slots=True)
class MattersView:
    """All rows of the chosen filter, the sentence of state, and how many each filter has."""

    rows: tuple[MatterRow, ...] = ()
    summary: str = ""
    counts: Mapping[Filter, int] = field(default_factory=dict)
    filter: Filter = Filter.OPEN
