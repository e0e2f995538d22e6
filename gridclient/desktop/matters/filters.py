"""Filters with counts: one of them is chosen. They wrap where the text is large."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridclient.desktop.kit.ink import CENTRE, Ink
from gridclient.desktop.kit.painted import PaintedButton
from gridclient.desktop.matters import words
from gridclient.desktop.matters.view import Filter
from gridclient.desktop.theme import Look, Role

HEIGHT = 32
GAP = 8
ROOMY_TO = 1.25


class FilterRow(QWidget):
    """Pills; the chosen one is tinted, ringed and bold."""

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.pills = {each: _Pill(look, words.FILTERS[each], self) for each in Filter}
        for each, pill in self.pills.items():
            pill.clicked.connect(lambda _checked=False, each=each: self._clicked(each))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choose(Filter.OPEN)
        look.changed.connect(self._lay_out)
        self._lay_out()

    def choose(self, filter_: Filter) -> None:
        """Light this one; says nothing."""
        for each, pill in self.pills.items():
            pill.setChecked(each is filter_)
        self._lay_out()

    def show_counts(self, counts: Mapping[Filter, int]) -> None:
        for each, pill in self.pills.items():
            pill.show_count(counts.get(each, 0))
        self._lay_out()

    def _clicked(self, filter_: Filter) -> None:
        self.choose(filter_)
        self.chosen.emit(filter_)

    def _lay_out(self) -> None:
        px = self._look.theme.px
        x = y = 0
        for pill in self.pills.values():
            size = pill.sizeHint()
            if x and x + size.width() > self.width():
                x, y = 0, y + size.height() + px(GAP) // 2
            pill.setGeometry(x, y, size.width(), size.height())
            x += size.width() + px(GAP)
        self.setFixedHeight(y + px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()


class _Pill(PaintedButton):
    def __init__(self, look: Look, name: str, parent: QWidget) -> None:
        super().__init__(look, name, parent)
        self._name, self._count = name, 0
        self.setCheckable(True)

    def show_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{self._name} {count}")
        self.update()

    def label(self) -> str:
        """At larger text only the chosen one has room for its count."""
        roomy = self.look.theme.factor < ROOMY_TO or self.isChecked()
        return f"{self._name}  {self._count}" if roomy else self._name

    def draw(self, ink: Ink) -> None:
        rect, chosen = self.area(), self.isChecked()
        fill = "accbg" if chosen else "hover" if self.hovered else "surface"
        ink.box(
            rect, fill=fill, line="acc" if chosen else "line2", width=2 if chosen else 1, radius=HEIGHT / 2
        )
        colour = "acc" if chosen else "text2"
        centre = rect.center()
        ink.text(
            centre.x(), centre.y(), self.label(), role=Role.SECOND, colour=colour, bold=chosen, align=CENTRE
        )

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = theme.advance(self.label(), Role.SECOND, bold=True) + 2 * theme.px(
            13 if theme.factor < ROOMY_TO else 10
        )
        return QSize(round(width) + 1, theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
