"""What has just been recorded, in one sentence, with the way back."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.theme import Look, Role, Size

TOAST_MS = 4000
UNDO_MS = 6000
"""A sentence with something to press stays a little longer."""
LIFT = 78
"""Stays clear of the main button that most screens have in their lower right corner."""


class Toast(QWidget):
    """One sentence at the lower right with 撤回; gone after a few seconds, not while the mouse is on it."""

    undo_asked = Signal()

    def __init__(self, look: Look, host: QWidget, *, undo: str, undo_key: str, above: int) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self._undo, self._undo_key = undo, undo_key
        self._above = above
        self._sentence = ""
        self._undoable = False
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        host.installEventFilter(self)

    @property
    def sentence(self) -> str:
        return self._sentence

    def set_left(self, left: int) -> None:
        """Where the content begins, right of the menu."""
        self._left = left
        if not self.isHidden():
            self._place()

    def say(self, sentence: str, *, undoable: bool = True) -> None:
        """Show the sentence in place of the last one."""
        self._sentence = sentence
        self._undoable = undoable
        self.setAccessibleName(sentence)
        self._place()
        self.show()
        self.raise_()
        self.update()
        self._announce(sentence)
        self._timer.start(UNDO_MS if undoable else TOAST_MS)

    def _announce(self, sentence: str) -> None:
        event = getattr(QtGui, "QAccessibleAnnouncementEvent", None)  # since Qt 6.8
        if event is not None:
            QtGui.QAccessible.updateAccessibility(event(self, sentence))

    def _tail(self) -> str:
        return f"{self._undo} {self._undo_key}"

    def _place(self) -> None:
        theme = self._look.theme
        width = theme.advance(self._sentence, Role.SECOND) + 2 * theme.px(18)
        if self._undoable:
            width += theme.advance(self._tail(), Role.SECOND, bold=True) + theme.px(28)
        height = theme.px(46)
        right = self._host.width() - theme.px(Size.PAGE_RIGHT)
        width = min(round(width) + 1, right - self._left)
        bottom = self._host.height() - theme.px(self._above) - theme.px(LIFT)
        self.setGeometry(right - width, bottom - height, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = Ink(painter, self._look)
        theme = ink.theme
        ink.box(QRectF(self.rect()), fill="text", radius=Size.RADIUS_CARD)
        middle = self.height() / 2
        tail = theme.advance(self._tail(), Role.SECOND, bold=True) + theme.px(28) if self._undoable else 0
        room = self.width() - 2 * theme.px(18) - tail + 1
        x = float(theme.px(18))
        ink.text(x, middle, self._sentence, role=Role.SECOND, colour="surface", width=room)
        if self._undoable:
            x = self.width() - theme.px(18) - tail + theme.px(28)
            ink.text(x, middle, self._tail(), role=Role.SECOND, colour="accline", bold=True)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()
        self._timer.stop()
        if self._undoable:
            self.undo_asked.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The type comes first: while Python clears a dead window, its last events find no attributes.
        if event.type() == QEvent.Type.Resize and watched is self._host and not self.isHidden():
            self._place()
        return False
