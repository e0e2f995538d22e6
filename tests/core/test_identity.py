"""What is sure about an identity number, and what a table has done to one."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gridclient.core.domain import identity
from gridclient.core.domain.values import Invalid

WOMAN, MAN = "639900195603040026", "63990019560304019X"


@st.composite
def numbers(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    first = f"639900{day:%Y%m%d}{draw(st.integers(0, 999)):03}"
    number = first + identity.check_digit(first)
    assume(not number.endswith("000"))
    return number


def test_in_a_column_once_stored_as_numbers_chance_makes_no_number_valid() -> None:
    firsts = [f"639900195603{day:02}{order}00" for day in range(1, 29) for order in range(10)]
    column = [f"{first}0" for first in firsts]
    valid = [number for number in column if identity.is_valid(number)]
    assert len(valid) > 10
    assert identity.are_spoilt(column)
    for number in valid:
        assert identity.read(number) == number
        with pytest.raises(Invalid, match="丢"):
            identity.read(number, spoilt=True)


@given(st.lists(numbers(), max_size=40))
def test_a_sound_column_is_not_spoilt_by_one_number_that_ends_so(column: list[str]) -> None:
    assert not identity.are_spoilt([*column, "639900195603041000"])


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("6399**********0026", "0026"),
        ("639900XXXXXXXX002X", "002X"),
        ("6399001956●●●●0026", "0026"),
        ("***0026", "0026"),
        (WOMAN, ""),
        ("0026", ""),
        ("6399**********", ""),
    ],
)
def test_a_masked_number_keeps_its_last_four(written: str, last: str) -> None:
    assert identity.last_four(written) == last


def test_the_check_digit_is_that_of_the_standard() -> None:
    assert identity.check_digit("11010519491231002") == "X"
    assert identity.is_valid("11010519491231002X")


@given(numbers())
def test_birth_and_sex_are_read_from_a_valid_number(number: str) -> None:
    assert identity.read(number) == number
    assert identity.birth(number) == f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    assert identity.sex(number) == ("1" if int(number[16]) % 2 else "2")


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, by: int) -> None:
    digit = str((int(number[place]) + by) % 10)
    wrong = number[:place] + digit + number[place + 1 :]
    assert not identity.is_valid(wrong)
    assert identity.birth(wrong) is None
    assert identity.sex(wrong) is None
    with pytest.raises(Invalid):
        identity.read(wrong)


@given(numbers())
def test_a_number_stored_as_a_number_is_refused(number: str) -> None:
    with pytest.raises(Invalid, match="丢"):
        identity.read(float(number[:17] + "0"))
    with pytest.raises(Invalid, match="丢"):
        identity.read(int(number[:15]) * 1000)


@given(numbers())
def test_the_first_fifteen_digits_of_a_number_are_never_taken_for_an_old_one(number: str) -> None:
    with pytest.raises(Invalid):
        identity.read(number[:15])
    with pytest.raises(Invalid):
        identity.read(int(number[:15]))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (WOMAN, WOMAN),
        (f"'{WOMAN}", WOMAN),
        ("639900 19560304 0026", WOMAN),
        ("６３９９００１９５６０３０４００２６", WOMAN),
        (MAN.lower(), MAN),
        (MAN[:17] + "×", MAN),
        (MAN[:17] + "Ｘ", MAN),
        (MAN[:17] + "*", MAN),
        (f"赵娜 {WOMAN}", WOMAN),
        ("639900-19560304-0026", WOMAN),
        (f"\u200b{WOMAN}\ufeff", WOMAN),
        ("110105491231002", "11010519491231002X"),
        (110105491231002, "11010519491231002X"),
        ("", ""),
    ],
)
def test_one_number_is_written_in_many_ways(written: str | int, number: str) -> None:
    assert identity.read(written) == number


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("6.3990019E+17", "丢"),
        ("639900195603040000", "丢"),
        (f"{WOMAN}.0", "丢"),
        (f"{WOMAN}/{MAN}", "不止一个"),
        ("900195603040026", "15 位"),
        (639900195603040000.0, "丢"),
        (WOMAN[:17], "17 位"),
        ("6399**********0026", "打了码"),
        (WOMAN[:17] + "7", "校验"),
        ("639900195613040026", "出生日期"),
        ("6399001956030", "18 位"),
        ("不详", "不是"),
        (12345, "不是"),
    ],
)
def test_a_doubtful_number_is_refused_with_its_reason(written: str | float, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        identity.read(written)


def test_wide_digits_inside_a_number_become_plain_ones() -> None:
    assert identity.read("6399001956030400\uff118") == "639900195603040018"
    assert not identity.is_valid("6399001956030400\uff118")
