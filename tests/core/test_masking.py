"""What is masked stays so, whatever stands beside it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridclient.core.domain import masking
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.identity import check_digit
from gridclient.core.domain.people import Resident

_BIRTHS = st.dates().map(lambda day: f"{day.year % 100 + 1900}{day:%m%d}")


@st.composite
def numbers(draw: st.DrawFn) -> str:
    first = f"639900{draw(_BIRTHS)}{draw(st.integers(0, 999)):03}"
    return first + check_digit(first)


def left_open(shown: str, number: str, known: set[int]) -> int:
    """How many of the digits nobody can work out from what is shown, the county (everybody guesses it) and
    `known`; the last one follows from all others."""
    open_ = {at for at in range(18) if at >= 6 and shown[at] == masking.STAR and at not in known}
    assert all(shown[at] in (masking.STAR, number[at]) for at in range(18))
    return len(open_) - (17 in open_)


@given(numbers())
def test_no_birthday_completes_a_number(number: str) -> None:
    beside = masking.id_number(number, born_shown=True)
    assert left_open(beside, number, set(range(6, 14))) == 3
    alone = masking.id_number(number, born_shown=False)
    assert alone.endswith(number[-4:])
    assert left_open(alone, number, set()) == 8


@given(st.text(min_size=1, max_size=18))
def test_a_masked_number_is_as_long_and_never_the_whole(number: str) -> None:
    for born in (True, False):
        shown = masking.id_number(number, born_shown=born)
        assert len(shown) == len(number)
        assert sum(one == masking.STAR for one in shown) >= min(len(number), 4)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13900002046", "139****2046"),
        ("0971-6123456", "0971-***3456"),
        ("6123456", "***3456"),
        ("110", "110"),
        ("12345", "12345"),
        ("", ""),
    ],
)
def test_a_phone_number_keeps_what_tells_it_apart(number: str, shown: str) -> None:
    assert masking.phone(number) == shown


@pytest.mark.parametrize(
    "written",
    [
        "儿子 13900002046",
        "身份证639900195603040026已核",
        "号码 ６３９９００１９５６０３０４００２６",
        "电话139 0000 2046，备用0971-6123456",
        "旧证639900560304002，换了",
        "63990019560304002x。",
        "ID639900195603040026",
        "wx13900002046或13900002046wx",
        "63990019560304002613900002046",
        "1390000204613900002047",
        "639900  19560304  0026",
        "639900.19560304.0026",
        "（639900）19560304（0026）",
        "639900/19560304/002X",
        "6399001956\u00a00304\u200b0026",
        "139.0000.2046",
        "139—0000—2046",
    ],
)
def test_numbers_written_into_a_remark_are_masked_too(written: str) -> None:
    shown = masking.text(written)
    assert masking.STAR in shown
    assert len(shown) == len(written)
    assert not re.search(r"(?:\d[^\d*\u4e00-\u9fff]*){8}", shown), shown


@pytest.mark.parametrize(
    "written",
    [
        "12号楼3单元502",
        "2026-11-24 10:05",
        "2026.11.24-2026.12.31",
        "12-3-502、13-2-1101",
        "QH202611030912345",
        "2026110309123456",
        "低保 650 元",
        "",
        "李萍，无",
    ],
)
def test_other_words_stay_as_they_are(written: str) -> None:
    assert masking.text(written) == written


def test_every_restricted_field_is_masked_by_its_declaration() -> None:
    for kind in KINDS.values():
        for field in kind.fields.values():
            if field.sensitivity >= 2 and field.type == Resident.id_number.type:
                shown = masking.value(field, "639900195603040026", born_shown=True)
                assert not re.search(r"\d", shown), (kind.kind, field.key)


def test_of_a_name_only_the_family_name_is_printed() -> None:
    assert masking.name("赵世昌") == "赵**"
    assert masking.name("李萍") == "李*"
    assert masking.name("欧阳建国") == "欧阳**"
    assert masking.name("欧阳") == "欧*"
    assert masking.name("𬱖文") == "𬱖*"  # one character, though two units of UTF-16
    assert masking.name("") == ""
