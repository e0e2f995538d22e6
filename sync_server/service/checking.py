"""Whether a server's store is what its own log makes: the chain, every row, every digest. In words."""

import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change, content_hash
from gridclient.core.merge.compact import Row, fingerprint
from gridclient.core.merge.erasing import emptied, is_erased
from gridclient.core.merge.record import fold
from sync_server.service.intake import row_of
from sync_server.store.contract import RecordReader, Snapshot
from sync_server.store.rows import STAGES, Logged

_PAGE = 5000
_NAMED = 5  # how many places in the order a sentence names
_WRAP = 1 << 64
_changes = msgspec.msgpack.Decoder(Change)
_rows = msgspec.msgpack.Decoder(list[object])
_encoder = msgspec.msgpack.Encoder()


class Findings(NamedTuple):
    """What is wrong, a sentence each; and how much was looked at."""

    damage: list[str]
    changes: int
    records: int


def check(snapshot: Snapshot) -> Findings:
    """Look through one state of a store. Reads everything: a community takes seconds."""
    records = snapshot.records
    damage, newest = _judge_log(records)
    seen, found = _judge_places(records, newest)
    damage += found
    missing, stray = len(newest.keys() - seen), records.counts()["record"] - len(seen & newest.keys())
    if missing:
        damage.append(f"有 {missing} 条记录只在改动里有，册子里没有。")
    if stray > 0:
        damage.append(f"有 {stray} 条记录没有一条改动写过它，或者不在任何一处的账上。")
    return Findings(damage, records.head().seq, len(seen))


def _judge_log(records: RecordReader) -> tuple[list[str], dict[Id, int]]:
    """What is wrong with the order, and the newest seq by record."""
    newest: dict[Id, int] = {}
    wrong: dict[str, list[int]] = {}
    chain, expected = b"", 0
    for one in _log(records):
        expected += 1
        if one.seq != expected:
            wrong.setdefault("前面缺了改动", []).append(one.seq)
            expected = one.seq
        chain = sha256(chain + one.hash).digest()
        if chain != one.chain:
            wrong.setdefault("和前面的接不上", []).append(one.seq)
            chain = one.chain
        if not _is_itself(one):
            wrong.setdefault("内容和它的校验数对不上", []).append(one.seq)
        newest[one.record] = one.seq
    head = records.head()
    found = [f"有 {len(seqs)} 条改动{words}：第 {_some(seqs)} 条。" for words, seqs in wrong.items()]
    if (head.seq, head.chain) != (expected, chain):
        found.append(f"总账说有 {head.seq} 条改动，实际到第 {expected} 条，两边对不上。")
    return found, newest


def _log(records: RecordReader) -> Iterator[Logged]:
    since = 0
    while page := records.log(since, _PAGE):
        yield from page
        since = page[-1].seq


def _is_itself(one: Logged) -> bool:
    """Whether a logged change is what was hashed; what was erased since says nothing any more."""
    try:
        change = _changes.decode(one.change)
    except msgspec.DecodeError:
        return False
    named = (change.id, change.record, change.place, change.author)
    if named != (one.id, one.record, one.place, one.author):
        return False
    return content_hash(change) == one.hash or emptied(change) == change


def _judge_places(records: RecordReader, newest: dict[Id, int]) -> tuple[set[Id], list[str]]:
    """All records that stand somewhere, and what is wrong with them."""
    seen: set[Id] = set()
    wrong: Counter[str] = Counter()
    for place, digest in records.digests().items():
        count = total = last = 0
        for stage in STAGES:
            kept = records.rows(stage, place)
            rows = [(seq, kind, row) for seq, kind, body in kept if (row := _read(body)) is not None]
            if len(rows) < len(kept):
                wrong["条记录读不出来"] += len(kept) - len(rows)
            for start in range(0, len(rows), _PAGE):
                wrong += _judge_rows(records, place, rows[start : start + _PAGE], newest)
            for seq, _, row in rows:
                identity, heads = row[0], row[3]
                assert isinstance(identity, bytes)
                seen.add(identity)
                total += fingerprint(identity, heads if isinstance(heads, bytes) else None)
                last = max(last, seq)
            count += len(rows)
        if (digest.count, digest.total, digest.seq) != (count, total % _WRAP, last):
            wrong["处地方的校验数和那里的记录对不上"] += 1
    return seen, [f"有 {number} {words}。" for words, number in sorted(wrong.items())]


def _read(body: bytes) -> Row | None:
    """A stored row; None for bytes that are none."""
    try:
        row = _rows.decode(body)
    except msgspec.DecodeError:
        return None
    whole = len(row) >= 5 and isinstance(row[0], bytes) and isinstance(row[3], bytes | None)
    return row if whole else None


def _judge_rows(
    records: RecordReader, place: Id, rows: Sequence[tuple[int, str, Row]], newest: dict[Id, int]
) -> Counter[str]:
    """Rows of one place against what their changes make of them."""
    told: dict[object, list[Change]] = {row[0]: [] for _, _, row in rows}
    for record, encoded in records.histories([row[0] for _, _, row in rows if isinstance(row[0], bytes)]):
        with contextlib.suppress(msgspec.DecodeError):  # said of the change already
            told[record].append(_changes.decode(encoded))
    wrong: Counter[str] = Counter()
    for seq, kind, row in rows:
        made = fold(told[row[0]])
        if made is None:
            continue  # counted as a record nobody wrote
        if newest.get(made.id) != seq:
            wrong["条记录的位置和它最后一条改动对不上"] += 1
        same = _bare(_rows.decode(_encoder.encode(row_of(made)))) == _bare(row)
        if (made.kind, made.place) != (kind, place) or not (same or is_erased(made)):
            wrong["条记录和它的改动合起来的不一样"] += 1
    return wrong


def _bare(row: Row) -> Row:
    """A row without the empty columns at its end: an older program wrote fewer."""
    last = len(row)
    while last > 5 and row[last - 1] is None:
        last -= 1
    return row[:last]


def _some(seqs: Sequence[int]) -> str:
    return "、".join(map(str, seqs[:_NAMED])) + ("……" if len(seqs) > _NAMED else "")
