"""What others wrote, this ledger holds, and a server has lost: kept as copies until it is decided upon."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Merge
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.merge.compact import Row, unpack
from gridclient.core.merge.record import Head, Record
from gridclient.core.merge.shape import Shape, shape_of
from gridclient.core.wire.messages import Answer
from gridclient.ledger.answering import ACCEPTED

_change_decoder = msgspec.msgpack.Decoder(Change)


class OnlyHere(NamedTuple):
    """A version in no server's rows. `state`: waiting (to be handed in), held, declined, quarantined."""

    copy: Id
    original: Id
    kind: str
    record: Id
    place: Id
    author: Id
    at: int
    noted: int
    state: str
    reason: str
    words: str


def heads_of(kind: str, place: Id, row: Row) -> set[Id]:
    """The changes that a row's versions are of."""
    if row[3] is None:
        return {row[0]}  # type: ignore[arg-type]
    return {head.change for heads in unpack(kind, place, row).heads.values() for head in heads}


def copies_of(kind: str, place: Id, row: Row, lost: set[Id], device: Id) -> list[tuple[Id, Change]]:
    """(original, copy) of the versions in a row that are among `lost`, as whoever holds them makes them."""
    if kind not in KINDS:
        return []
    shape = shape_of(kind)
    record = unpack(kind, place, row)
    said: dict[Id, tuple[Head, dict[str, object]]] = {}
    for group, heads in sorted(record.heads.items()):
        for head in heads:
            if head.change in lost:
                said.setdefault(head.change, (head, {}))[1].update(_fields(shape, group, head))
    return [
        (original, _copy(original, record, head, fields, device)) for original, (head, fields) in said.items()
    ]


def _copy(original: Id, record: Record, head: Head, fields: dict[str, object], device: Id) -> Change:
    return Change(
        id=ids.named("recovered", original.hex()),
        device=device,
        number=1,
        author=head.author,
        at=head.at,
        kind=record.kind,
        record=record.id,
        place=record.place,
        fields=fields,
    )


def _fields(shape: Shape, group: str, head: Head) -> dict[str, object]:
    if shape.merge(group) is Merge.SET:
        return {group: [list(head.value), []]}
    return dict(zip(shape.keys(group), head.value, strict=True))


def keep(connection: Connection, copies: Iterable[tuple[Id, Change]], now: int) -> int:
    """Keep copies (original, copy) that are not kept yet, to be handed in; how many these were."""
    before = _count(connection)
    for original, copy in copies:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO only_here"
            " (copy, original, kind, record, place, author, at, noted, state, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?)",
            (
                copy.id,
                original,
                copy.kind,
                copy.record,
                copy.place,
                copy.author,
                copy.at,
                now,
                msgspec.msgpack.encode(copy),
            ),
        )
    return _count(connection) - before


def _count(connection: Connection) -> int:
    found: int = connection.exec_driver_sql("SELECT count(*) FROM only_here").scalar_one()
    return found


def to_hand_in(connection: Connection, limit: int) -> list[Change]:
    """Copies nobody has answered yet."""
    found = connection.exec_driver_sql(
        "SELECT body FROM only_here WHERE state = 'waiting' ORDER BY copy LIMIT ?", (limit,)
    )
    return [_change_decoder.decode(body) for (body,) in found]


def bodies(connection: Connection) -> list[tuple[Id, bytes]]:
    """(copy's id, encoded copy) of all that is kept here, whatever was said of it."""
    found = connection.exec_driver_sql("SELECT copy, body FROM only_here ORDER BY copy")
    return [(copy, body) for copy, body in found]


def hand_in_again(connection: Connection) -> set[Id]:
    """Let what was handed in and is not decided be handed in once more; which never were before."""
    fresh = connection.exec_driver_sql("SELECT copy FROM only_here WHERE state = 'waiting'").scalars().all()
    connection.exec_driver_sql("UPDATE only_here SET state = 'waiting' WHERE state = 'held'")
    return set(fresh)


def undecided(connection: Connection) -> list[tuple[Id, Id]]:
    """(copy, original) of all of which the server has not had the last word.

    One just declined is among them: it may have been because its author has sent the original.
    """
    found = connection.exec_driver_sql(
        "SELECT copy, original FROM only_here WHERE state IN ('waiting', 'held') OR reason = 'declined'"
        " ORDER BY copy"
    )
    return [(copy, original) for copy, original in found]


def keep_declined(connection: Connection) -> None:
    """What was declined and is still nowhere else stays until a person here lets it be."""
    connection.exec_driver_sql("UPDATE only_here SET reason = 'final' WHERE reason = 'declined'")


def settle(connection: Connection, answers: Iterable[Answer]) -> None:
    """What became of copies handed in; one accepted is in the community's rows, and leaves."""
    for answer in answers:
        if answer.status in ACCEPTED:
            drop(connection, [answer.change])
            continue
        state = "declined" if answer.reason == "declined" else answer.status
        connection.exec_driver_sql(
            "UPDATE only_here SET state = ?, reason = ?, words = ? WHERE copy = ?",
            (state, answer.reason or None, answer.words or None, answer.change),
        )


def drop(connection: Connection, copies: Sequence[Id]) -> int:
    """Keep some copies no longer; how many of them there were."""
    gone = 0
    for copy in copies:
        gone += connection.exec_driver_sql("DELETE FROM only_here WHERE copy = ?", (copy,)).rowcount
    return gone


def listed(connection: Connection) -> list[OnlyHere]:
    """All that is only here, the oldest first."""
    found = connection.exec_driver_sql(
        "SELECT copy, original, kind, record, place, author, at, noted, state, coalesce(reason, ''),"
        " coalesce(words, '') FROM only_here ORDER BY at, copy"
    )
    return [OnlyHere(*row) for row in found]
