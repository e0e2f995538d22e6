"""F1 says what a page is for, and speaks of no key that does nothing there."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from gridclient.app.house import House
from gridclient.desktop.kit.commands import acts_of
from gridclient.desktop.kit.hints import HintGroup
from gridclient.desktop.shell import words
from gridclient.desktop.shell.help import PageHelp, parse_help
from gridclient.desktop.theme import FACTORS
from gridclient.resources_path import resource
from tests.app.conftest import HOUSEHOLDS
from tests.desktop.keys import press, settle
from tests.desktop.measure import nameless, too_small


def told() -> dict[str, PageHelp]:
    return parse_help(resource("help/pages.txt").read_text("utf-8"))


def roleless(window: QWidget) -> list[str]:
    """Things the keyboard can reach that a screen reader takes for nothing at all."""
    return [
        each.accessibleName()
        for each in window.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() and not each.focusProxy()
        if QAccessible.queryAccessibleInterface(each).role() == QAccessible.Role.NoRole
    ]


def keys(groups: tuple[HintGroup, ...]) -> set[str]:
    hints = [hint for group in groups for hint in group.hints]
    return {key for hint in hints for key in hint.keys} | {key for hint in hints for key, _ in acts_of(hint)}


def test_every_page_is_told_in_one_sentence_and_three_ways(house: House) -> None:
    pages = told()
    assert set(pages) == set(house.window._screens)
    for name, page in pages.items():
        assert page.purpose.endswith("。"), name
        assert len(page.ways) == 3, name


def test_no_help_speaks_of_a_key_that_the_page_does_not_have(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    everywhere = HintGroup("", words.GLOBAL_HINTS)
    for name, page in told().items():
        there = keys((*house.window._screens[name].all_keys(), everywhere))
        assert set(page.keys()) <= there, name


def test_f1_shows_it_over_the_keys_and_the_arrows_scroll(house: House) -> None:
    house.window.activateWindow()
    house.go("matters")
    press("F1")
    sheet = house.window._keys
    assert sheet.isVisible()
    assert sheet.help.startswith("居民提的事")
    assert sheet.groups[-1].title == words.EVERYWHERE
    settle()
    press("PgDown")
    assert sheet._scroll.verticalScrollBar().value() > 0
    press("F1")
    assert sheet.isHidden()


@pytest.mark.parametrize("factor", FACTORS)
def test_it_fits(house: House, factor: float) -> None:
    house.desk.look.choose(factor=factor)
    house.window.resize(1280, 680)
    for name in told():
        if name != "matter":
            house.go(name)
        house.window.show_keys()
        settle()
        labels: list[QWidget] = [house.window._keys._purpose, house.window._keys._ways]
        assert [fault for label in labels for fault in too_small(label)] == []
        house.window._keys.close_over()
    house.desk.look.choose(factor=1.0)


def test_whatever_has_the_keyboard_on_any_page_can_be_named(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    for item in house.menu():
        house.go(item.name)
        settle()
        assert nameless(house.window) == [], item.name
        assert roleless(house.window) == [], item.name


def test_about_names_every_library_and_font_that_ships(house: House) -> None:
    house.go("settings")
    settle()
    said = "".join(house.settings.screen.about.spoken()).replace("\u200b", "")
    shipped = "PySide6 SQLAlchemy SQLCipher cryptography argon2-cffi msgspec zstandard reportlab openpyxl"
    for name in (*shipped.split(), "XlsxWriter", "python-calamine", "思源黑体", "花园明朝", "Tabler"):
        assert name in said
    assert too_small(house.settings.screen.about) == []
