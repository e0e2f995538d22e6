"""What comes from the server: frames of records, answers to own changes, places lost.

The server's heads stay untouched in one place (the row itself, or `base` where own changes are laid over
it); digests are taken of them alone.
"""

from collections.abc import Iterable, Sequence
from functools import cache

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.declaration import RETIRED_GROUP, Kind
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.merge.compact import Row, fingerprint
from gridclient.core.wire.messages import Answer, FillKey, Frame, PlaceDigest, Section
from gridclient.ledger import erasing, records
from gridclient.ledger.digest import WRAP, add_to_digest
from gridclient.ledger.tables import RECORDS
from gridclient.ledger.writing import Touched

_rows = msgspec.msgpack.Encoder()
_row_decoder = msgspec.msgpack.Decoder(list[object])
_change_decoder = msgspec.msgpack.Decoder(Change)


def receive(connection: Connection, frames: Sequence[Frame], *, fresh: bool, touched: Touched) -> None:
    """Store the records of some frames. `fresh`: nothing of these places was received before."""
    laid = {
        found[0] for found in connection.exec_driver_sql("SELECT DISTINCT record FROM change WHERE laid = 1")
    }
    wide = {found[0] for found in connection.exec_driver_sql("SELECT DISTINCT kind FROM other")}
    for frame in frames:
        for section in frame.sections:
            if section.rows:
                _receive_section(connection, section, laid, fresh, touched)
                if section.kind in RECORDS:
                    _keep_wide(connection, section, section.kind in wide)
        if frame.key is not None or frame.whole:
            _note_fill(connection, frame.place, frame.key, frame.whole)


def _receive_section(
    connection: Connection, section: Section, laid: set[Id], fresh: bool, touched: Touched
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
    free = [(place, *row) for row in rows if row[0] not in laid]
    if free:
        records.store_rows(connection, kind, free)
    for row in rows:
        if row[0] in laid:
            records.put_base(connection, kind, place, row)
            records.rebuild(connection, kind, row[0])
    retired = _retired_at(kind)
    gone = [row[0] for row in rows if len(row) > retired and row[retired] == erasing.ERASED]
    for start in range(0, len(gone), records.CHUNK):
        erasing.scrub_answered(connection, gone[start : start + records.CHUNK])  # type: ignore[arg-type]
    touched.kinds.add(kind)
    if not fresh:
        touched.records.update(row[0] for row in rows)  # type: ignore[misc]


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


def digests(connection: Connection) -> list[PlaceDigest]:
    """Digests of the places that are whole, of the server's heads alone."""
    found = connection.exec_driver_sql("SELECT id, count, total FROM place WHERE whole = 1")
    return [PlaceDigest(identity, count, total % WRAP) for identity, count, total in found]


def forget_place(connection: Connection, place: Id) -> None:
    """Drop what the server sent of a place and its fill key, so that it can be filled anew.

    Own changes laid over its records stay and stay visible.
    """
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


def settle(connection: Connection, answers: Iterable[Answer], touched: Touched) -> None:
    """Store what became of own changes; they leave the outbox only here."""
    for answer in answers:
        held = connection.exec_driver_sql(
            "SELECT kind, record FROM change WHERE id = ?", (answer.change,)
        ).first()
        if held is None:
            continue
        state = "done" if answer.status in ("accepted", "accepted_conflict", "duplicate") else answer.status
        connection.exec_driver_sql(
            "UPDATE change SET state = ?, seq = ?, words = ? WHERE id = ?",
            (state, answer.seq, answer.words or None, answer.change),
        )
        if state == "done":
            _empty_erasing(connection, answer.change)
        if answer.renamed is not None:
            _rename(connection, answer.change, answer.renamed, held[1])
            records.rebuild(connection, held[0], held[1])
        touched.add(held[0], held[1])


def _empty_erasing(connection: Connection, change: Id) -> None:
    """An erasing change names what a set held; once the server has it, nothing here has to."""
    (body,) = connection.exec_driver_sql("SELECT body FROM change WHERE id = ?", (change,)).one()
    if _change_decoder.decode(body).fields.get(Kind.retired.key) == erasing.ERASED:
        connection.exec_driver_sql("UPDATE change SET body = ? WHERE id = ?", (erasing.emptied(body), change))


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


def unlay(connection: Connection, watermark: int, touched: Touched) -> None:
    """Own changes up to the watermark are in the server's heads now: take them off the overlay.

    Only in places this ledger holds: of any other the server's heads do not come here, and what a person
    wrote stays in sight.
    """
    arrived = "laid = 1 AND state = 'done' AND seq <= ? AND place IN (SELECT id FROM place WHERE whole = 1)"
    found = connection.exec_driver_sql(f"SELECT kind, record FROM change WHERE {arrived}", (watermark,)).all()
    connection.exec_driver_sql(f"UPDATE change SET laid = 0 WHERE {arrived}", (watermark,))
    by_kind: dict[str, list[Id]] = {}
    for kind, record in dict.fromkeys((kind, record) for kind, record in found):
        by_kind.setdefault(kind, []).append(record)
        touched.add(kind, record)
    for kind, shown in by_kind.items():
        bare = records.uncover(connection, kind, shown)
        for record in shown:
            if record not in bare:
                records.rebuild(connection, kind, record)
