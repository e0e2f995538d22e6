"""Where the ledgers of this computer lie, and how they are listed."""

from contextlib import suppress
from pathlib import Path

import platformdirs

KEYS = (
    "keys.json"  # as gridclient.ledger.ledger has it: listing must not load the ledger before a window is up
)
WIPING = "wiping"  # as gridclient.ledger.layout has it
NAME = "minqing-ledger"


def home() -> Path:
    """The folder that holds this person's ledgers."""
    return Path(platformdirs.user_data_dir(NAME, appauthor=False)) / "ledgers"


def ledgers() -> list[Path]:
    """Every ledger of this computer, the one used last first."""
    for marker in home().glob(f"*/{WIPING}"):
        _finish_wiping(marker.parent)
    found = [path.parent for path in home().glob(f"*/{KEYS}")]
    return sorted(found, key=_used, reverse=True)


def fresh(name: str = "") -> Path:
    """A folder for a new ledger."""
    at = 1
    while True:
        folder = home() / f"{name or 'ledger'}{at if at > 1 else ''}"
        if not folder.exists():
            return folder
        at += 1


def _finish_wiping(folder: Path) -> None:
    """A ledger was being destroyed when the power went."""
    from gridclient.core.domain.errors import KnownError
    from gridclient.ledger.wiping import is_cut_off, wipe

    with suppress(KnownError):  # another window is at it, or the disk refuses: the next start tries again
        if is_cut_off(folder):
            wipe(folder)


def _used(folder: Path) -> float:
    files = [path.stat().st_mtime for path in folder.iterdir()]
    return max(files, default=0.0)
