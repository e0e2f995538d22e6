"""What the visit sheet is given and what it gives back: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NextOption:
    """One proposal for the next visit: its words and the date (``YYYY-MM-DD``)."""

    words: str
    date: str


@dataclass(frozen=True, slots=True)
class VisitView:
    """The door a visit is written for.

    ``started`` is local time. ``purposes`` and ``companions`` are lit from the start; ``next_time`` is
    proposed after a talk, ``try_again`` when nobody was met (its first is lit by itself); ``card`` are the
    words of the card that could be given, empty if none; ``notice`` is read first (今天 09:10 周岚来过).
    """

    household: bytes
    door: str
    started: datetime
    purposes: tuple[str, ...] = ()
    workers: tuple[tuple[bytes, str], ...] = ()
    companions: tuple[bytes, ...] = ()
    card: str = ""
    next_time: tuple[NextOption, ...] = ()
    try_again: tuple[NextOption, ...] = ()
    next_hint: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """One of the 四清: a code of CHECK and a few words."""

    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewMatter:
    """Something to be done that was heard at the door; category and exit are codes."""

    title: str
    category: str
    exit: str


@dataclass(frozen=True, slots=True)
class VisitForm:
    """A visit as written. ``at`` is local time; ``later`` says that it was written some time after.

    ``checks`` is keyed people, family, dispute, hazard and holds only what was asked; ``since`` tells when
    the flat fell empty or the family moved, as far as known.
    """

    household: bytes
    at: datetime
    later: bool
    outcome: str
    purposes: tuple[str, ...] = ()
    companions: tuple[bytes, ...] = ()
    checks: tuple[tuple[str, CheckAnswer], ...] = ()
    matters: tuple[NewMatter, ...] = ()
    summary: str = ""
    card_given: bool = False
    next_due: str | None = None
    since: str | None = None
