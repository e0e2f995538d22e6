"""A place this laptop may no longer hold: what the community sent of it goes, a person's own work does not.

Own visits leave their ids and moments, so that one's own counts stay true. Own changes the server has are
sealed to the key in the community's safe and kept for three months; what it has not stays as it is, in sight.
"""

from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.visits import Visit
from gridclient.core.wire import codec, sealing
from gridclient.core.wire.pack import OWN_CHANGES
from gridclient.ledger import acts, erasing, receiving
from gridclient.ledger.identity import identity

KEPT_MILLIS = 90 * 24 * 3600 * 1000


class Sealed(NamedTuple):
    """Own changes in a box: with the safe's key and `OWN_CHANGES` it opens to `codec.encode` of them."""

    number: int
    place: Id
    at: int
    changes: int
    body: bytes


def leave_place(connection: Connection, place: Id, now: int) -> int:
    """Forget a place; how many own changes were sealed."""
    mine = identity(connection)
    _keep_visits(connection, place, mine.worker)
    spoken = {one for kind in KINDS for one in _records(connection, kind, place)}
    sealed = _seal(connection, place, mine.recovery_key, now) if mine.recovery_key else 0
    receiving.forget_place(connection, place)
    left = {one for kind in KINDS for one in _records(connection, kind, place)}
    erasing.drop_drafts(connection, spoken - left)
    return sealed


def _records(connection: Connection, kind: str, place: Id) -> list[Id]:
    return list(connection.exec_driver_sql(f"SELECT id FROM k_{kind} WHERE place = ?", (place,)).scalars())


def _keep_visits(connection: Connection, place: Id, worker: Id) -> None:
    connection.exec_driver_sql(
        f"INSERT OR IGNORE INTO kept_visit (id, at) SELECT id, at_ FROM k_{Visit.kind}"
        " WHERE place = ? AND author = ? AND at_ IS NOT NULL AND coalesce(retired, '') = ''",
        (place, worker),
    )


def _seal(connection: Connection, place: Id, recovery_key: bytes, now: int) -> int:
    """Put what the server has of one's own changes of a place into a box that does not open here."""
    found = connection.exec_driver_sql(
        "SELECT number, id, body FROM change WHERE place = ? AND state = 'done' ORDER BY number", (place,)
    ).all()
    if not found:
        return 0
    content = codec.encode([msgspec.Raw(body) for _, _, body in found])
    connection.exec_driver_sql(
        "INSERT INTO sealed (place, at, changes, body) VALUES (?, ?, ?, ?)",
        (place, now, len(found), sealing.seal(content, [recovery_key], OWN_CHANGES)),
    )
    acts.remember_newest(connection)
    for table, column in (("inverse", "change"), ("packed", "change"), ("change", "id")):
        connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE {column} = ?", [(identity,) for _, identity, _ in found]
        )
    return len(found)


def drop_expired(connection: Connection, now: int) -> int:
    """Drop what was sealed more than three months ago; how many changes that were."""
    found = connection.exec_driver_sql(
        "SELECT id, changes FROM sealed WHERE at < ?", (now - KEPT_MILLIS,)
    ).all()
    if found:
        connection.exec_driver_sql("DELETE FROM sealed WHERE id = ?", [(number,) for number, _ in found])
    return sum(changes for _, changes in found)


def sealed(connection: Connection) -> list[Sealed]:
    """What lies sealed here, the oldest first."""
    rows = connection.exec_driver_sql("SELECT id, place, at, changes, body FROM sealed ORDER BY at, id")
    return [Sealed(*row) for row in rows]


def visits_kept(connection: Connection) -> list[int]:
    """The moments (Unix milliseconds) of own visits in places this ledger holds no longer."""
    return list(
        connection.exec_driver_sql(
            f"SELECT at FROM kept_visit WHERE id NOT IN (SELECT id FROM k_{Visit.kind}) ORDER BY at"
        ).scalars()
    )


def forget_returned_visits(connection: Connection) -> None:
    """Places that came back brought their visits along."""
    connection.exec_driver_sql(f"DELETE FROM kept_visit WHERE id IN (SELECT id FROM k_{Visit.kind})")


def has_expired(connection: Connection, now: int) -> bool:
    """Whether something sealed is due to be dropped."""
    found = connection.exec_driver_sql("SELECT 1 FROM sealed WHERE at < ? LIMIT 1", (now - KEPT_MILLIS,))
    return found.first() is not None
