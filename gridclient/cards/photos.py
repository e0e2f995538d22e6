"""Portraits: cropped to the photo's place, reduced to print resolution, free of all metadata."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from gridclient.cards.card import Flaw, Trouble
from gridclient.cards.pdf import PdfFile

_DOTS = 400  # per inch; a print shop asks for 300
_LEAST = (295, 413)  # pixels of the one-inch picture at 300 dots
_MOST_PIXELS = 60_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A placed photo: its resource name, empty when none could be made of the file."""

    name: str
    flaws: tuple[Flaw, ...]


class Album:
    """The photos of one document, each written once however many cards show it."""

    def __init__(self, pdf: PdfFile) -> None:
        self._pdf = pdf
        self._pictures: dict[tuple[bytes, tuple[int, int]], Picture] = {}
        self._numbers: dict[str, int] = {}

    def picture(self, data: bytes, width: float, height: float) -> Picture:
        """The picture of a photo file for a place in millimetres. An unreadable file is only a warning."""
        size = round(width / 25.4 * _DOTS), round(height / 25.4 * _DOTS)
        key = (hashlib.sha256(data).digest(), size)
        found = self._pictures.get(key)
        if found is None:
            found = self._pictures[key] = self._add(data, size)
        return found

    def resources(self) -> str:
        """The entries of the XObject resource dictionary."""
        return "".join(f"/{name} {number} 0 R" for name, number in self._numbers.items())

    def _add(self, data: bytes, most: tuple[int, int]) -> Picture:
        try:
            jpeg, size, source = _prepare(data, most)
        except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
            return Picture("", (Flaw(Trouble.BAD_PHOTO, "photo"),))
        entries = f"/Type/XObject/Subtype/Image/Width {size[0]}/Height {size[1]}"
        entries += "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
        name = f"I{len(self._numbers) + 1}"
        self._numbers[name] = self._pdf.stream(entries, jpeg, packed=False)
        coarse = source[0] < _LEAST[0] or source[1] < _LEAST[1]
        flaw = Flaw(Trouble.COARSE_PHOTO, "photo", f"{source[0]}×{source[1]}")
        return Picture(name, (flaw,) if coarse else ())


def _prepare(data: bytes, most: tuple[int, int]) -> tuple[bytes, tuple[int, int], tuple[int, int]]:
    """JPEG bytes, their size and the source's; cropped round the face's usual height, never stretched."""
    with Image.open(io.BytesIO(data)) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise ValueError("too many pixels")
        opened.draft("RGB", (most[0] * 2, most[1] * 2))
        size = opened.size
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
        ground = Image.new("RGBA", upright.size, "white")
        picture = Image.alpha_composite(ground, upright).convert("RGB")
    share = min(picture.width / most[0], picture.height / most[1])
    if share < 1:
        most = max(1, round(most[0] * share)), max(1, round(most[1] * share))
    fitted = ImageOps.fit(picture, most, Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    packed = io.BytesIO()
    fitted.save(packed, "JPEG", quality=88, optimize=True)
    return packed.getvalue(), fitted.size, size
