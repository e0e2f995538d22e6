"""The small invented community every drill begins with: made once, copied for each."""

import random
from pathlib import Path
from typing import NamedTuple

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Change
from gridclient.core.wire import codes
from gridclient.core.wire.messages import Enrolled, Enrolment
from gridclient.core.wire.pack import verify_key
from gridclient.ledger.ledger import Ledger
from sync_server.accounts.recovery import read_private
from sync_server.cli.drill.server import Disk, Home
from sync_server.cli.drill.trace import BrokenError
from sync_server.service import staffing
from sync_server.service.folder import Folder, found
from sync_server.service.service import Service
from sync_server.service.session import Session

START = 1_795_500_000_000  # a day in November 2026
DAY = 24 * 3600 * 1000
PASSPHRASE = "一条不太稳的网线够长"
_NOBODY = bytes(10)  # the part of a code that names a certificate; no line of ours shows one
LAPTOPS = (0, 2, 3, 4, 1, 2, 3, 0, 0)  # whose they are, the last a newer program's
PEOPLE = (
    ("安书记", Role.SUPERVISOR, ()),
    ("卓玛", Role.OFFICE, ()),
    ("才让", Role.WORKER, ("1",)),
    ("拉毛", Role.WORKER, ("1",)),
    ("多杰", Role.WORKER, ("2",)),
)


class Template(NamedTuple):
    """Where the first server and the first ledger lie, and what is in them."""

    server: Home
    ledger: Path
    key: bytes
    recovery: bytes
    workers: tuple[Id, ...]
    grids: tuple[Id, ...]
    buildings: tuple[Id, ...]
    lets: tuple["Let", ...]


class Let(NamedTuple):
    """A laptop that was let in: its id, its secret signing key, and what the server said."""

    device: Id
    signing_key: bytes
    enrolled: Enrolled


def let_in(service: Service, worker: Id, chance: random.Random, now: int, previous: Id | None = None) -> Let:
    """Enrol a new laptop of a worker, or one anew. Raises RefusedError."""
    device, seed = ids.timed(now, chance.randbytes(10)), chance.randbytes(32)
    secret = codes.parse(service.new_code(worker, _NOBODY)).secret
    enrolled = service.enrol(Enrolment(secret, device, verify_key(seed), "演练", previous))
    return Let(device, seed, enrolled)


def prepare(folder: Path, disk: Disk) -> Template:
    """Make the community and an empty ledger in a folder. Always the same one."""
    folder.mkdir(parents=True)
    chance = random.Random("community")
    home, recovery = disk.fresh(folder / "server"), folder / "recovery.pem"
    service = found(Folder(*home), "演练社区", recovery, _start, chance.randbytes)
    supervisor = staffing.add_worker(service, *PEOPLE[0][:2])
    desk = _Desk(service, supervisor, chance)
    compound = desk.make("compound", {"title": "金羚大街小区"})
    grids = [desk.make("grid", {"title": f"{number}网格", "number": str(number)}) for number in (1, 2, 3)]
    grids.append(desk.make("grid", {"title": "1-1小网格", "number": "11", "parent": grids[0]}))
    buildings = [
        desk.make("building", {"compound": compound, "number": str(number), "grid": grids[grid]})
        for number, grid in ((1, 0), (2, 3), (3, 1), (4, 2))
    ]
    others = [staffing.add_worker(service, name, role, charge) for name, role, charge in PEOPLE[1:]]
    workers = (supervisor, *others)
    lets = [let_in(service, workers[one], chance, START) for one in LAPTOPS]
    service.store.close()
    return Template(
        home,
        folder / "ledger",
        _new_ledger(folder / "ledger", chance),
        read_private(recovery),
        workers,
        tuple(grids),
        tuple(buildings),
        tuple(lets),
    )


def _start() -> int:
    return START


def _new_ledger(folder: Path, chance: random.Random) -> bytes:
    """An empty ledger; its key. To stretch a passphrase takes long, hence once for all drills."""
    drawn: list[bytes] = []

    def randomness(count: int) -> bytes:
        drawn.append(chance.randbytes(count))
        return drawn[-1]

    ledger, _ = Ledger.create(folder, PASSPHRASE, _start, randomness)
    ledger.close()
    return drawn[0]


class _Desk:
    """A laptop without a ledger, for what has to be there before any other."""

    def __init__(self, service: Service, worker: Id, chance: random.Random) -> None:
        let = let_in(service, worker, chance, START)
        self._session = Session(service, let.device)
        self._device, self._worker, self._chance = let.device, worker, chance
        self._number = 0

    def make(self, kind: str, fields: dict[str, object]) -> Id:
        self._number += 1
        identity = ids.timed(START, self._chance.randbytes(10))
        change = Change(
            identity, self._device, self._number, self._worker, START, kind, identity, COMMONS, fields
        )
        (answer,) = self._session.push([change]).answers
        if answer.status != "accepted":
            raise BrokenError(f"the first {kind} was {answer.status}")
        return identity
