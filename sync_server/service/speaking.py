"""What the server itself says. It takes the road of everybody's words: changes, judged, logged and pulled."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Change
from gridclient.core.merge.compact import unpack
from gridclient.core.merge.record import seen_by
from gridclient.core.merge.shape import shape_of
from gridclient.core.wire.validation import fault
from sync_server.service.intake import Intake
from sync_server.service.rights import Standing
from sync_server.store.contract import RecordReader, RecordWriter

SERVER: Id = ids.named(
    "server"
)  # the device of all the server writes, and the author of what nobody else said

_encoder = msgspec.msgpack.Encoder()
_rows = msgspec.msgpack.Decoder(list[object])


class Said(NamedTuple):
    """One change to write. `id` is that of the record where it makes one."""

    kind: str
    id: Id
    record: Id
    place: Id
    fields: dict[str, object]
    seen: tuple[Id, ...] = ()


def new(kind: str, record: Id, fields: dict[str, object], place: Id = COMMONS) -> Said:
    """A record made."""
    return Said(kind, record, record, place, fields)


def again(records: RecordReader, change: Id, record: Id, fields: dict[str, object]) -> Said:
    """A record that is there changed, by somebody who sees it as it stands."""
    stored = records.records([record])[record]
    shape = shape_of(stored.kind)
    groups = {shape.group_of(key) for key in fields}
    seen = seen_by(unpack(stored.kind, stored.place, _rows.decode(stored.body)), groups)
    return Said(stored.kind, change, record, stored.place, fields, seen)


def changes(written: Sequence[Said], first: int, now: int, author: Id = SERVER) -> list[Change]:
    """The changes of some words, numbered from `first` on.

    Raises:
        KnownError: one of them cannot stand.
    """
    made = [
        Change(one.id, SERVER, number, author, now, one.kind, one.record, one.place, one.fields, one.seen)
        for number, one in enumerate(written, first)
    ]
    for change in made:
        problem = fault(change)
        if problem is not None:
            raise KnownError("not_written", f"{problem}，没有写入。", f"Not written: {problem}")
    return made


def write(records: RecordWriter, written: Sequence[Said], now: int, author: Id = SERVER) -> None:
    """Give some words their place in the order. `author`: whose act it was, where somebody's.

    Raises:
        KnownError: one of them cannot stand; nothing was written.
    """
    made = changes(written, records.head().seq + 1, now, author)
    standing = Standing(SERVER, author, Role.SUPERVISOR, (COMMONS, DESK), frozenset({COMMONS, DESK}))
    Intake(records, standing, now).take([_encoder.encode(change) for change in made])
