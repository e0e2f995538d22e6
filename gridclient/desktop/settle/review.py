"""Held, quarantined, duplicates: lines to read and buttons with digits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.facts import Fact, Facts
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.settle.view import ReviewView
from gridclient.desktop.theme import Look, Role


class ReviewPanel(QWidget):
    """``decided(key, code)`` says which of its actions was taken."""

    decided = Signal(bytes, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._view: ReviewView | None = None
        self._title = PlainLabel(look, role=Role.VALUE, bold=True, wrap=True)
        self._where = PlainLabel(look, role=Role.SECOND, colour="text2", wrap=True)
        self._facts = Facts(look)
        self._buttons: list[Button] = []
        self._row = QHBoxLayout()
        self._row.addStretch()
        self._column = QVBoxLayout(self)
        for widget in (self._title, self._where, self._facts):
            self._column.addWidget(widget)
        self._column.addStretch()
        self._column.addLayout(self._row)
        look.changed.connect(self._follow)
        self._follow()

    def show_review(self, view: ReviewView) -> None:
        self._view = view
        self._title.setText(view.title)
        self._where.setText(view.where)
        self._facts.show_facts([Fact(icon, said) for icon, said in view.lines])
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, (code, label) in enumerate(view.actions):
            button = Button(self.look, label, key=str(place + 1))
            button.clicked.connect(lambda _checked=False, code=code: self.decided.emit(view.key, code))
            self._row.addWidget(button)
            self._buttons.append(button)

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """What can be done about what is shown."""
        return self._view.actions if self._view is not None else ()

    def press(self, digit: int) -> None:
        """Take the action with this digit."""
        if self._view is not None and 1 <= digit <= len(self._view.actions):
            self.decided.emit(self._view.key, self._view.actions[digit - 1][0])

    def _follow(self) -> None:
        px = self.look.theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(10))
        self._row.setSpacing(px(12))
