"""Own changes the server has not taken: held for the supervisor, declined, or put aside. In plain sight."""

from collections.abc import Collection
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.merge.shape import shape_of
from gridclient.ledger import records
from gridclient.ledger.writing import Touched

OPEN = ("held", "declined", "quarantined")
_change_decoder = msgspec.msgpack.Decoder(Change)


class Unanswered(NamedTuple):
    """One own change nobody else sees yet. `words`: why, for a person."""

    number: int
    state: str
    reason: str
    words: str
    change: Change


def listed(connection: Connection) -> list[Unanswered]:
    """All of them, the oldest first."""
    found = connection.exec_driver_sql(
        "SELECT number, state, coalesce(reason, ''), coalesce(words, ''), body FROM change"
        " WHERE state <> 'done' AND state IN ('held', 'declined', 'quarantined') ORDER BY number"
    )
    return [
        Unanswered(number, state, reason, words, _change_decoder.decode(body))
        for number, state, reason, words, body in found
    ]


def send_again(connection: Connection, chosen: Collection[Id], touched: Touched) -> tuple[int, int]:
    """Put some of them back into the outbox; how many wait now, and how many were no longer needed.

    What its author has corrected since goes out without what was corrected; where nothing is left of it, it
    is superseded. The change that made a record goes out with the corrections in it, for nobody has it yet.
    """
    waiting = superseded = 0
    for one in listed(connection):
        if one.change.id not in chosen:
            continue
        fresh = one.change if one.state != "quarantined" else _corrected(connection, one)
        touched.add(one.change.kind, one.change.record)
        if fresh is None:
            superseded += 1
            _let_be(connection, one, "superseded")
            continue
        waiting += 1
        connection.exec_driver_sql(
            "UPDATE change SET state = 'pending', words = NULL, reason = NULL, body = ? WHERE number = ?",
            (msgspec.msgpack.encode(fresh), one.number),
        )
        records.rebuild(connection, one.change.kind, one.change.record)
    return waiting, superseded


def dismiss(connection: Connection, chosen: Collection[Id], touched: Touched) -> int:
    """Stop showing some that were declined or put aside; they stay in the ledger. How many there were."""
    gone = 0
    for one in listed(connection):
        if one.change.id in chosen and one.state != "held":
            _let_be(connection, one, "dismissed")
            touched.add(one.change.kind, one.change.record)
            gone += 1
    return gone


def _let_be(connection: Connection, one: Unanswered, state: str) -> None:
    connection.exec_driver_sql("UPDATE change SET state = ?, laid = 0 WHERE number = ?", (state, one.number))
    records.rebuild(connection, one.change.kind, one.change.record)


def _corrected(connection: Connection, one: Unanswered) -> Change | None:
    """What of a change its author's later ones have not corrected; None where that is nothing."""
    change = one.change
    later = connection.exec_driver_sql(
        "SELECT body FROM change WHERE record = ? AND number > ? AND state NOT IN"
        " ('quarantined', 'declined', 'dismissed', 'superseded') ORDER BY number",
        (change.record, one.number),
    )
    shape, fields = shape_of(change.kind), dict(change.fields)
    for (body,) in later.all():
        after = _change_decoder.decode(body)
        if change.id not in after.seen:
            continue
        for key, value in after.fields.items():
            if key in fields and change.id == change.record and not _is_set(shape.group_of(key), change.kind):
                fields[key] = value
            elif key in fields and change.id != change.record:
                del fields[key]
    return msgspec.structs.replace(change, fields=fields) if fields else None


def _is_set(group: str, kind: str) -> bool:
    field = shape_of(kind).fields.get(group)
    return field is not None and field.is_set
