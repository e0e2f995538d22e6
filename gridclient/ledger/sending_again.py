"""Own changes a server has had and lost: they wait to be sent once more.

They stay part of the rows they are part of here. Only when the server's own row of that record arrives, which
lacks them, are they laid over it (see `receiving`); so nothing a person sees changes meanwhile.
"""

from collections.abc import Collection

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.declaration import Kind
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.ledger import erasing, records
from gridclient.ledger.identity import identity

_change_decoder = msgspec.msgpack.Decoder(Change)


def since(connection: Connection, seq: int) -> int:
    """All that was taken after a point in the server's order, and what it held; how many these are."""
    found = connection.exec_driver_sql(
        "SELECT number FROM change WHERE (state = 'done' AND seq > ?) OR state IN ('held', 'declined')"
        " ORDER BY number",
        (seq,),
    )
    return _wait(connection, list(found.scalars()))


def above(connection: Connection, number: int) -> int:
    """All that a server has answered for and knows no longer, for its copy is older; how many these are."""
    found = connection.exec_driver_sql(
        "SELECT number FROM change WHERE state IN ('done', 'held', 'declined', 'quarantined') AND number > ?"
        " ORDER BY number",
        (number,),
    )
    return _wait(connection, list(found.scalars()))


def these(connection: Connection, changes: Collection[Id]) -> int:
    """Some of the changes the server has taken; how many these are."""
    numbers: list[int] = []
    for some in _chunks(changes):
        numbers += connection.exec_driver_sql(
            f"SELECT number FROM change WHERE state = 'done' AND id IN ({','.join('?' * len(some))})", some
        ).scalars()
    return _wait(connection, sorted(numbers))


def own(connection: Connection, changes: Collection[Id]) -> set[Id]:
    """Which of some changes this ledger has made."""
    found: set[Id] = set()
    for some in _chunks(changes):
        found.update(
            connection.exec_driver_sql(
                f"SELECT id FROM change WHERE id IN ({','.join('?' * len(some))})", some
            ).scalars()
        )
    return found


def unheard(connection: Connection, seq: int) -> list[Id]:
    """Changes a server said it took at a point behind which this ledger has not looked yet."""
    return list(
        connection.exec_driver_sql(
            "SELECT id FROM change WHERE seq > 0 AND seq > ? AND state = 'done' ORDER BY number", (seq,)
        ).scalars()
    )


def _chunks(changes: Collection[Id]) -> list[tuple[Id, ...]]:
    every = tuple(changes)
    return [every[start : start + records.CHUNK] for start in range(0, len(every), records.CHUNK)]


def _wait(connection: Connection, numbers: list[int]) -> int:
    """Put changes back into the outbox, as this laptop's: it may have been let in anew since."""
    device = identity(connection).device
    waiting = 0
    for number in numbers:
        (body,) = connection.exec_driver_sql("SELECT body FROM change WHERE number = ?", (number,)).one()
        change = _change_decoder.decode(body)
        shown = records.load(connection, change.kind, change.record)
        erases = change.fields.get(Kind.retired.key) == erasing.ERASED
        if shown is not None and erasing.is_erased(shown) and not erases:
            continue  # there is nothing left of it to send
        if change.device != device:
            body = msgspec.msgpack.encode(msgspec.structs.replace(change, device=device))
        connection.exec_driver_sql(
            "UPDATE change SET state = 'pending', seq = 0, words = NULL, reason = NULL, body = ?"
            " WHERE number = ?",
            (body, number),
        )
        waiting += 1
    return waiting
