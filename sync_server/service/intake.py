"""Taking in a push: every change judged, the good ones merged into their records, all in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import msgspec

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change, content_hash
from gridclient.core.merge.compact import Row, fingerprint, pack, unpack
from gridclient.core.merge.erasing import erases, is_erased
from gridclient.core.merge.record import Record, Trace, apply, conflicts, empty, fold, trace
from gridclient.core.wire import codec
from gridclient.core.wire.messages import Answer, PlaceDigest, Status
from gridclient.core.wire.validation import fault
from sync_server.service import holding, words
from sync_server.service.erasing import empty_held, empty_kept, empty_logged
from sync_server.service.renaming import renamed_id
from sync_server.service.rights import Standing, objection
from sync_server.store.contract import Position, RecordWriter
from sync_server.store.rows import Held, Known, Logged, Quarantined, Stored, stage_of

_WRAP = 1 << 64
_encoder = msgspec.msgpack.Encoder()
_rows = msgspec.msgpack.Decoder(list[object])
_changes = msgspec.msgpack.Decoder(Change)
_anything = msgspec.msgpack.Decoder()
_NO_HEADS = _encoder.encode([[], {}])
RECOVERED: Id = ids.named("recovered")  # logged as the device of a copy: nobody's own work comes back in it


def decode(original: bytes) -> Change | None:
    """The change in some bytes, or None: such bytes are quarantined, not refused."""
    try:
        return _changes.decode(original)
    except codec.NO_MESSAGE:
        return None


@dataclass
class _Subject:
    """A record some change of this push speaks of."""

    record: Record
    stored: Stored | None = None
    heads: bytes | None = None
    author: Id | None = None
    history: list[Trace] = field(default_factory=list)
    seq: int = 0


class Intake:
    """One push of one device within one writing transaction. `highest`: the highest number it bore."""

    def __init__(self, records: RecordWriter, standing: Standing, now: int) -> None:
        self._records = records
        self._standing = standing
        self._now = now
        self._head = records.head()
        self._known: dict[Id, Known] = {}
        self._waiting: dict[tuple[Id, bytes], Held] = {}
        self._subjects: dict[Id, _Subject] = {}
        self._renamed: dict[Id, Id] = {}
        self._moments: dict[Id, int] = {}
        self._logged: list[Logged] = []
        self._held: list[Held] = []
        self._quarantined: list[Quarantined] = []
        self.highest = 0

    def take(self, pushed: Sequence[bytes]) -> list[Answer]:
        """Judge, merge, write; an answer for each, in order."""
        changes = [decode(original) for original in pushed]
        self._load([change for change in changes if change is not None])
        answers = [
            self._unreadable(original) if change is None else self._judge(change, original)
            for change, original in zip(changes, pushed, strict=True)
        ]
        self._write()
        return answers

    def accept_waiting(self, held: Held) -> Answer:
        """Give what waited its place in the order now, whatever its scope, and write it.

        It stays its author's and its device's. Writing down that it was decided is the caller's. An answer
        `quarantined` says why it has none (`id_taken`, `kind`, `place`, `erased`); then nothing was written.
        """
        change = _changes.decode(held.change)
        self._load([change])
        known, renamed = self._met(change, held.hash, may_rename=held.reason == "recovered")
        if known is not None and known.hash != held.hash:
            return _refused(change, "id_taken")
        if known is not None:
            return self._duplicate(change, known, renamed)
        clash = self._clash(change) or ("erased" if content_hash(change) != held.hash else None)
        if clash is not None:
            return _refused(change, clash)
        device = RECOVERED if held.reason == "recovered" else held.device
        answer = self._give_place(change, held.hash, renamed, device)
        self._write()
        return answer

    def _load(self, changes: Sequence[Change]) -> None:
        """Everything the judging needs, in four queries."""
        self._subjects.clear()
        self._waiting.clear()
        identities = {change.id for change in changes}
        self._known = self._records.known(identities)
        for one in self._records.held(identities):
            self._waiting[one.id, one.hash] = one
        for stored in self._records.records({change.record for change in changes}).values():
            row = _rows.decode(stored.body)
            record = unpack(stored.kind, stored.place, row)
            heads, author = row[3], row[1]
            assert isinstance(author, bytes)
            assert heads is None or isinstance(heads, bytes)
            self._subjects[stored.id] = _Subject(record, stored, heads, author)
        for identity, encoded in self._records.histories(list(self._subjects)):
            past = _changes.decode(encoded)
            self._subjects[identity].history.append(trace(past))
            self._moments[past.id] = past.at

    def _judge(self, change: Change, original: bytes) -> Answer:
        fault_words = fault(change)
        if fault_words is not None:
            return self._quarantine(change, original, "malformed", fault_words)
        if change.author != self._standing.worker:
            return self._quarantine(change, original, "author")
        if change.device == self._standing.device:
            self.highest = max(self.highest, change.number)
        elif change.device not in self._standing.former:
            return self._quarantine(change, original, "device")
        change = self._with_renamed(change)
        said = content_hash(change)
        known, renamed = self._met(change, said)
        if known is not None and known.hash != said:
            return self._quarantine(change, original, "id_taken")
        if known is not None:
            return self._duplicate(change, known, renamed)
        return self._weigh(change, original, said, renamed)

    def _met(self, change: Change, said: bytes, may_rename: bool = False) -> tuple[Known | None, Id | None]:
        """What the order has under the id of a change, and the id it bears here.

        Where other content has the id of a creation, or of a copy (`may_rename`), it gets another one.
        """
        known = self._known.get(change.id)
        if known is None or known.hash == said or not (may_rename or change.id == change.record):
            return known, None
        renamed = renamed_id(change.id, said)
        if change.id == change.record:
            self._renamed[change.id] = renamed
        return self._known.get(renamed) or self._records.known([renamed]).get(renamed), renamed

    def _weigh(self, change: Change, original: bytes, said: bytes, renamed: Id | None) -> Answer:
        """A change that is new: hold it, or give it its place in the order."""
        waiting = self._waiting.get((change.id, said))
        if waiting is not None and waiting.device in {self._standing.device, *self._standing.former}:
            return holding.told(waiting)
        clash = self._clash(change)
        if clash is not None:
            return self._quarantine(change, original, clash)
        subject = self._subjects.get(change.record)
        reason = objection(self._standing, change, subject.author if subject else None)
        if reason is None and subject is not None and is_erased(subject.record) and not erases(change):
            reason = "erased"
        if reason is not None:
            return holding.told(waiting) if waiting else self._hold(change, said, reason)
        # Also where somebody who may not write here had handed in the very same: that only waits.
        return self._give_place(change, said, renamed, self._standing.device)

    def _duplicate(self, change: Change, known: Known, renamed: Id | None) -> Answer:
        """Said again, since the first answer may have been lost."""
        at = self._moments.get(renamed or change.id, change.at)
        return Answer(change.id, "duplicate", known.seq, renamed, at=at if at != change.at else 0)

    def _clash(self, change: Change) -> str | None:
        """Why a change cannot speak of the record it names: a record keeps its kind and its place."""
        subject = self._subjects.get(change.record)
        if subject is not None and subject.record.kind != change.kind:
            return "kind"
        return "place" if subject is not None and subject.record.place != change.place else None

    def _give_place(self, change: Change, said: bytes, renamed: Id | None, device: Id) -> Answer:
        at = min(change.at, self._now)
        placed = msgspec.structs.replace(change, id=renamed or change.id, at=at)
        seq, disputed = self._accept(placed, said, device)
        status: Status = "accepted_conflict" if disputed else "accepted"
        return Answer(change.id, status, seq, renamed, at=at if at != change.at else 0)

    def _accept(self, change: Change, said: bytes, device: Id) -> tuple[int, bool]:
        """The seq it got, and whether people disagree on what it wrote."""
        subject = self._subjects.get(change.record)
        if subject is None:
            subject = self._subjects[change.record] = _Subject(empty(change), author=change.author)
        before = conflicts(subject.record) if subject.history else frozenset()
        subject.record = apply(subject.record, change, subject.history)
        mine = trace(change)
        subject.history.append(mine)
        seq = self._head.seq + 1
        chain = sha256(self._head.chain + said).digest()
        self._head = self._head._replace(seq=seq, chain=chain)
        subject.seq = seq
        self._known[change.id] = Known(seq, said)
        self._logged.append(
            Logged(
                seq,
                change.id,
                change.record,
                change.place,
                device,
                change.number,
                change.author,
                said,
                chain,
                _encoder.encode(change),
                self._now,
            )
        )
        self._moments[change.id] = change.at
        if erases(change):
            self._erase(subject, said)
        after = conflicts(subject.record)
        return seq, bool(after & mine.groups or after - before)

    def _erase(self, subject: _Subject, said: bytes) -> None:
        """Empty what is kept of a record, and what this push is about to add of it. What remains is what its
        emptied changes make together: also what the erasing change had not seen is gone."""
        record = subject.record.id
        past = empty_kept(self._records, record, said, self._now)
        self._logged = [empty_logged(one) if one.record == record else one for one in self._logged]
        self._held = [empty_held(one, self._now) if one.record == record else one for one in self._held]
        self._waiting.update({(one.id, one.hash): one for one in self._held})
        self._quarantined = [
            one._replace(original=b"") if one.record == record else one for one in self._quarantined
        ]
        past += [_changes.decode(one.change) for one in self._logged if one.record == record]
        subject.record = fold(past) or subject.record
        subject.history = [trace(one) for one in past]

    def _with_renamed(self, change: Change) -> Change:
        """What a push names by an id that was taken it means by the new one."""
        if not self._renamed or change.record not in self._renamed:
            return change
        old, new = change.record, self._renamed[change.record]
        if change.id == old or old not in change.seen:
            return change
        seen = tuple(new if one == old else one for one in change.seen)
        return msgspec.structs.replace(change, seen=seen)

    def _hold(self, change: Change, said: bytes, reason: str) -> Answer:
        held = holding.waiting(change, said, self._standing.device, reason, self._now)
        self._waiting[change.id, said] = held
        self._held.append(held)
        return holding.told(held)

    def _quarantine(self, change: Change, original: bytes, reason: str, said: str = "") -> Answer:
        said = said or words.QUARANTINED[reason]
        return self._put_aside(change.id, change.author, original, reason, said, change.record)

    def _unreadable(self, original: bytes) -> Answer:
        """Bytes that are no change at all; answered by whatever id they seem to bear."""
        try:
            claimed = _anything.decode(original)
        except codec.NO_MESSAGE:
            claimed = None
        first = claimed[0] if isinstance(claimed, list) and claimed else b""
        identity = first if isinstance(first, bytes) and len(first) <= 16 else b""
        return self._put_aside(identity, b"", original, "malformed", words.QUARANTINED["malformed"])

    def _put_aside(
        self, identity: Id, author: Id, original: bytes, reason: str, said: str, record: Id = b""
    ) -> Answer:
        subject = self._subjects.get(record)
        erased = subject is not None and is_erased(subject.record)
        self._quarantined.append(
            Quarantined(
                sha256(original).digest(),
                identity,
                self._standing.device,
                author,
                reason,
                said,
                b"" if erased else original,  # nothing more is kept of what was erased
                self._now,
                record,
            )
        )
        return Answer(identity, "quarantined", reason=reason, words=said)

    def _withdraw_copies(self) -> None:
        """Copies that wait, of what its author has now sent himself, need no decision."""
        copies = [ids.named("recovered", one.id.hex()) for one in self._logged]
        for one in self._records.held(copies):
            if one.verdict is None and one.reason == "recovered":
                self._records.decide(one.id, one.hash, "declined", self._now, words.RECOVERED_MEANWHILE)

    def _write(self) -> None:
        touched = [subject for subject in self._subjects.values() if subject.seq]
        created: list[Stored] = []
        moved: list[tuple[Position, int, bytes]] = []
        digests = self._records.digests({subject.record.place for subject in touched})
        for subject in touched:
            row = row_of(subject.record)
            body = _encoder.encode(row)
            record, old = subject.record, subject.stored
            _count(digests, subject, row)
            if old is None:
                stage = stage_of(record.kind)
                created.append(Stored(stage, record.place, subject.seq, record.id, record.kind, body))
            else:
                moved.append((Position(old.stage, old.place, old.seq), subject.seq, body))
        self._withdraw_copies()
        self._records.append(self._logged)
        self._records.create(created)
        self._records.rewrite(moved)
        self._records.set_digests(list(digests.values()))
        self._records.hold(self._held)
        self._records.quarantine(self._quarantined)
        if self._logged:
            self._records.advance(self._head)
        for written in (self._logged, self._held, self._quarantined):
            written.clear()


def _refused(change: Change, reason: str) -> Answer:
    return Answer(change.id, "quarantined", reason=reason, words=words.QUARANTINED[reason])


def row_of(record: Record) -> Row:
    """The row of a record, also of one whose every word was taken back: then it is its bare id."""
    if record.heads:
        return pack(record)
    return [record.id, record.id, 0, _NO_HEADS, None]


def _count(digests: dict[Id, PlaceDigest], subject: _Subject, row: Row) -> None:
    """Move the digest of a place on by one record written."""
    place = subject.record.place
    old = digests.get(place) or PlaceDigest(place, 0, 0)
    heads = row[3]
    assert heads is None or isinstance(heads, bytes)
    total = old.total + fingerprint(subject.record.id, heads)
    if subject.stored is not None:
        total -= fingerprint(subject.record.id, subject.heads)
    count = old.count + (subject.stored is None)
    digests[place] = PlaceDigest(place, count, total % _WRAP, max(old.seq, subject.seq))
