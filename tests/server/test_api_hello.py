"""Who is here again: nonces that count, copied ledgers, restored servers, what a laptop says of itself."""

from dataclasses import replace as twin
from typing import Any

import pytest
from msgspec.structs import replace

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.wire import sealing
from gridclient.core.wire.messages import Checkpoint, RefusedError
from sync_server.service import nonces, staffing
from sync_server.store.rows import Device, Head
from tests.server.town import Laptop, Settled

pytestmark = pytest.mark.parametrize("town", ["service", "http"], indirect=True)


def device(settled: Settled, laptop: Laptop) -> Device:
    with settled.town.service.store.read() as snapshot:
        found = snapshot.accounts.device(laptop.device)
    assert found is not None
    return found


def turn_back(settled: Settled, old: Device) -> None:
    """What a server restored from an older copy knows of a laptop, under the history it has then."""
    with settled.town.service.writing() as transaction:
        transaction.accounts.put_device(old)
        head = transaction.records.head()
        transaction.records.advance(Head(b"restored" * 2, head.seq, head.chain))


def refused(laptop: Laptop, **said: Any) -> str:
    with pytest.raises(RefusedError) as found:
        laptop.api.hello(replace(laptop.greeting(), **said))
    return found.value.code


def anew(settled: Settled, laptop: Laptop) -> Laptop:
    """The same person's ledger, let in anew under another id."""
    town = settled.town
    asked = replace(town.enrolment(town.code(laptop.worker)), previous=laptop.device)
    token = town.service.enrol(asked).token
    return twin(laptop, device=asked.device, token=token, api=town.connect(token), nonce=b"")


def test_every_nonce_counts(settled: Settled) -> None:
    worker = settled.worker
    with settled.town.service.store.read() as snapshot:
        community = snapshot.accounts.community()
    assert community is not None
    turns = [nonces.turn_of(community.sign_key, worker.device, worker.hello().nonce) for _ in range(3)]
    assert turns == [1, 2, 3]
    assert nonces.turn_of(community.sign_key, settled.supervisor.device, worker.nonce) is None
    assert nonces.turn_of(b"k" * 32, worker.device, worker.nonce) is None
    assert nonces.turn_of(community.sign_key, worker.device, worker.nonce + b"x") is None


def test_the_nonce_before_the_last_is_good_until_the_last_was_presented(settled: Settled) -> None:
    worker = settled.worker
    before = worker.hello().nonce
    worker.hello()
    worker.nonce = before
    last = worker.hello().nonce
    worker.hello()
    worker.nonce = last
    worker.hello()
    worker.nonce = before
    assert refused(worker) == "clone"


def test_two_copies_of_one_ledger_are_found_out(settled: Settled) -> None:
    worker = settled.worker
    worker.hello()
    copy = twin(worker)
    worker.hello()
    copy.hello()  # as good as a lost answer, so far
    assert refused(worker) == "clone"
    assert refused(copy) == "clone"


def test_a_nonce_nobody_gave_is_a_copys(settled: Settled) -> None:
    settled.worker.hello()
    assert refused(settled.worker, nonce=b"n" * 16) == "clone"


def test_a_server_that_was_restored_goes_on_where_the_laptop_is(settled: Settled) -> None:
    worker = settled.worker
    worker.hello()
    old = device(settled, worker)
    for _ in range(4):
        worker.hello()
    turn_back(settled, old)
    assert not device(settled, worker).cloned
    worker.hello()
    assert device(settled, worker).turn == 6
    stale = worker.nonce
    worker.hello()
    worker.hello()
    worker.nonce = stale
    assert refused(worker) == "clone"


def test_a_server_restored_to_before_the_first_hello_knows_its_laptop(settled: Settled) -> None:
    worker = settled.worker
    old = device(settled, worker)
    worker.hello()
    worker.hello()
    turn_back(settled, old)
    assert worker.hello().worker == worker.worker


def test_the_newest_point_both_have_passed_is_said_at_the_history_of_now(settled: Settled) -> None:
    worker = settled.worker
    first = worker.hello().checkpoint
    worker.push(settled.visit(worker, settled.mine))
    second = worker.hello().checkpoint
    lost = Checkpoint(second.history, second.seq + 5, b"c" * 32)
    turn_back(settled, device(settled, worker))
    assert worker.hello(second).common is None
    earlier = [lost, second, first]
    answer = worker.api.hello(replace(worker.greeting(lost), earlier=earlier))
    worker.nonce = answer.nonce
    assert not answer.known
    assert answer.common == Checkpoint(answer.checkpoint.history, second.seq, second.chain)
    assert answer.common.history != second.history
    wrong = [replace(second, chain=b"c" * 32), lost]
    answer = worker.api.hello(replace(worker.greeting(lost), earlier=wrong))
    worker.nonce = answer.nonce
    assert answer.common is None
    known = worker.api.hello(replace(worker.greeting(answer.checkpoint), earlier=earlier))
    assert (known.known, known.common) == (
        True,
        Checkpoint(answer.checkpoint.history, second.seq, second.chain),
    )


def test_another_computer_is_a_copy(settled: Settled) -> None:
    worker = settled.worker
    for machine in (b"", b"m" * 32, b"", b"m" * 32):
        worker.nonce = worker.api.hello(replace(worker.greeting(), machine=machine)).nonce
    assert refused(worker, machine=b"o" * 32) == "clone"
    assert device(settled, worker).machine == b"m" * 32
    assert refused(worker, machine=b"m" * 32) == "clone"


def test_what_a_laptop_says_of_itself_is_kept_whatever_it_is_answered(settled: Settled) -> None:
    worker, now = settled.worker, settled.town.clock()
    said = {"pending": 7, "held": 2, "quarantined": 1, "oldest_pending": now - 5000, "now": now + 400_000}
    worker.nonce = worker.api.hello(replace(worker.greeting(), dictionary=3, **said)).nonce
    kept = device(settled, worker)
    assert (kept.pending, kept.held, kept.quarantined, kept.oldest) == (7, 2, 1, now - 5000)
    assert (kept.skew, kept.program) == (400_000, "1-1/3")
    assert refused(worker, oldest=0, newest=0, pending=8) == "version"
    assert (device(settled, worker).pending, device(settled, worker).cloned) == (8, False)
    worker.hello()
    assert refused(worker, nonce=b"n" * 16, pending=9) == "clone"
    assert device(settled, worker).pending == 9


def test_the_desk_alone_is_given_the_key_that_opens_packs(settled: Settled) -> None:
    office = settled.town.join("卓玛", Role.OFFICE)
    asked = settled.town.enrolment(settled.town.code(office.worker))
    public = settled.town.service.enrol(asked).seal_key
    for laptop in (settled.supervisor, office):
        assert sealing.public_of(laptop.hello().desk_key) == public
    assert settled.worker.hello().desk_key == b""


def test_a_copy_let_in_anew_is_a_laptop_of_its_own(settled: Settled) -> None:
    worker = settled.worker
    worker.push(settled.visit(worker, settled.mine))
    worker.hello()
    assert refused(worker, nonce=b"n" * 16) == "clone"
    fresh = anew(settled, worker)
    assert fresh.hello().places == [*(settled.supervisor.hello().places or [])[:2]]
    assert device(settled, fresh).parent == worker.device
    assert refused(worker) == "clone"
    # What it wrote under its old id is its own work still.
    old = settled.visit(worker, settled.mine)
    fresh.number = worker.number
    new = settled.visit(fresh, settled.mine)
    assert [one.status for one in fresh.push(old, new)] == ["accepted", "accepted"]
    second = settled.town.join("拉毛", grids=("一网格",))
    foreign = replace(settled.visit(second, settled.mine), author=worker.worker)
    assert [one.reason for one in fresh.push(foreign)] == ["device"]


def test_what_is_decided_on_its_old_work_is_told_to_the_laptop_let_in_anew(settled: Settled) -> None:
    worker = settled.worker
    outside = settled.visit(worker, settled.other)
    worker.push(outside)
    fresh = anew(settled, anew(settled, worker))
    with settled.town.service.store.read() as snapshot:
        (held,) = snapshot.records.held([outside.id])
    with settled.town.service.writing() as transaction:
        transaction.records.decide(held.id, held.hash, "declined", settled.town.clock(), "写错楼了")
    settled.town.clock.now += 1
    told = [(one.change, one.reason, one.words) for one in fresh.hello().verdicts]
    assert told == [(outside.id, "declined", "写错楼了")]
    settled.town.clock.now += 1
    assert fresh.hello().verdicts == []
    assert worker.hello().verdicts == []


def test_nobody_descends_from_somebody_elses_laptop(settled: Settled) -> None:
    town = settled.town
    asked = town.enrolment(town.code(settled.worker.worker))
    for previous, code in (
        (settled.supervisor.device, "unknown_device"),
        (asked.device, None),
        (b"short", "malformed"),
    ):
        if code is not None:
            with pytest.raises(RefusedError) as found:
                town.service.enrol(replace(asked, previous=previous))
            assert found.value.code == code
    # A server restored to before that laptop was let in does not know it; the laptop has to come in somehow.
    unknown = replace(asked, previous=ids.named("a laptop this server has forgotten"))
    assert town.service.enrol(unknown).worker == settled.worker.worker


def test_revoking_a_laptop_shuts_out_what_it_became(settled: Settled) -> None:
    worker = settled.worker
    worker.push(settled.visit(worker, settled.mine))
    child = anew(settled, worker)
    grandchild = anew(settled, child)
    other = settled.town.enrol(worker.worker)
    staffing.revoke(settled.town.service, ids.text(child.device))
    for laptop in (child, grandchild):
        assert refused(laptop) == "revoked"
    worker.hello()
    other.hello()


def test_a_program_too_old_receives_nothing_and_may_still_hand_in(settled: Settled) -> None:
    worker = settled.worker
    worker.hello()
    assert refused(worker, oldest=0, newest=0) == "version"
    assert [one.status for one in worker.push(settled.visit(worker, settled.mine))] == ["accepted"]
    with pytest.raises(RefusedError) as found:
        list(worker.api.pull(0, [settled.mine]))
    assert found.value.code == "version"
    worker.hello()  # updated
    assert list(worker.api.pull(0, [settled.mine]))
