"""Registering who lives behind a door: a whole family by the keyboard alone."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gridclient.core.domain.identity import check_digit
from gridclient.core.domain.values import Invalid
from gridclient.desktop.household import RegisterSheet, RegisterView, reading
from gridclient.desktop.household import edit_words as words
from gridclient.desktop.theme import FACTORS, Look
from tests.desktop.doors import DWELLING
from tests.desktop.keys import front, press, settle, write
from tests.desktop.measure import inside, nameless, too_small

BUILDINGS = ((b"\x11" * 16, ("12", "12号楼")), (b"\x12" * 16, ("8", "8号楼")), (b"\x13" * 16, ("8", "8号楼")))


def with_check_digit(first: str) -> str:
    """An invented number whose last digit fits."""
    return first + check_digit(first)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    front(qtbot, made)
    return made


def test_registering_by_keyboard(look: Look, host: QWidget) -> None:
    sheet = RegisterSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.registered.connect(lambda *args: said.append(args))
    sheet.register(RegisterView(buildings=BUILDINGS))
    write("12")
    press("Enter")
    write("3")
    press("Enter")
    write("5")
    press("Enter")
    write("503")
    press("Enter")
    write("马桂兰")
    press("Ctrl+S")
    assert said == [
        (
            b"",
            {"building": b"\x11" * 16, "unit": "3", "floor": 5, "room": "503"},
            {},
            [{"name": "马桂兰", "relation_to_head": "02"}],
        )
    ]


def test_a_whole_family_by_keyboard(look: Look, host: QWidget) -> None:
    sheet = RegisterSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.registered.connect(lambda *args: said.append(args))
    sheet.register(RegisterView(DWELLING, "12号楼 3单元 503", today=date(2026, 11, 24)))
    number = with_check_digit("63990019560304002")
    for keys in (("马桂兰", "", number, "13900001111"), ("李小宝", "8", "女 2019", ""), ("",)):
        for typed in keys:
            if typed:
                write(typed)
            press("Enter")
            if typed == number:
                assert sheet.people is not None
                assert sheet.people.rows[0]._told.text() == "女，1956-03-04，70 岁"
    press("Ctrl+S")
    ((dwelling, place, about, people),) = said
    assert (dwelling, place, about) == (DWELLING, {}, {})
    assert people == [
        {
            "name": "马桂兰",
            "relation_to_head": "02",
            "id_number": number,
            "sex": "2",
            "birth": "1956-03-04",
            "phones": ["13900001111"],
        },
        {"name": "李小宝", "relation_to_head": "40", "sex": "2", "birth": "2019"},
    ]


def test_enter_on_an_empty_name_goes_on_to_the_household(look: Look, host: QWidget) -> None:
    sheet = RegisterSheet(look, host)
    sheet.register(RegisterView(DWELLING, "12号楼 3单元 503"))
    write("马桂兰")
    press("Insert")
    people, about = sheet.people, sheet.about
    assert people is not None
    assert about is not None
    assert people.rows[1].fields["name"].input.line.hasFocus()
    press("Enter")
    assert about.first().isAncestorOf(QApplication.focusWidget() or host)
    assert people.rows[1].fields["name"].input._error.text() == ""


def test_two_heads_are_doubted_once(look: Look, host: QWidget) -> None:
    sheet = RegisterSheet(look, host)
    said: list[object] = []
    sheet.registered.connect(lambda dwelling, *_: said.append(dwelling))
    sheet.register(RegisterView(DWELLING, "12号楼 3单元 503", today=date(2026, 11, 24)))
    write("马桂兰")
    press("Insert")
    write("李大宝")
    press("Enter")
    write("户主")
    press("Ctrl+S")
    assert said == []
    assert sheet._error.words == words.doubtful(1)
    press("Ctrl+S")
    assert said == [DWELLING]


def test_what_was_typed_of_a_family_is_not_lost_by_one_esc(look: Look, host: QWidget) -> None:
    sheet = RegisterSheet(look, host)
    sheet.register(RegisterView(DWELLING, "12号楼 3单元 503"))
    write("马桂兰")
    press("Esc")
    assert (sheet.isVisible(), sheet._error.words) == (True, words.UNSAVED_NEW)
    press("Esc")
    assert not sheet.isVisible()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1983", {"birth": "1983"}),
        ("女 1983-5-1", {"birth": "1983-05-01", "sex": "2"}),
        ("1983男", {"birth": "1983", "sex": "1"}),
        ("女", {"sex": "2"}),
        ("E12345678", {"id_number": "E12345678"}),
        ("", {}),
    ],
)
def test_who_somebody_is_in_one_line(typed: str, stored: dict[str, str]) -> None:
    assert reading.read_born(typed) == stored


@pytest.mark.parametrize("typed", ["昨天", "1983-13", "12345"])
def test_what_is_neither_a_number_nor_a_birthday(typed: str) -> None:
    with pytest.raises(Invalid, match="18 位"):
        reading.read_born(typed)


def test_two_buildings_of_one_name_are_not_guessed(look: Look, host: QWidget) -> None:
    sheet = RegisterSheet(look, host)
    said: list[object] = []
    sheet.registered.connect(said.append)
    sheet.register(RegisterView(buildings=BUILDINGS))
    write("8号楼")
    press("Ctrl+S")
    assert said == []
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleDescription() == words.SEVERAL_BUILDINGS


@pytest.mark.parametrize("factor", FACTORS)
def test_the_register_sheet_fits(look: Look, host: QWidget, factor: float) -> None:
    look.choose(factor=factor)
    sheet = RegisterSheet(look, host)
    sheet.register(RegisterView(DWELLING, "12号楼 3单元 503", today=date(2026, 11, 24)))
    write("马桂兰")
    press("Enter", "Enter")
    write(with_check_digit("63990019560304002"))
    press("Insert")
    sheet.place()
    settle()
    assert too_small(sheet) == []
    assert nameless(sheet) == []
    look.choose(factor=1.0)


def test_what_is_written_in_stays_in_sight(look: Look, host: QWidget) -> None:
    look.choose(factor=1.5)
    sheet = RegisterSheet(look, host)
    sheet.register(RegisterView(DWELLING, "12号楼 3单元 503", today=date(2026, 11, 24)))
    for place in range(6):
        write(f"李大{place}")
        press("Insert")
        settle()
        focus = QApplication.focusWidget()
        assert focus is not None
        assert sheet._scroll is not None
        assert inside(focus, sheet._scroll.viewport())
    look.choose(factor=1.0)
