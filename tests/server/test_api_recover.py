"""Copies of what others wrote, handed in to a server that has lost it."""

import pytest
from msgspec.structs import replace

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import Answer, RefusedError
from sync_server.store.rows import Held
from tests.server.town import DAY, Laptop, Settled, assert_digests

pytestmark = pytest.mark.parametrize("town", ["service", "http"], indirect=True)


def copy_of(original: Change, presenter: Laptop, **fields: object) -> Change:
    """What a laptop that only received a change hands in of it."""
    presenter.number += 1
    return replace(
        original,
        id=ids.named("recovered", original.id.hex()),
        device=presenter.device,
        number=presenter.number,
        fields=fields or original.fields,
        seen=(),
    )


def recover(laptop: Laptop, *copies: Change) -> list[Answer]:
    return laptop.api.recover(copies).answers


def waiting(settled: Settled) -> list[Held]:
    with settled.town.service.store.read() as snapshot:
        return snapshot.records.undecided(1000)


def lost(settled: Settled, place: Id, name: str = "李萍") -> Change:
    """What somebody wrote and this server never had."""
    writer = settled.town.join(f"写{name}的人")
    return settled.resident(writer, place, name)


def test_a_copy_waits_under_its_authors_name(settled: Settled) -> None:
    original = lost(settled, settled.mine)
    copy = copy_of(original, settled.worker)
    assert settled.worker.api.lacking([original.id]) == [original.id]
    (answer,) = recover(settled.worker, copy)
    assert (answer.status, answer.reason) == ("held", "recovered")
    (held,) = waiting(settled)
    assert (held.author, held.device, held.reason) == (original.author, settled.worker.device, "recovered")
    assert original.record not in settled.supervisor.everything()


def test_equal_copies_of_several_laptops_are_one(settled: Settled) -> None:
    original = lost(settled, settled.mine)
    for laptop in (settled.worker, settled.supervisor, settled.worker):
        assert [one.status for one in recover(laptop, copy_of(original, laptop))] == ["held"]
    assert len(waiting(settled)) == 1
    twice = copy_of(lost(settled, settled.mine, "李平"), settled.worker)
    assert [one.status for one in recover(settled.worker, twice, twice)] == ["held", "held"]
    assert len(waiting(settled)) == 2
    # One had received more of it than the other: both are seen.
    recover(settled.supervisor, copy_of(original, settled.supervisor, remark="x"))
    assert len(waiting(settled)) == 3


def test_a_copy_that_was_decided_is_answered_by_what_was_decided(settled: Settled) -> None:
    worker = settled.worker
    copy = copy_of(lost(settled, settled.mine), worker)
    recover(worker, copy)
    (held,) = waiting(settled)
    with settled.town.service.writing() as transaction:
        transaction.records.decide(held.id, held.hash, "declined", settled.town.clock(), "登记重了")
    (answer,) = recover(settled.supervisor, copy)
    assert (answer.status, answer.reason, answer.words) == ("held", "declined", "登记重了")


def test_a_copy_this_order_has_is_a_duplicate(settled: Settled) -> None:
    copy = copy_of(lost(settled, settled.mine), settled.supervisor)
    # Somebody's change under that very id stands for a copy that was accepted.
    (accepted,) = settled.supervisor.push(replace(copy, author=settled.supervisor.worker))
    assert accepted.status == "accepted"
    (answer,) = recover(settled.worker, copy)
    assert (answer.status, answer.seq) == ("duplicate", accepted.seq)
    assert waiting(settled) == []


def test_a_copy_from_elsewhere_is_kept_and_says_so(settled: Settled) -> None:
    inside, outside = (
        copy_of(lost(settled, place, name), settled.worker)
        for place, name in ((settled.mine, "李萍"), (settled.other, "李平"))
    )
    here, there = recover(settled.worker, inside, outside)
    assert (there.status, there.reason) == ("held", "recovered")
    assert here.words != there.words
    (desk,) = recover(settled.supervisor, copy_of(lost(settled, settled.other, "李苹"), settled.supervisor))
    assert desk.words == here.words


def test_what_is_no_copy_is_put_aside(settled: Settled) -> None:
    worker = settled.worker
    original = lost(settled, settled.mine)
    copy = copy_of(original, worker)
    there = settled.supervisor.save(
        "resident", {"household": b"h" * 16, "name": "在的人"}, place=settled.mine, record=ids.named("there")
    )
    wrong = [
        replace(copy, seen=(original.id,)),
        original,
        replace(copy, fields={"name": ""}),
        replace(copy, record=there, kind="household", fields={"remark": "x"}),
        replace(copy, record=there, place=settled.other),
    ]
    reasons = [(one.status, one.reason) for one in recover(worker, *wrong)]
    assert reasons == [("quarantined", reason) for reason in ["malformed"] * 3 + ["kind", "place"]]
    assert waiting(settled) == []
    with settled.town.service.store.read() as snapshot:
        assert len(snapshot.records.quarantined(100)) == len(wrong)


def test_a_copy_needs_no_decision_once_its_author_has_sent_the_original(settled: Settled) -> None:
    writer = settled.town.join("拉毛", grids=("一网格",))
    original, other = (settled.resident(writer, settled.mine, name) for name in ("李萍", "李平"))
    recover(settled.worker, *[copy_of(one, settled.worker) for one in (original, other)])
    assert [one.status for one in writer.push(original)] == ["accepted"]
    assert [one.record for one in waiting(settled)] == [other.record]
    (verdict,) = settled.worker.hello().verdicts
    assert (verdict.change, verdict.reason) == (ids.named("recovered", original.id.hex()), "declined")
    assert verdict.words


def test_a_copied_laptop_may_hand_in_and_that_of_somebody_who_left_may_not(settled: Settled) -> None:
    worker = settled.worker
    worker.hello()
    with pytest.raises(RefusedError):
        worker.api.hello(replace(worker.greeting(), nonce=b"n" * 16))
    assert [one.status for one in recover(worker, copy_of(lost(settled, settled.mine), worker))] == ["held"]
    retired: dict[str, object] = {"retired": "ended", "successor": None}
    settled.supervisor.save("worker", retired, record=worker.worker, seen=(worker.worker,))
    with pytest.raises(RefusedError) as refused:
        recover(worker, copy_of(lost(settled, settled.mine, "李平"), worker))
    assert refused.value.code == "left"


def test_nothing_comes_back_that_was_erased(settled: Settled) -> None:
    supervisor, worker = settled.supervisor, settled.worker
    resident = settled.resident(worker, settled.mine, "李萍")
    worker.push(resident)
    erased: dict[str, object] = {"retired": "erased", "successor": None, "household": None, "name": None}
    supervisor.save("resident", erased, place=settled.mine, record=resident.id, seen=(resident.id,))
    settled.town.clock.now += DAY
    (answer,) = recover(worker, copy_of(resident, worker))
    assert (answer.status, answer.reason) == ("quarantined", "erased")
    with settled.town.service.store.read() as snapshot:
        assert snapshot.records.quarantined(100) == []
        assert snapshot.records.held_of(resident.id) == []
    assert_digests(supervisor)
