"""How far a laptop that was shut out has come in leaving. Kept in the ledger until that is destroyed."""

from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.wire.pack import file_id
from gridclient.ledger import identity as kept
from gridclient.ledger import leaving, only_here, opened, sticks

_KEY = "departure"
LAST_FILE = "last-work.sealed"  # in the ledger's folder: what was not sent, for the community's safe alone


class Departure(msgspec.Struct, frozen=True):
    """`grant`: lets one file in. `number`: the highest change in the file, `changes`: how many are.

    `offered`: the server may have the file; from then on it stays as it is. `handed`: an older program took
    the server's word that it has it. `receipt`: the server's signature for the file, verified.
    `along`: what else is in it (see `Last.names`).
    """

    grant: str
    number: int = 0
    changes: int = 0
    offered: bool = False
    handed: bool = False
    along: frozenset[bytes] = frozenset()
    receipt: bytes = b""


class Last(NamedTuple):
    """Everything of which this ledger may be the only copy, encoded or sealed.

    `changes`: own ones; `copies`: of what others wrote and a server had lost; `packs`: colleagues' files not
    handed on yet; `boxes`: own changes of places it lost, which a server restored since may lack.
    """

    changes: list[bytes]
    copies: dict[bytes, bytes]
    packs: dict[bytes, bytes]
    boxes: dict[bytes, bytes]

    @property
    def names(self) -> frozenset[bytes]:
        """What tells apart all that are no own changes."""
        return frozenset({*self.copies, *self.packs, *self.boxes})


def last_work(connection: Connection, known: Departure | None = None) -> Last:
    """What has to be handed in before this ledger may be destroyed, without what `known` says went before."""
    number, along = (known.number, known.along) if known else (0, frozenset())
    boxes = [box.body for box in leaving.sealed(connection)]
    everything = Last(
        [body for _, body in sticks.unsent(connection, number)],
        dict(only_here.bodies(connection)),
        {one.pack: one.sealed for one in opened.unanswered(connection)},
        {file_id(box): box for box in boxes},
    )
    rest = [
        {name: body for name, body in part.items() if name not in along}
        for part in (everything.copies, everything.packs, everything.boxes)
    ]
    return Last(everything.changes, *rest)


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
