"""Moving, splitting, joining and verifying through the window."""

import pytest

from gridclient.app.present import moments
from gridclient.app.present.building import _rhythm
from gridclient.core.domain.intervals import Owed

DAY = 24 * 3600 * 1000
NOW = moments.instant_of("2026-11-24") + DAY // 2


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "今天"),
        (1, "昨天"),
        (9, "9 天前"),
        (20, "三周前"),
        (44, "六周前"),
        (92, "三个月前"),
        (349, "十一个月前"),
        (365, "一年前"),
        (720, "两年前"),
        (20 * 365, "20 年前"),
    ],
)
def test_long_ago_as_people_say_it(days: int, said: str) -> None:
    assert moments.long_ago(NOW - days * DAY, NOW) == said


def test_the_reason_of_a_rhythm_stands_on_a_line_of_its_own() -> None:
    first, second = _rhythm(Owed(30, 15, "80 岁以上")).split("\n")
    assert "（" not in first + second
    assert second == "因为：80 岁以上"
