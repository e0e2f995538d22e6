"""Killed within any system call, a ledger opens, holds every save that was told of, and work goes on."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from gridclient.ledger.ledger import Ledger
from gridclient.operations.check import check
from gridclient.operations.import_register import import_register
from gridclient.operations.settle import disputed
from gridclient.operations.sync_ledger import sync
from tests.durability.conftest import Community
from tests.durability.spoiling import KILLED, goes_on, kill, points, some
from tests.durability.stage import PASSPHRASES
from tests.durability.states import cheap_keys
from tests.ledgers import Clock

SEED = 5432
SMALL, LARGE = 1, 12  # kills of each job
JOBS = ("first_run", "day", "rewrap", "backup", "restore", "upgrade", "erase", "wipe")
Size = Callable[[int, int], int]
Lay = Callable[[str], Path]


def opened(root: Path) -> Ledger:
    with cheap_keys():
        return Ledger.open(root / "ledger", PASSPHRASES[0], Clock(), random.Random(9).randbytes)


@pytest.mark.parametrize("job", JOBS)
def test_a_killed_program_loses_nothing(job: str, laid: Lay, size: Size) -> None:
    found, whole = points(laid(job), job)
    for point in some(found, random.Random(SEED), size(SMALL, LARGE)):
        root = laid(job)
        run = kill(root, job, point)
        assert run.status == KILLED, (point, run.errors)
        assert run.judged(root, whole) is None, (SEED, point)
        if job == "day":
            goes_on(root, PASSPHRASES[0])


def test_a_killed_import_is_finished_by_importing_again(laid: Lay, register: Path, size: Size) -> None:
    kills = 2 * size(SMALL, LARGE)
    begun = laid("import")
    found, whole = points(begun, "import", str(register))
    ledger = opened(begun)
    expected = check(ledger).records
    assert expected["resident"] > 200
    ledger.close()
    for point in some(found, random.Random(SEED), kills):
        root = laid("import")
        run = kill(root, "import", point, str(register))
        assert run.status == KILLED, (point, run.errors)
        assert run.judged(root, whole) is None, (SEED, point)
        ledger = opened(root)
        import_register(ledger, register)
        assert (check(ledger).damage, check(ledger).records) == ([], expected), point
        assert list(disputed(ledger)) == [], point
        ledger.close()


def test_a_killed_sync_is_finished_by_syncing_again(laid: Lay, community: Community, size: Size) -> None:
    kills = 2 * size(SMALL, LARGE)
    begun = laid("sync")
    community.join(begun / "ledger")
    found, _ = points(begun, "sync")
    killed = 0
    for point in some(found, random.Random(SEED), kills):
        root = laid("sync")
        community.join(root / "ledger")
        killed += kill(root, "sync", point).status == KILLED
        ledger = opened(root)
        assert check(ledger).damage == [], point
        assert sync(ledger).complete, point
        assert ledger.unsent().pending == 0, point
        with ledger.reading() as connection:
            held = connection.exec_driver_sql("SELECT count(*) FROM k_household").scalar_one()
        assert held == community.households(), point
        assert check(ledger).damage == [], point
        ledger.close()
    # How often a sync writes depends a little on what others have sent meanwhile.
    assert killed * 2 > kills
