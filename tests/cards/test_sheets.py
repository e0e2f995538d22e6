"""Where cards lie on paper, measured in the file: order, used places, backs behind their fronts."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops

from gridclient.cards.fonts import Fonts
from gridclient.cards.sheet import Setup, arrange
from tests.cards.invented import CREATED, Printed, numbered

counts = st.integers(0, 137)
starts = st.integers(1, 10)


@given(counts, starts, st.sampled_from(("stack", "rows")))
def test_every_card_has_one_place_and_used_places_stay_free(
    count: int, start: int, order: Literal["stack", "rows"]
) -> None:
    plan = arrange(count, start, order)
    placed = [card for sheet in plan for card in sheet if card is not None]
    assert sorted(placed) == list(range(count))
    assert not plan or plan[0][: start - 1] == [None] * (start - 1)
    assert all(any(card is not None for card in sheet) for sheet in plan[1:])


@given(counts)
def test_stacked_piles_laid_on_one_another_are_in_order(count: int) -> None:
    plan = arrange(count, 1, "stack")
    piles = [[sheet[place] for sheet in plan] for place in range(10)]
    walked = [card for pile in piles for card in pile if card is not None]
    assert walked == list(range(count))


def test_stack_follows_the_rule_card_modulo_sheets() -> None:
    plan = arrange(30, 1, "stack")
    assert all(plan[i % 3][i // 3] == i for i in range(30))


@pytest.mark.parametrize(("start", "offset"), [(0, (0, 0)), (11, (0, 0)), (1, (3.1, 0)), (1, (0, -3.1))])
def test_a_set_up_no_paper_can_follow_is_refused(start: int, offset: tuple[float, float]) -> None:
    with pytest.raises(ValueError):
        Setup(created=CREATED, start=start, offset=offset)


@pytest.mark.parametrize("flip", ["long", "short"])
def test_each_back_lies_behind_its_front_within_a_tenth_of_a_millimetre(fonts: Fonts, flip: str) -> None:
    cards = [replace(one, property_phone=f"138{i:08d}") for i, one in enumerate(numbered(10))]
    sheet = Printed(cards, fonts, flip=flip, order="rows")
    alone = Printed(cards[:1], fonts, layout="single")
    front, back = alone.find(0, "139 0000 0000", 8), alone.find(1, "138 0000 0000", 8)
    for i in range(10):
        row, column = divmod(i, 2)
        left, below = 15 + 90 * column, 297 - 13.5 - 54 * (row + 1)
        assert sheet.find(0, f"139 0000 {i:04d}", 8) == pytest.approx(
            _moved(front, left - 5, below - 5), abs=0.1
        )
        # Through the paper the card's left edge is its right one; short-edge backs also stand on their head.
        seen = sheet.find(1, f"138 0000 {i:04d}", 8)
        if flip == "short":
            seen = _turned(seen)
        assert seen == pytest.approx(_moved(back, 210 - left - 90 - 5, below - 5), abs=0.1)


Box = tuple[float, float, float, float]
Pair = tuple[float, float]


def _moved(box: Box, right: float, up: float) -> Box:
    return box[0] + right, box[1] + up, box[2] + right, box[3] + up


def _turned(box: Box) -> Box:
    return 210 - box[2], 297 - box[3], 210 - box[0], 297 - box[1]


@pytest.mark.parametrize(("flip", "by"), [("long", (-1.5, 0.7)), ("short", (1.5, -0.7))])
def test_the_offset_moves_backs_only_as_seen_through_the_front(fonts: Fonts, flip: str, by: Pair) -> None:
    straight = Printed(numbered(1), fonts, flip=flip)
    moved = Printed(numbered(1), fonts, flip=flip, offset=(1.5, -0.7))
    for page, moves in ((0, (0.0, 0.0)), (1, by)):
        for text in ("第 1/1 张", "50 mm"):
            assert moved.find(page, text) == pytest.approx(
                _moved(straight.find(page, text), *moves), abs=0.02
            )
    assert moved.find(1, "扫码说事") == pytest.approx(_moved(straight.find(1, "扫码说事"), *by), abs=0.02)


def test_the_bar_is_fifty_millimetres(fonts: Fonts) -> None:
    dpi = 600
    y = round(9.3 / 25.4 * dpi)
    strip = (round(130 / 25.4 * dpi), y, round(194 / 25.4 * dpi), y + 1)
    line = Printed(numbered(1), fonts).image(0, dpi).crop(strip).convert("L").tobytes()
    dark = [x for x, grey in enumerate(line) if grey < 160]
    assert (dark[-1] - dark[0] + 1) / dpi * 25.4 == pytest.approx(50, abs=0.1)


def test_the_slug_tells_sheet_face_and_flip(fonts: Fonts) -> None:
    printed = Printed(numbered(11), fonts, flip="short", batch="批次 2026-11-01")
    assert "示例社区批次2026-11-01第2/2张正面红" in printed.text(2)
    assert "示例社区批次2026-11-01第2/2张背面短边翻转红" in printed.text(3)


def test_nothing_but_marks_stands_outside_cards_and_bleed(fonts: Fonts) -> None:
    dpi = 150
    printed = Printed(numbered(10), fonts)
    for page in (0, 1):
        image = printed.image(page, dpi).convert("L")
        bleed = [round(edge / 25.4 * dpi) for edge in (13, 11.5, 197, 285.5)]
        image.paste(255, (bleed[0] - 1, bleed[1] - 1, bleed[2] + 1, bleed[3] + 1))
        margin = image.crop((0, 0, image.width, round(5.8 / 25.4 * dpi)))
        assert margin.getextrema() == (255, 255)
        box = ImageChops.invert(image).getbbox()
        assert box is not None
        assert box[0] / dpi * 25.4 > 7.8
        assert box[2] / dpi * 25.4 < 202.2
