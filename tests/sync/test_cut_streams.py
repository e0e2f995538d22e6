"""A line that breaks after every few frames: what came is kept, and the next sync goes on from there."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.core.wire.messages import FillOrder, Frame, UnreachableError
from gridclient.operations.edit_record import edit_record
from sync_server.service import frames
from tests.sync.world import Desk, World


class Breaking:
    """Lets so many frames of a stream through, then is cut."""

    def __init__(self, api: Any, most: int) -> None:
        self._api = api
        self._most = most
        self.begun: list[int] = []
        self.frames = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)

    def fill(self, orders: Sequence[FillOrder]) -> Iterator[Frame]:
        return self._some(self._api.fill(orders))

    def pull(self, since: int, places: Sequence[Id]) -> Iterator[Frame]:
        self.begun.append(since)
        return self._some(self._api.pull(since, places))

    def _some(self, stream: Iterator[Frame]) -> Iterator[Frame]:
        for number, frame in enumerate(stream):
            if number == self._most:
                raise UnreachableError("cut")
            self.frames += 1
            yield frame


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(frames, "FRAME_BYTES", 600)  # some rows each
    made = World(tmp_path, 11)
    made.town.clock.now += (
        1000  # or ids made here could be those of the town's founding: one seed, one moment
    )
    yield made
    made.town.close()


def people(world: World, desk: Desk, count: int) -> list[Id]:
    house = ids.named("house")
    return [
        desk.save(
            Draft(
                "resident",
                world.new_id(),
                world.settled.mine,
                {"household": house, "name": f"赵{at}"},
                new=True,
            )
        )
        for at in range(count)
    ]


def residents(desk: Desk) -> dict[str, dict[str, object]]:
    return {record: one for record, one in desk.shown().items() if one["kind"] == "resident"}


def until_complete(desk: Desk, most: int) -> int:
    """How many syncs it takes."""
    for number in range(1, most + 1):
        try:
            if desk.sync().complete:
                return number
        except UnreachableError:
            continue
    raise AssertionError("it never got through")


def test_a_first_fill_gets_on_with_every_cut(world: World) -> None:
    boss = world.desk(world.settled.supervisor.worker)
    people(world, boss, 60)
    assert boss.sync().complete
    worker = world.desk(world.settled.worker.worker)
    line = Breaking(worker.line, 2)
    worker.line = line  # type: ignore[assignment]
    tries = until_complete(worker, 60)
    assert tries > 3
    assert line.frames < 3 * 60  # nothing begins anew each time
    assert len(residents(worker)) == 60
    for desk in (boss, worker):
        desk.ledger.close()


def test_a_pull_goes_on_from_where_it_was_cut(world: World) -> None:
    boss, worker = world.desk(world.settled.supervisor.worker), world.desk(world.settled.worker.worker)
    mine = people(world, worker, 10)
    for desk in (worker, boss, worker):
        assert desk.sync().complete
    theirs = people(world, boss, 60)
    # Of one record both have spoken, and of one the worker speaks again between two cuts.
    edit_record(boss.ledger, "resident", mine[0], {"remark": "听力弱"}, None)
    assert boss.sync().complete
    edit_record(worker.ledger, "resident", mine[0], {"name": "赵老师"}, None)
    edit_record(worker.ledger, "resident", mine[1], {"name": "钱老师"}, None)
    line = Breaking(worker.line, 2)
    worker.line = line  # type: ignore[assignment]
    with pytest.raises(UnreachableError):
        worker.sync()
    edit_record(worker.ledger, "resident", mine[2], {"name": "孙老师"}, None)
    assert until_complete(worker, 60) > 2
    assert line.begun == sorted(line.begun)
    assert len(set(line.begun)) == len(line.begun)
    assert boss.sync().complete
    assert residents(worker) == residents(boss)
    assert ids.text(theirs[-1]) in worker.shown()
    for desk in (boss, worker):
        desk.ledger.close()


def test_nothing_had_to_be_fetched_twice_after_cuts(world: World) -> None:
    boss, worker = world.desk(world.settled.supervisor.worker), world.desk(world.settled.worker.worker)
    people(world, boss, 40)
    assert boss.sync().complete
    assert worker.sync().complete
    people(world, boss, 40)
    assert boss.sync().complete
    people(world, worker, 5)
    line = Breaking(worker.line, 3)
    worker.line = line  # type: ignore[assignment]
    healed = 0
    for _ in range(60):
        try:
            report = worker.sync()
        except UnreachableError:
            continue
        healed += report.healed
        if report.complete:
            break
    assert healed == 0
    for desk in (boss, worker):
        desk.ledger.close()
