"""A disagreement in the very place of the value: icon, 两种说法, all the values side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.painted import PaintedButton
from gridclient.desktop.theme import Look, Role, Size

HEIGHT = 52
_NUMBERS = "零一两三四五六七八九"


def two_title(values: Sequence[str]) -> str:
    """两种说法, or as many as there are."""
    count = len(values)
    return f"{_NUMBERS[count] if 1 < count < len(_NUMBERS) else count}种说法"


def two_line(values: Sequence[str]) -> str:
    """The values as one line."""
    return " / ".join(value or "空着" for value in values)


def draw_two(ink: Ink, rect: QRectF, values: Sequence[str], *, hovered: bool = False) -> None:
    """Fill the rectangle with the badge; values too long for it are elided."""
    px = ink.theme.px
    ink.box(rect, fill="twobg", line="two" if hovered else "twoline", radius=Size.RADIUS)
    top, below = rect.top() + rect.height() * 0.29, rect.top() + rect.height() * 0.71
    x = rect.left() + px(11)
    ink.icon(x, top, "git-merge", size=16, colour="two")
    ink.text(x + px(22), top, two_title(values), role=Role.SECOND, colour="two", bold=True)
    ink.icon(rect.right() - px(25), top, "chevron-down", size=16, colour="two")
    room = rect.width() - px(20)
    ink.text(x, below, two_line(values), role=Role.SMALL, colour="two", width=room)


class TwoBadge(PaintedButton):
    """The badge where a value stands alone; pressing it asks for both versions."""

    def __init__(self, look: Look, name: str, values: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(look, two_title(values), parent)
        self._values = tuple(values)
        self.setAccessibleName(f"{name}：{two_title(values)}，{two_line(values)}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def draw(self, ink: Ink) -> None:
        draw_two(ink, self.area(), self._values, hovered=self.hovered)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = theme.advance(two_line(self._values), Role.SMALL) + theme.px(24)
        return QSize(round(max(width, theme.px(150))), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.theme.px(150), self.look.theme.px(HEIGHT))
