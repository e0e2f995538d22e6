"""Own changes the server has taken become part of its rows here, for it does not send them back.

In the order it took them, with what later own changes had seen: the same `apply` over the same rows gives
the very row the server has, and the digest of the place proves it.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.merge.compact import Row, fingerprint, pack, unpack
from gridclient.core.merge.record import Record, Trace, apply, empty, trace
from gridclient.ledger import records
from gridclient.ledger.digest import add_to_digests
from gridclient.ledger.writing import Touched

_change_decoder = msgspec.msgpack.Decoder(Change)
_row_decoder = msgspec.msgpack.Decoder(list[object])
_rows = msgspec.msgpack.Encoder()
_NO_HEADS = msgspec.msgpack.encode([[], {}])


class _Arrived(NamedTuple):
    kind: str
    record: Id
    seq: int
    body: bytes
    made: bool  # it is the creation of its record


def fold(connection: Connection, since: int, watermark: int, touched: Touched) -> None:
    """Take own changes up to the watermark off the overlay; those above `since` are folded in first.

    What the server has up to `since` came with its rows. Only in places this ledger holds whole: of any
    other the server's rows do not come here, and what a person wrote stays in sight.
    """
    arrived = "laid = 1 AND state = 'done' AND seq <= ? AND place IN (SELECT id FROM place WHERE whole = 1)"
    found = [
        _Arrived(*row)
        for row in connection.exec_driver_sql(
            f"SELECT kind, record, seq, body, id = record FROM change WHERE {arrived} ORDER BY seq, number",
            (watermark,),
        )
    ]
    connection.exec_driver_sql(f"UPDATE change SET laid = 0 WHERE {arrived}", (watermark,))
    laid = set(connection.exec_driver_sql("SELECT DISTINCT record FROM change WHERE laid = 1").scalars())
    by_kind: dict[str, dict[Id, list[_Arrived]]] = {}
    for one in found:
        by_kind.setdefault(one.kind, {}).setdefault(one.record, []).append(one)
        touched.add(one.kind, one.record)
    for kind, spoken in by_kind.items():
        news = {
            record: [one for one in changes if one.seq > since]
            for record, changes in spoken.items()
            if any(one.seq > since for one in changes)
        }
        _fold_kind(connection, kind, news, laid)
        _uncover(connection, kind, [record for record in spoken if record not in news])


def _uncover(connection: Connection, kind: str, shown: list[Id]) -> None:
    done = records.uncover(connection, kind, shown)
    for record in shown:
        if record not in done:
            records.rebuild(connection, kind, record)


def _fold_kind(connection: Connection, kind: str, news: dict[Id, list[_Arrived]], laid: set[Id]) -> None:
    below = _bases(connection, list(news))
    wide = _wide_rows(connection, kind, news)
    free: list[tuple[object, ...]] = []
    made, sums = _made(connection, kind, news, laid, below)
    news = {record: arrived for record, arrived in news.items() if record not in made}
    pasts = _histories(connection, [one for one in news if one in below or len(news[one]) > 1])
    for record, arrived in news.items():
        changes = [(one.seq, _change_decoder.decode(one.body)) for one in arrived]
        place, old = below.get(record, (changes[0][1].place, None))
        row = _folded(kind, place, wide.get(record, old), changes, pasts.get(record, []))
        count, total = sums.get(place, (0, 0))
        gained = fingerprint(record, _heads(row)) - (fingerprint(record, _heads(old)) if old else 0)
        sums[place] = (count + (old is None), total + gained)
        if record in wide:
            connection.exec_driver_sql("UPDATE other SET row = ? WHERE id = ?", (_rows.encode(row), record))
        if record in laid:
            records.put_base(connection, kind, place, row)
            records.rebuild(connection, kind, record)
        else:
            free.append((place, *row))
    if free:
        records.store_rows(connection, kind, free)
        connection.exec_driver_sql("DELETE FROM base WHERE id = ?", [(row[1],) for row in free])
    add_to_digests(connection, sums)


def _made(
    connection: Connection,
    kind: str,
    news: dict[Id, list[_Arrived]],
    laid: set[Id],
    below: dict[Id, tuple[Id, Row]],
) -> tuple[set[Id], dict[Id, tuple[int, int]]]:
    """What was only made here: its row, as it stands, is the server's. And what the digests gain by it."""
    alone = [
        record
        for record, arrived in news.items()
        if len(arrived) == 1 and arrived[0].made and record not in laid and record not in below
    ]
    made: set[Id] = set()
    sums: dict[Id, tuple[int, int]] = {}
    for start in range(0, len(alone), records.CHUNK):
        some = tuple(alone[start : start + records.CHUNK])
        for record, place, heads in connection.exec_driver_sql(
            f"SELECT id, place, heads FROM k_{kind} WHERE id IN ({','.join('?' * len(some))})", some
        ):
            count, total = sums.get(place, (0, 0))
            sums[place] = (count + 1, total + fingerprint(record, heads))
            made.add(record)
    return made, sums


def _folded(
    kind: str,
    place: Id,
    old: Row | None,
    changes: list[tuple[int, Change]],
    history: list[tuple[int, Trace]],
) -> Row:
    """The server's row with some changes (seq, change) on top, as the server itself would write it.

    `history`: what own changes had seen, by seq.
    """
    record: Record = unpack(kind, place, old) if old else empty(changes[0][1])
    for seq, change in changes:
        record = apply(record, change, [past for taken, past in history if taken < seq])
    # One whose every word was taken back is its bare id.
    row = pack(record) if record.heads else [record.id, record.id, 0, _NO_HEADS, None]
    known = records.width(kind)
    if old is not None and len(old) > known:
        # Columns only a newer program knows: none of ours wrote them.
        row = [*row[:4], old[4], *row[5:], *old[known:]]
    return row


def _histories(connection: Connection, wanted: list[Id]) -> dict[Id, list[tuple[int, Trace]]]:
    """What own changes had seen, by seq: one the server took late may have been seen by those before."""
    found: dict[Id, list[tuple[int, Trace]]] = {}
    for start in range(0, len(wanted), records.CHUNK):
        some = tuple(wanted[start : start + records.CHUNK])
        for record, seq, body in connection.exec_driver_sql(
            f"SELECT record, seq, body FROM change WHERE record IN ({','.join('?' * len(some))})"
            " AND id <> record AND state = 'done'",
            some,
        ):
            found.setdefault(record, []).append((seq, trace(_change_decoder.decode(body))))
    return found


def _bases(connection: Connection, wanted: list[Id]) -> dict[Id, tuple[Id, Row]]:
    found: dict[Id, tuple[Id, Row]] = {}
    for start in range(0, len(wanted), records.CHUNK):
        some = tuple(wanted[start : start + records.CHUNK])
        for record, place, row in connection.exec_driver_sql(
            f"SELECT id, place, row FROM base WHERE id IN ({','.join('?' * len(some))})", some
        ):
            found[record] = (place, _row_decoder.decode(row))
    return found


def _wide_rows(connection: Connection, kind: str, wanted: Iterable[Id]) -> dict[Id, Row]:
    """Those of some records the server has more columns of than this program knows."""
    found = connection.exec_driver_sql("SELECT id, row FROM other WHERE kind = ?", (kind,)).all()
    sought = set(wanted) if found else set()
    return {record: _row_decoder.decode(row) for record, row in found if record in sought}


def _heads(row: Row) -> bytes | None:
    return row[3] if isinstance(row[3], bytes) else None
