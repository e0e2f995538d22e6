"""Lines of facts for a side panel: an icon and words that wrap, painted for they change at every key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.theme import Look, Role

_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
LINE = 28
TEXT_LINE = 22


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is about (an icon), the words, and their colour."""

    icon: str
    words: str
    colour: str = "text2"


class Facts(Painted):
    """As high as its lines need at its width."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._facts: tuple[Fact, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self._facts

    def show_facts(self, facts: Sequence[Fact]) -> None:
        self._facts = tuple(facts)
        self.setAccessibleName("；".join(fact.words for fact in self._facts))
        self.updateGeometry()
        self.update()

    def _height_of(self, fact: Fact, width: int) -> int:
        px = self.look.theme.px
        area = QRectF(0, 0, max(width - self._indent(fact), px(40)), 10_000)
        found = self.look.theme.metrics(Role.SECOND).boundingRect(area, int(_WRAP), fact.words).height()
        lines = max(1, round(found / self.look.theme.metrics(Role.SECOND).lineSpacing()))
        return px(LINE) + (lines - 1) * px(TEXT_LINE)

    def _indent(self, fact: Fact) -> int:
        return self.look.theme.px(26) if fact.icon else 0

    def draw(self, ink: Ink) -> None:
        theme, y = ink.theme, 0
        metrics = theme.metrics(Role.SECOND)
        for fact in self._facts:
            height = self._height_of(fact, self.width())
            middle = y + theme.px(LINE) / 2
            indent = self._indent(fact)
            if fact.icon:
                ink.icon(0, middle, fact.icon, size=16, colour=fact.colour)
            if height == theme.px(LINE):
                ink.text(indent, middle, fact.words, role=Role.SECOND, colour=fact.colour)
            else:
                ink.painter.setFont(theme.font(Role.SECOND))
                ink.painter.setPen(theme.colour(fact.colour))
                top = theme.baseline(middle, Role.SECOND) - metrics.ascent()
                area = QRectF(indent, top, self.width() - indent, height + metrics.lineSpacing())
                ink.painter.drawText(area, int(_WRAP), fact.words)
            y += height

    def sizeHint(self) -> QSize:
        width = self.width()
        return QSize(self.look.theme.px(200), sum(self._height_of(fact, width) for fact in self._facts))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.theme.px(80), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self.updateGeometry()
