"""Places of cards on paper: the A4 sheet of ten, its duplex turn, its order, its used places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from gridclient.cards.pen import POINTS, number
from gridclient.cards.template import Template

WIDTH, HEIGHT = 210.0, 297.0
COLUMNS, ROWS = 2, 5
PLACES = COLUMNS * ROWS
MOST_OFFSET = 3.0

Flip = Literal["long", "short"]
Order = Literal["stack", "rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How a batch goes onto paper.

    `flip` is the edge the printer turns the sheet about. `order`: "stack" puts consecutive cards on
    consecutive sheets, so that after the cut the ten piles lie on one another in order; "rows" fills sheet
    by sheet. `start` 1..10 is the first free place of a used sheet. `offset` moves backs right and down as
    seen through the front, in millimetres. `batch` is a word for the margin, `created` the time in the
    file's metadata.
    Raises ValueError for a start or an offset out of range: beyond 3 mm the paper lies wrong.
    """

    layout: Literal["a4-10up", "single"] = "a4-10up"
    flip: Flip = "long"
    order: Order = "stack"
    start: int = 1
    offset: tuple[float, float] = (0.0, 0.0)
    batch: str = ""
    created: datetime

    def __post_init__(self) -> None:
        if not 1 <= self.start <= PLACES:
            raise ValueError(f"start {self.start} is not within 1..{PLACES}")
        if max(map(abs, self.offset)) > MOST_OFFSET:
            raise ValueError(f"offset {self.offset} is over {MOST_OFFSET} mm")


def arrange(count: int, start: int, order: Order) -> list[list[int | None]]:
    """For each sheet the card at each of the ten places, row by row, None where there is none."""
    sheets = -(-(count + start - 1) // PLACES)
    free = [
        (sheet, place) for sheet in range(sheets) for place in range(PLACES) if sheet or place >= start - 1
    ]
    if order == "stack":
        free.sort(key=lambda at: (at[1], at[0]))
    plan: list[list[int | None]] = [[None] * PLACES for _ in range(sheets)]
    for card, (sheet, place) in enumerate(free[:count]):
        plan[sheet][place] = card
    return plan


@dataclass(frozen=True, slots=True)
class Cell:
    """A place on a sheet: the operators that move there and clip to the trim and the sheet's outer bleed."""

    place: int
    opening: str


class Grid:
    """The cells of a sheet for one design, front and back."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self.left = (WIDTH - COLUMNS * template.width) / 2
        self.top = (HEIGHT - ROWS * template.height) / 2
        self.xs = [self.left + i * template.width for i in range(COLUMNS + 1)]
        self.ys = [self.top + i * template.height for i in range(ROWS + 1)]
        self.front = [self._cell(place, place // COLUMNS, place % COLUMNS) for place in range(PLACES)]
        # Turned about the long edge, columns change sides. Turned about the short edge the page of backs
        # stands on its head: that is the same page turned by 180 degrees.
        self.back = [
            self._cell(place, place // COLUMNS, COLUMNS - 1 - place % COLUMNS) for place in range(PLACES)
        ]

    def _cell(self, place: int, row: int, column: int) -> Cell:
        width, height, bleed = self._template.width, self._template.height, self._template.bleed
        x = self.left + column * width
        y = HEIGHT - self.top - (row + 1) * height
        left, right = (bleed if column == 0 else 0), (bleed if column == COLUMNS - 1 else 0)
        below, above = (bleed if row == ROWS - 1 else 0), (bleed if row == 0 else 0)
        clip = (x - left, y - below, width + left + right, height + below + above)
        box = " ".join(number(edge * POINTS) for edge in clip)
        return Cell(place, f"q {box} re W n 1 0 0 1 {number(x * POINTS)} {number(y * POINTS)} cm")


def turned(upright: str, backs: str, setup: Setup) -> str:
    """A page of backs as the printer's turn needs it, moved by the offset; `upright` is not turned."""
    right, down = setup.offset
    # Through the paper a turn about the long edge swaps left and right, one about the short edge up and down.
    right, down = (-right, down) if setup.flip == "long" else (right, -down)
    shift = f"1 0 0 1 {number(right * POINTS)} {number(-down * POINTS)} cm\n" if right or down else ""
    if setup.flip == "short":
        backs = f"q -1 0 0 -1 {number(WIDTH * POINTS)} {number(HEIGHT * POINTS)} cm\n{backs}\nQ"
    return f"{shift}{upright}\n{backs}"


def preferences(setup: Setup) -> str:
    """What a print dialogue should propose."""
    if setup.layout == "single":
        return ""
    return "/Duplex/DuplexFlipLongEdge" if setup.flip == "long" else "/Duplex/DuplexFlipShortEdge"
