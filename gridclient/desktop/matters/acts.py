"""The buttons of what may be done with a matter now: only those its step allows, each with its digit."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from gridclient.core.domain.matter_course import ACTS
from gridclient.desktop.kit.button import Button
from gridclient.desktop.matters import words
from gridclient.desktop.theme import Look


class ActGrid(QWidget):
    """``asked(act)`` for a button pressed; ``act_of(digit)`` for a key."""

    asked = Signal(str)

    def __init__(self, look: Look, *, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._columns = look, columns
        self._allowed: frozenset[str] = frozenset()
        self.buttons = {
            act: Button(look, words.ACTS[act], key=str(place + 1)) for place, act in enumerate(ACTS)
        }
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for act, button in self.buttons.items():
            button.setParent(self)
            button.clicked.connect(lambda _checked=False, act=act: self.asked.emit(act))
        look.changed.connect(self._follow)
        self._follow()
        self.show_acts(ACTS)

    def set_columns(self, columns: int) -> None:
        """Lay the buttons out in so many columns."""
        self._columns = columns
        self.show_acts(self._allowed)

    def show_acts(self, allowed: Collection[str]) -> None:
        """Show exactly these."""
        self._allowed = frozenset(allowed)
        place = 0
        for act, button in self.buttons.items():
            self._grid.removeWidget(button)
            button.setVisible(act in self._allowed)
            if act in self._allowed:
                self._grid.addWidget(button, place // self._columns, place % self._columns)
                place += 1
        if self.parentWidget() is not None:  # showing it before it has a parent would open a window
            self.setVisible(place > 0)

    def act_of(self, digit: int) -> str | None:
        """The act behind a digit, where the step allows it."""
        act = ACTS[digit - 1] if 1 <= digit <= len(ACTS) else None
        return act if act in self._allowed else None

    def _follow(self) -> None:
        self._grid.setSpacing(self._look.theme.px(8))
