"""Content stream operators from millimetres: y down on paper, y up in PDF."""

from __future__ import annotations

from functools import lru_cache

from gridclient.cards.fonts import RARE, Weight
from gridclient.cards.template import Align, Shape
from gridclient.cards.typeset import Line

POINTS = 72 / 25.4  # points in a millimetre
_ROUND = 0.5523  # control distance of a quarter circle
# The rare characters come in one thin weight; an outline brings it near ours.
_FATTEN = {Weight.BOLD: 0.042, Weight.MEDIUM: 0.016}  # em of outline


def number(value: float) -> str:
    """A number as PDF wants it, to a hundredth."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


@lru_cache(256)
def colour(code: str) -> str:
    """The operands of #rrggbb."""
    return " ".join(f"{int(code[i : i + 2], 16) / 255:.3f}".rstrip("0").rstrip(".") for i in (1, 3, 5))


@lru_cache(256)
def rounded_box(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The path of a box with round corners, in the unit given."""
    r, k = radius, radius * (1 - _ROUND)
    x1, y1 = x + width, y + height
    corners = (
        ("m", (x + r, y)),
        ("l", (x1 - r, y)),
        ("c", (x1 - k, y, x1, y + k, x1, y + r)),
        ("l", (x1, y1 - r)),
        ("c", (x1, y1 - k, x1 - k, y1, x1 - r, y1)),
        ("l", (x + r, y1)),
        ("c", (x + k, y1, x, y1 - k, x, y1 - r)),
        ("l", (x, y + r)),
        ("c", (x, y + k, x + k, y, x + r, y)),
    )
    return " ".join(f"{' '.join(f'{value:.3f}' for value in values)} {op}" for op, values in corners) + " h"


class Pen:
    """Collects one part of a card. It sets all state it needs and leaves only font and colour behind."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._ops: list[str] = []
        self._colour = ""
        self._font = ""
        self._in_text = False

    def text(
        self,
        line: Line,
        x: float,
        y: float,
        size: float,
        ink: str,
        *,
        tracking: float = 0.0,
        align: Align = "L",
    ) -> None:
        """Write a line; its place is its left end, right end or middle on the baseline."""
        if not line.runs:
            return
        left = x * POINTS
        if align != "L":
            left -= line.width(size, tracking) * (1 if align == "R" else 0.5)
        self._open_text()
        self._ink(ink)
        ops = self._ops
        if tracking:
            ops.append(f"{number(tracking * size)} Tc")
        ops.append(f"1 0 0 1 {number(left)} {number((self._height - y) * POINTS)} Tm")
        for run in line.runs:
            self._run(run.font, run.operand, size, _FATTEN[line.weight] if run.font == RARE else 0.0)
        if tracking:
            ops.append("0 Tc")

    def shape(self, shape: Shape) -> None:
        """Draw a shape of millimetres."""
        self._close_text()
        paint = (
            f"{colour(shape.colour)} RG 1 J 1 j {number(shape.stroke)} w {shape.path} S"
            if shape.stroke
            else f"{colour(shape.colour)} rg {shape.path} f"
        )
        flip = f"{POINTS:.5f} 0 0 {-POINTS:.5f} 0 {number(self._height * POINTS)} cm"
        self._ops.append(f"q {flip} {paint} Q")

    def picture(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Place an image resource."""
        self._close_text()
        place = f"{number(x * POINTS)} {number((self._height - y - height) * POINTS)}"
        self._ops.append(f"q {number(width * POINTS)} 0 0 {number(height * POINTS)} {place} cm /{name} Do Q")

    def content(self) -> str:
        """All operators so far."""
        self._close_text()
        return "\n".join(self._ops)

    def _run(self, font: str, operand: str, size: float, fat: float) -> None:
        wanted = f"/{font} {number(size)} Tf"
        if wanted != self._font:
            self._ops.append(wanted)
            self._font = wanted
        whole = operand[0] == "<" and operand.endswith(">") and operand.count("<") == 1
        show = f"{operand}Tj" if whole else f"[{operand}]TJ"
        if fat:
            show = f"{colour(self._colour)} RG {size * fat:.3f} w 2 Tr {show} 0 Tr"
        self._ops.append(show)

    def _open_text(self) -> None:
        if not self._in_text:
            self._ops.append("BT")
            self._in_text = True

    def _close_text(self) -> None:
        if self._in_text:
            self._ops.append("ET")
            self._in_text = False

    def _ink(self, ink: str) -> None:
        if ink != self._colour:
            self._ops.append(f"{colour(ink)} rg")
            self._colour = ink
