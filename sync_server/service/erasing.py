"""What a server keeps of a record that was erased: ids, hashes and the chain; of what was said, nothing."""

import msgspec

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.merge.erasing import emptied
from sync_server.service import words
from sync_server.store.contract import RecordWriter
from sync_server.store.rows import Held, Logged

_encoder = msgspec.msgpack.Encoder()
_changes = msgspec.msgpack.Decoder(Change)


def empty_kept(records: RecordWriter, record: Id, said: bytes, now: int) -> list[Change]:
    """Empty all that is kept of a record; its logged changes as they are now, in order.

    What waited of it is declined with a word for its author, but for the erasing change itself (`said`).
    """
    logged = [emptied(_changes.decode(body)) for _, body in records.histories([record])]
    known = records.known([change.id for change in logged])
    records.empty_payloads([(known[change.id].seq, _encoder.encode(change)) for change in logged])
    held = records.held_of(record)
    records.empty_held([(one.id, one.hash, empty_change(one.change)) for one in held])
    for one in held:
        if one.verdict is None and one.hash != said:
            records.decide(one.id, one.hash, "declined", now, words.ERASED_MEANWHILE)
    records.empty_quarantined(record)
    return logged


def empty_logged(one: Logged) -> Logged:
    """The same of a change that is about to be logged."""
    return one._replace(change=empty_change(one.change))


def empty_held(one: Held, now: int) -> Held:
    """The same of a change that is about to be held."""
    return one._replace(
        change=empty_change(one.change), verdict="declined", decided=now, note=words.ERASED_MEANWHILE
    )


def empty_change(body: bytes) -> bytes:
    """An encoded change without what it said."""
    return _encoder.encode(emptied(_changes.decode(body)))
