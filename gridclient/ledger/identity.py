"""Whose ledger this is, and where it stands with its server."""

from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import Checkpoint

T = TypeVar("T")
_PASSED = "passed"
_TAKEN = "taken"
STEPPED_BACK = "stepped back"  # until both sides agree again: what was answered before may mean another order
CLONE = "clone"  # since when the server takes this ledger for a copy; gone once it is let in anew
ASTRAY = "astray"  # the server has lost something, and this ledger has not gone through all it has yet
DESK_KEY = "desk key"  # the private half of the key packs are sealed to


class Identity(msgspec.Struct, frozen=True):
    """Who writes here. `url` is "" until the ledger is enrolled; keys and token never leave it.

    `seal_key`, `server_key`, `credential`: as in `Enrolled`; `recovery_key`: the public half of the key in
    the community's safe. All are b"" until the ledger is enrolled.
    """

    device: Id
    worker: Id
    name: str = ""
    role: str = "supervisor"
    community: str = ""
    grids: tuple[str, ...] = ()
    url: str = ""
    token: str = ""
    ca: str = ""
    signing_key: bytes = b""
    demonstration: bool = False
    seal_key: bytes = b""
    server_key: bytes = b""
    credential: bytes = b""
    recovery_key: bytes = b""

    @property
    def enrolled(self) -> bool:
        return bool(self.url)


class Position(msgspec.Struct, frozen=True):
    """Where the ledger stands in the server's order. `agreed`, `contacted`: Unix milliseconds or 0.

    `reached`: how far the rows of a pull that was cut off have come beyond `checkpoint`; what goes on goes on
    from there, if the server still has that point in its order. `skew`: how far this computer's clock was
    ahead of the server's at the last contact.
    """

    checkpoint: Checkpoint | None = None
    nonce: bytes = b""
    agreed: int = 0
    contacted: int = 0
    agreed_places: int = 0
    reached: Checkpoint | None = None
    skew: int = 0


KEPT_CHECKPOINTS = 50
_NEAR = 25


def passed(connection: Connection) -> list[Checkpoint]:
    """Checkpoints this ledger has stood at, newest first: the last ones, and ever fewer of those before."""
    return get(connection, _PASSED, list[Checkpoint]) or []


def move(connection: Connection, checkpoint: Checkpoint) -> None:
    """Stand at a checkpoint from now on, one later in the server's order."""
    put(
        connection,
        "position",
        msgspec.structs.replace(position(connection), checkpoint=checkpoint, reached=None),
    )
    before = passed(connection)
    if checkpoint.chain and (not before or before[0] != checkpoint):
        put(connection, _PASSED, thinned([checkpoint, *before]))


def reach(connection: Connection, point: Checkpoint | None) -> None:
    """The rows of a pull have come this far; not every change up to there, so it is no checkpoint."""
    put(connection, "position", msgspec.structs.replace(position(connection), reached=point))


def step_back(connection: Connection, checkpoint: Checkpoint) -> None:
    """Stand at an earlier checkpoint: the server's order ends or turns away there."""
    put(
        connection,
        "position",
        msgspec.structs.replace(position(connection), checkpoint=checkpoint, reached=None),
    )
    put(connection, STEPPED_BACK, True)
    put(connection, _PASSED, [one for one in passed(connection) if one.seq <= checkpoint.seq])


def thinned(checkpoints: list[Checkpoint]) -> list[Checkpoint]:
    """At most fifty: the newest as they are, the older the further apart, and the oldest of all."""
    kept = list(checkpoints)
    while len(kept) > KEPT_CHECKPOINTS:
        newest = kept[0].seq

        def crowded(at: int, newest: int = newest) -> float:
            """How near its neighbours are to each other, measured by how long ago that was."""
            return (kept[at - 1].seq - kept[at + 1].seq) / max(1, newest - kept[at + 1].seq)

        del kept[min(range(_NEAR, len(kept) - 1), key=crowded)]
    return kept


class Restoring(msgspec.Struct, frozen=True):
    """A ledger that came out of a backup says so for good, for a server has to treat it as such.

    `at`: when it was restored, `made`: when that backup was made; Unix milliseconds.
    """

    at: int
    made: int


def note_taken(connection: Connection, number: int) -> None:
    """The server has taken, or keeps for a decision, this device's changes up to a number."""
    mine = identity(connection)
    if mine.enrolled and number > taken(connection):
        put(connection, _TAKEN, (mine.device, number))


def taken(connection: Connection) -> int:
    """The highest number of this device's changes that a server has answered for; 0 for none."""
    device, number = get(connection, _TAKEN, tuple[Id, int]) or (b"", 0)
    return number if device == identity(connection).device else 0


def note_lost(connection: Connection, number: int) -> None:
    """The server knows this device's changes up to a number only."""
    put(connection, _TAKEN, (identity(connection).device, number))


def get(connection: Connection, key: str, kind: type[T]) -> T | None:
    """A value kept in the ledger beside its records."""
    found = connection.exec_driver_sql("SELECT value FROM meta WHERE key = ?", (key,)).first()
    return msgspec.msgpack.decode(found[0], type=kind) if found else None


def put(connection: Connection, key: str, value: object) -> None:
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, msgspec.msgpack.encode(value))
    )


def forget(connection: Connection, key: str) -> None:
    connection.exec_driver_sql("DELETE FROM meta WHERE key = ?", (key,))


def identity(connection: Connection) -> Identity:
    found = get(connection, "identity", Identity)
    assert found is not None, "a ledger is created with its identity"
    return found


def position(connection: Connection) -> Position:
    return get(connection, "position", Position) or Position()
