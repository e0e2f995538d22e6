"""The page of matters: the clock first, the exits by digit, steps written down."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.core.domain.matter_course import allowed
from gridclient.desktop.matters import (
    Filter,
    MatterDetail,
    MattersPage,
    MattersView,
    NewMatterSheet,
    StepSheet,
    StepView,
    words,
)
from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import FACTORS, Look
from tests.desktop.doors import HOUSEHOLD
from tests.desktop.keys import front, press, settle, sound, write
from tests.desktop.measure import nameless, too_small
from tests.desktop.troubles import DETAIL, DOOR, DRAIN, HOSPITAL, VIEW


@pytest.fixture
def window(look: Look, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow(look, qapp)
    front(qtbot, made)
    return made


@pytest.fixture
def page(look: Look, window: MainWindow) -> MattersPage:
    made = MattersPage(look)
    window.add_screen("matters", made)
    made.matter_chosen.connect(lambda id: made.show_detail(replace(DETAIL, id=id)))
    made.show_matters(VIEW)
    window.show_screen("matters")
    return made


def heard(page: MattersPage) -> list[tuple[object, ...]]:
    said: list[tuple[object, ...]] = []
    for name in (
        "step_asked",
        "act_asked",
        "matter_new_asked",
        "household_asked",
        "file_asked",
        "filter_chosen",
    ):
        getattr(page, name).connect(lambda *args, name=name: said.append((name, *args)))
    return said


def test_the_keys_of_a_matter(page: MattersPage) -> None:
    said = heard(page)
    press("Down", "Enter", "1", "4", "5", "F7", "Space", "Ctrl+N")
    assert said == [
        ("step_asked", DRAIN, "handling"),
        ("act_asked", DRAIN, "spot"),
        ("act_asked", DRAIN, "explain"),
        ("household_asked", HOUSEHOLD),
        ("file_asked", DRAIN),
        ("matter_new_asked",),
    ]


def test_only_what_the_step_allows_is_shown_and_done(page: MattersPage) -> None:
    page.show_detail(replace(DETAIL, acts=allowed("revisiting")))
    said = heard(page)
    press("1", "2", "5", "6")
    assert said == [("act_asked", DRAIN, "revisit"), ("act_asked", DRAIN, "close")]
    shown = [act for act, button in page.panel.acts.buttons.items() if button.isVisible()]
    assert shown == ["revisit", "close"]


def test_a_secret_that_is_not_for_me_can_only_be_seen_to_exist(page: MattersPage) -> None:
    hidden = MatterDetail(DRAIN, "", "保密事项", "", acts=frozenset(), why_not="只有记下的人和书记能看。")
    page.show_detail(hidden)
    said = heard(page)
    press("1", "Enter", "Space", "F7")
    assert said == []
    assert page.panel._why_not.isVisible()
    assert not page.panel.step_button.isVisible()


def test_filters_by_key_and_their_counts(page: MattersPage) -> None:
    said = heard(page)
    press("Ctrl+4")
    assert said == [("filter_chosen", Filter.LATE)]
    assert page.filters.pills[Filter.LATE].accessibleName() == "超期 1"
    assert page.filters.pills[Filter.LATE].isChecked()


def test_an_empty_filter_leads_back_to_all(page: MattersPage) -> None:
    said = heard(page)
    page.show_matters(MattersView(filter=Filter.REVISITING))
    assert not page.list.isVisible()
    press("Enter")
    assert said == [("filter_chosen", Filter.OPEN)]
    page.show_matters(VIEW)
    assert page.list.hasFocus()


def test_nothing_at_all_says_how_to_begin(page: MattersPage) -> None:
    said = heard(page)
    page.show_matters(MattersView())
    assert page.panel._title.text() == words.NOTHING
    press("Enter")
    assert said == [("matter_new_asked",)]


def test_the_current_matter_stays_and_is_asked_for_again(page: MattersPage) -> None:
    asked: list[bytes] = []
    press("Down")
    page.matter_chosen.connect(asked.append)
    page.show_matters(replace(VIEW, rows=(*VIEW.rows[1:], VIEW.rows[0])))
    assert page.list.current_id() == DRAIN
    assert asked == [DRAIN]
    page.choose(DOOR)
    assert asked == [DRAIN, DOOR]


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (1280, 680)])
def test_everything_fits(
    page: MattersPage, window: MainWindow, look: Look, factor: float, size: tuple[int, int]
) -> None:
    look.choose(factor=factor)
    window.resize(*size)
    page.show_detail(DETAIL)
    settle()
    assert too_small(page) == []
    assert nameless(page) == []
    look.choose(factor=1.0)


def test_the_list_is_a_sound_model(page: MattersPage, qtmodeltester: ModelTester) -> None:
    sound(qtmodeltester, page.list.rows)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    front(qtbot, made)
    return made


def test_a_step_by_keyboard(look: Look, host: QWidget) -> None:
    sheet = StepSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.step_saved.connect(lambda *args: said.append(args))
    sheet.write(StepView(DRAIN, "厨房下水堵，反水", "12号楼 3单元 402", "handling"))
    press("4", "Enter")
    write("物业疏通了，住户说好")
    press("Enter")
    write("物业")
    press("Ctrl+S")
    assert said == [(DRAIN, "revisiting", {"note": "物业疏通了，住户说好", "unit": "物业"})]


def test_an_exit_wants_words(look: Look, host: QWidget) -> None:
    sheet = StepSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.step_saved.connect(lambda *args: said.append(args))
    sheet.write(StepView(DRAIN, "厨房下水堵，反水", "", act="spot"))
    press("Ctrl+S")
    assert said == []
    write("当场通开了")
    press("Ctrl+S")
    assert said == [(DRAIN, "revisiting", {"note": "当场通开了", "exit": "spot"})]


def test_an_explanation_is_more_than_a_word(look: Look, host: QWidget) -> None:
    sheet = StepSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.step_saved.connect(lambda *args: said.append(args))
    sheet.write(StepView(DRAIN, "想多停一辆车", "", act="explain"))
    write("不行")
    press("Ctrl+S")
    assert said == []
    write("，消防通道上不能画线，带他看过图了")
    press("Ctrl+S")
    assert [one[1] for one in said] == ["closed"]


@pytest.mark.parametrize(
    ("key", "answer", "status"),
    [("1", "good", "closed"), ("3", "bad", "handling"), ("4", "unreached", "revisiting")],
)
def test_the_answer_decides_where_it_goes(
    look: Look, host: QWidget, key: str, answer: str, status: str
) -> None:
    sheet = StepSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.step_saved.connect(lambda *args: said.append(args))
    sheet.write(StepView(DRAIN, "厨房下水堵，反水", "", act="revisit"))
    press("Ctrl+S")
    press(key, "Enter")
    write("打电话问的")
    press("Ctrl+S")
    assert said == [(DRAIN, status, {"satisfaction": answer, "note": "打电话问的"})]


def test_being_done_says_how_and_where(look: Look, host: QWidget) -> None:
    sheet = StepSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.step_saved.connect(lambda *args: said.append(args))
    sheet.write(StepView(DRAIN, "厨房下水堵，反水", "", act="close"))
    press("1", "Enter", "1", "Enter")
    write("换了一段管")
    press("Ctrl+S")
    assert said == [(DRAIN, "closed", {"result": "solved", "level": "yard", "note": "换了一段管"})]


def test_a_new_matter_by_keyboard(look: Look, host: QWidget) -> None:
    sheet = NewMatterSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.matter_saved.connect(lambda *args: said.append(args))
    sheet.write(HOUSEHOLD, "12号楼 3单元 402 刘慧")
    press("Enter")
    write("楼道灯不亮")
    press("Enter", "2", "Ctrl+S")
    assert said == [(HOUSEHOLD, {"title": "楼道灯不亮", "category": "B1", "days": 3})]
    press("Esc")
    assert not sheet.isVisible()


def test_a_usual_matter_takes_two_keys(look: Look, host: QWidget) -> None:
    sheet = NewMatterSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.matter_saved.connect(lambda *args: said.append(args))
    sheet.write(HOUSEHOLD, "12号楼 3单元 402 刘慧")
    press("5", "Ctrl+S")
    assert said == [(HOUSEHOLD, {"title": "办老年就餐卡", "category": "B6", "days": 5})]


def test_the_board_goes_by_step(page: MattersPage) -> None:
    said = heard(page)
    press("Ctrl+B")
    assert page.board.isVisible()
    assert not page.panel.isVisible()
    assert page.board.current_id() == DOOR
    press("Left", "Enter")
    assert page.board.current_id() == HOSPITAL
    press("Right", "Down", "2", "Space")
    assert said == [
        ("step_asked", HOSPITAL, "handling"),
        ("act_asked", DRAIN, "escalate"),
        ("file_asked", DRAIN),
    ]
    press("Ctrl+B")
    assert page.list.hasFocus()
    assert page.list.current_id() == DRAIN


def test_a_column_of_the_board_is_a_sound_model(page: MattersPage, qtmodeltester: ModelTester) -> None:
    sound(qtmodeltester, page.board.columns["handling"].list.rows)


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("size", [(1366, 768), (1280, 680)])
def test_the_board_fits(
    page: MattersPage, window: MainWindow, look: Look, factor: float, size: tuple[int, int]
) -> None:
    look.choose(factor=factor)
    window.resize(*size)
    press("Ctrl+B")
    settle()
    assert too_small(page) == []
    assert nameless(page) == []
    look.choose(factor=1.0)


@pytest.mark.parametrize("factor", FACTORS)
def test_the_sheets_fit(look: Look, host: QWidget, factor: float) -> None:
    look.choose(factor=factor)
    step, new = StepSheet(look, host), NewMatterSheet(look, host)
    step.write(StepView(DRAIN, "厨房下水堵，反水", "12号楼 3单元 402", "handling"))
    step.place()
    settle()
    assert too_small(step) == []
    step.close_over()
    new.write(HOUSEHOLD, "12号楼 3单元 402 刘慧")
    new.place()
    settle()
    assert too_small(new) == []
    assert nameless(new) == []
    look.choose(factor=1.0)
