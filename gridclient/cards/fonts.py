"""The bundled typefaces: which one has a character, how wide it is."""

from __future__ import annotations

import io
import unicodedata
from enum import Enum
from functools import cached_property
from pathlib import Path

import zstandard
from reportlab.pdfbase.ttfonts import TTFontFile

from gridclient.resources_path import resource

# None of these is ink, even where a font maps it: controls, joiners, combining marks, private use.
_NO_INK = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Mc", "Zl", "Zp"})


RARE = "R"  # the resource name of the rare characters' one weight


class Weight(Enum):
    """The two weights of a card; the value is the resource name of PDF fonts."""

    MEDIUM = "M"
    BOLD = "B"


class Typeface:
    """One TrueType file, read once and shared by any number of documents."""

    def __init__(self, data: bytes) -> None:
        self.file = TTFontFile(io.BytesIO(data))
        self.name: str = self.file.name.decode("ascii")
        self._glyphs: dict[int, int] = self.file.charToGlyph
        self._widths: dict[int, float] = self.file.charWidths

    def has(self, char: str) -> bool:
        """True when the character prints with this face."""
        return ord(char) in self._glyphs and unicodedata.category(char) not in _NO_INK

    def glyph(self, char: str) -> int:
        """The glyph number in the file; raises KeyError for a character it has not."""
        return self._glyphs[ord(char)]

    def width(self, char: str) -> int:
        """The advance in thousandths of an em."""
        return round(self._widths[ord(char)])


class Fonts:
    """The faces of a card. Loading reads 21 MB; the rare characters load when the first one is met."""

    def __init__(self, medium: Typeface, bold: Typeface, rare_file: Path) -> None:
        self.medium = medium
        self.bold = bold
        self._rare_file = rare_file
        self._printable: set[str] = set()

    @classmethod
    def load(cls) -> Fonts:
        """The bundled fonts."""
        medium, bold = (
            Typeface(resource(f"fonts/NotoSansSC-{weight}.ttf").read_bytes()) for weight in ("Medium", "Bold")
        )
        return cls(medium, bold, resource("fonts/rare-han.ttf.zst"))

    @cached_property
    def rare(self) -> Typeface:
        """Han characters which Noto Sans SC lacks, in one weight."""
        with self._rare_file.open("rb") as packed:
            return Typeface(zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(packed).read())

    def face(self, weight: Weight) -> Typeface:
        """The face of a weight."""
        return self.bold if weight is Weight.BOLD else self.medium

    def find(self, char: str, weight: Weight) -> Typeface | None:
        """The face that prints a character, or None when no bundled font has it."""
        face = self.face(weight)
        if face.has(char):
            return face
        could_be_rare = char > "\u3400" and unicodedata.category(char) == "Lo"
        return self.rare if could_be_rare and self.rare.has(char) else None

    def unprintable(self, text: str) -> str:
        """The characters of a text that no bundled font prints, each once, in order."""
        if self._printable.issuperset(text):
            return ""
        bad = {
            char for char in text if char not in self._printable and self.find(char, Weight.MEDIUM) is None
        }
        self._printable.update(set(text) - bad)
        return "".join(dict.fromkeys(char for char in text if char in bad))
