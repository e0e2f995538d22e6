"""What must hold of every kind that is declared, whoever adds one."""

import sqlite3

import pytest

from gridclient.core.domain import care, care_codes, codes, national_codes, work_codes
from gridclient.core.domain.codes import CodeList
from gridclient.core.domain.declaration import DESK_ROLES, Kind, Merge, Place, Type
from gridclient.core.domain.desk import ReviewItem
from gridclient.core.domain.dictionary import KINDS

EVERY = list(KINDS.values())
LISTS = [
    one
    for module in (codes, national_codes, care_codes, work_codes)
    for one in vars(module).values()
    if isinstance(one, CodeList)
]


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.kind)
def test_a_kind_is_whole(kind: type[Kind]) -> None:
    assert all((kind.zh, kind.en, kind.writers))
    for field in kind.fields.values():
        assert all((field.zh, field.en))
        assert (field.type is Type.CODE) == (field.codes is not None), field.key
        if field.to:
            assert field.to in KINDS, field.key
        if field.type is Type.TEXT:
            assert field.length > 0, field.key
    for parent in kind.parents():
        assert kind.fields[parent].to in KINDS


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.kind)
def test_a_new_place_can_be_derived(kind: type[Kind]) -> None:
    if kind.place is Place.BUILDING and kind.kind != "redirect":
        assert kind.parents()


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.kind)
def test_only_the_desk_writes_the_commons(kind: type[Kind]) -> None:
    if kind.place is Place.COMMONS:
        assert kind.writers <= DESK_ROLES


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.kind)
def test_a_group_meets_in_one_way(kind: type[Kind]) -> None:
    for group, fields in kind.groups.items():
        assert len({field.merge for field in fields}) == 1, group
        assert fields[0].merge is Merge.VALUE or len(fields) == 1, group


def test_field_names_are_no_words_of_sql() -> None:
    connection = sqlite3.connect(":memory:")
    for kind in EVERY:
        for key in kind.fields:
            connection.execute(f"SELECT 1 AS {key} ORDER BY {key}")
    connection.close()


@pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.name)
def test_words_of_a_code_list_mean_one_code(codes: CodeList) -> None:
    assert len(set(codes.labels.values())) == len(codes.labels)
    assert set(codes.synonyms.values()) <= set(codes.labels)
    for code, label in codes.labels.items():
        assert codes.code(label) == code
    for word, code in codes.synonyms.items():
        assert codes.code(word) == code


def test_the_peoples_are_the_standard_s() -> None:
    assert len(national_codes.ETHNICITY.labels) == 56
    assert national_codes.ETHNICITY.code("土族") == "30"
    assert national_codes.ETHNICITY.code("回") == "03"
    assert national_codes.ETHNICITY.code("基诺族") == "56"


def test_level_three_lives_at_the_desk() -> None:
    assert care.CareTag.sort_of_place({"tag": "mental"}) is Place.DESK
    assert care.CareTag.sort_of_place({"tag": "alone"}) is Place.BUILDING
    assert care.level("a newer program's") == 3
    assert care.CareTag.fault({"tag": "mental"}, Place.BUILDING)
    assert care.CareTag.fault({"tag": "alone"}, Place.DESK)
    assert care.CareTag.fault({"tag": "petition", "basis": "案情"}, Place.DESK)
    assert care.CareTag.fault({"tag": "petition", "next_due": "2026-12-01"}, Place.DESK) is None


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (None, None, True),
        ("2026", None, True),
        ("2026-11-24", "2026-11-24", True),
        ("2026-11-25", None, False),
        (None, "2026-11", True),
        (None, "2026-10", False),
    ],
)
def test_a_tag_holds_from_one_day_to_another(since: str | None, until: str | None, held: bool) -> None:
    assert care.holds(since, until, "2026-11-24") is held


def test_a_suggestion_holds_every_value_whole() -> None:
    longest = max(field.length or 0 for kind in EVERY for field in kind.fields.values())
    assert ReviewItem.value.length == longest
