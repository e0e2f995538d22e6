"""The front to fill in by pen: a card of a community that does not know its workers yet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from gridclient.cards.card import Card, Trouble
from gridclient.cards.fonts import Fonts
from gridclient.cards.red import RED
from gridclient.cards.render import examine
from tests.cards.invented import ITEMS, MM, Printed, card, numbered

DPI = 600
DOT = DPI / 25.4
TRIM = 5  # millimetres of margin round a single card


@pytest.fixture(scope="module")
def empty() -> Card:
    """A card of which the worker's part is unknown."""
    return card(name="", phone="", badge="", buildings="")


@pytest.fixture(scope="module")
def printed(fonts: Fonts, empty: Card) -> Printed:
    return Printed([empty], fonts, layout="single")


@pytest.fixture(scope="module")
def picture(printed: Printed) -> Image.Image:
    return printed.image(0, DPI)


def _strokes(image: Image.Image, start: tuple[float, float], end: tuple[float, float]) -> list[float]:
    """Where drawn lines cross a way across or down the card: the middles of the strokes, in millimetres."""
    x0, y0, x1, y1 = (round((edge + TRIM) * DOT) for edge in (*start, *end))
    line = image.crop((x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))).convert("L").tobytes()
    dark = [grey < 200 for grey in line]
    starts = [i for i, ink in enumerate(dark) if ink and not (i and dark[i - 1])]
    ends = [i for i, ink in enumerate(dark, 1) if ink and not (i < len(dark) and dark[i])]
    first = start[0] if x1 > x0 else start[1]
    return [first + (a + b) / 2 / DOT for a, b in zip(starts, ends, strict=True)]


def test_it_prints_and_is_told_without_stopping(printed: Printed) -> None:
    report = printed.report
    assert (report.printed, report.pages) == ((0,), 2)
    assert [problem.trouble for problem in report.problems] == [Trouble.BY_HAND]
    assert not report.problems[0].stops
    assert report.problems[0].sentence() == "第 1 张：没有姓名和电话，印成手填卡。"


def test_eleven_boxes_stand_in_the_groups_a_number_is_read_in(picture: Image.Image) -> None:
    across = _strokes(picture, (14, 45.3), (87, 45.3))
    assert len(across) == 22
    lefts, rights = across[::2], across[1::2]
    assert [right - left for left, right in zip(lefts, rights, strict=True)] == pytest.approx(
        [5.4] * 11, abs=0.06
    )
    gaps = [left - right for left, right in zip(lefts[1:], rights, strict=False)]
    near, far = 0.65, 2.15
    assert gaps == pytest.approx([near] * 2 + [far] + [near] * 3 + [far] + [near] * 3, abs=0.06)
    assert rights[-1] == pytest.approx(84.85, abs=0.06)
    for left in lefts:
        assert _strokes(picture, (left + 2.7, 39), (left + 2.7, 51)) == pytest.approx([41.2, 49.4], abs=0.06)


def test_pen_lines_are_eight_millimetres_apart(picture: Image.Image) -> None:
    lines = _strokes(picture, (70, 14), (70, 40))
    assert lines == pytest.approx([22, 30, 38], abs=0.06)
    for y in lines:
        assert len(_strokes(picture, (42, y), (87, y))) == 1


def test_the_foot_is_white_round_the_boxes(picture: Image.Image) -> None:
    for x, y in ((14.5, 45), (18.6, 45), (34.2, 45), (60, 45), (86, 45), (50, 40), (50, 50.5)):
        assert picture.getpixel((round((x + TRIM) * DOT), round((y + TRIM) * DOT))) == (255, 255, 255)


def test_it_says_what_is_known_and_asks_for_the_rest(printed: Printed) -> None:
    text = printed.text(0)
    for said in ("为民服务联络卡", "示例社区", "网格员", "工号", "负责", "电话", "照片"):
        assert text.count(said) == 1
    assert all(item in printed.text(1) for item in ITEMS)


def test_what_is_known_takes_the_place_of_its_line(fonts: Fonts) -> None:
    known = Printed([card(name="", phone="", badge="")], fonts, layout="single")
    assert "负责示例小区1–5号楼" in known.text(0)
    assert _strokes(known.image(0, DPI), (80, 14), (80, 40)) == pytest.approx([22, 30], abs=0.06)


def test_a_known_photo_prints_in_its_frame(
    fonts: Fonts, empty: Card, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("photo") / "photo.png"
    Image.new("RGB", (400, 560), "#2040c0").save(path)
    shown = Printed([replace(empty, photo=path.read_bytes())], fonts, layout="single")
    assert "照片" not in shown.text(0)
    pixel = shown.image(0, DPI).getpixel((round(21 * DOT), round(26 * DOT)))
    assert isinstance(pixel, tuple)
    assert pixel[2] > 150 > pixel[0]


def test_the_back_is_the_one_of_any_card(fonts: Fonts, printed: Printed) -> None:
    usual = Printed([card()], fonts, layout="single")
    assert printed.image(1, 150).tobytes() == usual.image(1, 150).tobytes()


def test_all_but_bands_stays_three_millimetres_inside_the_trim(
    printed: Printed, picture: Image.Image
) -> None:
    sheet = printed.pdf[0].get_textpage()
    for i in range(sheet.count_chars()):
        left, bottom, right, top = (edge / MM - TRIM for edge in sheet.get_charbox(i))
        if right > left and top > bottom:
            assert left >= 3
            assert right <= 87
            assert bottom >= 3
            assert top <= 51
    for x0, y0, x1, y1 in (
        (0.1, 2.7, 3, 51.3),
        (87, 2.7, 89.9, 51.3),
        (0.1, 51, 89.9, 51.3),
        (0.1, 2.7, 89.9, 3),
    ):
        box = [round((edge + TRIM) * DOT) for edge in (x0, y0, x1, y1)]
        assert picture.crop((box[0], box[1], box[2], box[3])).convert("L").getextrema() == (255, 255)


@pytest.mark.parametrize(("name", "phone"), [("", ""), ("  ", "\u3000"), ("\u200b", "-"), ("\ufeff", "")])
def test_empty_is_what_shows_nothing(fonts: Fonts, name: str, phone: str) -> None:
    problems = examine([card(name=name, phone=phone)], RED, fonts)
    assert [problem.trouble for problem in problems] == [Trouble.BY_HAND]


@pytest.mark.parametrize(
    ("name", "phone", "stopped"),
    [
        ("", "13900000000", [("name", Trouble.MISSING)]),
        ("林小满", "", [("phone", Trouble.MISSING)]),
        ("محمد", "", [("name", Trouble.NO_GLYPH), ("phone", Trouble.MISSING)]),
        ("", "1" * 300, [("name", Trouble.MISSING), ("phone", Trouble.TOO_LONG)]),
    ],
)
def test_half_a_worker_is_still_held_back(
    fonts: Fonts, name: str, phone: str, stopped: list[tuple[str, Trouble]]
) -> None:
    problems = examine([card(name=name, phone=phone)], RED, fonts)
    assert [(problem.field, problem.trouble) for problem in problems if problem.stops] == stopped


def test_both_kinds_share_a_sheet(fonts: Fonts, empty: Card) -> None:
    mixed = Printed([*numbered(4), *[empty] * 6], fonts)
    assert mixed.report.printed == tuple(range(10))
    text = mixed.text(0)
    assert text.count("照片") == 6
    assert text.count("有事您说话") == 4
