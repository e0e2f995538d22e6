"""The file as a printer takes it: pages, boxes, fonts, metadata, the same bytes twice."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

from gridclient.cards.fonts import Fonts
from gridclient.cards.red import RED
from gridclient.cards.render import Stopped, render
from gridclient.cards.sheet import Setup
from tests.cards.invented import CREATED, MM, Printed, card, numbered


@pytest.mark.parametrize(
    ("count", "start", "pages"), [(1, 1, 2), (10, 1, 2), (11, 1, 4), (10, 2, 4), (25, 7, 8)]
)
def test_ten_cards_a_sheet_two_pages_a_sheet(fonts: Fonts, count: int, start: int, pages: int) -> None:
    printed = Printed(numbered(count), fonts, start=start)
    assert len(printed.pdf) == printed.report.pages == pages
    assert {tuple(round(edge) for edge in page.get_mediabox()) for page in printed.pdf} == {(0, 0, 595, 842)}


def test_single_pages_carry_trim_and_bleed(fonts: Fonts) -> None:
    printed = Printed(numbered(2), fonts, layout="single")
    assert len(printed.pdf) == 4
    for page in printed.pdf:
        boxes = [page.get_mediabox(), page.get_bleedbox(), page.get_trimbox()]
        sizes = [(round((box[2] - box[0]) / MM, 1), round((box[3] - box[1]) / MM, 1)) for box in boxes]
        assert sizes == [(100, 64), (94, 58), (90, 54)]
        assert round((boxes[2][0] - boxes[1][0]) / MM, 1) == 2


def test_nothing_to_print_is_told_by_the_report(fonts: Fonts) -> None:
    report = render([card(phone="")], io.BytesIO(), RED, Setup(created=CREATED), fonts)
    assert (report.printed, report.pages) == ((), 0)
    assert [problem.field for problem in report.problems if problem.stops] == ["phone"]


def test_the_same_cards_give_the_same_bytes(fonts: Fonts) -> None:
    first, second = Printed(numbered(12), fonts), Printed(numbered(12), Fonts.load())
    assert first.data == second.data


def test_every_font_is_embedded_as_a_subset_with_unicode(fonts: Fonts, tmp_path: Path) -> None:
    path = tmp_path / "cards.pdf"
    path.write_bytes(Printed([card(name="王𠮷明")], fonts).data)
    listing = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listing.splitlines()[2:]]
    assert {row[0].split("+")[1] for row in rows} == {
        "NotoSansSC-Medium",
        "NotoSansSC-Bold",
        "MinqingRareHan-Regular",
    }
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)


def test_metadata_name_the_piece_and_the_time_and_nobody(fonts: Fonts) -> None:
    printed = Printed(numbered(1), fonts)
    metadata = printed.pdf.get_metadata_dict()
    assert {key: value for key, value in metadata.items() if value} == {
        "Title": "为民服务联络卡",
        "Producer": "Minqing Ledger",
        "CreationDate": "D:20261101083000+00'00'",
        "ModDate": "D:20261101083000+00'00'",
    }


def test_progress_never_goes_back_and_ends_at_the_total(fonts: Fonts) -> None:
    seen: list[tuple[int, int]] = []
    render(
        numbered(120),
        io.BytesIO(),
        RED,
        Setup(created=CREATED),
        fonts,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == sorted(seen)
    assert seen[-1] == (120, 120)
    assert len(seen) > 2


@pytest.mark.parametrize("patience", [0, 1, 3])
def test_stop_is_heard_while_laying_out_and_while_drawing(fonts: Fonts, patience: int) -> None:
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > patience

    with pytest.raises(Stopped):
        render(numbered(120), io.BytesIO(), RED, Setup(created=CREATED), fonts, stop=stop)
    assert asked == patience + 1


def test_a_sheet_of_alike_cards_is_drawn_once(fonts: Fonts) -> None:
    alike = Printed([card()] * 500, fonts)
    assert len(alike.data) / 500 < 300


def test_thousands_of_different_cards_stay_small(fonts: Fonts) -> None:
    many = Printed(numbered(1000), fonts)
    assert len(many.data) / 1000 < 1200
