"""Writing small files so that a power cut leaves the old one or the new one, never half of one."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from gridclient.core.domain.errors import KnownError

# Windows: access denied, sharing violation, lock violation. A virus scanner holds a fresh file for a moment.
HELD_FOR_A_MOMENT = (5, 32, 33)
WAITS = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)


def write_durably(path: Path, data: bytes) -> None:
    """Replace a file whole: written beside it, forced to disk, then renamed over it.

    Raises:
        KnownError: not written, the old one is as it was; or written, and the disk has not confirmed it.
    """
    fresh = path.with_name(path.name + ".new")
    try:
        with fresh.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.chmod(0o600)
        patiently(lambda: fresh.replace(path))
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise KnownError(
            "not_written",
            f"{path.name} 没有写进去，原来的没有动。看看硬盘是不是满了，再试一次。",
            f"{path.name} was not written, the old one is as it was. Is the disk full? Try again.",
        ) from error
    try:
        sync_folder(path.parent)
    except OSError as error:
        raise KnownError(
            "unconfirmed",
            f"{path.name} 换上了新的，可是硬盘没有确认。别关电脑，再做一次。",
            f"{path.name} was replaced, but the disk has not confirmed it. Do it again before switching off.",
        ) from error


def copy_durably(path: Path, to: Path) -> None:
    """Copy a small file whole, over whatever is there. Raises like `write_durably`."""
    write_durably(to, path.read_bytes())


def make_folder(folder: Path) -> None:
    """Make a folder that nobody else may enter, with all above it, so that a power cut leaves it there."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for one in missing:
        sync_folder(one.parent)


def sync_file(path: Path) -> None:
    """Force a file to disk."""
    with path.open("rb+") as held:
        os.fsync(held.fileno())


def move(path: Path, to: Path) -> None:
    """Rename a file, over whatever is there; forced to disk in both folders."""
    patiently(lambda: path.replace(to))
    sync_folder(to.parent)
    if path.parent != to.parent:
        sync_folder(path.parent)


def patiently(work: Callable[[], object]) -> None:
    """Do something with a file; where another program holds it, try again for two and a half seconds."""
    for wait in WAITS:
        try:
            work()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in HELD_FOR_A_MOMENT:
                raise
            time.sleep(wait)
        else:
            return
    work()


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to disk, where the system can (Windows does it by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep_private(folder: Path) -> None:
    """Let nobody else on this computer read the files of a ledger (Windows does so in a person's folders)."""
    for path in folder.iterdir():
        if path.is_file() and path.name.startswith(("ledger.db", "keys.json", "lock")):
            path.chmod(0o600)
