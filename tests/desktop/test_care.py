"""Who is looked after and why: read, added to and ended by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gridclient.desktop.household import CareLine, CareSheet, CareView
from gridclient.desktop.household import care_words as words
from gridclient.desktop.household.care import TagField
from gridclient.desktop.theme import FACTORS, Look
from tests.desktop.doors import HOUSEHOLD, SUN, ZHAO
from tests.desktop.keys import front, press, settle, write
from tests.desktop.measure import nameless, too_small

ALONE, MENTAL = b"\x21" * 16, b"\x22" * 16
VIEW = CareView(
    HOUSEHOLD,
    "12号楼 3单元 502",
    (
        CareLine(ALONE, "独居老人", "赵世昌", "2021年起，8 天前核实"),
        CareLine(MENTAL, "严重精神障碍", "孙月琴", "下次回访 12月2日", 3),
    ),
    ((ZHAO, "赵世昌"), (SUN, "孙月琴")),
)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    front(qtbot, made)
    return made


@pytest.fixture
def sheet(look: Look, host: QWidget) -> CareSheet:
    return CareSheet(look, host)


def heard(sheet: CareSheet) -> list[object]:
    said: list[object] = []
    sheet.tag_added.connect(said.append)
    sheet.tag_ended.connect(lambda id: said.append(("ended", bytes(id))))
    sheet.tag_wrong.connect(lambda id: said.append(("wrong", bytes(id))))
    return said


def choose(sheet: CareSheet, code: str) -> None:
    field = sheet.form.fields["tag"] if sheet.form is not None else None
    assert isinstance(field, TagField)
    field.fill(code)


def test_a_tag_is_added_by_keyboard(sheet: CareSheet) -> None:
    said = heard(sheet)
    sheet.show_care(VIEW)
    press("3", "Enter")
    choose(sheet, "disabled")
    press("Enter")
    write("2021.5")
    press("Enter")
    write("肢体四级")
    press("Ctrl+S")
    assert said == [
        {"household": HOUSEHOLD, "resident": SUN, "tag": "disabled", "since": "2021-05", "detail": "肢体四级"}
    ]


def test_nothing_is_added_without_a_reason(sheet: CareSheet) -> None:
    said = heard(sheet)
    sheet.show_care(VIEW)
    press("Ctrl+S")
    assert said == []
    field = sheet.form.fields["tag"] if sheet.form is not None else None
    assert isinstance(field, TagField)
    assert field._error.text() == words.NO_TAG


def test_what_is_over_ends_and_what_was_wrong_goes(sheet: CareSheet) -> None:
    said = heard(sheet)
    sheet.show_care(VIEW)
    sheet.list.choose(MENTAL)
    press("Delete")
    sheet._wrong.click()
    assert said == [("ended", MENTAL), ("wrong", MENTAL)]
    sheet.show_care(CareView(HOUSEHOLD, "12号楼 3单元 502", people=VIEW.people))
    assert not sheet.list.isVisible()
    press("Delete")
    assert len(said) == 2


@pytest.mark.parametrize("factor", FACTORS)
def test_the_sheet_fits(look: Look, sheet: CareSheet, factor: float) -> None:
    look.choose(factor=factor)
    sheet.show_care(VIEW)
    sheet.place()
    settle()
    assert too_small(sheet) == []
    assert nameless(sheet) == []
    look.choose(factor=1.0)
