"""The field for a code of eight groups: any case, with or without dashes, typed or pasted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.theme import Look, Role
from gridclient.desktop.wizard import words

LENGTH = 32
GROUP = 4


def grouped(written: str) -> str:
    """The letters and digits in capitals, a dash after every fourth."""
    plain = "".join(each for each in written.upper() if each.isascii() and each.isalnum())[:LENGTH]
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))


class CodeField(QWidget):
    """Puts the dashes in by itself and counts."""

    entered = Signal()
    went_back = Signal()
    changed = Signal()

    def __init__(self, look: Look, label: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.field = Input(look, label, hint=hint)
        self._count = PlainLabel(look, words.code_count(0), role=Role.SMALL, colour="text3")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.field)
        self._column.addWidget(self._count)
        self.setFocusProxy(self.field)
        self.field.line.textEdited.connect(self._typed)
        self.field.changed.connect(lambda _said: self._show_count())
        self.field.entered.connect(self.entered)
        self.field.went_back.connect(self.went_back)

    @property
    def code(self) -> str:
        return grouped(self.field.words)

    def set_code(self, code: str) -> None:
        self.field.set_words(grouped(code))

    def show_error(self, sentence: str) -> None:
        self.field.show_error(sentence)

    def is_whole(self) -> bool:
        return len(self.code.replace("-", "")) == LENGTH

    def _typed(self, written: str) -> None:
        """Group anew, with the cursor after the same letter as before."""
        line = self.field.line
        before = len(grouped(written[: line.cursorPosition()]).replace("-", ""))
        line.setText(grouped(written))
        line.setCursorPosition(before + max(0, (before - 1) // GROUP))

    def _show_count(self) -> None:
        self._count.setText(words.code_count(len(self.code.replace("-", ""))))
        self.changed.emit()
