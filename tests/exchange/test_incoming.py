"""Tickets of the hotline and 民生快巴 feedback: known by headers, met by number, warned about when alike."""

from datetime import UTC, datetime

import pytest

from gridclient.core.domain.incoming import ticket_id
from gridclient.core.domain.places import DESK
from gridclient.core.domain.values import Invalid, format_instant
from gridclient.exchange import instants
from gridclient.exchange.import_plan import ImportPlan
from gridclient.exchange.incoming import Incoming, plan_incoming, read_incoming, sort_of
from gridclient.exchange.known import EmptyLedger, Known
from gridclient.exchange.mapping import MappingNeeded
from gridclient.exchange.workbook import read_workbook
from tests.exchange.memory_ledger import MemoryLedger
from tests.exchange.tables import HEADER, Rows, person, xlsx

TICKETS: Rows = [
    (
        *("工单编号", "接收时间", "问题描述", "转办意见", "办结时限", "紧急程度"),
        *("承办单位", "状态", "是否重复", "满意度", "联系电话", "地址"),
    ),
    (
        *("QH2026110001", "2026-11-03 09:15:00", "单元门坏了", "请社区核实", "2026-11-10", "一般"),
        *("南气象巷社区", "办理中", "否", "", "139 0000 0001", "12号楼3单元"),
    ),
    (
        *("QH2026110002", "2026年11月4日 14时05分", "夜里施工吵", "", "2026/11/11 18:00", "紧急"),
        *("南气象巷社区", "待签收", "是", "", "13900000002", ""),
    ),
]
FEEDBACK: Rows = [
    ["民生快巴反馈明细"],
    ["反馈类型", "详细内容", "反馈人", "联系方式", "反馈时间"],
    ["建议", "多放几把长椅", "钱春花", "13900000003", "2026-11-05 08:00"],
    ["求助", "下水堵了", "李萍", "13900000004", "2026-11-06 20:30:15"],
]


def taken(rows: Rows, known: Known | None = None, sort: str = "hotline") -> tuple[Incoming, ImportPlan]:
    read = read_incoming(read_workbook(xlsx(rows)), sort)
    return read, plan_incoming(read, known or EmptyLedger())


def test_a_file_is_known_by_its_headers() -> None:
    for rows, sort in (
        (TICKETS, "hotline"),
        (FEEDBACK, "feedback"),
        ([HEADER, person("3-502", "李萍")], "register"),
    ):
        assert sort_of(read_workbook(xlsx(rows)), {}) == sort


def test_a_ticket_is_read_with_its_moments_in_the_countrys_time() -> None:
    read, made = taken(TICKETS)
    values = read.entries[0].values
    assert format_instant(int(str(values["received"]))) == "2026-11-03T01:15:00Z"
    assert format_instant(int(str(values["due"]))) == "2026-11-10T15:59:59Z"
    assert format_instant(int(str(read.entries[1].values["received"]))) == "2026-11-04T06:05:00Z"
    assert (values["urgency"], values["status"], values["repeated"]) == ("normal", "handling", False)
    assert values["phone"] == "13900000001"
    assert [draft.record for draft in made.drafts()] == [ticket_id("QH2026110001"), ticket_id("QH2026110002")]
    assert {draft.place for draft in made.drafts()} == {DESK}


def test_a_later_export_changes_the_same_ticket() -> None:
    ledger = MemoryLedger()
    ledger.save(taken(TICKETS)[1].drafts())
    header, first, second = TICKETS
    later = [header, [*first[:7], "已办结", "否", "满意", *first[10:]], [" qh2026110002 ", *second[1:]]]
    _, made = taken(later, ledger)
    assert made.report.rows.to_json() == {"new": 0, "changed": 1, "skipped": 1, "error": 0}
    ledger.save(made.drafts())
    ticket = ledger.all("hotline_ticket")[ticket_id("QH2026110001")]
    assert (ticket["status"], ticket["satisfaction"]) == ("closed", "good")
    assert taken(later, ledger)[1].batches == ()


def test_what_somebody_wrote_on_a_ticket_is_asked_about() -> None:
    ledger = MemoryLedger()
    ledger.save(taken(TICKETS)[1].drafts())
    ledger.edit("hotline_ticket", ticket_id("QH2026110001"), status="closed")
    _, made = taken([TICKETS[0], [*TICKETS[1][:7], "已回复", *TICKETS[1][8:]]], ledger)
    assert made.report.suggestions == 1


def test_one_number_twice_in_a_file_is_one_ticket() -> None:
    header, first, _ = TICKETS
    _, made = taken([header, first, [*first[:7], "已回复", *first[8:]]])
    (draft,) = made.drafts()
    assert draft.fields["status"] == "replied"
    assert [notice.row for notice in made.report.notices] == [3]


def test_rows_without_a_number_and_doubtful_cells_are_told() -> None:
    header, first, second = TICKETS
    read, made = taken([header, ["", *first[1:]], [*second[:1], "不知道哪天", *second[2:]]])
    assert [fault.row for fault in made.report.faults] == [2]
    assert [(doubt.row, doubt.column) for doubt in made.report.doubts] == [(3, "接收时间")]
    assert len(read.entries) == 1


def test_feedback_of_one_telephone_and_text_is_warned_about_and_kept() -> None:
    ledger = MemoryLedger()
    _, made = taken(FEEDBACK, ledger, "feedback")
    ledger.save(made.drafts())
    assert {one["sort"] for one in ledger.all("feedback").values()} == {"advice", "appeal"}
    again = [
        *FEEDBACK[:2],
        ["建议", "多放几把长椅 ", "钱春花", "139-0000-0003", "2026-11-09 08:00"],
        FEEDBACK[3],
    ]
    _, made = taken(again, ledger, "feedback")
    assert [(twin.sort, twin.row, twin.held) for twin in made.twins] == [("same_feedback", 3, False)] * len(
        made.twins
    )
    # The one of the very same moment is the same one.
    assert made.report.rows.to_json() == {"new": 1, "changed": 0, "skipped": 1, "error": 0}


def test_a_file_without_the_column_that_matters_is_asked_about() -> None:
    with pytest.raises(MappingNeeded) as caught:
        taken([["甲", "乙", "丙"], ["QH1", "x", "y"]])
    (sheet,) = caught.value.mapping.sheets
    assert caught.value.mapping.sort == "hotline"
    assert [column.samples for column in sheet.columns] == [["QH1"], ["x"], ["y"]]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-11-03 09:15", "2026-11-03T01:15:00Z"),
        ("2026/11/3 9:05:07", "2026-11-03T01:05:07Z"),
        ("2026年11月3日 下午3点", "2026-11-03T07:00:00Z"),
        ("2026-11-03", "2026-11-02T16:00:00Z"),
        (datetime(2026, 11, 3, 9, 15), "2026-11-03T01:15:00Z"),
        (datetime(2026, 11, 3, 1, 15, tzinfo=UTC), "2026-11-03T01:15:00Z"),
        (46329.5, "2026-11-03T04:00:00Z"),
    ],
)
def test_moments_as_tables_hold_them(cell: str | datetime | float, moment: str) -> None:
    found = instants.read(cell)
    assert found is not None
    assert format_instant(found) == moment


@pytest.mark.parametrize("cell", ["昨天", "2026-11", "2026-13-01 08:00", "2026-11-03 25:00", 12, True])
def test_what_is_no_moment_is_refused(cell: str | int) -> None:
    with pytest.raises(Invalid):
        instants.read(cell)
