"""What comes from the server: frames of records, places that have to be filled anew.

The server's heads stay untouched in one place (the row itself, or `base` where own changes are laid over
it); digests are taken of them alone.
"""

from collections.abc import Sequence
from functools import cache

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.declaration import RETIRED_GROUP
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.merge.compact import Row, fingerprint
from gridclient.core.wire.messages import FillKey, Frame, PlaceDigest, Section
from gridclient.ledger import erasing, records
from gridclient.ledger.digest import WRAP, add_to_digest
from gridclient.ledger.tables import RECORDS
from gridclient.ledger.writing import Touched

_rows = msgspec.msgpack.Encoder()
_row_decoder = msgspec.msgpack.Decoder(list[object])
# Part of a row this ledger holds, and to be sent once more to a server that has lost it.
_AGAIN = "laid = 0 AND state <> 'done' AND state IN ('pending', 'held')"


def receive(connection: Connection, frames: Sequence[Frame], *, fresh: bool, touched: Touched) -> None:
    """Store the records of some frames. `fresh`: nothing of these places was received before."""
    laid = set(connection.exec_driver_sql("SELECT DISTINCT record FROM change WHERE laid = 1").scalars())
    again = set(connection.exec_driver_sql(f"SELECT DISTINCT record FROM change WHERE {_AGAIN}").scalars())
    wide = {found[0] for found in connection.exec_driver_sql("SELECT DISTINCT kind FROM other")}
    for frame in frames:
        for section in frame.sections:
            if section.rows:
                _receive_section(connection, section, laid, again, fresh, touched)
                if section.kind in RECORDS:
                    _keep_wide(connection, section, section.kind in wide)
        if frame.place and (frame.key is not None or frame.whole):
            _note_fill(connection, frame.place, frame.key, frame.whole)


def _receive_section(
    connection: Connection, section: Section, laid: set[Id], again: set[Id], fresh: bool, touched: Touched
) -> None:
    kind, place, rows = section.kind, section.place, section.rows
    old = {} if fresh else _server_heads(connection, kind, [row[0] for row in rows], laid)  # type: ignore[misc]
    count = total = 0
    for row in rows:
        identity, heads = row[0], row[3]
        total += fingerprint(identity, heads)  # type: ignore[arg-type]
        if identity in old:
            total -= fingerprint(identity, old[identity])
        else:
            count += 1
    add_to_digest(connection, place, count, total)
    if kind not in RECORDS:
        _keep_unknown(connection, kind, place, rows)
        return
    retired = _retired_at(kind)
    gone = [row[0] for row in rows if len(row) > retired and row[retired] == erasing.ERASED]
    if gone:
        erasing.hear(connection, kind, gone)  # type: ignore[arg-type]
    spoken = [row[0] for row in rows if row[0] in laid or row[0] in again]
    if spoken:
        _lay_anew(connection, spoken, laid, again)
    free = [(place, *row) for row in rows if row[0] not in laid]
    if free:
        records.store_rows(connection, kind, free)
    for row in rows if spoken else ():
        if row[0] in laid:
            records.put_base(connection, kind, place, row)
            records.rebuild(connection, kind, row[0])
    for start in range(0, len(gone), records.CHUNK):
        erasing.scrub_answered(connection, gone[start : start + records.CHUNK])  # type: ignore[arg-type]
    touched.kinds.add(kind)
    if not fresh:
        touched.records.update(row[0] for row in rows)  # type: ignore[misc]


def _lay_anew(connection: Connection, spoken: Sequence[Id], laid: set[Id], again: set[Id]) -> None:
    """Rows arrive over which own changes lie, or have to: what the server had taken before is in them."""
    wanted = [(one,) for one in spoken]
    connection.exec_driver_sql(
        "UPDATE change SET laid = 0 WHERE record = ? AND laid = 1 AND state = 'done'", wanted
    )
    connection.exec_driver_sql(f"UPDATE change SET laid = 1 WHERE record = ? AND {_AGAIN}", wanted)
    for (one,) in wanted:
        again.discard(one)
        if records.has_laid(connection, one):
            laid.add(one)
        elif one in laid:
            laid.remove(one)
            connection.exec_driver_sql("DELETE FROM base WHERE id = ?", (one,))


@cache
def _retired_at(kind: str) -> int:
    """Where in a row stands whether the record is retired."""
    return 5 + list(KINDS[kind].fields).index(RETIRED_GROUP)


def _server_heads(
    connection: Connection, kind: str, wanted: Sequence[Id], laid: set[Id]
) -> dict[Id, bytes | None]:
    """The heads the server had of some records, as far as they were received before."""
    table = f"k_{kind}" if kind in RECORDS else None
    found: dict[Id, bytes | None] = {}
    free = [identity for identity in wanted if identity not in laid]
    for start in range(0, len(free), records.CHUNK):
        some = tuple(free[start : start + records.CHUNK])
        marks = ",".join("?" * len(some))
        if table is None:
            stored = connection.exec_driver_sql(f"SELECT id, row FROM other WHERE id IN ({marks})", some)
            found.update((identity, _heads_of(row)) for identity, row in stored)
        else:
            stored = connection.exec_driver_sql(f"SELECT id, heads FROM {table} WHERE id IN ({marks})", some)
            found.update((identity, heads) for identity, heads in stored)
    for identity in wanted:
        if identity in laid:
            held = records.get_base(connection, identity)
            if held is not None:
                found[identity] = held[1][3]  # type: ignore[assignment]
    return found


def _heads_of(row: bytes) -> bytes | None:
    heads = _row_decoder.decode(row)[3]
    return heads if isinstance(heads, bytes) else None


def _keep_unknown(connection: Connection, kind: str, place: Id, rows: list[Row]) -> None:
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO other (id, kind, place, row) VALUES (?, ?, ?, ?)",
        [(row[0], kind, place, _rows.encode(row)) for row in rows],
    )


def _keep_wide(connection: Connection, section: Section, earlier: bool) -> None:
    """Rows with more columns than this program knows are kept whole as well, until it knows them."""
    kind, rows = section.kind, section.rows
    if earlier:
        connection.exec_driver_sql("DELETE FROM other WHERE id = ?", [(row[0],) for row in rows])
    longer = [row for row in rows if len(row) > records.width(kind)]
    if longer:
        _keep_unknown(connection, kind, section.place, longer)


def _note_fill(connection: Connection, place: Id, key: FillKey | None, whole: bool) -> None:
    stage, seq = (key.stage, key.seq) if key else (None, None)
    connection.exec_driver_sql(
        "INSERT INTO place (id, whole, stage, seq, count, total) VALUES (?, ?, ?, ?, 0, 0)"
        " ON CONFLICT (id) DO UPDATE SET whole = excluded.whole, stage = excluded.stage, seq = excluded.seq",
        (place, int(whole), stage, seq),
    )


def places(connection: Connection) -> dict[Id, tuple[bool, FillKey | None]]:
    """Places begun: whether whole, and how far otherwise."""
    found = connection.exec_driver_sql("SELECT id, whole, stage, seq FROM place")
    return {
        identity: (bool(whole), None if stage is None else FillKey(stage, seq))
        for identity, whole, stage, seq in found
    }


def begin_fills_anew(connection: Connection) -> None:
    """How far places have come counts no longer: those not whole are filled from their beginning."""
    connection.exec_driver_sql("UPDATE place SET stage = NULL, seq = NULL WHERE whole = 0")


def digests(connection: Connection) -> list[PlaceDigest]:
    """Digests of the places that are whole, of the server's heads alone."""
    found = connection.exec_driver_sql("SELECT id, count, total FROM place WHERE whole = 1")
    return [PlaceDigest(identity, count, total % WRAP) for identity, count, total in found]


def forget_place(connection: Connection, place: Id) -> None:
    """Drop what the server sent of a place and its fill key, so that it can be filled anew.

    Own changes laid over its records stay and stay visible.
    """
    connection.exec_driver_sql(f"UPDATE change SET laid = 1 WHERE place = ? AND {_AGAIN}", (place,))
    for kind in RECORDS:
        keep = [
            identity
            for (identity,) in connection.exec_driver_sql(
                "SELECT DISTINCT record FROM change WHERE laid = 1 AND place = ? AND kind = ?", (place, kind)
            )
        ]
        connection.exec_driver_sql(f"DELETE FROM k_{kind} WHERE place = ?", (place,))
        connection.exec_driver_sql("DELETE FROM base WHERE place = ? AND kind = ?", (place, kind))
        for identity in keep:
            records.rebuild(connection, kind, identity)
    connection.exec_driver_sql("DELETE FROM other WHERE place = ?", (place,))
    connection.exec_driver_sql("DELETE FROM place WHERE id = ?", (place,))
