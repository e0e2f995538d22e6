"""What the supervisor decides on the work that waits: each decision is answered, none is taken twice."""

from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256

import msgspec

from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import Answer, Decision, Waiting
from sync_server.service import audit, words
from sync_server.service.intake import Intake
from sync_server.service.lineage import descendants
from sync_server.service.renaming import renamed_id
from sync_server.service.rights import Standing
from sync_server.store.contract import RecordReader, Transaction
from sync_server.store.rows import Held, Quarantined

MOST_WAITING = 1000
LONGEST_NOTE = 500

_changes = msgspec.msgpack.Decoder(Change)


def waiting(records: RecordReader, most: int = MOST_WAITING) -> list[Waiting]:
    """What waits for a decision, oldest first."""
    return [
        Waiting(_changes.decode(one.change), one.hash, one.device, one.reason, one.words, one.received)
        for one in records.undecided(most)
    ]


def decide(
    transaction: Transaction,
    standing: Standing,
    decisions: Sequence[Decision],
    now: int,
    randomness: Callable[[int], bytes],
) -> list[Answer]:
    """Decide in the name of whoever stands here; an answer for each, in order.

    The first decision on a change stands: deciding again is answered with what it was, and nobody hears of
    it twice. What is accepted and cannot have a place is put aside (`quarantined`, with the reason).
    """
    desk = _Desk(transaction, standing, now)
    answers = [desk.decide(decision) for decision in decisions]
    for verdict, count in sorted(desk.decided.items()):
        audit.note(
            transaction.records,
            now,
            randomness,
            "decide",
            count=count,
            purpose=words.VERDICTS[verdict],
            author=standing.worker,
        )
    return answers


class _Desk:
    """The decisions of one transaction."""

    def __init__(self, transaction: Transaction, standing: Standing, now: int) -> None:
        self._records = transaction.records
        self._devices = transaction.accounts.devices()
        self._standing = standing
        self._now = now
        self.decided: Counter[str] = Counter()

    def decide(self, decision: Decision) -> Answer:
        held = [one for one in self._records.held([decision.change]) if one.hash == decision.hash]
        if not held:
            return Answer(decision.change, "quarantined", reason="unknown", words=words.UNKNOWN)
        (one,) = held
        if one.verdict is not None:
            return verdict(self._records, one)
        moment = self._moment(one)
        if not decision.accept:
            note = decision.note[:LONGEST_NOTE]
            self._write(one, "declined", moment, note)
            return Answer(one.id, "held", reason="declined", words=note)
        answer = Intake(self._records, self._standing, moment).accept_waiting(one)
        if answer.status == "quarantined":
            self._put_aside(one, answer)
        self._write(
            one, "quarantined" if answer.status == "quarantined" else "accepted", moment, answer.words
        )
        return answer

    def _moment(self, held: Held) -> int:
        """When this counts as decided: later than any hello of whoever has to hear of it, whatever the clock
        says; else a laptop that was here in the same instant would pass for having been told."""
        family = {held.device, *(one.id for one in descendants(self._devices, held.device))}
        heard = [one.welcomed for one in self._devices if one.id in family]
        return max([self._now, *(moment + 1 for moment in heard)])

    def _write(self, held: Held, said: str, moment: int, note: str) -> None:
        self._records.decide(held.id, held.hash, said, moment, note)
        self.decided[said] += 1

    def _put_aside(self, held: Held, answer: Answer) -> None:
        if answer.reason == "erased":
            return  # nothing of it may be kept
        original = held.change
        aside = Quarantined(
            hash=sha256(original).digest(),
            id=held.id,
            device=held.device,
            author=held.author,
            reason=answer.reason,
            words=answer.words,
            original=original,
            received=held.received,
            record=held.record,
        )
        self._records.quarantine([aside])


def verdict(records: RecordReader, held: Held) -> Answer:
    """What became of a change that was decided: the same for its author and for who decides again."""
    if held.verdict == "declined":
        return Answer(held.id, "held", reason="declined", words=held.note)
    if held.verdict == "quarantined":
        return Answer(held.id, "quarantined", reason="refused", words=held.note)
    names = {held.id, renamed_id(held.id, held.hash)}
    known = {one: at.seq for one, at in records.known(names).items() if at.hash == held.hash}
    for _, encoded in records.histories([held.record]) if known else ():
        placed = _changes.decode(encoded)
        if placed.id in known:
            renamed = placed.id if placed.id != held.id else None
            moved = placed.at if placed.at != _changes.decode(held.change).at else 0
            return Answer(held.id, "accepted", known[placed.id], renamed, at=moved)
    return Answer(held.id, "held", reason=held.reason, words=held.words)
