"""Dates as people write them, with the precision they gave."""

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridclient.core.domain import dates, numerals
from gridclient.core.domain.values import Invalid

DAYS = st.dates(date(1928, 1, 1), date(2040, 12, 31))


@given(DAYS)
def test_every_way_of_writing_a_day_is_that_day(day: date) -> None:
    plain = f"{day.year}-{day.month}-{day.day}"
    chinese = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    written: list[str | int | float | date] = [
        day.isoformat(),
        plain,
        plain.replace("-", "."),
        plain.replace("-", "/"),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        float(f"{day:%Y%m%d}"),
        day,
        datetime(day.year, day.month, day.day),
        f"{day.isoformat()} 00:00:00",
        (day - date(1899, 12, 30)).days,
        f"{chinese}年{numerals.write(day.month)}月{numerals.write(day.day)}日",
    ]
    assert {dates.read(one) for one in written} == {day.isoformat()}


@given(st.integers(1930, 2100).filter(lambda year: year not in range(2000, 2013)), st.integers(1, 12))
def test_no_day_is_invented_for_a_month_and_no_month_for_a_year(year: int, month: int) -> None:
    for written in (f"{year}.{month}", f"{year}-{month}", f"{year}年{month}月", f"{year}{month:02}"):
        assert dates.read(written) == f"{year:04}-{month:02}"
    for written in (f"{year}", f"{year}年"):
        assert dates.read(written) == str(year)
    assert dates.read(year) == dates.read(float(year)) == str(year)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (1956.1, "10 月"),
        ("05年", "世纪"),
        ("农历三月初四", "农历"),
        ("69岁", "年龄"),
        ("1956-02-30", "没有"),
        ("1956-13", "没有"),
        ("春天", "看不懂"),
        (-3, "看不懂"),
        (float("nan"), "看不懂"),
        ("1056-01-01", "年份"),
        (5603, "看不懂"),
        ("200304", "两种读法"),
        (200304, "两种读法"),
        (20.5, "看不懂"),
        (1956.031, "看不懂"),
        ("约1956年", "看不懂"),
        ("1956-1957", "看不懂"),
        ("3/4/1956", "看不懂"),
        ("5603", "年份"),
        ("1956年闰八月", "农历"),
        ("80多岁", "年龄"),
        (date(1899, 12, 31), "空"),
        ("3月4日", "看不懂"),
    ],
)
def test_what_may_be_two_dates_or_none_is_refused(cell: str | float, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        dates.read(cell)


def test_a_fraction_is_a_month_only_where_it_can_be_no_other() -> None:
    assert [dates.read(cell) for cell in (1956.3, 1956.11, 1956.12, 1956.01)] == [
        "1956-03",
        "1956-11",
        "1956-12",
        "1956-01",
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("56年", "1956"),
        ("56年3月", "1956-03"),
        ("56年3月4日", "1956-03-04"),
        ("56.3.4", "1956-03-04"),
        ("560304", "1956-03-04"),
        (560304, "1956-03-04"),
    ],
)
def test_a_year_of_two_digits_is_of_the_last_century_where_it_cannot_be_of_this(
    cell: str | int, expected: str
) -> None:
    assert dates.read(cell) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1956-03-00", "1956-03"),
        ("19560000", "1956"),
        ("1956 3 4", "1956-03-04"),
        ("1956·3·4", "1956-03-04"),
        ("1956、3、4", "1956-03-04"),
        ("1956\\3\\4", "1956-03-04"),
        ("1956—3—4", "1956-03-04"),
        ("生于1956年3月", "1956-03"),
        ("1956.3.4生", "1956-03-04"),
        ("1956-3-4 星期日", "1956-03-04"),
        ("1956-03-04 08:15:30", "1956-03-04"),
        ("20518", "1956-03-04"),
        (1956.0304, "1956-03-04"),
    ],
)
def test_odd_but_sure_days(written: str | float, expected: str) -> None:
    assert dates.read(written) == expected


def test_dates_agree_as_far_as_both_go() -> None:
    assert dates.agree("1956-03", "1956-03-04")
    assert dates.agree("1956-03-04", "1956")
    assert not dates.agree("1956-03-04", "1956-04")


@given(st.integers(0, 99))
def test_a_number_in_chinese_reads_back(number: int) -> None:
    assert numerals.read(numerals.write(number)) == number


@given(st.text(alphabet="0123456789年月日./-一二三十 岁T:", max_size=14))
def test_any_text_is_a_date_or_a_reason(written: str) -> None:
    with suppress(Invalid):
        read = dates.read(written)
        assert read == "" or dates.read(read) == read
