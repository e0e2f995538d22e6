"""Moving, splitting, joining and verifying through the window."""

import msgspec
import pytest

from gridclient.app.house import House
from gridclient.app.present import moments
from gridclient.app.present.building import _rhythm
from gridclient.core.domain import ids
from gridclient.core.domain.intervals import Owed
from gridclient.core.merge.change import Draft
from gridclient.desktop.household import Standing
from gridclient.desktop.household import moving_words as erasing_words
from gridclient.desktop.kit.sheet import Question
from gridclient.ledger.erasing import is_erased
from gridclient.ledger.identity import identity, put
from gridclient.operations.move import move_household
from tests.app.conftest import BUILDING, HEADS, HOUSEHOLDS
from tests.app.test_house import live, view_of
from tests.desktop.keys import press, write

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


def menu(house: House) -> list[str]:
    return [deed.words for deed in house.household.screen.menu() if deed is not None]


def test_a_household_moves_out_through_the_window_and_comes_back_by_one_key(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    press("F5", "1", "Ctrl+S")
    view = view_of(house)
    assert (view.standing, [one.name for one in view.people]) == (Standing.MOVED, ["赵世昌"])
    assert view.notice.startswith("已搬走")
    assert [one.event.what for one in view.timeline] == ["搬走了"]
    house.desk.undo()
    assert view_of(house).standing is Standing.LIVED


def test_a_household_goes_to_a_door_found_by_a_name(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    press("F5", "2", "Enter")
    write("lp")
    press("Ctrl+S")
    assert view_of(house).household == HOUSEHOLDS[0]
    assert view_of(house).door == "12号楼 1单元 102"
    assert {name for _, name in view_of(house).families} == {"赵世昌家", "李萍家"}


def test_two_households_of_a_door_are_joined_after_a_question(house: House) -> None:
    move_household(house.ledger, HOUSEHOLDS[0], ids.named("dwelling", "102"))
    house.open_household(HOUSEHOLDS[1])
    assert "把赵世昌家并进来…" in menu(house)
    house.household.screen.joining_asked.emit(HOUSEHOLDS[0], "赵世昌家")
    question = house.window.overlay()
    assert isinstance(question, Question)
    question.act.click()
    assert [one.name for one in view_of(house).people] == ["李萍", "赵世昌"]
    house.open_household(HOUSEHOLDS[0])
    assert (view_of(house).notice, view_of(house).successor) == ("已并到另一户", HOUSEHOLDS[1])


def test_one_person_is_split_off_and_one_alone_is_verified(house: House) -> None:
    person: dict[str, object] = {"household": HOUSEHOLDS[0], "name": "赵小", "relation_to_head": "20"}
    house.ledger.write([Draft("resident", ids.named("小"), BUILDING, person, new=True)])
    house.desk.everything_changed()
    house.open_household(HOUSEHOLDS[0])
    house.household.screen.person_verified.emit(HEADS[0])
    assert [one.verified for one in view_of(house).people] == ["今天", "没核实过"]
    assert "分户…" in menu(house)
    press("F11", "Ctrl+S")
    assert [one.name for one in view_of(house).people] == ["赵小"]
    assert {name for _, name in view_of(house).families} == {"赵世昌家", "赵小家"}


def test_a_household_is_erased_only_with_a_reason_and_its_name(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    assert "清除这一户…" in menu(house)
    house.household.screen.erase_asked.emit(HOUSEHOLDS[0])
    sheet = house.household.erasing.sheet
    assert "居民 1 条" in sheet._gone.text()
    press("Enter", "Enter", "Enter")
    assert sheet.why._error.text() == erasing_words.ERASE_NO_WHY
    write("本人要求")
    press("Enter")
    write("李萍")
    press("Enter", "Enter")
    assert sheet.name._error.text() == erasing_words.ERASE_NOT_SAME
    assert house.ledger.record("resident", HEADS[0]) is not None
    sheet.name.set_words("赵世昌")
    press("Enter", "Enter")
    assert sheet.isHidden()
    assert house.window.front() is not house.household.screen
    gone = house.ledger.record("resident", HEADS[0])
    assert gone is not None
    assert is_erased(gone)


def test_a_worker_is_not_offered_to_erase(house: House) -> None:
    with house.ledger.writing() as connection:
        mine = identity(connection)
        put(
            connection, "identity", msgspec.structs.replace(mine, role="worker", url="https://server.invalid")
        )
    house.open_household(HOUSEHOLDS[0])
    assert "清除这一户…" not in menu(house)


def test_the_menu_of_a_door_records_opens_and_tells(house: House) -> None:
    house.go("building")
    screen = house.building.screen
    door = screen.matrix.current_door()
    assert door is not None
    deeds = {deed.words: deed for deed in screen.door_menu(door) if deed is not None}
    assert list(deeds)[:3] == ["打开这户", "登记这户", "入户"]
    deeds["没人应"].act()
    assert [one["fields"]["outcome"] for one in live(house, "visit")] == ["5"]
    deeds["谁改的"].act()
    assert house.history.sheet.isVisible()
