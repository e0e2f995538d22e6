"""A ledger that its server took for a copy is let in anew: the same person, another device."""

import msgspec
from sqlalchemy import Connection

from gridclient.core.merge.change import Change
from gridclient.ledger import identity as kept
from gridclient.ledger import sending_again
from gridclient.ledger.identity import Identity

_change_decoder = msgspec.msgpack.Decoder(Change)


def let_in_anew(connection: Connection, identity: Identity) -> int:
    """Go on as another device; how many own changes wait for the server now.

    What no server has taken is this device's from here on. What waited with the supervisor or was put aside,
    and what a server said it took behind what this ledger has pulled, is sent once more: under another name
    nobody hears of its loss. Numbers go on: a device may begin with any. What was pulled stays pulled.
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
        "UPDATE change SET state = 'pending', words = NULL, reason = NULL"
        " WHERE state IN ('held', 'quarantined')"
    )
    kept.put(connection, "identity", identity)
    position = kept.position(connection)
    kept.put(connection, "position", msgspec.structs.replace(position, nonce=b""))
    stood = position.checkpoint.seq if position.checkpoint else 0
    sending_again.these(connection, sending_again.unheard(connection, stood))
    kept.forget(connection, kept.CLONE)
    pending: int = connection.exec_driver_sql(
        "SELECT count(*) FROM change WHERE state = 'pending'"
    ).scalar_one()
    return pending
