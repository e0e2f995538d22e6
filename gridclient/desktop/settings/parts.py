"""What the sections of the settings are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.card import Card
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.settings import words
from gridclient.desktop.theme import Look, Role, Tone


class FactLines(QWidget):
    """Labels and values under each other; the values wrap."""

    def __init__(self, look: Look, labels: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._labels = tuple(labels)
        self._values = [PlainLabel(look, role=Role.SECOND, wrap=True) for _ in labels]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(len(self._labels), 1)  # room to spare stays below, not between
        top = Qt.AlignmentFlag.AlignTop
        for place, (label, value) in enumerate(zip(labels, self._values, strict=True)):
            self._grid.addWidget(PlainLabel(look, label, role=Role.SECOND, colour="text2"), place, 0, top)
            self._grid.addWidget(value, place, 1, top)
        look.changed.connect(self._space)
        self._space()

    def show_values(self, *values: str) -> None:
        for label, shown, value in zip(self._labels, self._values, values, strict=True):
            shown.setText(_breakable(value or words.UNKNOWN))
            shown.set_colour("text" if value else "text3")
            shown.setAccessibleName(f"{label} {value or words.UNKNOWN}")

    def spoken(self) -> tuple[str, ...]:
        """Each label with its value."""
        return tuple(value.accessibleName() for value in self._values)

    def _space(self) -> None:
        px = self._look.theme.px
        self._grid.setHorizontalSpacing(px(18))
        self._grid.setVerticalSpacing(px(5))


def _breakable(said: str) -> str:
    """A path has no spaces to break its line at, so each of its parts may begin a line."""
    return re.sub(r"([\\/._-])", "\\1\u200b", said)


class Form(QWidget):
    """Fields under each other and the button that sends them; Enter in the last field presses it.

    ``sent`` comes only when ``fault`` finds nothing; otherwise the field says what to type.
    """

    sent = Signal()

    def __init__(
        self,
        look: Look,
        fields: Sequence[Input],
        button: str,
        parent: QWidget | None = None,
        *,
        columns: int = 1,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.fields = tuple(fields)
        self.button = Button(look, button)
        self.notice = Notice(look, tone=Tone.OK, icon="circle-check")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for place, field in enumerate(self.fields):
            self._grid.addWidget(field, place // columns, place % columns)
            field.entered.connect(lambda place=place: self._after(place))
            field.went_back.connect(lambda place=place: self._before(place))
            field.changed.connect(lambda _words: self.notice.say(""))
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch()
        self._grid.addWidget(self.notice, len(self.fields), 0, 1, columns)
        self._grid.addLayout(row, len(self.fields) + 1, 0, 1, columns)
        self.button.clicked.connect(self.send)
        look.changed.connect(self._space)
        self._space()

    def words(self) -> tuple[str, ...]:
        """What is written, without the spaces around it."""
        return tuple(field.words.strip() for field in self.fields)

    def fault(self) -> tuple[int, str] | None:
        """The first field that cannot be sent as it is, and what to type in it."""
        return None

    def send(self) -> None:
        found = self.fault()
        for field in self.fields:
            field.show_error("")
        if found is None:
            self.sent.emit()
            return
        place, sentence = found
        self.fields[place].show_error(sentence)
        self.fields[place].setFocus()

    def show_said(self, sentence: str) -> None:
        self.notice.say(sentence, Tone.OK, "circle-check")

    def show_error(self, sentence: str) -> None:
        """What the fields say cannot be done: why, what is safe, what to do."""
        self.notice.say(sentence, Tone.BAD, "alert-triangle")
        self.fields[0].setFocus()
        self.fields[0].line.selectAll()

    def clear(self) -> None:
        for field in self.fields:
            field.set_words("")
            field.show_error("")

    def _after(self, place: int) -> None:
        if place + 1 < len(self.fields):
            self.fields[place + 1].setFocus()
        else:
            self.send()

    def _before(self, place: int) -> None:
        if place:
            self.fields[place - 1].setFocus()

    def _space(self) -> None:
        self._grid.setVerticalSpacing(self._look.theme.px(10))
        self._grid.setHorizontalSpacing(self._look.theme.px(14))


def section(look: Look, title: str, *parts: QWidget) -> Card:
    """A card with these parts under its title."""
    card = Card(look, title)
    for part in parts:
        card.body.addWidget(part)
    return card
