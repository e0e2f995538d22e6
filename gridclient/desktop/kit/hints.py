"""Which keys work now: the bar at the bottom, and the whole list behind F1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridclient.desktop.kit.ink import RIGHT, Ink, cap_width
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.theme import Look, Role, Size


@dataclass(frozen=True, slots=True)
class Hint:
    """One key, several keys, or a run of keys (``span``: 1–9), and what they do.

    ``each`` names what each key of several does, where ``words`` does not say it between its 、.
    """

    keys: tuple[str, ...]
    words: str
    span: bool = False
    each: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HintGroup:
    """The keys of one part of a screen, for the full list."""

    title: str
    hints: tuple[Hint, ...]


class HintBar(Painted):
    """4–7 hints in a line; those that do not fit wait behind F1."""

    all_asked = Signal()

    def __init__(self, look: Look, all_words: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._hints: tuple[Hint, ...] = ()
        self._all_words = all_words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def hints(self) -> tuple[Hint, ...]:
        return self._hints

    def show_hints(self, hints: Sequence[Hint]) -> None:
        self._hints = tuple(hints)
        self.setAccessibleName("，".join(f"{'–'.join(each.keys)} {each.words}" for each in self._hints))
        self.update()

    def shown(self) -> tuple[Hint, ...]:
        """The hints the width has room for."""
        px = self.look.theme.px
        limit = self.width() - px(Size.PAGE_LEFT + Size.PAGE_RIGHT + 4) - self._all_width()
        left = 0.0
        fitting: list[Hint] = []
        for hint in self._hints:
            left += self._width_of(hint)
            if left > limit:
                break
            fitting.append(hint)
        return tuple(fitting)

    def draw(self, ink: Ink) -> None:
        px = ink.theme.px
        ink.fill(self.rect().toRectF(), "surface")
        ink.hline(0, self.width(), 0)
        middle = (self.height() + 1) / 2 - 1
        x = float(px(Size.PAGE_LEFT))
        for hint in self.shown():
            draw_hint(ink, x, middle, hint)
            x += self._width_of(hint)
        right = self.width() - px(Size.PAGE_LEFT)
        ink.text(right, middle, self._all_words, role=Role.SMALL, colour="text2", align=RIGHT)

    def _width_of(self, hint: Hint) -> float:
        return hint_width(self.look, hint) + self.look.theme.px(20)

    def _all_width(self) -> float:
        return self.look.theme.advance(self._all_words, Role.SMALL)

    def sizeHint(self) -> QSize:
        return QSize(400, self.look.theme.px(Size.HINT_BAR))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().x() > self.width() - self.look.theme.px(Size.PAGE_LEFT) - self._all_width():
            self.all_asked.emit()


def keys_width(look: Look, hint: Hint) -> float:
    """How wide the caps of a hint will be, with what stands between them."""
    px = look.theme.px
    between = px(13) if hint.span else px(4)
    return sum(cap_width(look, key) for key in hint.keys) + between * (len(hint.keys) - 1)


def hint_width(look: Look, hint: Hint) -> float:
    """How wide a hint will be."""
    return keys_width(look, hint) + look.theme.px(7) + look.theme.advance(hint.words, Role.SMALL)


def draw_hint(ink: Ink, x: float, middle: float, hint: Hint, words_at: float | None = None) -> None:
    """Draw caps and words from ``x``; ``words_at`` puts the words into a column."""
    px = ink.theme.px
    start = x
    for place, key in enumerate(hint.keys):
        if place:
            if hint.span:
                ink.text(x + px(3), middle, "–", role=Role.SMALL, colour="text3")
            x += px(13) if hint.span else px(4)
        x += ink.cap(x, middle, key)
    at = start + keys_width(ink.look, hint) + px(7) if words_at is None else words_at
    ink.text(at, middle, hint.words, role=Role.SMALL, colour="text2")
