"""What a script's line may say, what it is answered, and how two laptops meet."""

from typing import Any

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.geography import building_id, compound_id, dwelling_id
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import BadInputError
from gridclient.operations.apply import apply_line
from gridclient.operations.dump import dump
from gridclient.operations.undo import undo


def said(ledger: Ledger, kind: str, record: str | None = None, **fields: object) -> dict[str, str]:
    line: dict[str, object] = {"kind": kind, "fields": fields}
    return apply_line(ledger, {**line, "record": record} if record else line)


def made(ledger: Ledger, kind: str, **fields: object) -> str:
    return said(ledger, kind, None, **fields)["record"]


def shown(ledger: Ledger, record: str) -> dict[str, Any]:
    return next(one["fields"] for one in dump(ledger) if one["record"] == record)  # type: ignore[misc]


@pytest.fixture
def block(ledger: Ledger) -> str:
    return made(ledger, "building", compound=made(ledger, "compound", title="示例小区"), number="12号楼")


@pytest.fixture
def household(ledger: Ledger, block: str) -> str:
    dwelling = made(ledger, "dwelling", building=block, unit="3单元", floor=5, room="502室")
    return made(ledger, "household", dwelling=dwelling)


@pytest.fixture
def resident(ledger: Ledger, household: str) -> str:
    return made(ledger, "resident", household=household, name="赵世昌", phones=["139 0000 0001"])


def test_geography_is_named_after_what_it_is(ledger: Ledger, household: str) -> None:
    records = {one["kind"]: one["record"] for one in dump(ledger)}
    assert records["compound"] == ids.text(compound_id("示例小区"))
    assert records["building"] == ids.text(building_id("示例小区", "12"))
    assert records["dwelling"] == ids.text(dwelling_id("示例小区", "12", "3", "502"))


def test_what_is_there_already_is_edited(ledger: Ledger, block: str) -> None:
    compound = ids.text(compound_id("示例小区"))
    again = said(ledger, "compound", title="示例小区", address="示例路 18 号")
    assert again["record"] == compound != again["change"]
    assert shown(ledger, compound)["address"] == "示例路 18 号"
    assert said(ledger, "compound", title="示例小区") == {"record": compound, "change": compound}


def test_what_was_taken_back_is_there_again_when_it_is_made_again(ledger: Ledger) -> None:
    compound = made(ledger, "compound", title="示例小区")
    undo(ledger, [ids.parse(compound)])
    assert list(dump(ledger, "compound")) == []
    made(ledger, "compound", title="示例小区")
    assert shown(ledger, compound) == {"title": "示例小区"}


def test_a_status_alone_answers_the_matter_and_the_change_of_the_step(ledger: Ledger, household: str) -> None:
    matter = made(ledger, "matter", household=household, title="单元门关不严")
    answer = said(ledger, "matter", matter, status="办理")
    step = next(one["record"] for one in dump(ledger, "matter_step"))
    assert answer == {"record": matter, "change": step}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "没有要改的"),
        ({"name": None}, "居民要有“姓名”"),
        ({"sex": "紫"}, "没有“紫”这个选项"),
        ({"phones": {"plus": ["13900000002"]}}, "没有“plus”"),
        ({"phones": {"add": ["13900000001"]}}, "没有要改的"),
        ({"phones": {"remove": ["13900000009"]}}, "没有要改的"),
        ({"phones": ["13900000001"]}, "没有要改的"),
        ({"phones": {"add": 5}}, "列表"),
    ],
)
def test_what_cannot_be_said_of_a_resident(
    ledger: Ledger, resident: str, fields: dict[str, object], words: str
) -> None:
    before = list(dump(ledger))
    with pytest.raises(BadInputError, match=words):
        said(ledger, "resident", resident, **fields)
    assert list(dump(ledger)) == before


def test_of_additions_and_removals_only_those_that_say_something_are_kept(
    ledger: Ledger, resident: str
) -> None:
    edit = {"add": ["13900000001", "13900000002"], "remove": ["13900000007"]}
    said(ledger, "resident", resident, phones=edit)
    assert sorted(shown(ledger, resident)["phones"]) == ["139 0000 0001", "13900000002"]


def test_a_set_holds_codes_of_its_list_alone(ledger: Ledger, household: str) -> None:
    with pytest.raises(BadInputError, match="没有“郊游”这个选项"):
        made(ledger, "visit", household=household, at=1_790_000_000_000, outcome="1", purposes=["郊游"])


def test_a_pointer_changes_within_its_place_only(ledger: Ledger, resident: str, block: str) -> None:
    near = made(ledger, "dwelling", building=block, unit="3", floor=6, room="602")
    upstairs = made(ledger, "household", dwelling=near)
    said(ledger, "resident", resident, household=upstairs)
    assert shown(ledger, resident)["household"] == upstairs
    compound = ids.text(compound_id("示例小区"))
    other = made(ledger, "building", compound=compound, number="13")
    far = made(ledger, "dwelling", building=other, unit="1", floor=1, room="101")
    away = made(ledger, "household", dwelling=far)
    with pytest.raises(BadInputError, match="要按搬家来记"):
        said(ledger, "resident", resident, household=away)
    with pytest.raises(BadInputError, match="要按搬家来记"):
        said(ledger, "dwelling", near, building=other)
