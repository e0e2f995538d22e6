"""A part of the form. Digits belong to the one that is lit; Enter goes on, Shift+Enter back."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.kit.field import Line
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.theme import Look, Role

PAD = 16


class Section(QWidget):
    """Head, body, and whether it is lit, done or still to come."""

    lit = Signal()
    changed = Signal()
    next_asked = Signal()
    back_asked = Signal()

    def __init__(self, look: Look, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._lit = False
        self._passed = False
        self._tight = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.head = SectionHead(look, title, hint)
        self.top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.top.addWidget(self.head, 1)
        self.body = QVBoxLayout()
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.addLayout(self.top)
        self._column.addLayout(self.body)
        look.changed.connect(lambda: self.squeeze(self._tight))
        self.squeeze(False)

    def is_done(self) -> bool:
        """Whether there is an answer."""
        return False

    def digit(self, place: int) -> bool:
        """What a digit does while this part is lit; False where it means nothing."""
        return False

    def squeeze(self, tight: bool) -> None:
        """Take less height."""
        px = self.look.theme.px
        self._tight = tight
        edge = px(3 if tight else 6)
        self._column.setContentsMargins(px(PAD), edge, px(PAD), edge)
        self._column.setSpacing(px(3 if tight else 6))
        self.body.setSpacing(px(5))

    def inline(self, beside: bool) -> None:
        """Put the body beside the head instead of under it."""
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._column.setDirection(right if beside else down)
        self._column.setStretch(1, 1 if beside else 0)

    def set_lit(self, lit: bool) -> None:
        if self._lit and not lit:
            self._passed = True
        self._lit = lit
        self.refresh()

    @property
    def is_lit(self) -> bool:
        return self._lit

    def forget(self) -> None:
        """A new form begins."""
        self._passed = False
        self.refresh()

    def refresh(self) -> None:
        self.head.show_state(lit=self._lit, done=self.is_done() or self._passed)
        self.update()

    def say_changed(self) -> None:
        self.refresh()
        self.changed.emit()

    def watch(self, line: Line) -> None:
        """A line of text of this part: writing in it lights the part."""
        line.focused.connect(self._line_focused)
        line.textChanged.connect(lambda _words: self.say_changed())

    def _line_focused(self, focused: bool) -> None:
        if focused:
            self.lit.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.lit.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not modifiers:
            self.next_asked.emit()
        elif enter and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.back_asked.emit()
        elif modifiers or not (Qt.Key.Key_0 <= key <= Qt.Key.Key_9) or not self.digit(key - Qt.Key.Key_0):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._lit:
            return
        painter = QPainter(self)
        ink = Ink(painter, self.look)
        px = self.look.theme.px
        ink.box(QRectF(self.rect()), fill="sel", radius=12)
        ink.box(QRectF(0, px(10), px(4), self.height() - px(20)), fill="acc", radius=2)
        painter.end()


class SectionHead(Painted):
    """Symbol and title: ✓ answered, ▶ lit, dashed ring still to come."""

    def __init__(self, look: Look, title: str, hint: str) -> None:
        super().__init__(look)
        self._title, self._hint = title, hint
        self._lit, self._done = False, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, title: str, hint: str) -> None:
        self._title, self._hint = title, hint
        self.updateGeometry()
        self.update()

    def show_state(self, *, lit: bool, done: bool) -> None:
        self._lit, self._done = lit, done
        self.update()

    def draw(self, ink: Ink) -> None:
        px, middle = ink.theme.px, self.height() / 2
        if self._lit:
            points = [QPointF(px(4), middle - px(7)), QPointF(px(16), middle), QPointF(px(4), middle + px(7))]
            ink.painter.setPen(Qt.PenStyle.NoPen)
            ink.painter.setBrush(ink.theme.colour("acc"))
            ink.painter.drawPolygon(QPolygonF(points))
        else:
            ink.icon(
                0,
                middle,
                "circle-check" if self._done else "circle-dashed",
                size=20,
                colour="ok" if self._done else "text3",
            )
        x = px(28) + ink.text(px(28), middle, self._title, bold=True) + px(10)
        room = self.width() - x
        if self._hint and room > px(60):
            ink.text(x, middle, self._hint, role=Role.SMALL, colour="text2", width=room, beside=Role.BODY)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        return QSize(round(theme.px(28) + theme.advance(self._title, bold=True)) + 2, theme.px(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
