"""Cells as registers hold them: the sure ones are written, a doubtful one is blank, the person is there."""

from typing import Any

import pytest

from gridclient.exchange.import_plan import ImportPlan
from tests.exchange.tables import HEADER, id_number, person, planned

NUMBER = id_number()


def resident(plan: ImportPlan) -> dict[str, Any]:
    (found,) = [draft.fields for draft in plan.drafts() if draft.kind == "resident"]
    return found


def one(**cells: Any) -> ImportPlan:
    return planned([HEADER, person("3-502", "魏彩虹", **cells)])


def test_a_number_stored_as_a_number_is_refused_and_listed() -> None:
    plan = one(身份证号=float(NUMBER[:17] + "0"))
    assert "id_number" not in resident(plan)
    assert resident(plan)["name"] == "魏彩虹"
    (doubt,) = plan.report.doubts
    assert (doubt.sheet, doubt.row, doubt.column) == ("居民", 2, "身份证号")
    assert "丢" in doubt.reason
    assert doubt.raw.startswith(NUMBER[:15])
    assert plan.report.rows.to_json() == {"new": 1, "changed": 0, "skipped": 0, "error": 0}


@pytest.mark.parametrize(
    ("column", "raw", "field"),
    [
        ("身份证号", "6.3990019E+17", "id_number"),
        ("身份证号", "6399**********0026", "id_number"),
        ("身份证号", NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1"), "id_number"),
        ("出生日期", "农历三月初四", "birth"),
        ("出生日期", "69岁", "birth"),
        ("出生日期", "1956-02-30", "birth"),
        ("性别", "阴", "sex"),
        ("与户主关系", "远房", "relation_to_head"),
        ("联系电话", "1390000", "phones"),
    ],
)
def test_a_doubtful_cell_is_blank_and_shown_as_it_stood(column: str, raw: str, field: str) -> None:
    plan = one(**{column: raw})
    assert field not in resident(plan)
    assert [(doubt.row, doubt.column, doubt.raw) for doubt in plan.report.doubts] == [(2, column, raw)]
    assert plan.report.doubts[0].reason


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {"身份证号": f"'{NUMBER}"},
            {"id_number": NUMBER, "id_type": "111", "birth": "1956-03-04", "sex": "1"},
        ),
        ({"身份证号": NUMBER, "出生日期": "1956.3"}, {"birth": "1956-03-04"}),
        ({"出生日期": 20518}, {"birth": "1956-03-04"}),
        ({"出生日期": "1956年3月"}, {"birth": "1956-03"}),
        ({"出生日期": 1956.3}, {"birth": "1956-03"}),
        ({"性别": "M"}, {"sex": "1"}),
        ({"性别": 2}, {"sex": "2"}),
        ({"与户主关系": "老伴"}, {"relation_to_head": "10"}),
        ({"与户主关系": 2}, {"relation_to_head": "02"}),
        ({"与户主关系": "租客"}, {"relation_to_head": "99"}),
        ({"与户主关系": "户主之妻"}, {"relation_to_head": "12"}),
        ({"与户主关系": "其 子"}, {"relation_to_head": "20"}),
        ({"与户主关系": "其他"}, {"relation_to_head": "80"}),
        ({"与户主关系": "户主本人"}, {"relation_to_head": "02"}),
        ({"与户主关系": "配偶（妻）"}, {"relation_to_head": "12"}),
        ({"与户主关系": "儿媳妇"}, {"relation_to_head": "38"}),
        ({"与户主关系": "孙女婿"}, {"relation_to_head": "46"}),
        ({"与户主关系": "三儿子"}, {"relation_to_head": "24"}),
        ({"与户主关系": "表妹"}, {"relation_to_head": "92"}),
        ({"联系电话": 13900000001}, {"phones": [["13900000001"], []]}),
        ({"联系电话": "13900000001、座机0971-6123456"}, {"phones": [["13900000001", "0971-6123456"], []]}),
        (
            {"联系电话": "儿子13900000001", "备注": "听力弱"},
            {"phones": [["13900000001"], []], "remark": "听力弱；电话尾号 0001：儿子"},
        ),
        ({"姓名": "魏　彩虹"}, {"name": "魏彩虹"}),
        ({"姓名": "魏彩虹(已故)"}, {"name": "魏彩虹", "life": "dead"}),
        ({"备注": "无"}, {"remark": None}),
    ],
)
def test_odd_but_sure_cells(cells: dict[str, object], expected: dict[str, object]) -> None:
    plan = one(**cells)
    fields = resident(plan)
    assert {key: fields.get(key) for key in expected} == expected
    assert not plan.report.doubts


@pytest.mark.parametrize("raw", ["无", "/", "空号", "-", "没有"])
def test_no_phone_is_no_doubt(raw: str) -> None:
    plan = one(联系电话=raw)
    assert "phones" not in resident(plan)
    assert not plan.report.doubts


def test_sex_and_birth_that_differ_from_a_valid_number_are_doubtful() -> None:
    plan = one(身份证号=NUMBER, 性别="女", 出生日期="1960-01-01")
    fields = resident(plan)
    assert fields["id_number"] == NUMBER
    assert "sex" not in fields
    assert "birth" not in fields
    assert {doubt.column for doubt in plan.report.doubts} == {"性别", "出生日期"}


def test_zero_and_one_for_the_sexes_are_told_by_the_number_or_not_at_all() -> None:
    rows = [
        HEADER,
        person("3-501", "魏彩虹", 性别="0"),
        person("3-502", "李萍", 性别="1", 身份证号=id_number(order=2)),
    ]
    plan = planned(rows)
    people = {draft.fields["name"]: draft.fields for draft in plan.drafts() if draft.kind == "resident"}
    assert "sex" not in people["魏彩虹"]
    assert people["李萍"]["sex"] == "2"
    assert [doubt.row for doubt in plan.report.doubts] == [2]


def test_a_relation_that_does_not_fit_the_sex_is_written_and_pointed_out() -> None:
    plan = one(与户主关系="父", 性别="女")
    assert resident(plan)["relation_to_head"] == "51"
    assert [notice.column for notice in plan.report.notices] == ["与户主关系"]


def test_another_paper_than_the_identity_card_is_taken_as_it_is() -> None:
    rows = [(*HEADER, "证件类型"), [*person("3-502", "李萍", 身份证号="E12345678"), "普通护照"]]
    fields = resident(planned(rows))
    assert (fields["id_number"], fields["id_type"]) == ("E12345678", "414")


def test_a_remark_too_long_to_keep_is_listed() -> None:
    plan = one(备注="长" * 1001)
    assert "remark" not in resident(plan)
    (doubt,) = plan.report.doubts
    assert doubt[:4] == ("居民", 2, "备注", "长" * 1001)
    assert "1001" in doubt.reason


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"姓名": ""}, "没有姓名"),
        ({"楼栋": ""}, "没写哪栋楼"),
        ({"房号": ""}, "没写房号"),
        ({"姓名": "123456"}, "姓名看不懂"),
        ({"小区": "长" * 101}, "太长"),
    ],
)
def test_a_row_without_name_or_door_is_not_imported(cells: dict[str, Any], reason: str) -> None:
    rows = [
        HEADER,
        person("1-101", "李萍", 楼栋="3号楼"),
        person("3-502", "魏彩虹", **{"联系电话": "12345", **cells}),
    ]
    plan = planned(rows)
    assert [(fault.row, reason in fault.reason) for fault in plan.report.faults] == [(3, True)]
    assert plan.report.rows.to_json() == {"new": 1, "changed": 0, "skipped": 0, "error": 1}
