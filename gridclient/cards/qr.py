"""QR codes as one filled path each: no hairlines between modules, no image to blur."""

from __future__ import annotations

import re
from math import isqrt
from typing import cast

import zxingcpp

from gridclient.cards import words
from gridclient.cards.card import Flaw, Trouble
from gridclient.cards.pen import POINTS, number
from gridclient.cards.template import Code

_QUIET = 4  # modules of white a reader needs on each side
MOST = 106  # bytes of a version 6 symbol at level M: the largest whose modules stay over half a millimetre
_ADDRESS = re.compile(r"https://[A-Za-z0-9.\-]+(:\d+)?/[A-Za-z0-9._~:/?#@!$&'()*+,;=%\-]*")
_DARK = re.compile(rb"\0+")


def address_flaw(address: str) -> Flaw | None:
    """Why an address cannot stand on a card, or None. Case is kept: HTTPS:// is text to some scanners."""
    if not address.startswith("https://"):
        return Flaw(Trouble.BAD_ADDRESS, "qr", words.ADDRESS_NOT_HTTPS)
    if len(address) > MOST:
        return Flaw(Trouble.BAD_ADDRESS, "qr", words.ADDRESS_LENGTH.format(length=len(address), most=MOST))
    if not _ADDRESS.fullmatch(address):
        return Flaw(Trouble.BAD_ADDRESS, "qr", words.ADDRESS_CHARACTERS)
    return None


class CodeMaker:
    """Encodes addresses at level M and draws them in a square that includes the quiet zone."""

    def __init__(self, place: Code, height: float) -> None:
        self._place = place
        self._height = height
        self._tables: dict[int, list[list[list[str]]]] = {}

    def content(self, address: str) -> str:
        """The operators that draw an address in black."""
        symbol = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        # The library's stubs leave out that an image is a buffer: one byte a module, 0 is dark.
        rows = bytes(cast("bytes", symbol.to_image(scale=1, add_quiet_zones=False)))
        side = isqrt(len(rows))
        module = self._place.side / (side + 2 * _QUIET) * POINTS
        left = self._place.x * POINTS + _QUIET * module
        bottom = (self._height - self._place.y - self._place.side) * POINTS + _QUIET * module
        table = self._table(side)
        runs = [
            starts[run.start()][run.end()]
            for y, starts in enumerate(table)
            for run in _DARK.finditer(rows[(side - 1 - y) * side : (side - y) * side])
        ]
        return f"q {module:.4f} 0 0 {module:.4f} {number(left)} {number(bottom)} cm 0 g\n{''.join(runs)}f Q"

    def _table(self, side: int) -> list[list[list[str]]]:
        """The operator of every run of dark modules: by row from the bottom, start and end."""
        found = self._tables.get(side)
        if found is None:
            span = range(side + 1)
            found = self._tables[side] = [
                [[f"{x} {y} {end - x} 1 re\n" for end in span] for x in range(side)] for y in range(side)
            ]
        return found
