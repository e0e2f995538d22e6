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
from gridclient.core.wire.messages import FillKey, Frame, PlaceDigest
from gridclient.ledger import erasing, records
from gridclient.ledger.digest import WRAP, add_to_digests
from gridclient.ledger.tables import RECORDS
from gridclient.ledger.writing import Touched

Placed = tuple[Id, Row]
Sums = dict[Id, tuple[int, int]]  # by place: rows gained, and what their fingerprints gained together

_rows = msgspec.msgpack.Encoder()
_row_decoder = msgspec.msgpack.Decoder(list[object])
# Part of a row this ledger holds, and to be sent once more to a server that has lost it.
_AGAIN = "laid = 0 AND state <> 'done' AND state IN ('pending', 'held')"


def receive(connection: Connection, frames: Sequence[Frame], *, fresh: bool, touched: Touched) -> None:
    """Store the records of some frames. `fresh`: nothing of these places was received before."""
    laid = set(connection.exec_driver_sql("SELECT DISTINCT record FROM change WHERE laid = 1").scalars())
    again = set(connection.exec_driver_sql(f"SELECT DISTINCT record FROM change WHERE {_AGAIN}").scalars())
    wide = {found[0] for found in connection.exec_driver_sql("SELECT DISTINCT kind FROM other")}
    sums: Sums = {}
    for kind, placed in _by_kind(frames, fresh).items():
        _count(connection, kind, placed, laid, fresh, sums)
        if kind in RECORDS:
            _receive_kind(connection, kind, placed, laid, again, touched)
            _keep_wide(connection, kind, placed, kind in wide)
            if not fresh:
                touched.records.update(row[0] for _, row in placed)  # type: ignore[misc]
        else:
            _keep_unknown(connection, kind, placed)
    add_to_digests(connection, sums)
    for frame in frames:
        if frame.place and (frame.key is not None or frame.whole):
            _note_fill(connection, frame.place, frame.key, frame.whole)


def _by_kind(frames: Sequence[Frame], fresh: bool) -> dict[str, list[Placed]]:
    """All rows by kind, so that a day of sixteen people costs some statements a kind and not a building.

    A record that was written between two pages comes twice; its last row counts.
    """
    found: dict[str, list[Placed]] = {}
    for frame in frames:
        for section in frame.sections:
            if section.rows:
                found.setdefault(section.kind, []).extend((section.place, row) for row in section.rows)
    if fresh:
        return found
    return {
        kind: list({row[0]: (place, row) for place, row in rows}.values()) for kind, rows in found.items()
    }


def _count(
    connection: Connection, kind: str, placed: Sequence[Placed], laid: set[Id], fresh: bool, sums: Sums
) -> None:
    """Let the digests follow from the rows the server had to those it has."""
    old = {} if fresh else _server_heads(connection, kind, [row[0] for _, row in placed], laid)  # type: ignore[misc]
    for place, row in placed:
        identity, heads = row[0], row[3]
        count, total = sums.get(place, (0, 0))
        total += fingerprint(identity, heads)  # type: ignore[arg-type]
        if identity in old:
            sums[place] = (count, total - fingerprint(identity, old[identity]))
        else:
            sums[place] = (count + 1, total)


def _receive_kind(
    connection: Connection,
    kind: str,
    placed: Sequence[Placed],
    laid: set[Id],
    again: set[Id],
    touched: Touched,
) -> None:
    retired = _retired_at(kind)
    gone: list[Id] = [row[0] for _, row in placed if len(row) > retired and row[retired] == erasing.ERASED]  # type: ignore[misc]
    if gone:
        erasing.hear(connection, kind, gone)
    spoken: list[Id] = [row[0] for _, row in placed if row[0] in laid or row[0] in again]
    if spoken:
        _lay_anew(connection, spoken, laid, again)
    free = [(place, *row) for place, row in placed if row[0] not in laid]
    if free:
        records.store_rows(connection, kind, free)
    for place, row in placed if spoken else ():
        if row[0] in laid:
            records.put_base(connection, kind, place, row)
            records.rebuild(connection, kind, row[0])
    for start in range(0, len(gone), records.CHUNK):
        erasing.scrub_answered(connection, gone[start : start + records.CHUNK])
    touched.kinds.add(kind)


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


def _keep_unknown(connection: Connection, kind: str, placed: Sequence[Placed]) -> None:
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO other (id, kind, place, row) VALUES (?, ?, ?, ?)",
        [(row[0], kind, place, _rows.encode(row)) for place, row in placed],
    )


def _keep_wide(connection: Connection, kind: str, placed: Sequence[Placed], earlier: bool) -> None:
    """Rows with more columns than this program knows are kept whole as well, until it knows them."""
    if earlier:
        connection.exec_driver_sql("DELETE FROM other WHERE id = ?", [(row[0],) for _, row in placed])
    known = records.width(kind)
    longer = [(place, row) for place, row in placed if len(row) > known]
    if longer:
        _keep_unknown(connection, kind, longer)


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
