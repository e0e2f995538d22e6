"""What a disk refuses is said in one sentence; nothing that was saved changes, and work can go on."""

import errno
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.durability.spoiling import GAVE_UP, Run, do, fail, goes_on, on_full_disk, points, some

SEED = 639900
# Points of a run. Not of an erasing: done again, it finishes, and is more than one save by design.
SHARES = {"first_run": 4, "day": 4, "rewrap": 3, "import": 3, "backup": 2, "restore": 2, "upgrade": 2}
MUCH = 10  # times as many in a campaign
FREE = {"first_run": (40, 400), "day": (16, 400), "rewrap": (8,), "import": (200,)}  # kB
BALLAST = 8 << 20
Size = Callable[[int, int], int]
Lay = Callable[[str], Path]


def said_plainly(run: Run) -> bool:
    """Every line a sentence for people: no traceback, nothing in a language of programs."""
    lines = run.errors.splitlines()
    return len(lines) == len(run.refusals) and all(line.endswith("。") for line in lines)


@pytest.mark.parametrize("job", list(SHARES))
def test_every_refusal_is_one_sentence_and_changes_nothing(
    job: str, laid: Lay, register: Path, size: Size
) -> None:
    more = [str(register)] if job == "import" else []
    chance = random.Random(SEED)
    found, whole = points(laid(job), job, *more)
    refused = 0
    for number, point in enumerate(some(found, chance, size(SHARES[job], SHARES[job] * MUCH))):
        error, onwards = chance.choice((errno.EIO, errno.ENOSPC)), number % 3 == 2
        where = (SEED, point, errno.errorcode[error], onwards)
        root = laid(job)
        run = fail(root, job, point, error, onwards, *more)
        assert run.status in ((0, GAVE_UP) if onwards else (0,)), (where, run.errors)
        assert said_plainly(run), (where, run.errors)
        assert run.unsteady() == [], where
        assert not any("unread" in refusal for refusal in run.refusals) or point.call == "openat", where
        assert run.judged(root, whole) is None, where
        refused += len(run.refusals)
        if run.saves and run.saves[-1].content:
            goes_on(root, run.story[-1].passphrase)
    assert refused > 0


@pytest.mark.parametrize("job", list(FREE))
def test_on_a_full_disk_nothing_is_saved_until_there_is_room(
    job: str, laid: Lay, register: Path, campaign: bool
) -> None:
    more = [str(register)] if job == "import" else []
    frees = [*FREE[job], *range(0, 500, 20)] if campaign else FREE[job]
    refused: set[str] = set()
    whole = do(laid(job), job, *more)
    for free in frees:
        root = laid(job)
        run = on_full_disk(root, job, free << 10, BALLAST, *more)
        assert run.status == 0, (free, run.errors)
        assert said_plainly(run), (free, run.errors)
        assert run.unsteady() == [], free
        assert run.judged(root, whole) is None, free
        refused |= set(run.refusals)
    assert refused, "the disk was never full"
    assert refused <= {"disk_full", "not_written", "cannot_create", "backup_failed"}
