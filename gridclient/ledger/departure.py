"""How far a laptop that was shut out has come in leaving. Kept in the ledger until that is destroyed."""

from pathlib import Path

import msgspec
from sqlalchemy import Connection

from gridclient.ledger import identity as kept

_KEY = "departure"
LAST_FILE = "last-work.sealed"  # in the ledger's folder: what was not sent, for the community's safe alone


class Departure(msgspec.Struct, frozen=True):
    """`grant`: lets one file in. `number`: the highest change in the file, `changes`: how many are.

    `offered`: the server may have the file; from then on it stays as it is. `handed`: the server has it.
    """

    grant: str
    number: int = 0
    changes: int = 0
    offered: bool = False
    handed: bool = False


def get(connection: Connection) -> Departure | None:
    """None: nobody has shut this laptop out, as far as it has heard."""
    return kept.get(connection, _KEY, Departure)


def put(connection: Connection, departure: Departure) -> None:
    kept.put(connection, _KEY, departure)


def forget(connection: Connection) -> None:
    """It may stay after all."""
    connection.exec_driver_sql("DELETE FROM meta WHERE key = ?", (_KEY,))


def last_file(folder: Path) -> Path:
    """Where the sealed file lies."""
    return folder / LAST_FILE
