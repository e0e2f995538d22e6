"""A sync over the network: what others brought on sticks stands in nobody's way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gridclient.core.wire.messages import UnreachableError
from gridclient.ledger import opened
from gridclient.ledger.opened import Carried
from gridclient.operations.sync_ledger import sync
from gridclient.sync.http import HttpSyncApi
from gridclient.sync.session import StoppedError
from tests.server.running import Running
from tests.sync.sticks import Holder
from tests.sync.world import World


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Holder]:
    """A laptop with something to send and a file to hand on."""
    world = World(tmp_path, seed=8)
    running = Running(world.town.service, world.town.folder, "http")
    made = Holder(world, world.settled.worker, "laptop", running.url)
    made.visit(world.settled.mine)
    with made.ledger.writing() as connection:
        file = Carried(b"p" * 32, b"d" * 16, b"w" * 16, 7, 0, b"sealed", None)
        opened.keep(connection, file, [], made.ledger.clock())
    yield made
    made.ledger.close()
    running.stop()
    world.close()


def break_carrying(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(api: HttpSyncApi, sealed: bytes) -> bytes:
        raise error

    monkeypatch.setattr(HttpSyncApi, "carry_on", broken)


def test_own_work_goes_where_the_line_does_not_bear_a_file(
    holder: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_carrying(monkeypatch, UnreachableError("too slow"))
    done = sync(holder.ledger)
    assert (done.accepted, done.carried, len(done.refused)) == (1, 0, 1)
    with holder.ledger.reading() as connection:
        assert len(opened.unanswered(connection)) == 1


def test_a_worker_who_may_not_hand_on_syncs(holder: Holder) -> None:
    """Once at the desk, then no longer: the server refuses the file and not the laptop."""
    done = sync(holder.ledger)
    assert (done.accepted, done.carried, len(done.refused), done.complete) == (1, 0, 1, True)


def test_stopping_while_a_file_is_handed_on_is_stopping(
    holder: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_carrying(monkeypatch, StoppedError())
    done = sync(holder.ledger)
    assert (done.stopped, done.pending, done.accepted) == (True, 1, 0)
