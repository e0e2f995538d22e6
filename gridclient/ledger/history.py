"""What this ledger knows of how records came to be as they are: own changes, and the heads the server sent.

An enrolled ledger gets what holds now, not how it came about: of others it knows who wrote what holds, and
when; what that replaced it knows only where its own change was the one replaced.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.declaration import Merge
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.merge.record import Record
from gridclient.core.merge.shape import Shape, shape_of
from gridclient.ledger import records
from gridclient.ledger.identity import identity

Values = tuple[object, ...]
_changes = msgspec.msgpack.Decoder(Change)
_fields = msgspec.msgpack.Decoder(dict[str, object])


class Written(NamedTuple):
    """What one change did to one group. `before`: None where this ledger does not know; of a set `after` is
    what was added and `before` what was taken away."""

    group: str
    keys: tuple[str, ...]
    before: Values | None
    after: Values
    is_set: bool = False


class Event(NamedTuple):
    """One change. `here`: made on this laptop; `state`: where it is in the outbox, `held` and `quarantined`
    among others; `stands`: something of it is what holds now."""

    change: Id
    author: Id
    at: int
    here: bool
    state: str
    creates: bool
    batch: Id | None
    reason: str | None
    stands: bool
    written: tuple[Written, ...]


class History(NamedTuple):
    """All that is known of one record, the newest first. `whole`: there is nothing else to know; `partly`
    names the groups of which there may be."""

    kind: str
    record: Id
    events: tuple[Event, ...]
    partly: frozenset[str]

    @property
    def whole(self) -> bool:
        return not self.partly


def history(connection: Connection, kind: str, record: Id) -> History | None:
    """The history of one record; None where this ledger does not have it."""
    return next(iter(histories(connection, kind, [record])), None)


def histories(connection: Connection, kind: str, wanted: Sequence[Id]) -> list[History]:
    """The histories of several records of a kind, in the order asked for."""
    own = _own_changes(connection, wanted)
    enrolled = identity(connection).enrolled
    found = []
    for one in wanted:
        record = records.load(connection, kind, one)
        if record is not None:
            found.append(_assembled(record, own.get(one, []), enrolled))
    return found


class _Own(NamedTuple):
    change: Change
    state: str
    before: dict[str, object] | None


def _own_changes(connection: Connection, wanted: Sequence[Id]) -> dict[Id, list[_Own]]:
    """Own changes of some records in the order they were made, with what they replaced."""
    marks = ",".join("?" * len(wanted))
    # Two questions, because an index of all changes by their record would be one of every import.
    rows = connection.exec_driver_sql(
        f"""
        SELECT c.number, c.body, c.state, NULL FROM change c WHERE c.id IN ({marks})
        UNION ALL
        SELECT c.number, c.body, c.state, i.fields FROM change c LEFT JOIN inverse i ON i.change = c.id
        WHERE c.record IN ({marks}) AND c.id <> c.record
        ORDER BY 1
        """,
        (*wanted, *wanted),
    )
    found: dict[Id, list[_Own]] = {}
    for _, body, state, before in rows:
        change = _changes.decode(body)
        found.setdefault(change.record, []).append(
            _Own(change, state, _fields.decode(before) if before else None)
        )
    return found


def _assembled(record: Record, own: list[_Own], enrolled: bool) -> History:
    shape = shape_of(record.kind)
    mine = {one.change.id for one in own}
    standing = {head.change for heads in record.heads.values() for head in heads}
    events = [_of_own(shape, one, one.change.id in standing) for one in own]
    events += _of_others(shape, record, mine)
    events.sort(key=lambda event: (event.at, event.change), reverse=True)
    partly = _partly(shape, record, own) if enrolled else frozenset[str]()
    return History(record.kind, record.id, tuple(events), partly)


def _of_own(shape: Shape, own: _Own, stands: bool) -> Event:
    change = own.change
    groups = dict.fromkeys(shape.group_of(key) for key in change.fields)
    written = tuple(_written(shape, own, group) for group in groups)
    creates = change.id == change.record
    if creates:
        written = tuple(one for one in written if any(value is not None for value in one.after))
    return Event(
        change.id,
        change.author,
        change.at,
        True,
        own.state,
        creates,
        change.batch,
        change.reason,
        stands,
        written,
    )


def _written(shape: Shape, own: _Own, group: str) -> Written:
    keys = shape.keys(group)
    fields, before = own.change.fields, own.before
    if shape.merge(group) is Merge.SET:
        added, removed = _halves(fields.get(group))
        return Written(group, keys, removed, added, True)
    after = tuple(fields.get(key) for key in keys)
    if own.change.id == own.change.record:
        return Written(group, keys, (None,) * len(keys), after)
    known = None if before is None else tuple(before.get(key) for key in keys)
    return Written(group, keys, known, after)


def _halves(edit: object) -> tuple[Values, Values]:
    if isinstance(edit, list | tuple) and len(edit) == 2:
        return tuple(edit[0]), tuple(edit[1])
    return (), ()


def _of_others(shape: Shape, record: Record, mine: Iterable[Id]) -> list[Event]:
    """What the heads say of changes that were not made here."""
    known = set(mine)
    found: dict[Id, tuple[Id, int, list[Written]]] = {}
    for group, heads in record.heads.items():
        is_set = shape.merge(group) is Merge.SET
        for head in heads:
            if head.change not in known:
                _, _, written = found.setdefault(head.change, (head.author, head.at, []))
                before: Values | None = None if head.change != record.id else ()
                written.append(Written(group, shape.keys(group), before, head.value, is_set))
    return [
        Event(change, author, at, False, "", change == record.id, None, None, True, tuple(written))
        for change, (author, at, written) in found.items()
    ]


def _partly(shape: Shape, record: Record, own: list[_Own]) -> frozenset[str]:
    """Groups of which there may be changes that never came here."""
    here = {one.change.id for one in own}
    found = set()
    for group, heads in record.heads.items():
        if any(head.change != record.id and head.change not in here for head in heads):
            found.add(group)
    for one in own:
        groups = {shape.group_of(key) for key in one.change.fields}
        strangers = {seen for seen in one.change.seen if seen not in here and seen != record.id}
        if strangers:
            found |= groups
    return frozenset(found)
