"""Running a job while its system calls fail, while it is killed within one, or on a disk that is full."""

import errno
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from gridclient.ledger.layout import LOCK, RESTORING
from gridclient.ledger.ledger import FILE, KEYS, Ledger
from gridclient.ledger.restoring import READY
from tests.durability.images import judge
from tests.durability.keeping_jobs import CARRIED
from tests.durability.recording import strace
from tests.durability.states import State, alike, cheap_keys, story_of
from tests.ledgers import Clock

WRITING = "pwrite64,write,ftruncate,fsync,fdatasync,rename,unlink,openat,mkdir"
GAVE_UP = 3
KILLED = -9
_CALL = re.compile(r"^\d+ +(\w+)\(")


class Run(NamedTuple):
    """How a job ended and what it told: of its saves, and of what it was refused."""

    status: int
    story: list[State]
    errors: str

    @property
    def saves(self) -> list[State]:
        return [state for state in self.story if not state.refused]

    @property
    def refusals(self) -> list[str]:
        return [state.refused for state in self.story if state.refused]

    def judged(self, root: Path, whole: "Run") -> tuple[str, str] | None:
        """What is wrong with what lies there now: it must be the last save told of, or the whole next one."""
        saves = self.saves
        if not alike(saves, whole.saves[: len(saves)]):
            return "other", "it saved something else than undisturbed"
        next_one = [msgspec.structs.replace(state, files={}) for state in whole.saves[len(saves) :]]
        with cheap_keys():
            return judge(root, [*saves, *next_one], max(len(saves) - 1, 0))

    def unsteady(self) -> list[str]:
        """Refusals after which the ledger showed something else than before."""
        found = []
        for before, after in zip(self.story, self.story[1:], strict=False):
            same = (before.content, before.keys) == (after.content, after.keys)
            if after.refused and after.refused != "unconfirmed" and before.content and not same:
                found.append(after.refused)
        return found


class Point(NamedTuple):
    """A system call, and which of its times."""

    call: str
    number: int


def do(root: Path, job: str, *more: str) -> Run:
    """A job undisturbed, on the ledger below a root."""
    return _run([], root, job, more)


def kill(root: Path, job: str, at: Point, *more: str) -> Run:
    """A job whose process is killed as it enters a system call."""
    inject = f"inject={at.call}:signal=KILL:when={at.number}"
    return _run(["-e", f"trace={at.call}", "-e", inject], root, job, more)


def fail(root: Path, job: str, at: Point, error: int, onwards: bool, *more: str) -> Run:
    """A job one of whose system calls fails; `onwards`: and all of its sort from then on."""
    when = f"{at.number}{'+' if onwards else ''}"
    inject = f"inject={at.call}:error={errno.errorcode[error]}:when={when}"
    return _run(["--seccomp-bpf", "-e", f"trace={at.call}", "-e", inject], root, job, more)


def points(root: Path, job: str, *more: str) -> tuple[list[Point], Run]:
    """Every call that a job makes on the files of its ledger, and how it goes undisturbed."""
    trace = root.parent / "calls"
    run = _run(["--seccomp-bpf", "-e", f"trace={WRITING}"], root, job, more, trace)
    assert run.status == 0, run.errors
    counted = Counter(found[1] for line in trace.read_text().splitlines() if (found := _CALL.match(line)))
    return [Point(call, at + 1) for call, times in counted.items() for at in range(times)], run


def some(found: Sequence[Point], chance: random.Random, count: int) -> list[Point]:
    """Points drawn so that every sort of call comes equally often."""
    calls = sorted({point.call for point in found})
    return [
        chance.choice([point for point in found if point.call == calls[at % len(calls)]])
        for at in range(count)
    ]


def on_full_disk(root: Path, job: str, free: int, ballast: int, *more: str) -> Run:
    """A job on a disk of its own with `free` bytes left, where somebody makes room once it refuses.

    What it leaves is copied to `root`. Needs a system that lets us mount memory in a name space of our own.
    """
    disk, story = root.parent / "mounted", root.parent / "story"
    disk.mkdir(exist_ok=True)
    story.unlink(missing_ok=True)
    held = disk / "ballast"
    job_line = [*_command(disk, story, job, more), "--ballast", str(held)]
    script = (
        'set -e; mount -t tmpfs -o size="$1" none "$2"; head -c "$3" /dev/zero > "$2/ballast"; '
        'cp -r "$4/." "$2/"; disk="$2"; root="$4"; shift 4; '
        '"$@" && status=0 || status=$?; rm -rf "$root"; cp -r "$disk" "$root"; exit $status'
    )
    used = sum(_pages(path) for path in root.rglob("*"))
    size = used + ballast + free
    private = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
    command = [*private, "sh", "-c", script, "sh", str(size), str(disk), str(ballast), str(root), *job_line]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "mount:" not in done.stderr, f"no memory disk can be mounted here: {done.stderr}"
    assert "unshare:" not in done.stderr, f"no name space of our own can be had here: {done.stderr}"
    return Run(done.returncode, story_of(story), done.stderr)


def _pages(path: Path) -> int:
    return -(-path.stat().st_size // 4096) * 4096 if path.is_file() else 0


def goes_on(root: Path, passphrase: str) -> None:
    """Whatever happened, the ledger takes the next save."""
    with cheap_keys():
        ledger = Ledger.open(root / "ledger", passphrase, Clock(), random.Random(5).randbytes)
    try:
        with ledger.writing() as connection:
            connection.exec_driver_sql("INSERT INTO draft (name, at, body) VALUES ('next', 1, x'00')")
    finally:
        ledger.close()


def _run(
    spoiling: Sequence[str], root: Path, job: str, more: Sequence[str], trace: Path = Path(os.devnull)
) -> Run:
    story = root.parent / "story"
    story.unlink(missing_ok=True)
    command = _command(root, story, job, more)
    if spoiling:
        watched = [part for path in _watched(root / "ledger") for part in ("-P", str(path))]
        command = [strace(), "-f", "-qq", "-o", str(trace), *watched, *spoiling, *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return Run(done.returncode, story_of(story), done.stderr)


def _command(root: Path, story: Path, job: str, more: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "tests.durability.work", str(root / "ledger"), str(story), job, *more]


def _watched(folder: Path) -> list[Path]:
    """Every path at which a ledger may have a file; strace looks at no other."""
    bare = [FILE, f"{FILE}.new", LOCK, KEYS]
    names = [*bare, *(name + end for name in bare for end in ("-wal", "-shm", "-journal", ".new"))]
    making = folder.parent / f"{CARRIED}.new"
    folders = [folder, folder / RESTORING, making]
    carried = [folder.parent / f"{CARRIED}{end}" for end in ("", ".part")]
    ready = [folder / RESTORING / READY, folder / RESTORING / f"{READY}.new"]
    return [*folders, folder.parent, *carried, *ready, *(place / name for place in folders for name in names)]
