"""Fields of a form: each knows its key, reads what was typed and says under itself what is wrong with it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.core.domain.doubts import Doubt
from gridclient.core.domain.values import Invalid
from gridclient.desktop.kit.choices import Choices, Option
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.theme import Look, Role

Stored = object


class FormField(QWidget):
    """Base of the fields: ``entered`` and ``went_back`` lead to the neighbours."""

    changed = Signal()
    entered = Signal()
    went_back = Signal()

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key

    @abstractmethod
    def read(self) -> Stored:
        """The stored form of what was typed. Raises Invalid."""

    @abstractmethod
    def fill(self, value: Stored) -> None:
        """Show a stored value; says nothing."""

    @abstractmethod
    def show_error(self, words: str, *, doubt: bool = False) -> None:
        """What is wrong, or with ``doubt`` what may be."""

    def check(self) -> bool:
        """Whether it can be read; where not, says why under the field."""
        try:
            self.read()
        except Invalid as error:
            self.show_error(str(error))
            return False
        self.show_error("")
        return True


class LineField(FormField):
    """One line, read by ``reader``, shown by ``writer``."""

    def __init__(
        self,
        look: Look,
        key: str,
        label: str,
        reader: Callable[[str], Stored],
        *,
        writer: Callable[[Stored], str] = lambda value: "" if value is None else str(value),
        hint: str = "",
        placeholder: str = "",
    ) -> None:
        super().__init__(key)
        self._reader, self._writer = reader, writer
        self.input = Input(look, label, hint=hint, placeholder=placeholder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.input)
        self.setFocusProxy(self.input)
        self.input.changed.connect(lambda _words: self.changed.emit())
        self.input.entered.connect(self._leave)
        self.input.went_back.connect(self.went_back)

    def read(self) -> Stored:
        return self._reader(self.input.words)

    def fill(self, value: Stored) -> None:
        self.input.set_words(self._writer(value))

    def show_error(self, words: str, *, doubt: bool = False) -> None:
        self.input.show_error(words, doubt=doubt)

    def _leave(self) -> None:
        self.check()
        self.entered.emit()


class ChoiceField(FormField):
    """One of a few, or with ``many`` any of them: digits and ←→ choose, 0 takes the choice back."""

    def __init__(
        self,
        look: Look,
        key: str,
        label: str,
        options: Sequence[tuple[Stored, str]],
        *,
        columns: int = 5,
        many: bool = False,
    ) -> None:
        super().__init__(key)
        self._many = many
        self._look = look
        self._values = [value for value, _ in options]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(label)
        self._label = PlainLabel(look, label, role=Role.SECOND, bold=True)
        self.choices = Choices(
            look,
            [Option(place, words, str(place + 1)) for place, (_, words) in enumerate(options)],
            columns=columns,
            many=many,
        )
        for place in range(len(options)):
            self.choices.box(place).setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._error = PlainLabel(look, role=Role.SMALL, colour="bad")
        self._error.hide()
        self._column = QVBoxLayout(self)
        for widget in (self._label, self.choices, self._error):
            self._column.addWidget(widget)
        self.choices.changed.connect(self.changed)
        look.changed.connect(self._follow)
        self._follow()

    def read(self) -> Stored:
        chosen = self.choices.chosen()
        if self._many:
            return [self._values[place] for place in chosen]
        return self._values[chosen[0]] if chosen else None

    def fill(self, value: Stored) -> None:
        if self._many and isinstance(value, list):
            self.choices.choose(*(place for place, one in enumerate(self._values) if one in value))
        elif value in self._values:
            self.choices.choose(self._values.index(value))
        else:
            self.choices.choose()

    def show_error(self, words: str, *, doubt: bool = False) -> None:
        self._error.set_colour("warn" if doubt else "bad")
        self._error.setText(words)
        self._error.setVisible(bool(words))

    def _step(self, step: int) -> None:
        chosen = self.choices.chosen()
        if self._many:
            return
        place = chosen[0] + step if chosen else 0
        if 0 <= place < len(self._values):
            self.choices.choose(place)
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (plain or shift):
            (self.went_back if shift else self.entered).emit()
        elif plain and key == Qt.Key.Key_0:
            self.choices.choose()
            self.changed.emit()
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif not (plain and event.text().isdigit() and self.choices.press_digit(event.text())):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            around = QRectF(self.choices.geometry()).adjusted(0, -5, 0, 5)
            Ink(painter, self._look).box(around, fill="sel", line="acc", width=2, radius=10)
            painter.end()

    def _follow(self) -> None:
        px = self._look.theme.px
        self._column.setContentsMargins(0, 0, 0, 6)
        self._column.setSpacing(px(6))


class Form(QWidget):
    """Fields under each other (or two in a row); Enter goes on, Shift+Enter back."""

    finished = Signal()
    changed = Signal()

    def __init__(self, look: Look, rows: Sequence[Sequence[FormField]]) -> None:
        super().__init__()
        self._look = look
        self.fields = {field.key: field for row in rows for field in row}
        self._order = [field for row in rows for field in row]
        self._doubted: set[Doubt] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._rows = []
        for row in rows:
            line = QHBoxLayout()
            for field in row:
                line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            self._column.addLayout(line)
            self._rows.append(line)
        self._column.addStretch()
        for field in self._order:
            field.entered.connect(lambda field=field: self._go(field, 1))
            field.went_back.connect(lambda field=field: self._go(field, -1))
            field.changed.connect(self.changed)
        look.changed.connect(self._follow)
        self._follow()

    def first(self) -> FormField:
        return self._order[0]

    def read(self) -> dict[str, Stored] | None:
        """What was typed, by key; None where something cannot be read, and the focus goes there."""
        bad = [field for field in self._order if not field.check()]
        if bad:
            bad[0].setFocus()
            return None
        return {field.key: field.read() for field in self._order}

    def stands_by(self, doubts: Sequence[Doubt]) -> bool:
        """Whether these doubts were shown before; else they are shown now, each under its field."""
        if self._doubted.issuperset(doubts):
            return True
        self._doubted = set(doubts)
        for doubt in doubts:
            if doubt.field in self.fields:
                self.fields[doubt.field].show_error(doubt.words, doubt=True)
        return False

    def _go(self, field: FormField, step: int) -> None:
        place = self._order.index(field) + step
        while 0 <= place < len(self._order) and self._order[place].isHidden():
            place += step
        if place >= len(self._order):
            self.finished.emit()
        elif place >= 0:
            self._order[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _follow(self) -> None:
        self._column.setSpacing(self._look.theme.px(14))
        for line in self._rows:
            line.setSpacing(self._look.theme.px(16))
