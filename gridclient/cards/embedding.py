"""Fonts inside one PDF: two-byte codes in order of first use, so a file carries only what it shows.

Codes are two bytes and mapped to Unicode as UTF-16, because a card's text must be found and copied also where
a name has characters beyond U+FFFF.
"""

from __future__ import annotations

import hashlib

from gridclient.cards.fonts import RARE, Typeface, Weight
from gridclient.cards.pdf import PdfFile

WIDE_SPACE = "\u3000"
_MAP_BLOCK = 100  # the most entries PDF allows in one bfchar block


class EmbeddedFont:
    """The part of one typeface that one document uses.

    A unit is a character, or a character and the full-width space after it. The space is then part of the
    glyph's advance: drawn as a gap it would part the two characters of a name for whoever searches or copies.
    """

    def __init__(self, face: Typeface, name: str) -> None:
        self.face = face
        self.name = name
        self._codes: dict[str, str] = {}

    def code(self, unit: str) -> str:
        """The hexadecimal code of a unit whose character the face has."""
        found = self._codes.get(unit)
        if found is None:
            found = self._codes[unit] = f"{len(self._codes) + 1:04X}"
        return found

    def write(self, pdf: PdfFile) -> int:
        """Write the font objects; returns the number of the font dictionary."""
        file = self.face.file
        units = list(self._codes)
        chars = [unit[0] for unit in units]
        data: bytes = file.makeSubset([ord(char) for char in chars])
        tag = hashlib.sha256("".join(chars).encode("utf-16-le")).digest()
        base = "".join(chr(65 + byte % 26) for byte in tag[:6]) + "+" + self.face.name
        program = pdf.stream(f"/Length1 {len(data)}", data)
        box = " ".join(str(round(edge)) for edge in file.bbox)
        descriptor = pdf.add(
            f"<</Type/FontDescriptor/FontName/{base}/Flags 4/FontBBox[{box}]/ItalicAngle 0"
            f"/Ascent {round(file.ascent)}/Descent {round(file.descent)}/CapHeight {round(file.capHeight)}"
            f"/StemV {round(file.stemV)}/FontFile2 {program} 0 R>>"
        )
        glyphs = pdf.stream("", self._glyph_map(chars))
        descendant = pdf.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{base}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {descriptor} 0 R/DW 1000/W[{self._widths(units)}]/CIDToGIDMap {glyphs} 0 R>>"
        )
        unicode_map = pdf.stream("", _to_unicode(chars))
        return pdf.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{base}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode_map} 0 R>>"
        )

    def _glyph_map(self, chars: list[str]) -> bytes:
        """Code to glyph in the subset, which numbers glyphs by first sight; characters may share one."""
        order: dict[int, int] = {0: 0}
        for char in chars:
            order.setdefault(self.face.glyph(char), len(order))
        return b"\0\0" + b"".join(order[self.face.glyph(char)].to_bytes(2, "big") for char in chars)

    def _widths(self, units: list[str]) -> str:
        widths = ((i, unit_width(self.face, unit)) for i, unit in enumerate(units, 1))
        return " ".join(f"{i}[{width}]" for i, width in widths if width != 1000)


class Embedding:
    """All fonts of one document."""

    def __init__(self) -> None:
        self._fonts: dict[int, EmbeddedFont] = {}

    def font(self, face: Typeface, weight: Weight) -> EmbeddedFont:
        """The document's part of a face; the rare characters' face serves both weights."""
        found = self._fonts.get(id(face))
        if found is None:
            name = RARE if face.name.startswith("MinqingRare") else weight.value
            found = self._fonts[id(face)] = EmbeddedFont(face, name)
        return found

    def write(self, pdf: PdfFile) -> str:
        """Write all fonts; returns the entries of the font resource dictionary."""
        return "".join(f"/{font.name} {font.write(pdf)} 0 R" for font in self._fonts.values())


def unit_width(face: Typeface, unit: str) -> int:
    """The advance of a unit in thousandths of an em."""
    return face.width(unit[0]) + 1000 * (len(unit) - 1)


def _to_unicode(chars: list[str]) -> bytes:
    pairs = [f"<{i:04X}><{char.encode('utf-16-be').hex().upper()}>" for i, char in enumerate(chars, 1)]
    blocks = [pairs[at : at + _MAP_BLOCK] for at in range(0, len(pairs), _MAP_BLOCK)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000><FFFF> endcodespacerange\n"
        f"{body}endcmap CMapName currentdict/CMap defineresource pop end end"
    ).encode("ascii")
