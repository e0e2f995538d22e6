"""Whose ledger this is, and where it stands with its server."""

from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import Checkpoint

T = TypeVar("T")


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
    """Where the ledger stands in the server's order. `agreed`, `contacted`: Unix milliseconds or 0."""

    checkpoint: Checkpoint | None = None
    nonce: bytes = b""
    agreed: int = 0
    contacted: int = 0
    agreed_places: int = 0


class Restoring(msgspec.Struct, frozen=True):
    """A ledger that came out of a backup says so for good, for a server has to treat it as such.

    `at`: when it was restored, `made`: when that backup was made; Unix milliseconds.
    """

    at: int
    made: int


def get(connection: Connection, key: str, kind: type[T]) -> T | None:
    """A value kept in the ledger beside its records."""
    found = connection.exec_driver_sql("SELECT value FROM meta WHERE key = ?", (key,)).first()
    return msgspec.msgpack.decode(found[0], type=kind) if found else None


def put(connection: Connection, key: str, value: object) -> None:
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, msgspec.msgpack.encode(value))
    )


def identity(connection: Connection) -> Identity:
    found = get(connection, "identity", Identity)
    assert found is not None, "a ledger is created with its identity"
    return found


def position(connection: Connection) -> Position:
    return get(connection, "position", Position) or Position()
