"""A family registered in one act: everybody at once, taken back at once, nobody doubled unknowingly."""

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.ledger.households import household
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import BadInputError
from gridclient.operations.acts import recent, take_back
from gridclient.operations.dump import dump
from gridclient.operations.edit_record import known_by_number, register_household
from tests.operations.community_of_two import ID, tell

NUMBER = "639900197001010014"


@pytest.fixture
def told(ledger: Ledger) -> dict[str, Id]:
    return {word: ids.parse(identity) for word, identity in tell(ledger).items()}


def register(ledger: Ledger, dwelling: Id, people: int = 3) -> Id:
    head: dict[str, object] = {"name": "马桂兰", "phones": ["13900001111"], "id_number": NUMBER}
    others: list[dict[str, object]] = [
        {"name": f"马小{place}", "relation_to_head": "20"} for place in range(1, people)
    ]
    _, opens = register_household(ledger, dwelling, {}, {"moved_from": "海东市"}, head, others)
    return opens


def test_all_people_of_a_door_are_registered_in_one_act(ledger: Ledger, told: dict[str, Id]) -> None:
    opens = register(ledger, told["d2"], people=10)
    with ledger.reading() as connection:
        found = household(connection, opens)
    assert found is not None
    assert found.household.text("moved_from") == "海东市"
    assert [one.text("name") for one in found.people if one.text("relation_to_head") == "02"] == ["马桂兰"]
    assert found.household.fields["head"] == found.people[0].id
    assert len(found.people) == 10
    assert found.people[0].text("id_number") == NUMBER
    act = recent(ledger)[0]
    assert (act.sort, act.words) == ("register", "登记住户　示例小区 2号楼 1单元 101")
    before = len([one for one in dump(ledger, "resident") if "retired" not in _fields(one)])
    take_back(ledger, act)
    assert before - len([one for one in dump(ledger, "resident") if "retired" not in _fields(one)]) == 10


def _fields(shown: dict[str, object]) -> dict[str, object]:
    found = shown["fields"]
    assert isinstance(found, dict)
    return found


def test_one_wrong_person_and_nobody_is_saved(ledger: Ledger, told: dict[str, Id]) -> None:
    before = len(list(dump(ledger, "household")))
    with pytest.raises(BadInputError):
        register_household(
            ledger, told["d2"], {}, {}, {"name": "马桂兰"}, [{"name": "马小", "birth": "去年"}]
        )
    assert len(list(dump(ledger, "household"))) == before


def test_who_is_behind_another_door_already_is_named_with_it(ledger: Ledger, told: dict[str, Id]) -> None:
    (known,) = known_by_number(ledger, [ID, None, ""])
    assert known == (told["zhao"], "赵世昌", "示例小区 12号楼 3单元 0502")
    assert known_by_number(ledger, ["639900195603040999"]) == []
