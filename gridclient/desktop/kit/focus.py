"""A ring around whatever has the keyboard, so that the focus is seen without a mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from gridclient.desktop.kit.field import Frame
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.theme import Look

REACH = 3


class FocusRing(QObject):
    """Follows the focus inside one window and rings buttons and the frames of inputs.

    Lists and the matrix show their own current row or cell.
    """

    def __init__(self, look: Look, window: QWidget, app: QApplication) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._moved)
        self._moved(None, app.focusWidget())

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._ring is not None:
            if isValid(self._ring):
                self._ring.leave()
            self._ring = None
        target = _ringed(new)
        if target is not None and self._window.isAncestorOf(target):
            self._ring = _Ring(self._look, target)


def _ringed(widget: QWidget | None) -> QWidget | None:
    if isinstance(widget, QAbstractButton):
        return widget
    parent = widget.parentWidget() if widget is not None else None
    return parent if isinstance(parent, Frame) else None


class _Ring(QWidget):
    def __init__(self, look: Look, target: QWidget) -> None:
        super().__init__(target.parentWidget())
        self._look = look
        self._target = target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        target.installEventFilter(self)
        self._follow()
        self.show()

    def leave(self) -> None:
        if isValid(self._target):
            self._target.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def _follow(self) -> None:
        self.setGeometry(self._target.geometry().adjusted(-REACH, -REACH, REACH, REACH))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.Show):
            self.setVisible(event.type() == QEvent.Type.Show)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = Ink(painter, self._look)
        rect = QRectF(self.rect())
        ink.box(rect, line="accline", width=REACH, radius=10)
        ink.box(rect.adjusted(REACH, REACH, -REACH, -REACH), line="acc", width=2)
        painter.end()
