"""What seldom happens and costs most: restored servers, restored and copied laptops, laptops shut out."""

from collections.abc import Callable
from pathlib import Path

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.merge.erasing import is_erased
from gridclient.core.wire.messages import Decision, RefusedError, UnreachableError
from gridclient.ledger import erasing, records
from gridclient.ledger import identity as kept
from gridclient.ledger.writing import Writer
from sync_server.cli.drill import community
from sync_server.cli.drill.laptop import Laptop
from sync_server.cli.drill.mirror import Mirror
from sync_server.cli.drill.trace import short
from sync_server.cli.drill.world import World
from sync_server.service import staffing

MOST_LAPTOPS = 10


class Disasters:
    """Acts on a whole laptop or on the whole server."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chance = world.chance
        self._backups: list[Path] = []

    def keep_server(self, _: Laptop) -> None:
        """Somebody copies the server."""
        self._world.server.keep()

    def put_server_back(self, _: Laptop) -> None:
        """Somebody puts an older copy in the place of the server, by hand."""
        server = self._world.server
        if server.kept:
            number = self._chance.randrange(server.kept)
            self._lose_server(lambda: server.put_back(number))

    def back_up_server(self, _: Laptop) -> None:
        """The tool makes a backup."""
        file = self._world.folder / f"backup{len(self._backups)}"
        self._world.server.back_up(file)
        self._backups.append(file)

    def restore_server(self, _: Laptop) -> None:
        """The tool restores a backup."""
        if self._backups:
            file = self._chance.choice(self._backups)
            self._lose_server(lambda: self._world.server.restore(file))

    def _lose_server(self, restore: Callable[[], None]) -> None:
        world = self._world
        with world.losing():
            before = world.mirror.seq
            restore()
            world.put_back = True
            world.mirror = Mirror()
            world.follow()
        world.trace.say(f"  the server goes from {before} back to {world.mirror.seq}")

    def keep_laptop(self, laptop: Laptop) -> None:
        """Somebody copies a laptop's folder."""
        laptop.keep()

    def restore_laptop(self, laptop: Laptop) -> None:
        """Somebody puts an older copy in the place of a laptop's folder, by hand."""
        if not laptop.images:
            return
        with self._world.losing():
            laptop.replace(*self._chance.choice(laptop.images))

    def copy_laptop(self, laptop: Laptop) -> None:
        """A ledger is copied to another computer, and both go on."""
        if len(self._world.laptops) < MOST_LAPTOPS:
            self._world.copy_laptop(laptop)

    def let_in_anew(self, laptop: Laptop) -> None:
        """A laptop taken for a copy, or unknown to a server put back, is enrolled anew under another id."""
        world = self._world
        if laptop.refused not in ("clone", "unknown_device"):
            return
        try:
            let = community.let_in(
                world.server.service, laptop.worker, self._chance, world.now(), laptop.device
            )
        except RefusedError as refused:
            world.trace.say(f"  not let in: {refused.code}")
            return
        laptop.join(let)
        world.trace.say(f"  {laptop.name} is {short(laptop.device)} now")

    def decide(self, _: Laptop) -> None:
        """The supervisor decides some of what waits, on the supervisor's laptop."""
        self.decide_some(0.7)

    def decide_some(self, share: float) -> int:
        """Decide a share of all that waits; how many these were."""
        world = self._world
        desk = next(
            (one for one in world.laptops if not one.gone and one.worker == world.template.workers[0]), None
        )
        if desk is None:
            return 0
        line = world.line(desk)
        try:
            waiting = line.waiting()
            decisions = [
                Decision(one.change.id, one.hash, self._chance.random() < 0.6, "不需要了")
                for one in waiting
                if self._chance.random() < share
            ]
            answers = line.decide(decisions).answers if decisions else []
        except (RefusedError, UnreachableError, KnownError) as error:
            world.trace.say(f"  not decided: {getattr(error, 'code', 'unreachable')}")
            return 0
        said = " ".join(f"{short(answer.change)} {answer.status}" for answer in answers)
        world.trace.say(f"  {desk.name} decides {said}")
        return len(answers)

    def revoke(self, laptop: Laptop) -> None:
        """A laptop is lost and shut out; it is found again and tries to sync."""
        world = self._world
        if laptop is world.laptops[0] or sum(not one.gone for one in world.laptops) <= 2:
            return
        try:
            staffing.revoke(world.server.service, ids.text(laptop.device))
        except KnownError as known:
            world.trace.say(f"  not revoked: {known.code}")

    def erase(self, _: Laptop) -> None:
        """The supervisor erases a person for good."""
        world, desk = self._world, self._world.laptops[0]

        def work() -> str:
            with desk.ledger.writing() as connection:
                found = connection.exec_driver_sql("SELECT id FROM k_resident ORDER BY id").scalars().all()
                if not found:
                    return "erase nobody"
                person = self._chance.choice(found)
                record = records.load(connection, "resident", person)
                assert record is not None
                if is_erased(record):
                    return "erase nobody"
                mine = kept.identity(connection)
                writer = Writer(connection, mine, desk.ledger.clock, desk.ledger.randomness)
                made = writer.write(erasing.erasing_draft(record, True), reason="本人要求")
                assert made is not None
                erasing.scrub(connection, "resident", person, made.id)
            return f"erase {short(person)}"

        if not desk.gone:
            world.save(desk, work)
