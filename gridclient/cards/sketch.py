"""One part of one card while it is being laid out: its pen, its typesetter, the flaws found so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gridclient.cards.card import Card, Flaw, Trouble
from gridclient.cards.fonts import Fonts, Weight
from gridclient.cards.pen import POINTS, Pen
from gridclient.cards.template import Align, Piece, Style
from gridclient.cards.typeset import Line, Typesetter
from gridclient.cards.wording import printed, printed_range

_LONGEST = 200  # characters; beyond it a text is not even measured
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Part:
    """A laid out part: its operators and what is wrong with it."""

    content: str
    flaws: tuple[Flaw, ...] = ()

    @property
    def stops(self) -> bool:
        """True when its card cannot be printed."""
        return any(flaw.trouble.stops for flaw in self.flaws)


class Sketch:
    """What the layout of an element works with."""

    def __init__(self, fonts: Fonts, typesetter: Typesetter, height: float) -> None:
        self._fonts = fonts
        self._typesetter = typesetter
        self.pen = Pen(height)
        self._flaws: list[Flaw] = []

    def part(self) -> Part:
        """The finished part."""
        return Part(self.pen.content(), tuple(self._flaws))

    def flaw(self, trouble: Trouble, field: str, detail: str = "") -> None:
        """Note something wrong."""
        self._flaws.append(Flaw(trouble, field, detail))

    def missing(self, field: str) -> None:
        """Note that a field every card needs says nothing, unless it is known why."""
        if not any(flaw.field == field for flaw in self._flaws):
            self.flaw(Trouble.MISSING, field)

    def too_long(self, field: str, text: str) -> None:
        """Note a text for which no step had room."""
        self.flaw(Trouble.TOO_LONG, field, text if len(text) <= _SHOWN else text[:_SHOWN] + "…")

    def read(self, card: Card, field: str, form: Callable[[str], str] = printed) -> str:
        """A field in its printed form, or nothing when it cannot print, which is noted."""
        value = getattr(card, field)
        assert isinstance(value, str)
        return self.check(field, value, form)

    def check(self, field: str, value: str, form: Callable[[str], str] = printed) -> str:
        """As `read`, for a value already taken from the card."""
        if len(value) > _LONGEST:
            self.too_long(field, value)
            return ""
        text = form(value)
        if bad := self._fonts.unprintable(text):
            self.flaw(Trouble.NO_GLYPH, field, " ".join(map(_shown, bad)))
            return ""
        return text

    def piece(self, card: Card, piece: Piece) -> str:
        """A field with the word before it; nothing when the field is empty."""
        text = self.read(card, piece.field, printed_range if piece.ranges else printed)
        return f"{piece.prefix}{text}" if text else ""

    def line(self, text: str, weight: Weight) -> Line:
        """Set a checked text."""
        return self._typesetter.line(text, weight)

    def measure(self, weight: Weight) -> Callable[[str], float]:
        """A measure of texts at size 1 for breaking lines."""
        return lambda text: self._typesetter.em(text, weight)

    def write(
        self, line: Line, x: float, y: float, style: Style, size: float = 0.0, align: Align = "L"
    ) -> None:
        """Draw a line in a style, at another size when one is given."""
        self.pen.text(line, x, y, size or style.size, style.colour, tracking=style.tracking, align=align)

    def row(
        self,
        texts: list[str],
        x: float,
        y: float,
        style: Style,
        size: float,
        joint: float,
        align: Align = "L",
    ) -> None:
        """Draw several texts `joint` em apart."""
        lines = [self.line(text, style.weight) for text in texts]
        step = joint * size / POINTS
        if align == "R":
            x -= sum(millimetres(line, size, style.tracking) + step for line in lines) - step
        for line in lines:
            self.write(line, x, y, style, size)
            x += millimetres(line, size, style.tracking) + step

    def row_width(self, texts: list[str], style: Style, size: float, joint: float) -> float:
        """The millimetres `row` takes."""
        lines = [self.line(text, style.weight) for text in texts]
        widths = sum(millimetres(line, size, style.tracking) for line in lines)
        return widths + joint * size / POINTS * max(len(lines) - 1, 0)


def millimetres(line: Line, size: float, tracking: float = 0.0) -> float:
    """The width of a line set at a size in points."""
    return line.width(size, tracking) / POINTS


def _shown(char: str) -> str:
    visible = char.isprintable() and not "\ud800" <= char <= "\udfff"
    return f"{char}（U+{ord(char):04X}）" if visible else f"U+{ord(char):04X}"
