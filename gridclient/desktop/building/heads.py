"""The fixed edges of the matrix: unit names above, floor names at the left."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView

from gridclient.desktop.building.model import DoorModel
from gridclient.desktop.kit.ink import CENTRE, RIGHT, Ink
from gridclient.desktop.theme import Look, Role

UNIT_HEIGHT = 30
FLOOR_WIDTH = 38


class _Head(QHeaderView):
    def __init__(self, look: Look, model: DoorModel, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self._look = look
        self._doors = model
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @abstractmethod
    def draw(self, ink: Ink) -> None:
        """Paint the heads."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        ink = Ink(painter, self._look)
        ink.fill(QRectF(self.viewport().rect()), "surface")
        self.draw(ink)
        painter.end()


class UnitHead(_Head):
    """A name over the middle of its unit, kept in sight while the unit is scrolled."""

    def __init__(self, look: Look, model: DoorModel) -> None:
        super().__init__(look, model, Qt.Orientation.Horizontal)

    def draw(self, ink: Ink) -> None:
        px = ink.theme.px
        for head in self._doors.grid.heads:
            left = self.sectionViewportPosition(head.column) + px(3)
            last = head.column + head.columns - 1
            right = self.sectionViewportPosition(last) + self.sectionSize(last) - px(4)
            if last in self._doors.grid.last_of_unit:
                right -= px(12)
            room = min(right, self.width()) - max(left, 0)
            if room <= 0:
                continue
            middle = max(left, 0) + room / 2
            ink.text(middle, px(UNIT_HEIGHT) / 2, head.words, role=Role.SECOND, bold=True, align=CENTRE)

    def sizeHint(self) -> QSize:
        return QSize(100, self._look.theme.px(UNIT_HEIGHT))


class FloorHead(_Head):
    """A name at the middle of its floor."""

    def __init__(self, look: Look, model: DoorModel) -> None:
        super().__init__(look, model, Qt.Orientation.Vertical)

    def draw(self, ink: Ink) -> None:
        px = ink.theme.px
        for row, words in enumerate(self._doors.grid.floors):
            top = self.sectionViewportPosition(row)
            height = self.sectionSize(row) - px(4)
            if top + height < 0 or top > self.height():
                continue
            x = self.width() - px(8)
            ink.text(x, top + px(3) + height / 2, words, role=Role.SMALL, colour="text2", align=RIGHT)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        widest = max((theme.advance(each, Role.SMALL) for each in self._doors.grid.floors), default=0)
        return QSize(max(theme.px(FLOOR_WIDTH), round(widest) + theme.px(9)), 100)
