"""Pushes that are too much for the line or the server, and places whose copy is not the server's."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change, Draft
from gridclient.core.wire.messages import Answers, Checkpoint, RefusedError, UnreachableError
from gridclient.ledger import acts, only_here
from gridclient.ledger.identity import passed, thinned
from gridclient.operations.check import check
from gridclient.sync.machine import _of_ioreg, machine_id, marked
from tests.sync.world import Desk, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, 5)
    made.town.clock.now += (
        1000  # or ids made here could be those of the town's founding: one seed, one moment
    )
    yield made
    made.town.close()


@pytest.fixture
def worker(world: World) -> Iterator[Desk]:
    desk = world.desk(world.settled.worker.worker)
    yield desk
    desk.ledger.close()


def people(world: World, desk: Desk, count: int) -> list[Id]:
    fields: list[dict[str, object]] = [
        {"household": ids.named("h"), "name": f"赵{at}"} for at in range(count)
    ]
    return [desk.save(Draft("resident", world.new_id(), world.settled.mine, one, new=True)) for one in fields]


class Narrow:
    """A line that lets only so many changes through at once; more are lost, or refused with a word."""

    def __init__(self, api: Any, most: int, refusal: str = "", bad: Id = b"") -> None:
        self._api = api
        self._most = most
        self._refusal = refusal
        self._bad = bad
        self.pushes: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)

    def push(self, changes: Sequence[Change]) -> Answers:
        self.pushes.append(len(changes))
        if len(changes) > self._most or any(one.id == self._bad for one in changes):
            raise RefusedError(self._refusal, "no") if self._refusal else UnreachableError("timeout")
        answers: Answers = self._api.push(changes)
        return answers


@pytest.mark.parametrize("refusal", ["", "too_large"])
def test_what_does_not_come_through_goes_out_in_smaller_parts(
    world: World, worker: Desk, refusal: str
) -> None:
    people(world, worker, 40)
    line = Narrow(worker.line, 5, refusal)
    worker.line = line  # type: ignore[assignment]
    report = worker.sync()
    assert (report.accepted, report.complete, worker.ledger.unsent().pending) == (40, True, 0)
    assert line.pushes[0] == 40
    assert max(line.pushes[4:]) <= 5


def test_a_line_that_lets_nothing_through_is_tried_a_few_times_only(world: World, worker: Desk) -> None:
    people(world, worker, 40)
    line = Narrow(worker.line, 0)
    worker.line = line  # type: ignore[assignment]
    with pytest.raises(UnreachableError):
        worker.sync()
    assert line.pushes[-1] == 1
    assert len(line.pushes) <= 7
    assert worker.ledger.unsent().pending == 40


@pytest.mark.parametrize("refusal", ["too_large", "malformed"])
def test_one_that_is_refused_is_put_aside_and_blocks_nothing(
    world: World, worker: Desk, refusal: str
) -> None:
    known = people(world, worker, 9)
    worker.line = Narrow(worker.line, 100, refusal, known[4])  # type: ignore[assignment]
    report = worker.sync()
    assert (report.accepted, report.quarantined, report.complete) == (8, 1, True)
    assert ids.text(known[4]) in worker.shown()
    with worker.ledger.reading() as connection:
        reason = connection.exec_driver_sql("SELECT reason FROM change WHERE state = 'quarantined'")
        assert reason.scalars().all() == [refusal]


def test_a_place_that_differs_is_compared_before_it_is_replaced(world: World, worker: Desk) -> None:
    """The laptop holds a version by somebody else the server has never heard of, and lacks another."""
    other = world.desk(world.settled.worker.worker)
    one, two, three = people(world, other, 3)
    other.sync()
    worker.sync()
    unheard, place = ids.named("unheard of"), world.settled.mine
    with worker.ledger.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE k_resident SET id = ?, name = '只在这里' WHERE id = ?", (unheard, one)
        )
        connection.exec_driver_sql("UPDATE place SET total = total + 7 WHERE id = ?", (place,))
    worker.save(Draft("resident", two, place, {"remark": "听力弱"}))
    report = worker.sync()
    assert (report.healed, report.handed_in, report.only_here, report.complete) == (1, 1, 1, True)
    assert report.differing == 2  # the one too many and the one missing
    with worker.ledger.reading() as connection:
        (kept,) = only_here.listed(connection)
        (copy,) = [item for item in _bodies(connection) if item.id == kept.copy]
    assert (kept.original, kept.state) == (unheard, "held")
    assert copy.id == ids.named("recovered", unheard.hex())
    assert copy.fields["name"] == "只在这里"
    assert {ids.text(one), ids.text(two), ids.text(three)} <= worker.shown().keys()
    assert worker.shown()[ids.text(two)]["fields"]["remark"] == "听力弱"  # type: ignore[index]
    assert check(worker.ledger).damage == []
    other.ledger.close()


def _bodies(connection: Any) -> list[Change]:
    found = connection.exec_driver_sql("SELECT body FROM only_here").scalars()
    return [msgspec.msgpack.decode(body, type=Change) for body in found]


def test_a_place_cut_off_while_it_is_healed_is_what_it_was(world: World, worker: Desk) -> None:
    known = people(world, worker, 5)
    worker.sync()
    with worker.ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE place SET total = total + 7 WHERE id = ?", (world.settled.mine,))
    fill = world.town.service.sender.fill

    def cut(*_: object) -> Any:
        raise UnreachableError("cut")

    world.town.service.sender.fill = cut  # type: ignore[method-assign, assignment]
    with pytest.raises(UnreachableError):
        worker.sync()
    assert {ids.text(one) for one in known} <= worker.shown().keys()
    world.town.service.sender.fill = fill  # type: ignore[method-assign]
    report = worker.sync()
    assert (report.healed, report.differing, report.complete) == (1, 0, True)


def test_it_is_not_called_complete_while_something_waits(world: World, worker: Desk) -> None:
    worker.sync()
    digest = worker.line._api.digest

    def somebody_saves(places: Sequence[Id]) -> Any:
        people(world, worker, 1)
        return digest(places)

    people(world, worker, 1)
    worker.line._api.digest = somebody_saves  # type: ignore[method-assign]
    report = worker.sync()
    assert (report.pending, report.complete) == (1, False)


def test_another_computer_is_a_copy_and_hands_in_what_it_has(world: World, worker: Desk) -> None:
    worker.machine = "this computer"
    people(world, worker, 1)
    worker.sync()
    worker.machine = "another computer"
    before = acts_of(worker)
    (person,) = people(world, worker, 1)
    with pytest.raises(RefusedError) as refused:
        worker.sync()
    assert refused.value.code == "clone"
    assert (worker.ledger.unsent().pending, worker.ledger.unsent().held) == (0, 1)
    world.again(worker)
    assert worker.ledger.unsent().pending == 1
    report = worker.sync()
    assert report.complete
    assert acts_of(worker) == before + 1
    assert ids.text(person) in worker.shown()
    people(world, worker, 1)
    assert worker.sync().accepted == 1


def acts_of(desk: Desk) -> int:
    with desk.ledger.reading() as connection:
        return acts.newest(connection)


def test_what_a_server_hears_of_a_computer_is_neither_its_name_nor_the_same_for_two_laptops() -> None:
    one, other = ids.named("one laptop"), ids.named("another")
    assert marked("", one) == b""
    assert len({marked("box", one), marked("box", other), marked("crate", one)}) == 3
    assert b"box" not in marked("box", one)
    assert machine_id() == machine_id()
    said = '    "IOPlatformSerialNumber" = "C02"\n    "IOPlatformUUID" = "4C4C4544-0042"\n'
    assert (_of_ioreg(said), _of_ioreg("")) == ("4C4C4544-0042", "")


def test_checkpoints_passed_reach_far_back(world: World, worker: Desk) -> None:
    history = ids.named("history")
    kept: list[Checkpoint] = []
    for seq in range(1, 5001):
        kept = thinned([Checkpoint(history, seq, bytes(32)), *kept])
    seqs = [one.seq for one in kept]
    assert len(seqs) == 50
    assert seqs[:25] == list(range(5000, 4975, -1))
    assert seqs[-1] == 1
    gaps = [newer - older for newer, older in pairwise(seqs)]
    assert max(gap / (5000 - older) for gap, older in zip(gaps[24:-1], seqs[25:-1], strict=True)) < 0.6
    for _ in range(3):
        people(world, worker, 1)
        worker.sync()
    with worker.ledger.reading() as connection:
        found = passed(connection)
    assert found[0] == worker.ledger.position().checkpoint
    assert len(found) == 4  # where the first fill began is one of them
