"""Headers only a person can explain: asked once, with samples, answered in a file."""

import msgspec
import pytest

from gridclient.core.domain.errors import KnownError
from gridclient.exchange.import_plan import plan
from gridclient.exchange.known import EmptyLedger
from gridclient.exchange.mapping import Mapping, MappingNeeded, read_mapping
from gridclient.exchange.register import read_register
from gridclient.exchange.workbook import read_workbook
from tests.exchange.tables import HEADER, Rows, person, register, xlsx


def asked(rows: Rows, **more: Rows) -> MappingNeeded:
    with pytest.raises(MappingNeeded) as caught:
        register(rows, **more)  # type: ignore[arg-type]
    return caught.value


def answered(needed: MappingNeeded, **answers: str) -> Mapping:
    """The mapping as a person fills it in: by header."""
    data = msgspec.json.decode(needed.mapping.to_json())
    for column in data["sheets"][0]["columns"]:
        if column["header"] in answers:
            column["field"] = answers[column["header"]]
    for key in ("compound", "building", "header"):
        if key in answers:
            data["sheets"][0][key] = answers[key]
    return read_mapping(msgspec.json.encode(data))


@pytest.mark.parametrize("header", ["户号", "门牌号", "房主", "类型"])
def test_an_ambiguous_header_is_asked_about_with_samples(header: str) -> None:
    rows: Rows = [[*HEADER, header], *([*person(f"3-50{n}", "李萍"), f"样{n}"] for n in range(1, 8))]
    needed = asked(rows)
    (column,) = [one for one in needed.mapping.sheets[0].columns if one.field is None]
    assert column.header == header
    assert column.samples == ["样1", "样2", "样3", "样4", "样5"]
    assert len(column.choices) > 1
    assert needed.code == "mapping_needed"
    assert b'"field": null' in needed.mapping.to_json()
    assert len(needed.questions) == 1


def test_the_answer_is_taken_from_the_file() -> None:
    rows: Rows = [["小区", "楼栋", "户号", "姓名"], ["送变电小区", "12", "502", "李萍"]]
    needed = asked(rows)
    for answer in ("dwelling.room", "房号", "dwelling.room 房号"):
        read = register(rows, answered(needed, 户号=answer))
        assert [home.door.room for home in read.households] == ["502"]


def test_a_mapping_still_open_is_asked_again() -> None:
    rows: Rows = [["小区", "楼栋", "户号", "房号", "姓名"], ["送变电小区", "12", "1", "502", "李萍"]]
    with pytest.raises(MappingNeeded):
        register(rows, answered(asked(rows)))


def test_a_register_that_names_no_compound_is_asked_for_it() -> None:
    rows: Rows = [["楼栋", "房号", "姓名"], ["12", "502", "李萍"]]
    needed = asked(rows)
    read = register(rows, answered(needed, compound="送变电小区"))
    assert read.households[0].door.compound == "送变电小区"


def test_a_register_that_names_no_building_is_asked_for_it() -> None:
    rows: Rows = [["小区", "房号", "姓名"], ["送变电小区", "502", "李萍"]]
    needed = asked(rows)
    read = register(rows, answered(needed, building="12"))
    assert read.households[0].door.number == "12"


def test_a_sheet_without_known_headers_can_be_explained_whole() -> None:
    rows: Rows = [["a", "b", "c", "d"], ["送变电小区", "12", "502", "李萍"]]
    needed = asked(rows)
    said = answered(needed, a="小区", b="楼栋", c="房号", d="姓名", compound="送变电小区", building="12")
    assert [one.door.number for one in register(rows, said).households] == ["12"]


def test_two_columns_of_one_meaning_are_asked_about() -> None:
    rows: Rows = [
        ["小区", "楼栋", "房号", "姓名", "身份证", "身份证号"],
        ["送变电小区", "12", "502", "李萍", "", ""],
    ]
    needed = asked(rows)
    assert [one.header for one in needed.mapping.sheets[0].columns if one.field is None] == ["身份证号"]


def test_a_whole_mapping_gives_the_drafts_the_headers_give() -> None:
    rows: Rows = [HEADER, person("3-502", "魏彩虹"), person("3-502", "李萍", "女")]
    book = read_workbook(xlsx(rows))
    first = read_register(book)
    again = read_register(book, read_mapping(first.mapping.to_json()))
    assert plan(again, EmptyLedger()).batches == plan(first, EmptyLedger()).batches


def test_a_mapping_of_another_file_is_refused() -> None:
    rows: Rows = [["小区", "楼栋", "户号", "姓名"], ["送变电小区", "12", "502", "李萍"]]
    said = answered(asked(rows), 户号="房号")
    other = [["小区", "楼栋", "姓名", "户号"], ["送变电小区", "12", "李萍", "502"]]
    with pytest.raises(KnownError) as caught:
        register(other, said)
    assert caught.value.code == "mapping_other_file"
    with pytest.raises(KnownError) as caught:
        register(rows, said, sheet="别的表")
    assert caught.value.code == "mapping_other_file"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"sheets": 1}',
        b"\xff\xfe",
        b'{"sheets": [{"sheet": "a", "header": 1, "columns": '
        b'[{"column": "A", "header": "x", "field": "nothing"}]}]}',
    ],
)
def test_a_broken_mapping_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        read_mapping(data)
    assert caught.value.code == "mapping_broken"
