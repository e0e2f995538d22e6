"""Sending what waits: all of it in one sync, and no longer once somebody is shut out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gridclient.core.domain import ids
from gridclient.core.merge.change import Change, Draft
from gridclient.core.wire.messages import PUSH_BYTES, Answers, RefusedError
from gridclient.sync.session import SyncSession
from sync_server.service import staffing
from sync_server.service.session import Session
from tests.sync.world import Desk, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, 3)
    yield made
    made.town.close()


@pytest.fixture
def worker(world: World) -> Iterator[Desk]:
    desk = world.desk(world.settled.worker.worker)
    yield desk
    desk.ledger.close()


def residents(world: World, count: int) -> list[Draft]:
    place = world.settled.mine
    said = {"household": ids.named("household"), "remark": "话" * 900}
    return [
        Draft("resident", world.town.new_id(), place, {**said, "name": f"居民{turn}"}, new=True)
        for turn in range(count)
    ]


class Watched(Session):
    """A service that counts the pushes it gets, and refuses to get too many."""

    pushes = 0

    def push(self, changes: Sequence[Change]) -> Answers:
        self.pushes += 1
        assert self.pushes < 10
        return super().push(changes)


class ShuttingOut(Watched):
    """The supervisor shuts this laptop out after its hello."""

    def push(self, changes: Sequence[Change]) -> Answers:
        if self.pushes == 0:
            staffing.revoke(self._service, self._device.hex())
        return super().push(changes)


def test_one_sync_sends_all_there_is(world: World, worker: Desk) -> None:
    drafts = residents(world, 450)
    worker.ledger.write(drafts)
    service = Watched(world.town.service, worker.laptop.device)
    report = SyncSession(worker.ledger, service).run()
    assert service.pushes > 450 * 2700 // PUSH_BYTES
    assert report.accepted == 450
    assert report.complete
    assert worker.ledger.unsent().pending == 0


def test_what_one_wrote_oneself_is_not_sent_back(world: World, worker: Desk) -> None:
    assert worker.sync().complete
    worker.ledger.write(residents(world, 3))
    report = worker.sync()
    assert report.complete
    assert (report.accepted, report.received, report.healed) == (3, 0, 0)


def test_who_is_shut_out_between_hello_and_push_asks_no_second_time(world: World, worker: Desk) -> None:
    worker.ledger.write(residents(world, 3))
    service = ShuttingOut(world.town.service, worker.laptop.device)
    with pytest.raises(RefusedError) as refused:
        SyncSession(worker.ledger, service).run()
    assert refused.value.code == "revoked"
    assert service.pushes == 1
    assert worker.ledger.unsent().pending == 3
