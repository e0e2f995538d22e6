"""The bar that appears when several things are ticked: how many, and the one decision for all of them."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.settle import words
from gridclient.desktop.theme import Look, Role, Size


class BulkBar(QWidget):
    """Hidden until two are ticked; its button waits until a version is chosen."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._count = PlainLabel(look, colour="surface", bold=True)
        self._hint = PlainLabel(look, role=Role.SECOND, colour="surface")
        self.button = Button(look, "", key="Shift+Enter")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._count)
        self._row.addWidget(self._hint)
        self._row.addStretch()
        self._row.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._follow)
        self._follow()
        self.hide()

    def show_ticked(self, count: int, who: str) -> None:
        """How many are ticked, and whose version is chosen, if one is."""
        self._count.setText(words.many(count))
        self._hint.setText("" if who else words.many_hint())
        self.button.set_words(words.many_by(count, who))
        self.button.setVisible(bool(who))
        self.setVisible(count > 1)

    def show_reviews(self, count: int, hint: str) -> None:
        """How many are ticked, and which digits decide all of them."""
        self._count.setText(words.many(count))
        self._hint.setText(hint)
        self.button.hide()
        self.setVisible(count > 1)

    def _follow(self) -> None:
        px = self._look.theme.px
        self._row.setContentsMargins(px(18), px(8), px(12), px(8))
        self._row.setSpacing(px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        Ink(painter, self._look).box(QRectF(self.rect()), fill="text", radius=Size.RADIUS_CARD)
        painter.end()
