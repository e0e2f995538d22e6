"""Suggestions of an import: taken over as an ordinary change, or let be; alone, together, and back again."""

from pathlib import Path

import pytest

from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from gridclient.operations.dump import dump
from gridclient.operations.edit_record import edit_record
from gridclient.operations.take_suggestion import open_suggestions, take_suggestions
from gridclient.operations.undo import undo
from tests.exchange.tables import HEADER, Rows, person
from tests.operations.test_import import Office


@pytest.fixture
def office(ledger: Ledger, tmp_path: Path) -> Office:
    return Office(ledger, tmp_path)


def resident(office: Office, name: str) -> Id:
    (found,) = [str(one["record"]) for one in dump(office.ledger, "resident") if name in str(one["fields"])]
    return bytes.fromhex(found.replace("-", ""))


def items(office: Office) -> list[Id]:
    with office.ledger.reading() as connection:
        return [one.item.id for one in open_suggestions(connection)]


LATER: Rows = [
    HEADER,
    person("3-502", "魏彩虹", 备注="听力弱", 出生日期="1956-03-04"),
    person("3-503", "李萍", 备注="早上在家"),
]


@pytest.fixture
def asked(office: Office) -> Office:
    """Two people wrote something, and a file says otherwise."""
    office.take([HEADER, person("3-502", "魏彩虹"), person("3-503", "李萍")])
    edit_record(
        office.ledger, "resident", resident(office, "魏彩虹"), {"remark": "耳朵好", "birth": "1956"}, None
    )
    edit_record(office.ledger, "resident", resident(office, "李萍"), {"remark": "晚上在家"}, None)
    office.take(LATER)
    return office


def test_a_suggestion_tells_both_values(asked: Office) -> None:
    with asked.ledger.reading() as connection:
        told = {
            (one.field.key if one.field else "", one.now, one.value) for one in open_suggestions(connection)
        }
    assert told == {
        ("remark", "耳朵好", "听力弱"),
        ("birth", "1956", "1956-03-04"),
        ("remark", "晚上在家", "早上在家"),
    }


def test_taken_over_it_is_an_ordinary_change_that_can_be_taken_back(asked: Office) -> None:
    touched = take_suggestions(asked.ledger, items(asked)[:1], True)
    assert len(items(asked)) == 2
    people = asked.people()
    assert [people["魏彩虹"]["remark"], people["魏彩虹"]["birth"]].count("听力弱") + (
        people["魏彩虹"]["birth"] == "1956-03-04"
    ) == 1
    assert all(one["conflicts"] == {} for one in dump(asked.ledger))
    undo(asked.ledger, touched.changes)
    assert len(items(asked)) == 3
    assert asked.people() == people | {"魏彩虹": {**people["魏彩虹"], "remark": "耳朵好", "birth": "1956"}}


def test_all_together_and_let_be(asked: Office) -> None:
    before = asked.people()
    every = items(asked)
    take_suggestions(asked.ledger, every[:1], False)
    assert asked.people() == before
    take_suggestions(asked.ledger, every, True)  # what is decided stays decided
    assert items(asked) == []
    assert asked.people()["李萍"]["remark"] == "早上在家"
    # The same file suggests nothing again.
    assert asked.shown(LATER).plan.report.suggestions == 0


def test_what_was_taken_over_counts_as_said_by_a_person(asked: Office) -> None:
    take_suggestions(asked.ledger, items(asked), True)
    shown = asked.shown([HEADER, person("3-503", "李萍", 备注="中午在家")])
    assert shown.plan.report.suggestions == 1


def test_of_a_retired_record_it_can_only_be_let_be(asked: Office) -> None:
    person_ = resident(asked, "李萍")
    held = asked.ledger.record("resident", person_)
    assert held is not None
    asked.ledger.write([Draft("resident", person_, held.place, {"retired": "moved", "successor": None})])
    every = items(asked)
    with pytest.raises(KnownError) as caught:
        take_suggestions(asked.ledger, every, True)
    assert caught.value.code == "suggestion_gone"
    assert items(asked) == every
    take_suggestions(asked.ledger, every, False)
    assert items(asked) == []


def test_of_two_about_one_value_the_last_counts_and_nobody_disagrees(asked: Office) -> None:
    asked.take([HEADER, person("3-503", "李萍", 备注="中午在家")])
    assert len(items(asked)) == 4
    take_suggestions(asked.ledger, items(asked), True)
    assert asked.people()["李萍"]["remark"] == "中午在家"
    assert all(one["conflicts"] == {} for one in dump(asked.ledger))
