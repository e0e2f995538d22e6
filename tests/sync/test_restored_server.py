"""A server rebuilt from an older backup: nothing any laptop held is lost, and nobody meets a dead end."""

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import DESK
from gridclient.core.merge.change import Draft
from gridclient.core.wire.messages import Checkpoint, Decision, RefusedError, UnreachableError
from gridclient.ledger import identity as kept
from gridclient.ledger import only_here
from gridclient.operations.check import check
from sync_server.service.session import Session
from tests.server.town import DAY
from tests.sync.world import Desk, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, 3)
    yield made
    made.town.close()


@pytest.fixture
def three(world: World) -> Iterator[tuple[Desk, Desk, Desk]]:
    """Two laptops of one worker, and the supervisor's."""
    staff = world.settled
    desks = (
        world.desk(staff.worker.worker),
        world.desk(staff.worker.worker),
        world.desk(staff.supervisor.worker),
    )
    yield desks
    for desk in desks:
        desk.ledger.close()


def resident(world: World, desk: Desk, name: str) -> Id:
    fields: dict[str, object] = {"household": ids.named("h"), "name": name}
    return desk.save(Draft("resident", world.new_id(), world.settled.mine, fields, new=True))


def say(world: World, desk: Desk, person: Id, **fields: object) -> None:
    world.town.clock.now += 1000
    desk.save(Draft("resident", person, world.settled.mine, fields))


def names(desk: Desk) -> set[object]:
    return {one["fields"]["name"] for one in desk.shown().values() if one["kind"] == "resident"}  # type: ignore[index]


def quiet(*desks: Desk) -> None:
    for _ in range(2):
        for desk in desks:
            desk.sync()


def test_own_work_the_backup_lacks_is_sent_again(world: World, three: tuple[Desk, Desk, Desk]) -> None:
    one, two, _ = three
    person = resident(world, one, "赵世昌")
    quiet(one, two)
    backup = world.back_up()
    say(world, one, person, remark="听力弱")
    second = resident(world, one, "李萍")
    one.sync()
    world.restore(backup)
    report = one.sync()
    assert (report.resent, report.accepted, report.handed_in, report.complete) == (2, 2, 0, True)
    assert two.sync().complete
    assert one.shown() == two.shown()
    assert two.shown()[ids.text(second)]["fields"]["name"] == "李萍"  # type: ignore[index]
    assert check(one.ledger).damage == []


def test_what_another_wrote_is_handed_in_once_and_comes_back_when_the_supervisor_says_so(
    world: World, three: tuple[Desk, Desk, Desk]
) -> None:
    one, two, supervisor = three
    person = resident(world, one, "赵世昌")
    quiet(one, two, supervisor)
    backup = world.back_up()
    say(world, one, person, remark="听力弱")
    lost = resident(world, one, "李萍")
    quiet(one, two, supervisor)
    one.ledger.close()  # this laptop is stolen: what it wrote is on the others alone
    world.restore(backup)
    report = two.sync()
    assert (report.handed_in, report.only_here, report.complete) == (2, 2, True)
    assert report.differing >= 2
    report = supervisor.sync()
    assert (report.only_here, report.complete) == (2, True)
    assert names(two) == {"赵世昌"}
    at_desk = Session(world.town.service, supervisor.laptop.device)
    waiting = [item for item in at_desk.waiting() if item.reason == "recovered"]
    assert {item.change.author for item in waiting} == {world.settled.worker.worker}
    assert len(waiting) == 2
    at_desk.decide([Decision(item.change.id, item.hash, True) for item in waiting])
    for desk in (two, supervisor):
        report = desk.sync()
        assert (report.only_here, report.complete) == (0, True)
        assert desk.shown()[ids.text(lost)]["fields"]["name"] == "李萍"  # type: ignore[index]
        assert desk.shown()[ids.text(person)]["fields"]["remark"] == "听力弱"  # type: ignore[index]
    one.ledger = two.ledger


def test_what_its_author_sends_again_is_only_here_no_longer(
    world: World, three: tuple[Desk, Desk, Desk]
) -> None:
    one, two, _ = three
    quiet(one, two)
    backup = world.back_up()
    resident(world, one, "李萍")
    quiet(one, two)
    world.restore(backup)
    assert two.sync().only_here == 1
    assert one.sync().resent == 1
    report = two.sync()
    assert (report.only_here, report.complete) == (0, True)
    assert names(two) == {"李萍"}


def test_a_version_that_a_newer_one_would_cover_is_safe_before_anything_is_pulled(
    world: World, three: tuple[Desk, Desk, Desk]
) -> None:
    one, two, supervisor = three
    person = resident(world, one, "赵世昌")
    quiet(one, two, supervisor)
    backup = world.back_up()
    say(world, supervisor, person, name="赵仕昌")
    quiet(supervisor, two)
    supervisor.ledger.close()
    world.restore(backup)
    say(world, one, person, name="赵士昌")
    one.sync()
    report = two.sync()
    with two.ledger.reading() as connection:
        (kept_here,) = only_here.listed(connection)
    assert (report.handed_in, kept_here.state, kept_here.reason) == (1, "held", "recovered")
    assert kept_here.author == world.settled.supervisor.worker
    assert names(two) == {"赵士昌"}
    supervisor.ledger = two.ledger


@pytest.mark.parametrize("seed", range(6))
def test_cut_off_anywhere_it_goes_on(world: World, three: tuple[Desk, Desk, Desk], seed: int) -> None:
    """Requests and answers are lost while both sides find back to each other."""
    one, two, supervisor = three
    chance = random.Random(seed)
    people = [resident(world, desk, f"甲{at}") for at, desk in enumerate((one, two, supervisor))]
    quiet(one, two, supervisor)
    backup = world.back_up()
    for at in range(8):
        say(world, chance.choice(three), chance.choice(people), remark=f"第 {at} 句")
        chance.choice(three).sync()
    quiet(one, two, supervisor)
    before = {ids.text(one) for one in people}
    world.restore(backup)
    for desk in three:
        desk.line.loss = 0.25
    for _ in range(30):
        chance.choice(three).try_sync()
    for desk in three:
        desk.line.loss = 0
    quiet(one, two, supervisor)
    for desk in three:
        report = desk.sync()
        assert report.complete
        assert report.only_here == 0  # every author was there to send it again
        assert before <= desk.shown().keys()
        assert check(desk.ledger).damage == []
    shown = [{key: one for key, one in desk.shown().items() if one["kind"] == "resident"} for desk in three]
    assert shown[0] == shown[1] == shown[2]


def test_a_server_that_knows_nothing_of_it_is_filled_from_it(
    world: World, three: tuple[Desk, Desk, Desk]
) -> None:
    """No checkpoint in common: all own work goes out again, what others wrote is handed in."""
    one, two, _ = three
    resident(world, one, "赵世昌")
    quiet(one, two)
    backup = world.back_up()
    resident(world, one, "李萍")
    quiet(one, two)
    world.restore(backup)
    with two.ledger.writing() as connection:
        strange = Checkpoint(ids.named("another history"), 7, bytes(32))
        kept.put(connection, "passed", [strange])
        position = kept.position(connection)
        kept.put(connection, "position", msgspec.structs.replace(position, checkpoint=strange))
    report = two.sync()
    assert (report.handed_in, report.complete) == (1, True)


def test_an_answer_younger_than_the_backup_is_not_believed(
    world: World, three: tuple[Desk, Desk, Desk]
) -> None:
    """Pushed and answered, the pull cut off, the server restored: the point is known, the change is not."""
    one, _, _ = three
    one.sync()
    backup = world.back_up()
    note = world.new_id()
    one.save(Draft("review_item", note, DESK, {"sort": "note", "value": "登记了两次"}, new=True))
    pull = world.town.service.sender.pull
    world.town.service.sender.pull = _cut  # type: ignore[method-assign, assignment]
    with pytest.raises(UnreachableError):
        one.sync()
    world.town.service.sender.pull = pull  # type: ignore[method-assign]
    assert one.ledger.unsent().pending == 0
    world.restore(backup)
    with one.ledger.writing() as connection:  # as if the history were the same: a copy of the disk
        position = kept.position(connection)
        assert position.checkpoint is not None
        with world.town.service.store.read() as snapshot:
            history = snapshot.records.head().history
        same = msgspec.structs.replace(position.checkpoint, history=history)
        kept.put(connection, "position", msgspec.structs.replace(position, checkpoint=same))
    report = one.sync()
    assert (report.resent, report.accepted, report.complete) == (1, 1, True)


def _cut(*_: object) -> None:
    raise UnreachableError("cut")


def test_a_laptop_restored_is_told_apart_from_a_server_restored(
    world: World, three: tuple[Desk, Desk, Desk]
) -> None:
    one, two, _ = three
    quiet(one, two)
    backup = world.back_up()
    world.town.clock.now += DAY
    for _ in range(3):
        resident(world, one, "李萍")
        one.sync()
    world.restore(backup)
    assert one.sync().complete  # no RefusedError: its nonce is of this server's future
    with one.ledger.writing() as connection:
        position = kept.position(connection)
        kept.put(connection, "position", msgspec.structs.replace(position, nonce=bytes(16)))
    with pytest.raises(RefusedError) as refused:
        one.sync()
    assert refused.value.code == "clone"
