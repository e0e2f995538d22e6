"""Who leaves a door, by the keyboard: out, to another door, or into a household of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.desktop.household import moving_words as words
from gridclient.desktop.household.moving import (
    DOOR,
    EMPTY,
    HERE,
    OUT,
    DoorChoice,
    DoorField,
    Going,
    Leaver,
    MovingSheet,
    MovingView,
)
from gridclient.desktop.theme import FACTORS, Look
from tests.desktop.doors import HOUSEHOLD, SUN, WEN, ZHAO
from tests.desktop.keys import front, press, settle, sound, write
from tests.desktop.measure import nameless, too_small

PEOPLE = (Leaver(ZHAO, "赵世昌", head=True, tags=1), Leaver(SUN, "孙月琴"), Leaver(WEN, "赵文斌", tags=2))
VIEW = MovingView(
    HOUSEHOLD, "12号楼 3单元 502", PEOPLE, 1, matters=2, appointments=1, visits=46, today="2026-11-24"
)
ROOM = DoorChoice(b"\x21" * 16, "12号楼 1单元 101", "没人登记", near=True)
FAR = DoorChoice(b"\x22" * 16, "8号楼 1单元 101", "另立一户")
FAMILY = DoorChoice(b"\x22" * 16, "8号楼 1单元 101", "住进李萍家", b"\x23" * 16)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    front(qtbot, made)
    return made


@pytest.fixture
def sheet(look: Look, host: QWidget) -> MovingSheet:
    return MovingSheet(look, host)


def heard(sheet: MovingSheet) -> list[Going]:
    said: list[Going] = []
    sheet.decided.connect(said.append)
    return said


def test_a_whole_household_leaves_by_keyboard(sheet: MovingSheet) -> None:
    said = heard(sheet)
    sheet.show_household(VIEW)
    press("Enter", "1", "Enter")
    write("海东市")
    press("Enter", "Enter", "1")
    assert "3 人记为搬走；关照 4 项到这天为止；预约 1 个取消" in sheet.preview.words
    press("Ctrl+S")
    assert said == [
        Going((ZHAO, SUN, WEN), True, OUT, "海东市", None, "2026-11-24", EMPTY, ZHAO, None),
    ]


def test_the_head_alone_leaves_and_another_is_named(sheet: MovingSheet) -> None:
    said = heard(sheet)
    sheet.show_household(replace(VIEW, chosen=(ZHAO,)))
    assert sheet.form is not None
    assert not sheet.form.fields["left"].isVisible()
    press("Enter", "Enter", "Enter", "Enter", "3", "Ctrl+S")
    assert [(one.people, one.whole, one.stays_head) for one in said] == [((ZHAO,), False, WEN)]


def test_a_door_is_sought_and_chosen_by_arrows(sheet: MovingSheet) -> None:
    said, sought = heard(sheet), list[str]()
    sheet.door_sought.connect(sought.append)
    sheet.show_household(VIEW)
    press("Enter", "2", "Enter")
    write("101")
    assert sought == ["101"]
    sheet.save()
    assert (said, sheet._error.words) == ([], words.PICK_DOOR)
    sheet.show_doors("10", [FAMILY])
    sheet.show_doors("101", [ROOM, FAR, FAMILY])
    assert "只换门牌" in sheet.preview.words
    press("Down")
    assert "走访 46 次留在这个门里" in sheet.preview.words
    press("Ctrl+S")
    assert [(one.where, one.door) for one in said] == [(DOOR, FAR)]


def test_some_may_live_with_a_family_a_whole_household_may_not(sheet: MovingSheet) -> None:
    said = heard(sheet)
    for chosen in ((), (SUN,)):
        sheet.show_household(replace(VIEW, where=DOOR, chosen=chosen))
        assert sheet.form is not None
        sheet.form.fields["door"].fill("101")
        sheet.show_doors("101", [FAR, FAMILY])
        sheet.form.fields["door"].setFocus()
        press("Down", "Ctrl+S")
    assert [one.door for one in said] == [FAR, FAMILY]


def test_a_split_leaves_somebody_and_names_a_head(sheet: MovingSheet) -> None:
    said = heard(sheet)
    sheet.show_household(replace(VIEW, where=HERE, chosen=(SUN, WEN)))
    assert "跟着走：2 人，关照 2 项" in sheet.preview.words
    assert sheet.form is not None
    assert not sheet.form.fields["stays_head"].isVisible()
    sheet.form.fields["new_head"].setFocus()
    press("3", "Ctrl+S")
    assert [(one.where, one.people, one.new_head) for one in said] == [(HERE, (SUN, WEN), WEN)]
    sheet.form.fields["who"].setFocus()
    press("1", "Ctrl+S")
    assert (len(said), sheet._error.words) == (1, words.ALL_HERE)


def test_nobody_chosen_is_said(sheet: MovingSheet) -> None:
    said = heard(sheet)
    sheet.show_household(VIEW)
    press("1", "2", "3", "Ctrl+S")
    assert (said, sheet._error.words) == ([], words.NOBODY)


def test_the_doors_found_keep_the_rules_of_qt(look: Look, qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    field = DoorField(look)
    qtbot.addWidget(field)
    field.fill("101")
    field.show_doors("101", [ROOM, FAMILY])
    sound(qtmodeltester, field.list.rows)


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("where", [OUT, DOOR, HERE])
def test_the_sheet_fits(look: Look, sheet: MovingSheet, factor: float, where: str) -> None:
    look.choose(factor=factor)
    sheet.show_household(replace(VIEW, where=where, chosen=(ZHAO, SUN) if where == HERE else ()))
    if where == DOOR and sheet.form is not None:
        sheet.form.fields["door"].fill("101")
        sheet.show_doors("101", [ROOM, FAMILY])
    sheet.place()
    settle()
    assert too_small(sheet) == []
    assert nameless(sheet) == []
    look.choose(factor=1.0)
