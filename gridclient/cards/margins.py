"""What stands beside the cards on a page and is cut away: crop marks, the slug, the bar to lay a ruler on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gridclient.cards import words
from gridclient.cards.fonts import Weight
from gridclient.cards.pen import POINTS, number
from gridclient.cards.sketch import Sketch, millimetres
from gridclient.cards.template import Shape, Style

_OFF, _THIN = 2.0, 0.09
_STYLE = Style(Weight.MEDIUM, 6, "#333333")
_SLUG_LEFT, _SLUG_RIGHT, _SLUG_Y = 24.0, 103.0, 9.6
_BAR, _BAR_LEFT, _BAR_Y, _BAR_WORDS_Y = 50.0, 140.0, 9.3, 8.5


def crop_marks(xs: Sequence[float], ys: Sequence[float], length: float, height: float) -> str:
    """Cut lines outside the trimmed field for cuts at xs and ys of a page of that height, in millimetres."""
    near, far = _OFF, _OFF + length
    lines = [
        (x, y, x, z) for x in xs for y, z in ((ys[0] - near, ys[0] - far), (ys[-1] + near, ys[-1] + far))
    ]
    lines += [
        (x, y, z, y) for y in ys for x, z in ((xs[0] - near, xs[0] - far), (xs[-1] + near, xs[-1] + far))
    ]
    paths = (f"{_point(x, height - y)} m {_point(z, height - w)} l" for x, y, z, w in lines)
    return f"0 G {number(_THIN * POINTS)} w {' '.join(paths)} S"


def draw_bar(sketch: Sketch) -> None:
    """A line of 50 mm: on a page printed to fit it is shorter, and a ruler shows it."""
    for x, y, width, height in (
        (_BAR_LEFT, _BAR_Y - _THIN / 2, _BAR, _THIN),
        (_BAR_LEFT, _BAR_Y - 0.8, _THIN, 1.6),
        (_BAR_LEFT + _BAR - _THIN, _BAR_Y - 0.8, _THIN, 1.6),
    ):
        sketch.pen.shape(Shape(f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re", _STYLE.colour))
    text = sketch.line(words.BAR, _STYLE.weight)
    sketch.write(text, _BAR_LEFT + _BAR / 2, _BAR_WORDS_Y, _STYLE, align="C")


def draw_slug(sketch: Sketch, texts: Iterable[str]) -> None:
    """What a sheet is, in its top margin; texts that find no room before the middle mark are left out."""
    x = _SLUG_LEFT
    for text in texts:
        line = sketch.line(text, _STYLE.weight)
        width = millimetres(line, _STYLE.size)
        if x + width <= _SLUG_RIGHT:
            sketch.write(line, x, _SLUG_Y, _STYLE)
            x += width + _STYLE.size / POINTS


def _point(x: float, y: float) -> str:
    return f"{number(x * POINTS)} {number(y * POINTS)}"
