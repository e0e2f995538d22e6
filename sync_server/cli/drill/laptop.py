"""A laptop of a drill: a real ledger on real files, a clock that may be wrong, a memory of what was saved."""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.merge.shape import shape_of
from gridclient.ledger.anew import let_in_anew
from gridclient.ledger.instance import InstanceLock
from gridclient.ledger.ledger import Ledger
from sync_server.cli.drill.community import Let
from sync_server.cli.drill.server import copy_files


class Own(NamedTuple):
    """An own change as the ledger keeps it."""

    id: Id
    record: Id
    place: Id
    state: str
    seq: int
    voices: frozenset[tuple[Id, str]]


@dataclass
class Laptop:
    """One computer with one ledger. `gone`: why it takes no more part, "" while it does.

    `saved`: what was saved here by number, as it was last seen in the ledger. `sealed`: what it said in
    places it has left. `remembered`: what was on its screen some time ago, by record. `refused`: with which
    word the server last turned it away. `machine`: what its system calls the computer.
    """

    name: str
    worker: Id
    folder: Path
    key: bytes
    now: Callable[[], int]
    chance: random.Random
    skew: int = 0
    gone: str = ""
    refused: str = ""
    machine: str = ""
    saved: dict[int, Own] = field(default_factory=dict)
    remembered: dict[Id, tuple[Id, ...]] = field(default_factory=dict)
    sealed: set[tuple[Id, str]] = field(default_factory=set)
    images: list[tuple[Path, dict[int, Own], set[tuple[Id, str]]]] = field(default_factory=list)
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
        """Become the worker's laptop, or go on as another device of theirs."""
        before = self.ledger.identity()
        identity = msgspec.structs.replace(
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
            recovery_key=let.enrolled.recovery_key,
            seal_key=let.enrolled.seal_key,
            server_key=let.enrolled.server_key,
            credential=let.enrolled.credential,
        )
        if before.enrolled:
            with self.ledger.writing() as connection:
                let_in_anew(connection, identity)
        else:
            self.ledger.enrolled(identity)
        self.token, self.device, self.refused = let.enrolled.token, let.device, ""

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
        image = self.image(f"kept{len(self.images)}-{self.lives}")
        self.images.append((image, dict(self.saved), set(self.sealed)))

    def replace(self, image: Path, saved: dict[int, Own], sealed: set[tuple[Id, str]]) -> None:
        """Put an older image in the place of what is there, as somebody does by hand."""
        self.ledger.close()
        shutil.rmtree(self.folder)
        self.lives += 1
        self.folder = copy_files(image, self._home.with_name(f"{self._home.name}-life{self.lives}"))
        self.saved, self.sealed = dict(saved), set(sealed)
        self.ledger = self._start()
        self.remembered.clear()

    def own(self) -> dict[int, Own]:
        """All own changes in the ledger, by number."""
        with self.ledger.reading() as connection:
            found = connection.exec_driver_sql(
                "SELECT number, id, record, place, state, seq, body FROM change"
            )
            return {
                number: Own(identity, record, place, state, seq, _voices(body))
                for number, identity, record, place, state, seq, body in found
            }

    def close(self) -> None:
        self.ledger.close()


def _voices(body: bytes) -> frozenset[tuple[Id, str]]:
    change = msgspec.msgpack.decode(body, type=Change)
    shape = shape_of(change.kind)
    return frozenset((change.id, shape.group_of(field)) for field in change.fields)
