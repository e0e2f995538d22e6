"""A PDF file written as it grows: objects go out when they are made, so any batch takes little memory."""

from __future__ import annotations

import hashlib
import zlib
from datetime import datetime
from typing import BinaryIO


class PdfFile:
    """Numbers and writes objects, then the table of where they are. The output need not be seekable."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._at = 0
        self._offsets: list[int] = []
        self._digest = hashlib.sha256()
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        """A number for an object to be written later."""
        self._offsets.append(0)
        return len(self._offsets)

    def add(self, body: str, number: int | None = None) -> int:
        """Write an object, under a reserved number or a new one; returns its number."""
        number = number or self.reserve()
        self._offsets[number - 1] = self._at
        self._write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
        return number

    def stream(self, entries: str, data: bytes, *, level: int = 6, packed: bool = True) -> int:
        """Write a stream object, compressed unless it already is (`packed` false)."""
        if packed:
            data, entries = zlib.compress(data, level), entries + "/Filter/FlateDecode"
        number = self.reserve()
        self._offsets[number - 1] = self._at
        self._write(f"{number} 0 obj\n<<{entries}/Length {len(data)}>>stream\n".encode("latin-1"))
        self._write(data)
        self._write(b"\nendstream\nendobj\n")
        return number

    def finish(self, root: int, info: int) -> None:
        """Write the cross-reference table and the trailer."""
        name = self._digest.hexdigest()[:32]
        table = [f"xref\n0 {len(self._offsets) + 1}\n0000000000 65535 f \n"]
        table += [f"{offset:010d} 00000 n \n" for offset in self._offsets]
        table.append(
            f"trailer\n<</Size {len(self._offsets) + 1}/Root {root} 0 R/Info {info} 0 R"
            f"/ID[<{name}><{name}>]>>\n"
            f"startxref\n{self._at}\n%%EOF\n"
        )
        self._write("".join(table).encode("latin-1"))

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._at += len(data)


def text_string(text: str) -> str:
    """A text as a PDF string object."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def date_string(at: datetime) -> str:
    """An instant as a PDF date; a naive one is written without a zone."""
    zone = at.strftime("%z")
    offset = f"{zone[:3]}'{zone[3:5]}'" if zone else ""
    return f"(D:{at:%Y%m%d%H%M%S}{offset})"
