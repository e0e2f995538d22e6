"""What a ledger remembers of the road without a network: what went out on sticks, what came in on them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import Answer
from gridclient.ledger import identity as kept

DONE = ("accepted", "accepted_conflict", "duplicate")


class OnStick(NamedTuple):
    """How many own changes lie in pack files and have no answer yet; since when (Unix milliseconds)."""

    changes: int
    since: int


def pending(connection: Connection) -> list[tuple[Id, bytes]]:
    """(id, encoded change) of all that waits to be sent, oldest first."""
    return _unsent(connection, "state = 'pending'")


def unsent(connection: Connection, after: int = 0) -> list[tuple[Id, bytes]]:
    """The same with what the server would not take: everything of which this may be the only copy.

    `after`: only what bears a higher number.
    """
    return _unsent(connection, "state IN ('pending', 'quarantined') AND number > ?", after)


def _unsent(connection: Connection, which: str, *values: object) -> list[tuple[Id, bytes]]:
    found = connection.exec_driver_sql(f"SELECT id, body FROM change WHERE {which} ORDER BY number", values)
    return [(identity, body) for identity, body in found]


def newest(connection: Connection) -> int:
    """The number of the newest own change; 0 for none."""
    number: int = connection.exec_driver_sql("SELECT coalesce(max(number), 0) FROM change").scalar_one()
    return number


def note_packed(connection: Connection, pack: bytes, made: int, changes: Iterable[Id]) -> None:
    """These changes went out in this pack file."""
    rows = [(change, pack, made) for change in changes]
    if rows:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO packed (change, pack, made) VALUES (?, ?, ?)", rows
        )


def on_stick(connection: Connection) -> OnStick:
    """What is on the way in somebody's pocket."""
    count, since = connection.exec_driver_sql(
        "SELECT count(*), min(made) FROM packed JOIN change ON change.id = packed.change"
        " WHERE change.state = 'pending'"
    ).one()
    return OnStick(count, since or 0)


def still_open(connection: Connection, answers: Sequence[Answer]) -> list[Answer]:
    """Those of some answers that say something new, however long the stick was on its way.

    What has its place in the order keeps it, and a verdict heard since is newer than "held".
    """
    told = []
    for answer in answers:
        found = connection.exec_driver_sql("SELECT state FROM change WHERE id = ?", (answer.change,)).first()
        if found and (found[0] == "pending" or (found[0] != "done" and answer.status in DONE)):
            told.append(answer)
    return told


def note_contact(connection: Connection, at: int) -> None:
    """The community answered, if only on a stick; `at`: when, by its own clock."""
    position = kept.position(connection)
    if at > position.contacted:
        kept.put(connection, "position", msgspec.structs.replace(position, contacted=at))
