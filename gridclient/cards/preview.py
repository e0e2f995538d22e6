"""A card as a picture, from the very PDF that would be printed."""

import io
from datetime import UTC, datetime

import pypdfium2

from gridclient.cards.card import Card
from gridclient.cards.fonts import Fonts
from gridclient.cards.red import RED
from gridclient.cards.render import render
from gridclient.cards.sheet import Setup
from gridclient.core.domain.errors import KnownError

SCALE = 4.0  # 288 dpi
MARGIN = 5.0  # millimetres round the trim of a single card
POINTS = 72 / 25.4


def faces(card: Card, fonts: Fonts) -> tuple[bytes, bytes, int, int]:
    """Front and back as 32-bit pixels (BGRX), and their width and height.

    Raises:
        KnownError: the card would not be printed.
    """
    out = io.BytesIO()
    setup = Setup(layout="single", created=datetime.fromtimestamp(0, UTC))
    report = render([card], out, RED, setup, fonts)
    if not report.printed:
        stops = [problem.sentence() for problem in report.problems if problem.stops]
        raise KnownError("not_printable", "；".join(stops), "This card cannot be printed.")
    document = pypdfium2.PdfDocument(out.getvalue())
    crop = (MARGIN * POINTS,) * 4
    bitmaps = [
        page.render(scale=SCALE, crop=crop, rev_byteorder=False, prefer_bgrx=True) for page in document
    ]
    front, back = (bytes(bitmap.buffer) for bitmap in bitmaps)
    width, height = bitmaps[0].width, bitmaps[0].height
    document.close()
    return front, back, width, height
