"""Copies of what others wrote and this server has lost: judged, and held for the supervisor.

A copy bears an id derived from the original's, so what several laptops hand in is one. Once its author sends
the original himself, the copy needs no decision any more.
"""

from collections.abc import Sequence
from hashlib import sha256

import msgspec

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change, content_hash
from gridclient.core.merge.compact import unpack
from gridclient.core.merge.erasing import is_erased
from gridclient.core.wire.messages import Answer
from gridclient.core.wire.validation import fault
from sync_server.service import holding, words
from sync_server.service.renaming import renamed_id
from sync_server.service.rights import Standing
from sync_server.store.contract import RecordWriter
from sync_server.store.rows import Held, Known, Quarantined, Stored

_encoder = msgspec.msgpack.Encoder()
_rows = msgspec.msgpack.Decoder(list[object])


class Recovery:
    """What one device hands in, within one writing transaction."""

    def __init__(self, records: RecordWriter, standing: Standing, now: int) -> None:
        self._records = records
        self._standing = standing
        self._now = now
        self._known: dict[Id, Known] = {}
        self._waiting: dict[tuple[Id, bytes], Held] = {}
        self._stored: dict[Id, Stored] = {}
        self._held: list[Held] = []
        self._quarantined: list[Quarantined] = []

    def take(self, copies: Sequence[Change]) -> list[Answer]:
        """Judge and hold; an answer for each, in order."""
        said = [(copy, content_hash(copy)) for copy in copies]
        names = [copy.id for copy in copies] + [renamed_id(copy.id, hash_) for copy, hash_ in said]
        self._known = self._records.known(names)
        self._waiting = {(one.id, one.hash): one for one in self._records.held({one.id for one in copies})}
        self._stored = self._records.records({copy.record for copy in copies})
        answers = [self._judge(copy, hash_) for copy, hash_ in said]
        self._records.hold(self._held)
        self._records.quarantine(self._quarantined)
        return answers

    def _judge(self, copy: Change, said: bytes) -> Answer:
        problem = fault(copy)
        if problem is None and (copy.seen or copy.id == copy.record):
            problem = words.QUARANTINED["malformed"]
        if problem is not None:
            return self._put_aside(copy, "malformed", problem)
        for name, renamed in ((copy.id, None), (renamed_id(copy.id, said), renamed_id(copy.id, said))):
            known = self._known.get(name)
            if known is not None and known.hash == said:
                return Answer(copy.id, "duplicate", known.seq, renamed)
        waiting = self._waiting.get((copy.id, said))
        if waiting is not None:
            return holding.told(waiting)
        return self._against_record(copy) or self._hold(copy, said)

    def _against_record(self, copy: Change) -> Answer | None:
        """What the record, if there is one, has against a copy."""
        stored = self._stored.get(copy.record)
        if stored is None:
            return None
        if self._is_erased(copy.record):
            # A laptop that has not heard of the erasing does not bring back what was erased: nothing is kept.
            return Answer(copy.id, "quarantined", reason="erased", words=words.QUARANTINED["erased"])
        if stored.kind != copy.kind or stored.place != copy.place:
            reason = "kind" if stored.kind != copy.kind else "place"
            return self._put_aside(copy, reason, words.QUARANTINED[reason])
        return None

    def _hold(self, copy: Change, said: bytes) -> Answer:
        held = holding.waiting(copy, said, self._standing.device, "recovered", self._now)
        if not self._standing.at_desk and copy.place not in self._standing.scope:
            held = held._replace(words=words.RECOVERED_ELSEWHERE)
        self._waiting[copy.id, said] = held
        self._held.append(held)
        return holding.told(held)

    def _is_erased(self, record: Id) -> bool:
        stored = self._stored.get(record)
        return stored is not None and is_erased(unpack(stored.kind, stored.place, _rows.decode(stored.body)))

    def _put_aside(self, copy: Change, reason: str, said: str) -> Answer:
        original = _encoder.encode(copy)
        device, author = self._standing.device, copy.author
        self._quarantined.append(
            Quarantined(
                sha256(original).digest(),
                copy.id,
                device,
                author,
                reason,
                said,
                b"" if self._is_erased(copy.record) else original,
                self._now,
                copy.record,
            )
        )
        return Answer(copy.id, "quarantined", reason=reason, words=said)
