"""Places and recordings for the proofs."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from gridclient.operations.join_community import join
from sync_server.http.limits import Limits, Rate
from sync_server.service import staffing
from tests.durability.keeping_jobs import prepare_old
from tests.durability.stage import PASSPHRASES, prepare, write_register
from tests.durability.states import cheap_keys
from tests.ledgers import Clock, clock, ledger, randomness
from tests.server.running import Running
from tests.server.town import Settled, Town

__all__ = ["clock", "ledger", "randomness"]

# Dozens of laptops in one room in one minute are no attack.
PATIENT = Limits(stranger=Rate(100, 10_000))
HOUSEHOLDS = 60
MADE_BY_ITSELF = ("first_run", "sync")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder in memory where the system has one: thousands of ledgers come and go in it."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="ledgers-", dir=memory)).resolve()
    yield folder
    shutil.rmtree(folder)


class Community:
    """A real server with something to give, and ledgers that have joined it and have something to send."""

    def __init__(self, folder: Path) -> None:
        self._town = Town(folder)
        settled = Settled.make(self._town)
        for at in range(HOUSEHOLDS):
            where = settled.mine if at % 2 else settled.other
            settled.supervisor.save("household", {"dwelling": ids.named("door", str(at))}, place=where)
        self._mine = settled.mine
        self._worker = staffing.add_worker(self._town.service, "马宁", Role.SUPERVISOR)
        self._running = Running(self._town.service, self._town.folder, "http", PATIENT)
        self._joined = 0

    def join(self, folder: Path) -> None:
        """Make a ledger there that has joined and waits to send one record."""
        self._joined += 1
        with cheap_keys():
            ledger, _ = Ledger.create(folder, PASSPHRASES[0], Clock(), self._town.random.randbytes)
        join(ledger, self._running.url, self._town.code(self._worker))
        record = ids.named("household of", str(self._joined))
        ledger.write([Draft("household", record, self._mine, {"dwelling": ids.named("d")}, new=True)])
        ledger.close()

    def households(self) -> int:
        """How many a ledger holds that has joined last and has synced."""
        return HOUSEHOLDS + self._joined

    def close(self) -> None:
        self._running.stop()
        self._town.close()


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    made = Community(tmp_path)
    yield made
    made.close()


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register of an invented building."""
    table = tmp_path / "register.csv"
    write_register(table)
    return table


@pytest.fixture
def laid(place: Path) -> Callable[[str], Path]:
    """Lays out the disk a job begins with, afresh each time; gives its root."""
    prepared = place / "prepared"
    prepared.mkdir()
    prepare(prepared / "ledger")

    def lay(job: str) -> Path:
        root = place / "disk"
        shutil.rmtree(root, ignore_errors=True)
        if job in MADE_BY_ITSELF:
            root.mkdir()
        elif job == "upgrade":
            root.mkdir()
            prepare_old(root / "ledger")
        else:
            shutil.copytree(prepared, root)
        return root

    return lay
