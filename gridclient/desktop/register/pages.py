"""The quiet pages of the import: before, meanwhile, after."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card, Picture, Progress
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.register import words
from gridclient.desktop.theme import Look, Role, Size, Tone

CENTRE = Qt.AlignmentFlag.AlignHCenter


class _Page(QWidget):
    """A title over what the page is about."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.notice = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(PlainLabel(look, words.TITLE, role=Role.TITLE, bold=True))
        self.column.addWidget(self.notice)
        look.changed.connect(self._space)
        self._space()

    def _space(self) -> None:
        self.column.setSpacing(self.look.theme.px(12))


class Start(_Page):
    """One sentence, one button, and a place to drop a file on."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.choose = Button(look, words.CHOOSE, kind=Kind.PRIMARY, key="Enter")
        self._sentence = PlainLabel(look, words.START, colour="text2", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._kinds = PlainLabel(look, words.KINDS, role=Role.SMALL, colour="text3")
        self._zone = _Zone(look)
        inner = QVBoxLayout(self._zone)
        inner.addStretch(2)
        inner.addWidget(Picture(look, "file-spreadsheet", size=40, colour="text3"), 0, CENTRE)
        inner.addWidget(self._sentence)
        inner.addWidget(self.choose, 0, CENTRE)
        inner.addWidget(self._kinds, 0, CENTRE)
        inner.addStretch(3)
        inner.setSpacing(look.theme.px(16))
        self.column.addWidget(self._zone, 1)

    def light(self, lit: bool) -> None:
        """A file is held over the screen."""
        self._sentence.setText(words.DROP if lit else words.START)
        self._zone.light(lit)


class _Zone(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lit = False

    def light(self, lit: bool) -> None:
        self._lit = lit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, line = ("accbg", "acc") if self._lit else ("surface", "line2")
        Ink(painter, self._look).box(
            QRectF(self.rect()), fill=fill, line=line, radius=Size.RADIUS_CARD, width=1.5, dashes=(4, 4)
        )
        painter.end()


class Busy(_Page):
    """What is under way, how far, and 停下."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._words = PlainLabel(look, bold=True, wrap=True)
        self.progress = Progress(look, stop=words.STOP)
        card = Card(look)
        card.body.addWidget(self._words)
        card.body.addWidget(self.progress)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.column.addWidget(card)
        self.column.addStretch()

    def show_words(self, said: str) -> None:
        self._words.setText(said)
        self._words.show()
        self.progress.hide()

    def show_progress(self, what: str, done: int, total: int) -> None:
        self._words.hide()
        self.progress.show_progress(what, done, total)
        self.progress.show()

    def can_stop(self) -> bool:
        return not self.progress.isHidden()


class Done(_Page):
    """The sentence with the numbers, and the way back."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._sentence = PlainLabel(look, wrap=True)
        self.see = Button(look, words.SEE, kind=Kind.PRIMARY, key="Enter", height=Size.BUTTON)
        self.undo = Button(look, words.UNDO, key="Ctrl+Z")
        self.again = Button(look, words.AGAIN)
        self.back = Button(look, words.RETURN_ROWS)
        row = QHBoxLayout()
        row.addWidget(Picture(look, "circle-check", size=24, colour="ok"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sentence, 1)
        row.setSpacing(look.theme.px(10))
        buttons = QHBoxLayout()
        for button in (self.see, self.again, self.back, self.undo):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.setSpacing(look.theme.px(12))
        card = Card(look)
        card.body.addLayout(row)
        card.body.addLayout(buttons)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.column.addWidget(card)
        self.column.addStretch()

    def show_done(self, sentence: str, *, undoable: bool, returned: int = 0) -> None:
        self._sentence.setText(sentence)
        self.back.setVisible(returned > 0)
        self.undo.setVisible(undoable)
        self.see.setVisible(undoable)
        self.again.set_words(words.AGAIN, key="" if undoable else "Enter")

    def first(self) -> Button:
        """The button Enter presses."""
        return self.see if self.can_undo() else self.again

    def can_undo(self) -> bool:
        return not self.undo.isHidden()
