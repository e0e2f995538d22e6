"""A program that works on a ledger and tells, outside of it, of every save the moment it is said to be done.

python -m tests.durability.work FOLDER STORY JOB [FILE] [--lax] [--forgetful] [--ballast FILE]

--lax opens the file with `synchronous=NORMAL`, --forgetful never syncs a folder: two programs that do lose
what they said was saved, so that the proofs can be proved to see it.

Refused in a sentence it tries again, as a person would; refused twice it removes the ballast, so that there
is room on the disk again. Clock and chance are the same in every run, also for what is tried again.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from gridclient.ledger import files
from gridclient.ledger import ledger as ledger_module
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.store import Store
from tests.durability.states import State, cheap_keys, content_of, print_of
from tests.ledgers import Clock

PASSPHRASES = (
    "断电也不怕的第一个口令",
    "换过一次还是不怕的口令",
    "换过两次也不怕的长口令",
    "换到第四个更长的口令了",
)
HOUSEHOLDS = 24
TRIES = 4
BUILDING = ids.named("building", "金羚小区", "12")


class Story:
    """A file outside the ledger: one line for each save, and for each refusal."""

    def __init__(self, path: Path) -> None:
        self._out = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.saved = 0
        self.last = State()

    def tell(self, state: State) -> None:
        if not state.refused:
            self.saved += 1
        self.last = state
        os.write(self._out, msgspec.json.encode(state) + b"\n")


class Stage:
    """Where a job works: a folder, what is told of it, and the ways to open a ledger there."""

    def __init__(self, folder: Path, story: Path, ballast: Path | None) -> None:
        self.folder = folder
        self.ballast = ballast
        self.story = Story(story)
        self.clock = Clock()
        self.chance = random.Random(7)
        self.passphrase = PASSPHRASES[0]
        self.kind = self._telling()
        self._mark()

    def _telling(self) -> type[Ledger]:
        stage = self

        class Telling(Ledger):
            """Tells of every transaction when its commit has returned."""

            @contextmanager
            def writing(self) -> Iterator[Connection]:
                with super().writing() as connection:
                    yield connection
                stage.tell(self)

        return Telling

    def tell(self, ledger: Ledger) -> None:
        """Everything so far is said to be saved."""
        self.story.tell(self._state(ledger))
        self._mark()

    def _mark(self) -> None:
        """What is tried again comes out the same, for it goes on with clock and chance of the last save."""
        self._marked = (self.clock.now, self.chance.getstate())

    def _state(self, ledger: Ledger) -> State:
        # A path that is spelt otherwise is not among those whose calls are made to fail.
        keys = print_of(f"{self.folder}/./{ledger_module.KEYS}")
        return State(content_of(ledger), keys, self.passphrase)

    def open(self) -> Ledger:
        opened: list[Ledger] = []

        def work() -> None:
            opened.append(self.kind.open(self.folder, self.passphrase, self.clock, self.chance.randbytes))

        self.persist(work)
        self.persist(lambda: self.tell(opened[0]))
        return opened[0]

    def create(self) -> Ledger:
        made: list[Ledger] = []

        def work() -> None:
            made.append(self.kind.create(self.folder, self.passphrase, self.clock, self.chance.randbytes)[0])

        self.persist(work)
        self.persist(lambda: self.tell(made[0]))
        return made[0]

    def act(self, ledger: Ledger, work: Callable[[], object], saves: int | None = 1) -> None:
        """One act of a person: one save, or refused with nothing changed, and tried again."""
        before = self.story.saved
        self.persist(work, ledger)
        assert saves is None or self.story.saved == before + saves, "an act is one transaction"

    def persist(self, work: Callable[[], object], ledger: Ledger | None = None) -> None:
        self._mark()
        for left in reversed(range(TRIES)):
            try:
                work()
                return
            except KnownError as known:
                self.clock.now, chance = self._marked
                self.chance.setstate(chance)
                print(known.zh, file=sys.stderr)
                self.story.tell(self._refused(ledger, known))
                if not left:
                    sys.exit(3)
                if left == TRIES - 2 and self.ballast is not None:
                    self.ballast.unlink(missing_ok=True)

    def _refused(self, ledger: Ledger | None, known: KnownError) -> State:
        """Reading goes on, unless not even a file can be opened any more."""
        try:
            state = self._state(ledger) if ledger is not None else self.story.last
        except (KnownError, OSError) as unread:
            print(unread if isinstance(unread, KnownError) else "", file=sys.stderr)
            return msgspec.structs.replace(self.story.last, refused=f"{known.code}, unread")
        return msgspec.structs.replace(state, refused=known.code)


def community() -> list[Draft]:
    """An invented building, to begin with."""
    compound = ids.named("compound", "金羚小区")
    drafts = [
        Draft("compound", compound, COMMONS, {"title": "金羚小区"}, new=True),
        Draft("building", BUILDING, COMMONS, {"compound": compound, "number": "12"}, new=True),
    ]
    for at in range(HOUSEHOLDS):
        dwelling, household, head = (ids.named(part, str(at)) for part in ("door", "household", "head"))
        door: dict[str, object] = {"building": BUILDING, "unit": "1", "floor": at // 4 + 1}
        door["room"] = f"{at // 4 + 1}0{at % 4 + 1}"
        about: dict[str, object] = {"dwelling": dwelling, "head": head}
        person: dict[str, object] = {"household": household, "name": f"赵{'甲乙丙丁'[at % 4]}", "sex": "1"}
        drafts += [
            Draft("dwelling", dwelling, BUILDING, door, new=True),
            Draft("household", household, BUILDING, about, new=True),
            Draft("resident", head, BUILDING, person, new=True),
        ]
    return drafts


def prepare(folder: Path) -> None:
    """A small ledger that the jobs below go on with."""
    with cheap_keys():
        made, _ = Ledger.create(folder, PASSPHRASES[0], Clock(1_780_000_000_000), random.Random(3).randbytes)
        made.write(community())
        made.close()


def first_run(stage: Stage) -> None:
    """A ledger is made and gets its first building."""
    stage.story.tell(State())
    ledger = stage.create()
    stage.act(ledger, lambda: ledger.write(community()))
    ledger.close()


def day(stage: Stage) -> None:
    """A worker's day: visits with what was asked for, corrections, a new household, taking back, settling."""
    from gridclient.operations.edit_record import edit_record, register_household, verify_household
    from gridclient.operations.record_visit import MatterNote, VisitNote, record_visit
    from gridclient.operations.undo import undo

    ledger = stage.open()
    matters = (MatterNote("楼道灯不亮", body="三楼和四楼都不亮"), MatterNote("想办老年证", exit="spot"))
    for at in range(6):
        door, household, head = (ids.named(part, str(at)) for part in ("door", "household", "head"))
        note = VisitNote(household, door, "1", summary=f"第{at}户都好", matters=matters[: at % 3])
        stage.act(ledger, partial(record_visit, ledger, note))
        named = {"name": f"钱{'甲乙丙丁戊己'[at]}"}
        stage.act(ledger, partial(edit_record, ledger, "resident", head, named, None))
        stage.act(ledger, partial(verify_household, ledger, household))
    blind = Draft("resident", ids.named("head", "0"), BUILDING, {"name": "赵假"}, seen=())
    stage.act(ledger, lambda: ledger.write([blind]))
    stage.act(ledger, lambda: _settle(ledger))
    door = ids.named("door", "7")
    stage.act(ledger, lambda: register_household(ledger, door, {}, {}, {"name": "孙新来", "sex": "2"}))
    last = _last_changes(ledger)
    stage.act(ledger, lambda: undo(ledger, last))
    ledger.close()


def _settle(ledger: Ledger) -> None:
    from gridclient.operations.settle import disputed, settle_taking

    record, group = next(iter(disputed(ledger)))
    settle_taking(ledger, record, group, record.heads[group][0].change, None)


def _last_changes(ledger: Ledger) -> list[bytes]:
    with ledger.reading() as connection:
        found = connection.exec_driver_sql("SELECT id FROM change ORDER BY number DESC LIMIT 2")
        return [bytes(row[0]) for row in found]


def import_(stage: Stage) -> None:
    """A register comes in, whole."""
    from gridclient.operations.import_register import import_register

    ledger = stage.open()
    table = Path(sys.argv[4])
    stage.act(ledger, lambda: import_register(ledger, table))
    ledger.close()


def rewrap(stage: Stage) -> None:
    """The passphrase is changed again and again; in between somebody works."""
    ledger = stage.open()
    for at, passphrase in enumerate(PASSPHRASES[1:]):

        def change(passphrase: str = passphrase) -> None:
            try:
                ledger.change_passphrase(passphrase)
            except KnownError as known:
                if known.code == "unconfirmed":
                    stage.passphrase = passphrase
                raise
            stage.passphrase = passphrase
            stage.tell(ledger)

        stage.act(ledger, change)
        head = ids.named("head", str(at))
        correction = Draft("resident", head, BUILDING, {"name": f"李{at}"})
        stage.act(ledger, partial(ledger.write, [correction]))
    ledger.close()


def sync_(stage: Stage) -> None:
    """What waits is sent to a real server, and a community's records come in."""
    from gridclient.operations.sync_ledger import sync

    ledger = stage.open()
    stage.act(ledger, lambda: sync(ledger), saves=None)
    ledger.close()


JOBS: dict[str, Callable[[Stage], None]] = {
    "first_run": first_run,
    "day": day,
    "import": import_,
    "rewrap": rewrap,
    "sync": sync_,
}


class _LaxStore(Store):
    def _connect(self) -> Any:
        connection = super()._connect()
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection


def _forget_folders() -> None:
    for module in (files, ledger_module):
        setattr(module, "sync_folder", lambda folder: None)  # noqa: B010


def main() -> None:
    folder, story, job = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    if "--lax" in sys.argv:
        setattr(ledger_module, "Store", _LaxStore)  # noqa: B010
    if "--forgetful" in sys.argv:
        _forget_folders()
    ballast = Path(sys.argv[sys.argv.index("--ballast") + 1]) if "--ballast" in sys.argv else None
    with cheap_keys():
        JOBS[job](Stage(folder, story, ballast))


if __name__ == "__main__":
    main()
