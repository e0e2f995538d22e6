"""What the import screen is given: what a sheet would change, line by line, in words ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SIGNS = "+~?-!"
"""New, changed, not readable for certain, skipped, wrong."""
WRITING = "+~?"
"""Lines of these kinds change the ledger."""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One line of the sheet: its kind (one of SIGNS), its number there, whom it is about.

    ``what`` says how each field was read, ``reason`` why it is a doubt, skipped or wrong.
    """

    sign: str
    row: int
    door: str
    name: str
    what: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImportView:
    """A sheet as it was read: the sentence with the numbers, how many of each sign, and the lines."""

    file: str
    summary: str
    counts: Mapping[str, int]
    lines: tuple[ImportLine, ...]
