"""What a search found, as data and as the model of the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

HIT_ROLE = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: ``icon`` and ``aside`` say its kind, ``title`` what, ``second`` where or why.

    Without an ``id`` it is the head of a group. ``faded``: it holds no more. ``key``: the key that does
    the same, where it is an act and not a record.
    """

    id: bytes
    icon: str
    title: str
    second: str
    aside: str = ""
    faded: bool = False
    key: str = ""

    @property
    def is_head(self) -> bool:
        return not self.id


class HitModel(QAbstractListModel):
    """Hits, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    def set_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def hit(self, place: int) -> Hit:
        return self._hits[place]

    def next_hit(self, place: int, step: int) -> int:
        """The place so many hits on, heads left out; the last or first where there are not so many."""
        hits = [at for at, hit in enumerate(self._hits) if not hit.is_head]
        if place not in hits:
            return hits[0]
        return hits[max(0, min(len(hits) - 1, hits.index(place) + step))]

    def next_group(self, place: int, step: int) -> int:
        """The first hit of the next group, or of the one before; the same place at both ends."""
        firsts = [at + 1 for at, hit in enumerate(self._hits) if hit.is_head]
        mine = sum(first <= place for first in firsts) - 1
        return firsts[max(0, min(len(firsts) - 1, mine + step))] if firsts else place

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._hits[index.row()].is_head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role == HIT_ROLE:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "，".join(each for each in (hit.title, hit.second, hit.aside, hit.key) if each)
        return None
