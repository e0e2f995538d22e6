"""A list and what can be read of each thing in it: plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gridclient.desktop.kit.rows import Mark
from gridclient.desktop.theme import Tone


@dataclass(frozen=True, slots=True)
class Part:
    """A few words under their heading."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The chosen thing in words. ``action`` is its one main action, with the key ``Enter``."""

    id: bytes
    title: str
    chips: tuple[tuple[str, Tone, str], ...] = ()
    parts: tuple[Part, ...] = ()
    aside: str = ""
    action: str = ""

    def plain(self) -> str:
        """All of it as text that can be pasted somewhere else."""
        return "\n".join([self.title, *(f"{part.heading}：{part.words}" for part in self.parts)])


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a title over a second line, a fact at the left or the right."""

    id: bytes
    title: str
    second: str = ""
    mark: Mark | None = None
    right: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """All rows, the words behind each, the sentence of state, and whether whoever works here may write."""

    lines: tuple[Line, ...] = ()
    readings: Mapping[bytes, Reading] = field(default_factory=dict)
    summary: str = ""
    empty: str = ""
    may_write: bool = False
