"""F8: a plain sheet over everything, for when somebody looks over the shoulder."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gridclient.desktop.kit.ink import CENTRE, Ink
from gridclient.desktop.kit.overlay import Overlay
from gridclient.desktop.shell import words
from gridclient.desktop.theme import Look, Role


class Cover(Overlay):
    """Hides the whole window and keeps every key but those of the window from what is below."""

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.COVERED)

    def place(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = Ink(painter, self.look)
        ink.fill(QRectF(self.rect()), "paper")
        middle = self.rect().toRectF().center()
        ink.text(middle.x(), middle.y(), words.COVERED, role=Role.HEAD, colour="text2", align=CENTRE)
        painter.end()
