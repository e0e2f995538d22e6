"""A box to tick, with its words beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.painted import PaintedButton
from gridclient.desktop.theme import Look, Role, Size

BOX = 20


class Tick(PaintedButton):
    """Yes or no; Space or a click changes it, ``digit`` is shown where a digit does too."""

    def __init__(
        self,
        look: Look,
        words: str,
        *,
        digit: str = "",
        height: int = Size.TOOL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, words, parent)
        self.digit = digit
        self._height = height
        self.setCheckable(True)
        self.setAccessibleDescription(digit)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def draw(self, ink: Ink) -> None:
        px, middle = ink.theme.px, self.height() / 2
        box = QRectF(1, middle - px(BOX) / 2, px(BOX), px(BOX))
        if self.isChecked():
            ink.box(box, fill="acc", radius=4)
            ink.icon(1 + px(2), middle, "check", size=16, colour="onacc")
        else:
            ink.box(box, fill="hover" if self.hovered else "surface", line="ctl", radius=4)
        x = float(px(BOX + 9))
        if self.digit:
            x += ink.text(x, middle, self.digit, role=Role.SMALL, colour="text3", beside=Role.SECOND) + px(6)
        ink.text(x, middle, self.text(), role=Role.SECOND)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = theme.px(BOX + 9) + theme.advance(self.text(), Role.SECOND) + theme.px(4)
        if self.digit:
            width += theme.advance(self.digit, Role.SMALL) + theme.px(6)
        return QSize(round(width) + 1, theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
