"""The road without a line: files carried out, taken in, and their answers carried home, once or more."""

from typing import NamedTuple

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import RefusedError
from gridclient.operations.pack_changes import pack_changes
from gridclient.operations.unpack_file import take_answers
from sync_server.cli.drill.guard import SERVER, KilledError
from sync_server.cli.drill.laptop import Laptop
from sync_server.cli.drill.world import World
from sync_server.service.unpacking import unpack


class _Stick(NamedTuple):
    laptop: Laptop
    data: bytes


class Sticks:
    """The sticks in people's pockets. None is ever emptied: a file may come again after weeks."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chance = world.chance
        self._packs: list[_Stick] = []
        self._answers: list[_Stick] = []

    def stick_out(self, laptop: Laptop) -> None:
        """Somebody packs what waits."""
        world, path = self._world, self._world.folder / "stick"

        def work() -> str:
            packed = pack_changes(laptop.ledger, path, overwrite=True)
            if packed.changes:
                self._packs.append(_Stick(laptop, path.read_bytes()))
            return f"stick out {packed.changes}"

        world.save(laptop, work)

    def stick_in(self, _: Laptop) -> None:
        """A stick reaches the server, perhaps not for the first time."""
        world = self._world
        if not self._packs:
            return
        stick = self._packs[self._chance.randrange(len(self._packs))]
        if world.weather.happens(world.weather.rates.server_dies * 5):
            world.guard.arm(SERVER, self._chance.randrange(1, 30))
        try:
            with world.guard.running(SERVER):
                unpacked = unpack(world.server.service, stick.data)
        except KilledError:
            world.die()
            return
        except (KnownError, RefusedError) as error:
            world.trace.say(f"  stick not taken in: {error.code}")
            return
        finally:
            world.guard.disarm()
        self._answers.append(_Stick(stick.laptop, unpacked.answers))
        counts = " ".join(f"{status} {count}" for status, count in sorted(unpacked.counts.items()))
        world.trace.say(f"  stick of {stick.laptop.name}: {counts}")

    def stick_home(self, _: Laptop) -> None:
        """Answers come home, perhaps not for the first time."""
        if not self._answers:
            return
        stick = self._answers[self._chance.randrange(len(self._answers))]
        if not stick.laptop.gone:
            world = self._world
            world.save(
                stick.laptop, lambda: f"stick home {take_answers(stick.laptop.ledger, stick.data).answers}"
            )
