"""The two bases of painted widgets: they follow the look and draw with Ink."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.theme import Look


class Painted(QWidget):
    """A widget that draws itself; subclasses give ``sizeHint`` and ``draw``."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        look.changed.connect(self._follow)

    @abstractmethod
    def draw(self, ink: Ink) -> None:
        """Paint the whole widget."""

    def _follow(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw(Ink(painter, self.look))
        painter.end()


class PaintedButton(QAbstractButton):
    """A button that draws itself. Tab reaches it, a click does not steal the focus of the list beside it."""

    def __init__(self, look: Look, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hovered = False
        look.changed.connect(self._follow)

    @abstractmethod
    def draw(self, ink: Ink) -> None:
        """Paint the whole button."""

    def area(self) -> QRectF:
        return QRectF(self.rect())

    def _follow(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw(Ink(painter, self.look))
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered = False
        self.update()
        super().leaveEvent(event)
