"""What the server's log says, folded change by change: the truth everything else is compared with."""

from dataclasses import dataclass, field

import msgspec

from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Change, content_hash
from gridclient.core.merge.compact import Row, fingerprint, pack
from gridclient.core.merge.erasing import emptied, erases
from gridclient.core.merge.record import Record, Trace, apply, empty, trace
from sync_server.cli.drill.trace import BrokenError
from sync_server.store.contract import RecordReader

_changes = msgspec.msgpack.Decoder(Change)
_NO_HEADS = msgspec.msgpack.encode([[], {}])


@dataclass
class Told:
    """One record: its state, and its row as of every seq that wrote it."""

    record: Record
    traces: list[Trace] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    rows: list[tuple[int, Row]] = field(default_factory=list)

    def at(self, cursor: int) -> Row | None:
        """The row as of a cursor; None before the record was made."""
        return next((row for seq, row in reversed(self.rows) if seq <= cursor), None)


class Mirror:
    """The log so far. `order`: id of the change at each seq, from 1 on; `seen_by`: who saw a change."""

    def __init__(self) -> None:
        self.history: Id = b""
        self.order: list[Id] = []
        self.chains: list[bytes] = [b""]
        self.changes: dict[Id, Change] = {}
        self.records: dict[Id, Told] = {}
        self._emptied: set[Id] = set()

    @property
    def seq(self) -> int:
        return len(self.order)

    def follow(self, records: RecordReader) -> None:
        """Take in what is new in the log."""
        self.history = records.head().history
        while page := records.log(self.seq, 1000):
            for logged in page:
                if logged.seq != self.seq + 1:
                    raise BrokenError(f"the log has a gap before {logged.seq}")
                self._take(_changes.decode(logged.change), logged.hash, logged.chain)
        if any(not any(map(erases, self.records[one].changes)) for one in self._emptied):
            raise BrokenError("a logged change has another hash than the log says")
        head = records.head()
        if (head.seq, head.chain) != (self.seq, self.chains[-1]):
            raise BrokenError("the head is not the end of the log")

    def _take(self, change: Change, hash_: bytes, chain: bytes) -> None:
        if change.id in self.changes:
            raise BrokenError("one change is twice in the log")
        if content_hash(change) != hash_:
            self._emptied.add(change.record)
        self.order.append(change.id)
        self.chains.append(chain)
        self.changes[change.id] = change
        told = self.records.setdefault(change.record, Told(empty(change)))
        if (told.record.kind, told.record.place) != (change.kind, change.place):
            raise BrokenError("a record has changed its kind or its place")
        told.record = apply(told.record, change, told.traces)
        told.traces.append(trace(change))
        told.changes.append(change)
        if erases(change):
            self._empty(told)
        told.rows.append((self.seq, _row(told.record)))

    def _empty(self, told: Told) -> None:
        """What is left of a record once it was erased: which groups were written, and nothing of what."""
        told.changes = [emptied(change) for change in told.changes]
        told.record, told.traces = empty(told.changes[0]), []
        for change in told.changes:
            told.record = apply(told.record, change, told.traces)
            told.traces.append(trace(change))
            self.changes[change.id] = change

    def rows(self, places: set[Id], cursor: int) -> dict[Id, tuple[str, Id, Row]]:
        """(kind, place, row) of all records of some places as of a cursor."""
        found: dict[Id, tuple[str, Id, Row]] = {}
        for identity, told in self.records.items():
            if told.record.place in places:
                row = told.at(cursor)
                if row is not None:
                    found[identity] = (told.record.kind, told.record.place, row)
        return found

    def digests(self) -> dict[Id, tuple[int, int]]:
        """Count and sum of fingerprints by place, from the rows themselves."""
        found: dict[Id, tuple[int, int]] = {}
        for identity, told in self.records.items():
            heads = told.rows[-1][1][3]
            assert heads is None or isinstance(heads, bytes)
            count, total = found.get(told.record.place, (0, 0))
            found[told.record.place] = (count + 1, (total + fingerprint(identity, heads)) % (1 << 64))
        return found

    def live(self, kind: str) -> dict[Id, dict[str, object]]:
        """The shown values of a kind's records, retired ones too."""
        keys = list(KINDS[kind].fields)
        return {
            identity: dict(zip(keys, told.rows[-1][1][5:], strict=False))
            for identity, told in self.records.items()
            if told.record.kind == kind
        }


def _row(record: Record) -> Row:
    """The row of a record; one whose every word was taken back is its bare id."""
    if not record.heads:
        return [record.id, record.id, 0, _NO_HEADS, None]
    return msgspec.msgpack.decode(msgspec.msgpack.encode(pack(record)), type=Row)


def held_by(mirror: Mirror, worker: Id, today: str) -> set[Id] | None:
    """The places somebody may hold on a day; None for one who is nobody (any more)."""
    me = mirror.live("worker").get(worker)
    if me is None or me["retired"] or me["role"] not in ("worker", "office", "supervisor"):
        return None
    buildings = mirror.live("building")
    if me["role"] != "worker":
        return {COMMONS, DESK, *buildings}
    grids = {
        one["grid"]
        for one in mirror.live("assignment").values()
        if one["worker"] == worker
        and not one["retired"]
        and (not one["since"] or str(one["since"]) <= today)
        and (not one["until"] or today <= str(one["until"]))
    }
    parents = {key: one["parent"] for key, one in mirror.live("grid").items()}
    for _ in parents:
        grids |= {key for key, parent in parents.items() if parent in grids}
    return {COMMONS, *(key for key, one in buildings.items() if one["grid"] in grids)}
