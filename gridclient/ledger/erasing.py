"""Taking what was said of a record out of the ledger file; its ids stay.

The erasing change itself is an ordinary one (retired as erased, every group written empty, every head seen),
so that sync carries it. This module removes what this laptop keeps besides: own earlier changes, what they
replaced, the server's row below them, forms half written, pages given back.
"""

from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import RETIRED_GROUP, Kind, Merge
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change, Draft
from gridclient.core.merge.compact import fingerprint
from gridclient.core.merge.erasing import ERASED as ERASED
from gridclient.core.merge.erasing import emptied as emptied_change
from gridclient.core.merge.record import Record
from gridclient.core.merge.shape import shape_of
from gridclient.ledger import records
from gridclient.ledger.digest import add_to_digests
from gridclient.ledger.identity import get, put
from gridclient.ledger.store import connect, translated

_HEARD = "erased by others"
_UNREAD = "copies unread"
_change_decoder = msgspec.msgpack.Decoder(Change)
_plain = msgspec.msgpack.Decoder()
_encoder = msgspec.msgpack.Encoder(order="sorted")


def erasing_draft(record: Record, sent: bool) -> Draft:
    """The draft that empties a record. `sent`: a server has it, so what a set held must be named to go."""
    shape = shape_of(record.kind)
    fields: dict[str, object] = {Kind.retired.key: ERASED, Kind.successor.key: None}
    for group, heads in record.heads.items():
        if group == RETIRED_GROUP:
            continue
        if shape.merge(group) is Merge.SET:
            fields[group] = [
                [],
                sorted({one for head in heads for one in head.value}, key=repr) if sent else [],
            ]
        else:
            fields.update(dict.fromkeys(shape.keys(group)))
    return Draft(record.kind, record.id, record.place, fields)


def is_erased(record: Record) -> bool:
    """Whether all that is said of a record is that it was erased."""
    heads = record.heads.get(RETIRED_GROUP, ())
    return bool(heads) and all(head.value[0] == ERASED for head in heads) and not record.doubts


def is_known_to_server(connection: Connection, record: Id) -> bool:
    """Whether a server has ever answered for a record, or sent it."""
    answered = connection.exec_driver_sql(
        "SELECT 1 FROM change WHERE record = ? AND (state = 'done' OR state = 'held') LIMIT 1", (record,)
    ).first()
    own = connection.exec_driver_sql("SELECT 1 FROM change WHERE id = ? LIMIT 1", (record,)).first()
    return answered is not None or own is None


def scrub(connection: Connection, kind: str, record: Id, keep: Id) -> None:
    """Take out what was said of a record before the erasing change `keep`; what came after it stays."""
    earlier = connection.exec_driver_sql(
        "SELECT number, id, state, body FROM change WHERE record = ?"
        " AND number < (SELECT number FROM change WHERE id = ?)",
        (record, keep),
    ).all()
    for number, identity, state, body in earlier:
        if state == "done":
            _empty(connection, number, identity, body)
        else:
            connection.exec_driver_sql("DELETE FROM inverse WHERE change = ?", (identity,))
            connection.exec_driver_sql("DELETE FROM change WHERE number = ?", (number,))
    connection.exec_driver_sql("DELETE FROM inverse WHERE change = ?", (keep,))
    connection.exec_driver_sql("DELETE FROM other WHERE id = ?", (record,))
    connection.exec_driver_sql("DELETE FROM opened WHERE record = ?", (record,))
    _scrub_base(connection, kind, record)
    records.rebuild(connection, kind, record)


def scrub_answered(connection: Connection, erased: Collection[Id]) -> None:
    """Take out what own changes said of records that somebody else erased. What no server has taken stays:
    it may have been written without knowing."""
    marks = ",".join("?" * len(erased))
    answered = connection.exec_driver_sql(
        f"SELECT number, id, body FROM change WHERE state = 'done' AND record IN ({marks})", tuple(erased)
    ).all()
    for number, identity, body in answered:
        _empty(connection, number, identity, body)


def hear(connection: Connection, kind: str, erased: Collection[Id]) -> None:
    """Rows are about to arrive that say so: what this ledger holds of them lies in its copies too."""
    fresh: list[Id] = []
    for one in erased:
        found = connection.exec_driver_sql(
            f"SELECT 1 FROM k_{kind} WHERE id = ? AND coalesce(retired, '') <> '{ERASED}'", (one,)
        ).first()
        if found is not None:
            fresh.append(one)
            connection.exec_driver_sql("DELETE FROM only_here WHERE record = ?", (one,))
    if fresh:
        drop_drafts(connection, set(fresh))
        put(connection, _HEARD, sorted(heard(connection).union(fresh)))


def heard(connection: Connection) -> set[Id]:
    """Records erased by others whose copies beside this ledger have not been dealt with."""
    return set(get(connection, _HEARD, list[Id]) or ())


def dealt_with(connection: Connection, spoken: Collection[Id], unread: int) -> None:
    """The copies were looked through; `unread`: how many could not be."""
    put(connection, _HEARD, sorted(heard(connection).difference(spoken)))
    put(connection, _UNREAD, unread)


def unread_copies(connection: Connection) -> int:
    """How many copies beside this ledger may still hold what was erased."""
    return get(connection, _UNREAD, int) or 0


def _empty(connection: Connection, number: int, identity: Id, body: bytes) -> None:
    connection.exec_driver_sql("DELETE FROM inverse WHERE change = ?", (identity,))
    connection.exec_driver_sql(
        "UPDATE change SET body = ?, words = NULL WHERE number = ?", (emptied(body), number)
    )


def emptied(body: bytes) -> bytes:
    """A change that still says which groups it wrote, and nothing of what."""
    return msgspec.msgpack.encode(emptied_change(_change_decoder.decode(body)))


def _scrub_base(connection: Connection, kind: str, record: Id) -> None:
    """Empty the server's row; where its heads held other versions, the digest follows what is kept."""
    held = records.get_base(connection, record)
    if held is None:
        return
    place, row = held
    blob = row[3] if isinstance(row[3], bytes) else None
    bare = _without_versions(kind, blob)
    records.put_base(connection, kind, place, [*row[:3], bare, None, *[None] * len(KINDS[kind].fields)])
    if bare != blob:
        add_to_digests(connection, {place: (0, fingerprint(record, bare) - fingerprint(record, blob))})


def _without_versions(kind: str, blob: bytes | None) -> bytes | None:
    """A record's heads without the values of those not shown (see `core.merge.compact`)."""
    if blob is None:
        return None
    packed: list[Any] = _plain.decode(blob)
    if len(packed) < 3 or not packed[2]:
        return blob
    shape = shape_of(kind)
    packed[2] = {
        group: [[] if shape.merge(group) is Merge.SET else [None] * len(value) for value in values]
        for group, values in packed[2].items()
    }
    return _encoder.encode(packed)


def drop_drafts(connection: Connection, spoken: set[Id]) -> None:
    """Forms half written that speak of any of these records."""
    for name, body in connection.exec_driver_sql("SELECT name, body FROM draft").all():
        said = name.encode() + body
        if any(sign in said for one in spoken for sign in _signs(one)):
            connection.exec_driver_sql("DELETE FROM draft WHERE name = ?", (name,))


def _signs(record: Id) -> tuple[bytes, ...]:
    return record, record.hex().encode(), ids.text(record).encode()


def still_held(path: Path, key: bytes, spoken: set[Id]) -> bool | None:
    """Whether a closed copy of a ledger shows any of these records unerased; None if it opens not."""
    marks = ",".join("?" * len(spoken))
    try:
        with translated(), closing(connect(path, key)) as held:
            tables = held.execute("SELECT name FROM sqlite_master WHERE name GLOB 'k_*' AND type = 'table'")
            asked = [f"SELECT 1 FROM other WHERE id IN ({marks}) LIMIT 1"]
            asked += [
                f"SELECT 1 FROM {name} WHERE id IN ({marks}) AND coalesce(retired, '') <> '{ERASED}' LIMIT 1"
                for (name,) in tables.fetchall()
            ]
            return any(held.execute(statement, tuple(spoken)).fetchone() for statement in asked)
    except KnownError:
        return None
