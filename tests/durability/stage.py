"""Where a job works on a ledger: it tells, outside of it, of every save the moment it is said to be done.

Refused in a sentence it tries again, as a person would; refused twice it removes the ballast, so that there
is room on the disk again. Clock and chance are the same in every run, also for what is tried again.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import KEYS, Ledger
from tests.durability.states import State, cheap_keys, content_of, print_of
from tests.ledgers import Clock

PASSPHRASES = (
    "断电也不怕的第一个口令",
    "换过一次还是不怕的口令",
    "换过两次也不怕的长口令",
    "换到第四个更长的口令了",
)
HOUSEHOLDS = 24
STEMS = "甲乙丙丁戊己庚辛壬癸"
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
        self.files: dict[str, str] = {}
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

    def promise(self, path: Path) -> None:
        """From now on this file has to be there, as it is."""
        self.files[str(path.relative_to(self.folder.parent))] = print_of(f"{path.parent}/./{path.name}")

    def tell(self, ledger: Ledger) -> None:
        """Everything so far is said to be saved."""
        self.story.tell(self._state(ledger))
        self._mark()

    def _mark(self) -> None:
        """What is tried again comes out the same, for it goes on with clock and chance of the last save."""
        self._marked = (self.clock.now, self.chance.getstate())

    def _state(self, ledger: Ledger) -> State:
        # A path that is spelt otherwise is not among those whose calls are made to fail.
        keys = print_of(f"{self.folder}/./{KEYS}")
        return State(content_of(ledger), keys, self.passphrase, dict(self.files))

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


def write_register(table: Path) -> None:
    """A register of an invented building, as a CSV file."""
    lines = ["小区,楼栋,单元,房号,姓名,性别"]
    for at in range(120):
        home = f"金羚小区,14,{at // 80 + 1},{at % 80 // 4 + 1}0{at % 4 + 1}"
        given = STEMS[at % 10] + STEMS[at // 10 % 10]
        lines += [f"{home},周{given},男", f"{home},吴{given},女"]
    table.write_text("\n".join(lines), "utf-8")
