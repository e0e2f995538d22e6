"""Ledgers and service together: both versions on both sides, one decision on both, nothing twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Draft
from gridclient.core.wire.messages import Checkpoint, UnreachableError
from gridclient.ledger import identity as kept
from gridclient.operations.check import check
from gridclient.operations.settle import find, settle_taking
from tests.sync.world import Desk, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, 1)
    yield made
    made.town.close()


@pytest.fixture
def two(world: World) -> Iterator[tuple[Desk, Desk]]:
    worker = world.desk(world.settled.worker.worker)
    supervisor = world.desk(world.settled.supervisor.worker)
    yield worker, supervisor
    worker.ledger.close()
    supervisor.ledger.close()


def household(world: World, desk: Desk) -> tuple[Id, Id]:
    place = world.settled.mine
    house, person = world.new_id(), world.new_id()
    desk.save(Draft("household", house, place, {"dwelling": ids.named("door")}, new=True))
    desk.save(Draft("resident", person, place, {"household": house, "name": "赵世昌"}, new=True))
    return house, person


def name_of(desk: Desk, record: Id) -> Any:
    return desk.shown()[ids.text(record)]["fields"]["name"]  # type: ignore[index]


def test_what_one_writes_the_other_reads(world: World, two: tuple[Desk, Desk]) -> None:
    worker, supervisor = two
    _, person = household(world, worker)
    assert worker.ledger.unsent().pending == 2
    report = worker.sync()
    assert report.complete
    assert (report.pushed, report.accepted, worker.ledger.unsent().pending) == (2, 2, 0)
    assert supervisor.sync().complete
    assert name_of(supervisor, person) == "赵世昌"
    assert worker.shown()[ids.text(person)] == supervisor.shown()[ids.text(person)]
    assert check(worker.ledger).damage == check(supervisor.ledger).damage == []
    assert worker.ledger.position().agreed > 0


def test_a_new_building_and_who_lives_in_it_stay_in_sight_after_the_first_sync(
    world: World, two: tuple[Desk, Desk]
) -> None:
    _, supervisor = two
    building, house = ids.named("a new building"), world.new_id()
    compound: dict[str, object] = {"compound": ids.named("c"), "number": "99"}
    supervisor.save(Draft("building", building, COMMONS, compound, new=True))
    supervisor.save(Draft("household", house, building, {"dwelling": ids.named("d")}, new=True))
    report = supervisor.sync()
    assert report.complete
    assert report.places == 5  # commons, desk, two buildings and the new one
    assert supervisor.shown()[ids.text(house)]["pending"] == 0
    assert check(supervisor.ledger).damage == []


def test_what_a_worker_hands_in_and_may_not_read_back_stays_in_his_sight(
    world: World, two: tuple[Desk, Desk]
) -> None:
    worker, _ = two
    note = world.new_id()
    worker.save(Draft("review_item", note, DESK, {"sort": "note", "value": "同一户登记了两次"}, new=True))
    report = worker.sync()
    assert (report.accepted, report.complete) == (1, True)
    assert worker.shown()[ids.text(note)]["fields"]["value"] == "同一户登记了两次"  # type: ignore[index]


def test_nothing_to_do_is_one_request(world: World, two: tuple[Desk, Desk]) -> None:
    worker, _ = two
    worker.sync()
    worker.sync()
    asked: list[str] = []
    api = worker.line

    class Counted:
        def __getattr__(self, name: str) -> Any:
            asked.append(name)
            return getattr(api, name)

    worker.line = Counted()  # type: ignore[assignment]
    assert worker.sync().complete
    assert asked == ["hello"]


def test_both_versions_are_on_both_sides_then_one_decision_is(world: World, two: tuple[Desk, Desk]) -> None:
    worker, supervisor = two
    _, person = household(world, worker)
    worker.sync()
    supervisor.sync()
    place = world.settled.mine
    worker.save(Draft("resident", person, place, {"name": "赵仕昌"}))
    supervisor.save(Draft("resident", person, place, {"name": "赵士昌"}))
    worker.sync()
    assert supervisor.sync().conflicts == 1
    worker.sync()
    text = ids.text(person)
    versions = [
        sorted(one["value"] for one in desk.shown()[text]["conflicts"]["name"])  # type: ignore[index]
        for desk in two
    ]
    assert versions == [["赵仕昌", "赵士昌"], ["赵仕昌", "赵士昌"]]
    record = find(supervisor.ledger, person)
    chosen = next(head for head in record.heads["name"] if head.value == ("赵仕昌",))
    settle_taking(supervisor.ledger, record, "name", chosen.change, "问过本人")
    supervisor.sync()
    worker.sync()
    for desk in two:
        assert name_of(desk, person) == "赵仕昌"
        assert desk.shown()[text]["conflicts"] == {}
    assert worker.shown() == {
        key: one for key, one in supervisor.shown().items() if one["place"] in places(worker)
    }


def places(desk: Desk) -> set[object]:
    return {one["place"] for one in desk.shown().values()}


def test_an_author_sees_his_own_word_until_it_is_answered(world: World, two: tuple[Desk, Desk]) -> None:
    worker, supervisor = two
    _, person = household(world, worker)
    worker.sync()
    supervisor.sync()
    worker.save(Draft("resident", person, world.settled.mine, {"name": "甲"}))
    world.town.clock.now += 1000
    supervisor.save(Draft("resident", person, world.settled.mine, {"name": "乙"}))
    supervisor.sync()
    worker.line.loss = 0
    assert name_of(worker, person) == "甲"
    worker.sync()
    assert name_of(worker, person) == "乙"


def test_two_laptops_that_make_the_same_thing_make_it_once(world: World, two: tuple[Desk, Desk]) -> None:
    worker, supervisor = two
    record, place = ids.named("import", "file", "1"), world.settled.mine
    same = Draft("resident", record, place, {"household": ids.named("h"), "name": "李萍"}, new=True)
    for desk in two:
        desk.save(same)
    worker.sync()
    report = supervisor.sync()
    assert (report.duplicates, report.complete) == (1, True)
    assert supervisor.shown()[ids.text(record)]["conflicts"] == {}
    assert supervisor.ledger.unsent().pending == 0


def test_a_creation_with_other_content_gets_a_new_id_and_stands_beside(
    world: World, two: tuple[Desk, Desk]
) -> None:
    worker, supervisor = two
    record, place = ids.named("import", "file", "2"), world.settled.mine
    for desk, name in zip(two, ("李萍", "李平"), strict=True):
        desk.save(Draft("resident", record, place, {"household": ids.named("h"), "name": name}, new=True))
    supervisor.save(Draft("resident", record, place, {"remark": "听力弱"}))
    worker.sync()
    assert supervisor.sync().complete
    worker.sync()
    for desk in two:
        shown = desk.shown()[ids.text(record)]
        assert sorted(one["value"] for one in shown["conflicts"]["name"]) == ["李平", "李萍"]  # type: ignore[index]
        assert shown["fields"]["remark"] == "听力弱"  # type: ignore[index]
        assert shown["pending"] == 0
        assert check(desk.ledger).damage == []


def test_an_assignment_or_a_template_pushed_by_a_worker_is_not_accepted(
    world: World, two: tuple[Desk, Desk]
) -> None:
    worker, supervisor = two
    worker.save(
        Draft(
            "assignment",
            world.new_id(),
            COMMONS,
            {"worker": worker.laptop.worker, "grid": ids.named("grid"), "since": "2026-01-01"},
            new=True,
        )
    )
    worker.save(Draft("card_template", world.new_id(), COMMONS, {"title": "我的卡"}, new=True))
    report = worker.sync()
    assert (report.accepted, report.held) == (0, 2)
    assert worker.ledger.unsent().held == 2
    supervisor.sync()
    assert not [one for one in supervisor.shown().values() if one["kind"] == "card_template"]
    assert [one["pending"] for one in worker.shown().values() if one["kind"] == "card_template"] == [1]


def test_a_door_outside_the_workers_grid_is_held_and_blocks_nothing(
    world: World, two: tuple[Desk, Desk]
) -> None:
    worker, _ = two
    outside = Draft("household", world.new_id(), world.settled.other, {"dwelling": ids.named("d")}, new=True)
    worker.save(outside)
    household(world, worker)
    report = worker.sync()
    assert (report.held, report.accepted, report.complete) == (1, 2, True)


def test_a_grid_taken_away_takes_its_records_off_the_laptop(world: World, two: tuple[Desk, Desk]) -> None:
    worker, supervisor = two
    household(world, worker)
    worker.sync()
    supervisor.sync()
    assignment = next(one for one in supervisor.shown().values() if one["kind"] == "assignment")
    supervisor.save(
        Draft(
            "assignment",
            ids.parse(str(assignment["record"])),
            COMMONS,
            {"until": "2026-01-01"},
        )
    )
    supervisor.sync()
    report = worker.sync()
    assert (report.forgotten, report.complete) == (1, True)
    assert {one["place"] for one in worker.shown().values()} == {ids.text(COMMONS)}


def test_a_broken_copy_heals_from_the_server(world: World, two: tuple[Desk, Desk]) -> None:
    worker, _ = two
    _, person = household(world, worker)
    worker.sync()
    with worker.ledger.writing() as connection:
        connection.exec_driver_sql("DELETE FROM k_resident WHERE id = ?", (person,))
        connection.exec_driver_sql("UPDATE place SET count = count - 1 WHERE id = ?", (world.settled.mine,))
    report = worker.sync()
    assert (report.healed, report.complete) == (1, True)
    assert name_of(worker, person) == "赵世昌"
    assert check(worker.ledger).damage == []


def test_a_server_of_another_history_is_no_dead_end(world: World, two: tuple[Desk, Desk]) -> None:
    worker, _ = two
    household(world, worker)
    worker.sync()
    with worker.ledger.writing() as connection:
        position = kept.position(connection)
        assert position.checkpoint is not None
        other = Checkpoint(ids.named("another history"), 7, bytes(32))
        kept.put(connection, "position", msgspec.structs.replace(position, checkpoint=other))
        kept.put(connection, "passed", [other])
    report = worker.sync()
    assert (report.resent, report.duplicates, report.only_here, report.complete) == (2, 2, 0, True)


def test_an_edit_of_a_renamed_creation_has_not_seen_the_other_one(
    world: World, two: tuple[Desk, Desk]
) -> None:
    worker, supervisor = two
    record, place = ids.named("import", "file", "3"), world.settled.mine
    for desk, name in zip(two, ("李萍", "李平"), strict=True):
        desk.save(Draft("resident", record, place, {"household": ids.named("h"), "name": name}, new=True))
    worker.sync()
    fill = world.town.service.sender.fill
    world.town.service.sender.fill = _cut  # type: ignore[method-assign]
    with pytest.raises(UnreachableError):
        supervisor.sync()
    world.town.service.sender.fill = fill  # type: ignore[method-assign]
    supervisor.save(Draft("resident", record, place, {"name": "李苹"}))
    supervisor.sync()
    worker.sync()
    for desk in two:
        versions = desk.shown()[ids.text(record)]["conflicts"]["name"]  # type: ignore[index]
        assert sorted(one["value"] for one in versions) == ["李苹", "李萍"]


def _cut(orders: object, may: object) -> Any:
    raise UnreachableError("cut")


def test_who_saw_a_held_word_has_seen_what_that_had_seen(world: World, two: tuple[Desk, Desk]) -> None:
    worker, supervisor = two
    grid = next(one for one in _after_sync(supervisor) if one["kind"] == "grid")
    record = ids.parse(str(grid["record"]))
    worker.sync()
    worker.save(Draft("grid", record, COMMONS, {"title": "改了一回"}))
    worker.sync()
    worker.save(Draft("grid", record, COMMONS, {"title": "又改一回"}))
    assert record in worker.ledger.pending_changes(0, 1)[0].seen
    assert worker.shown()[ids.text(record)]["conflicts"] == {}


def _after_sync(desk: Desk) -> list[dict[str, object]]:
    desk.sync()
    return list(desk.shown().values())


def test_a_first_fill_cut_off_still_pulls_what_changed_meanwhile(
    world: World, two: tuple[Desk, Desk]
) -> None:
    worker, supervisor = two
    _, person = household(world, supervisor)
    supervisor.sync()
    fill = world.town.service.sender.fill
    world.town.service.sender.fill = _cut  # type: ignore[method-assign]
    with pytest.raises(UnreachableError):
        worker.sync()
    world.town.service.sender.fill = fill  # type: ignore[method-assign]
    begun = worker.ledger.position().checkpoint
    supervisor.save(Draft("resident", person, world.settled.mine, {"name": "赵仕昌"}))
    supervisor.sync()
    assert begun is not None
    assert worker.sync().healed == 0
    assert name_of(worker, person) == "赵仕昌"
