"""Care tags in a register: columns are taken, remarks offered, what only named persons may know is asked."""

import pytest

from gridclient.core.domain.places import DESK
from gridclient.core.merge.change import Draft
from gridclient.exchange.import_plan import ImportPlan, plan
from gridclient.exchange.known import EmptyLedger
from gridclient.exchange.tags import Pick, in_remark
from tests.exchange.memory_ledger import MemoryLedger
from tests.exchange.tables import HEADER, Rows, person, register

COLUMNS = (*HEADER, "人员类别")


def rows(*said: tuple[str, str]) -> Rows:
    """People with a category and a remark."""
    people = [
        [*person(f"3-50{n}", f"某{'甲乙丙丁'[n]}", 备注=remark), sort]
        for n, (sort, remark) in enumerate(said)
    ]
    return [COLUMNS, *people]


def drafts(made: ImportPlan) -> list[Draft]:
    return [draft for draft in made.drafts() if draft.kind == "care_tag"]


def test_a_column_of_categories_becomes_tags() -> None:
    made = plan(register(rows(("低保、残疾人", ""), ("普通居民", ""), ("独居", ""))), EmptyLedger())
    assert [draft.fields["tag"] for draft in drafts(made)] == ["allowance", "disabled", "alone"]
    assert all(draft.place != DESK for draft in drafts(made))
    assert [offer.taken for offer in made.offers] == [True] * 3
    assert made.report.doubts == []


def test_what_is_no_category_is_told() -> None:
    made = plan(register(rows(("爱下棋", ""))), EmptyLedger())
    assert [(doubt.column, doubt.raw) for doubt in made.report.doubts] == [("人员类别", "爱下棋")]
    assert drafts(made) == []


def test_a_remark_only_offers() -> None:
    read = register(rows(("", "低保户，独居，非残疾")))
    made = plan(read, EmptyLedger())
    assert drafts(made) == []
    assert [(offer.tag, offer.from_remark, offer.taken) for offer in made.offers] == [
        ("allowance", True, False),
        ("alone", True, False),
    ]
    picked = plan(read, EmptyLedger(), picks=[Pick("居民", 2, "alone")])
    assert [draft.fields["tag"] for draft in drafts(picked)] == ["alone"]
    every = plan(read, EmptyLedger(), from_remarks=True)
    assert [draft.fields["tag"] for draft in drafts(every)] == ["allowance", "alone"]


def test_what_only_named_persons_may_know_is_never_taken_silently() -> None:
    read = register(rows(("社区矫正人员", ""), ("", "信访人员")))
    made = plan(read, EmptyLedger(), from_remarks=True)
    assert drafts(made) == []
    assert [(offer.tag, offer.named) for offer in made.offers] == [("correction", True), ("petition", True)]
    (draft,) = drafts(plan(read, EmptyLedger(), picks=[Pick("居民", 2, "correction")]))
    assert draft.place == DESK
    assert set(draft.fields) == {"household", "resident", "tag"}


def test_a_tag_that_is_known_is_not_made_again() -> None:
    ledger = MemoryLedger()
    ledger.save(plan(register(rows(("低保", ""))), ledger).drafts())
    assert len(ledger.all("care_tag")) == 1
    # Another file of the same people, and the same one again.
    other = [*rows(("低保，独居", "")), [*person("3-509", "某戊"), ""]]
    ledger.save(plan(register(other), ledger).drafts())
    ledger.save(plan(register(rows(("低保", ""))), ledger).drafts())
    assert sorted(str(one["tag"]) for one in ledger.all("care_tag").values()) == ["allowance", "alone"]


@pytest.mark.parametrize(
    ("remark", "found"),
    [
        ("残疾二级", ("disabled",)),
        ("不是低保", ()),
        ("无残疾", ()),
        ("听力弱", ()),
        ("高龄独居老人，有慢性病", ("aged", "alone", "chronic_illness")),
        ("党员", ("party",)),
    ],
)
def test_words_in_a_remark(remark: str, found: tuple[str, ...]) -> None:
    assert in_remark(remark) == found
