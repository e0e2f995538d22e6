"""The shipped fault simulator finds nothing, tells the same story twice, and finds what is planted."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync_server.cli.drill.running import drills
from tests.server.postgres import Databases, running

STEPS = 80
PORTION = 5  # seeds a test, so that all cores have some


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """A PostgreSQL server; started for the first test that asks."""
    with running() as databases:
        yield databases


@pytest.mark.parametrize("portion", range(40))
def test_whatever_goes_wrong_nothing_is_lost_or_twice(portion: int, size: Callable[[int, int], int]) -> None:
    count = size(PORTION, PORTION * 10)
    for told in drills(range(portion * count, (portion + 1) * count), size(STEPS // 3, STEPS)):
        assert not told.broken, f"seed {told.seed}: {told.broken}"


@pytest.mark.parametrize("portion", range(6))
def test_on_postgresql_likewise(portion: int, postgres: Databases, size: Callable[[int, int], int]) -> None:
    count = size(PORTION, PORTION * 10)
    seeds = range(100_000 + portion * count, 100_000 + (portion + 1) * count)
    with postgres.fresh() as url:
        for told in drills(seeds, size(STEPS // 4, STEPS // 2), url=url):  # a transaction costs more there
            assert not told.broken, f"seed {told.seed}: {told.broken}"


def test_one_seed_is_one_story_whatever_process_tells_it(tmp_path: Path) -> None:
    told = []
    for salt in ("0", "4711"):
        trace = tmp_path / salt
        command = [sys.executable, "-m", "sync_server", "--json", "drill", "--seed", "5", "--runs", "3"]
        done = subprocess.run(
            [*command, "--steps", "60", "--trace", str(trace)],
            env={**os.environ, "PYTHONHASHSEED": salt},
            capture_output=True,
            text=True,
            check=True,
        )
        told.append((json.loads(done.stdout), trace.read_bytes()))
    assert told[0] == told[1]
    assert told[0][0]["runs"] == 3
    assert len(told[0][1].splitlines()) > 3 * 60


def test_all_that_can_go_wrong_does(size: Callable[[int, int], int]) -> None:
    seen: set[str] = set()
    for told in drills(range(12), STEPS):
        seen |= set(told.outcomes)
    assert {"complete", "unreachable", "died", "refused clone", "refused revoked"} <= seen
