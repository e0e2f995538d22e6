"""Stored text to printed text, and where lines end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridclient.cards import breaking
from gridclient.cards.wording import phone_groups, printed, printed_name, printed_range


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("13900000000", "139 0000 0000"),
        ("139-0000-0000", "139 0000 0000"),
        ("+8613900000000", "+86 139 0000 0000"),
        ("09710000000", "0971 000 0000"),
        ("0971-8123456", "0971 812 3456"),
        ("(0971)8123456", "0971 812 3456"),
        ("01012345678", "010 1234 5678"),
        ("02112345678", "021 1234 5678"),
        ("075512345678", "0755 1234 5678"),
        ("8123456", "812 3456"),
        ("81234567", "8123 4567"),
        ("4001234567", "400 123 4567"),
        ("12345", "12345"),
        ("0971-8123456转801", "0971 812 3456转801"),
        ("0971-8123456-801", "0971 812 3456转801"),
        ("白天 8123456", "白天8123456"),
        ("", ""),
    ],
)
def test_phones_are_grouped_as_they_are_read(stored: str, shown: str) -> None:
    assert phone_groups(stored) == shown


@given(st.integers(0, 10**12).map(str))
def test_grouping_keeps_every_digit_in_order(digits: str) -> None:
    assert phone_groups(digits).replace(" ", "") == digits


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("示例路18号(小区东门北侧)", "示例路18号（小区东门北侧）"),
        ("示例路 18 号，近东门,2单元", "示例路18号，近东门，2单元"),
        ("（A座)", "（A座）"),
        ("A (B) C", "A (B) C"),
        ("8:00", "8:00"),
        ("  林 \t 满\u200b ", "林 满"),
        ("１２ 号", "12号"),
        ("周一至周五: 上午", "周一至周五：上午"),
    ],
)
def test_marks_beside_chinese_are_full_width(stored: str, shown: str) -> None:
    assert printed(stored) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("示例小区1-5号楼", "示例小区1–5号楼"),
        ("8:00~20:00", "8:00–20:00"),
        ("8:00—20:00接听", "8:00–20:00接听"),
        ("12-3-502", "12-3-502"),
        ("S-0307", "S-0307"),
    ],
)
def test_ranges_take_an_en_dash_and_door_numbers_do_not(stored: str, shown: str) -> None:
    assert printed_range(stored) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("扎西•达瓦", "扎西·达瓦"),
        ("扎西・ 达瓦", "扎西·达瓦"),
        ("岑　宁", "岑宁"),
        ("Maria  Lopez", "Maria Lopez"),
    ],
)
def test_names_have_one_interpunct_and_no_spaces_of_their_own(stored: str, shown: str) -> None:
    assert printed_name(stored) == shown


texts = st.lists(
    st.sampled_from(
        [*"示例阳光家园大道路，。、；：！？（）《》“”", "12号楼", "2单元", "139 0000 0000", "8:00–20:00",
         "有限公司", "股份有限公司", "第一分公司", "物业", "服务", "小区", "ABC", "1288", "第三网格"]
    ),
    max_size=24,
).map("".join)  # fmt: skip


def _em(text: str) -> float:
    return sum(0.59 if char.isascii() else 1.0 for char in text)


@given(texts, st.floats(2, 20), st.integers(1, 3))
def test_lines_obey_the_laws_or_there_are_none(text: str, room: float, most: int) -> None:
    lines = breaking.lines(text, (room,), _em, most=most)
    if lines is None:
        return
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(lines) <= most
    assert all(_em(line) <= room for line in lines)
    for before, after in pairwise(lines):
        assert after[0] not in breaking.NOT_AT_START
        assert before[-1] not in breaking.NOT_AT_END
        assert not breaking.lonely(lines[-1])
    assert [unit for line in lines for unit in breaking.units(line)] == [
        unit.strip() for unit in breaking.units(text)
    ]


@given(texts)
def test_a_text_with_room_stays_on_one_line(text: str) -> None:
    assert breaking.lines(text, (1000.0,), _em, most=2) == (text.strip(),)


def test_the_last_unit_comes_down_with_the_mark_that_may_not_begin_a_line() -> None:
    assert breaking.lines("一个小院，好", (4.0,), _em, most=2) == ("一个小", "院，好")


def test_a_company_breaks_before_its_legal_form() -> None:
    name = "示例阳光家园物业管理服务集团股份有限公司第一分公司"
    assert breaking.lines(name, (15.6,), _em, most=2) == (
        "示例阳光家园物业管理服务集团",
        "股份有限公司第一分公司",
    )
