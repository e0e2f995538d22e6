"""What waited gets its place in the order when it is accepted, and stays its author's."""

from msgspec.structs import replace

from gridclient.core.domain import ids
from gridclient.core.merge.change import Change, content_hash
from gridclient.core.wire.messages import Answer
from sync_server.service.intake import RECOVERED, Intake
from sync_server.service.session import stand
from sync_server.store.rows import Held, Logged
from tests.server.town import DAY, Laptop, Settled, assert_digests


def held(settled: Settled, change: Change) -> Held:
    with settled.town.service.store.read() as snapshot:
        (found,) = snapshot.records.held([change.id])
    return found


def accept(settled: Settled, *waiting: Held) -> list[Answer]:
    service = settled.town.service
    with service.writing() as transaction:
        device = transaction.accounts.device(settled.supervisor.device)
        assert device is not None
        commons = service.commons(transaction.records)
        role = commons.role(device.worker)
        assert role is not None
        intake = Intake(transaction.records, stand(device, role, commons, service.clock()), service.clock())
        return [intake.accept_waiting(one) for one in waiting]


def logged(settled: Settled, seq: int) -> Logged:
    with settled.town.service.store.read() as snapshot:
        (found,) = snapshot.records.log(seq - 1, 1)
    return found


def hold(laptop: Laptop, *changes: Change) -> None:
    assert {one.status for one in laptop.push(*changes)} == {"held"}


def test_it_is_its_authors_and_its_devices(settled: Settled) -> None:
    visit = settled.visit(settled.worker, settled.other)
    hold(settled.worker, visit)
    head = settled.supervisor.hello().checkpoint.seq
    (answer,) = accept(settled, held(settled, visit))
    assert answer == Answer(visit.id, "accepted", head + 1)
    entry = logged(settled, answer.seq)
    assert (entry.id, entry.author, entry.device) == (visit.id, settled.worker.worker, settled.worker.device)
    assert settled.supervisor.everything()[visit.id][2][1] == settled.worker.worker
    assert_digests(settled.supervisor)
    (again,) = accept(settled, held(settled, visit))
    assert (again.status, again.seq) == ("duplicate", answer.seq)
    assert settled.supervisor.hello().checkpoint.seq == answer.seq


def test_several_of_one_record_are_folded_one_after_another(settled: Settled) -> None:
    worker = settled.worker
    resident = settled.resident(worker, settled.other, "李萍")
    first = worker.change("resident", {"remark": "一"}, place=settled.other, record=resident.id)
    second = worker.change(
        "resident", {"remark": "二"}, place=settled.other, record=resident.id, seen=(first.id,)
    )
    hold(worker, resident, first, second)
    answers = accept(settled, *[held(settled, one) for one in (resident, first, second)])
    assert [one.status for one in answers] == ["accepted"] * 3
    assert "二" in settled.supervisor.everything()[resident.id][2]
    assert_digests(settled.supervisor)


def test_a_clock_ahead_is_pulled_back_and_said(settled: Settled) -> None:
    visit = replace(settled.visit(settled.worker, settled.other), at=settled.town.clock() + 90 * DAY)
    hold(settled.worker, visit)
    (answer,) = accept(settled, held(settled, visit))
    assert answer.at == settled.town.clock()
    assert logged(settled, answer.seq).change != b""
    assert settled.supervisor.everything()[visit.id][2][2] == answer.at


def test_what_cannot_have_a_place_gets_none(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    record = ids.named("one row of one register")
    elsewhere = worker.change("resident", {"name": "李萍"}, place=settled.other, record=record)
    hold(worker, elsewhere)
    supervisor.save("resident", {"household": b"h" * 16, "name": "李平"}, place=settled.mine, record=record)
    head = supervisor.hello().checkpoint
    visit = settled.visit(worker, settled.other)
    hold(worker, visit)
    emptied = held(settled, visit)._replace(hash=b"x" * 32)
    answers = accept(settled, held(settled, elsewhere), emptied)
    assert [(one.status, one.reason) for one in answers] == [
        ("quarantined", "place"),
        ("quarantined", "erased"),
    ]
    assert supervisor.hello().checkpoint == head


def test_a_creation_whose_id_was_taken_meanwhile_gets_another(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    record = ids.named("one row of one register")
    said: dict[str, object] = {"household": b"h" * 16, "name": "李萍"}
    mine = replace(worker.change("resident", said, place=settled.other), id=record, record=record)
    hold(worker, mine)
    theirs = supervisor.change("resident", {**said, "name": "李平"}, place=settled.other)
    supervisor.push(replace(theirs, id=record, record=record))
    (answer,) = accept(settled, held(settled, mine))
    renamed = ids.named("renamed", record.hex(), content_hash(mine).hex())
    assert (answer.status, answer.renamed) == ("accepted_conflict", renamed)
    assert logged(settled, answer.seq).id == renamed
    assert_digests(supervisor)


def test_a_copy_is_nobodys_own_work(settled: Settled) -> None:
    visit = settled.visit(settled.worker, settled.other)
    hold(settled.worker, visit)
    (answer,) = accept(settled, held(settled, visit)._replace(reason="recovered"))
    assert logged(settled, answer.seq).device == RECOVERED
