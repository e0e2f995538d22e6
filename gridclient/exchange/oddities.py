"""What a reader of workbooks does not tell: what is hidden, what has no value, how much of a day is shown."""

from dataclasses import dataclass, field
from datetime import date

from gridclient.exchange import number_formats
from gridclient.exchange.cells import Cell
from gridclient.exchange.words import known_error

_MOST = 300_000
NO_VALUE = "="  # how a formula that nobody has computed begins


@dataclass
class Oddities:
    """Of one sheet, rows and columns counted from 0.

    Attributes:
        hidden_rows, hidden_columns: those a person does not see.
        broken: cells that hold an error or a formula nobody has computed, with what is shown instead.
        counts_from_1904: the days of its workbook begin then.
        shown: cells that show only a part of a day, with the parts (see `number_formats.shown`).
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)

    counts_from_1904: bool = False

    def note(self, place: tuple[int, int], broken: str = "", shown: str = "") -> None:
        """Raises KnownError where a sheet has more of them than any register."""
        if broken:
            self.broken[place] = broken
        else:
            self.shown[place] = shown
        if len(self.broken) + len(self.shown) > _MOST:
            raise known_error("sheet_too_large")

    def mend(self, rows: list[list[Cell]]) -> list[list[Cell]]:
        """The rows as a person sees them: broken cells say so, days are as long as shown."""
        for (row, column), said in self.broken.items():
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = said
            elif row < len(rows):
                rows[row] += [""] * (column - len(rows[row])) + [said]
        for (row, column), parts in self.shown.items():
            if row < len(rows) and column < len(rows[row]):
                cell = rows[row][column]
                if isinstance(cell, date):
                    rows[row][column] = number_formats.as_shown(cell, parts)
        return rows
