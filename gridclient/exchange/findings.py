"""What reading a register turned up: cells left blank, oddities written all the same, rows not imported."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Doubt(NamedTuple):
    """One cell, by the names a person sees: sheet, row from 1, header. `raw` is what stood there."""

    sheet: str
    row: int
    column: str
    raw: str
    reason: str


class RowFault(NamedTuple):
    """A row that was not imported, and why."""

    sheet: str
    row: int
    reason: str


@dataclass
class Findings:
    """Grows while a register is read.

    Attributes:
        doubts: cells left blank in the ledger; the person is imported.
        notices: cells written as they are although something is odd.
        faults: rows not imported.
        unused: (sheet, header) of columns nothing was taken from.
        ignored: (sheet, reason) of whole sheets.
        shared: of rows with a doubt or a fault, what was taken from the rows above, by meaning.
    """

    doubts: list[Doubt] = field(default_factory=list)
    notices: list[Doubt] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    unused: list[tuple[str, str]] = field(default_factory=list)
    ignored: list[tuple[str, str]] = field(default_factory=list)
    shared: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
