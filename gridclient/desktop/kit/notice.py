"""A line that says something has to be known before going on: a tint, an icon, words, perhaps buttons."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.card import Picture
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.theme import Look, Role, Size, Tone


class Notice(QWidget):
    """Hidden while there is nothing to say; buttons added with ``add`` stand at its right end."""

    def __init__(
        self, look: Look, *, tone: Tone = Tone.WARN, icon: str = "info-circle", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._tone = look, tone
        self._picture = Picture(look, icon, colour=tone.ink)
        self._words = PlainLabel(look, role=Role.SECOND, colour=tone.ink, wrap=True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._picture)
        self._row.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._follow)
        self._follow()
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def add(self, button: Button) -> None:
        self._row.addWidget(button)

    def say(self, words: str, tone: Tone | None = None, icon: str = "") -> None:
        """Show the words, in another tone if given; an empty string hides the line."""
        if tone is not None:
            self._tone = tone
            self._words.set_colour(tone.ink)
        if icon or tone is not None:
            self._picture.show_icon(icon or self._picture.icon, self._tone.ink)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.update()

    def _follow(self) -> None:
        px = self._look.theme.px
        self._row.setContentsMargins(px(14), px(6), px(10), px(6))
        self._row.setSpacing(px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        Ink(painter, self._look).box(QRectF(self.rect()), fill=self._tone.ground, radius=Size.RADIUS)
        painter.end()
