"""Whether a server's store is what its own log makes: rows, digests and chain, computed anew."""

from hashlib import sha256

import msgspec

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change, content_hash
from gridclient.core.merge.compact import fingerprint
from gridclient.core.merge.record import fold
from sync_server.service.intake import row_of
from sync_server.store.contract import Store
from sync_server.store.rows import STAGES, Logged

_WHOLE = 1 << 31
_WRAP = 1 << 64


def assert_consistent(store: Store) -> list[Logged]:
    """Every row, digest and hash; the log itself, in order."""
    with store.read() as snapshot:
        records = snapshot.records
        logged, head, digests = records.log(0, _WHOLE), records.head(), records.digests()
        rows = {
            bytes(row[0]): (kind, place, seq, row)
            for place in digests
            for stage in STAGES
            for seq, kind, body in records.rows(stage, place)
            for row in [msgspec.msgpack.decode(body, type=list)]
        }
        counts = records.counts()
    told: dict[Id, list[Change]] = {}
    emptied = set()
    for one in logged:
        change = msgspec.msgpack.decode(one.change, type=Change)
        assert (change.id, change.record, change.place) == (one.id, one.record, one.place)
        assert (change.device, change.author) == (one.device, one.author)
        told.setdefault(one.record, []).append(change)
        if content_hash(change) != one.hash:
            emptied.add(one.record)
    _assert_chain(logged, head.seq, head.chain)
    assert all(any(said.fields.get("retired") == "erased" for said in told[one]) for one in emptied)
    assert set(rows) == set(told)
    assert counts["record"] == len(rows)
    totals: dict[Id, tuple[int, int, int]] = {}
    for identity, changes in told.items():
        record = fold(changes)
        assert record is not None
        kind, place, seq, row = rows[identity]
        assert (record.kind, record.place) == (kind, place)
        assert identity in emptied or row == msgspec.msgpack.decode(msgspec.msgpack.encode(row_of(record)))
        count, total, newest = totals.get(place, (0, 0, 0))
        totals[place] = (count + 1, (total + fingerprint(identity, row[3])) % _WRAP, max(newest, seq))
    assert {place: (one.count, one.total, one.seq) for place, one in digests.items()} == totals
    return logged


def _assert_chain(logged: list[Logged], seq: int, last: bytes) -> None:
    assert [one.seq for one in logged] == list(range(1, seq + 1))
    assert len({one.id for one in logged}) == seq
    chain = b""
    for one in logged:
        chain = sha256(chain + one.hash).digest()
        assert chain == one.chain
    assert chain == last
