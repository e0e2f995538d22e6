"""A change: what one person saved at one moment. Immutable; it always carries its groups whole."""

from hashlib import sha256
from typing import NamedTuple

import msgspec

from gridclient.core.domain.ids import Id


class Change(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """One save.

    Attributes:
        id: identity, alone. The change that creates a record bears the record's id.
        device, number: which laptop, its 1, 2, 3 …: for gaps and clones only.
        author: the worker's record id. On the server it comes from the session.
        at: Unix milliseconds on the author's clock; it never decides what survives.
        fields: values by field; a set field has `[[added …], [removed …]]`.
        seen: the heads the author saw of the groups written here, and what own changes among them had seen.
    """

    id: Id
    device: Id
    number: int
    author: Id
    at: int
    kind: str
    record: Id
    place: Id
    fields: dict[str, object]
    seen: tuple[Id, ...] = ()
    batch: Id | None = None
    reason: str | None = None


class Draft(NamedTuple):
    """What somebody is about to save; a ledger makes the change of it.

    Attributes:
        fields: as in a change: groups whole, a set field as `[[added …], [removed …]]`.
        seen: None for "what the ledger shows now", empty for blind.
        at, author: None for now and the ledger's own worker.
        new: this creates the record, so its change bears the record's id.
    """

    kind: str
    record: Id
    place: Id
    fields: dict[str, object]
    seen: tuple[Id, ...] | None = None
    at: int | None = None
    author: Id | None = None
    new: bool = False


_encoder = msgspec.msgpack.Encoder(order="sorted")


def content_hash(change: Change) -> bytes:
    """SHA-256 of what was said: kind, record, place, fields, seen; not by whom or when."""
    said = [change.kind, change.record, change.place, change.fields, sorted(change.seen)]
    return sha256(_encoder.encode(said)).digest()
