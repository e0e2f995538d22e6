"""Finding, history, taking back and correcting, through the window and its keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gridclient.app.house import House
from gridclient.core.domain import ids
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from gridclient.desktop.household import Sort, Standing
from gridclient.ledger.identity import Identity, identity, put
from gridclient.operations.record_visit import MatterNote, VisitNote, record_visit
from tests.app.conftest import BUILDING, HEADS, HOUSEHOLDS
from tests.app.test_house import live, view_of
from tests.desktop.keys import press, write


def type_into_search(house: House, said: str) -> None:
    house.window.activateWindow()
    press("Ctrl+F")
    write(said)


def rows(house: House) -> list[str]:
    model = house.window.popup.model
    hits = [model.hit(place) for place in range(model.rowCount())]
    return [f"[{hit.title}]" if hit.is_head else hit.title for hit in hits]


def visited(house: House, **more: object) -> bytes:
    note = VisitNote(HOUSEHOLDS[1], None, "1", summary="老人按时吃药", **more)  # type: ignore[arg-type]
    touched = record_visit(house.ledger, note)
    house.desk.changed(touched)
    return ids.parse(live(house, "visit")[0]["record"])


def test_results_stand_in_groups_and_the_keys_skip_their_heads(house: House) -> None:
    visited(house, matters=(MatterNote("李萍家单元门"),))
    type_into_search(house, "李萍")
    assert rows(house) == ["[人]", "李萍", "[诉求]", "李萍家单元门"]
    assert house.window.popup.current() is not None
    press("Down")
    hit = house.window.popup.current()
    assert hit is not None
    assert hit.title == "李萍家单元门"
    press("Down", "PgUp")
    hit = house.window.popup.current()
    assert hit is not None
    assert hit.title == "李萍"
    press("PgDown", "Return")
    assert house.window.front() is house.matters.page


def test_a_word_of_a_visit_leads_to_its_door(house: House) -> None:
    visited(house)
    type_into_search(house, "吃药")
    assert rows(house) == ["[走访]", "12号楼 1单元 102　李萍　入户"]
    press("Return")
    assert house.window.front() is house.household.screen
    assert view_of(house).household == HOUSEHOLDS[1]


def test_a_door_just_registered_is_found_without_reading_everything_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr("gridclient.app.joins.search.read_all", lambda *_: read.append("all"))
    place = {"building": BUILDING, "unit": "1", "floor": 3, "room": "301"}
    house.household.register_sheet.registered.emit(b"", place, {}, [{"name": "钱春花", "sex": "2"}])
    type_into_search(house, "qch")
    assert rows(house)[:2] == ["[人]", "钱春花"]
    assert read == []


def test_a_building_is_opened_and_what_has_no_page_tells_what_is_known(house: House) -> None:
    partner: dict[str, object] = {"title": "供暖公司", "phone": "0971-6123456"}
    house.desk.changed(
        house.ledger.write([Draft("partner", ids.named("partner"), COMMONS, partner, new=True)])
    )
    type_into_search(house, "示例小区")
    press("Return")
    assert house.window.front() is house.building.screen
    type_into_search(house, "gngs")
    press("Return")
    assert house.history.sheet.isVisible()
    assert house.history.sheet.title.text() == "联动单位　供暖公司"
    assert [field.value for field in house.history.sheet._view.fields] == ["供暖公司", "0971-6123456"]
    press("Esc")
    assert house.history.sheet.isHidden()


def test_who_changed_a_person_is_one_key_away_and_masked(house: House) -> None:
    house.ledger.write([Draft("resident", HEADS[1], BUILDING, {"phones": [["13909716688"], []]})])
    house.open_household(HOUSEHOLDS[1])
    press("F3")
    assert house.history.sheet.title.text().startswith("户")
    press("Esc", "Down", "F3")
    sheet = house.history.sheet
    assert sheet.title.text() == "居民　李萍"
    assert sheet.shown()[0].what == "联系电话：加上 139****6688"
    press("Down", "Down")
    assert {group for one in sheet.shown() for group in one.groups} >= {"name"}
    assert len(sheet.shown()) == 1


def test_changes_stand_in_the_timeline_of_the_page(house: House) -> None:
    house.open_household(HOUSEHOLDS[1])
    house.desk.changed(house.ledger.write([Draft("resident", HEADS[1], BUILDING, {"name": "李苹"})]))
    house.household.screen.verified.emit(HOUSEHOLDS[1])
    changes = [one.event.what for one in view_of(house).timeline if one.sort is Sort.CHANGE]
    assert changes == ["核实无变化", "李苹　姓名：李萍 → 李苹"]


def test_any_of_the_last_acts_is_taken_back_from_the_list_and_made_again(house: House) -> None:
    house.open_household(HOUSEHOLDS[1])
    visited(house)
    house.household.screen.verified.emit(HOUSEHOLDS[1])
    press("Ctrl+Shift+Z")
    sheet = house.acts.sheet
    assert sheet.isVisible()
    press("Down")
    line = sheet.current()
    assert line is not None
    assert line.words == "走访　示例小区 12号楼 1单元 102　入户"
    press("Return")
    assert live(house, "visit") == []
    assert "撤回了：走访" in sheet.said.words
    line = sheet.current()
    assert line is not None
    assert line.undone
    press("Return")
    assert len(live(house, "visit")) == 1
    assert view_of(house).timeline[1].event.icon == "door-enter"
    press("Esc", "Ctrl+Shift+Z")
    line = sheet.current()
    assert line is not None
    assert line.words.startswith("核实无变化"), "a list opened anew begins with the newest"


def test_the_last_act_is_taken_back_by_one_key_and_what_was_there_before_is_not(house: House) -> None:
    press("Ctrl+Z")
    assert len(live(house, "household")) == 3
    house.open_household(HOUSEHOLDS[1])
    house.household.screen.verified.emit(HOUSEHOLDS[1])
    house.desk.undo()
    assert view_of(house).verified == "还没核实过"
    house.desk.undo()
    assert len(live(house, "household")) == 3


def test_an_import_is_not_taken_back_by_a_single_key_but_asked_for_in_the_list(house: House) -> None:
    batch = ids.named("batch")
    house.ledger.write(
        [
            Draft(
                "resident", ids.named("new"), BUILDING, {"household": HOUSEHOLDS[0], "name": "赵小"}, new=True
            )
        ],
        batch=batch,
    )
    house.desk.undo()
    assert house.acts.sheet.isVisible()
    assert len(live(house, "resident")) == 4
    press("Return")
    assert len(live(house, "resident")) == 3


def test_the_page_of_a_household_whose_import_was_taken_back_says_so(house: House) -> None:
    household, head = ids.named("household", "301"), ids.named("head", "301")
    dwelling = ids.named("dwelling", "101")
    house.ledger.write(
        [
            Draft("household", household, BUILDING, {"dwelling": dwelling, "head": head}, new=True),
            Draft("resident", head, BUILDING, {"household": household, "name": "周新"}, new=True),
        ],
        batch=ids.named("batch"),
    )
    house.open_household(household)
    assert view_of(house).people[0].name == "周新"
    house.desk.undo()
    press("Return")
    assert view_of(house).standing is Standing.VACANT
    assert view_of(house).notice == "这一户的登记撤回了。"
    assert view_of(house).people == ()


def test_a_visit_is_corrected_from_the_timeline_and_keeps_what_it_was(house: House) -> None:
    visit = visited(house, purposes=("card",), checks={"people_check": ("clear", "")})
    house.open_household(HOUSEHOLDS[1])
    house.household.screen.timeline.opened.emit(visit)
    sheet = house.visit.correction
    assert sheet.isVisible()
    assert not sheet.form.matters.isVisible()
    assert not sheet.why.isVisible()
    QTest.keyClick(sheet.form.outcome, Qt.Key.Key_2)
    sheet.form.sentence.field.set_words("老人自己按时吃药")
    press("Ctrl+S")
    assert sheet.isHidden()
    (one,) = live(house, "visit")
    assert (one["fields"]["outcome"], one["fields"]["summary"]) == ("2", "老人自己按时吃药")
    assert one["fields"]["purposes"] == ["card"]
    assert one["fields"]["people_check"] == "clear"
    (event,) = [one.event for one in view_of(house).timeline if one.sort is Sort.VISIT]
    assert event.chip == "更正过"
    house.history.open("visit", visit)
    assert [one.what for one in house.history.sheet.shown()][:2] == [
        "更正　结果：入户 → 门口谈",
        "更正　一句话：老人按时吃药 → 老人自己按时吃药",
    ]
    press("Esc")
    house.desk.undo()
    assert live(house, "visit")[0]["fields"]["outcome"] == "1"


def test_leaving_a_correction_changes_nothing_and_saving_none_says_so(house: House) -> None:
    visit = visited(house)
    house.open_household(HOUSEHOLDS[1])
    house.household.screen.happening_opened.emit(visit)
    sheet = house.visit.correction
    sheet.save(next_door=False)
    assert sheet.isVisible()
    assert sheet._error.words == "没有改动，不用存。"
    press("Esc")
    assert sheet.isHidden()
    assert house.visit._household is None


def become(house: House, role: str) -> None:
    with house.ledger.writing() as connection:
        mine = identity(connection)
        put(connection, "identity", Identity(mine.device, ids.named("worker", "别人"), role=role))


def test_the_desk_says_why_it_corrects_somebody_elses_visit(house: House) -> None:
    visit = visited(house)
    become(house, "supervisor")
    house.open_household(HOUSEHOLDS[1])
    house.household.screen.happening_opened.emit(visit)
    sheet = house.visit.correction
    QTest.keyClick(sheet.form.outcome, Qt.Key.Key_5)
    sheet.save(next_door=False)
    assert sheet._error.words == "这是别人记的，写一句为什么更正。"
    assert live(house, "visit")[0]["fields"]["outcome"] == "1"
    sheet.why.set_words("记错门了")
    sheet.save(next_door=False)
    assert live(house, "visit")[0]["fields"]["outcome"] == "5"
    house.history.open("visit", visit)
    assert "理由：记错门了" in house.history.sheet.shown()[0].who


def test_another_worker_reads_how_the_visit_came_about(house: House) -> None:
    visit = visited(house)
    become(house, "worker")
    house.open_household(HOUSEHOLDS[1])
    house.household.screen.happening_opened.emit(visit)
    assert house.visit.correction.isHidden()
    assert house.history.sheet.isVisible()
