"""One program writes a ledger at a time."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from gridclient.core.domain.errors import KnownError
from gridclient.ledger.store import translated

# Two programs that knock at the very same moment can turn each other away; a moment later one is in.
PATIENCE = 0.5  # seconds


class InstanceLock:
    """Held for as long as a program may write a ledger.

    It is SQLite's own exclusive lock on an empty file beside the ledger: the system drops it when the
    program dies, on every system alike.

    Raises:
        KnownError: another program holds it, or the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        with translated():
            self._connection: Any = driver.connect(
                str(path), isolation_level=None, timeout=PATIENCE, check_same_thread=False
            )
            try:
                self._connection.execute("BEGIN EXCLUSIVE")
            except driver.OperationalError as error:
                self._connection.close()
                if "locked" not in str(error):
                    raise
                raise KnownError(
                    "in_use",
                    "这本台账已经打开了一个窗口，现在不能再写。到那个窗口里做，或先关掉它。",
                    "This ledger is open in another window; work there or close it first.",
                ) from error

    def release(self) -> None:
        self._connection.close()
