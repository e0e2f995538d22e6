"""What the symbols mean and how many there are; the numbers add up to all doors."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridclient.desktop.building.faces import Face
from gridclient.desktop.building.tiles import draw_ground, draw_symbol
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.theme import Look, Role

HEIGHT = 36


class Legend(Painted):
    """One line; entries that find no room go to a second one."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.entries: tuple[tuple[Face, str, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: Sequence[tuple[Face, str, int]]) -> None:
        self.entries = tuple(entries)
        self.setAccessibleName("，".join(f"{said} {count}" for _face, said, count in entries))
        self.updateGeometry()
        self.update()

    def _width_of(self, entry: tuple[Face, str, int]) -> float:
        theme = self.look.theme
        _shown, said, count = entry
        words = theme.advance(said, Role.SMALL) + theme.advance(str(count), Role.SECOND, bold=True)
        return theme.px(24 + 6 + 6 + 20) + words

    def _lines(self) -> list[list[tuple[Face, str, int]]]:
        room = self.width() - self.look.theme.px(8)
        lines: list[list[tuple[Face, str, int]]] = [[]]
        left = 0.0
        for entry in self.entries:
            width = self._width_of(entry)
            if lines[-1] and left + width - self.look.theme.px(20) > room:
                lines.append([])
                left = 0.0
            lines[-1].append(entry)
            left += width
        return lines

    def draw(self, ink: Ink) -> None:
        px = ink.theme.px
        ink.hline(0, self.width(), 0)
        for number, line in enumerate(self._lines()):
            x, middle = float(px(8)), number * px(30) + px(HEIGHT + 2) / 2
            for entry in line:
                self._draw_entry(ink, x, middle, entry)
                x += self._width_of(entry)

    def _draw_entry(self, ink: Ink, x: float, middle: float, entry: tuple[Face, str, int]) -> None:
        px = ink.theme.px
        shown, said, count = entry
        box = QRectF(x, middle - px(11), px(24), px(22))
        draw_ground(ink, box, shown)
        if not shown.hatched:
            draw_symbol(ink, x + px(4), middle, shown)
        x += px(30)
        x += ink.text(x, middle, said, role=Role.SMALL, colour="text2", beside=Role.SECOND) + px(6)
        ink.text(x, middle, str(count), role=Role.SECOND, bold=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        px = self.look.theme.px
        return QSize(px(300), px(HEIGHT) + (len(self._lines()) - 1) * px(30))
