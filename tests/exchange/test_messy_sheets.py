"""Sheets as offices lay them out."""

from pathlib import Path
from typing import Any

import pytest

from gridclient.exchange.import_plan import ImportPlan, plan
from gridclient.exchange.known import EmptyLedger
from gridclient.exchange.register import read_register
from gridclient.exchange.workbook import open_workbook, read_workbook
from tests.exchange.memory_ledger import MemoryLedger
from tests.exchange.tables import HEADER, Rows, id_number, person, planned

Homes = dict[tuple[object, ...], list[list[object]]]


def homes(made: ImportPlan) -> Homes:
    """Behind every door (building, unit, room) its households, each the names in it."""
    ledger = MemoryLedger()
    ledger.save(made.drafts())
    buildings, doors = ledger.all("building"), ledger.all("dwelling")
    found: dict[Any, list[object]] = {key: [] for key in ledger.all("household")}
    for person_ in ledger.all("resident").values():
        found[person_["household"]].append(person_["name"])
    behind: Homes = {}
    for door in doors.values():
        number = buildings[door["building"]]["number"]  # type: ignore[index]
        behind[(number, door["unit"], door["room"])] = []
    for key, home in ledger.all("household").items():
        door = doors[home["dwelling"]]  # type: ignore[index]
        number = buildings[door["building"]]["number"]  # type: ignore[index]
        behind[(number, door["unit"], door["room"])].append(found[key])
    return behind


def test_a_title_above_and_a_footer_below_are_no_people() -> None:
    rows: Rows = [
        ["送变电小区居民信息登记表"],
        ["制表单位：南气象巷社区", "", "", "2026-11-24"],
        [],
        HEADER[1:],
        person("3-502", "魏彩虹")[1:],
        person("3-502", "李萍", "女")[1:],
        ["合计", "2 人"],
        ["填表人：", "", "审核人："],
    ]
    made = planned(rows, merged=["A1:D1"])
    assert homes(made) == {("12", "3", "502"): [["魏彩虹", "李萍"]]}
    assert made.report.new_places[0] == "送变电小区"
    assert made.report.rows.to_json() == {"new": 2, "changed": 0, "skipped": 0, "error": 0}


def test_a_header_over_two_rows() -> None:
    rows: Rows = [
        ["楼号", "单元", "房号", "家庭成员", "", "", "户主"],
        ["", "", "", "姓名", "关系", "电话", "电话"],
        ["12号楼", "3", "502", "魏彩虹", "户主", "13900000001", "13900000002"],
        ["12号楼", "3", "502", "李萍", "女", "", ""],
    ]
    made = planned([["送变电小区住户登记表"], *rows])
    assert homes(made) == {("12", "3", "502"): [["魏彩虹", "李萍"]]}
    (household,) = [draft.fields for draft in made.drafts() if draft.kind == "household"]
    assert household["phone"] == "13900000002"


def test_cells_merged_down_the_family() -> None:
    rows: Rows = [
        HEADER,
        person("3-502", "魏彩虹"),
        person("3-502", "李萍", "女", 小区="", 楼栋="", 单元="", 房号=""),
        person("3-502", "李安", "孙子", 小区="", 楼栋="", 单元="", 房号=""),
        person("3-503", "赵娜"),
    ]
    made = planned(rows, merged=["A2:A4", "B2:B4", "C2:C4", "D2:D4"])
    assert homes(made) == {("12", "3", "502"): [["魏彩虹", "李萍", "李安"]], ("12", "3", "503"): [["赵娜"]]}


@pytest.mark.parametrize("ditto", ["", "同上", "〃", '"'])
def test_blank_or_the_same_as_above_within_a_family(ditto: str) -> None:
    rows: Rows = [
        HEADER,
        person("3-502", "魏彩虹"),
        person("3-502", "李萍", "女", 小区=ditto, 楼栋=ditto, 单元=ditto, 房号=ditto),
    ]
    assert homes(planned(rows)) == {("12", "3", "502"): [["魏彩虹", "李萍"]]}


def test_a_blank_door_before_another_head_is_not_the_door_above() -> None:
    rows: Rows = [
        HEADER,
        person("3-502", "魏彩虹"),
        person("3-502", "赵娜", 单元="", 房号=""),
    ]
    made = planned(rows)
    assert homes(made) == {("12", "3", "502"): [["魏彩虹"]]}
    assert [fault.reason for fault in made.report.faults] == ["没写房号"]


def test_two_heads_behind_one_door_are_two_households() -> None:
    rows: Rows = [
        HEADER,
        person("3-502", "魏彩虹"),
        person("3-502", "李萍", "女"),
        person("3-502", "赵娜", "户主"),
        person("3-502", "周宁", "配偶"),
    ]
    assert homes(planned(rows)) == {("12", "3", "502"): [["魏彩虹", "李萍"], ["赵娜", "周宁"]]}


def test_people_of_one_door_apart_in_the_file_are_one_household() -> None:
    rows: Rows = [
        HEADER,
        person("3-502", "魏彩虹"),
        person("3-503", "赵娜"),
        person("3-502", "李萍", "女"),
    ]
    assert homes(planned(rows))[("12", "3", "502")] == [["魏彩虹", "李萍"]]


def test_the_head_is_found_by_name_where_the_relation_is_blank() -> None:
    header = [*HEADER, "户主姓名"]
    rows: Rows = [
        header,
        [*person("3-502", "李萍", "女"), "魏彩虹"],
        [*person("3-502", "魏彩虹", ""), "魏彩虹"],
        [*person("3-502", "赵娜", ""), "赵娜"],
    ]
    made = planned(rows)
    assert homes(made) == {("12", "3", "502"): [["李萍", "魏彩虹"], ["赵娜"]]}
    heads = {draft.fields["head"] for draft in made.drafts() if draft.kind == "household"}
    names = {draft.fields["name"] for draft in made.drafts() if draft.record in heads}
    assert names == {"魏彩虹", "赵娜"}


def test_household_numbers_part_families_behind_one_door() -> None:
    header = [*HEADER, "户编号"]
    rows: Rows = [
        header,
        [*person("3-502", "魏彩虹", ""), "001"],
        [*person("3-502", "李萍", ""), "001"],
        [*person("3-502", "赵娜", ""), "002"],
    ]
    assert homes(planned(rows)) == {("12", "3", "502"): [["魏彩虹", "李萍"], ["赵娜"]]}


def test_the_same_person_twice_is_one_person() -> None:
    number = id_number()
    rows: Rows = [
        HEADER,
        person("3-502", "魏彩虹", 身份证号=number),
        person("3-502", "魏彩虹", 身份证号=number),
        person("3-502", "魏彩虹", "", 身份证号=number),
    ]
    made = planned(rows)
    assert homes(made) == {("12", "3", "502"): [["魏彩虹"]]}
    assert [notice.row for notice in made.report.notices] == [3, 4]
    assert made.report.rows.to_json() == {"new": 1, "changed": 0, "skipped": 2, "error": 0}


def test_one_number_for_two_people_is_pointed_out() -> None:
    number = id_number()
    rows: Rows = [
        HEADER,
        person("3-502", "魏彩虹", 身份证号=number),
        person("3-503", "赵娜", 身份证号=number),
    ]
    made = planned(rows)
    assert [(notice.row, notice.raw) for notice in made.report.notices] == [(3, number)]
    assert made.report.rows.new == 2


def test_doors_nobody_lives_behind() -> None:
    rows: Rows = [HEADER, person("3-502", "空置", ""), person("3-503", "", ""), person("3-504", "赵娜")]
    made = planned(rows)
    assert homes(made) == {("12", "3", "502"): [], ("12", "3", "503"): [], ("12", "3", "504"): [["赵娜"]]}
    uses = {
        draft.fields["room"]: draft.fields.get("use") for draft in made.drafts() if draft.kind == "dwelling"
    }
    assert uses == {"502": "vacant", "503": None, "504": None}


def test_whole_addresses_in_one_cell() -> None:
    rows: Rows = [
        ["序号", "姓名", "序号", "身份证", "联系方式", "楼号、单元、房间号"],
        ["1", "魏彩虹", "1", "", "", "送变电家属院12号楼3单元502"],
        ["2", "赵娜", "1", "", "", "送变电家属院12-3-503"],
        ["3", "周宁", "1", "", "", "送变电家属院12幢3单元5楼504(空挂户)"],
        ["4", "孙梅", "1", "", "", "送变电家属院东头那家"],
        ["5", "何英", "1", "", "", "送变电家属院12号楼东头那家"],
    ]
    made = planned(rows)
    assert homes(made) == {
        ("12", "3", "502"): [["魏彩虹"]],
        ("12", "3", "503"): [["赵娜"]],
        ("12", "3", "504"): [["周宁"]],
        ("12", None, "东头那家"): [["何英"]],
    }
    assert [fault.row for fault in made.report.faults] == [5]
    assert [doubt.row for doubt in made.report.doubts] == [6]
    sorts = [draft.fields.get("sort") for draft in made.drafts() if draft.kind == "household"]
    assert sorts == [None, None, "registered", None]


def test_one_sheet_for_every_building() -> None:
    header = ["小区", "房号", "姓名", "与户主关系"]
    other: Any = {"11号楼": [header, ["送变电小区", "1单元101", "赵娜", "户主"]]}
    made = planned([header, ["送变电小区", "3-502", "魏彩虹", "户主"]], sheet="12号楼", **other)
    assert homes(made) == {("12", "3", "502"): [["魏彩虹"]], ("11", "1", "101"): [["赵娜"]]}


def test_rooms_that_hold_the_whole_address() -> None:
    rows: Rows = [["小区", "房号", "姓名", "关系"], ["送变电小区", "12-3-502", "魏彩虹", "户主"]]
    assert homes(planned(rows)) == {("12", "3", "502"): [["魏彩虹"]]}


def test_several_people_side_by_side() -> None:
    header = ["小区", "楼栋", "单元", "房号", "姓名", "关系", "电话", "姓名", "关系", "电话"]
    rows: Rows = [
        header,
        ["送变电小区", "12", "3", "502", "魏彩虹", "户主", "13900000001", "李萍", "女", "13900000002"],
        ["送变电小区", "12", "3", "503", "赵娜", "户主", "", "", "", ""],
    ]
    made = planned(rows)
    assert homes(made) == {("12", "3", "502"): [["魏彩虹", "李萍"]], ("12", "3", "503"): [["赵娜"]]}
    phones = {d.fields["name"]: d.fields.get("phones") for d in made.drafts() if d.kind == "resident"}
    assert phones == {"魏彩虹": [["13900000001"], []], "李萍": [["13900000002"], []], "赵娜": None}


def test_only_heads_are_named() -> None:
    rows: Rows = [
        ["小区", "楼栋", "房号", "户主", "联系电话"],
        ["送变电小区", "12", "502", "魏彩虹", "13900000001"],
    ]
    made = planned(rows)
    assert homes(made) == {("12", None, "502"): [["魏彩虹"]]}
    (resident,) = [draft.fields for draft in made.drafts() if draft.kind == "resident"]
    assert resident["relation_to_head"] == "02"


def test_a_row_of_instructions_and_a_header_on_every_page_are_no_people() -> None:
    rows: Rows = [
        HEADER,
        person("1-101", "必填", 出生日期="日期 YYYYMMDD"),
        person("3-502", "魏彩虹"),
        HEADER,
    ]
    made = planned(rows)
    assert homes(made) == {("12", "3", "502"): [["魏彩虹"]]}
    assert [fault.row for fault in made.report.faults] == [2]


def test_sheets_of_something_else_and_columns_not_taken_are_named() -> None:
    rows: Rows = [[*HEADER, "血型"], [*person("3-502", "魏彩虹"), "A"]]
    made = planned(rows, 注意事项=[["一、不要删除第一行"], ["二、日期写成八位"]])
    assert made.report.unused == [("居民", "血型")]
    assert [name for name, _ in made.report.ignored] == ["注意事项"]


def test_a_workbook_of_the_old_kind() -> None:
    book = open_workbook(Path(__file__).parent / "files" / "register.xls")
    made = plan(read_register(book), EmptyLedger())
    assert homes(made) == {("12", "3", "502"): [["魏彩虹", "李萍"]]}
    people = {draft.fields["name"]: draft.fields for draft in made.drafts() if draft.kind == "resident"}
    assert people["魏彩虹"]["birth"] == "1956-03-04"
    assert people["李萍"]["phones"] == [["13900000001"], []]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_the_encodings_offices_use(encoding: str, separator: str) -> None:
    lines = [
        separator.join(map(str, row))
        for row in (HEADER, person("3-502", "魏𫖯" if "8" in encoding else "魏文"))
    ]
    data = "\r\n".join(lines).encode(encoding)
    made = plan(read_register(read_workbook(data)), EmptyLedger())
    assert len(homes(made)[("12", "3", "502")]) == 1


def test_what_stands_under_the_head_of_a_household_is_no_member_s() -> None:
    rows: Rows = [
        ["楼号", "单元", "房号", "户主信息", "", "家庭成员", ""],
        ["", "", "", "姓名", "联系方式", "姓名", "关系"],
        ["12号楼", "3", "502", "魏彩虹", "13900000001", "魏彩虹", "户主"],
        ["12号楼", "3", "502", "", "", "李萍", "女"],
    ]
    made = planned([["送变电小区住户登记表"], *rows], merged=["D2:E2", "F2:G2"])
    assert homes(made) == {("12", "3", "502"): [["魏彩虹", "李萍"]]}
    ledger = MemoryLedger()
    ledger.save(made.drafts())
    (home,) = ledger.all("household").values()
    assert ledger.all("resident")[home["head"]]["name"] == "魏彩虹"  # type: ignore[index]
    assert home["phone"] == "13900000001"


def test_a_register_of_heads_alone_is_one_of_people() -> None:
    rows: Rows = [
        ["楼号", "单元", "房号", "户主信息", ""],
        ["", "", "", "姓名", "联系方式"],
        ["12号楼", "3", "502", "魏彩虹", "13900000001"],
    ]
    made = planned([["送变电小区住户登记表"], *rows], merged=["D2:E2"])
    assert homes(made) == {("12", "3", "502"): [["魏彩虹"]]}
