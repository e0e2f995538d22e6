"""Looking for people in files: planted names, ID numbers and telephones, in every form a program may leave.

Forms: UTF-8, UTF-16 of both byte orders, GBK, hex in both cases, base64 at each of its three alignments,
and the escapes of JSON. Archives and packed files (zip with xlsx among them, gzip, zlib, zstd) are opened and
looked through as well; the streams of a PDF are not.
"""

import base64
import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import zstandard

# What all planted ones begin with, so that whole files are searched for little.
NAME, NUMBER, PHONE = "亓官", "6399001956", "1990563"
DEEPEST = 3
_GIVEN = "安邦昌晨达恩帆光海嘉凯乐明宁鹏启荣尚涛伟欣阳泽志"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Person(NamedTuple):
    """Somebody invented."""

    name: str
    number: str
    phone: str


class Hit(NamedTuple):
    """Where what was found, and in which form."""

    where: str
    what: str
    form: str


def invent(count: int, seed: int) -> list[Person]:
    """Different people, every part of them planted nowhere else."""
    chance = random.Random(seed)
    names = chance.sample([one + other for one in _GIVEN for other in _GIVEN], count)
    return [
        Person(NAME + given, _number(at), f"{PHONE}{at:04d}") for at, given in enumerate(names, start=1000)
    ]


def _number(at: int) -> str:
    bare = f"{NUMBER}{at % 12 + 1:02d}{at % 28 + 1:02d}{at % 1000:03d}"
    check = sum(int(digit) * weight for digit, weight in zip(bare, _WEIGHTS, strict=True)) % 11
    return bare + "10X98765432"[check]


def forms(text: str) -> dict[str, bytes]:
    """A text as it may lie in a file; of base64 only what does not depend on its neighbours."""
    plain = text.encode()
    found = {
        "UTF-8": plain,
        "UTF-16LE": text.encode("utf-16-le"),
        "UTF-16BE": text.encode("utf-16-be"),
        "GBK": text.encode("gbk"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "JSON": json.dumps(text)[1:-1].encode(),
    }
    for before in range(3):
        coded = base64.b64encode(bytes(before) + plain)
        core = coded[-(-before * 8 // 6) : (before + len(plain)) * 8 // 6]
        found[f"base64 {before}"] = core
    return found


class Scanner:
    """Finds people, wherever they are."""

    def __init__(self, people: list[Person]) -> None:
        self._starts: dict[str, list[tuple[bytes, dict[bytes, str]]]] = {}
        for start, part in ((NAME, 0), (NUMBER, 1), (PHONE, 2)):
            whole: dict[str, dict[bytes, str]] = {}
            for person in people:
                for form, data in forms(person[part]).items():
                    whole.setdefault(form, {})[data] = person[part]
            for form, data in forms(start).items():
                self._starts.setdefault(form, []).append((data, whole[form]))

    def files(self, root: Path) -> Iterator[Hit]:
        """In every file below a folder, and in the names of files and folders."""
        for path in sorted(root.rglob("*")):
            yield from self.data(path.name.encode("utf-8", "surrogateescape"), f"the name of {path}")
            if path.is_file():
                yield from self.data(path.read_bytes(), str(path))

    def data(self, data: bytes, where: str, depth: int = 0) -> Iterator[Hit]:
        for form, starts in self._starts.items():
            for start, whole in starts:
                yield from self._at(data, start, whole, form, where)
        if depth < DEEPEST:
            for name, inner in _unpacked(data):
                yield from self.data(inner, f"{where} > {name}", depth + 1)

    @staticmethod
    def _at(data: bytes, start: bytes, whole: dict[bytes, str], form: str, where: str) -> Iterator[Hit]:
        lengths = {len(one) for one in whole}
        at = data.find(start)
        while at >= 0:
            for length in lengths:
                what = whole.get(data[at : at + length])
                if what is not None:
                    yield Hit(where, what, form)
            at = data.find(start, at + 1)


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed in a file, where it is a packed one."""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield member.filename, archive.read(member)
    elif data[:2] == b"\x1f\x8b":
        yield "gzip", gzip.decompress(data)
    elif data[:4] == b"\x28\xb5\x2f\xfd":
        yield "zstd", zstandard.ZstdDecompressor().decompressobj().decompress(data)
    elif data[:1] == b"\x78":
        try:
            yield "zlib", zlib.decompress(data)
        except zlib.error:
            return
