"""The calibration page: scales on both sides which, seen through the paper, show how far backs are off.

Front ticks stand 1.0 mm apart, back ticks 0.9 mm. The pair that lines up is the error in tenths of a
millimetre, right and down being positive as seen from the front.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from gridclient.cards import words
from gridclient.cards.book import Book
from gridclient.cards.fonts import Fonts, Weight
from gridclient.cards.pdf import PdfFile
from gridclient.cards.pen import POINTS, number
from gridclient.cards.sheet import HEIGHT, MOST_OFFSET, WIDTH, Setup, preferences, turned
from gridclient.cards.sketch import Sketch
from gridclient.cards.template import Align, Shape, Style

_BLACK, _RED = "#000000", "#B4000F"
_TITLE, _STEP = Style(Weight.BOLD, 20, _BLACK), Style(Weight.MEDIUM, 9.5, _BLACK)
_THIN, _REACH, _SKEW = 0.12, 10, 3
_FRONT_PITCH, _BACK_PITCH = 1.0, 0.9
_ROW_X, _ROW_YS = 105.0, (60.0, 245.0)  # left-right scales: their middle and their baselines
_COLUMN_Y, _COLUMN_XS = 150.0, (45.0, 165.0)  # up-down scales


@dataclass(frozen=True, slots=True)
class Readings:
    """What a person reads off the scales: two numbers for left and right, two for up and down."""

    left_right: tuple[int, int]
    up_down: tuple[int, int]

    @property
    def straight(self) -> bool:
        """False when the paper ran in askew: no offset mends that."""
        return all(abs(one - other) <= _SKEW for one, other in (self.left_right, self.up_down))

    def offset(self, applied: tuple[float, float] = (0.0, 0.0)) -> tuple[float, float]:
        """The offset that undoes the error, given the one the page was printed with.

        Raises ValueError when it would be more than a print set-up takes: then the paper lies wrong.
        """
        means = (sum(pair) / 20 for pair in (self.left_right, self.up_down))
        right, down = (round(old - mean, 2) for old, mean in zip(applied, means, strict=True))
        if max(abs(right), abs(down)) > MOST_OFFSET:
            raise ValueError(f"offset {(right, down)} is over {MOST_OFFSET} mm")
        return right, down


def render_calibration(out: BinaryIO, setup: Setup, fonts: Fonts) -> None:
    """Write the two pages for the printer's turn, with the offset applied so far."""
    book = Book(PdfFile(out), fonts)
    boxes = f"/MediaBox[0 0 {number(WIDTH * POINTS)} {number(HEIGHT * POINTS)}]"
    front = book.sketch()
    _frame(front, _BLACK, 3)
    _instructions(front, words.LONG_EDGE if setup.flip == "long" else words.SHORT_EDGE)
    _bars(front)
    _rows(front, _FRONT_PITCH, _BLACK, above=True, mirrored=False)
    _columns(front, _FRONT_PITCH, _BLACK, _COLUMN_XS)
    book.page(front.part().content, boxes)
    back = book.sketch()
    _frame(back, _RED, 1.5)
    back.write(back.line(words.BACK, Weight.BOLD), 105, 222, Style(Weight.BOLD, 20, _RED), align="C")
    _rows(back, _BACK_PITCH, _RED, above=False, mirrored=True)
    # A scale right of x through the paper is one left of its mirror image on the page of backs.
    _columns(back, _BACK_PITCH, _RED, tuple(WIDTH - x for x in reversed(_COLUMN_XS)))
    book.page(turned("", back.part().content, setup), boxes)
    book.finish(words.CALIBRATION, setup.created, preferences(setup))


def _line(sketch: Sketch, x: float, y: float, x1: float, y1: float, ink: str) -> None:
    sketch.pen.shape(Shape(f"{x:.3f} {y:.3f} m {x1:.3f} {y1:.3f} l", ink, _THIN))


def _label(sketch: Sketch, text: str, x: float, y: float, style: Style, align: Align = "C") -> None:
    sketch.write(sketch.line(text, style.weight), x, y, style, align=align)


def _frame(sketch: Sketch, ink: str, radius: float) -> None:
    """The card field, and a target in each corner of it."""
    sketch.pen.shape(Shape("15 13.5 180 270 re h", ink, _THIN))
    round_ = radius * 0.5523
    for x in (25.0, 185.0):
        for y in (23.5, 273.5):
            _line(sketch, x - 6, y, x + 6, y, ink)
            _line(sketch, x, y - 6, x, y + 6, ink)
            r = radius
            curves = (
                (x + r, y + round_, x + round_, y + r, x, y + r),
                (x - round_, y + r, x - r, y + round_, x - r, y),
                (x - r, y - round_, x - round_, y - r, x, y - r),
                (x + round_, y - r, x + r, y - round_, x + r, y),
            )
            path = " ".join(" ".join(f"{value:.3f}" for value in curve) + " c" for curve in curves)
            sketch.pen.shape(Shape(f"{x + r:.3f} {y:.3f} m {path}", ink, _THIN))


def _instructions(sketch: Sketch, flip: str) -> None:
    _label(sketch, words.CALIBRATION, 105, 96, _TITLE)
    for i, text in enumerate(words.CALIBRATION_STEPS):
        indent = 6.7 if text.startswith("　") else 0
        _label(sketch, text.strip().format(flip=flip), 60 + indent, 106 + 6.4 * i, _STEP, "L")
    _label(sketch, words.NOTE_LINE, 105, 189, _STEP)


def _bars(sketch: Sketch) -> None:
    """Two lines of 100 mm, one each way: printers scale the two directions apart."""
    for x, y, x1, y1 in ((55, 174, 155, 174), (55, 172, 55, 176), (155, 172, 155, 176)):
        _line(sketch, x, y, x1, y1, _BLACK)
    for x, y, x1, y1 in ((180, 98, 180, 198), (178, 98, 182, 98), (178, 198, 182, 198)):
        _line(sketch, x, y, x1, y1, _BLACK)
    _label(sketch, words.HUNDRED, 105, 172.5, _STEP)
    _label(sketch, words.HUNDRED, 181.5, 149, Style(Weight.MEDIUM, 7, _BLACK), "L")


def _rows(sketch: Sketch, pitch: float, ink: str, *, above: bool, mirrored: bool) -> None:
    """The left-right scales; those of the back hang below the line where those of the front end."""
    side = -1 if above else 1
    style = Style(Weight.BOLD, 7, ink)
    for y, title in zip(_ROW_YS, words.LEFT_RIGHT, strict=True):
        for n in range(-_REACH, _REACH + 1):
            x = _ROW_X + n * pitch * (-1 if mirrored else 1)
            _line(sketch, x, y, x, y + side * (5 if n % 5 == 0 else 3), ink)
            if n % 5 == 0:
                _label(sketch, _signed(n), x, y - 6.2 if above else y + 8.2, style)
        if above:
            _label(sketch, title, _ROW_X, y - 10, _STEP)


def _columns(sketch: Sketch, pitch: float, ink: str, xs: tuple[float, ...]) -> None:
    """The up-down scales, left of their lines."""
    style = Style(Weight.BOLD, 7, ink)
    for x, title in zip(xs, words.UP_DOWN, strict=True):
        for n in range(-_REACH, _REACH + 1):
            y = _COLUMN_Y + n * pitch
            _line(sketch, x - (5 if n % 5 == 0 else 3), y, x, y, ink)
            if n % 5 == 0:
                _label(sketch, _signed(n), x - 6, y + 0.9, style, "R")
        if ink == _BLACK:
            _label(sketch, title, x, _COLUMN_Y - 14, _STEP)


def _signed(value: int) -> str:
    return f"{value:+d}".replace("-", "−") if value else "0"
