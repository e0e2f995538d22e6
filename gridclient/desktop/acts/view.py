"""What the list of acts shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act. ``number`` is its name; ``fixed`` says why it cannot be taken back."""

    number: int
    icon: str
    words: str
    when: str
    undone: bool = False
    fixed: str = ""
