"""Moving out, splitting and joining: nothing is lost, all can be taken back, nobody is left headless."""

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.household_life import successor_id
from gridclient.core.domain.ids import Id
from gridclient.ledger.households import Household, household, row
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import BadInputError
from gridclient.operations.acts import recent, take_back
from gridclient.operations.dump import dump
from gridclient.operations.part_households import (
    holdings,
    join_households,
    move_out,
    people_move_out,
    split_household,
)
from tests.operations.community_of_two import tell
from tests.operations.test_move import fields, say

DAY = "2026-11-24"


@pytest.fixture
def told(ledger: Ledger) -> dict[str, Id]:
    return {word: ids.parse(identity) for word, identity in tell(ledger).items()}


def shown(ledger: Ledger, opens: Id) -> Household:
    with ledger.reading() as connection:
        found = household(connection, opens)
    assert found is not None
    return found


def everything(ledger: Ledger) -> dict[str, object]:
    return {str(one["record"]): one["fields"] for one in dump(ledger)}


def taken_back(ledger: Ledger, before: dict[str, object], words: str) -> None:
    """The last act bears this name, and taking it back leaves everything as it was."""
    act = recent(ledger)[0]
    assert act.words == words
    assert take_back(ledger, act).left == []
    after = everything(ledger)
    assert {key: after[key] for key in before} == before
    new = [after[key] for key in after.keys() - before.keys()]
    assert all(isinstance(one, dict) and one["retired"] == "undone" for one in new)


def hang(ledger: Ledger, told: dict[str, Id]) -> tuple[Id, Id, Id]:
    tag = say(ledger, "care_tag", household=told["h12"], resident=told["zhao"], tag="alone")
    trouble = say(ledger, "matter", household=told["h12"], title="楼道灯不亮")
    time = say(ledger, "appointment", household=told["h12"], starts="2026-11-30T01:00:00Z", state="confirmed")
    return tag, trouble, time


def test_a_household_leaves_the_community(ledger: Ledger, told: dict[str, Id]) -> None:
    tag, trouble, time = hang(ledger, told)
    assert holdings(ledger, told["h12"]) == ({told["zhao"]: 1}, 1, 1, 1, 1)
    before = everything(ledger)
    moved = move_out(ledger, told["h12"], DAY, "海东市", left_empty=True)
    assert moved.retired == 3
    gone = fields(ledger, "household", told["h12"])
    assert (gone["retired"], gone["moved_out"]) == ("moved", DAY)
    assert "successor" not in gone
    assert "2026-11-24 搬走，去海东市" in str(gone["remark"])
    person = fields(ledger, "resident", told["zhao"])
    assert (person["retired"], person["life"], person["life_since"]) == ("moved", "moved", DAY)
    assert fields(ledger, "care_tag", tag)["until"] == DAY
    assert fields(ledger, "appointment", time)["state"] == "cancelled"
    assert "retired" not in fields(ledger, "matter", trouble)
    assert fields(ledger, "dwelling", told["d12"])["use"] == "vacant"
    with pytest.raises(BadInputError):
        move_out(ledger, told["h12"], DAY)
    taken_back(ledger, before, "搬走　示例小区 12号楼 3单元 0502")


def test_a_door_where_others_live_is_not_called_empty(ledger: Ledger, told: dict[str, Id]) -> None:
    say(ledger, "household", dwelling=told["d12"])
    move_out(ledger, told["h12"], DAY, left_empty=True)
    assert "use" not in fields(ledger, "dwelling", told["d12"])


def test_the_head_leaves_and_somebody_is_head_after(ledger: Ledger, told: dict[str, Id]) -> None:
    before = everything(ledger)
    people_move_out(ledger, told["h12"], [told["zhao"]], DAY, "女儿家", told["sun"])
    assert fields(ledger, "household", told["h12"])["head"] == told["sun"]
    assert fields(ledger, "resident", told["sun"])["relation_to_head"] == "02"
    assert "去女儿家" in str(fields(ledger, "resident", told["zhao"])["remark"])
    assert [one.id for one in shown(ledger, told["h12"]).people] == [told["sun"]]
    taken_back(ledger, before, "搬走　示例小区 12号楼 3单元 0502")


@pytest.mark.parametrize("people", [[], ["zhao", "sun"], ["mary"]])
def test_some_of_it_is_neither_none_nor_all(ledger: Ledger, told: dict[str, Id], people: list[str]) -> None:
    with pytest.raises(BadInputError):
        people_move_out(ledger, told["h12"], [told[one] for one in people], DAY)
    assert "retired" not in fields(ledger, "household", told["h12"])


def test_a_split_behind_the_same_door(ledger: Ledger, told: dict[str, Id]) -> None:
    tag, _, _ = hang(ledger, told)
    before = everything(ledger)
    split = split_household(
        ledger, told["h12"], {told["zhao"]: None}, told["zhao"], day=DAY, stays_head=told["sun"]
    )
    new, old = shown(ledger, split.household), shown(ledger, told["h12"])
    assert [one.text("name") for one in new.people] == ["赵世昌"]
    assert (new.household.fields["dwelling"], new.household.fields["head"]) == (told["d12"], told["zhao"])
    assert new.household.text("moved_in") == DAY
    assert [one.id for one in new.tags] == [tag]
    assert [one.id for one in old.people] == [told["sun"]]
    assert old.household.fields["head"] == told["sun"]
    # What the household as a whole had going on stays with it.
    assert len(old.visits) == 1
    assert len(old.matters) == 2
    taken_back(ledger, before, "分户　示例小区 12号楼 3单元 0502")


def test_a_split_into_another_building_makes_successors(ledger: Ledger, told: dict[str, Id]) -> None:
    tag, _, _ = hang(ledger, told)
    before = everything(ledger)
    split = split_household(ledger, told["h12"], {told["zhao"]: None}, told["zhao"], told["d2"])
    goes_on = successor_id(told["zhao"], told["b2"])
    there = shown(ledger, split.household)
    assert [one.id for one in there.people] == [goes_on]
    assert there.household.fields["head"] == goes_on
    assert there.household.text("moved_from") == "12号楼 3单元 0502"
    assert [one.id for one in there.tags] == [successor_id(tag, told["b2"])]
    assert "head" not in fields(ledger, "household", told["h12"])
    taken_back(ledger, before, "搬家　示例小区 12号楼 3单元 0502")


def test_a_split_recorded_again_after_a_joining_is_a_household_of_its_own(
    ledger: Ledger, told: dict[str, Id]
) -> None:
    first = split_household(ledger, told["h12"], {told["sun"]: None}, told["sun"])
    join_households(ledger, first.household, told["h12"], {told["sun"]: "10"})
    again = split_household(ledger, told["h12"], {told["sun"]: None}, told["sun"])
    assert again.household != first.household
    assert fields(ledger, "resident", told["sun"])["household"] == again.household


def test_two_households_of_one_door_become_one(ledger: Ledger, told: dict[str, Id]) -> None:
    tag, trouble, time = hang(ledger, told)
    split = split_household(ledger, told["h12"], {told["sun"]: None}, told["sun"])
    before = everything(ledger)
    joined = join_households(ledger, told["h12"], split.household, {told["zhao"]: "10"})
    assert joined.household == split.household
    gone = fields(ledger, "household", told["h12"])
    assert (gone["retired"], gone["successor"]) == ("merged", split.household)
    found = shown(ledger, split.household)
    assert {(one.text("name"), one.text("relation_to_head")) for one in found.people} == {
        ("赵世昌", "10"),
        ("=SUM孙", "02"),
    }
    assert [one.id for one in found.tags] == [tag]
    assert [one.id for one in found.matters] == [trouble]
    assert fields(ledger, "appointment", time)["household"] == split.household
    assert "赵世昌家并进来，那一户走访过 1 次" in found.household.text("remark")
    with ledger.reading() as connection:
        visit = row(connection, "visit", told["visit"])
    assert visit is not None
    assert visit.fields["household"] == told["h12"]
    taken_back(ledger, before, "并户　示例小区 12号楼 3单元 0502")


def test_households_of_different_doors_are_not_joined(ledger: Ledger, told: dict[str, Id]) -> None:
    with pytest.raises(BadInputError, match="不在一个门里"):
        join_households(ledger, told["h12"], told["h2"])
    with pytest.raises(BadInputError, match="另一户"):
        join_households(ledger, told["h12"], told["h12"])
