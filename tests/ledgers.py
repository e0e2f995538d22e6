"""A real encrypted ledger, a clock that is asked and randomness that can be repeated."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from gridclient.ledger.ledger import Ledger

PASSPHRASE = "三号网格的口令够长了吧"


class Clock:
    """Unix milliseconds that move only when asked: one a call."""

    def __init__(self, now: int = 1_790_000_000_000) -> None:
        self.now = now

    def __call__(self) -> int:
        self.now += 1
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def randomness() -> random.Random:
    return random.Random(7)


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock, randomness: random.Random) -> Iterator[Ledger]:
    made, _ = Ledger.create(tmp_path / "ledger", PASSPHRASE, clock, randomness.randbytes)
    yield made
    made.close()
