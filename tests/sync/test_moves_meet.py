"""One household moves while some laptops have no network: successors meet, late words are kept, rows go."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gridclient.app.present.suggestions import waiting_late
from gridclient.core.domain import ids
from gridclient.core.domain.household_life import successor_id
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.operations.edit_record import edit_record
from gridclient.operations.late_edits import late_edits, take_late_edits
from gridclient.operations.move import move_household
from gridclient.operations.settle import disputed
from tests.sync.world import COMMONS, Desk, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, 7)
    yield made
    made.town.close()


class Street:
    """A supervisor, the worker of one building, and a household in it that can move to another."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.boss = world.desk(world.settled.supervisor.worker)
        self.worker = world.desk(world.settled.worker.worker)
        here, there = world.settled.mine, world.settled.other
        self.door, self.house, self.person = (ids.named(word) for word in ("to", "house", "person"))
        door = ids.named("from")
        self.boss.ledger.write(
            [
                Draft(
                    "dwelling",
                    door,
                    here,
                    {"building": here, "unit": "3", "floor": 5, "room": "502"},
                    new=True,
                ),
                Draft(
                    "dwelling",
                    self.door,
                    there,
                    {"building": there, "unit": "1", "floor": 1, "room": "101"},
                    new=True,
                ),
                Draft("household", self.house, here, {"dwelling": door, "head": self.person}, new=True),
                Draft("resident", self.person, here, {"household": self.house, "name": "赵世昌"}, new=True),
            ]
        )
        self.sync(self.boss, self.worker)

    def sync(self, *desks: Desk) -> None:
        for desk in desks:
            assert desk.sync().complete

    @property
    def goes_on(self) -> Id:
        return successor_id(self.person, self.world.settled.other)


@pytest.fixture
def street(world: World) -> Iterator[Street]:
    made = Street(world)
    yield made
    made.boss.ledger.close()
    made.worker.ledger.close()


def test_two_laptops_that_record_one_move_meet(world: World, street: Street) -> None:
    second = world.desk(world.settled.supervisor.worker)
    street.sync(second)
    for desk in (street.boss, second):
        move_household(desk.ledger, street.house, street.door, "2026-11-20")
    street.sync(street.boss, second, street.boss)
    there = [one for one in street.boss.shown().values() if one["kind"] == "resident"]
    assert [str(one["record"]) for one in there] == [ids.text(street.goes_on)]
    assert street.boss.shown() == second.shown()
    assert list(disputed(street.boss.ledger)) == []
    second.ledger.close()


def test_what_a_worker_wrote_without_a_network_waits_for_the_new_door(street: Street) -> None:
    edit_record(street.worker.ledger, "resident", street.person, {"remark": "听力弱"}, None)
    move_household(street.boss.ledger, street.house, street.door)
    street.sync(street.boss, street.worker, street.boss)
    with street.boss.ledger.reading() as connection:
        (late,) = late_edits(connection)
        (shown,) = waiting_late(connection, street.boss.ledger.clock(), True).values()
    assert (late.said, late.successor.id) == ({"remark": "听力弱"}, street.goes_on)
    assert (shown.item.who, shown.item.what) == ("赵世昌", "备注")
    take_late_edits(street.boss.ledger, [late.key], accept=True)
    street.sync(street.boss)
    remark = street.boss.shown()[ids.text(street.goes_on)]["fields"]
    assert isinstance(remark, dict)
    assert remark["remark"] == "听力弱"
    # The worker of the old building never sees the new one, and has no doubt left in the old.
    street.sync(street.worker)
    assert ids.text(street.goes_on) not in street.worker.shown()
    assert list(disputed(street.worker.ledger)) == []


def test_who_holds_a_building_holds_its_twin(world: World, street: Street) -> None:
    here, there = world.settled.mine, world.settled.other
    assert street.worker.sync().places == 2
    street.boss.save(Draft("same_as", world.new_id(), COMMONS, {"record": there, "target": here}, new=True))
    street.sync(street.boss)
    places = street.worker.sync().places
    assert places == 3
