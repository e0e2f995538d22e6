"""Killed at seeded moments of a sync or an import, a ledger opens, is sound, and finishes the next time."""

import random
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from gridclient.operations.check import check
from gridclient.operations.dump import dump
from gridclient.operations.import_register import import_register
from gridclient.operations.join_community import join
from gridclient.operations.settle import disputed
from gridclient.operations.sync_ledger import sync
from gridclient.resources_path import resource
from sync_server.http.limits import Limits, Rate
from sync_server.service import staffing
from tests.server.running import Running
from tests.server.town import Settled, Town

PASSPHRASE = "按掉电源也不怕的口令"
MOMENTS = 6
CAMPAIGN = 30
# Thirty laptops in one room in one minute are no attack.
PATIENT = Limits(stranger=Rate(100, 10_000))


def now() -> int:
    return time.time_ns() // 1_000_000


def run_until(folder: Path, last: int, *job: str) -> int | None:
    """How many statements the job took, or None if it was killed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.end_to_end.killed", str(folder), PASSPHRASE, str(last), *job],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    if done.returncode == -9:
        return None
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


def opened(folder: Path) -> Ledger:
    return Ledger.open(folder, PASSPHRASE, now, secrets.token_bytes)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Town, Settled, str]]:
    town = Town(tmp_path)
    town.clock.now = now()
    settled = Settled.make(town)
    for at in range(400):
        place = settled.mine if at % 2 else settled.other
        settled.supervisor.save("household", {"dwelling": ids.named("door", str(at))}, place=place)
    running = Running(town.service, town.folder, "http", PATIENT)
    yield town, settled, running.url
    running.stop()
    town.close()


def test_a_sync_killed_at_any_moment_goes_on(
    tmp_path: Path, served: tuple[Town, Settled, str], campaign: bool
) -> None:
    town, settled, url = served
    chance = random.Random(20261124)
    worker = staffing.add_worker(town.service, "马宁", Role.SUPERVISOR)
    total = 0
    for moment in range(CAMPAIGN if campaign else MOMENTS):
        folder = tmp_path / f"ledger{moment}"
        ledger, _ = Ledger.create(folder, PASSPHRASE, now, secrets.token_bytes)
        join(ledger, url, town.code(worker))
        record = ids.named("household of", str(moment))
        ledger.write([Draft("household", record, settled.mine, {"dwelling": ids.named("d")}, new=True)])
        ledger.close()
        if not total:
            total = run_until(folder, 0, "sync") or 0
            assert total > 20
            continue
        last = chance.randrange(2, total)
        assert run_until(folder, last, "sync") is None, last
        ledger = opened(folder)
        assert check(ledger).damage == [], last
        report = sync(ledger)
        assert report.complete, last
        assert ledger.unsent().pending == 0
        households = [one for one in dump(ledger, "household")]
        assert len(households) == 400 + moment + 1, last
        assert check(ledger).damage == []
        ledger.close()


def test_an_import_killed_at_any_moment_goes_on(tmp_path: Path, campaign: bool) -> None:
    chance = random.Random(5432)
    sample = resource("samples/plain.xlsx")
    total = 0
    expected: dict[str, int] = {}
    for moment in range((CAMPAIGN if campaign else MOMENTS) + 1):
        folder = tmp_path / f"ledger{moment}"
        Ledger.create(folder, PASSPHRASE, now, secrets.token_bytes)[0].close()
        if not total:
            total = run_until(folder, 0, "import", str(sample)) or 0
            assert total > 50
            ledger = opened(folder)
            expected = check(ledger).records
            assert expected["resident"] == 2078
            ledger.close()
            continue
        last = chance.randrange(2, total)
        assert run_until(folder, last, "import", str(sample)) is None, last
        ledger = opened(folder)
        assert check(ledger).damage == [], last
        import_register(ledger, sample)
        found = check(ledger)
        assert (found.damage, found.records) == ([], expected), last
        assert list(disputed(ledger)) == []
        ledger.close()
