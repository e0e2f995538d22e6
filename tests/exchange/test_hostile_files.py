"""Files that are broken, locked, of another kind, or built to hurt."""

import io
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridclient.core.domain.errors import KnownError
from gridclient.exchange import archive
from gridclient.exchange.workbook import open_workbook, read_workbook
from tests.exchange.archives import CELL, WIDE_CELL, ods, with_sheet, zipped
from tests.exchange.tables import HEADER, person, xlsx

FILES = Path(__file__).parent / "files"


def code_of(data: bytes) -> str:
    with pytest.raises(KnownError) as caught:
        read_workbook(data)
    assert caught.value.zh
    assert caught.value.en
    return caught.value.code


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * (64 << 20)})
    assert len(data) < 100_000
    assert code_of(data) == "file_too_large"


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    size = 65_432_109
    data = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * size})
    true, small = struct.pack("<L", size), struct.pack("<L", 1000)
    assert data.count(true) == 2
    assert code_of(data.replace(true, small)) == "file_too_large"


def test_many_entries_that_are_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "UNPACKED", 1 << 20)
    parts = {f"xl/media/{number}": bytes(range(256)) * 1200 for number in range(4)}
    assert code_of(zipped({"xl/workbook.xml": b"<x/>", **parts}, zipfile.ZIP_STORED)) == "file_too_large"


def test_more_entries_than_any_workbook_has_are_refused() -> None:
    assert code_of(zipped({f"a{number}": b"" for number in range(archive.ENTRIES + 1)})) == "file_too_large"


def test_a_cell_in_the_last_corner_is_refused_before_the_sheet_is_laid_out() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    page.write(0, 0, "a")
    page.write(1_048_575, 100, "b")
    book.close()
    assert code_of(file.getvalue()) == "sheet_too_large"


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="99000"><c r="XFD99000"><v>1</v></c></row>',
        b"<row r='99000'><c r = 'xfd99000'><v>1</v></c></row>",
        b'<row r="200001"><c r="A200001"><v>1</v></c></row>',
        b'<row r="1048576"><c><v>1</v></c></row>',
    ],
)
def test_an_address_far_away_is_seen_in_every_spelling(cell: bytes) -> None:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    first = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    assert code_of(with_sheet(head + first + cell + b"</sheetData></worksheet>")) == "sheet_too_large"


def test_wide_but_short_and_long_but_narrow_sheets_are_read() -> None:
    wide = read_workbook(xlsx([[*range(300)], [*range(300)]]))
    assert wide.sheets[0].width == 300
    long = read_workbook(xlsx([["李萍"]] * 3000))
    assert len(long.sheets[0].rows) == 3000


@pytest.mark.parametrize(
    "rows",
    [
        f'<table:table-row table:number-rows-repeated="1000000">{CELL}</table:table-row>',
        f'<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
        f"<table:table-row>{CELL}</table:table-row>",
        f'<table:table-row table:number-rows-repeated="100000">{WIDE_CELL}</table:table-row>',
    ],
)
def test_cells_that_stand_for_millions_are_refused(rows: str) -> None:
    assert code_of(ods(rows)) == "sheet_too_large"


def test_an_ods_with_the_usual_empty_tail_is_read() -> None:
    tail = (
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    book = read_workbook(ods(f"<table:table-row>{CELL}</table:table-row>{tail}"))
    assert book.sheets[0].rows == [["魏彩虹"]]


def test_entities_are_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(ods(""))) as good:
        entries = {name: good.read(name) for name in good.namelist()}
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert code_of(zipped({**entries, "content.xml": bomb})) == "file_damaged"


def test_a_locked_file_says_so() -> None:
    data = bytearray(xlsx([["a"]]))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = 0
        while (at := data.find(mark, at)) >= 0:
            flags = at + (6 if mark == b"PK\x03\x04" else 8)
            data[flags] |= 1
            at += 4
    assert code_of(bytes(data)) == "file_locked"


def test_a_workbook_with_a_password_says_so() -> None:
    assert code_of((FILES / "locked.xlsx").read_bytes()) == "file_locked"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\n\n,,\n", "file_empty"),
        (b"%PDF-1.7\x00\x01", "file_kind"),
        (b"\xff\xfe\x00", "file_kind"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "file_kind"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 20, "file_damaged"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "file_kind"),
        (zipped({"word/document.xml": b"<x/>"}), "file_kind"),
        (zipped({"xl/workbook.xml": b"no xml"}), "file_damaged"),
        (xlsx([["a"]])[:-200], "file_damaged"),
        (xlsx([]), "file_empty"),
    ],
)
def test_what_is_no_register_says_what_it_is(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        open_workbook(tmp_path / "nothing.xlsx")
    assert caught.value.code == "file_missing"
    with pytest.raises(KnownError):
        open_workbook(tmp_path)


GOOD = xlsx([HEADER, person("3-502", "魏彩虹")])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, value in changes:
        data[at] = value
    with suppress(KnownError):
        assert read_workbook(bytes(data)).sheets
