"""From door to door by the keyboard alone, in the whole window."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gridclient.app.house import House
from gridclient.core.domain import ids
from gridclient.operations.dump import dump
from tests.app.conftest import HOUSEHOLDS
from tests.desktop.keys import press, settle, write

ORDINARY: tuple[str, ...] = ("Enter", "1", "2", "Enter", "0", "Enter", "Enter", "“老人按时吃药", "Enter")
ORDINARY += ("Enter", "1", "Ctrl+Enter")  # past the card; in a week


def type_in(keys: Sequence[str]) -> int:
    """Press these keys and write what begins with “; how many keys that were."""
    for key in keys:
        if key.startswith("“"):
            write(key[1:])
        else:
            press(key)
    settle()
    return sum(not key.startswith("“") for key in keys)


def visits(house: House) -> list[dict[str, object]]:
    return [one["fields"] for one in dump(house.ledger, "visit")]  # type: ignore[misc]


@pytest.fixture
def door(house: House) -> House:
    """The first door of the building is in front and has the keyboard."""
    house.window.activateWindow()
    house.go("building")
    house.building.screen.matrix.setFocus()
    press("Enter")
    settle()
    assert house.household.current == HOUSEHOLDS[2]
    return house


def test_nobody_home_is_three_keys_from_door_to_door(door: House) -> None:
    assert type_in(("Enter", "5", "Ctrl+Enter")) <= 3
    assert [one["outcome"] for one in visits(door)] == ["5"]
    assert door.household.current == HOUSEHOLDS[0]
    assert door.window.front() is door.household.screen


def test_an_ordinary_visit_is_at_most_twelve_keys_from_door_to_door(door: House) -> None:
    assert type_in(ORDINARY) <= 12
    (written,) = visits(door)
    assert (written["outcome"], written["purposes"]) == ("1", ["needs"])
    assert [written[f"{one}_check"] for one in ("people", "family", "dispute", "hazard")] == ["clear"] * 4
    assert written["summary"] == "老人按时吃药"
    assert written["next_due"]
    assert door.household.current == HOUSEHOLDS[0]


def test_behind_the_last_door_the_building_comes_back(door: House) -> None:
    for _ in range(3):
        type_in(("Enter", "5", "Ctrl+Enter"))
    assert len(visits(door)) == 3
    assert door.window.front() is door.building.screen


def test_a_visit_is_taken_back_by_one_key(door: House) -> None:
    type_in(("Enter", "5", "Ctrl+Enter"))
    press("Ctrl+Z")
    settle()
    assert visits(door) == []


def test_what_saves_a_visit_does_not_say_that_somebody_changed_it(door: House) -> None:
    press("Enter", "1", "Ctrl+S")
    settle()
    assert door.visit.sheet._changed_notice.isHidden()
    assert door.visit.sheet.isHidden()


def test_a_stairwell_where_nobody_answers_is_a_key_a_door(house: House) -> None:
    house.window.activateWindow()
    house.go("building")
    house.building.screen.matrix.setFocus()
    press("5", "5", "5")
    settle()
    knocked = [one["household"] for one in visits(house)]
    assert sorted(knocked, key=str) == sorted(map(ids.text, HOUSEHOLDS))
    assert house.building.in_order() == [HOUSEHOLDS[2], HOUSEHOLDS[0], HOUSEHOLDS[1]]
    current = house.building.screen.matrix.current_door()
    assert current is not None
    assert current.household == HOUSEHOLDS[1]  # behind the last door there is none
    press("Ctrl+Z")
    settle()
    assert len(visits(house)) == 2
