"""Matters joined to the ledger: taken in, whistled for, answered, hung under each other, kept secret."""

from typing import Any

from gridclient.app.house import House
from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Draft
from gridclient.desktop.matters import Filter, MatterFile
from gridclient.operations.dump import dump
from tests.app.conftest import BUILDING, HOUSEHOLDS
from tests.ledgers import Clock

PIPES, FIRE = ids.named("partner", "供水公司"), ids.named("partner", "消防")
HOUR = 3_600_000


def live(house: House, kind: str) -> list[dict[str, Any]]:
    return list(dump(house.ledger, kind))


def take_in(house: House, household: Id = HOUSEHOLDS[0], **fields: object) -> Id:
    before = {one["record"] for one in live(house, "matter")}
    said = {"title": "厨房下水堵", "category": "B4", **fields}
    house.matters.new_sheet.matter_saved.emit(household, said)
    made = [one["record"] for one in live(house, "matter") if one["record"] not in before]
    return ids.parse(made[0])


def file_of(house: House) -> MatterFile:
    file = house.matters.file.screen.file
    assert file is not None
    return file


def test_a_new_matter_has_its_clock(house: House) -> None:
    house.go("matters")
    take_in(house, days=1)
    view = house.matters.page._view
    assert view.counts[Filter.OPEN] == view.counts[Filter.MINE] == 1
    assert view.rows[0].clock.startswith("剩 ")
    assert live(house, "matter")[0]["fields"]["due"]
    assert view.counts[Filter.LATE] == 0


def test_what_is_past_its_day_is_late(house: House, clock: Clock) -> None:
    house.go("matters")
    take_in(house, days=0)
    clock.now += 5 * 24 * HOUR
    house.matters.load()
    assert house.matters.page._view.counts[Filter.LATE] == 1
    assert house.matters.page._view.rows[0].clock.startswith("超 ")


def test_units_are_called_and_answer(house: House, clock: Clock) -> None:
    house.ledger.write(
        [Draft("partner", PIPES, COMMONS, {"title": "供水公司", "categories": [["B4"], []]}, new=True)]
    )
    house.go("matters")
    matter = take_in(house)
    house.matters.page.act_asked.emit(matter, "whistle")
    sheet = house.matters.file.whistle_sheet
    assert sheet.isVisible()
    sheet.whistled.emit(matter, [PIPES], "燃气公司", "people", "来看主管道")
    assert sheet.isHidden()
    calls = [one["fields"] for one in live(house, "referral")]
    assert {(one["unit"], one["role"], one["state"]) for one in calls} == {
        ("供水公司", "lead", "whistled"),
        ("燃气公司", "support", "whistled"),
    }
    assert live(house, "matter_step")[-1]["fields"]["exit"] == "whistle"
    assert house.matters.page._view.counts[Filter.WHISTLED] == 1
    clock.now += 72 * HOUR
    house.matters.file.open(matter)
    assert all(line.words.startswith("超时") for line in file_of(house).calls)
    referral = next(line.id for line in file_of(house).calls if line.unit == "供水公司")
    house.matters.file.screen.answer_asked.emit(referral)
    house.matters.file.answer_sheet.answered.emit(referral, "arrived", "师傅来了", 0)
    line = next(line for line in file_of(house).calls if line.id == referral)
    assert line.words == "已报到"
    assert "师傅来了" in line.told
    house.matters.file.answer_sheet.answered.emit(referral, "reported", "通了", 0)
    house.matters.file.answer_sheet.answered.emit(referral, "closed", "", 5)
    line = next(line for line in file_of(house).calls if line.id == referral)
    assert "5 分" in line.told
    assert line.next == ()


def test_a_call_goes_no_way_it_cannot(house: House) -> None:
    matter = take_in(house)
    house.matters.file.whistle_sheet.whistled.emit(matter, [], "物业", "people", "来看看")
    house.matters.file.open(matter)
    referral = file_of(house).calls[0].id
    house.matters.file.answer_sheet.write(file_of(house).calls[0])
    house.matters.file.answer_sheet.answered.emit(referral, "closed", "", 5)
    assert live(house, "referral")[0]["fields"]["state"] == "whistled"
    assert house.matters.file.answer_sheet.isVisible()


def test_two_about_the_same_go_on_as_one(house: House) -> None:
    house.go("matters")
    first = take_in(house)
    second = take_in(house, HOUSEHOLDS[1])
    house.matters.file.open(second)
    house.matters.file.screen.same_asked.emit(second)
    assert house.matters.file.same_sheet.list.current_id() == first
    house.matters.file.same_sheet.same_chosen.emit(second, first)
    assert house.matters.count == 1
    house.go("matters")
    assert house.matters.page._view.rows[0].where.endswith("2 户都提过")
    under = file_of(house).under
    assert under is not None
    assert under.id == first
    house.matters.file.same_sheet.same_chosen.emit(first, second)  # round and round it may not go
    assert house.matters.count == 1
    house.matters.file.screen.part_asked.emit(second)
    assert house.matters.count == 2


def test_the_details_of_a_secret_are_at_the_desk(house: House) -> None:
    house.go("matters")
    matter = take_in(house, title="家里的事", body="谁也不能知道", confidential=True)
    assert "body" not in live(house, "matter")[0]["fields"]
    body = live(house, "matter_body")[0]
    assert body["fields"]["body"] == "谁也不能知道"
    assert ids.parse(body["place"]) == DESK
    house.matters.file.open(matter)
    assert any("谁也不能知道" in fact.words for fact in file_of(house).about)
    assert house.matters.page._view.counts[Filter.CONFIDENTIAL] == 1


def test_a_secret_of_others_is_only_known_to_exist(house: House) -> None:
    from gridclient.app.present.matter_file import matter_file
    from gridclient.app.present.matters import SECRET, all_matters
    from gridclient.ledger.identity import Identity

    matter = take_in(house, title="家里的事", confidential=True)
    other = Identity(ids.named("device"), ids.named("somebody"), role="worker")
    with house.ledger.reading() as connection:
        found = all_matters(connection, other, house.ledger.clock())
        assert [(one.row.title, one.row.where, one.detail.acts) for one in found] == [
            (SECRET, "", frozenset())
        ]
        assert matter_file(connection, matter, other, house.ledger.clock()) is None


def test_what_is_heard_again_and_wrong_is_opened_again(house: House) -> None:
    house.go("matters")
    matter = take_in(house)
    save = house.matters.step_sheet.step_saved
    save.emit(matter, "revisiting", {"note": "当场通了", "exit": "spot"})
    save.emit(matter, "handling", {"note": "又堵了", "satisfaction": "bad"})
    assert live(house, "matter")[0]["fields"]["status"] == "handling"
    save.emit(matter, "closed", {"note": "换了管", "satisfaction": "good"})
    view = house.matters.page._view
    assert (view.counts[Filter.OPEN], view.counts[Filter.CLOSED]) == (0, 1)
    house.matters.file.open(matter)
    assert [event.chip for event in file_of(house).events] == ["满意", "不满意", "", ""]
    house.desk.undo()
    assert live(house, "matter")[0]["fields"]["status"] == "handling"


def test_a_matter_without_a_place_is_not_saved(house: House) -> None:
    house.matters.new_sheet.write(b"", "")
    house.matters.new_sheet.matter_saved.emit(b"", {"title": "没有门牌"})
    assert live(house, "matter") == []
    assert house.matters.new_sheet.isVisible()


def test_other_buildings_come_after_in_what_may_be_the_same(house: House) -> None:
    other = ids.named("building", "示例小区", "13")
    compound = ids.named("compound", "示例小区")
    far = ids.named("far")
    house.ledger.write(
        [
            Draft("building", other, COMMONS, {"compound": compound, "number": "13"}, new=True),
            Draft("matter", far, other, {"title": "远处的", "category": "B4"}, new=True),
        ]
    )
    near = take_in(house, HOUSEHOLDS[1], category="C3")
    matter = take_in(house)
    house.matters.file.open(matter)
    house.matters.file.screen.same_asked.emit(matter)
    rows = house.matters.file.same_sheet.list.rows
    order = [rows.data(rows.index(place), 257) for place in range(rows.rowCount())]
    assert order == [near, far]
    assert other != BUILDING
