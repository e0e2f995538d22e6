"""What looks wrong and may be right: said at the field, never in the way."""

from datetime import date

import pytest

from gridclient.core.domain.doubts import of_household, of_resident
from gridclient.core.domain.identity import check_digit

TODAY = date(2026, 11, 24)
FIRST = "63990019560304001"
NUMBER = FIRST + check_digit(FIRST)
WRONG = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")


@pytest.mark.parametrize(
    ("fields", "doubtful"),
    [
        ({"name": "李四", "id_number": NUMBER, "birth": "1956-03-04", "sex": "1"}, []),
        ({"id_number": NUMBER, "birth": "1956", "sex": "0"}, []),
        ({"id_number": NUMBER, "birth": "1957"}, ["birth"]),
        ({"id_number": NUMBER, "sex": "2"}, ["sex"]),
        ({"id_number": WRONG, "birth": "1990-01-01", "sex": "2"}, ["id_number"]),
        ({"id_number": WRONG, "id_type": "414"}, []),
        ({"id_number": "6399**********0011"}, ["id_number"]),
        ({"birth": "1890"}, ["birth"]),
        ({"birth": "2027-01-01"}, ["birth"]),
        ({"birth": "2018-01-01", "relation_to_head": "02"}, ["relation_to_head"]),
        ({"birth": "2018-01-01", "relation_to_head": "20"}, []),
        ({"phones": ["13900000001", "0971-6123456", "空号"]}, ["phones"]),
    ],
)
def test_doubts_about_a_person(fields: dict[str, object], doubtful: list[str]) -> None:
    assert [doubt.field for doubt in of_resident(fields, TODAY)] == doubtful


def test_doubts_about_a_household() -> None:
    head: dict[str, object] = {"id": b"a", "relation_to_head": "02", "id_number": NUMBER}
    wife: dict[str, object] = {"id": b"b", "relation_to_head": "12"}
    assert of_household(b"a", [head, wife]) == []
    assert [one.field for one in of_household(b"c", [head, wife])] == ["head"]
    assert [one.field for one in of_household(b"a", [head, {**wife, "relation_to_head": "01"}])] == ["head"]
    assert [one.field for one in of_household(b"a", [head, {**wife, "id_number": NUMBER}])] == ["id_number"]
    assert of_household(None, []) == []
