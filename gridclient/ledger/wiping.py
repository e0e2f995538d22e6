"""Destroying a ledger on this computer: the keys first, then everything.

Without its key file nobody can read the rest, whatever the disk still holds of it. A marker is there from
before the first byte is destroyed until all is gone, so that what is cut off is finished later.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from gridclient.core.domain.errors import KnownError
from gridclient.ledger.container import DATA, KEYS
from gridclient.ledger.files import patiently, sync_folder, write_durably
from gridclient.ledger.instance import InstanceLock
from gridclient.ledger.layout import BACKUPS, LOCK, REPLACED, RESTORING, WIPING

# Manifest and key file lie at the beginning of a backup; the rest of it is of no use without them.
_HEAD = 1 << 16
MARK = b"this ledger is being wiped\n"  # so that no file of that name destroys anything


def wipe(folder: Path) -> None:
    """Destroy the ledger of a folder; files of others in it stay. The ledger must be closed.

    Raises:
        KnownError: another window has it open; or the disk refused, then call it again.
    """
    lock = InstanceLock(folder / LOCK)
    try:
        write_durably(folder / WIPING, MARK)
        _destroy(folder)
    except OSError as error:
        raise KnownError(
            "wipe_unfinished",
            "没有清除完，硬盘不让删。钥匙先毁的；再清除一次，或重开程序，它会接着做。",
            "Not all is wiped: the disk refused. Keys went first; do it again, or the next start goes on.",
        ) from error
    finally:
        lock.release()
    _last(folder)


def is_cut_off(folder: Path) -> bool:
    """Whether a ledger was being destroyed here and is not gone yet."""
    marker = folder / WIPING
    return marker.is_file() and marker.read_bytes() == MARK


def _destroy(folder: Path) -> None:
    for path in _keys(folder):
        _overwrite(path)
    for path in _keys(folder):
        patiently(path.unlink)
    sync_folder(folder)
    for name in (BACKUPS, REPLACED, RESTORING):
        if (folder / name).exists():
            shutil.rmtree(folder / name)
    for path in folder.glob(DATA + "*"):
        patiently(path.unlink)
    sync_folder(folder)


def _keys(folder: Path) -> Iterator[Path]:
    """Every file here that holds the data key, wrapped."""
    patterns = (KEYS + "*", f"{BACKUPS}/**/*", f"{REPLACED}/**/{KEYS}*", f"{RESTORING}/**/{KEYS}*")
    for pattern in patterns:
        yield from sorted(path for path in folder.glob(pattern) if path.is_file())


def _overwrite(path: Path) -> None:
    with path.open("rb+") as held:
        held.write(os.urandom(min(path.stat().st_size, _HEAD)))
        held.flush()
        os.fsync(held.fileno())


def _last(folder: Path) -> None:
    """The lock is let go by now; the marker goes last, and the folder if nothing else is in it."""
    for path in folder.glob(LOCK + "*"):
        path.unlink(missing_ok=True)
    (folder / WIPING).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
