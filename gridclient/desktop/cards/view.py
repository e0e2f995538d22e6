"""What the card screen is given."""

from __future__ import annotations

from dataclasses import dataclass

SHEETS = "a4-10up"
SINGLE = "single"
LAYOUTS = (SHEETS, SINGLE)


@dataclass(frozen=True, slots=True)
class DeckView:
    """The cards of a scope: how many will be printed on how many pages.

    ``warnings`` are sentences about cards that will be printed, ``held`` about those that will not.
    """

    count: int
    pages: int
    warnings: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
