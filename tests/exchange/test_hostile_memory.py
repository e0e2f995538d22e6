"""What is built to hurt is refused in a sentence, before it costs memory. One program takes all of them."""

import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.exchange.archives import MANIFEST, ODS_HEAD, ods, parts, with_sheet, zipped
from tests.exchange.tables import xlsx

SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
TEXTS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
MOST = 200  # MiB
FILES = Path(__file__).parent / "files"
# Peaks are those of the program itself: the system counts its parent's in another one.
PROGRAM = """
import sys
from pathlib import Path
from gridclient.core.domain.errors import KnownError
from gridclient.exchange.workbook import open_workbook

def peak():
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024

before = peak()
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        open_workbook(path)
        print(path.name, "read", peak() - before)
    except KnownError as error:
        print(path.name, error.code, peak() - before)
"""


def streamed(path: Path, name: str, pieces: Iterator[bytes]) -> None:
    """A true workbook of which one part comes in pieces."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for other, content in parts(xlsx([["a"]])).items():
            if other != name:
                made.writestr(other, content)
        with made.open(name, "w", force_zip64=True) as part:
            for piece in pieces:
                part.write(piece)


def texts() -> Iterator[bytes]:
    yield TEXTS
    for start in range(0, 320_000, 10_000):
        numbers = (number * 7919 % 1_000_003 for number in range(start, start + 10_000))
        yield "".join(f"<si><t>{number}{'x' * 200}</t></si>" for number in numbers).encode()


def formulas() -> Iterator[bytes]:
    yield SHEET + b"<sheetData>"
    for row in range(1, 20_001):
        yield f'<row r="{row}">{f"<c><f>A{row}</f></c>" * 19}</row>'.encode()
    yield b"</sheetData></worksheet>"


def overlapping(entries: int = 300) -> bytes:
    """An archive whose entries all name the same bytes."""
    content = bytes(9 << 20)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(content) + deflate.flush()
    sizes = (zlib.crc32(content), len(packed), len(content))
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, *sizes, 1, 0) + b"a" + packed
    listing = b""
    for number in range(entries):
        name = f"xl/{number}".encode()
        listing += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *sizes, len(name), 0, 0, 0, 0, 0, 0
        )
        listing += name
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, entries, entries, len(listing), len(local), 0)
    return local + listing + end


def laughing() -> bytes:
    entities = [b'<!ENTITY a0 "aaaaaaaaaaaaaaaaaaaa">']
    entities += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.encode() for n in range(1, 10)]
    return b"<!DOCTYPE l [" + b"".join(entities) + b"]>"


def cell(said: bytes) -> bytes:
    inside = (
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row></sheetData></worksheet>'
    )
    return SHEET + inside % said


def deep_ods() -> bytes:
    content = (ODS_HEAD + "<a>" * 3_000_000).encode()
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": MANIFEST.encode()})


def cyclic() -> bytes:
    """An xls in which every sector comes before itself."""
    data = bytearray((FILES / "office.xls").read_bytes())
    data[512:1024] = bytes(512)
    return bytes(data)


def ods_text(more: str, cell_more: str = "") -> bytes:
    said = (
        f'<table:table-cell office:value-type="string"{cell_more}><text:p>a{more}</text:p></table:table-cell>'
    )
    return ods(f"<table:table-row>{said}</table:table-row>")


MADE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a million rows": (lambda: b"a,b\n" * 1_000_000, "sheet_too_large"),
    "five million cells": (lambda: b"," * 5_000_000, "sheet_too_large"),
    "a large text": (lambda: b"a" * (65 << 20), "file_too_large"),
    "one endless cell": (lambda: b'"' + b"a" * 30_000_000, "file_damaged"),
    "no archive": (lambda: b"PK\x03\x04" + bytes(range(256)) * 200_000, "file_damaged"),
    "an archive within": (lambda: zipped({"a.zip": zipped({"xl/workbook.xml": b" " * 1000})}), "file_kind"),
    "overlapping": (overlapping, "file_damaged"),
    "deep": (lambda: with_sheet(SHEET + b"<a>" * 3_000_000), "file_empty"),
    "deep ods": (deep_ods, "file_damaged"),
    "a million columns": (
        lambda: ods_text("", ' table:number-columns-repeated="999999999"'),
        "sheet_too_large",
    ),
    "a billion spaces": (lambda: ods_text('<text:s text:c="999999999"/>'), "file_too_large"),
    "open cells": (lambda: with_sheet(SHEET + b'<sheetData><row><c t="e"><v>' * 300_000), "file_damaged"),
    "laughs": (lambda: with_sheet(laughing() + cell(b"&a9;")), "file_damaged"),
    "another file": (
        lambda: with_sheet(b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hosts">]>' + cell(b"&a;")),
        "file_damaged",
    ),
    "merged over and over": (
        lambda: with_sheet(
            cell(b"a").removesuffix(b"</worksheet>")
            + b"<mergeCells>"
            + b'<mergeCell ref="A1:A199999"/>' * 100_000
            + b"</mergeCells></worksheet>"
        ),
        "sheet_too_large",
    ),
    "said to be large": (
        lambda: with_sheet(
            cell(b"a").replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
        ),
        "read",
    ),
    "corner.xls": ((FILES / "corner.xls").read_bytes, "sheet_too_large"),
    "cyclic.xls": (cyclic, "file_damaged"),
    "cut.xls": (lambda: (FILES / "office.xls").read_bytes()[:3000], "file_kind"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int]]:
    """What the program says of every file, and its peak by then."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in MADE.items():
        (folder / name).write_bytes(make())
    streamed(folder / "texts", "xl/sharedStrings.xml", texts())
    streamed(folder / "formulas", "xl/worksheets/sheet1.xml", formulas())
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)], capture_output=True, text=True, check=True
    )
    lines = [line.rsplit(" ", 2) for line in ran.stdout.splitlines()]
    return {name: (code, int(peak)) for name, code, peak in lines}


def test_every_one_is_refused_with_its_reason(told: dict[str, tuple[str, int]]) -> None:
    expected = {name: code for name, (_, code) in MADE.items()}
    expected |= {"texts": "file_too_large", "formulas": "sheet_too_large"}
    assert {name: code for name, (code, _) in told.items()} == expected


def test_none_costs_memory(told: dict[str, tuple[str, int]]) -> None:
    assert max(peak for _, peak in told.values()) <= MOST, told
