"""A line of text set in a weight: glyph codes, widths in em, and the gaps Chinese typography wants.

Chinese beside Latin or digits stands 0.16 em apart; of two adjacent full-width marks the first takes half its
width, so does a closing mark at a line's end and an opening one at its start; an interpunct takes half an em.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gridclient.cards.embedding import WIDE_SPACE, Embedding, unit_width
from gridclient.cards.fonts import Fonts, Weight
from gridclient.cards.wording import DOT, is_han

_GAP = 160
_HALF = 500
_OPENING = frozenset("（《「『“‘【〈〔")
_CLOSING = frozenset("，。、；：！？）》」』”’】〉〕")
_MARKS = _OPENING | _CLOSING
_REMEMBERED = 20_000  # lines kept for the next card that says the same


class _Kind(Enum):
    START, OTHER, HAN, LATIN, CLOSING, OPENING, DOT = range(7)


_LEVEL = (_Kind.HAN, _Kind.LATIN)  # neighbours of one of these kinds stand as they are


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring glyphs of one face, as the operand of a TJ operator."""

    font: str
    operand: str


@dataclass(frozen=True, slots=True)
class Line:
    """A set line. `em` is its width at size 1; `joints` the places where tracking adds to it."""

    text: str
    weight: Weight
    runs: tuple[Run, ...]
    em: float
    joints: int

    def width(self, size: float, tracking: float = 0) -> float:
        """Its width in the unit of `size`."""
        return size * (self.em + tracking * self.joints)


@dataclass(frozen=True, slots=True)
class _Glyph:
    """What setting needs to know of a character in a weight."""

    font: str
    code: str
    width: int
    kind: _Kind


class Typesetter:
    """Sets lines for one document, whose embedded fonts it fills."""

    def __init__(self, fonts: Fonts, embedding: Embedding) -> None:
        self._fonts = fonts
        self._embedding = embedding
        self._glyphs: dict[Weight, dict[str, _Glyph]] = {weight: {} for weight in Weight}
        self._lines: dict[tuple[str, str], Line] = {}

    def line(self, text: str, weight: Weight) -> Line:
        """Set a text every character of which has a glyph."""
        key = (text, weight.value)
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) >= _REMEMBERED:
                self._lines.clear()
            found = self._lines[key] = self._set(text, weight)
        return found

    def em(self, text: str, weight: Weight) -> float:
        """The width of a text at size 1."""
        return self.line(text, weight).em

    def _set(self, text: str, weight: Weight) -> Line:
        known = self._glyphs[weight]
        runs: list[Run] = []
        parts: list[str] = []
        font, total, pending, last_kind = "", 0, 0, _Kind.START
        for i, char in enumerate(text):
            if char == WIDE_SPACE:
                continue
            following = text[i + 1 : i + 2]
            unit = char + WIDE_SPACE if following == WIDE_SPACE else char
            glyph = known.get(unit) or self._look_up(unit, weight)
            kind = glyph.kind
            if kind is _Kind.OTHER or (kind is last_kind and kind in _LEVEL):
                before = after = 0
            else:
                before, after = _moves(kind, last_kind, following)
            if glyph.font != font and parts:
                runs.append(_run(font, parts, pending))
                parts, pending = [], 0
            if before := before + pending:
                parts.append(f">{-before}<")
            parts.append(glyph.code)
            total += before + glyph.width
            font, pending, last_kind = glyph.font, after, kind
        if parts:
            runs.append(_run(font, parts, 0))
        return Line(text, weight, tuple(runs), (total + pending) / 1000, max(len(text) - 1, 0))

    def _look_up(self, unit: str, weight: Weight) -> _Glyph:
        char = unit[0]
        face = self._fonts.find(char, weight)
        if face is None:
            raise ValueError(f"no glyph for U+{ord(char):04X}")
        font = self._embedding.font(face, weight)
        glyph = _Glyph(font.name, font.code(unit), unit_width(face, unit), _kind(char))
        self._glyphs[weight][unit] = glyph
        return glyph


def _moves(kind: _Kind, last: _Kind, following: str) -> tuple[int, int]:
    """Thousandths of an em to move before and after a character."""
    match kind:
        case _Kind.HAN if last is _Kind.LATIN:
            return _GAP, 0
        case _Kind.LATIN if last is _Kind.HAN:
            return _GAP, 0
        case _Kind.CLOSING if not following or following in _MARKS:
            return 0, -_HALF
        case _Kind.OPENING if last is _Kind.START or following in _OPENING:
            return -_HALF, 0
        case _Kind.DOT:
            return -_HALF // 2, -_HALF // 2
    return 0, 0


def _run(font: str, parts: list[str], move: int) -> Run:
    operand = "<" + "".join(parts) + ">" + (str(-move) if move else "")
    return Run(font, operand.removeprefix("<>"))


def _kind(char: str) -> _Kind:
    if is_han(char):
        return _Kind.HAN
    if (char.isascii() and char.isalnum()) or char in "%+":
        return _Kind.LATIN
    if char in _CLOSING:
        return _Kind.CLOSING
    if char in _OPENING:
        return _Kind.OPENING
    return _Kind.DOT if char == DOT else _Kind.OTHER
