"""What the desk shows: disagreements and other things that wait for a decision, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Pile(Enum):
    """What sort of thing waits."""

    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    HELD = "held"
    QUARANTINED = "quarantined"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a value: the change that says it, who, when, how they know, and what follows.

    ``stored`` is the value as it is kept; ``outcome`` is the sentence of the preview.
    """

    change: bytes
    value: str
    who: str
    when: str
    how: str = ""
    note: str = ""
    stored: object = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class SettleView:
    """A disagreement: what all saw before (``base``) and the versions, as equals.

    ``options`` are the values another answer may have (stored, words); empty lets free text be written.
    ``may_decide`` is False for people who may read but not decide.
    """

    record: bytes
    kind: str
    group: str
    title: str
    where: str
    versions: tuple[Version, ...]
    base: Version | None = None
    evidence: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[object, str], ...] = ()
    may_decide: bool = True


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Another thing that waits: lines to read and what can be done about it (code, words)."""

    key: bytes
    title: str
    where: str
    lines: tuple[tuple[str, str], ...] = ()
    actions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One row of the desk: whom or what, which field, the door, and who says different things."""

    key: bytes
    pile: Pile
    who: str
    what: str
    door: str
    authors: str


@dataclass(frozen=True, slots=True)
class DeskView:
    """Everything that waits, with the numbers for the heads."""

    items: tuple[DeskItem, ...] = ()
    summary: str = ""
    counts: Mapping[Pile, int] = field(default_factory=dict)
