"""The doors of a grid for a table view: each cell speaks a sentence."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gridclient.desktop.building.grid import Grid
from gridclient.desktop.building.view import Door

DOOR_ROLE = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex


class DoorModel(QAbstractTableModel):
    """Cells without a door can be neither chosen nor reached."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = Grid(rows=0, columns=0, doors={})

    def set_grid(self, grid: Grid) -> bool:
        """Take a new grid; True when its shape changed, otherwise only doors that differ are told."""
        old = self.grid
        same = _shape(old) == _shape(grid) and {
            place: door.dwelling for place, door in old.doors.items()
        } == {place: door.dwelling for place, door in grid.doors.items()}
        if not same:
            self.beginResetModel()
            self.grid = grid
            self.endResetModel()
            return True
        self.grid = grid
        for (row, column), door in grid.doors.items():
            if old.doors[row, column] != door:
                index = self.index(row, column)
                self.dataChanged.emit(index, index)
        return False

    def door(self, index: Index) -> Door | None:
        return self.grid.doors.get((index.row(), index.column())) if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.grid.rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.grid.columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        door = self.door(index)
        if door is None:
            return None
        if role == DOOR_ROLE:
            return door
        if role == Qt.ItemDataRole.DisplayRole:
            return door.room
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return door.spoken
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.grid.floors[section] if section < len(self.grid.floors) else None
        heads = self.grid.heads
        return next((head.words for head in reversed(heads) if head.column <= section), None)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.door(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _shape(grid: Grid) -> tuple[object, ...]:
    return grid.rows, grid.columns, grid.overview, grid.heads, grid.floors, grid.titles
