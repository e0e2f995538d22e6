"""What every `SyncApi` answers: the service itself, the same over HTTP, and over PostgreSQL."""

import pytest
from msgspec.structs import replace

from gridclient.core.domain import ids
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.wire import codec
from gridclient.core.wire.messages import Checkpoint, FillKey, FillOrder, RefusedError
from sync_server.service import staffing
from tests.server.town import DAY, Settled, assert_digests, rows_of

pytestmark = pytest.mark.parametrize("town", ["service", "http", "postgres"], indirect=True)


def test_hello_says_who_and_what(settled: Settled) -> None:
    worker = settled.worker.hello()
    assert (worker.worker, worker.role) == (settled.worker.worker, "worker")
    assert worker.places == [COMMONS, settled.mine]
    assert not worker.known
    assert not worker.agreed
    assert settled.supervisor.hello().places == [COMMONS, settled.mine, settled.other, DESK]


def test_what_is_pushed_is_pulled(settled: Settled) -> None:
    worker = settled.worker
    before = worker.hello().checkpoint
    visit, resident = settled.visit(worker, settled.mine), settled.resident(worker, settled.mine, "李萍")
    answers = worker.push(visit, resident)
    assert [(one.change, one.status, one.seq) for one in answers] == [
        (visit.id, "accepted", before.seq + 1),
        (resident.id, "accepted", before.seq + 2),
    ]
    frames = list(settled.supervisor.api.pull(before.seq, [COMMONS, settled.mine, settled.other]))
    assert [(row[0], row[1], row[2]) for row in rows_of(frames)] == [
        (visit.id, worker.worker, visit.at),
        (resident.id, worker.worker, resident.at),
    ]
    after = worker.hello().checkpoint
    assert (frames[-1].seq, frames[-1].chain) == (after.seq, after.chain)
    assert rows_of(list(settled.supervisor.api.pull(after.seq, [settled.mine]))) == []
    assert_digests(settled.supervisor)


def test_nothing_to_do_is_agreed(settled: Settled) -> None:
    worker = settled.worker
    welcome = worker.hello()
    assert welcome.places is not None
    agreement = codec.digest_of_digests(worker.api.digest(welcome.places))
    settled_now = worker.hello(welcome.checkpoint, agreement)
    assert (settled_now.known, settled_now.agreed, settled_now.places) == (True, True, None)
    settled.supervisor.push(settled.visit(settled.supervisor, settled.other))
    assert worker.hello(welcome.checkpoint, agreement).agreed
    settled.supervisor.push(settled.visit(settled.supervisor, settled.mine))
    late = worker.hello(welcome.checkpoint, agreement)
    assert (late.known, late.agreed) == (True, False)
    assert not worker.hello(late.checkpoint, agreement).agreed
    assert not worker.hello(welcome.checkpoint, b"x" * 16).agreed


def test_a_checkpoint_of_another_history_is_not_known(settled: Settled) -> None:
    here = settled.worker.hello().checkpoint
    assert settled.worker.hello(here).known
    assert not settled.worker.hello(Checkpoint(b"x" * 16, here.seq, here.chain)).known
    assert not settled.worker.hello(Checkpoint(here.history, here.seq - 1, here.chain)).known
    assert not settled.worker.hello(Checkpoint(here.history, here.seq + 1, here.chain)).known


def test_an_assignment_begins_and_ends_by_the_servers_day(settled: Settled) -> None:
    with settled.town.service.store.read() as snapshot:
        grid = staffing.find_grid(settled.town.service.commons(snapshot.records), "二网格")
    fields: dict[str, object] = {
        "worker": settled.worker.worker,
        "grid": grid,
        "since": "2026-12-01",
        "until": "2026-12-31",
    }
    settled.supervisor.save("assignment", fields)
    assert settled.worker.hello().places == [COMMONS, settled.mine]
    settled.town.clock.now += 10 * DAY
    assert settled.worker.hello().places == [COMMONS, settled.mine, settled.other]
    assert settled.worker.push(settled.visit(settled.worker, settled.other))[0].status == "accepted"
    settled.town.clock.now += 31 * DAY
    assert settled.worker.hello().places == [COMMONS, settled.mine]


def test_a_filling_can_be_taken_up_anywhere(settled: Settled) -> None:
    supervisor = settled.supervisor
    changes = [
        settled.resident(supervisor, settled.mine, f"居民{number}", remark="话" * 900)
        for number in range(450)
    ]
    changes += [settled.visit(supervisor, settled.mine, summary="好" * 400) for _ in range(30)]
    assert {one.status for one in supervisor.push(*changes)} == {"accepted"}
    frames = list(supervisor.api.fill([FillOrder(settled.mine)]))
    assert len(frames) > 3
    assert [frame.whole for frame in frames] == [False] * (len(frames) - 1) + [True]
    assert {row[0] for row in rows_of(frames)} == {change.id for change in changes}
    keys = [frame.key for frame in frames]
    assert all(key is not None for key in keys)
    assert keys == sorted(keys, key=lambda key: (key.stage, -key.seq) if key else (0, 0))
    for position, key in enumerate(keys, 1):
        rest = list(supervisor.api.fill([FillOrder(settled.mine, key)]))
        assert rows_of(rest) == rows_of(frames[position:])
        assert rest[-1].whole
    # Kept frames are made smaller when they are wanted again; what they say stays the same.
    for _ in range(3):
        assert list(supervisor.api.fill([FillOrder(settled.mine)])) == frames


def test_stages_come_before_places_and_an_empty_place_is_whole(settled: Settled) -> None:
    supervisor = settled.supervisor
    empty = supervisor.save("building", {"compound": b"c" * 16, "number": "7"})
    for place in (settled.mine, settled.other):
        supervisor.push(settled.visit(supervisor, place), settled.resident(supervisor, place, "李萍"))
    orders = [FillOrder(place) for place in (settled.mine, settled.other, empty)]
    frames = list(supervisor.api.fill(orders))
    assert [(frame.place, frame.key and frame.key.stage, frame.whole) for frame in frames] == [
        (settled.mine, 0, False),
        (settled.other, 0, False),
        (empty, 0, True),
        (settled.mine, 2, True),
        (settled.other, 2, True),
    ]
    assert list(supervisor.api.fill([FillOrder(empty, FillKey(0, 0))]))[-1].whole


def test_a_pull_is_cut_into_frames_with_true_cursors(settled: Settled) -> None:
    supervisor = settled.supervisor
    since = supervisor.hello().checkpoint.seq
    changes = [settled.resident(supervisor, settled.mine, f"居民{n}", remark="话" * 900) for n in range(450)]
    supervisor.push(*changes)
    frames = list(supervisor.api.pull(since, [settled.mine]))
    assert len(frames) > 2
    assert [row[0] for row in rows_of(frames)] == [change.id for change in changes]
    for position, frame in enumerate(frames):
        rest = list(supervisor.api.pull(frame.seq, [settled.mine]))
        assert rows_of(rest) == rows_of(frames[position + 1 :])
    assert frames[-1].chain == supervisor.hello().checkpoint.chain


def test_only_places_one_may_hold_are_sent(settled: Settled) -> None:
    for ask in (
        lambda: list(settled.worker.api.pull(0, [settled.other])),
        lambda: list(settled.worker.api.fill([FillOrder(settled.other)])),
        lambda: settled.worker.api.digest([settled.other]),
        lambda: settled.worker.api.digest([ids.named("no place at all")]),
    ):
        with pytest.raises(RefusedError) as refused:
            ask()
        assert refused.value.code == "scope"


def test_a_lost_answer_to_hello_is_no_clone(settled: Settled) -> None:
    worker = settled.worker
    worker.hello()
    greeting = worker.greeting()
    worker.api.hello(greeting)
    worker.nonce = worker.api.hello(greeting).nonce
    worker.hello()
    worker.hello()


def test_a_copied_ledger_hands_in_and_receives_nothing(settled: Settled) -> None:
    worker = settled.worker
    worker.hello()
    copied = worker.nonce
    worker.hello()
    worker.hello()
    worker.nonce = copied
    with pytest.raises(RefusedError) as refused:
        worker.hello()
    assert refused.value.code == "clone"
    (answer,) = worker.push(settled.visit(worker, settled.mine))
    assert (answer.status, answer.reason) == ("held", "clone")
    with pytest.raises(RefusedError):
        list(worker.api.pull(0, [COMMONS]))
    with pytest.raises(RefusedError):
        list(worker.api.fill([FillOrder(COMMONS)]))


def test_a_ledger_restored_from_a_backup_is_found_out(settled: Settled) -> None:
    worker = settled.worker
    worker.push(settled.visit(worker, settled.mine), settled.visit(worker, settled.mine))
    assert worker.hello().number == 2
    worker.number = 1
    with pytest.raises(RefusedError) as refused:
        worker.hello()
    assert refused.value.code == "clone"


def test_a_revoked_laptop_is_refused_at_once(settled: Settled) -> None:
    worker = settled.worker
    staffing.revoke(settled.town.service, ids.text(worker.device))
    for ask in (
        lambda: worker.hello(),
        lambda: worker.push(settled.visit(worker, settled.mine)),
        lambda: list(worker.api.pull(0, [COMMONS])),
        lambda: list(worker.api.fill([FillOrder(COMMONS)])),
        lambda: worker.api.digest([COMMONS]),
    ):
        with pytest.raises(RefusedError) as refused:
            ask()
        assert refused.value.code == "revoked"


def test_who_is_retired_has_no_way_in(settled: Settled) -> None:
    retired: dict[str, object] = {"retired": "ended", "successor": None}
    worker = settled.worker.worker
    settled.supervisor.save("worker", retired, record=worker, seen=(worker,))
    with pytest.raises(RefusedError) as refused:
        settled.worker.hello()
    assert refused.value.code == "left"


def test_a_program_too_old_is_told_so(settled: Settled) -> None:
    greeting = settled.worker.greeting()
    old = replace(greeting, oldest=0, newest=0)
    with pytest.raises(RefusedError) as refused:
        settled.worker.api.hello(old)
    assert refused.value.code == "version"
