"""Several lines of text as a field of a form. Enter makes a new line; Tab leads on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from gridclient.desktop.household.fields import FormField, Stored
from gridclient.desktop.kit.field import TextArea
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.theme import Look, Role


class AreaField(FormField):
    """``lines`` high, read by ``reader``."""

    def __init__(
        self, look: Look, key: str, label: str, reader: Callable[[str], Stored], *, lines: int = 3
    ) -> None:
        super().__init__(key)
        self._reader = reader
        self.area = TextArea(look, label, lines=lines)
        self._error = PlainLabel(look, role=Role.SMALL, colour="bad", wrap=True)
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        column.addWidget(self._error)
        self.setFocusProxy(self.area)
        self.area.changed.connect(self._typed)

    def read(self) -> Stored:
        return self._reader(self.area.words)

    def fill(self, value: Stored) -> None:
        self.area.set_words("" if value is None else str(value))

    def show_error(self, words: str, *, doubt: bool = False) -> None:
        self._error.set_colour("warn" if doubt else "bad")
        self._error.setText(words)
        self._error.setVisible(bool(words))
        self.area.edit.setAccessibleDescription(words)

    def _typed(self, _words: str) -> None:
        if self._error.text():
            self.show_error("")
        self.changed.emit()
