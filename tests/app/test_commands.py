"""The palette: everything the program can do is found by its name and done."""

import pytest
from PySide6.QtWidgets import QApplication

from gridclient.app.house import House
from gridclient.desktop.kit.commands import Command, CommandGroup, acts_of, key_name, matching
from gridclient.desktop.kit.hints import Hint
from gridclient.desktop.search import Hit
from gridclient.operations.spell import readings
from tests.app.conftest import HOUSEHOLDS
from tests.app.test_house import live, view_of
from tests.desktop.keys import press, write

MOVING = {"↑", "↓", "←", "→", "Tab", "Home", "End", "PgUp", "PgDn", "方向键"}


def shown(house: House) -> list[Hit]:
    model = house.window.popup.model
    return [model.hit(place) for place in range(model.rowCount())]


def choose(house: House, said: str, title: str = "") -> None:
    """Look for something to do and do it: the first that is found, or the one of this name."""
    house.window.activateWindow()
    press("Ctrl+K")
    if said:
        write(said)
    rows = [one for one in shown(house) if not one.is_head]
    place = next(at for at, one in enumerate(rows) if one.title == (title or rows[0].title))
    press(*["Down"] * place, "Return")


def test_without_a_word_everything_stands_there_in_parts(house: House) -> None:
    press("Ctrl+K")
    heads = [one.title for one in shown(house) if one.is_head]
    assert heads[:1] == ["今日"]
    assert heads[-4:] == ["去哪里", "哪里都能用", "导出", "设置"]
    assert house.window.popup.isVisible()
    press("Esc")
    assert not house.window.popup.isVisible()
    assert not house.window.commanding


def test_initials_find_a_place_and_enter_goes_there(house: House) -> None:
    choose(house, "sz", "设置")
    assert house.window.front() is house.settings.screen
    choose(house, "hebing")
    assert house.window.front() is house.settle.page
    choose(house, "导入")
    assert house.window.front() is house.register.screen


def test_every_place_and_every_table_is_there(house: House) -> None:
    house.go("settings")
    names = {one.words for group in house.commands.groups() for one in group.commands}
    assert {item.words for item in house.menu()} <= names
    assert {f"导出 {item.words}" for item in house.exports.screen.what.table.items} <= names
    assert {"字大小 特大", "颜色 深色", "多久不动就锁上", "现在备份", "换口令", "清除本机台账"} <= names


def test_every_key_of_every_screen_that_does_something_is_there(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    for item in house.menu():
        house.go(item.name)
        front = house.window.front()
        assert front is not None
        there = {one.key for group in house.commands.groups() for one in group.commands}
        for group in front.all_keys():
            for hint in group.hints:
                if MOVING.isdisjoint(hint.keys):
                    assert hint.keys[0] in there, (item.name, hint)


def test_an_act_of_the_page_is_done_as_by_its_key(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    choose(house, "核实")
    assert "今天" in view_of(house).verified
    house.go("building")
    house.building.screen.matrix.setFocus()
    choose(house, "", "找人、门、诉求、走访")
    assert house.window.top.search.line.hasFocus()
    assert not house.window.commanding


def test_a_digit_of_the_matrix_records_an_outcome(house: House) -> None:
    found = [one for group in house.commands.groups() for one in group.commands if one.key == "5"]
    house.building.screen.matrix.setFocus()
    found[0].run()
    assert [one["fields"]["outcome"] for one in live(house, "visit")] == ["5"]


def test_a_table_is_chosen_and_a_setting_acts(house: House) -> None:
    table = house.exports.screen.what.table
    last = table.items[-1]
    choose(house, f"导出{last.words}")
    assert house.window.front() is house.exports.screen
    assert table.current == last.id
    choose(house, "zdx", "字大小 大")
    assert house.desk.look.theme.factor == 1.25
    house.settings.choose_size(1.0)
    choose(house, "huankouling", "换口令")
    assert house.settings.screen.passphrase.old.line.hasFocus()


def test_people_are_found_under_it_and_acts_under_people(house: House) -> None:
    press("Ctrl+K")
    write("李萍")
    assert [one.title for one in shown(house)] == ["人", "李萍"]
    press("Esc", "Ctrl+F")
    write("导出")
    assert [one.title for one in shown(house)][:2] == ["可以做的", "导出"]
    assert len(shown(house)) <= 5


def test_in_a_field_the_key_finds_what_to_do_too(house: House) -> None:
    house.go("settings")
    field = house.settings.screen.phone.phone
    field.set_words("13900000000")
    field.line.setCursorPosition(0)
    press("Ctrl+K")
    assert house.window.commanding
    assert field.words == "13900000000"
    press("Esc")
    assert field.line.hasFocus(), "the keyboard goes back to where it was"


def test_while_the_lease_is_over_no_place_is_reached_round_the_menu(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(house.keeping), "visits_only", property(lambda self: True))
    before = house.window.front()
    for group in house.commands.groups():
        for one in group.commands:
            if one.words.startswith("导出"):
                one.run()
                assert house.window.front() is before


@pytest.mark.parametrize(
    ("hint", "acts"),
    [
        (Hint(("1", "3"), "办结、上报、吹哨", span=True), [("1", "办结"), ("2", "上报"), ("3", "吹哨")]),
        (Hint(("Ctrl+1", "2"), "只看一类", span=True), [("Ctrl+1", "只看一类 1"), ("Ctrl+2", "只看一类 2")]),
        (Hint(("1", "2"), "结果", span=True, each=("入户", "门口谈")), [("1", "入户"), ("2", "门口谈")]),
        (Hint(("Alt+←", "Alt+→"), "上一户、下一户"), [("Alt+←", "上一户"), ("Alt+→", "下一户")]),
        (Hint(("F2",), "改资料（先选人）"), [("F2", "改资料")]),
        (Hint(("↑", "↓"), "选人"), []),
        (Hint(("Ctrl+F", "/"), "找人"), [("Ctrl+F", "找人")]),
    ],
)
def test_hints_name_their_acts(hint: Hint, acts: list[tuple[str, str]]) -> None:
    assert list(acts_of(hint)) == acts


@pytest.mark.parametrize(
    ("shown", "name"), [("空格", "Space"), ("Alt+←", "Alt+Left"), ("Ctrl +", "Ctrl++"), ("Enter", "Return")]
)
def test_keys_are_named_as_qt_names_them(shown: str, name: str) -> None:
    assert key_name(shown) == name


def test_the_beginning_is_better_than_the_middle(qapp: QApplication) -> None:
    def act() -> None:
        pass

    group = CommandGroup("", (Command("现在备份", act), Command("备份到…", act), Command("导出 备注", act)))
    found = matching([group], "bf", readings())
    assert [one.words for one in found] == ["备份到…", "现在备份"]
    assert matching([group], "b", readings()) == [group.commands[1]]
    assert matching([group], "bf", readings(), beginnings=True) == [group.commands[1]]
    assert matching([group], "  ", readings()) == []
