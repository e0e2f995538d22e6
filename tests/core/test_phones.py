"""Telephone numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridclient.core.domain import phones

MOBILE = st.from_regex(r"\A1[3-9][0-9]{9}\Z")
LANDLINE = st.from_regex(r"\A0971-[2-8][0-9]{6}\Z")


@given(
    st.lists(st.one_of(MOBILE, LANDLINE), unique=True, max_size=4),
    st.sampled_from(["；", ";", "、", "，", ",", "/", " / ", "\n", "  "]),
)
def test_numbers_joined_by_anything_come_apart_again(numbers: list[str], between: str) -> None:
    assert phones.read(between.join(numbers)) == phones.PhoneCell(tuple(numbers))


@given(MOBILE)
def test_one_number_has_many_spellings(number: str) -> None:
    spellings: list[str | float] = [
        f"{number[:3]} {number[3:7]} {number[7:]}",
        f"{number[:3]}-{number[3:7]}-{number[7:]}",
        f"+86 {number}",
        f"0086{number}",
        f"'{number}",
        f"{number}.0",
        f"手机：{number}",
        float(number),
        int(number),
    ]
    for written in spellings:
        assert phones.read(written).numbers == (number,), written


@given(MOBILE, MOBILE)
def test_two_run_together_come_apart(one: str, other: str) -> None:
    assert phones.read(one + other).numbers == tuple(dict.fromkeys((one, other)))


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("座机0971-6123456", ("0971-6123456",)),
        ("(0971)6123456", ("0971-6123456",)),
        ("09716123456", ("0971-6123456",)),
        ("0971-6123456转801", ("0971-6123456-801",)),
        ("6123456", ("6123456",)),
        ("400-123-4567", ("4001234567",)),
        ("12345", ("12345",)),
        ("13900000001、6123456", ("13900000001", "6123456")),
        ("010-65123456", ("010-65123456",)),
        ("01065123456", ("010-65123456",)),
        ("013900000001", ("13900000001",)),
        ("139.0000.0001", ("13900000001",)),
        ("139000000011390000000213900000003", ("13900000001", "13900000002", "13900000003")),
        ("拒绝提供", ()),
        ("没有手机", ()),
        ("无", ()),
        ("/", ()),
        ("空号", ()),
        ("", ()),
    ],
)
def test_landlines_services_and_nothing(written: str, numbers: tuple[str, ...]) -> None:
    assert phones.read(written) == phones.PhoneCell(numbers)


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("儿子13900000001", (("13900000001", "儿子"),)),
        ("13900000001(儿子)", (("13900000001", "儿子"),)),
        ("老大13900000001 老二13900000002", (("13900000001", "老大"), ("13900000002", "老二"))),
        ("1390000000113900000002(女儿)", (("13900000002", "女儿"),)),
    ],
)
def test_whose_number_it_is_is_kept(written: str, labels: tuple[tuple[str, str], ...]) -> None:
    assert phones.read(written).labels == labels


@pytest.mark.parametrize(
    "written",
    [
        "139****0001",
        "12313900000001",
        "139000000010971-6123456",
        "13900000001-2",
        "971-6123456",
        1390000000.5,
        "1390000000",
        "不知道",
        "139000000012",
        "1.3897E+10",
        "13900000001 1390000",
    ],
)
def test_what_is_no_number_is_handed_back(written: str | float) -> None:
    assert phones.read(written).rest


@given(st.text(alphabet="0123456789-+ ()；/转儿子.E", max_size=30))
def test_reading_is_total_and_gives_numbers_that_read_as_themselves(written: str) -> None:
    for number in phones.read(written).numbers:
        assert phones.read(number).numbers == (number,)


def test_digits_of_other_scripts_are_read_or_handed_back() -> None:
    assert phones.read("1390000000\uff11").numbers == ("13900000001",)
    assert phones.read("1390000000\u0663") == phones.PhoneCell((), rest="1390000000\u0663")
