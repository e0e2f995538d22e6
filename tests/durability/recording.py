"""Recording what a program really does to the files below a folder, in order and with the data.

By strace: it sees the system calls of the real program, SQLite's own among them, and needs no compiler and
no change of the program. That nothing was missed is proved each time: the acts replayed must give the very
files that lie there.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.durability.disk import Act, Disk, Made, Removed, Renamed, Resized, Synced, Told, Wrote

CALLS = (
    "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,truncate,fallocate,fsync,"
    "fdatasync,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlink,"
    "copy_file_range,sendfile,close"
)
# Rebuilt by whoever opens the file first, and so never read after a cut.
REBUILT = "-shm"
_LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)(?:<.*)?(?: .*)?$")
_UNFINISHED = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLE = re.compile(r"(AT_FDCWD|\d+)<((?:\\x[0-9a-f]{2})*)>(\(deleted\))?")


class Recording(NamedTuple):
    """What lay there before, what was done, and what the program printed about it."""

    before: dict[str, bytes]
    folders: frozenset[str]
    acts: list[Act]
    story: list[str]

    def disk(self) -> Disk:
        return Disk(self.before, self.folders)


def strace() -> str:
    """The path of strace. Fails the test where there is none: these proofs need it."""
    found = shutil.which("strace")
    assert found is not None, (
        "strace is missing: `python3 packaging/test.py` installs it, or apt-get install strace"
    )
    return found


def record(root: Path, story: Path, command: Sequence[str], **more: str) -> Recording:
    """Run a program and record what it does below `root`. It writes a line to `story` for every save.

    Both have to be absolute, with no link in them.
    """
    before, folders = files(root), frozenset(_folders(root))
    trace = story.with_suffix(".trace")
    done = subprocess.run(
        [strace(), "--seccomp-bpf", "-f", "-y", "-xx", "-s", "16777216", "-o", str(trace), "-e",
         f"trace={CALLS}", *command],
        capture_output=True, text=True, check=False, env={**os.environ, **more},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    acts = _Reader(root, story, Disk(before, folders)).read(trace)
    trace.unlink()
    recording = Recording(before, folders, acts, story.read_text("utf-8").splitlines())
    replayed = recording.disk()
    for act in acts:
        replayed.apply(act)
    assert replayed.now() == files(root), "a write was missed"
    return recording


def files(root: Path) -> dict[str, bytes]:
    """Every file below a folder, by its relative path."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith(REBUILT)
    }


def _folders(root: Path) -> Iterator[str]:
    return (str(path.relative_to(root)) for path in root.rglob("*") if path.is_dir())


class _Reader:
    """Makes acts of the lines of a trace."""

    def __init__(self, root: Path, story: Path, disk: Disk) -> None:
        self._root = str(root)
        self._story = str(story)
        self._disk = disk
        self._positions: dict[str, int] = {}
        self._acts: list[Act] = []

    def read(self, trace: Path) -> list[Act]:
        below = _hex(str(Path(self._story).parent))
        halves: dict[str, str] = {}
        with trace.open(encoding="ascii") as lines:
            for line in lines:
                whole = line.rstrip("\n")
                if half := _UNFINISHED.match(whole):
                    halves[half[1]] = whole[: whole.rindex(" <unfinished")]
                    continue
                if rest := _RESUMED.match(whole):
                    whole = halves.pop(rest[1]) + rest[2]
                if below in whole and (call := _LINE.match(whole)) and not call[4].startswith("-"):
                    self._take(call[2], call[3], int(call[4]))
        return self._acts

    def _do(self, act: Act) -> None:
        self._acts.append(act)
        self._disk.apply(act)

    def _inside(self, path: str) -> str | None:
        """The path below the root, "" for the root; None for what does not matter."""
        if path.endswith(REBUILT):
            return None
        if path == self._root:
            return ""
        return path[len(self._root) + 1 :] if path.startswith(self._root + "/") else None

    def _take(self, name: str, arguments: str, result: int) -> None:
        texts = [_plain(text) for text in _TEXT.findall(arguments)]
        handles = _HANDLE.findall(arguments)
        match name:
            case "open" | "openat" | "creat":
                self._open(_paths(texts, handles)[0], arguments, result)
            case "write" | "pwrite64" | "ftruncate" | "fsync" | "fdatasync" | "lseek" | "close":
                handle, hexed, deleted = handles[0]
                if not deleted:
                    self._on_handle(name, handle, os.fsdecode(_plain(hexed)), texts, arguments, result)
            case "rename" | "renameat" | "renameat2":
                old, new = map(self._inside, _paths(texts, handles))
                if old is not None:
                    assert new is not None, "moved out of sight"
                    self._do(Renamed(old, new))
            case "unlink" | "unlinkat" | "rmdir":
                if gone := self._inside(_paths(texts, handles)[0]):
                    self._do(Removed(gone))
            case "mkdir" | "mkdirat":
                if made := self._inside(_paths(texts, handles)[0]):
                    self._do(Made(made, folder=True))
            case "sendfile":
                self._copy(handles, arguments, result)
            case _:
                raise AssertionError(f"{name} is not understood: {arguments[:200]}")

    def _open(self, path: str, arguments: str, handle: int) -> None:
        inside = self._inside(path)
        if inside is None:
            return
        made = "O_CREAT" in arguments and not self._disk.holds(inside)
        if made:
            self._do(Made(inside, folder=False))
        elif "O_TRUNC" in arguments and self._disk.content(inside):
            self._do(Resized(inside, 0))
        if "O_DIRECTORY" not in arguments and self._disk.is_file(inside):
            end = len(self._disk.content(inside)) if "O_APPEND" in arguments else 0
            self._positions[str(handle)] = end

    def _on_handle(
        self, name: str, handle: str, path: str, texts: list[bytes], arguments: str, result: int
    ) -> None:
        if path == self._story:
            if name == "write":
                self._do(Told())
            return
        inside = self._inside(path)
        if inside is None:
            return
        match name:
            case "write":
                at = self._positions[handle]
                self._do(Wrote(inside, at, texts[0][:result]))
                self._positions[handle] = at + result
            case "pwrite64":
                self._do(Wrote(inside, int(arguments.rpartition(", ")[2]), texts[0][:result]))
            case "ftruncate":
                self._do(Resized(inside, int(arguments.rpartition(", ")[2])))
            case "lseek":
                self._positions[handle] = result
            case "fsync" | "fdatasync":
                self._do(Synced(inside))

    def _copy(self, handles: list[tuple[str, str, str]], arguments: str, result: int) -> None:
        (to, to_path, _), (_, from_path, _) = handles[:2]
        inside, source = (self._inside(os.fsdecode(_plain(one))) for one in (to_path, from_path))
        if inside is None or not result:
            return
        assert source is not None, "copied from out of sight"
        start = int(re.findall(r"\[(\d+)\]", arguments)[0])
        at = self._positions[to]
        self._do(Wrote(inside, at, self._disk.content(source)[start : start + result]))
        self._positions[to] = at + result


def _paths(texts: list[bytes], handles: list[tuple[str, str, str]]) -> list[str]:
    """The paths a call names, made absolute by the folders it names them in."""
    places = [os.fsdecode(_plain(hexed)) for _, hexed, _ in handles]
    found = []
    for at, text in enumerate(texts):
        path = os.fsdecode(text)
        found.append(path if path.startswith("/") else f"{places[min(at, len(places) - 1)]}/{path}")
    return found


def _plain(hexed: str) -> bytes:
    return bytes.fromhex(hexed.replace("\\x", ""))


def _hex(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())
