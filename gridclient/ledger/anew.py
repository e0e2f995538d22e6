"""A ledger that its server took for a copy is let in anew: the same person, another device."""

import msgspec
from sqlalchemy import Connection

from gridclient.core.merge.change import Change
from gridclient.ledger import identity as kept
from gridclient.ledger.identity import Identity

_change_decoder = msgspec.msgpack.Decoder(Change)


def let_in_anew(connection: Connection, identity: Identity) -> int:
    """Go on as another device; how many own changes wait for the server now.

    What no server has taken is this device's from here on, and what waited with the supervisor is sent once
    more. Numbers go on: a device may begin with any. What was pulled stays pulled.
    """
    waiting = connection.exec_driver_sql(
        "SELECT number, body FROM change WHERE state <> 'done' ORDER BY number"
    ).all()
    for number, body in waiting:
        change = msgspec.structs.replace(_change_decoder.decode(body), device=identity.device)
        connection.exec_driver_sql(
            "UPDATE change SET body = ? WHERE number = ?", (msgspec.msgpack.encode(change), number)
        )
    connection.exec_driver_sql(
        "UPDATE change SET state = 'pending', words = NULL, reason = NULL WHERE state = 'held'"
    )
    kept.put(connection, "identity", identity)
    kept.put(connection, "position", msgspec.structs.replace(kept.position(connection), nonce=b""))
    kept.forget(connection, kept.CLONE)
    pending: int = connection.exec_driver_sql(
        "SELECT count(*) FROM change WHERE state = 'pending'"
    ).scalar_one()
    return pending
