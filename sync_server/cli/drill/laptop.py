"""A laptop of a drill: a real ledger on real files, a clock that may be wrong, a memory of what was saved."""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec

from gridclient.core.domain.ids import Id
from gridclient.ledger.instance import InstanceLock
from gridclient.ledger.ledger import Ledger
from sync_server.cli.drill.community import Let
from sync_server.cli.drill.server import copy_files


class Own(NamedTuple):
    """An own change as the ledger keeps it."""

    id: Id
    record: Id
    state: str
    seq: int


@dataclass
class Laptop:
    """One computer with one ledger. `gone`: why it takes no more part, "" while it does.

    `saved`: what was saved here by number, as it was last seen in the ledger; it survives whatever the
    ledger loses. `remembered`: what was on its screen some time ago, by record.
    """

    name: str
    worker: Id
    folder: Path
    key: bytes
    now: Callable[[], int]
    chance: random.Random
    skew: int = 0
    gone: str = ""
    shut_out: bool = False
    saved: dict[int, Own] = field(default_factory=dict)
    remembered: dict[Id, tuple[Id, ...]] = field(default_factory=dict)
    images: list[tuple[Path, dict[int, Own]]] = field(default_factory=list)
    token: str = ""
    device: Id = b""
    lives: int = 0

    def __post_init__(self) -> None:
        self._home = self.folder
        self.ledger = self._start()

    def clock(self) -> int:
        return self.now() + self.skew

    def _start(self) -> Ledger:
        """What `Ledger.open` does after the passphrase."""
        lock = InstanceLock(self.folder / "lock")
        ledger = Ledger(self.folder, self.key, self.clock, self.chance.randbytes, lock)
        ledger.note_time()
        return ledger

    def join(self, let: Let) -> None:
        """Become the worker's laptop."""
        before = self.ledger.identity()
        self.ledger.enrolled(
            msgspec.structs.replace(
                before,
                device=let.device,
                worker=let.enrolled.worker,
                name=let.enrolled.name,
                role=let.enrolled.role,
                community=let.enrolled.community,
                grids=tuple(let.enrolled.grids),
                url="http://localhost",
                token=let.enrolled.token,
                signing_key=let.signing_key,
            )
        )
        self.token, self.device = let.enrolled.token, let.device

    def die(self) -> None:
        """Lose the program and whatever it had not written; a new one starts on what lay on the disk."""
        after = self.image(f"life{self.lives + 1}")
        self.ledger.close()
        shutil.rmtree(self.folder)
        self.lives += 1
        self.folder = after
        self.ledger = self._start()
        self.remembered.clear()

    def image(self, name: str) -> Path:
        """The folder as it lies on the disk now, beside it."""
        return copy_files(self.folder, self._home.with_name(f"{self._home.name}-{name}"))

    def keep(self) -> None:
        """A copy somebody makes by hand and may come back to."""
        self.images.append((self.image(f"kept{len(self.images)}-{self.lives}"), dict(self.saved)))

    def replace(self, image: Path, saved: dict[int, Own]) -> None:
        """Put an older image in the place of what is there, as somebody does by hand."""
        self.ledger.close()
        shutil.rmtree(self.folder)
        self.lives += 1
        self.folder = copy_files(image, self._home.with_name(f"{self._home.name}-life{self.lives}"))
        self.saved = dict(saved)
        self.ledger = self._start()
        self.remembered.clear()

    def own(self) -> dict[int, Own]:
        """All own changes in the ledger, by number."""
        with self.ledger.reading() as connection:
            found = connection.exec_driver_sql("SELECT number, id, record, state, seq FROM change")
            return {row[0]: Own(*row[1:]) for row in found}

    def close(self) -> None:
        self.ledger.close()
