"""Rows of facts as data, and the model that gives them to a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gridclient.desktop.theme import Role, Tone

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
ID_ROLE = ROW_ROLE + 1

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text in a column; ``free`` text may be elided, all other is never cut."""

    text: str
    role: Role = Role.BODY
    colour: str = "text"
    bold: bool = False
    free: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A chip in a column."""

    text: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its bar."""

    text: str
    share: float
    colour: str = "ctl"


@dataclass(frozen=True, slots=True)
class Steps:
    """The way of a matter: how many of ``total`` steps are passed, and whether the one here is late."""

    passed: int
    total: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Two:
    """A value about which there are several versions; ``group`` names it to whoever settles it."""

    values: tuple[str, ...]
    group: str = ""


Cell = Words | Mark | Bar | Steps | Two | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in pixels at 100 % (0 takes the rest), and its side.

    Columns with a higher ``shed`` are left out first when the list is too narrow; 0 always stays.
    """

    title: str
    width: int = 0
    right: bool = False
    shed: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, in two-line lists those of the second line, and the sentence to speak."""

    id: bytes
    cells: tuple[Cell, ...]
    spoken: str
    second: tuple[Cell, ...] = ()
    ticked: bool | None = None
    dim: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The head of a group of rows."""

    title: str
    count: str = ""
    aside: str = ""
    colour: str = "ctl"


class RowModel(QAbstractListModel):
    """Rows and group heads in one flat list. Group heads can be neither chosen nor reached by keys."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row | Group] = []

    def set_rows(self, rows: Sequence[Row | Group]) -> None:
        """Take new rows; where the order of ids is the same only what changed is repainted."""
        new = list(rows)
        if [_key(each) for each in new] == [_key(each) for each in self._rows]:
            for place, (old, row) in enumerate(zip(self._rows, new, strict=True)):
                if old != row:
                    self._rows[place] = row
                    index = self.index(place)
                    self.dataChanged.emit(index, index)
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def item(self, place: int) -> Row | Group:
        return self._rows[place]

    def place_of(self, id: bytes) -> int | None:
        """Where the row with this id stands."""
        for place, row in enumerate(self._rows):
            if isinstance(row, Row) and row.id == id:
                return place
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == ID_ROLE:
            return row.id if isinstance(row, Row) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken if isinstance(row, Row) else f"{row.title} {row.count}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], Row):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


def _key(row: Row | Group) -> object:
    return row.id if isinstance(row, Row) else row.title
