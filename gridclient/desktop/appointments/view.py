"""What the page of appointments shows: plain data, by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gridclient.desktop.kit.facts import Fact
from gridclient.desktop.theme import Tone


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment: when, at which door, why, how it stands. ``open``: nobody has said what came of it.

    ``late``: its time has passed. ``hint`` says what the ledger knows of that day.
    """

    id: bytes
    household: bytes
    day: date
    clock: str
    door: str
    head: str = ""
    topic: str = ""
    who: str = ""
    state: str = ""
    tone: Tone = Tone.NEUTRAL
    open: bool = True
    late: bool = False
    hint: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class DayHead:
    """A day of the week shown, in words."""

    day: date
    words: str
    today: bool = False


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week by day; ``waiting`` are those of before that nobody has said the end of."""

    title: str
    summary: str = ""
    days: tuple[DayHead, ...] = ()
    rows: tuple[AppointmentRow, ...] = ()
    waiting: tuple[AppointmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month by week, Monday first; ``counts`` are open and all appointments of each day."""

    title: str
    first: date
    today: date
    counts: Mapping[date, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgreeView:
    """Whom a time is agreed with, and the days offered; ``moves``: the appointment that gets a new time."""

    household: bytes
    where: str
    days: tuple[tuple[date, str], ...]
    today: date
    topic: str = ""
    moves: bytes = b""
