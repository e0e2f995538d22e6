"""A child widget that covers its window with a scrim and keeps the focus inside.

It is no QDialog: the focus stays in one window, so input methods behave and Esc is ours.
"""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.theme import Look

_CTRL = Qt.KeyboardModifier.ControlModifier
WINDOW_KEYS = frozenset(
    {
        QKeyCombination(Qt.Key.Key_F8),
        *(
            QKeyCombination(_CTRL, key)
            for key in (
                Qt.Key.Key_G,
                Qt.Key.Key_L,
                Qt.Key.Key_Plus,
                Qt.Key.Key_Equal,
                Qt.Key.Key_Minus,
                Qt.Key.Key_0,
            )
        ),
    }
)
"""Keys of the window that work over everything: covering, guides, locking, text size."""


class Overlay(QWidget):
    """Covers its host with a scrim, holds the Tab key inside, gives the focus back when it closes."""

    closed = Signal()
    escaped = Signal()

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(host)
        self.look = look
        self._host = host
        self._before: QWidget | None = None
        self.hide()
        host.installEventFilter(self)
        look.changed.connect(self.place)

    def open(self, focus: QWidget | None = None) -> None:
        """Show over the host; the focus goes to ``focus`` or to the first field inside."""
        self._before = QApplication.focusWidget()
        self.setGeometry(self._host.rect())
        self.place()
        self.show()
        self.raise_()
        target = focus or self._first()
        (target or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_over(self) -> None:
        """Take it away and give the focus back to whoever had it."""
        if self.isHidden():
            return
        before = self._before
        self._before = None
        self.hide()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def escape(self) -> None:
        """What Esc does; the default only says so and lets the owner decide."""
        self.escaped.emit()

    @abstractmethod
    def place(self) -> None:
        """Lay the floating part out for the size of the host."""

    def _chain(self) -> list[QWidget]:
        found: list[QWidget] = []
        each = self.nextInFocusChain()
        while each is not None and each is not self:
            tabbed = each.focusPolicy() & Qt.FocusPolicy.TabFocus
            reachable = tabbed and each.isVisibleTo(self) and each.isEnabled() and each.focusProxy() is None
            if reachable and self.isAncestorOf(each):
                found.append(each)
            each = each.nextInFocusChain()
        return found

    def _first(self) -> QWidget | None:
        chain = self._chain()
        return chain[0] if chain else None

    def focusNextPrevChild(self, forward: bool) -> bool:
        chain = self._chain()
        if not chain:
            return True
        current = QApplication.focusWidget()
        place = chain.index(current) if current in chain else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        chain[(place + (1 if forward else -1)) % len(chain)].setFocus(reason)
        return True

    def event(self, event: QEvent) -> bool:
        # A key press claimed here comes as a key press; unclaimed, the shortcut of the window would eat it.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.keyCombination() not in WINDOW_KEYS:
                event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
        # Nothing pressed over the scrim may reach the screen below.
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.theme.colour("scrim"))
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The type comes first: while Python clears a dead window, its last events find no attributes.
        if event.type() == QEvent.Type.Resize and watched is self._host and not self.isHidden():
            self.setGeometry(self._host.rect())
            self.place()
        return False


class Panel(QWidget):
    """The surface a floating thing stands on."""

    def __init__(self, look: Look, parent: QWidget, *, radius: int = 0) -> None:
        super().__init__(parent)
        self._look = look
        self._radius = radius

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = "line2" if self._radius else None
        Ink(painter, self._look).box(QRectF(self.rect()), fill="surface", line=line, radius=self._radius)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()


class Rule(QWidget):
    """A hairline between the parts of a sheet."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.colour("line"))
        painter.end()
