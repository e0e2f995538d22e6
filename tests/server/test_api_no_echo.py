"""A laptop's own work does not come back to it, and nothing else stays away."""

import pytest
from msgspec.structs import replace

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import Checkpoint, Frame
from sync_server.service.echo import MOST_ASKED
from tests.server.test_accept_waiting import accept, held
from tests.server.town import DAY, Laptop, Settled, rows_of

pytestmark = pytest.mark.parametrize("town", ["service", "http"], indirect=True)


def stand(laptop: Laptop) -> Checkpoint:
    """The laptop says where it stands, as it does before every pull."""
    return laptop.hello(laptop.hello().checkpoint).checkpoint


def pulled(laptop: Laptop, since: int, *places: Id) -> set[object]:
    return {row[0] for row in rows_of(list(laptop.api.pull(since, places)))}


def edit(laptop: Laptop, place: Id, record: Id, *seen: Id, remark: str = "改") -> Change:
    return laptop.change("resident", {"remark": remark}, place=place, record=record, seen=seen)


def test_own_work_stays_away_and_the_watermark_moves(settled: Settled) -> None:
    worker, place = settled.worker, settled.mine
    since = stand(worker).seq
    resident = settled.resident(worker, place, "李萍")
    worker.push(resident, settled.visit(worker, place), edit(worker, place, resident.id, resident.id))
    frames: list[Frame] = list(worker.api.pull(since, [place]))
    assert rows_of(frames) == []
    head = worker.hello().checkpoint
    assert (frames[-1].seq, frames[-1].chain) == (head.seq, head.chain)
    assert pulled(settled.supervisor, since, place) >= {resident.id}
    # From the watermark on it is the same.
    own, others = settled.visit(worker, place), settled.visit(settled.supervisor, place)
    worker.push(own)
    settled.supervisor.push(others)
    assert pulled(worker, frames[-1].seq, place) == {others.id}


def test_what_others_wrote_too_comes(settled: Settled) -> None:
    worker, supervisor, place = settled.worker, settled.supervisor, settled.mine
    residents = [settled.resident(worker, place, name) for name in ("李萍", "李平", "李苹")]
    worker.push(*residents)
    since = stand(worker).seq
    before, after, own = (one.id for one in residents)
    supervisor.push(edit(supervisor, place, before, before))
    worker.push(*[edit(worker, place, one, one) for one in (before, after, own)])
    supervisor.push(edit(supervisor, place, after, after, remark="也改"))
    assert pulled(worker, since, place) == {before, after}


def test_two_laptops_of_one_person_hear_of_each_other(settled: Settled) -> None:
    second = settled.town.enrol(settled.worker.worker)
    since = stand(second).seq
    visit = settled.visit(settled.worker, settled.mine)
    settled.worker.push(visit)
    assert pulled(second, since, settled.mine) == {visit.id}


def test_from_the_middle_of_a_pull_all_comes(settled: Settled) -> None:
    worker, supervisor, place = settled.worker, settled.supervisor, settled.mine
    resident = settled.resident(worker, place, "李萍")
    worker.push(resident)
    since = stand(worker).seq
    supervisor.push(edit(supervisor, place, resident.id, resident.id))
    worker.push(edit(worker, place, resident.id, resident.id))
    # Its row has moved past this cursor together with what the supervisor wrote before it.
    assert pulled(worker, since + 1, place) == {resident.id}


def test_what_was_decided_since_the_last_hello_comes(settled: Settled) -> None:
    supervisor = settled.supervisor
    worker = settled.worker
    matter = worker.change("resident", {"household": b"h" * 16, "name": "李萍"}, place=settled.other)
    worker.push(matter)
    since = stand(worker).seq
    waiting = held(settled, matter)
    accept(settled, waiting)
    with settled.town.service.writing() as transaction:
        transaction.records.decide(waiting.id, waiting.hash, "accepted", settled.town.clock(), "")
    grid = next(
        key for key, (kind, _, row) in supervisor.everything().items() if kind == "grid" and "2" in row
    )
    said: dict[str, object] = {"worker": worker.worker, "grid": grid, "since": "2020-01-01"}
    supervisor.save("assignment", said)
    assert pulled(worker, since, settled.other) >= {matter.id}
    settled.town.clock.now += 1
    told = worker.hello(Checkpoint(*_at(settled, since)))
    assert [one.change for one in told.verdicts] == [matter.id]
    settled.town.clock.now += 1
    worker.hello(Checkpoint(*_at(settled, since)))
    assert matter.id not in pulled(worker, since, settled.other)


def test_an_accepted_copy_comes_to_whoever_handed_it_in(settled: Settled) -> None:
    worker = settled.worker
    lost = settled.resident(settled.town.join("拉毛"), settled.mine, "李萍")
    copy = replace(lost, id=ids.named("recovered", lost.id.hex()), device=worker.device)
    since = stand(worker).seq
    worker.api.recover([copy])
    accept(settled, held(settled, copy))
    assert pulled(worker, since, settled.mine) == {lost.record}


def test_what_was_erased_comes_to_whoever_erased_it(settled: Settled) -> None:
    supervisor, place = settled.supervisor, settled.mine
    resident = settled.resident(settled.worker, place, "李萍")
    settled.worker.push(resident)
    since = stand(supervisor).seq
    erased: dict[str, object] = {"retired": "erased", "successor": None, "household": None, "name": None}
    supervisor.save("resident", erased, place=place, record=resident.id, seen=(resident.id,))
    assert pulled(supervisor, since, place) == {resident.id}


def test_over_a_long_way_the_question_is_not_asked(settled: Settled) -> None:
    worker, place = settled.worker, settled.mine
    since = stand(worker).seq
    visits = [settled.visit(worker, place) for _ in range(MOST_ASKED)]
    worker.push(*visits)
    assert pulled(worker, since, place) == set()
    visits.append(settled.visit(worker, place))
    worker.push(visits[-1])
    assert pulled(worker, since, place) == {one.id for one in visits}


def test_a_clock_that_was_pulled_back_is_said_in_every_answer(settled: Settled) -> None:
    worker = settled.worker
    now = settled.town.clock()
    ahead = replace(settled.visit(worker, settled.mine), at=now + 90 * DAY)
    behind = replace(settled.visit(worker, settled.mine), at=now - 4000 * DAY)
    assert [one.at for one in worker.push(ahead, behind)] == [now, 0]
    settled.town.clock.now += 365 * DAY  # the first answer was lost, and by now that moment has passed
    assert [(one.status, one.at) for one in worker.push(ahead, behind)] == [
        ("duplicate", now),
        ("duplicate", 0),
    ]
    _, _, row = settled.worker.everything()[behind.id]
    assert row[2] == behind.at


def _at(settled: Settled, seq: int) -> tuple[Id, int, bytes]:
    with settled.town.service.store.read() as snapshot:
        chain = snapshot.records.chain_at(seq)
        history = snapshot.records.head().history
    assert chain is not None
    return history, seq, chain
