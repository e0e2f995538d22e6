"""Deciding on what waits: whose it is, what it becomes, who hears of it."""

import pytest
from msgspec.structs import replace

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import Answer, Decision, RefusedError
from sync_server.service.erasing import empty_change
from tests.server.consistency import assert_consistent
from tests.server.test_audit import entries
from tests.server.town import Laptop, Settled

both = pytest.mark.parametrize("town", ["service", "http", "postgres"], indirect=True)


def held(settled: Settled, *changes: Change) -> list[Decision]:
    """What waits of these, as decisions to accept them all."""
    waiting = {one.change.id: one for one in settled.supervisor.api.waiting()}
    return [Decision(one.id, waiting[one.id].hash, True) for one in changes]


def decide(laptop: Laptop, *decisions: Decision) -> list[Answer]:
    return laptop.api.decide(decisions).answers


def by_change(answers: list[Answer]) -> dict[bytes, Answer]:
    return {answer.change: answer for answer in answers}


@both
def test_what_is_accepted_gets_its_place_as_its_authors(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    outside = settled.visit(worker, settled.other)
    worker.push(outside)
    before = supervisor.hello().checkpoint.seq
    settled.town.clock.now += 5000
    (answer,) = decide(supervisor, *held(settled, outside))
    assert answer == Answer(outside.id, "accepted", before + 1)
    kind, place, row = supervisor.everything()[outside.id]
    assert (kind, place, row[1], row[2]) == ("visit", settled.other, worker.worker, outside.at)
    assert supervisor.api.waiting() == []
    assert worker.hello().verdicts == [Answer(outside.id, "accepted", before + 1)]
    assert worker.push(outside)[0] == Answer(outside.id, "duplicate", before + 1)
    assert_consistent(settled.town.service.store)


@both
def test_what_is_declined_is_kept_with_the_reason(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    outside = settled.visit(worker, settled.other)
    worker.push(outside)
    (decision,) = held(settled, outside)
    declined = Answer(outside.id, "held", reason="declined", words="那栋楼归拉毛")
    assert decide(supervisor, replace(decision, accept=False, note="那栋楼归拉毛")) == [declined]
    assert supervisor.api.waiting() == []
    assert worker.hello().verdicts == [declined]
    assert outside.id not in supervisor.everything()
    with settled.town.service.store.read() as snapshot:
        (kept,) = snapshot.records.held([outside.id])
    assert (kept.verdict, kept.note) == ("declined", "那栋楼归拉毛")


@both
def test_only_the_supervisor_decides(settled: Settled) -> None:
    outside = settled.visit(settled.worker, settled.other)
    settled.worker.push(outside)
    decisions = held(settled, outside)
    office = settled.town.join("卓玛", Role.OFFICE)
    for laptop in (settled.worker, office):
        with pytest.raises(RefusedError) as refused:
            laptop.api.decide(decisions)
        assert refused.value.code == "scope"
    copied = settled.town.enrol(settled.supervisor.worker)
    with settled.town.service.writing() as transaction:
        device = transaction.accounts.device(copied.device)
        assert device is not None
        transaction.accounts.put_device(device._replace(cloned=True))
    with pytest.raises(RefusedError):
        copied.api.decide(decisions)
    assert [one.change.id for one in settled.supervisor.api.waiting()] == [outside.id]


def test_a_verdict_is_told_until_it_was_heard(settled: Settled) -> None:
    worker = settled.worker
    outside = settled.visit(worker, settled.other)
    worker.push(outside)
    worker.hello()
    # In the same instant as the hello, so that no clock can tell which was first.
    (answer,) = decide(settled.supervisor, *held(settled, outside))
    greeting = worker.greeting()
    assert worker.api.hello(greeting).verdicts == [answer]  # and this answer is lost
    told = worker.api.hello(greeting)
    assert told.verdicts == [answer]
    worker.nonce = told.nonce
    settled.town.clock.now += 10
    assert worker.hello().verdicts in ([], [answer])
    settled.town.clock.now += 10
    assert worker.hello().verdicts in ([], [answer])
    settled.town.clock.now += 10
    assert worker.hello().verdicts == []


def test_a_verdict_is_told_though_the_clock_was_set_back(settled: Settled) -> None:
    worker = settled.worker
    outside = settled.visit(worker, settled.other)
    worker.push(outside)
    worker.hello()
    settled.town.clock.now -= 3_600_000
    (answer,) = decide(settled.supervisor, *held(settled, outside))
    assert worker.hello().verdicts == [answer]


def test_a_verdict_is_told_though_the_clock_was_wrong_when_it_fell(settled: Settled) -> None:
    worker = settled.worker
    outside = settled.visit(worker, settled.other)
    worker.push(outside)
    worker.hello()
    settled.town.clock.now -= 3_600_000
    (answer,) = decide(settled.supervisor, *held(settled, outside))
    settled.town.clock.now += 3_660_000
    assert worker.hello().verdicts == [answer]


def test_what_was_emptied_while_it_waited_is_not_kept_anywhere(settled: Settled) -> None:
    worker = settled.worker
    outside = settled.visit(worker, settled.other)
    worker.push(outside)
    decisions = held(settled, outside)
    with settled.town.service.writing() as transaction:
        (one,) = transaction.records.held([outside.id])
        transaction.records.empty_held([(one.id, one.hash, empty_change(one.change))])
    (answer,) = decide(settled.supervisor, *decisions)
    assert (answer.status, answer.reason) == ("quarantined", "erased")
    with settled.town.service.store.read() as snapshot:
        assert snapshot.records.quarantined(10) == []
    assert settled.supervisor.api.waiting() == []


def test_a_clock_that_ran_ahead_is_pulled_back_and_said(settled: Settled) -> None:
    worker = settled.worker
    outside = replace(settled.visit(worker, settled.other), at=settled.town.clock.now + 3_600_000)
    worker.push(outside)
    worker.hello()
    (answer,) = decide(settled.supervisor, *held(settled, outside))
    _, _, row = settled.supervisor.everything()[outside.id]
    assert row[2] == answer.at < outside.at
    assert worker.hello().verdicts == [answer]


def test_the_first_decision_stands(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    one, other = (settled.visit(worker, settled.other) for _ in range(2))
    worker.push(one, other)
    accept, decline = held(settled, one, other)
    decline = replace(decline, accept=False, note="不对")
    first = decide(supervisor, accept, decline)
    head = supervisor.hello().checkpoint
    again = decide(supervisor, replace(accept, accept=False, note="又不要了"), replace(decline, accept=True))
    assert again == first
    assert decide(supervisor, accept, accept, decline) == [first[0], first[0], first[1]]
    assert supervisor.hello().checkpoint == head
    assert by_change(worker.hello().verdicts) == by_change(first)


def test_what_does_not_wait_is_said_to_be_unknown(settled: Settled) -> None:
    outside = settled.visit(settled.worker, settled.other)
    settled.worker.push(outside)
    (good,) = held(settled, outside)
    unknown = [replace(good, change=ids.named("never")), replace(good, hash=b"h" * 32)]
    answers = decide(settled.supervisor, *unknown, good)
    assert [(one.status, one.reason) for one in answers] == [
        ("quarantined", "unknown"),
        ("quarantined", "unknown"),
        ("accepted", ""),
    ]
    assert answers[0].words


def test_what_arrived_otherwise_meanwhile_is_not_taken_twice(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    record = ids.named("one row of one register")
    said: dict[str, object] = {"household": b"h" * 16, "name": "李萍"}
    mine = replace(worker.change("resident", said, place=settled.other, record=record), id=record)
    theirs = replace(supervisor.change("resident", said, place=settled.other, record=record), id=record)
    worker.push(mine)
    decisions = held(settled, mine)
    (arrived,) = supervisor.push(theirs)
    assert arrived.status == "accepted"  # whoever may write it does not wait because another had to
    other = settled.town.join("拉毛")
    copy = replace(other.change("resident", said, place=settled.other, record=record), id=record)
    assert other.push(copy)[0].status == "duplicate"
    head = supervisor.hello().checkpoint
    assert decide(supervisor, *decisions) == [Answer(record, "duplicate", arrived.seq)]
    assert supervisor.hello().checkpoint.seq == head.seq + 1  # the entry in the audit
    assert [(one.status, one.seq) for one in worker.hello().verdicts] == [("accepted", arrived.seq)]
    assert supervisor.api.waiting() == []


def test_a_creation_whose_id_was_taken_meanwhile_is_told_its_new_one(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    record = ids.named("the same row of two registers")
    said: dict[str, object] = {"household": b"h" * 16, "name": "李萍"}
    mine = replace(worker.change("resident", said, place=settled.other, record=record), id=record)
    theirs = supervisor.change("resident", {**said, "name": "李平"}, place=settled.other, record=record)
    worker.push(mine)
    decisions = held(settled, mine)
    supervisor.push(replace(theirs, id=record))
    (answer,) = decide(supervisor, *decisions)
    assert answer.renamed not in (None, record)
    (told,) = worker.hello().verdicts
    assert (told.change, told.status, told.seq, told.renamed) == (
        *(record, "accepted", answer.seq),
        answer.renamed,
    )
    assert_consistent(settled.town.service.store)


@pytest.mark.parametrize("clash", ["kind", "place"])
def test_what_contradicts_its_record_by_now_is_put_aside_with_words(settled: Settled, clash: str) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    visit = settled.visit(worker, settled.other)
    worker.push(visit)
    decisions = held(settled, visit)
    if clash == "kind":
        other = settled.resident(supervisor, settled.other, "李萍")
    else:
        other = settled.visit(supervisor, settled.mine)
    supervisor.push(replace(other, id=supervisor.town.new_id(), record=visit.id))
    (answer,) = decide(supervisor, *decisions)
    assert (answer.status, answer.reason) == ("quarantined", clash)
    assert answer.words
    with settled.town.service.store.read() as snapshot:
        (aside,) = snapshot.records.quarantined(10)
    assert (aside.id, aside.device, aside.author) == (visit.id, worker.device, worker.worker)
    assert (aside.reason, aside.words) == (clash, answer.words)
    (told,) = worker.hello().verdicts
    assert (told.status, told.words) == ("quarantined", answer.words)
    assert supervisor.api.waiting() == []
    assert decide(supervisor, *decisions)[0].status == "quarantined"
    assert_consistent(settled.town.service.store)


def test_a_thousand_are_decided_at_once_and_noted_as_one_act(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    changes = [settled.visit(worker, settled.other, summary=f"{n}") for n in range(1000)]
    worker.push(*changes)
    decisions = held(settled, *changes)
    decisions[::2] = [replace(one, accept=False, note="不归你") for one in decisions[::2]]
    answers = decide(supervisor, *decisions)
    assert [one.change for one in answers] == [one.id for one in changes]
    assert [one.status for one in answers] == ["held", "accepted"] * 500
    assert by_change(worker.hello().verdicts) == by_change(answers)
    noted = [one for one in entries(supervisor) if one["action"] == "decide"]
    assert {(one["count"], one["purpose"], one["author"]) for one in noted} == {
        (500, "收下", supervisor.worker),
        (500, "不收", supervisor.worker),
    }
    with pytest.raises(RefusedError) as refused:
        supervisor.api.decide(decisions * 11)
    assert refused.value.code == "too_large"


def test_a_long_note_is_cut(settled: Settled) -> None:
    outside = settled.visit(settled.worker, settled.other)
    settled.worker.push(outside)
    (decision,) = held(settled, outside)
    (answer,) = decide(settled.supervisor, replace(decision, accept=False, note="长" * 5000))
    assert answer.words == "长" * 500


def test_accepting_what_makes_a_worker_a_supervisor_is_the_supervisors_word(settled: Settled) -> None:
    worker = settled.worker
    known = worker.everything()[worker.worker]
    assert dict(zip(KINDS["worker"].fields, known[2][5:], strict=False))["role"] == "worker"
    said = worker.change("worker", {"role": "supervisor"}, record=worker.worker, seen=(worker.worker,))
    worker.push(said)
    assert worker.hello().role == "worker"
    decide(settled.supervisor, *held(settled, said))
    assert worker.hello().role == "supervisor"
