"""Lists and timelines: models that keep the laws, keys that say which row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Column, Group, Mark, Row, Words
from gridclient.desktop.kit.timeline import Event, Timeline
from gridclient.desktop.theme import Look, Tone
from tests.desktop.hosts import Host
from tests.desktop.keys import press, sound

COLUMNS = (Column("站", 28, right=True), Column("门", 150), Column("为什么去"), Column("上次", 70, shed=1))


def rows(*names: str) -> list[Row | Group]:
    return [
        Group("今天必须到", "2 户"),
        *(
            Row(name.encode(), (Words("1"), Words(name, bold=True), Mark("关照", Tone.BAD), None), name)
            for name in names
        ),
        Group("顺路", "0 户"),
    ]


def test_rows_keep_the_laws_of_qt(look: Look, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    listing = RowList(look, COLUMNS, name="今日")
    qtbot.addWidget(listing)
    sound(qtmodeltester, listing.rows)
    listing.show_rows(rows("12号楼 3单元 502", "12号楼 1单元 301"))
    sound(qtmodeltester, listing.rows)


def test_arrows_pass_over_group_heads(look: Look, host: Host) -> None:
    listing = RowList(look, COLUMNS, name="今日")
    host(listing)
    listing.show_rows([*rows("a", "b"), *rows("c")[1:]])
    listing.setFocus()
    assert listing.current_id() == b"a"
    press("Down", "Down")
    assert listing.current_id() == b"c"
    press("Down", "Up", "Up", "Up")
    assert listing.current_id() == b"a"


def test_keys_on_a_row_say_which_row(look: Look, host: Host) -> None:
    listing = RowList(look, COLUMNS, name="今日")
    host(listing)
    said: list[object] = []
    listing.opened.connect(said.append)
    listing.space_pressed.connect(said.append)
    listing.digit_pressed.connect(lambda id, digit: said.append((id, digit)))
    listing.show_rows(rows("a", "b"))
    listing.setFocus()
    press("Return", "5", "Down", "Space")
    assert said == [b"a", (b"a", 5), b"b"]


def test_the_current_row_survives_new_rows(look: Look, host: Host) -> None:
    listing = RowList(look, COLUMNS, name="今日")
    host(listing)
    listing.show_rows(rows("a", "b", "c"))
    listing.choose(b"b")
    listing.show_rows(rows("x", "a", "b"))
    assert listing.current_id() == b"b"
    listing.show_rows(rows("x", "a"))
    assert listing.current_id() == b"a"


def test_a_changed_row_alone_is_repainted(look: Look, qtbot: QtBot) -> None:
    listing = RowList(look, COLUMNS, name="今日")
    qtbot.addWidget(listing)
    first = rows("a", "b")
    listing.show_rows(first)
    changed: list[int] = []
    listing.rows.dataChanged.connect(lambda top, _bottom: changed.append(top.row()))
    second = list(first)
    second[2] = Row(b"b", (Words("2"),), "b")
    listing.show_rows(second)
    assert changed == [2]


def test_lists_take_no_input_method(look: Look, host: Host) -> None:
    listing = RowList(look, COLUMNS, name="今日")
    host(listing)
    listing.show_rows(rows("a"))
    assert not listing.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_row_speaks_its_sentence(look: Look, qtbot: QtBot) -> None:
    listing = RowList(look, COLUMNS, name="今日")
    qtbot.addWidget(listing)
    listing.show_rows([Row(b"a", (), "12号楼 3单元 502，赵世昌，超期 9 天")])
    spoken = listing.rows.data(listing.rows.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "12号楼 3单元 502，赵世昌，超期 9 天"


def test_the_timeline_opens_with_enter(
    look: Look, host: Host, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    timeline = Timeline(look, name="经过")
    host(timeline)
    timeline.events.set_events([Event(b"1", "door-enter", "入户", "周岚", "10月16日", chip="已办结")])
    sound(qtmodeltester, timeline.events)
    timeline.setFocus()
    timeline.setCurrentIndex(timeline.events.index(0))
    with qtbot.waitSignal(timeline.opened) as said:
        press("Return")
    assert said.args == [b"1"]


def test_clicking_a_row_makes_it_current(look: Look, host: Host, qtbot: QtBot) -> None:
    listing = RowList(look, COLUMNS, name="今日")
    host(listing)
    listing.show_rows(rows("a", "b"))
    index: QModelIndex = listing.rows.index(2)
    at: QPoint = listing.visualRect(index).center()
    with qtbot.waitSignal(listing.current_changed) as said:
        QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert said.args == [b"b"]
