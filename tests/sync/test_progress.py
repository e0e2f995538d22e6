"""What a sync says of how far it is: true numbers, and a whole that never shrinks."""

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from gridclient.core.domain import ids
from gridclient.core.merge.change import Draft
from gridclient.sync import talk
from gridclient.sync.report import Progress, Way
from gridclient.sync.session import SyncSession
from tests.sync.world import Desk, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, 6)
    yield made
    made.town.close()


@pytest.fixture
def two(world: World) -> Iterator[tuple[Desk, Desk]]:
    worker = world.desk(world.settled.worker.worker)
    supervisor = world.desk(world.settled.supervisor.worker)
    yield worker, supervisor
    worker.ledger.close()
    supervisor.ledger.close()


def write(world: World, desk: Desk, count: int, remark: str = "") -> None:
    fields: dict[str, object] = {"household": ids.named("h"), "name": "赵世昌", "remark": remark or None}
    said = {key: value for key, value in fields.items() if value is not None}
    desk.ledger.write(
        [Draft("resident", desk.ledger.new_id(), world.settled.mine, said, new=True) for _ in range(count)]
    )


def told(desk: Desk) -> list[Progress]:
    """What one sync says."""
    heard: list[Progress] = []
    assert SyncSession(desk.ledger, desk.line, heard.append).run().complete
    return heard


def test_every_number_is_of_a_known_whole_and_grows(
    world: World, two: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, supervisor = two
    monkeypatch.setattr(talk, "GATHER_ROWS", 1)  # a transaction, and a word, for each frame
    told(supervisor)
    write(world, worker, 600, "长" * 80)
    sent = told(worker)
    assert [one for one in sent if one.stage == "push"][-1] == Progress("push", 600, 600)
    came = told(supervisor)
    pulled = [one for one in came if one.stage == "pull"]
    assert len(pulled) > 1
    assert pulled[-1] == Progress("pull", 600, 600)
    for heard in (sent, came):
        assert all(0 <= one.done <= one.total and one.total for one in heard)
        assert all(one.stage != two_.stage or one.done <= two_.done for one, two_ in pairwise(heard))
        assert heard[-1].stage == "digest"
        assert heard[-1].done == heard[-1].total


def test_what_others_write_meanwhile_makes_the_whole_larger_and_never_more_than_whole(
    world: World, two: tuple[Desk, Desk]
) -> None:
    worker, supervisor = two
    told(supervisor)
    write(world, supervisor, 5)  # its own push moves the order beyond what hello said
    write(world, worker, 3)
    told(worker)
    assert [one for one in told(supervisor) if one.stage == "pull"] == [Progress("pull", 8, 8)]


@pytest.mark.parametrize("seed", range(20))
def test_the_whole_never_shrinks(seed: int) -> None:
    chance, way, before = random.Random(seed), Way(), 0.0
    for _ in range(200):
        total = chance.choice((0, 1, 31, 5000))
        stage = chance.choice(("ask", "push", "fill", "pull", "digest"))
        share = way.at(Progress(stage, chance.randint(0, 2 * total), total))
        assert before <= share <= 1.0
        before = share
    assert way.at(Progress("digest", 31, 31)) == 1.0
