"""What the simulator found once, told again as the shortest story that shows it."""

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from sync_server.cli.drill.disasters import Disasters
from sync_server.cli.drill.judgement import judge_quiet
from sync_server.cli.drill.laptop import Laptop
from sync_server.cli.drill.running import drills
from sync_server.cli.drill.world import World
from tests.simulator.conftest import Worlds


def household(world: World, laptop: Laptop) -> Draft:
    house = ids.timed(world.now(), world.chance.randbytes(10))
    return Draft("household", house, world.template.buildings[0], {"dwelling": ids.named("door")}, new=True)


def above_ones_station(world: World) -> Draft:
    """What a worker may not write: it waits for the supervisor."""
    return Draft("building", world.template.buildings[0], COMMONS, {"steward": "李萍"})


def states(laptop: Laptop) -> list[str]:
    return [own.state for _, own in sorted(laptop.own().items())]


def level(world: World) -> None:
    for laptop in world.laptops * 2:
        report = world.sync(laptop)
        assert report is not None
        world.check_saved()
    judge_quiet(world)


def put_back(world: World, disasters: Disasters) -> None:
    """The server goes back to the copy made before."""
    disasters.put_server_back(world.laptops[0])


def test_what_waited_at_a_server_put_back_is_handed_in_again(worlds: Worlds) -> None:
    """Its order was as long as before, so only the numbers it knows tell that it lost something."""
    world = worlds(1)
    disasters, (_, worker) = Disasters(world), world.laptops
    level(world)
    disasters.keep_server(worker)
    worker.ledger.write([above_ones_station(world)])
    world.sync(worker)
    assert states(worker) == ["held"]
    put_back(world, disasters)
    level(world)
    assert states(worker) == ["held"]


def test_a_copy_let_in_anew_sends_again_what_the_server_has_lost(worlds: Worlds) -> None:
    world = worlds(2)
    disasters, (_, worker) = Disasters(world), world.laptops
    level(world)
    disasters.keep_server(worker)
    worker.ledger.write([household(world, worker)])
    world.sync(worker)
    disasters.copy_laptop(worker)
    put_back(world, disasters)
    worker.gone = "lost"
    copied = world.laptops[-1]
    world.sync(copied)
    assert copied.refused == "clone"
    disasters.let_in_anew(copied)
    world.laptops.remove(worker)
    level(world)
    assert states(copied) == ["done"]
    worker.close()


def test_what_a_copy_handed_in_to_a_server_put_back_is_handed_in_again(worlds: Worlds) -> None:
    world = worlds(3)
    disasters, (_, worker) = Disasters(world), world.laptops
    level(world)
    disasters.keep_server(worker)
    disasters.copy_laptop(worker)
    copied = world.laptops[-1]
    copied.ledger.write([household(world, copied)])
    world.sync(copied)
    assert (copied.refused, states(copied)) == ("clone", ["held"])
    put_back(world, disasters)
    for laptop in (copied, worker):
        world.sync(laptop)
        disasters.let_in_anew(laptop)
    level(world)
    assert states(copied) == ["done"]


@pytest.mark.parametrize("seed", [170, 612, 799, 1045, 1148, 1278, 1457])
def test_stories_that_went_wrong_once_go_well(seed: int) -> None:
    """Answers by stick of a lost order, a place empty until a push, an erasing that was followed by more."""
    (told,) = drills(range(seed, seed + 1), 80)
    assert not told.broken
