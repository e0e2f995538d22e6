"""Rendered pages: ink inside the safe area, codes that scan, names and lists in their steps."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw

from gridclient.cards.card import Card, Trouble
from gridclient.cards.fonts import Fonts
from tests.cards.invented import ITEMS, MM, PLAIN, Printed, card, numbered

LONG_NAME = "古丽巴哈尔·阿卜杜热合曼·麦麦提艾力江买"


def _decoded(image: Image.Image) -> list[str]:
    return sorted(code.text for code in zxingcpp.read_barcodes(image))


@pytest.mark.parametrize(("dpi", "mode"), [(300, "RGB"), (200, "L"), (150, "L")])
def test_every_code_of_a_sheet_is_read_in_colour_and_in_grey(fonts: Fonts, dpi: int, mode: str) -> None:
    cards = numbered(10)
    page = Printed(cards, fonts).image(1, dpi).convert(mode)
    assert _decoded(page) == sorted(one.qr for one in cards)


def test_the_largest_code_allowed_is_read(fonts: Fonts) -> None:
    address = "https://grid.example.cn/" + "k" * 82
    assert len(address) == 106
    assert _decoded(Printed([card(qr=address)], fonts, layout="single").image(1, 200)) == [address]


def test_the_code_keeps_four_modules_of_white_around_it(fonts: Fonts) -> None:
    image = Printed([card()], fonts, layout="single").image(1, 600).convert("L")
    dot = 600 / 25.4
    box = tuple(round((5 + edge) * dot) for edge in (62.44 + 0.1, 2.56 + 0.1, 62.44 + 24.9, 2.56 + 24.9))
    ink = ImageChops.invert(image.crop((box[0], box[1], box[2], box[3]))).getbbox()
    assert ink is not None
    module = 25 / 41 * dot
    assert min(ink[0], ink[1]) >= 4 * module - 0.1 * dot - 1.5
    assert box[2] - box[0] - ink[2] >= 4 * module - 0.1 * dot - 1.5


@pytest.mark.parametrize(
    "one",
    [
        PLAIN,
        card(name=LONG_NAME, qr=""),
        card(phone="075512345678", community="示例花园街道第一社区"),
        card(slogan="走千家 入万户 访民情 解民忧", doctor_name="欧阳知夏"),
    ],
)
def test_text_photo_and_code_stay_three_millimetres_inside_the_trim(fonts: Fonts, one: Card) -> None:
    printed = Printed([one], fonts, layout="single")
    assert printed.report.printed == (0,)
    for page in (0, 1):
        sheet = printed.pdf[page].get_textpage()
        for i in range(sheet.count_chars()):
            left, bottom, right, top = (edge / MM - 5 for edge in sheet.get_charbox(i))
            if right > left and top > bottom:
                assert left >= 3 - 0.05, sheet.get_text_range(i, 1)
                assert right <= 87.05, sheet.get_text_range(i, 1)
                assert bottom >= 3 - 0.05, sheet.get_text_range(i, 1)
                assert top <= 51.05, sheet.get_text_range(i, 1)


def test_only_bands_and_lines_reach_the_cut_and_alike_on_both_sides(fonts: Fonts) -> None:
    for page in (0, 1):
        image = Printed([card()], fonts, layout="single").image(page)
        dot = 300 / 25.4
        edges = [
            image.crop((round(x * dot), round(5 * dot), round(x * dot) + 1, round(59 * dot)))
            for x in (5.2, 94.7)
        ]
        assert ImageChops.difference(edges[0], edges[1]).getbbox() is None


def _size(printed: Printed, page: int, text: str) -> float:
    left, _bottom, right, _top = printed.find(page, text)
    return right - left


@pytest.mark.parametrize(
    ("name", "lines", "beside"),
    [
        ("岑宁", 1, True),
        ("林小满", 1, True),
        ("欧阳知夏", 1, True),
        ("阿依古丽丽", 1, True),
        ("扎西·达瓦", 1, True),
        ("阿依古丽买买提", 1, False),
        ("古丽巴哈尔·阿卜杜热合曼", 2, False),
        (LONG_NAME, 2, False),
        ("阿卜杜热合曼麦麦提艾力买", 1, False),
    ],
)
def test_a_name_takes_its_steps(fonts: Fonts, name: str, lines: int, beside: bool) -> None:
    printed = Printed([card(name=name)], fonts, layout="single")
    assert printed.report.printed == (0,)
    first = printed.find(0, name[:2]) if len(name) > 2 else printed.find(0, name)
    last = printed.find(0, name[-1])
    assert (last[1] < first[1] - 2) == (lines == 2)
    role = printed.find(0, "网格员")
    grid = printed.find(0, "第三网格")
    assert (role[1] > grid[3]) == beside
    assert max(first[2], last[2]) <= 5 + 85.05


def test_two_lines_part_after_the_interpunct_that_leaves_the_shorter_longest_line(fonts: Fonts) -> None:
    for name, halves in (
        (LONG_NAME, ("古丽巴哈尔·阿卜杜热合曼·", "麦麦提艾力江买")),
        ("古丽巴哈尔·阿卜杜热合曼·麦麦提艾力", ("古丽巴哈尔·", "阿卜杜热合曼·麦麦提艾力")),
    ):
        printed = Printed([card(name=name)], fonts, layout="single")
        upper, lower = (printed.find(0, half[:4]) for half in halves)
        assert upper[1] > lower[3]
        assert upper[0] == pytest.approx(lower[0], abs=0.5)
        assert printed.find(0, halves[0][-2])[1] > lower[3]
        points = _size(printed, 0, halves[0][:4]) / 4 * MM
        assert 11 - 0.5 <= points <= 14


def test_a_name_of_two_is_as_wide_as_a_name_of_three(fonts: Fonts) -> None:
    two, three = (Printed([card(name=name)], fonts, layout="single") for name in ("林满", "林小满"))
    assert two.find(0, "网格员")[0] == pytest.approx(three.find(0, "网格员")[0], abs=0.1)


@pytest.mark.parametrize("count", range(11))
@pytest.mark.parametrize("qr", ["", PLAIN.qr])
def test_any_number_of_items_stands_whole_above_the_rule(fonts: Fonts, count: int, qr: str) -> None:
    printed = Printed([card(items=ITEMS[:count], qr=qr)], fonts, layout="single")
    text = printed.text(1)
    assert ("这些事，我们帮您办" in text) == bool(count)
    for item in ITEMS[:count]:
        left, bottom, right, _ = printed.find(1, item)
        assert 54 - (bottom - 5) < 28.3
        assert left > 5 + 5
        assert right < 5 + (62.4 if qr else 85.1)
    assert all(item not in text for item in ITEMS[count:])


def test_short_items_take_three_columns_and_without_a_code_they_use_its_room(fonts: Fonts) -> None:
    def columns(one: Card) -> int:
        printed = Printed([one], fonts, layout="single")
        return len({round(printed.find(1, item)[0] / 3) for item in one.items})

    assert columns(card()) == 2
    assert columns(card(qr="")) == 3
    assert columns(card(items=("修水管", "通下水", "送餐", "调解", "代办", "托管"))) == 3


def test_no_address_no_code_and_no_words_about_it(fonts: Fonts) -> None:
    printed = Printed([card(qr="")], fonts, layout="single")
    assert "扫码说事" not in printed.text(1)
    assert _decoded(printed.image(1)) == []


def test_a_contact_without_a_number_goes_and_its_row_closes(fonts: Fonts) -> None:
    whole = Printed([card()], fonts, layout="single")
    left = whole.find(1, "0971 000 0000")
    some = Printed([card(community_phone="", police_phone="", doctor_phone="")], fonts, layout="single")
    moved = some.find(1, "139 0000 0005")
    assert moved[0] == pytest.approx(left[0], abs=0.2)
    for gone in ("示例路", "民警", "高远", "医生", "秦素"):
        assert gone not in some.text(1)
    upper = Printed([card(community_phone="", property_phone="")], fonts, layout="single")
    assert upper.find(1, "民警")[1] == pytest.approx(whole.find(1, "物业")[1], abs=0.1)


def _photo(width: int, height: int, kind: str = "JPEG") -> bytes:
    image = Image.new("RGB", (width, height), "#2040c0")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height), fill="#20c040")
    exif = Image.Exif()
    exif[0x9286] = "SECRET PLACE"
    packed = io.BytesIO()
    image.save(packed, kind, exif=exif)
    return packed.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_fills_its_place_and_loses_its_metadata(fonts: Fonts, kind: str) -> None:
    printed = Printed([card(photo=_photo(700, 980, kind))], fonts, layout="single")
    assert not printed.report.problems
    image = printed.image(0)
    dot = 300 / 25.4
    for x, y, colour in ((10.2, 11.3, (32, 192, 64)), (31.6, 41, (32, 64, 192))):
        pixel = image.getpixel((round(x * dot), round(y * dot)))
        assert isinstance(pixel, tuple)
        assert max(abs(a - b) for a, b in zip(pixel, colour, strict=True)) < 12
    assert b"SECRET" not in printed.data


def test_one_photo_on_many_cards_is_stored_once(fonts: Fonts) -> None:
    photo = _photo(700, 980)
    printed = Printed([card(photo=photo, badge=f"S-{i}") for i in range(30)], fonts)
    assert printed.data.count(b"/Subtype/Image") == 1


@pytest.mark.parametrize(
    ("photo", "trouble"),
    [(b"no picture", Trouble.BAD_PHOTO), (_photo(100, 140), Trouble.COARSE_PHOTO), (None, Trouble.NO_PHOTO)],
)
def test_a_poor_photo_is_a_warning(fonts: Fonts, photo: bytes | None, trouble: Trouble) -> None:
    report = Printed([card(photo=photo)], fonts).report
    assert report.printed == (0,)
    assert [problem.trouble for problem in report.problems] == [trouble]
