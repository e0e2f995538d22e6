"""Guides: a list that narrows while one types, the words beside it, the lookup over a visit, the form."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.desktop.guides import GuideLookup, GuideSheet, GuidesPage, words
from gridclient.desktop.office import Line, Listing, Part, Reading
from gridclient.desktop.office import words as office_words
from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import FACTORS, Look, Tone
from tests.desktop.keys import front, press, settle, sound, write
from tests.desktop.measure import nameless, too_small

CARD, CARE = b"1" * 16, b"2" * 16
LISTING = Listing(
    (
        Line(CARD, "老年就餐卡", "身份证、一寸照片两张", right="养老助残"),
        Line(CARE, "城乡居民医保", "身份证", right="公共设施维修"),
    ),
    {
        CARD: Reading(
            CARD,
            "老年就餐卡",
            (("养老助残", Tone.NEUTRAL, ""),),
            (Part(words.HOW, "本社区居住的老人。\n" * 30), Part(words.OFFICE, "社区一楼大厅")),
            "11月3日　方圆",
        ),
        CARE: Reading(CARE, "城乡居民医保", (), (Part(words.PAPERS, "身份证"),)),
    },
    "2 条",
    words.EMPTY,
    True,
)


@pytest.fixture
def window(look: Look, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow(look, qapp)
    front(qtbot, made)
    return made


@pytest.fixture
def page(look: Look, window: MainWindow) -> GuidesPage:
    made = GuidesPage(look)
    window.add_screen("guides", made)
    made.show_listing(LISTING)
    window.show_screen("guides")
    return made


def heard(page: GuidesPage) -> list[tuple[object, ...]]:
    said: list[tuple[object, ...]] = []
    page.new_asked.connect(lambda: said.append(("new",)))
    page.retire_asked.connect(lambda id: said.append(("retire", id)))
    page.browser.edit_asked.connect(lambda id: said.append(("edit", id)))
    page.browser.typed.connect(lambda typed: said.append(("typed", typed)))
    return said


def test_the_arrows_read_one_after_the_other(page: GuidesPage) -> None:
    reader = page.browser.reader
    assert reader.reading == LISTING.readings[CARD]
    press("Down")
    assert reader.reading == LISTING.readings[CARE]


def test_letters_typed_on_the_list_narrow_it_and_the_arrows_still_move(page: GuidesPage) -> None:
    said = heard(page)
    press("y", "b")
    assert said == [("typed", "y"), ("typed", "yb")]
    press("Down")
    assert page.browser.current() == CARE
    assert page.browser.typing.line.hasFocus()
    press("Esc")
    assert said[-1] == ("typed", "")
    press("Enter")
    assert page.browser.list.hasFocus()


def test_keys_of_writing(page: GuidesPage) -> None:
    said = heard(page)
    press("F2", "Ctrl+N", "Down", "Del")
    assert said == [("edit", CARD), ("new",), ("retire", CARE)]


def test_who_may_not_write_is_not_shown_how(page: GuidesPage) -> None:
    said = heard(page)
    page.show_listing(Listing(LISTING.lines, LISTING.readings, "2 条", words.EMPTY))
    press("F2", "Ctrl+N", "Del")
    assert said == []
    assert not page.new_button.isVisible()
    assert not page.browser.reader.edit_button.isVisible()
    assert all(hint not in page.hints() for hint in words.WRITING)


def test_a_guide_is_copied_as_plain_text(page: GuidesPage) -> None:
    press("Down", "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "城乡居民医保\n要带什么：身份证"


def test_nothing_found_says_so(page: GuidesPage) -> None:
    page.show_listing(Listing(empty=words.none_found("xyz")))
    assert not page.browser.list.isVisible()
    assert page.browser.reader.reading is None
    page.enter()
    assert page.browser.typing.line.hasFocus()


def test_the_list_is_a_sound_model(page: GuidesPage, qtmodeltester: ModelTester) -> None:
    sound(qtmodeltester, page.browser.list.rows)


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (1280, 680)])
def test_everything_fits(
    page: GuidesPage, window: MainWindow, look: Look, factor: float, size: tuple[int, int]
) -> None:
    look.choose(factor=factor)
    window.resize(*size)
    settle()
    assert too_small(page) == []
    assert nameless(page) == []
    look.choose(factor=1.0)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    front(qtbot, made)
    return made


def test_looking_up_leads_back_to_where_one_was(look: Look, window: MainWindow, page: GuidesPage) -> None:
    lookup = GuideLookup(look, window)
    press("Down")
    lookup.look_up(LISTING, "就餐卡还没领")
    typed: list[str] = []
    lookup.typed.connect(typed.append)
    write("医保")
    press("Esc")
    assert typed == ["医保", ""]
    assert lookup.isVisible()
    press("Down", "Esc")
    assert not lookup.isVisible()
    assert page.browser.list.hasFocus()


def test_a_guide_by_keyboard(look: Look, host: QWidget) -> None:
    sheet = GuideSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.saved.connect(lambda *args: said.append(args))
    sheet.write(b"", {})
    press("Ctrl+S")
    assert said == []
    write("养犬登记")
    press("Enter", "9", "Enter")
    write("先打疫苗")
    press("Return")
    write("再拍照片")
    press("Tab", "Tab")
    write("社区警务室")
    press("Enter")
    write("09000000101")
    press("Ctrl+S")
    expected = {
        "title": "养犬登记",
        "category": "Z",
        "body": "先打疫苗\n再拍照片",
        "office": "社区警务室",
        "phone": "09000000101",
    }
    assert said == [(b"", expected)]


def test_only_what_was_changed_is_said(look: Look, host: QWidget) -> None:
    sheet = GuideSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.saved.connect(lambda *args: said.append(args))
    sheet.write(CARD, {"title": "老年就餐卡", "category": "C1", "office": "大厅"})
    write("（新）")
    press("Ctrl+S")
    assert said == [(CARD, {"title": "老年就餐卡（新）"})]


@pytest.mark.parametrize("factor", FACTORS)
def test_the_sheets_fit(look: Look, host: QWidget, factor: float) -> None:
    look.choose(factor=factor)
    lookup, sheet = GuideLookup(look, host), GuideSheet(look, host)
    lookup.look_up(LISTING, "就餐卡还没领")
    lookup.place()
    settle()
    assert too_small(lookup) == []
    assert nameless(lookup) == []
    lookup.close_over()
    sheet.write(CARD, {"title": "老年就餐卡", "category": "C1"})
    sheet.place()
    settle()
    assert too_small(sheet) == []
    assert nameless(sheet) == []
    assert sheet.save_button.text() == office_words.SAVE
    look.choose(factor=1.0)
