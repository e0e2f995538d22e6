"""What waits for the supervisor, as it is kept and as its sender is told."""

import msgspec

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import Answer
from sync_server.service import words
from sync_server.store.rows import Held

_encoder = msgspec.msgpack.Encoder()


def waiting(change: Change, said: bytes, device: Id, reason: str, now: int) -> Held:
    """A change to be held; `said` is the hash of its content, `device` handed it in."""
    return Held(
        id=change.id,
        hash=said,
        device=device,
        number=change.number,
        author=change.author,
        kind=change.kind,
        record=change.record,
        place=change.place,
        reason=reason,
        words=words.HELD[reason],
        change=_encoder.encode(change),
        received=now,
    )


def told(held: Held) -> Answer:
    """How it stands with what is held, to whoever hands it in again."""
    if held.verdict == "declined":
        return Answer(held.id, "held", reason="declined", words=held.note)
    return Answer(held.id, "held", reason=held.reason, words=held.words)
