"""A server behind a line that is narrow and cut every few kilobytes: everything comes through, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gridclient.core.wire.messages import Frame, UnreachableError
from gridclient.operations.check import check
from gridclient.operations.dump import dump
from gridclient.operations.sync_ledger import sync
from gridclient.sync.session import StoppedError
from gridclient.sync.talk import Talk
from tests.benchmarks.community import Server
from tests.benchmarks.day import work
from tests.benchmarks.shaped import Shape, ShapedRelay
from tests.benchmarks.weak_line import persist, same
from tests.sync.world import World

FAST = Shape(0.02, 2_000_000, 8_000)


def test_a_fill_and_a_day_come_through_a_line_that_is_cut_again_and_again(tmp_path: Path) -> None:
    server = Server(tmp_path, scale=0.1)
    with server.serving():
        relay = ShapedRelay(server.url, FAST)
        name = server.workers()[0]
        weak, straight = (
            server.laptop(tmp_path / folder, name, url)
            for folder, url in (("weak", relay.url), ("straight", server.url))
        )
        sync(straight)
        filled = persist(weak, relay)
        assert filled.cuts > 0
        assert filled.syncs > 1
        assert same(weak, straight)
        shown = len(list(dump(straight, "visit")))
        work(weak)
        visits = len(list(dump(weak, "visit"))) - shown
        done = persist(weak, relay)
        assert done.sent > visits > 0
        assert weak.unsent().pending == 0
        sync(straight)
        assert len(list(dump(straight, "visit"))) == shown + visits
        assert same(weak, straight)
        for ledger in (weak, straight):
            assert check(ledger).damage == []
            ledger.close()
        relay.stop()


@pytest.mark.parametrize("cut", [UnreachableError("cut"), StoppedError()])
def test_frames_that_came_before_a_cut_are_kept(tmp_path: Path, cut: Exception) -> None:
    world = World(tmp_path, 7)
    desk = world.desk(world.settled.worker.worker)
    talk = Talk(desk.ledger, desk.line, lambda _: None, lambda: False)

    def arriving() -> Iterator[Frame]:
        yield Frame([], seq=1)
        yield Frame([], seq=2)
        raise cut

    handed = talk.gather(arriving())
    assert [frame.seq for frame in next(handed)] == [1, 2]
    with pytest.raises(type(cut)):
        next(handed)
    world.close(desk)
