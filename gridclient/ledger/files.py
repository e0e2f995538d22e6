"""Writing small files so that a power cut leaves the old one or the new one, never half of one."""

import os
from pathlib import Path


def write_durably(path: Path, data: bytes) -> None:
    """Replace a file whole: written beside it, forced to disk, then renamed over it."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    fresh.chmod(0o600)
    fresh.replace(path)
    sync_folder(path.parent)


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
