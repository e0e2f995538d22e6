"""The window joined to the ledger: what a person does is saved, shown, and can be taken back."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridclient.app.house import House
from gridclient.core.domain import ids
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from gridclient.desktop.building import State
from gridclient.desktop.household import HouseholdView
from gridclient.desktop.theme import Look
from gridclient.ledger.ledger import Ledger
from gridclient.operations.dump import dump
from gridclient.operations.record_visit import VisitNote, record_visit
from gridclient.operations.runner import InlineRunner
from tests.app.conftest import BUILDING, HEADS, HOUSEHOLDS


def live(house: House, kind: str) -> list[dict[str, Any]]:
    return list(dump(house.ledger, kind))


def state(house: House, household: bytes) -> State:
    view = house.building.screen._view
    assert view is not None
    return next(door.state for door in view.doors if door.household == household)  # type: ignore[union-attr]


def view_of(house: House) -> HouseholdView:
    view = house.household.view
    assert view is not None
    return view


def test_the_building_shows_its_doors_and_one_key_records_an_outcome(house: House) -> None:
    assert house.building.in_order() == [HOUSEHOLDS[2], HOUSEHOLDS[0], HOUSEHOLDS[1]]
    assert state(house, HOUSEHOLDS[2]) is State.NOT_YET
    QTest.keyClick(house.building.screen.matrix, Qt.Key.Key_5)
    assert [one["fields"]["outcome"] for one in live(house, "visit")] == ["5"]
    assert state(house, HOUSEHOLDS[2]) is State.TRIED
    house.desk.undo()
    assert live(house, "visit") == []
    assert state(house, HOUSEHOLDS[2]) is State.NOT_YET


def test_search_opens_the_household(house: House) -> None:
    house.search._find("liping")
    entry = house.search.index.find("lp")[0].found[0].entry
    assert entry.title == "李萍"
    house.window.search_picked.emit(entry.record)
    assert view_of(house).household == HOUSEHOLDS[1]
    assert house.window.front() is house.household.screen


def test_an_edit_is_saved_with_what_was_on_the_screen(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    house.household.screen.edit_asked.emit("resident", HEADS[0])
    house.ledger.write([Draft("resident", HEADS[0], BUILDING, {"name": "别处改的"})])
    house.household.sheet.edit_saved.emit("resident", HEADS[0], {"name": "这里改的"})
    assert house.household.sheet.isHidden()
    shown = next(one for one in live(house, "resident") if one["record"] == ids.text(HEADS[0]))
    assert sorted(one["value"] for one in shown["conflicts"]["name"]) == ["别处改的", "这里改的"]
    assert view_of(house).people[0].conflicts["name"]
    assert house.settle.count == 1


def test_a_bad_value_stays_in_the_sheet_with_its_reason(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    house.household.screen.edit_asked.emit("resident", HEADS[0])
    house.household.sheet.edit_saved.emit("resident", HEADS[0], {"birth": "1956-13-40"})
    assert house.household.sheet.isVisible()
    assert all("birth" not in one["fields"] for one in live(house, "resident"))


def test_a_visit_says_why_and_what_was_asked(house: House) -> None:
    checks = {"people_check": ("clear", ""), "family_check": ("clear", ""), "hazard_check": ("changed", "灶")}
    record_visit(
        house.ledger, VisitNote(HOUSEHOLDS[0], None, "1", purposes=("card", "verify"), checks=checks)
    )
    house.open_household(HOUSEHOLDS[0])
    line = next(one.event for one in view_of(house).timeline if one.event.icon == "door-enter")
    assert "送联络卡" in line.who
    assert line.who.endswith("四清清了 2 项，安全隐患有变化")


def test_verified_unchanged_marks_everybody(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    assert view_of(house).verified == "还没核实过"
    assert not view_of(house).stale
    assert [(one.verified, one.stale) for one in view_of(house).people] == [("", False)]
    house.household.screen.verified.emit(HOUSEHOLDS[0])
    assert "今天" in view_of(house).verified
    assert not view_of(house).stale


def test_a_visit_is_kept_as_a_draft_and_saved_whole(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    house.visit.open(HOUSEHOLDS[0])
    sheet = house.visit.sheet
    house.visit._keep({"outcome": "1", "summary": "没写完"})
    sheet.close_over()
    house.visit.open(HOUSEHOLDS[0])
    assert sheet._offered == {"outcome": "1", "summary": "没写完"}
    sheet._drop.click()
    QTest.keyClick(sheet.form.outcome, Qt.Key.Key_5)
    sheet.save(next_door=False)
    assert [one["fields"]["outcome"] for one in live(house, "visit")] == ["5"]
    assert sheet.isHidden()


def test_a_new_household_is_registered_at_its_door(house: House) -> None:
    place = {"building": BUILDING, "unit": "1", "floor": 3, "room": "301"}
    house.household.register_sheet.registered.emit(b"", place, {}, [{"name": "钱春花", "sex": "2"}])
    assert len(live(house, "household")) == 4
    assert view_of(house).door == "12号楼 1单元 301"
    assert view_of(house).people[0].name == "钱春花"


def test_the_pill_and_the_sheet_tell_what_is_only_here(house: House) -> None:
    house.sync.open()
    assert house.sync.sheet._view.lost == 11
    assert not house.sync.sheet.stick_button.isVisible()


def test_a_matter_moves_by_steps(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    house.matters.new_sheet.matter_saved.emit(HOUSEHOLDS[0], {"title": "单元门关不严", "category": "B1"})
    matter = ids.parse(live(house, "matter")[0]["record"])
    assert house.matters.count == 1
    house.matters.step_sheet.step_saved.emit(matter, "closed", {"note": "修好了", "unit": "物业"})
    assert live(house, "matter")[0]["fields"]["status"] == "closed"
    assert house.matters.count == 0


def test_every_place_of_the_menu_comes_to_the_front(house: House) -> None:
    for item in house.menu():
        house.go(item.name)
        front = house.window.front()
        assert front is not None
        assert front.hints() is not None


def test_an_empty_ledger_leads_from_every_page_to_the_import(
    ledger: Ledger, qtbot: QtBot, qapp: QApplication
) -> None:
    made = House(ledger, InlineRunner(), Look(qapp), qapp, lambda: None)
    qtbot.addWidget(made.window)
    made.enter()
    assert not made.building.screen.nothing.isHidden()
    made.building.screen.nothing.acted.emit()
    assert made.window.front() is made.register.screen
    made.go("household")
    assert made.window.front() is made.household.screen
    assert [hint.words for hint in made.household.screen.hints()] == ["导入表格"]
    made.household.screen.nothing.acted.emit()
    assert made.window.front() is made.register.screen
    made.register.screen.building_asked.emit()
    assert made.window.front() is made.building.screen
    made.stop()


def test_looking_at_a_whole_number_is_written_down(house: House) -> None:
    house.ledger.write(
        [Draft("resident", HEADS[0], BUILDING, {"id_number": "63990019560304001X", "id_type": None})]
    )
    house.open_household(HOUSEHOLDS[0])
    house.household.screen.edit_asked.emit("resident", HEADS[0])
    assert live(house, "audit_entry") == []
    house.household.sheet.number_asked.emit(HEADS[0])
    assert [one["fields"]["record"] for one in live(house, "audit_entry")] == [ids.text(HEADS[0])]


def test_telephones_are_hidden_in_the_form_until_somebody_asks(house: House) -> None:
    house.ledger.write([Draft("resident", HEADS[0], BUILDING, {"phones": [["13909716688"], []]})])
    house.ledger.write([Draft("household", HOUSEHOLDS[0], BUILDING, {"phone": "0971-6123456"})])
    house.open_household(HOUSEHOLDS[0])
    sheet = house.household.sheet
    for kind, record, key, number in (
        ("resident", HEADS[0], "phones", "13909716688"),
        ("household", HOUSEHOLDS[0], "phone", "0971-6123456"),
    ):
        house.household.screen.edit_asked.emit(kind, record)
        assert sheet.form is not None
        assert number not in repr(sheet._view)
        sheet._reveal.click()
        assert sheet.form.fields[key].read() == ([number] if key == "phones" else number)
        sheet.close_over()
    assert [one["fields"]["record"] for one in live(house, "audit_entry")] == [
        ids.text(HEADS[0]),
        ids.text(HOUSEHOLDS[0]),
    ]
    house.household.screen.edit_asked.emit("resident", HEADS[0])
    sheet.edit_saved.emit("resident", HEADS[0], {"phones": {"add": ["13900001111"], "remove": []}})
    phones = next(one for one in live(house, "resident") if one["record"] == ids.text(HEADS[0]))
    assert phones["fields"]["phones"] == ["13900001111", "13909716688"]


def test_who_is_looked_after_is_written_ended_and_noted(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    house.household.screen.care_asked.emit(HOUSEHOLDS[0])
    sheet = house.household.care.sheet
    assert sheet.isVisible()
    sheet.tag_added.emit({"household": HOUSEHOLDS[0], "resident": HEADS[0], "tag": "disabled"})
    sheet.tag_added.emit({"household": HOUSEHOLDS[0], "resident": HEADS[0], "tag": "alone"})
    assert view_of(house).people[0].care == "独居老人、另 1 项"
    assert [one.words for one in sheet._view.lines] == ["残疾", "独居老人"]
    assert [one.title for one in view_of(house).owed] == ["有困难必访"]
    record_visit(house.ledger, VisitNote(HOUSEHOLDS[0], None, "1"))
    house.desk.everything_changed()
    assert view_of(house).owed == ()
    sheet.tag_ended.emit(sheet._view.lines[1].id)
    sheet.tag_wrong.emit(sheet._view.lines[0].id)
    assert len(sheet._view.lines) == 1  # what ends today holds today
    looked = [one["fields"]["action"] for one in live(house, "audit_entry")]
    assert looked == []  # nobody opened what is restricted yet
    sheet.tag_added.emit({"household": HOUSEHOLDS[0], "tag": "allowance"})
    house.household.screen.care_asked.emit(HOUSEHOLDS[0])
    assert [one["fields"]["action"] for one in live(house, "audit_entry")] == ["reveal"]


def test_the_first_household_waits_until_doors_are_known(house: House) -> None:
    doors, house.building._doors = house.building._doors, {}
    house.building._listing = True
    house.go("household")
    assert house.household.current is None
    house.building._doors = doors
    house.building.load()
    assert house.household.current == HOUSEHOLDS[2]


def test_cards_are_laid_out_before_anybody_chooses_and_anew_when_they_change(house: House) -> None:
    house.go("cards")
    deck = house.cards.deck
    assert deck is not None
    assert len(deck.cards) == 3
    assert house.cards.screen._right.currentWidget() is house.cards.screen.faces
    compound = ids.named("compound", "示例小区")
    fields: dict[str, object] = {"property_company": "示例物业", "property_phone": "0971-6123456"}
    house.desk.changed(house.ledger.write([Draft("compound", compound, COMMONS, fields)]))
    deck = house.cards.deck
    assert deck is not None
    assert {card.property_phone for card in deck.cards} == {"0971-6123456"}


def test_cards_of_a_scope_left_behind_are_not_shown(house: House) -> None:
    waiting: list[tuple[Any, Any]] = []
    house.desk.runner.read = lambda work, done, failed: waiting.append((work, done))  # type: ignore[method-assign]
    house.cards.choose(b"")
    house.cards.choose(BUILDING)
    (everybody, first), (block, second) = waiting
    second(block())
    first(everybody())
    assert house.cards.deck is not None
    assert house.cards._scope == BUILDING
    only = house.cards.deck
    first(everybody())
    assert house.cards.deck is only


def test_who_is_registered_elsewhere_is_named_before_being_doubled(house: House) -> None:
    number = "639900195603040026"
    house.ledger.write([Draft("resident", HEADS[1], BUILDING, {"id_number": number, "id_type": "111"})])
    place = {"building": BUILDING, "unit": "1", "floor": 3, "room": "301"}
    people: list[dict[str, object]] = [{"name": "李萍", "id_number": number}, {"name": "钱春花"}]
    sheet = house.household.register_sheet
    sheet.registered.emit(b"", place, {}, people)
    assert len(live(house, "household")) == 3
    assert "李萍已经登记在示例小区 12号楼 1单元 102" in sheet._error.words
    sheet.registered.emit(b"", place, {}, people)
    assert len(live(house, "household")) == 4
    assert [one.name for one in view_of(house).people] == ["李萍", "钱春花"]
    house.desk.undo()
    assert (len(live(house, "household")), len(live(house, "resident"))) == (3, 3)
