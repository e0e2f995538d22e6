"""Moving: successors where people go on, history where it happened, two laptops that meet."""

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.household_life import successor_id
from gridclient.core.domain.ids import Id
from gridclient.ledger.buildings import buildings, doors
from gridclient.ledger.households import household, row
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import BadInputError
from gridclient.operations.apply import apply_line
from gridclient.operations.dump import dump
from gridclient.operations.edit_record import edit_record
from gridclient.operations.join_places import join_places, part_places
from gridclient.operations.late_edits import late_edits, take_late_edits
from gridclient.operations.move import move_household, move_people
from gridclient.operations.undo import undo
from tests.operations.community_of_two import tell

TODAY = "2026-11-24"


@pytest.fixture
def told(ledger: Ledger) -> dict[str, Id]:
    return {word: ids.parse(identity) for word, identity in tell(ledger).items()}


def fields(ledger: Ledger, kind: str, record: Id) -> dict[str, object]:
    with ledger.reading() as connection:
        found = row(connection, kind, record)
    assert found is not None
    return found.fields


def say(ledger: Ledger, kind: str, **said: object) -> Id:
    made = apply_line(ledger, {"kind": kind, "fields": {key: _text(value) for key, value in said.items()}})
    return ids.parse(str(made["record"]))


def _text(value: object) -> object:
    return ids.text(value) if isinstance(value, bytes) else value


def test_a_household_goes_on_in_another_building(ledger: Ledger, told: dict[str, Id]) -> None:
    tag = say(ledger, "care_tag", household=told["h12"], resident=told["zhao"], tag="alone")
    trouble = say(ledger, "matter", household=told["h12"], title="楼道灯不亮")
    step = say(ledger, "matter_step", matter=trouble, status="handling", at="2026-11-05T01:00:00Z")
    moved = move_household(ledger, told["h12"], told["d2"], "2026-11")
    new = successor_id(told["h12"], told["b2"])
    assert moved.household == new
    with ledger.reading() as connection:
        there = household(connection, new)
        gone = row(connection, "household", told["h12"])
        history = row(connection, "visit", told["visit"])
        closed = row(connection, "matter", told["matter"])
    assert there is not None
    assert gone is not None
    assert history is not None
    assert closed is not None
    assert [one.text("name") for one in there.people] == ["赵世昌", "=SUM孙"]
    assert there.household.fields["head"] == successor_id(told["zhao"], told["b2"])
    assert there.household.text("moved_from") == "12号楼 3单元 0502"
    assert "走访过 1 次" in there.household.text("remark")
    assert there.people[0].fields["phones"] == ["13900002046"]
    assert there.people[0].text("id_number")
    assert [one.id for one in there.tags] == [successor_id(tag, told["b2"])]
    assert [one.id for one in there.matters] == [successor_id(trouble, told["b2"])]
    assert [one.text("status") for one in there.steps[successor_id(trouble, told["b2"])]] == ["handling"]
    assert (gone.text("retired"), gone.fields["successor"], gone.text("moved_out")) == (
        "moved",
        new,
        "2026-11",
    )
    # What happened there stays there.
    assert (history.fields["household"], closed.text("retired")) == (told["h12"], "")
    assert fields(ledger, "matter_step", step)["matter"] == trouble
    assert moved.retired == 5


def test_within_a_building_only_the_door_changes(ledger: Ledger, told: dict[str, Id]) -> None:
    door = say(ledger, "dwelling", building=told["b12"], unit="3", floor=6, room="0602")
    moved = move_household(ledger, told["h12"], door)
    assert (moved.household, moved.retired) == (told["h12"], 0)
    assert fields(ledger, "household", told["h12"])["dwelling"] == door
    assert fields(ledger, "household", told["h12"])["moved_in"] == "2003-05"


def test_one_person_goes_alone(ledger: Ledger, told: dict[str, Id]) -> None:
    move_people(ledger, [told["sun"]], told["h2"])
    new = successor_id(told["sun"], told["b2"])
    assert fields(ledger, "resident", new)["household"] == told["h2"]
    assert fields(ledger, "resident", told["sun"])["retired"] == "moved"
    assert "retired" not in fields(ledger, "resident", told["zhao"])
    assert "retired" not in fields(ledger, "household", told["h12"])


def test_a_move_is_one_act_and_can_be_taken_back(ledger: Ledger, told: dict[str, Id]) -> None:
    before = {str(one["record"]): one["fields"] for one in dump(ledger)}
    moved = move_household(ledger, told["h12"], told["d2"])
    undo(ledger, moved.touched.changes)
    after = {str(one["record"]): one["fields"] for one in dump(ledger)}
    assert {key: after[key] for key in before} == before
    assert {_retired(after[key]) for key in set(after) - set(before)} <= {"undone"}


def _retired(shown: object) -> object:
    assert isinstance(shown, dict)
    return shown.get("retired")


def test_what_is_gone_or_unknown_does_not_move(ledger: Ledger, told: dict[str, Id]) -> None:
    with pytest.raises(BadInputError, match="没有这个房屋"):
        move_household(ledger, told["h12"], told["b2"])
    with pytest.raises(BadInputError, match="已经在这个门里"):
        move_household(ledger, told["h12"], told["d12"])
    with pytest.raises(BadInputError):
        move_household(ledger, told["h12"], told["d2"], "去年冬天")
    move_household(ledger, told["h12"], told["d2"])
    with pytest.raises(BadInputError, match="已经停用"):
        move_household(ledger, told["h12"], told["d2"])


def test_what_is_said_late_is_a_suggestion_to_the_successor(ledger: Ledger, told: dict[str, Id]) -> None:
    before = ledger.record("resident", told["zhao"])
    assert before is not None
    seen = tuple(sorted({head.change for heads in before.heads.values() for head in heads}))
    move_household(ledger, told["h12"], told["d2"])
    # As somebody saw it who had not heard of the move; `seen` goes with a change of one's own laptop as well.
    edit_record(ledger, "resident", told["zhao"], {"remark": "听力弱"}, seen)
    with ledger.reading() as connection:
        (late,) = late_edits(connection)
    assert (late.group, late.said, late.successor.id) == (
        "remark",
        {"remark": "听力弱"},
        successor_id(told["zhao"], told["b2"]),
    )
    take_late_edits(ledger, [late.key], accept=True)
    assert fields(ledger, "resident", late.successor.id)["remark"] == "听力弱"
    assert fields(ledger, "resident", told["zhao"])["retired"] == "moved"
    with ledger.reading() as connection:
        assert late_edits(connection) == []


def test_a_suggestion_let_be_changes_nothing_behind_the_new_door(ledger: Ledger, told: dict[str, Id]) -> None:
    before = ledger.record("household", told["h12"])
    assert before is not None
    seen = tuple(sorted({head.change for heads in before.heads.values() for head in heads}))
    move_household(ledger, told["h12"], told["d2"])
    edit_record(ledger, "household", told["h12"], {"best_time": "晚上"}, seen)
    with ledger.reading() as connection:
        (late,) = late_edits(connection)
    take_late_edits(ledger, [late.key], accept=False)
    assert "best_time" not in fields(ledger, "household", late.successor.id)
    with ledger.reading() as connection:
        assert late_edits(connection) == []


def test_two_buildings_that_are_one_are_listed_once(ledger: Ledger, told: dict[str, Id]) -> None:
    join_places(ledger, "building", told["b2"], told["b12"], "门牌换过")
    with ledger.reading() as connection:
        assert [line.id for line in buildings(connection)] == [told["b12"]]
        assert {door.room for door in doors(connection, told["b12"], TODAY)} == {"0502", "101"}
    with pytest.raises(BadInputError, match="一圈"):
        join_places(ledger, "building", told["b12"], told["b2"])
    part_places(ledger, told["b2"], told["b12"])
    with ledger.reading() as connection:
        assert len(buildings(connection)) == 2
        assert {door.room for door in doors(connection, told["b12"], TODAY)} == {"0502"}
    join_places(ledger, "building", told["b2"], told["b12"])
    with ledger.reading() as connection:
        assert [line.id for line in buildings(connection)] == [told["b12"]]
