"""What was done can be taken back, as long as nobody has spoken since."""

from typing import Any

from gridclient.core.domain import ids
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from gridclient.operations.dump import dump
from gridclient.operations.record_visit import MatterNote, VisitNote, record_visit
from gridclient.operations.undo import last_batch, undo, undo_batch

BUILDING = ids.named("building")
DWELLING, HOUSEHOLD, RESIDENT = ids.named("dwelling"), ids.named("household"), ids.named("resident")
BATCH = ids.named("batch")


def register(name: str = "赵世昌") -> list[Draft]:
    return [
        Draft("building", BUILDING, COMMONS, {"compound": ids.named("c"), "number": "12"}, new=True),
        Draft(
            "dwelling",
            DWELLING,
            BUILDING,
            {"building": BUILDING, "unit": "3", "floor": 5, "room": "502"},
            new=True,
        ),
        Draft("household", HOUSEHOLD, BUILDING, {"dwelling": DWELLING}, new=True),
        Draft(
            "resident",
            RESIDENT,
            BUILDING,
            {"household": HOUSEHOLD, "name": name, "phones": [["13900000001"], []]},
            new=True,
        ),
    ]


def live(ledger: Ledger, kind: str) -> list[dict[str, Any]]:
    return list(dump(ledger, kind))


def edit(ledger: Ledger, **fields: object) -> bytes:
    return ledger.write([Draft("resident", RESIDENT, BUILDING, dict(fields))]).changes[0]


def test_an_edit_taken_back_shows_what_was_there(ledger: Ledger) -> None:
    ledger.write(register())
    change = edit(ledger, name="赵仕昌", phones=[["13900000002"], ["13900000001"]])
    undo(ledger, [change])
    fields = live(ledger, "resident")[0]["fields"]
    assert (fields["name"], fields["phones"]) == ("赵世昌", ["13900000001"])


def test_an_edit_somebody_built_on_is_left_alone(ledger: Ledger) -> None:
    ledger.write(register())
    change = edit(ledger, name="赵仕昌")
    edit(ledger, name="赵士昌")
    assert undo(ledger, [change]).left == [("resident", RESIDENT)]
    assert live(ledger, "resident")[0]["fields"]["name"] == "赵士昌"


def test_a_visit_taken_back_takes_its_matters_along(ledger: Ledger) -> None:
    ledger.write(register())
    note = VisitNote(
        HOUSEHOLD, DWELLING, "1", matters=(MatterNote("就餐卡", "B6", "escalate"),), card_version="3"
    )
    touched = record_visit(ledger, note)
    assert [len(live(ledger, kind)) for kind in ("visit", "matter", "matter_step", "card_issue")] == [1] * 4
    assert live(ledger, "matter")[0]["fields"]["status"] == "handling"
    undo(ledger, touched.changes)
    assert [live(ledger, kind) for kind in ("visit", "matter", "matter_step", "card_issue")] == [[]] * 4


def test_a_batch_goes_back_whole_but_for_what_was_touched_and_can_come_again(ledger: Ledger) -> None:
    ledger.write(register(), batch=BATCH)
    edit(ledger, remark="听力弱")
    assert last_batch(ledger) == BATCH
    undone = undo_batch(ledger, BATCH)
    assert undone.left == [("resident", RESIDENT)]
    assert live(ledger, "household") == []
    assert len(live(ledger, "resident")) == 1
    ledger.write(register(), batch=ids.named("again"))
    assert len(live(ledger, "household")) == 1
    assert live(ledger, "household")[0]["conflicts"] == {}


def test_a_set_edit_taken_back_leaves_what_was_there_before_it(ledger: Ledger) -> None:
    ledger.write(register())
    added = edit(ledger, phones=[["13900000001", "13900000002"], []])
    undo(ledger, [added])
    assert live(ledger, "resident")[0]["fields"]["phones"] == ["13900000001"]
    removed = edit(ledger, phones=[[], ["13900000009"]])
    undo(ledger, [removed])
    assert live(ledger, "resident")[0]["fields"]["phones"] == ["13900000001"]
