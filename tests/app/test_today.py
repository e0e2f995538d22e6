"""今日 joined to the ledger: the first screen, what one key records, the next door, the route on paper."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gridclient.app.house import House
from gridclient.core.domain import ids
from gridclient.core.domain.attention import DAY
from gridclient.core.merge.change import Draft
from gridclient.desktop.theme import Look
from gridclient.desktop.today import Order
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched
from gridclient.operations.dump import dump
from gridclient.operations.runner import InlineRunner
from tests.app.conftest import BUILDING, HEADS, HOUSEHOLDS
from tests.desktop.keys import press
from tests.ledgers import Clock

FIRST, SECOND, THIRD = HOUSEHOLDS


def live(house: House, kind: str) -> list[dict[str, Any]]:
    return list(dump(house.ledger, kind))


def shown(house: House) -> dict[bytes, str]:
    return {line.household: line.reason for line in house.today._view.lines}


def write(house: House, *drafts: Draft) -> None:
    house.desk.changed(house.ledger.write(list(drafts)))


def matter(house: House, household: bytes, title: str, days: int) -> Draft:
    fields: dict[str, object] = {"household": household, "title": title, "category": "D"}
    fields["due"] = house.ledger.clock() + days * DAY
    return Draft("matter", ids.named("matter", title), BUILDING, fields, new=True)


def test_it_is_the_first_screen_and_the_first_of_the_menu(house: House) -> None:
    assert house.window.front() is house.today.screen
    assert house.menu()[0].name == "today"
    assert set(shown(house)) == set(HOUSEHOLDS)
    assert set(shown(house).values()) == {"还没去过"}
    assert house.today.screen.list.hasFocus()
    assert house.today.screen.panel.door.text() == "12号楼 1单元 101"


def test_what_is_late_comes_first_and_counts_in_the_menu(house: House) -> None:
    write(house, matter(house, THIRD, "下水堵塞", -2))
    assert house.today.in_order()[0] == THIRD
    assert shown(house)[THIRD] == "下水堵塞，超 2 天"
    assert house.menu()[0].badge == house.today.count == 1
    assert house.today.screen.panel.points.accessibleName().startswith("为什么先去")


def test_nobody_home_is_one_key_and_can_be_taken_back(house: House) -> None:
    house.today.screen.choose(FIRST)
    QTest.keyClick(house.today.screen.list, Qt.Key.Key_5)
    assert [one["fields"]["outcome"] for one in live(house, "visit")] == ["5"]
    assert house.window.toast.sentence == "记下了：12号楼 1单元 101 没人应。"
    titles = {line.household: group.title for group in house.today._view.groups for line in group.lines}
    assert titles[FIRST] == "换个时间去"
    assert titles[SECOND] == "顺路"
    assert house.today._view.done == house.today._view.week == 1
    house.desk.undo()
    assert live(house, "visit") == []
    assert shown(house)[FIRST] == "还没去过"
    assert house.today._view.done == 0


def test_a_visit_takes_the_door_off_the_list_and_the_form_goes_to_the_next(house: House) -> None:
    order = house.today.in_order()
    house.today.screen.choose(order[0])
    QTest.keyClick(house.today.screen.list, Qt.Key.Key_Return)
    sheet = house.visit.sheet
    assert sheet.isVisible()
    QTest.keyClick(sheet.form.outcome, Qt.Key.Key_1)
    sheet.save(next_door=True)
    assert order[0] not in shown(house)
    assert sheet.isVisible()
    assert house.visit._household == order[1]
    assert house.today.screen.list.current_id() == order[1]
    assert house.window.front() is house.today.screen


def test_the_page_of_a_household_leads_back_to_the_list(house: House) -> None:
    house.today.screen.choose(SECOND)
    QTest.keyClick(house.today.screen.list, Qt.Key.Key_F7)
    assert house.window.front() is house.household.screen
    press("Esc")
    assert house.window.front() is house.today.screen
    assert house.today.screen.list.current_id() == SECOND


def test_only_what_changed_is_read_and_all_of_it_is_true(house: House) -> None:
    write(house, matter(house, FIRST, "灯不亮", 0), matter(house, SECOND, "门关不严", -1))
    step: dict[str, object] = {"matter": ids.named("matter", "灯不亮"), "status": "closed", "at": 1}
    write(house, Draft("matter_step", ids.named("step"), BUILDING, step, new=True))
    write(house, Draft("resident", HEADS[2], BUILDING, {"name": "改了名"}))
    write(
        house,
        Draft("care_tag", ids.named("tag"), BUILDING, {"household": THIRD, "tag": "alone"}, new=True),
    )
    meeting: dict[str, object] = {"household": FIRST, "starts": house.ledger.clock(), "ends": None}
    write(house, Draft("appointment", ids.named("appointment"), BUILDING, meeting, new=True))
    kept, heads = shown(house), [line.head for line in house.today._view.lines]
    assert kept[FIRST].startswith("约好今天")
    assert kept[SECOND] == "门关不严，超 1 天"
    assert kept[THIRD] == "独居老人，还没去过"
    assert "改了名" in heads
    house.today.load()
    assert shown(house) == kept
    assert [line.head for line in house.today._view.lines] == heads


def test_who_has_moved_away_leaves_the_list(house: House) -> None:
    write(house, Draft("household", FIRST, BUILDING, {"retired": "moved", "successor": None}))
    assert FIRST not in shown(house)


def test_put_off_stands_last_and_comes_back(house: House) -> None:
    first = house.today.in_order()[0]
    house.today.screen.choose(first)
    QTest.keyClick(house.today.screen.list, Qt.Key.Key_Space)
    assert house.today.in_order()[-1] == first
    assert house.today._view.groups[-1].title == "今天先放放"
    house.today.screen.choose(first)
    QTest.keyClick(house.today.screen.list, Qt.Key.Key_Space)
    assert house.today.in_order()[0] == first


def test_in_walking_order_the_stairs_are_climbed_once(house: House) -> None:
    write(house, matter(house, THIRD, "下水堵塞", -2))
    QTest.keyClick(house.today.screen.list, Qt.Key.Key_F5)
    assert house.today._order is Order.WAY
    assert house.today.in_order() == [FIRST, SECOND, THIRD]
    assert [group.title for group in house.today._view.groups] == ["12号楼"]


def test_another_day_is_another_list(house: House, clock: Clock) -> None:
    first = house.today.in_order()[0]
    house.today.screen.skip_asked.emit(first)
    clock.now += DAY
    house.today._look()
    assert house.today.in_order()[0] == first
    assert all(group.title != "今天先放放" for group in house.today._view.groups)


def test_what_endangers_the_ledger_is_said_above_the_list(house: House, clock: Clock) -> None:
    assert not house.today.screen.reminder.isVisible()
    clock.now += 2 * DAY
    house.today._look()
    assert house.today.screen.reminder.words.startswith("还没有备份过")
    house.ledger.roll_backup("asked")
    house.today._look()
    assert not house.today.screen.reminder.isVisible()
    clock.now -= 5 * DAY
    house.today._look()
    assert "电脑的钟" in house.today.screen.reminder.words


def test_the_route_is_saved_opened_and_noted(house: House, tmp_path: Path) -> None:
    opened: list[str] = []
    house.today.open_file = opened.append
    for name in ("路线.pdf", "路线.xlsx"):
        house.today.screen.print_asked.emit(str(tmp_path / name))
        assert (tmp_path / name).exists()
    assert [Path(one).name for one in opened] == ["路线.pdf", "路线.xlsx"]
    entries = [one["fields"] for one in live(house, "audit_entry")]
    assert [(one["action"], one["count"]) for one in entries] == [("export", 3), ("export", 3)]
    assert entries[0]["purpose"].startswith("走访路线单")


def test_while_the_lease_is_over_no_route_leaves_the_ledger(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(house.keeping), "visits_only", property(lambda self: True))
    house.today.screen.print_asked.emit(str(tmp_path / "路线.pdf"))
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the platform without a screen says so of any dialog
def test_ctrl_p_asks_where_only_on_this_screen(house: House) -> None:
    def dialogs() -> list[QFileDialog]:
        return house.today.screen.findChildren(QFileDialog)

    house.go("matters")
    press("Ctrl+P")
    assert dialogs() == []
    house.go("today")
    press("Ctrl+P")
    (dialog,) = dialogs()
    dialog.reject()


def test_without_a_register_it_leads_to_the_import(ledger: Ledger, qtbot: QtBot, qapp: QApplication) -> None:
    made = House(ledger, InlineRunner(), Look(qapp), qapp, lambda: None)
    qtbot.addWidget(made.window)
    made.enter()
    made.today.screen.empty.acted.emit()
    assert made.window.front() is made.register.screen
    made.stop()


@pytest.mark.parametrize("kind", ["building", "settings"])
def test_what_decides_about_many_is_read_anew(house: House, kind: str) -> None:
    before = house.today._today
    house.desk.changed(Touched({kind}))
    assert house.today._today is not before
