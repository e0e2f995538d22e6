"""What the import screen is given: what a table would change, line by line, and how its columns are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SIGNS = "+~?-!*=#"
"""New, changed, not readable for certain, skipped, wrong, a suggestion, perhaps there twice, a care tag."""
WRITING = "+~*?"
"""Lines of these kinds change the ledger."""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One line of the sheet: its kind (one of SIGNS), its number there, whom it is about.

    ``what`` says how each field was read, ``reason`` why it is a doubt, skipped or wrong; ``more`` is all of
    it, a line each. What is ``held`` (a person, or a care ``tag`` of theirs) is not written unless somebody
    says it ``also`` is; ``alone``: of this one by itself.
    """

    sign: str
    row: int
    door: str
    name: str
    what: str = ""
    reason: str = ""
    more: tuple[str, ...] = ()
    sheet: str = ""
    held: bool = False
    also: bool = False
    tag: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ImportView:
    """A table as it was read: the sentence with the numbers, how many of each sign, and the lines.

    ``told`` is said above them: that the columns were read as somebody explained them before.
    ``returned`` is how many rows can be handed back to be corrected.
    """

    file: str
    summary: str
    counts: Mapping[str, int]
    lines: tuple[ImportLine, ...]
    told: str = ""
    returned: int = 0


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column can be: its key, its words, and under which head it stands."""

    key: str
    words: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column: its letter, header, some values, what it is read as (None: somebody has to say)."""

    letter: str
    header: str
    samples: tuple[str, ...]
    meaning: Meaning | None
    likely: tuple[Meaning, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """The columns of one sheet; ``lacks`` are what no row says: "compound", "building"."""

    name: str
    columns: tuple[ColumnLine, ...]
    lacks: tuple[str, ...] = ()
    compound: str = ""
    building: str = ""


@dataclass(frozen=True, slots=True)
class ColumnsView:
    """How a file is read. ``open`` says in words what is still missing."""

    file: str
    sort: str
    sheets: tuple[SheetColumns, ...]
    meanings: tuple[Meaning, ...]
    open: tuple[str, ...] = ()
    sorts: tuple[tuple[str, str], ...] = field(default=())
    recalled: bool = False
