"""Doors as people write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridclient.core.domain import addresses, numerals
from gridclient.core.domain.values import Invalid

COUNT = st.integers(1, 40)


@given(COUNT, COUNT, st.integers(1, 33), st.integers(1, 12))
def test_every_spelling_of_a_door_is_that_door(number: int, unit: int, floor: int, door: int) -> None:
    room = f"{floor}{door:02}"
    spellings = [
        f"{number}号楼{unit}单元{room}",
        f"{number}号楼{unit}单元{room}室",
        f"{number}栋{unit}单元{room}号",
        f"{number}幢{unit}单元{floor}楼{room}",
        f"{number}幢{unit}单元{floor}层{room}",
        f"{number}-{unit}-{room}",
        f"{number}#{unit}-{room}",
        f"{number}#-{unit}-{room}",
        f"{number}#楼{unit}单元{room}室",
        f"{number}楼{unit}门{room}",
        f"{number}一{unit}一{room}",
        f"{number}杠{unit}杠{room}",
        f"{number} {unit} {room}",
        f"{number}号楼 {unit}单元 {room}",
        f"{numerals.write(number)}号楼{numerals.write(unit)}单元{room}",
        f"送变电家属院{number}号楼{unit}单元{room}",
        f"青海省西宁市城西区送变电家属院{number}-{unit}-{room}",
        f"{number}号楼{unit}单元{room}(空挂户)",
    ]
    for written in spellings:
        read = addresses.read(written)
        assert (read.number, read.unit, read.floor, read.room) == (str(number), str(unit), floor, room), (
            written
        )
        assert read.sure, written
        assert read.compound == ("送变电家属院" if "送变电" in written else ""), written
        assert read.note == ("空挂户" if "空挂" in written else ""), written


@given(COUNT.filter(lambda unit: unit != 12), st.integers(1, 33), st.integers(1, 12))
def test_where_the_sheet_names_the_building_two_numbers_are_unit_and_room(
    unit: int, floor: int, door: int
) -> None:
    room = f"{floor}{door:02}"
    read = addresses.read(f"{unit}-{room}", "12")
    assert (read.number, read.unit, read.floor, read.room) == ("12", str(unit), floor, room)
    read = addresses.read(f"{unit}-{room}")
    assert (read.number, read.unit, read.floor, read.room) == (str(unit), "", floor, room)


@pytest.mark.parametrize(
    ("written", "number", "unit", "floor", "room"),
    [
        ("12栋502", "12", "", 5, "502"),
        ("12号楼3单元5-2", "12", "3", 5, "5-2"),
        ("12-3-5-2", "12", "3", 5, "5-2"),
        ("12号楼甲单元502", "12", "甲", 5, "502"),
        ("12号楼东单元502西户", "12", "东", 5, "502西户"),
        ("A座1201", "A", "", 12, "1201"),
        ("b座1201", "B", "", 12, "1201"),
        ("B-1-1203", "B", "1", 12, "1203"),
        ("12号楼负一层", "12", "", -1, "负一层"),
        ("12号楼底商3号", "12", "", 1, "底商3"),
        ("12号楼附1号", "12", "", None, "附1"),
        ("１２－３－５０２", "12", "3", 5, "502"),
        ("12楼502", "12", "", 5, "502"),
        ("十二号楼三单元五零二", "12", "3", 5, "502"),
        ("12号楼3单元5层2号", "12", "3", 5, "5-2"),
        ("12号楼3单元五楼二号", "12", "3", 5, "5-2"),
        ("12号楼3单元6楼62", "12", "3", 6, "62"),
        ("12号楼3单元5楼东户", "12", "3", 5, "5层东户"),
        ("12号楼3单元0502室", "12", "3", 5, "0502"),
        ("12号楼3单元502-1", "12", "3", 5, "502-1"),
        ("12-502-1", "12", "", 5, "502-1"),
        ("12-1号楼3单元502", "12-1", "3", 5, "502"),
        ("甲12号楼3单元502", "甲12", "3", 5, "502"),
        ("12之3之502", "12", "3", 5, "502"),
        ("12、3、502", "12", "3", 5, "502"),
        ("12-甲-502", "12", "甲", 5, "502"),
        ("12号3单元502", "12", "3", 5, "502"),
        ("12#3#502", "12", "3", 5, "502"),
        ("第12栋第3单元第502室", "12", "3", 5, "502"),
        ("12栋3梯502房", "12", "3", 5, "502"),
        ("12楼3门502", "12", "3", 5, "502"),
        ("12楼5楼502", "12", "", 5, "502"),
        ("12号楼3单元1F101", "12", "3", 1, "101"),
        ("12号楼负二层车库12", "12", "", -2, "车库12"),
        ("12号楼门面房5号", "12", "", 1, "门面房5"),
    ],
)
def test_odd_doors(written: str, number: str, unit: str, floor: int | None, room: str) -> None:
    read = addresses.read(written)
    assert (read.number, read.unit, read.floor, read.room) == (number, unit, floor, room)
    assert read.sure


@pytest.mark.parametrize("written", ["5楼502", "五楼502", "502", "底商3号", "附1号", "3单元502"])
def test_a_building_nobody_names_is_not_invented(written: str) -> None:
    assert addresses.read(written).number == ""
    assert addresses.read(written, "12").number == "12"


@pytest.mark.parametrize(
    ("written", "compound", "number"),
    [
        ("五四西路12号送变电小区3号楼2单元502", "送变电小区", "3"),
        ("南气象巷5号送变电家属院12号楼3单元502", "送变电家属院", "12"),
        ("五四西路12号院3号楼2单元502", "五四西路12号院", "3"),
        ("西宁市城西区五四西路街道南气象巷社区送变电小区3-2-502", "送变电小区", "3"),
        ("西宁市大都市花园3-2-502", "大都市花园", "3"),
        ("大都市花园3-2-502", "大都市花园", "3"),
        ("西宁市西苑一区3-2-502", "西苑一区", "3"),
        ("花园2村12-3-502", "花园2村", "12"),
        ("3区12号楼502", "3区", "12"),
        ("五四西路12号3单元502", "五四西路12号", ""),
        ("12号院3单元502", "12号院", ""),
        ("送变电小区502", "送变电小区", ""),
    ],
)
def test_what_stands_before_the_building_is_the_compound(written: str, compound: str, number: str) -> None:
    read = addresses.read(written)
    assert (read.compound, read.number) == (compound, number)


@pytest.mark.parametrize(
    ("written", "building", "reason"),
    [
        ("12-2-2", "", "两种读法"),
        ("12-2", "", "两种读法"),
        ("6号楼1-2", "", "两种读法"),
        ("5-2", "12", "两种读法"),
        ("12-502", "12", "两种读法"),
        ("A3-502", "12", "两种读法"),
        ("12号3-502", "", "两种读法"),
        ("南气象巷5-12-3-502", "", "两种读法"),
        ("12号楼3单元6楼502", "", "对不上"),
        ("12单元3楼502", "", "对不上"),
        ("12号楼3单元-1层", "", "负几层"),
        ("12-3-502/503", "", "不止一个房号"),
        ("502-503", "12", "不止一个房号"),
        ("12号楼502 503", "", "不止一个房号"),
    ],
)
def test_what_can_be_read_in_two_ways_is_not_read(written: str, building: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        addresses.read(written, building)


@pytest.mark.parametrize(
    "written",
    [
        "12号楼3单元502、503",
        "12号楼3单元501-502",
        "12号楼5楼",
        "12号楼3单元东户",
        "12号楼3单元10502",
        "12号楼3单元5O2",
        "12号楼A502",
    ],
)
def test_a_room_that_may_not_be_one_is_marked(written: str) -> None:
    assert not addresses.read(written).sure


def test_where_other_rows_have_other_units_the_first_number_is_a_unit() -> None:
    read = addresses.read("12-502", "12", unit_first=True)
    assert (read.number, read.unit, read.room) == ("12", "12", "502")


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("12号楼3单元502(空挂户)", "空挂户"),
        ("（空挂户）12号楼3单元502", "空挂户"),
        ("12号楼3单元502空挂户", "空挂户"),
        ("12-3-502 出租", "出租"),
        ("12-3-502（出租）（李四）", "出租；李四"),
    ],
)
def test_a_note_beside_the_door_is_no_part_of_it(written: str, note: str) -> None:
    read = addresses.read(written)
    assert (read.number, read.unit, read.room, read.note) == ("12", "3", "502", note)


@pytest.mark.parametrize(
    ("written", "compound", "number"),
    [
        ("送变电12号楼", "送变电小区", "12"),
        ("送变电小区12栋", "送变电小区", "12"),
        ("一期12号楼", "送变电小区", "一期12号楼"),
        ("甲12号楼", "送变电小区", "甲12"),
    ],
)
def test_a_building_behind_its_compound(written: str, compound: str, number: str) -> None:
    assert addresses.building_in(written, compound) == number


def test_an_address_of_another_building_than_the_sheets_is_refused() -> None:
    with pytest.raises(Invalid, match="11 号楼"):
        addresses.read("11号楼3单元502", "12")


def test_a_rest_nobody_can_read_is_kept_and_marked() -> None:
    read = addresses.read("12号楼东头那家")
    assert (read.number, read.room, read.sure) == ("12", "东头那家", False)


def test_a_name_that_looks_like_a_district_is_left_whole() -> None:
    assert addresses.read("开发区花园3号楼502").compound == "开发区花园"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12号楼", "12"),
        ("12栋", "12"),
        ("12#", "12"),
        ("12#楼", "12"),
        ("第12幢", "12"),
        ("十二号楼", "12"),
        ("012", "12"),
        ("１２", "12"),
        ("a座", "A"),
        ("12-1号楼", "12-1"),
        ("商住楼", "商住楼"),
    ],
)
def test_a_building_is_called_without_its_measure_word(written: str, number: str) -> None:
    assert addresses.building_number(written) == number
    assert addresses.building_number(number) == number


@pytest.mark.parametrize(
    ("written", "unit"),
    [("1单元", "1"), ("三单元", "3"), ("东单元", "东"), ("2门", "2"), ("无", ""), ("A", "A")],
)
def test_a_unit_is_called_without_its_measure_word(written: str, unit: str) -> None:
    assert addresses.unit(written) == unit


@given(st.text(alphabet="0123456789号楼栋单元室-#()层东西户负一附甲A送变电市区 ", max_size=20))
def test_reading_never_fails_but_with_a_reason(written: str) -> None:
    for building in ("", "12"):
        with suppress(Invalid):
            assert addresses.read(written, building).room
