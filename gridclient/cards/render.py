"""Cards in, PDF out: fronts and backs, ten to an A4 sheet or one to a page."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from gridclient.cards import words
from gridclient.cards.artist import LaidOut
from gridclient.cards.book import Book
from gridclient.cards.card import Card, Problem
from gridclient.cards.fonts import Fonts
from gridclient.cards.margins import crop_marks, draw_bar, draw_slug
from gridclient.cards.pdf import PdfFile
from gridclient.cards.pen import POINTS, number
from gridclient.cards.press import Press
from gridclient.cards.sheet import HEIGHT, WIDTH, Cell, Grid, Setup, arrange, preferences, turned
from gridclient.cards.template import Template

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]

_MARGIN = 5.0  # round the trim of a single card: the bleed and its marks
_SHEET_MARK, _SINGLE_MARK = 5.0, 3.0
_BREATH = 50  # cards between two looks at progress and stop


class Stopped(Exception):
    """The person stopped the job. What was written so far is no PDF and must be thrown away."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a batch: `printed` are the positions of the cards on paper."""

    printed: tuple[int, ...]
    pages: int
    problems: tuple[Problem, ...]


def _no_progress(done: int, total: int) -> None:
    del done, total


def _go_on() -> bool:
    return False


def examine(cards: Iterable[Card], template: Template, fonts: Fonts) -> tuple[Problem, ...]:
    """All problems of the cards, found as `render` finds them, without making a file."""
    press = Press(Book(PdfFile(io.BytesIO()), fonts), template)
    return tuple(
        problem for i, card in enumerate(cards) for problem in _problems(i, card, press.artist.lay_out(card))
    )


def render(
    cards: Iterable[Card],
    out: BinaryIO,
    template: Template,
    setup: Setup,
    fonts: Fonts,
    *,
    progress: Progress = _no_progress,
    stop: Stop = _go_on,
) -> Report:
    """Write the cards as one PDF. The same cards and setup give the same bytes.

    A card with a problem that stops it is left out and reported; the others close up.
    `progress(done, total)` and `stop()` run on the caller's thread. Raises Stopped when `stop` says so.
    When no card prints the report has no pages and what was written is no PDF.
    """
    deck = tuple(cards)
    clock = _Clock(len(deck), progress, stop)
    book = Book(PdfFile(out), fonts)
    press = Press(book, template)
    laid: list[LaidOut] = []
    printed: list[int] = []
    problems: list[Problem] = []
    for i, card in enumerate(deck):
        result = press.artist.lay_out(card)
        problems += _problems(i, card, result)
        if not result.stops:
            laid.append(result)
            printed.append(i)
        clock.tick()
    if not laid:
        return Report((), 0, tuple(problems))
    press.count(laid)
    if setup.layout == "single":
        pages = _singles(book, press, template, laid, clock)
    else:
        community = next((deck[i].community for i in printed if deck[i].community), "")
        pages = _sheets(book, press, template, laid, setup, community, clock)
    book.finish(template_title(deck), setup.created, preferences(setup))
    progress(len(deck), len(deck))
    return Report(tuple(printed), pages, tuple(problems))


def template_title(deck: Sequence[Card]) -> str:
    """The title in the file's metadata: the piece's own, never a person's."""
    return deck[0].title if deck else words.TITLE


class _Clock:
    """Counts laying out and drawing as half a card each."""

    def __init__(self, total: int, progress: Progress, stop: Stop) -> None:
        self._total, self._progress, self._stop = total, progress, stop
        self._halves = 0

    def tick(self, halves: int = 1) -> None:
        before, self._halves = self._halves, self._halves + halves
        if before // _BREATH != self._halves // _BREATH:
            if self._stop():
                raise Stopped
            self._progress(min(self._halves // 2, self._total), self._total)


def _problems(i: int, card: Card, laid: LaidOut) -> list[Problem]:
    who = card.name.encode("utf-8", "replace").decode("utf-8")
    return [Problem(i, who, flaw.field, flaw.trouble, flaw.detail) for flaw in laid.flaws]


def _singles(book: Book, press: Press, template: Template, laid: list[LaidOut], clock: _Clock) -> int:
    width, height, bleed = template.width, template.height, template.bleed
    boxes = "".join(
        f"/{name}[{' '.join(number(edge * POINTS) for edge in box)}]"
        for name, box in (
            ("MediaBox", (0, 0, width + 2 * _MARGIN, height + 2 * _MARGIN)),
            (
                "BleedBox",
                (_MARGIN - bleed, _MARGIN - bleed, width + _MARGIN + bleed, height + _MARGIN + bleed),
            ),
            ("TrimBox", (_MARGIN, _MARGIN, width + _MARGIN, height + _MARGIN)),
        )
    )
    xs, ys = (_MARGIN, _MARGIN + width), (_MARGIN, _MARGIN + height)
    page = (0, 0, width + 2 * _MARGIN, height + 2 * _MARGIN)
    marks = book.form(crop_marks(xs, ys, _SINGLE_MARK, page[3]), page)
    move = f"{marks} 1 0 0 1 {number(_MARGIN * POINTS)} {number(_MARGIN * POINTS)} cm"
    for card in laid:
        book.page(f"{move}\n{press.front(card)}", boxes)
        book.page(f"{move}\n{press.back(card)}", boxes)
        clock.tick()
    return 2 * len(laid)


def _sheets(
    book: Book,
    press: Press,
    template: Template,
    laid: list[LaidOut],
    setup: Setup,
    community: str,
    clock: _Clock,
) -> int:
    grid = Grid(template)
    plan = arrange(len(laid), setup.start, setup.order)
    page = (0, 0, WIDTH, HEIGHT)
    bar = book.sketch()
    draw_bar(bar)
    marks = book.form(f"{crop_marks(grid.xs, grid.ys, _SHEET_MARK, HEIGHT)}\n{bar.part().content}", page)
    boxes = f"/MediaBox[0 0 {number(WIDTH * POINTS)} {number(HEIGHT * POINTS)}]"
    flip = words.LONG_EDGE if setup.flip == "long" else words.SHORT_EDGE
    for number_, places in enumerate(plan, 1):
        sheet = words.SHEET.format(sheet=number_, sheets=len(plan))
        about = (community, setup.batch, sheet)
        drawn = [
            (cell, laid[card]) for cell, card in zip(grid.front, places, strict=True) if card is not None
        ]
        front = _cells((cell, press.front(card)) for cell, card in drawn)
        book.page("\n".join((marks, front, _slug(book, (*about, words.FRONT, template.name)))), boxes)
        back = _cells((grid.back[cell.place], press.back(card)) for cell, card in drawn)
        slug = _slug(book, (*about, words.BACK, flip, template.name))
        book.page(turned("\n".join((marks, slug)), back, setup), boxes)
        clock.tick(len(drawn))
    return 2 * len(plan)


def _cells(cells: Iterable[tuple[Cell, str]]) -> str:
    return "\n".join(f"{cell.opening}\n{content}\nQ" for cell, content in cells)


def _slug(book: Book, texts: Iterable[str]) -> str:
    sketch = book.sketch()
    draw_slug(sketch, (text for raw in texts if (text := sketch.check("community", raw))))
    return sketch.part().content
