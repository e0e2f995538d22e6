"""Fields to write in: the label above, the error under it in words that say what to type."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.theme import Look, Role, Size

PALETTE_KEY = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K)
_BARE = "border: 0; background: transparent; padding: 0;"


class Line(QLineEdit):
    """A bare line for a painted frame; says when Enter or Shift+Enter is pressed in it.

    An input method takes Enter for itself while it composes, so an Enter that arrives here is meant.
    """

    entered = Signal()
    went_back = Signal()
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setStyleSheet(_BARE)

    def event(self, event: QEvent) -> bool:
        # On some systems Ctrl+K deletes the rest of a line; here it is the window's everywhere.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.keyCombination() == PALETTE_KEY
        ):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if modifiers == Qt.KeyboardModifier.NoModifier:
                self.entered.emit()
                return
            if modifiers == Qt.KeyboardModifier.ShiftModifier:
                self.went_back.emit()
                return
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class Frame(QWidget):
    """The box around a bare input: ctl border, acc when it has the focus, bad when it has an error."""

    def __init__(
        self, look: Look, inner: QWidget, *, height: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._height = height
        self._lit = False
        self._wrong = False
        self._row = QHBoxLayout(self)
        self._row.addWidget(inner)
        self.setFocusProxy(inner)
        vertical = QSizePolicy.Policy.Fixed if height else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        look.changed.connect(self._follow)
        self._follow()

    def light(self, lit: bool) -> None:
        self._lit = lit
        self.update()

    def mark_wrong(self, wrong: bool) -> None:
        self._wrong = wrong
        self.update()

    def sizeHint(self) -> QSize:
        height = self._look.theme.px(self._height) if self._height else super().sizeHint().height()
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(60), self.sizeHint().height() if self._height else 0)

    def _follow(self) -> None:
        px = self._look.theme.px
        self._row.setContentsMargins(px(11), px(3), px(11), px(3))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = "bad" if self._wrong else "acc" if self._lit else "ctl"
        width = 2 if self._lit or self._wrong else 1
        Ink(painter, self._look).box(QRectF(self.rect()), fill="surface", line=line, width=width)
        painter.end()


class Input(QWidget):
    """A labelled line: label above, error under it. ``entered``/``went_back`` lead from field to field."""

    changed = Signal(str)
    entered = Signal()
    went_back = Signal()

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        hint: str = "",
        placeholder: str = "",
        secret: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.line = Line()
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(label)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._frame = Frame(look, self.line, height=Size.BUTTON)
        self._label = PlainLabel(look, label, role=Role.SECOND, bold=True)
        self._label.setBuddy(self.line)
        self._hint = PlainLabel(look, hint, role=Role.SMALL, colour="text3")
        if not hint:  # showing it before it has a parent would open a window
            self._hint.hide()
        self._error = PlainLabel(look, role=Role.SMALL, colour="bad", wrap=True)
        self._error.hide()
        self._build()
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._typed)
        self.line.entered.connect(self.entered)
        self.line.went_back.connect(self.went_back)
        self.line.focused.connect(self._frame.light)
        look.changed.connect(self._follow)
        self._follow()

    @property
    def words(self) -> str:
        return self.line.text()

    def set_words(self, words: str) -> None:
        self.line.setText(words)

    def show_error(self, words: str, *, doubt: bool = False) -> None:
        """Say under the field what to type, or what looks doubtful; an empty string takes it back."""
        self._error.set_colour("warn" if doubt else "bad")
        self._error.setText(words)
        self._error.setVisible(bool(words))
        self._frame.mark_wrong(bool(words) and not doubt)
        self.line.setAccessibleDescription(words)

    def _typed(self, words: str) -> None:
        if self._error.text():
            self.show_error("")
        self.changed.emit(words)

    def _build(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._label)
        self._head.addWidget(self._hint)
        self._head.addStretch()
        if not self._label.text() and not self._hint.text():
            self._label.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self._frame)
        self._column.addWidget(self._error)

    def _follow(self) -> None:
        theme = self._look.theme
        self._column.setSpacing(theme.px(6))
        self._head.setSpacing(theme.px(12))
        self.line.setFont(theme.font(Role.BODY))


class TextArea(QWidget):
    """Several lines of free text under a label. Ctrl+Enter and Shift+Enter are left to the screen."""

    changed = Signal(str)

    def __init__(self, look: Look, label: str, *, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines = lines
        self.edit = QPlainTextEdit()
        self.edit.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(label)
        self.edit.viewport().setAutoFillBackground(False)
        self._label = PlainLabel(look, label, role=Role.SECOND, bold=True)
        if not label:
            self._label.hide()
        self._frame = Frame(look, self.edit, height=None)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._label)
        self._column.addWidget(self._frame)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(lambda: self.changed.emit(self.words))
        look.changed.connect(self._follow)
        self._follow()

    @property
    def words(self) -> str:
        return self.edit.toPlainText()

    def set_words(self, words: str) -> None:
        self.edit.setPlainText(words)

    def _follow(self) -> None:
        theme = self._look.theme
        self._column.setSpacing(theme.px(6))
        self.edit.setFont(theme.font(Role.BODY))
        line = theme.metrics(Role.BODY).lineSpacing()
        self._frame.setFixedHeight(round(line * self._lines) + theme.px(16))
