"""A place taken away: its records leave, a person's own work does not; and it can come back."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Change, Draft
from gridclient.core.wire import codec, sealing
from gridclient.core.wire.pack import OWN_CHANGES
from gridclient.ledger import acts, drafts, leaving
from gridclient.ledger import identity as kept
from gridclient.operations.check import check
from tests.server.safe import recovery_key
from tests.server.town import DAY
from tests.sync.world import Desk, World

_originals = msgspec.msgpack.Decoder(Change)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, 4)
    yield made
    made.town.close()


@pytest.fixture
def two(world: World) -> Iterator[tuple[Desk, Desk]]:
    worker = world.desk(world.settled.worker.worker)
    supervisor = world.desk(world.settled.supervisor.worker)
    yield worker, supervisor
    worker.ledger.close()
    supervisor.ledger.close()


def visited(world: World, desk: Desk) -> tuple[Id, Id]:
    """A household and a visit there."""
    house, visit, place = world.new_id(), world.new_id(), world.settled.mine
    world.town.clock.now += 1000
    desk.save(Draft("household", house, place, {"dwelling": ids.named("door")}, new=True))
    said: dict[str, object] = {"household": house, "at": world.town.clock.now, "outcome": "1"}
    desk.save(Draft("visit", visit, place, said, new=True))
    return house, visit


def reassign(desk: Desk, until: str | None) -> None:
    desk.sync()
    assignment = next(one for one in desk.shown().values() if one["kind"] == "assignment")
    desk.save(Draft("assignment", ids.parse(str(assignment["record"])), COMMONS, {"until": until}))
    assert desk.sync().complete


def test_own_work_is_sealed_for_the_safe_and_own_visits_keep_their_days(
    world: World, two: tuple[Desk, Desk]
) -> None:
    worker, supervisor = two
    house, _ = visited(world, worker)
    day = world.town.clock.now
    worker.sync()
    with worker.ledger.writing() as connection:
        drafts.put(connection, f"visit/{house.hex()}", day, b"half written")
        drafts.put(connection, "another", day, b"of something else")
        number = acts.newest(connection)
    reassign(supervisor, "2026-01-01")
    report = worker.sync()
    assert (report.forgotten, report.sealed, report.complete) == (1, 2, True)
    assert {one["kind"] for one in worker.shown().values()}.isdisjoint({"household", "visit"})
    with worker.ledger.reading() as connection:
        assert leaving.visits_kept(connection) == [day]
        assert drafts.get(connection, f"visit/{house.hex()}") is None
        assert drafts.get(connection, "another") is not None
        assert acts.newest(connection) == number
        (box,) = leaving.sealed(connection)
        assert connection.exec_driver_sql("SELECT count(*) FROM change").scalar_one() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM inverse").scalar_one() == 0
    content = sealing.unseal(box.body, recovery_key(world.town), OWN_CHANGES)
    changes = [_originals.decode(one) for one in codec.decode(content, list[msgspec.Raw])]
    assert [(one.kind, one.record == house) for one in changes] == [("household", True), ("visit", False)]
    assert check(worker.ledger).damage == []
    # The next change bears a number that was never given: the server would take it for a copy otherwise.
    note: dict[str, object] = {"sort": "note", "value": "同一户登记了两次"}
    worker.save(Draft("review_item", world.new_id(), DESK, note, new=True))
    report = worker.sync()
    assert (report.accepted, report.complete) == (1, True)
    with worker.ledger.reading() as connection:
        assert acts.newest(connection) == number + 1


def test_what_the_server_has_not_taken_stays_in_sight(world: World, two: tuple[Desk, Desk]) -> None:
    worker, supervisor = two
    house, _ = visited(world, worker)
    worker.sync()
    reassign(supervisor, "2026-01-01")
    worker.save(Draft("household", house, world.settled.mine, {"remark": "门铃坏了"}))
    report = worker.sync()
    assert (report.forgotten, report.sealed, report.held) == (1, 2, 1)
    assert worker.shown()[ids.text(house)]["fields"] == {"remark": "门铃坏了"}
    assert worker.ledger.unsent().held == 1


def test_a_place_that_comes_back_is_filled_and_no_visit_counts_twice(
    world: World, two: tuple[Desk, Desk]
) -> None:
    worker, supervisor = two
    house, visit = visited(world, worker)
    worker.sync()
    reassign(supervisor, "2026-01-01")
    worker.sync()
    reassign(supervisor, None)
    report = worker.sync()
    assert (report.filled, report.complete) == (1, True)
    assert {ids.text(house), ids.text(visit)} <= worker.shown().keys()
    with worker.ledger.reading() as connection:
        assert leaving.visits_kept(connection) == []
        assert connection.exec_driver_sql("SELECT count(*) FROM kept_visit").scalar_one() == 0
    visited(world, worker)
    assert worker.sync().complete


def test_what_was_sealed_three_months_ago_is_dropped(world: World, two: tuple[Desk, Desk]) -> None:
    worker, supervisor = two
    visited(world, worker)
    worker.sync()
    reassign(supervisor, "2026-01-01")
    worker.sync()
    for days, left in ((90, 1), (1, 0)):
        world.town.clock.now += days * DAY
        worker.sync()
        with worker.ledger.reading() as connection:
            assert len(leaving.sealed(connection)) == left


def test_without_the_safe_s_key_nothing_own_leaves(world: World, two: tuple[Desk, Desk]) -> None:
    worker, supervisor = two
    with worker.ledger.writing() as connection:
        keyless = msgspec.structs.replace(kept.identity(connection), recovery_key=b"")
        kept.put(connection, "identity", keyless)
    visited(world, worker)
    worker.sync()
    reassign(supervisor, "2026-01-01")
    report = worker.sync()
    assert (report.forgotten, report.sealed) == (1, 0)
    with worker.ledger.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM change").scalar_one() == 2
