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
_STRETCH = 8  # modules
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


class _Stretch(dict[bytes, str]):
    """The operators of a few neighbouring modules at one place of the symbol, by their pattern."""

    def __init__(self, x: int, y: int) -> None:
        super().__init__()
        self._x, self._y = x, y

    def __missing__(self, pattern: bytes) -> str:
        runs = ((run.start(), run.end()) for run in _DARK.finditer(pattern))
        found = self[pattern] = "".join(f"{self._x + a} {self._y} {b - a} 1 re\n" for a, b in runs)
        return found


class CodeMaker:
    """Encodes addresses at level M and draws them in a square that includes the quiet zone."""

    def __init__(self, place: Code, height: float) -> None:
        self._place = place
        self._height = height
        self._stretches: dict[int, list[tuple[int, int, _Stretch]]] = {}

    def content(self, address: str) -> str:
        """The operators that draw an address in black."""
        symbol = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        # The library's stubs leave out that an image is a buffer: one byte a module, 0 is dark.
        modules = bytes(cast("bytes", symbol.to_image(scale=1, add_quiet_zones=False)))
        side = isqrt(len(modules))
        module = self._place.side / (side + 2 * _QUIET) * POINTS
        left = self._place.x * POINTS + _QUIET * module
        bottom = (self._height - self._place.y - self._place.side) * POINTS + _QUIET * module
        runs = "".join([stretch[modules[a:b]] for a, b, stretch in self._plan(side)])
        return f"q {module:.4f} 0 0 {module:.4f} {number(left)} {number(bottom)} cm 0 g\n{runs}f Q"

    def _plan(self, side: int) -> list[tuple[int, int, _Stretch]]:
        """Each row in stretches so short that their patterns soon repeat: look up, do not search."""
        found = self._stretches.get(side)
        if found is None:
            found = self._stretches[side] = [
                (start, min(start + _STRETCH, end), _Stretch(start + side - end, y))
                for y in range(side)
                for end in ((side - y) * side,)
                for start in range(end - side, end, _STRETCH)
            ]
        return found
