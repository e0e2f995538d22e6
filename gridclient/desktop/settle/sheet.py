"""The disagreement of one value, opened from the record it is about."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.settle import words
from gridclient.desktop.settle.panel import SettlePanel
from gridclient.desktop.settle.view import SettleView
from gridclient.desktop.theme import Look


class SettleSheet(Sheet):
    """Opens over the record; Esc leaves all as it is. ``decided`` says the decision."""

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.SHEET, close=words.CLOSE, width=840)
        self.settling = SettlePanel(look)
        self.decided = self.settling.decided
        self.body.addWidget(self.settling)
        self.escaped.connect(self.close_over)

    def settle(self, view: SettleView) -> None:
        """Open with this disagreement."""
        self.settling.show_settle(view)
        self.open(self.settling)
