"""One seed's story: steps in which anything may happen, then quiet, then judgement."""

import shutil
from pathlib import Path
from typing import NamedTuple

from sync_server.cli.drill import community
from sync_server.cli.drill.charge import Charge
from sync_server.cli.drill.community import Template
from sync_server.cli.drill.disasters import Disasters
from sync_server.cli.drill.judgement import judge_quiet
from sync_server.cli.drill.laptop import Laptop
from sync_server.cli.drill.newcomer import Newcomer
from sync_server.cli.drill.pen import Pen
from sync_server.cli.drill.server import Disk
from sync_server.cli.drill.sticks import Sticks
from sync_server.cli.drill.trace import BrokenError
from sync_server.cli.drill.weather import CALM, Rates
from sync_server.cli.drill.world import YEAR, World

ROUNDS = 3


class Told(NamedTuple):
    """What came of one story. `broken`: which law, "" for none."""

    seed: int
    lines: list[str]
    digest: str
    outcomes: dict[str, int]
    laptops: int
    changes: int
    broken: str


class Story:
    """Draws what happens next."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._disasters = Disasters(world)
        self._sticks = Sticks(world)
        self._newcomer = Newcomer(world, world.template.lets[-1])
        self._chance = world.chance

    def step(self) -> None:
        world = self._world
        world.true_time += self._chance.randrange(1, 60_000)
        acts = {
            self._save: 12.0,
            self._sync: 8.0,
            self._look: 2.0,
            self._switch_off: 0.7,
            self._set_clock: 0.7,
            self._charge: 1.0,
            self._days_pass: 0.3,
            self._disasters.keep_server: 0.4,
            self._disasters.put_server_back: 0.4,
            self._disasters.back_up_server: 0.2,
            self._disasters.restore_server: 0.3,
            self._disasters.erase: 0.4,
            self._disasters.revoke: 0.1,
            self._sticks.stick_out: 0.7,
            self._sticks.stick_in: 0.7,
            self._sticks.stick_home: 0.6,
            self._newcomer.newcomer: 0.8,
            self._disasters.keep_laptop: 0.5,
            self._disasters.restore_laptop: 0.4,
            self._disasters.copy_laptop: 0.3,
            self._disasters.let_in_anew: 1.5,
            self._disasters.decide: 1.0,
        }
        act = self._chance.choices(list(acts), list(acts.values()))[0]
        laptop = self._chance.choice([one for one in world.laptops if not one.gone])
        world.trace.say(f"{world.true_time} {act.__name__.strip('_')} {laptop.name}")
        act(laptop)
        world.check_saved()

    def _save(self, laptop: Laptop) -> None:
        pen = Pen(laptop.ledger, self._chance, self._world.template, laptop.remembered)

        def work() -> str:
            sort, drafts = pen.drafts()
            reason = "核对过" if self._chance.random() < 0.5 else None
            touched = laptop.ledger.write(drafts, reason=reason)
            return f"{sort} {len(touched.changes)}"

        self._world.save(laptop, work)

    def _sync(self, laptop: Laptop) -> None:
        self._world.sync(laptop)

    def _look(self, laptop: Laptop) -> None:
        Pen(laptop.ledger, self._chance, self._world.template, laptop.remembered).look()

    def _switch_off(self, laptop: Laptop) -> None:
        laptop.die()

    def _set_clock(self, laptop: Laptop) -> None:
        laptop.skew = self._chance.choice((0, -1, 1)) * self._chance.randrange(10 * YEAR)

    def _days_pass(self, _: Laptop) -> None:
        self._world.true_time += self._chance.randrange(40) * community.DAY

    def _charge(self, _: Laptop) -> None:
        """The supervisor gives somebody another charge or role, or a building another grid."""
        desk = self._world.laptops[0]
        if not desk.gone:
            pen = Charge(desk.ledger, self._chance, self._world.template)
            self._world.save(desk, lambda: f"charge {len(desk.ledger.write(pen.drafts()).changes)}")

    def quiet(self) -> None:
        """Nothing goes wrong any more; everybody syncs three times and is level then."""
        world = self._world
        world.weather.rates = CALM
        world.trace.say("quiet")
        for laptop in world.laptops * 2:
            if not laptop.gone:
                world.sync(laptop)
                self._disasters.let_in_anew(laptop)
                world.check_saved()
        while self._disasters.decide_some(1):
            pass
        for last in range(1, ROUNDS + 1):
            for laptop in world.laptops:
                if laptop.gone:
                    continue
                report = world.sync(laptop)
                world.check_saved()
                if last == ROUNDS and (report is None or not report.complete):
                    raise BrokenError(f"{laptop.name} is not level after {ROUNDS} rounds of quiet")
        judge_quiet(world)


def tell(
    template: Template, disk: Disk, folder: Path, seed: int, steps: int, laptops: int, rates: Rates
) -> Told:
    """The story of a seed. `folder` is made for it and removed after it."""
    folder.mkdir(parents=True)
    world = World(template, disk, folder, seed, laptops, rates)
    broken = ""
    try:
        with world.guard.watching():
            story = Story(world)
            for _ in range(steps):
                story.step()
            story.quiet()
    except BrokenError as error:
        broken = str(error)
        world.trace.say(f"BROKEN: {broken}")
    finally:
        world.close()
        shutil.rmtree(folder)
    lines = world.trace.lines
    count = len(world.laptops)
    return Told(seed, lines, world.trace.digest(), world.outcomes, count, world.mirror.seq, broken)
