"""A file meets a ledger that already knows something."""

from typing import Any

from gridclient.core.domain import ids
from gridclient.core.domain.geography import compound_id
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Draft
from gridclient.exchange.import_plan import ImportPlan, plan
from tests.exchange.memory_ledger import MemoryLedger
from tests.exchange.tables import HEADER, Rows, id_number, person, planned, register

NUMBER, OTHER = id_number(), id_number(order=2)
FIRST: Rows = [
    HEADER,
    person("3-502", "魏彩虹", 身份证号=NUMBER, 联系电话="13900000001", 备注="听力弱"),
    person("3-502", "李萍", "女"),
]


def filled(rows: Rows = FIRST) -> MemoryLedger:
    ledger = MemoryLedger()
    ledger.save(planned(rows).drafts())
    return ledger


def named(ledger: MemoryLedger, name: str, kind: str = "resident") -> Id:
    (found,) = [key for key, one in ledger.all(kind).items() if one.get("name") == name]
    return found


def take(ledger: MemoryLedger, rows: Rows) -> ImportPlan:
    made = planned(rows, ledger)
    ledger.save(made.drafts())
    return made


def values(ledger: MemoryLedger, name: str) -> dict[str, Any]:
    return ledger.all("resident")[named(ledger, name)]


def test_another_file_about_the_same_people_makes_nobody_twice() -> None:
    ledger = filled()
    made = take(ledger, [*FIRST, person("3-503", "赵娜")])
    assert made.report.rows.to_json() == {"new": 1, "changed": 0, "skipped": 2, "error": 0}
    assert sorted(str(one["name"]) for one in ledger.all("resident").values()) == ["李萍", "赵娜", "魏彩虹"]
    assert len(ledger.all("household")) == 2


def test_an_empty_value_is_filled_and_an_imported_one_is_overwritten() -> None:
    ledger = filled()
    made = take(
        ledger,
        [
            HEADER,
            person("3-502", "魏彩虹", 身份证号=NUMBER, 联系电话="13900000001", 备注="听力好了"),
            person("3-502", "李萍", "女", 身份证号=OTHER, 联系电话="13900000002"),
        ],
    )
    assert values(ledger, "魏彩虹")["remark"] == "听力好了"
    assert values(ledger, "李萍")["id_number"] == OTHER
    assert values(ledger, "李萍")["birth"] == "1956-03-04"
    assert values(ledger, "李萍")["phones"] == ("13900000002",)
    assert made.report.rows.changed == 2
    assert made.report.suggestions == 0


def test_what_a_person_changed_becomes_a_suggestion_once() -> None:
    ledger = filled()
    record = named(ledger, "魏彩虹")
    ledger.edit("resident", record, remark="耳朵好")
    rows = [HEADER, person("3-502", "魏彩虹", 备注="听力很弱"), person("3-502", "李萍", "女")]
    made = take(ledger, rows)
    assert values(ledger, "魏彩虹")["remark"] == "耳朵好"
    ((identity, item),) = ledger.all("review_item").items()
    assert identity == ids.named("review_item", ids.text(record), "remark", "听力很弱")
    assert (item["record"], item["field"], item["value"], item["state"]) == (
        record,
        "remark",
        "听力很弱",
        "open",
    )
    assert item["record_kind"] == "resident"
    assert [draft.place for draft in made.drafts()] == [DESK]
    assert take(ledger, rows).batches == ()


def test_the_same_file_again_leaves_what_people_said_since_alone() -> None:
    ledger = filled()
    record = named(ledger, "魏彩虹")
    ledger.edit("resident", record, remark="耳朵好", id_number=None, id_type=None)
    ledger.edit("resident", record, name="魏彩红")
    home = next(iter(ledger.all("household")))
    ledger.edit("household", home, phone="13900000009")
    assert planned(FIRST, ledger).batches == ()


def test_a_second_number_is_added_and_none_is_lost() -> None:
    ledger = filled()
    take(ledger, [HEADER, person("3-502", "魏彩虹", 联系电话="139 0000 0001；13900000003")])
    assert values(ledger, "魏彩虹")["phones"] == ("13900000001", "13900000003")


def test_an_equal_value_spelt_otherwise_changes_nothing() -> None:
    ledger = filled()
    rows = [
        HEADER,
        person("3-502", "魏彩虹", 身份证号=f"'{NUMBER}", 备注=" 听力弱 "),
        person("3-502", "李萍", "女"),
    ]
    assert take(ledger, rows).batches == ()


def test_another_person_of_the_same_name_and_door_is_another_person() -> None:
    ledger = filled()
    take(ledger, [HEADER, person("3-502", "魏彩虹", 身份证号=OTHER)])
    assert sum(one["name"] == "魏彩虹" for one in ledger.all("resident").values()) == 2


def test_a_member_alone_in_the_file_joins_the_household_of_that_door() -> None:
    ledger = filled()
    take(ledger, [HEADER, person("3-502", "李安", "孙子")])
    assert len(ledger.all("household")) == 1
    assert values(ledger, "李安")["household"] == values(ledger, "魏彩虹")["household"]


def test_an_undone_import_can_be_made_again() -> None:
    ledger = filled()
    for kind in ("compound", "building", "dwelling", "household", "resident"):
        for record in ledger.all(kind):
            ledger.edit(kind, record, retired="undone", successor=None)
    assert not ledger.all("resident")
    take(ledger, FIRST)
    assert sorted(str(one["name"]) for one in ledger.all("resident").values()) == ["李萍", "魏彩虹"]
    assert len(ledger.all("household")) == len(ledger.all("dwelling")) == len(ledger.all("building")) == 1
    assert planned(FIRST, ledger).batches == ()


def test_who_moved_away_is_not_brought_back() -> None:
    ledger = filled()
    record = named(ledger, "李萍")
    ledger.edit("resident", record, retired="moved", successor=None)
    made = take(ledger, FIRST)
    assert made.batches == ()
    assert [notice.raw or notice.reason for notice in made.report.notices] == ["这条已经停用，没有改动它"]


def test_an_alias_of_compound_and_building_is_not_a_new_one() -> None:
    ledger = MemoryLedger()
    compound, building = compound_id("送变电家属院"), ids.named("by hand")
    known: dict[str, object] = {"title": "送变电家属院", "aliases": [["送变电小区"], []]}
    house: dict[str, object] = {"compound": compound, "number": "熊猫楼", "aliases": [["12"], []]}
    ledger.save([Draft("compound", compound, COMMONS, known, new=True)], batch=False)
    ledger.save([Draft("building", building, COMMONS, house, new=True)], batch=False)
    made = take(ledger, FIRST)
    assert made.report.new_places == []
    assert set(ledger.all("building")) == {building}
    assert {draft.place for draft in made.drafts() if draft.kind == "resident"} == {building}


def test_a_part_of_a_building_never_lowers_its_height() -> None:
    ledger = filled([HEADER, person("4-602", "魏彩虹"), person("1-101", "李萍")])
    (building,) = ledger.all("building").values()
    assert (building["units"], building["floors"]) == (2, 6)
    take(ledger, [HEADER, person("1-201", "赵娜")])
    (building,) = ledger.all("building").values()
    assert (building["units"], building["floors"]) == (2, 6)
    take(ledger, [HEADER, person("1-701", "周宁")])
    (building,) = ledger.all("building").values()
    assert building["floors"] == 7


def test_two_laptops_that_import_two_files_of_one_building_meet() -> None:
    one, other = planned([HEADER, person("3-502", "魏彩虹")]), planned([HEADER, person("3-502", "赵娜")])

    def ids_of(made: ImportPlan, kind: str) -> set[Id]:
        return {draft.record for draft in made.drafts() if draft.kind == kind}

    for kind in ("compound", "building", "dwelling"):
        assert ids_of(one, kind) == ids_of(other, kind)
    assert ids_of(one, "household").isdisjoint(ids_of(other, "household"))


def test_no_id_is_made_of_an_id_number() -> None:
    with_number = register([HEADER, person("3-502", "魏彩虹", 身份证号=NUMBER)])
    ledger = MemoryLedger()
    made = {draft.record for draft in plan(with_number, ledger).drafts()}
    assert ids.named(NUMBER) not in made
    assert ids.named("resident", NUMBER) not in made
