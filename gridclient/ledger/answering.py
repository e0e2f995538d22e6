"""What became of own changes: the only door out of the outbox."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.declaration import Kind
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import Answer
from gridclient.ledger import erasing, records
from gridclient.ledger import identity as kept
from gridclient.ledger.writing import Touched

ACCEPTED = ("accepted", "accepted_conflict", "duplicate")
_LET_BE = ("dismissed", "superseded")
_ERASED = erasing.ERASED.encode()
_change_decoder = msgspec.msgpack.Decoder(Change)


def settle(connection: Connection, answers: Iterable[Answer], touched: Touched) -> None:
    """Store what became of own changes. What a server has taken once is never anything less again."""
    told = {answer.change: answer for answer in answers}
    known = _known(connection, list(told))
    written, shown = [], []
    for number, identity, kind, record, state, body in known:
        answer = told[identity]
        fresh = _state(answer)
        if state in ("done", *_LET_BE) and fresh != "done":
            continue
        written.append((fresh, answer.seq, answer.words or None, answer.reason or None, number))
        if state in _LET_BE:
            # Its author had let it be and it was accepted all the same: it counts again.
            connection.exec_driver_sql("UPDATE change SET laid = 1 WHERE number = ?", (number,))
        if fresh == "done":
            changed = _take_over(connection, number, body, answer)
            if changed or state in _LET_BE:
                shown.append((kind, record))
        touched.add(kind, record)
    if written:
        connection.exec_driver_sql(
            "UPDATE change SET state = ?, seq = ?, words = ?, reason = ? WHERE number = ?", written
        )
    kept.note_taken(connection, max((one[4] for one in written if one[0] != "quarantined"), default=0))
    for kind, record in dict.fromkeys(shown):
        if records.has_laid(connection, record):
            records.rebuild(connection, kind, record)


def _known(connection: Connection, wanted: list[Id]) -> list[tuple[int, Id, str, Id, str, bytes]]:
    """The own changes among some ids, in the order they were made."""
    found: list[tuple[int, Id, str, Id, str, bytes]] = []
    for start in range(0, len(wanted), records.CHUNK):
        some = tuple(wanted[start : start + records.CHUNK])
        rows = connection.exec_driver_sql(
            "SELECT number, id, kind, record, state, body FROM change"
            f" WHERE id IN ({','.join('?' * len(some))})",
            some,
        )
        found += [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]
    return sorted(found)


def _state(answer: Answer) -> str:
    if answer.status in ACCEPTED:
        return "done"
    return "declined" if answer.reason == "declined" else answer.status


def _take_over(connection: Connection, number: int, body: bytes, answer: Answer) -> bool:
    """Say in the own change what the server made of it, so that both hold the very same; whether it did."""
    if _ERASED in body and _change_decoder.decode(body).fields.get(Kind.retired.key) == erasing.ERASED:
        # It names what a set held; once the server has it, nothing here has to.
        body = erasing.emptied(body)
        connection.exec_driver_sql("UPDATE change SET body = ? WHERE number = ?", (body, number))
    if answer.at:
        change = msgspec.structs.replace(_change_decoder.decode(body), at=answer.at)
        connection.exec_driver_sql(
            "UPDATE change SET at = ?, body = ? WHERE number = ?",
            (answer.at, msgspec.msgpack.encode(change), number),
        )
    if answer.renamed is not None:
        _rename(connection, answer.change, answer.renamed, _change_decoder.decode(body).record)
    return bool(answer.at) or answer.renamed is not None


def _rename(connection: Connection, old: Id, new: Id, record: Id) -> None:
    """Give an own change the id the server gave it, also where later own changes have seen it."""
    found = connection.exec_driver_sql(
        "SELECT number, body FROM change WHERE record = ? ORDER BY number", (record,)
    ).all()
    for number, body in found:
        change = _change_decoder.decode(body)
        identity = new if change.id == old else change.id
        seen = tuple(new if one == old else one for one in change.seen)
        if identity != change.id or seen != change.seen:
            fresh = msgspec.structs.replace(change, id=identity, seen=seen)
            connection.exec_driver_sql(
                "UPDATE change SET id = ?, body = ? WHERE number = ?",
                (identity, msgspec.msgpack.encode(fresh), number),
            )
