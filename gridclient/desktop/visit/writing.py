"""The parts of the form that are written: one sentence, and since when a flat is empty."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gridclient.core.domain.values import Invalid
from gridclient.core.domain.visits import Visit
from gridclient.desktop.household.reading import read_date
from gridclient.desktop.kit.field import Input
from gridclient.desktop.theme import Look
from gridclient.desktop.visit import words
from gridclient.desktop.visit.section import Section


class LineSection(Section):
    """One line; the part hands its keyboard to the line at once."""

    def __init__(self, look: Look, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(look, title, hint, parent)
        self.field = Input(look, "")
        self.field.line.setAccessibleName(title)
        self.body.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.watch(self.field.line)
        self.field.entered.connect(self.next_asked)
        self.field.went_back.connect(self.back_asked)

    @property
    def said(self) -> str:
        return self.field.words.strip()

    def is_done(self) -> bool:
        return bool(self.said)


class SentenceSection(LineSection):
    """What was talked about, in one sentence."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, words.SENTENCE, words.SENTENCE_HINT, parent)
        self.field.line.setMaxLength(Visit.summary.length)


class SinceSection(LineSection):
    """Since when the flat is empty, or when the family moved: day, month or year."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, words.SINCE_EMPTY, words.SINCE_HINT, parent)

    def ask(self, *, moved: bool) -> None:
        title = words.SINCE_MOVED if moved else words.SINCE_EMPTY
        self.head.set_words(title, words.SINCE_HINT)
        self.field.line.setAccessibleName(title)
        self.setAccessibleName(title)

    def date(self) -> str | None:
        """What was written. Raises Invalid for words that are no date."""
        return read_date(self.said)

    def check(self) -> bool:
        try:
            self.date()
        except Invalid as error:
            self.field.show_error(str(error))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True
