"""The only label of the house: what it shows is text, never mark-up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from gridclient.desktop.theme import Look, Role


class PlainLabel(QLabel):
    """A QLabel that cannot be talked into rich text and follows the look."""

    def __init__(
        self,
        look: Look,
        words: str = "",
        *,
        role: Role = Role.BODY,
        colour: str = "text",
        bold: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._look = look
        self._role = role
        self._colour = colour
        self._bold = bold
        self.setWordWrap(wrap)
        self.setText(words)
        look.changed.connect(self._follow)
        self._follow()

    def set_colour(self, colour: str) -> None:
        """Write in another token colour."""
        self._colour = colour
        self._follow()

    def _follow(self) -> None:
        theme = self._look.theme
        self.setFont(theme.font(self._role, bold=self._bold))
        palette = self.palette()
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            palette.setColor(role, theme.colour(self._colour))
        self.setPalette(palette)
