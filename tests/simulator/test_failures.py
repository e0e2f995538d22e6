"""The failures other offline-first programs had, T1 to T22, each with the tests that would have caught it."""

import ast
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from gridclient.core.merge.record import conflicts
from gridclient.core.wire.messages import UnreachableError
from gridclient.sync.session import SyncSession
from sync_server.cli.drill.community import DAY
from sync_server.cli.drill.disasters import Disasters
from sync_server.cli.drill.guard import LAPTOP
from sync_server.cli.drill.judgement import judge_quiet
from sync_server.cli.drill.laptop import Laptop
from sync_server.cli.drill.line import Line
from sync_server.cli.drill.weather import Fate, Weather
from sync_server.cli.drill.world import World
from tests.simulator.conftest import Worlds

ROOT = Path(__file__).parents[2]
HERE = "tests/simulator/test_failures.py"
DRILL = "tests/simulator/test_drill.py::test_whatever_goes_wrong_nothing_is_lost_or_twice"
LAWS = "tests/core/test_merge_laws.py"
SUITE: dict[str, tuple[str, ...]] = {
    "T1 a lower number commits last": (
        "tests/server/test_order.py::test_many_processes_push_and_a_reader_misses_nothing",
        "tests/server/test_order.py::test_numbers_of_a_sequence_would_be_found_out",
    ),
    "T2 the line is cut at every byte": (f"{HERE}::test_t2_cut_at_any_byte_nothing_is_lost_or_twice",),
    "T3 killed at every statement of a sync": (
        f"{HERE}::test_t3_killed_at_any_statement_of_a_sync_nothing_is_lost",
        "tests/durability/test_kill_points.py::test_a_killed_sync_is_finished_by_syncing_again",
    ),
    "T4 hostile texts": (
        f"{HERE}::test_t4_every_text_a_person_can_type_arrives",
        "tests/server/test_hostile_requests.py::test_every_value_in_every_field_is_answered",
    ),
    "T5 parent quarantined, child accepted": (f"{HERE}::test_t5_a_child_is_taken_though_its_parent_is_not",),
    "T6 a building lost during forty days offline": (
        f"{HERE}::test_t6_forty_days_offline_and_the_building_is_anothers",
        "tests/sync/test_losing_places.py::test_what_the_server_has_not_taken_stays_in_sight",
        "tests/sync/test_moves_meet.py::test_what_a_worker_wrote_without_a_network_waits_for_the_new_door",
    ),
    "T7 deleted here, edited there": (
        f"{LAWS}::test_retiring_without_having_seen_a_late_word_is_in_doubt",
        f"{LAWS}::test_any_order_and_any_repetition_give_the_same_heads",
    ),
    "T8 edits in all orders": (
        f"{LAWS}::test_any_order_and_any_repetition_give_the_same_heads",
        DRILL,
    ),
    "T9 clocks years wrong": (f"{LAWS}::test_clocks_never_decide_what_survives", DRILL),
    "T10 a server of yesterday": (
        "tests/sync/test_restored_server.py::test_cut_off_anywhere_it_goes_on",
        "tests/simulator/test_found.py::test_what_waited_at_a_server_put_back_is_handed_in_again",
        DRILL,
    ),
    "T11 a copied laptop": (
        "tests/server/test_api_hello.py::test_two_copies_of_one_ledger_are_found_out",
        "tests/simulator/test_found.py::test_a_copy_let_in_anew_sends_again_what_the_server_has_lost",
        DRILL,
    ),
    "T12 a full disk": (
        "tests/durability/test_failing_disk.py::test_on_a_full_disk_nothing_is_saved_until_there_is_room",
        "tests/durability/test_failing_disk.py::test_every_refusal_is_one_sentence_and_changes_nothing",
    ),
    "T13 old and new programs": (
        "tests/server/test_api_judgement.py::test_what_a_newer_program_says_goes_round",
        "tests/server/test_api_contract.py::test_a_program_too_old_is_told_so",
        "tests/ledger/test_upgrade.py::test_columns_of_tomorrow_are_kept_until_they_are_known",
        DRILL,
    ),
    "T14 nothing new is for me": (f"{HERE}::test_t14_what_is_not_for_me_costs_one_round",),
    "T15 merged, edited late, parted": (f"{HERE}::test_t15_a_late_word_survives_merging_and_parting",),
    "T16 a hundred first syncs": (f"{HERE}::test_t16_a_hundred_first_syncs_get_the_same",),
    "T17 synced is never said too early": (
        f"{HERE}::test_t17_nothing_is_called_complete_while_a_step_is_open",
        "tests/sync/test_weak_lines.py::test_it_is_not_called_complete_while_something_waits",
        DRILL,
    ),
    "T18 a broken copy heals": (
        "tests/sync/test_session.py::test_a_broken_copy_heals_from_the_server",
        "tests/sync/test_weak_lines.py::test_a_place_that_differs_is_compared_before_it_is_replaced",
    ),
    "T19 made and retired between two pulls": (f"{HERE}::test_t19_made_and_retired_between_two_pulls",),
    "T20 a stick twice, then the network": (
        "tests/sync/test_sticks.py::test_both_roads_meet",
        "tests/server/test_unpacking.py::test_the_same_file_again_says_the_same_and_adds_nothing",
        DRILL,
    ),
    "T21 a disputed card is not printed": (f"{HERE}::test_t21_what_people_disagree_on_is_not_printed",),
    "T22 the window during a first sync": ("tests/benchmarks/stall.py::main",),
}


@pytest.mark.parametrize("failure", SUITE)
def test_every_failure_has_its_tests(failure: str) -> None:
    for node in SUITE[failure]:
        path, _, name = node.partition("::")
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        assert name in {found.name for found in tree.body if isinstance(found, ast.FunctionDef)}, node


def test_the_suite_is_whole() -> None:
    assert [failure.split()[0] for failure in SUITE] == [f"T{number}" for number in range(1, 23)]


class _Cut(Weather):
    """Cuts the n-th byte sent or received in one conversation, and nothing else."""

    def __init__(self, world: World, at: int) -> None:
        super().__init__(world.chance, world.weather.rates)
        self.left = at

    def fate(self) -> Fate:
        return Fate.FINE


class _CutLine(Line):
    def __init__(self, world: World, laptop: Laptop, weather: _Cut) -> None:
        super().__init__(laptop.token, world, weather, world.guard)
        self._cutting = weather

    def carried(self, data: bytes) -> bytes:
        before, self._cutting.left = self._cutting.left, self._cutting.left - len(data)
        return data if before < 0 or self._cutting.left >= 0 else data[:before]


def house(world: World, laptop: Laptop, building: int = 0) -> tuple[Id, Id]:
    """A household saved on a laptop: (record, place)."""
    record, place = ids.timed(world.now(), world.chance.randbytes(10)), world.template.buildings[building]
    laptop.ledger.write([Draft("household", record, place, {"dwelling": ids.named("door")}, new=True)])
    return record, place


def person(world: World, laptop: Laptop, of: tuple[Id, Id], name: str = "李萍") -> Id:
    record = ids.timed(world.now(), world.chance.randbytes(10))
    laptop.ledger.write([Draft("resident", record, of[1], {"household": of[0], "name": name}, new=True)])
    return record


def level(world: World) -> None:
    for laptop in world.laptops * 2:
        assert world.sync(laptop) is not None
        world.check_saved()
    judge_quiet(world)


def test_t2_cut_at_any_byte_nothing_is_lost_or_twice(worlds: Worlds, size: Callable[[int, int], int]) -> None:
    world = worlds(2)
    desk, worker = world.laptops
    level(world)
    cut, at = True, 0
    while cut:
        of = house(world, worker)
        house(world, desk)
        world.sync(desk)
        weather = _Cut(world, at)
        with suppress(UnreachableError):
            SyncSession(worker.ledger, _CutLine(world, worker, weather), machine=worker.machine).run()
        cut = weather.left < 0
        assert (report := world.sync(worker)) is not None
        assert report.complete
        world.follow()
        assert [one.record for one in world.mirror.changes.values()].count(of[0]) == 1
        at += size(11, 1)
    level(world)
    assert at > 500


def test_t3_killed_at_any_statement_of_a_sync_nothing_is_lost(
    worlds: Worlds, size: Callable[[int, int], int]
) -> None:
    world = worlds(3)
    desk, worker = world.laptops
    level(world)
    deaths, statement = 0, 1
    with world.guard.watching():
        while True:
            person(world, worker, house(world, worker))
            house(world, desk)
            world.sync(desk)
            world.guard.arm(LAPTOP, statement)
            before = worker.lives
            world.sync(worker)
            if worker.lives == before:
                break
            deaths += 1
            report = world.sync(worker)
            assert report is not None
            assert report.complete
            world.check_saved()
            statement += size(5, 1)
    level(world)
    assert deaths > 8


@pytest.mark.parametrize("text", ["𠮷野家😀👨‍👩‍👧", "\u202eabc\u202c שלום", "李·萍", "a\u0301", "9999-12-31"])
def test_t4_every_text_a_person_can_type_arrives(worlds: Worlds, text: str) -> None:
    world = worlds(4)
    desk, worker = world.laptops
    level(world)
    record = person(world, worker, house(world, worker), text)
    level(world)
    found = desk.ledger.record("resident", record)
    assert found is not None
    assert found.heads["name"][0].value == (text,)


def test_t5_a_child_is_taken_though_its_parent_is_not(worlds: Worlds) -> None:
    world = worlds(5)
    desk, worker = world.laptops
    level(world)
    parent, place = ids.named("parent"), world.template.buildings[0]
    door: dict[str, object] = {"dwelling": ids.named("door")}
    signed = Draft("household", parent, place, door, author=world.template.workers[0], new=True)
    worker.ledger.write([signed])
    child = person(world, worker, (parent, place))
    level(world)
    assert [own.state for _, own in sorted(worker.own().items())] == ["quarantined", "done"]
    assert desk.ledger.record("resident", child) is not None
    assert desk.ledger.record("household", parent) is None


def test_t6_forty_days_offline_and_the_building_is_anothers(worlds: Worlds) -> None:
    world = worlds(6)
    desk, worker = world.laptops
    level(world)
    of = house(world, worker)
    level(world)
    for _ in range(25):
        world.true_time += DAY
        said: dict[str, object] = {"household": of[0], "at": world.now(), "outcome": "1"}
        visit = ids.timed(world.now(), world.chance.randbytes(10))
        worker.ledger.write([Draft("visit", visit, of[1], said, new=True)])
    world.true_time += 15 * DAY
    desk.ledger.write([Draft("building", of[1], COMMONS, {"grid": world.template.grids[2]})])
    world.sync(desk)
    report = world.sync(worker)
    assert report is not None
    assert (report.pushed, report.held, report.forgotten) == (25, 25, 1)
    assert worker.ledger.record("household", of[0]) is None
    assert worker.ledger.unsent().held == 25
    assert len(world.line(desk).waiting()) == 25
    while Disasters(world).decide_some(1):
        pass
    level(world)


def test_t14_what_is_not_for_me_costs_one_round(worlds: Worlds, size: Callable[[int, int], int]) -> None:
    world = worlds(14)
    desk, worker = world.laptops
    level(world)
    place, elsewhere = world.template.buildings[3], size(2_000, 100_000)
    desk.ledger.write(
        Draft("household", ids.named(str(one)), place, {"dwelling": ids.named("d")}, new=True)
        for one in range(elsewhere)
    )
    world.sync(desk)
    report = world.sync(worker)
    assert report is not None
    assert (report.complete, report.received) == (True, 0)
    level(world)


def test_t15_a_late_word_survives_merging_and_parting(worlds: Worlds) -> None:
    world = worlds(15)
    desk, worker = world.laptops
    level(world)
    of = house(world, worker)
    one, other = person(world, worker, of), person(world, worker, of)
    level(world)
    merged: dict[str, object] = {"retired": "duplicate", "successor": other}
    desk.ledger.write([Draft("resident", one, of[1], merged)])
    worker.ledger.write([Draft("resident", one, of[1], {"remark": "迟到的一句"})])
    level(world)
    found = desk.ledger.record("resident", one)
    assert found is not None
    assert conflicts(found) == {"retired"}
    desk.ledger.write([Draft("resident", one, of[1], {"retired": None, "successor": None})])
    level(world)
    for laptop in world.laptops:
        found = laptop.ledger.record("resident", one)
        assert found is not None
        assert not conflicts(found)
        assert found.heads["remark"][0].value == ("迟到的一句",)


def test_t16_a_hundred_first_syncs_get_the_same(worlds: Worlds) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from gridclient.core.wire.messages import FillOrder

    world = worlds(16)
    desk, worker = world.laptops
    for _ in range(20):
        person(world, desk, house(world, desk))
    level(world)
    orders = [FillOrder(COMMONS), FillOrder(world.template.buildings[0])]

    def first(_: int) -> list[object]:
        return [frame.sections for frame in world.session(worker.token).fill(orders)]

    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(first, range(100)))
    assert len(got[0]) > 1
    assert all(one == got[0] for one in got)


@pytest.mark.parametrize("step", ["hello", "push", "pull", "digest"])
def test_t17_nothing_is_called_complete_while_a_step_is_open(worlds: Worlds, step: str) -> None:
    world = worlds(17)
    _, worker = world.laptops
    level(world)
    house(world, worker)
    agreed = worker.ledger.position().agreed
    world.true_time += DAY
    line = world.line(worker)

    def broken(*_: object) -> object:
        raise UnreachableError("cut")

    setattr(line, step, broken)
    session = SyncSession(worker.ledger, line, machine=worker.machine)
    with pytest.raises(UnreachableError):
        session.run()
    assert not session.report.complete
    assert worker.ledger.position().agreed == agreed
    level(world)


def test_t19_made_and_retired_between_two_pulls(worlds: Worlds) -> None:
    world = worlds(19)
    desk, worker = world.laptops
    level(world)
    of = house(world, desk)
    world.sync(desk)
    for retired in ("mistake", None, "moved"):
        said: dict[str, object] = {"retired": retired, "successor": None}
        desk.ledger.write([Draft("household", of[0], of[1], said)])
        world.sync(desk)
    level(world)
    found = worker.ledger.record("household", of[0])
    assert found is not None
    assert found.heads["retired"][0].value[0] == "moved"


def test_t21_what_people_disagree_on_is_not_printed(worlds: Worlds) -> None:
    from gridclient.operations.print_cards import Scope, lay_out

    world = worlds(21)
    desk, worker = world.laptops
    level(world)
    of, door = house(world, worker), ids.named("door")
    said: dict[str, object] = {"building": of[1], "unit": "1", "floor": 2, "room": "201"}
    worker.ledger.write([Draft("dwelling", door, of[1], said, new=True)])
    level(world)
    whole = len(lay_out(desk.ledger, Scope()).cards)
    desk.ledger.write([Draft("household", of[0], of[1], {"phone": "13900000001"})])
    worker.ledger.write([Draft("household", of[0], of[1], {"phone": "13900000002"})])
    level(world)
    deck = lay_out(desk.ledger, Scope())
    assert (len(deck.cards), deck.disputed) == (whole - 1, 1)
