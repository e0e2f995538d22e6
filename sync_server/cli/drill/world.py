"""One drill's world: its time, its server, its laptops, and the truth beside them."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import Frame, RefusedError, UnreachableError
from gridclient.sync.session import SyncReport, SyncSession
from sync_server.cli.drill import community, voices
from sync_server.cli.drill.community import Let, Template
from sync_server.cli.drill.guard import LAPTOP, Guard, KilledError
from sync_server.cli.drill.laptop import Laptop
from sync_server.cli.drill.laws import judge_level, judge_saved
from sync_server.cli.drill.line import Line
from sync_server.cli.drill.mirror import Mirror, held_by
from sync_server.cli.drill.server import Disk, Server, copy_files
from sync_server.cli.drill.trace import BrokenError, Trace, short
from sync_server.cli.drill.voices import Voice, of_change
from sync_server.cli.drill.weather import Rates, Weather
from sync_server.service.commons import local_day
from sync_server.service.session import Session

YEAR = 366 * community.DAY
DEADLY = 90  # a laptop that dies does so within so many statements


class World:
    """Everything there is. `outcomes` counts what became of what was tried."""

    def __init__(
        self, template: Template, disk: Disk, folder: Path, seed: int, laptops: int, rates: Rates
    ) -> None:
        self.template = template
        self.folder = folder
        self.chance = random.Random(seed)
        self.weather = Weather(self.chance, rates)
        self.guard = Guard()
        self.trace = Trace()
        self.mirror = Mirror()
        self.true_time = community.START + community.DAY
        self.outcomes: dict[str, int] = {}
        self._nested = False
        self._disturbed = False
        home = disk.copy(template.server, folder / "server")
        self.server = Server(disk, home, self.now, self.chance, template.recovery)
        self.put_back = False
        self.laptops: list[Laptop] = []
        self.acknowledged: set[Id] = set()
        self.everything: dict[Id, Change] = {}
        self.forgiven: set[Voice] = set()
        self.touched: list[Laptop] = []
        count = laptops or self.chance.choice((2, 3, 3, 4, 4, 5, 6, 8))
        others = self.chance.sample(template.lets[1:-1], count - 1)
        for let in (template.lets[0], *others):
            self._add_laptop(let)

    def now(self) -> int:
        return self.true_time

    def _add_laptop(self, let: Let) -> None:
        name = f"L{len(self.laptops)}"
        folder = copy_files(self.template.ledger, self.folder / name)
        laptop = Laptop(name, let.enrolled.worker, folder, self.template.key, self.now, self.chance)
        if self.weather.happens(self.weather.rates.skewed):
            laptop.skew = self.chance.choice((-1, 1)) * self.chance.randrange(10 * YEAR)
        laptop.machine = name
        laptop.join(let)
        self.laptops.append(laptop)
        role = let.enrolled.role
        self.trace.say(
            f"{name} {short(laptop.device)} is {let.enrolled.name}'s ({role}), {laptop.skew} ms ahead"
        )

    def copy_laptop(self, laptop: Laptop) -> None:
        """A copy of a laptop's ledger goes on on another computer."""
        name = f"L{len(self.laptops)}"
        folder = copy_files(laptop.folder, self.folder / name)
        copied = Laptop(name, laptop.worker, folder, self.template.key, self.now, self.chance, laptop.skew)
        copied.machine, copied.token, copied.device = name, laptop.token, laptop.device
        copied.saved, copied.sealed = dict(laptop.saved), set(laptop.sealed)
        self.laptops.append(copied)
        self.trace.say(f"  {name} is a copy of {laptop.name}")

    def line(self, laptop: Laptop) -> Line:
        return Line(laptop.token, self, self.weather, self.guard)

    # What the line asks of the far end.

    @property
    def life(self) -> str:
        """Changes whenever another process serves."""
        return str(self.server.lives)

    def session(self, token: str) -> Session:
        return self.server.session(token)

    def die(self) -> None:
        self.trace.say("  the server dies")
        with self.guard.safe():
            self.server.die()

    def meanwhile(self) -> None:
        if self._nested or not self.weather.happens(self.weather.rates.meanwhile):
            return
        self._nested = self._disturbed = True
        try:
            with self.guard.safe(), self.guard.running(LAPTOP):
                self.sync(self.chance.choice([one for one in self.laptops if not one.gone]))
        finally:
            self._nested = False

    def sent(self, token: str, frame: Frame) -> None:
        """Nothing may go to somebody who has no right to its place at this moment."""
        laptop = next(one for one in self.laptops if one.token == token)
        with self.guard.safe():
            self.follow()
        allowed = held_by(self.mirror, laptop.worker, local_day(self.now())) or set()
        for section in frame.sections:
            if section.rows and section.place not in allowed:
                raise BrokenError(f"{laptop.name} was sent rows of {short(section.place)}")

    # What happens to laptops.

    def follow(self) -> None:
        """Let the mirror take in what the log has got."""
        with self.server.service.store.read() as snapshot:
            self.mirror.follow(snapshot.records)
        self.everything.update(self.mirror.changes)

    def sync(self, laptop: Laptop) -> SyncReport | None:
        """One sync, whatever becomes of it."""
        before = self._disturbed
        self._disturbed = False
        self.touched.append(laptop)
        if self.weather.happens(self.weather.rates.laptop_dies) and not self._nested:
            self.guard.arm(LAPTOP, self.chance.randrange(1, DEADLY))
        report, outcome = self._try(laptop)
        self.trace.say(f"  {laptop.name} syncs: {outcome}")
        key = outcome.split(",")[0]
        self.outcomes[key] = self.outcomes.get(key, 0) + 1
        if report is not None and report.complete and not self._disturbed and self.chance.random() < 0.5:
            self.judge_complete(laptop)
        self._disturbed = before or self._disturbed
        return report

    def _try(self, laptop: Laptop) -> tuple[SyncReport | None, str]:
        try:
            report = SyncSession(laptop.ledger, self.line(laptop), machine=laptop.machine).run()
        except KilledError:
            laptop.die()
            return None, "died"
        except UnreachableError:
            return None, "unreachable"
        except RefusedError as refused:
            laptop.refused = refused.code
            if refused.code == "revoked":
                with self.losing():
                    laptop.gone = "revoked"
            return None, f"refused {refused.code}"
        except KnownError as known:
            return None, f"error {known.code}"
        except BrokenError:
            raise
        except Exception as error:
            raise BrokenError(f"{type(error).__name__} left a session: {error}") from error
        finally:
            self.guard.disarm()
        return report, _words(report)

    def save(self, laptop: Laptop, work: Callable[[], str]) -> None:
        """One save, which may be cut off by the power."""
        self.touched.append(laptop)
        if self.weather.happens(self.weather.rates.laptop_dies / 2):
            self.guard.arm(LAPTOP, self.chance.randrange(1, 25))
        try:
            outcome = work()
        except KilledError:
            laptop.die()
            outcome = "died"
        except KnownError as known:
            outcome = f"error {known.code}"
        finally:
            self.guard.disarm()
        self.trace.say(f"  {laptop.name} saves: {outcome}")

    def check_saved(self) -> None:
        """Let the ledgers touched since last time prove that they have lost nothing."""
        touched = [laptop for laptop in self.touched if not laptop.gone]
        if touched:
            self.follow()
        logged = {(change.record, change.number) for change in self.everything.values()}
        logged |= {(change, 0) for change in self.everything}
        for laptop in touched:
            self.acknowledged |= judge_saved(laptop, logged)
        self.touched.clear()

    def out_of_reach(self) -> set[Voice]:
        """What was acknowledged once, and nobody says any more."""
        self.follow()
        originals = {voices.copy_of(change): change for change in self.everything}
        with self.server.service.store.read() as snapshot:
            present = voices.at_server(self.mirror, snapshot.records, self.acknowledged, originals)
        for laptop in self.laptops:
            if not laptop.gone:
                present |= voices.on_laptop(laptop)
        acknowledged = {
            voice
            for one in self.acknowledged & self.everything.keys()
            for voice in of_change(self.everything[one])
        }
        return acknowledged - voices.within_reach(present, self.everything) - self.forgiven

    @contextmanager
    def losing(self) -> Iterator[None]:
        """Within the block somebody destroys something; what only that had is nobody's fault."""
        with self.guard.safe():
            lost = self.out_of_reach()
        if lost:
            raise BrokenError(f"{short(min(lost)[0])} was acknowledged and is lost")
        yield
        with self.guard.safe():
            self.forgiven |= self.out_of_reach()

    def judge_complete(self, laptop: Laptop) -> None:
        """A sync that called itself complete: is it?"""
        self.follow()
        judge_level(self.mirror, laptop, self.now(), self.put_back)

    def close(self) -> None:
        for laptop in self.laptops:
            laptop.close()
        self.server.close()


def _words(report: SyncReport) -> str:
    counts = (
        ("pushed", report.pushed),
        ("conflicts", report.conflicts),
        ("duplicates", report.duplicates),
        ("held", report.held),
        ("quarantined", report.quarantined),
        ("received", report.received),
        ("filled", report.filled),
        ("forgotten", report.forgotten),
        ("healed", report.healed),
    )
    said = " ".join(f"{name} {count}" for name, count in counts if count)
    return f"{'complete' if report.complete else 'incomplete'}, {said or 'nothing'}"
