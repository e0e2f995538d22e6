"""The calibration pages, read as a person reads them against a window."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageOps

from gridclient.cards.calibration import Readings, render_calibration
from gridclient.cards.fonts import Fonts
from gridclient.cards.sheet import Setup
from tests.cards.invented import CREATED

DPI = 600
DOT = DPI / 25.4


def _pages(fonts: Fonts, **setup: Any) -> tuple[Image.Image, Image.Image]:
    """The front, and the back as it shines through."""
    out = io.BytesIO()
    render_calibration(out, Setup(created=CREATED, **setup), fonts)
    pdf = pypdfium2.PdfDocument(out.getvalue())
    front, back = (page.render(scale=DPI / 72).to_pil().convert("L") for page in pdf)
    through = ImageOps.mirror(back) if setup["flip"] == "long" else ImageOps.flip(back)
    return front, through


def _ticks(strip: Image.Image) -> list[float]:
    """The middles of the dark runs of a strip one pixel thick, in millimetres."""
    grey = strip.convert("L").tobytes()
    dark = [i for i, value in enumerate(grey) if value < 190]
    starts = [i for i in dark if i - 1 not in dark]
    ends = [i for i in dark if i + 1 not in dark]
    return [(a + b + 1) / 2 / DOT for a, b in zip(starts, ends, strict=True)]


def _box(x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
    left, top = round(x * DOT), round(y * DOT)
    return left, top, left + max(1, round(width * DOT)), top + max(1, round(height * DOT))


def _reading(front: list[float], back: list[float]) -> int:
    """The pair that lines up."""
    assert len(front) == len(back) == 21
    apart = [abs(a - b) for a, b in zip(front, back, strict=True)]
    return apart.index(min(apart)) - 10


@pytest.mark.parametrize("flip", ["long", "short"])
@pytest.mark.parametrize(("right", "down"), [(0.0, 0.0), (0.3, -0.2), (-0.8, 0.5)])
def test_the_pair_that_lines_up_is_the_error_in_tenths(
    fonts: Fonts, flip: str, right: float, down: float
) -> None:
    front, back = _pages(fonts, flip=flip, offset=(right, down))
    for y in (60.0, 245.0):
        rows = [_ticks(page.crop(_box(90, y + z, 30, 0))) for page, z in ((front, -1.2), (back, 1.2))]
        assert _reading(*rows) == round(right * 10)
    for x in (45.0, 165.0):
        columns = [_ticks(page.crop(_box(x + z, 138, 0, 24))) for page, z in ((front, -1.2), (back, 1.2))]
        assert _reading(*columns) == round(down * 10)


def test_the_offset_is_the_opposite_of_what_is_read_added_to_what_was_applied() -> None:
    assert Readings((4, 6), (-2, -2)).offset() == (-0.5, 0.2)
    assert Readings((4, 6), (-2, -2)).offset((1.0, -0.2)) == (0.5, 0.0)


def test_paper_that_runs_askew_or_lies_wrong_is_told() -> None:
    assert Readings((1, 4), (0, -3)).straight
    assert not Readings((1, 5), (0, 0)).straight
    assert not Readings((0, 0), (-2, 2)).straight
    with pytest.raises(ValueError):
        Readings((10, 10), (0, 0)).offset((-2.5, 0.0))
