"""The number that matters, and the three small ones."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.sync_state import words
from gridclient.desktop.theme import Look, Role, Size

HEIGHT = 132
LOW_HEIGHT = 104
TILE = 88


class Hero(Painted):
    """What would be lost now."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._lost = 0
        self._note = ""
        self._low = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lost(self, lost: int, note: str) -> None:
        self._lost, self._note = lost, note
        said = f"{words.IF_BROKEN}，{words.lose(lost)}。" if lost else f"{words.NOTHING_LOST}。"
        self.setAccessibleName(said + note)
        self.update()

    def set_low(self, low: bool) -> None:
        """Less height, where there is little."""
        self._low = low
        self.updateGeometry()

    def draw(self, ink: Ink) -> None:
        px = ink.theme.px
        tone = "warn" if self._lost else "ok"
        ink.box(QRectF(self.rect()), fill=f"{tone}bg", radius=Size.RADIUS_SHEET)
        left = px(22)
        share = self.height() / HEIGHT
        title = words.lose(self._lost) if self._lost else words.NOTHING_LOST
        if self._lost:
            ink.text(left, share * 28, words.IF_BROKEN, colour=tone)
        ink.text(left, share * (70 if self._lost else 52), title, role=Role.FIGURE, colour=tone, bold=True)
        ink.text(left, share * (112 if self._lost else 98), self._note, role=Role.SECOND, colour=tone)
        edge = px(48)
        icon = "device-laptop" if self._lost else "cloud-check"
        ink.icon(self.width() - px(26) - edge, self.height() / 2, icon, size=48, colour=tone)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = theme.px(44) + theme.advance(self._note, Role.SECOND)
        return QSize(round(width), theme.px(LOW_HEIGHT if self._low else HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Tile(Painted):
    """A count, what is counted, and one line about it."""

    def __init__(
        self, look: Look, name: str, *, alarming: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._name, self._alarming = name, alarming
        self._count, self._detail = 0, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int, detail: str) -> None:
        self._count, self._detail = count, detail
        self.setAccessibleName(f"{self._name} {count}，{detail}")
        self.updateGeometry()
        self.update()

    def draw(self, ink: Ink) -> None:
        px = ink.theme.px
        ink.box(QRectF(self.rect()), fill="surface", line="line", radius=Size.RADIUS_CARD)
        colour = "bad" if self._alarming and self._count else "text"
        left, middle = px(16), px(32)
        x = left + ink.text(left, middle, str(self._count), role=Role.TITLE, colour=colour, bold=True) + px(8)
        ink.text(x, middle, self._name, beside=Role.TITLE)
        detail = self._detail or words.NONE
        ink.text(left, px(65), detail, role=Role.SMALL, colour="text2", width=self.width() - 2 * left)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = theme.advance(f"{self._count}  {self._name}", Role.TITLE, bold=True)
        return QSize(round(width) + theme.px(32), theme.px(TILE))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.theme.px(130), self.look.theme.px(TILE))
