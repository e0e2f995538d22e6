"""What the community has not taken: in sight with its reason, sent again, taken along, let be."""

import json
from pathlib import Path

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.core.wire.messages import Answer, Frame, Section
from gridclient.ledger import answering, erasing, receiving, records
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched
from gridclient.operations.drop_copies import drop_copies
from gridclient.operations.dump import dump
from gridclient.operations.held_work import dismiss, held_work, resend, take_along

PLACE = ids.parse("019f0000-0000-7000-8000-000000000001")


def resident(ledger: Ledger, **more: object) -> Id:
    record = ledger.new_id()
    fields = {"household": ids.named("h"), "name": "赵世昌", **more}
    ledger.write([Draft("resident", record, PLACE, fields, new=True)])
    return record


def answer(ledger: Ledger, change: Id, status: str, reason: str, words: str = "理由") -> None:
    with ledger.writing() as connection:
        given = Answer(change, status, reason=reason, words=words)  # type: ignore[arg-type]
        answering.settle(connection, [given], Touched())


def remark_of(ledger: Ledger, record: Id) -> object:
    shown = {str(one["record"]): one for one in dump(ledger)}
    fields = shown[ids.text(record)]["fields"]
    return fields.get("remark") if isinstance(fields, dict) else None


def state(ledger: Ledger, change: Id) -> object:
    with ledger.reading() as connection:
        return connection.exec_driver_sql("SELECT state FROM change WHERE id = ?", (change,)).scalar_one()


def test_each_is_listed_with_its_reason_and_age_and_sent_again(ledger: Ledger) -> None:
    one, two = resident(ledger), resident(ledger)
    answer(ledger, one, "held", "scope", "不在你的网格里")
    answer(ledger, two, "quarantined", "malformed", "看不懂")
    found = held_work(ledger)
    assert [(item.change, item.state, item.reason, item.words, item.days) for item in found] == [
        (one, "held", "scope", "不在你的网格里", 0),
        (two, "quarantined", "malformed", "看不懂", 0),
    ]
    waiting, superseded, _ = resend(ledger, {one, two})
    assert (waiting, superseded, ledger.unsent().pending, held_work(ledger)) == (2, 0, 2, [])
    with pytest.raises(KnownError):
        resend(ledger, {one})


def test_what_was_corrected_since_is_not_sent_as_it_was(ledger: Ledger) -> None:
    person = resident(ledger)
    answer(ledger, person, "accepted", "")
    ledger.write([Draft("resident", person, PLACE, {"remark": "太长了"})])
    (wrong,) = ledger.pending_changes(0, 1)
    answer(ledger, wrong.id, "quarantined", "too_large")
    ledger.write([Draft("resident", person, PLACE, {"remark": "短"})])
    waiting, superseded, _ = resend(ledger, {wrong.id})
    assert (waiting, superseded, state(ledger, wrong.id)) == (0, 1, "superseded")
    assert remark_of(ledger, person) == "短"
    # The record itself goes out with the correction in it: the server has none of it.
    other = resident(ledger, remark="太长了")
    answer(ledger, other, "quarantined", "too_large")
    ledger.write([Draft("resident", other, PLACE, {"remark": "短"})])
    assert resend(ledger, {other})[:2] == (1, 0)
    (sent,) = [change for change in ledger.pending_changes(0, 10) if change.id == other]
    assert sent.fields["remark"] == "短"
    assert sent.fields["name"] == "赵世昌"


def test_what_was_declined_stays_with_its_note_until_its_author_lets_it_be(ledger: Ledger) -> None:
    person = resident(ledger)
    answer(ledger, person, "held", "scope")
    with pytest.raises(KnownError):
        dismiss(ledger, {person})  # it is with the supervisor
    answer(ledger, person, "held", "declined", "这户已经登记过了")
    (item,) = held_work(ledger)
    assert (item.state, item.words, ledger.unsent().held) == ("declined", "这户已经登记过了", 1)
    assert ledger.unsent().declined == 1
    assert ids.text(person) in {one["record"] for one in dump(ledger)}
    assert dismiss(ledger, {person})[0] == 1
    assert ids.text(person) not in {one["record"] for one in dump(ledger)}
    assert (held_work(ledger), state(ledger, person)) == ([], "dismissed")
    answer(ledger, person, "held", "declined", "再说一遍")
    assert state(ledger, person) == "dismissed"
    answer(ledger, person, "accepted", "")
    assert ids.text(person) in {one["record"] for one in dump(ledger)}


def test_what_a_server_has_taken_is_never_anything_less_again(ledger: Ledger) -> None:
    person = resident(ledger)
    answer(ledger, person, "accepted", "")
    answer(ledger, person, "held", "clone")
    assert state(ledger, person) == "done"


def test_it_can_be_taken_along_as_lines(ledger: Ledger, tmp_path: Path) -> None:
    person = resident(ledger, phones=[["13900000001"], []])
    answer(ledger, person, "held", "scope", "不在你的网格里")
    assert take_along(ledger, tmp_path / "held.jsonl") == 1
    said = json.loads((tmp_path / "held.jsonl").read_text("utf-8"))
    assert (said["record"], said["words"]) == (ids.text(person), "不在你的网格里")
    assert said["fields"]["phones"] == {"add": ["13900000001"], "remove": []}
    with pytest.raises(KnownError):
        take_along(ledger, tmp_path / "held.jsonl")


def test_what_others_erased_leaves_the_backups_too(ledger: Ledger) -> None:
    person = ids.parse("019f0000-0000-7000-8000-000000000002")

    def receive(name: object, retired: object) -> None:
        row: list[object] = [person, PLACE, 5, None, None, *[None] * 40]
        row = row[: records.width("resident")]
        keys = list(records.columns_of("resident").split(", "))
        row[keys.index("name")], row[keys.index("retired")] = name, retired
        with ledger.writing() as connection:
            frame = Frame(sections=[Section("resident", PLACE, [row])])
            receiving.receive(connection, [frame], fresh=False, touched=Touched())

    receive("赵世昌", None)
    ledger.roll_backup("rolling")
    assert drop_copies(ledger) is None
    receive(None, erasing.ERASED)
    before = ledger.backups()[0].path
    copies = drop_copies(ledger)
    assert copies is not None
    assert (copies.dropped, copies.unread, before.exists()) == (1, 0, False)
    assert len(ledger.backups()) == 1
    receive(None, erasing.ERASED)
    assert drop_copies(ledger) is None
