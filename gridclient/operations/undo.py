"""Taking back what was just done, or a whole import: by new changes, never by forgetting old ones."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.declaration import RETIRED_GROUP, Kind
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change, Draft
from gridclient.core.merge.record import Record, seen_by
from gridclient.core.merge.shape import shape_of
from gridclient.ledger import acts, records
from gridclient.ledger.identity import identity
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import UNDONE, Touched, Writer

# The reason of what takes a change back, and of what takes that back again.
TAKEN_BACK = "撤回"
AGAIN = "恢复"

_changes = msgspec.msgpack.Decoder(Change)
_fields = msgspec.msgpack.Decoder(dict[str, object])


class Undone(NamedTuple):
    """What was taken back, and the records left alone because somebody has touched them since."""

    touched: Touched
    left: list[tuple[str, Id]]


def undo(ledger: Ledger, changes: Iterable[Id]) -> Undone:
    """Take own changes back, the newest first. Raises KnownError (disk full …); nothing is undone then."""
    with ledger.writing() as connection:
        found = []
        for change in changes:
            row = connection.exec_driver_sql("SELECT body FROM change WHERE id = ?", (change,)).first()
            if row is not None:
                found.append(_changes.decode(row[0]))
        return _take(connection, ledger, sorted(found, key=lambda change: change.number))


def undo_batch(ledger: Ledger, batch: Id) -> Undone:
    """Take a whole batch back: retire what it made, restore what it changed, list what was touched since."""
    with ledger.writing() as connection:
        rows = connection.exec_driver_sql("SELECT body FROM change WHERE batch = ? ORDER BY number", (batch,))
        return _take(connection, ledger, [_changes.decode(row[0]) for row in rows.all()])


def undo_span(ledger: Ledger, first: int, last: int) -> Undone:
    """Take back the own changes from one number to another, both included."""
    with ledger.writing() as connection:
        return _take(connection, ledger, _within(connection, [(first, last)]))


def make_again(ledger: Ledger, first: int) -> Undone:
    """What was taken back, an act that began with this change, holds again: the taking back is taken back."""
    with ledger.writing() as connection:
        taken = _taken(connection, first)
        if taken is None or not taken.undone:
            return Undone(Touched(), [])
        changes = _within(connection, taken.spans[-1:])
        mine = {change.id for change in _within(connection, taken.spans)}
        return _written(connection, ledger, taken, changes, mine, AGAIN)


def last_batch(ledger: Ledger) -> Id | None:
    """The newest batch of this ledger."""
    with ledger.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT batch FROM change WHERE batch IS NOT NULL ORDER BY number DESC LIMIT 1"
        ).first()
    return bytes(row[0]) if row else None


def _take(connection: Connection, ledger: Ledger, changes: list[Change]) -> Undone:
    if not changes:
        return Undone(Touched(), [])
    first, last = changes[0].number, changes[-1].number
    taken = _taken(connection, first) or acts.Taken(first, ((first, last),), False)
    mine = {change.id for change in [*changes, *_within(connection, taken.spans[1:])]}
    return _written(connection, ledger, taken, changes, mine, TAKEN_BACK)


def _written(
    connection: Connection,
    ledger: Ledger,
    taken: acts.Taken,
    changes: list[Change],
    mine: set[Id],
    reason: str,
) -> Undone:
    """Write what turns these changes round, and remember that it belongs to them."""
    writer = Writer(connection, identity(connection), ledger.clock, ledger.randomness)
    before = acts.newest(connection)
    mine |= _cancelled(connection, taken.first, changes)
    left = []
    for change in reversed(changes):
        record = records.load(connection, change.kind, change.record)
        if record is not None and change.id == change.record and _is_undone(record):
            continue  # made again by a change of this very act, which has just been taken back
        draft = _inverse(connection, record, change, mine) if record else None
        if draft is None:
            left.append((change.kind, change.record))
            continue
        made = writer.write(draft, reason=reason)
        if made is not None:
            mine.add(made.id)
    after = acts.newest(connection)
    if after > before:
        spans = (*taken.spans, (before + 1, after))
        acts.keep_taken(connection, acts.Taken(taken.first, spans, reason == TAKEN_BACK))
    return Undone(writer.touched, left)


def _is_undone(record: Record) -> bool:
    heads = record.heads.get(RETIRED_GROUP, ())
    return bool(heads) and all(head.value[0] == UNDONE for head in heads)


def _taken(connection: Connection, first: int) -> acts.Taken | None:
    return next((one for one in acts.taken(connection) if one.first == first), None)


def _cancelled(connection: Connection, first: int, changes: list[Change]) -> set[Id]:
    """What later acts that hold no more wrote last: behind it everything is as these changes left it.

    `first`: the act whose changes they are. A taking back and what it takes back cancel each other.
    """
    since = min((change.number for change in changes), default=0)
    found: set[Id] = set()
    for other in acts.taken(connection):
        later = [span for span in other.spans if span[0] > since]
        if other.first != first and later and len(later) % 2 == 0:
            found |= {one.id for one in acts.written(connection, acts.Span(*later[-1]))}
    return found


def _within(connection: Connection, spans: Iterable[tuple[int, int]]) -> list[Change]:
    found = []
    for span in spans:
        rows = connection.exec_driver_sql(
            "SELECT body FROM change WHERE number BETWEEN ? AND ? ORDER BY number", span
        )
        found += [_changes.decode(row[0]) for row in rows]
    return found


def _inverse(connection: Connection, record: Record, change: Change, mine: set[Id]) -> Draft | None:
    """The draft that takes a change back, or None where somebody has spoken since."""
    if change.id == change.record:
        untouched = all(head.change in mine for heads in record.heads.values() for head in heads)
        fields: dict[str, object] = {Kind.retired.key: UNDONE, Kind.successor.key: None}
        return Draft(change.kind, record.id, record.place, fields) if untouched else None
    row = connection.exec_driver_sql("SELECT fields FROM inverse WHERE change = ?", (change.id,)).first()
    if row is None:
        return None
    shape = shape_of(change.kind)
    groups = {shape.group_of(key) for key in change.fields}
    for group in groups:
        heads = record.heads.get(group, ())
        if any(head.change not in mine for head in heads if head.change not in change.seen):
            return None
    return Draft(change.kind, record.id, record.place, _fields.decode(row[0]), seen=seen_by(record, groups))
