"""After a power cut at any moment a ledger opens, and holds every save that was said to be done."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.durability.conftest import Community
from tests.durability.disk import Told
from tests.durability.images import Proof, prove
from tests.durability.recording import Recording, record
from tests.durability.states import State, story_of

SEED = 20261124
SMALL, LARGE = 24, 225  # images of each recording


JOBS = ("first_run", "day", "rewrap", "backup", "restore", "upgrade", "erase", "wipe")
Lay = Callable[[str], Path]


def recorded(job: str, root: Path, *more: str) -> tuple[Recording, list[State]]:
    """A job done on the ledger below a root, and what it told."""
    story = root.parent / "story"
    command = [sys.executable, "-m", "tests.durability.work", str(root / "ledger"), str(story), job, *more]
    recording, states = record(root, story, command), story_of(story)
    assert len(states) == sum(isinstance(act, Told) for act in recording.acts)
    assert not any(state.refused for state in states)
    return recording, states


def proved(job: str, root: Path, count: int, *more: str, seed: int = SEED) -> Proof:
    recording, states = recorded(job, root, *more)
    return prove(recording, states, root.parent / "image", seed, count)


@pytest.mark.parametrize("job", JOBS)
def test_nothing_that_was_saved_is_lost(job: str, laid: Lay, size: Callable[[int, int], int]) -> None:
    # An older file is made one of today in every one of its images.
    proof = proved(job, laid(job), size(SMALL // 3 if job == "upgrade" else SMALL, LARGE))
    assert proof.faults == []
    assert len(proof.survivals) >= 4


def test_nothing_of_an_import_is_lost(laid: Lay, register: Path, size: Callable[[int, int], int]) -> None:
    recording, states = recorded("import", laid("import"), str(register))
    assert len(states) == 2, "an import is one save, whole or not at all"
    image = register.parent / "image"
    assert prove(recording, states, image, SEED, size(SMALL, LARGE)).faults == []


def test_nothing_of_a_sync_is_lost(laid: Lay, community: Community, size: Callable[[int, int], int]) -> None:
    root = laid("sync")
    community.join(root / "ledger")
    assert proved("sync", root, size(SMALL, LARGE)).faults == []


def test_a_ledger_that_does_not_wait_for_the_disk_is_caught(laid: Lay) -> None:
    proof = proved("day", laid("day"), SMALL, "--lax")
    assert proof.lost > SMALL // 4
    assert proof.lost == len(proof.faults), "only lost, never broken"


@pytest.mark.parametrize("job", ["first_run", "rewrap"])
def test_names_that_are_not_synced_are_caught(job: str, laid: Lay) -> None:
    assert proved(job, laid(job), 2 * SMALL, "--forgetful").lost > 0
