"""A record is, for every group of its fields, the changes that no applied change of that group had seen.

The laws: the same changes in any order and number give the same heads; no applied change is lost unless
another had seen it; groups never conflict with each other, equal values never, different blind ones always;
clocks only choose which of several is shown; nothing said to `apply` makes it raise.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from gridclient.core.domain.declaration import RETIRED_GROUP, Merge
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.merge.shape import Shape, shape_of


class Head(NamedTuple):
    """One version of a group that counts. For a set group `value` is the elements still there from it."""

    change: Id
    author: Id
    at: int
    value: tuple[object, ...]


class Trace(NamedTuple):
    """What a folding store keeps of every applied change: enough to judge one that comes late."""

    change: Id
    seen: frozenset[Id]
    groups: frozenset[str]
    removed: dict[str, frozenset[object]]
    retires: bool = False


Heads = tuple[Head, ...]


class Record(NamedTuple):
    """The state of a record: heads by group, and which retiring and other heads have not seen each other."""

    id: Id
    kind: str
    place: Id
    heads: dict[str, Heads]
    doubts: frozenset[tuple[Id, Id]] = frozenset()


def empty(change: Change) -> Record:
    """The record a change speaks of, before anything was said about it."""
    return Record(change.record, change.kind, change.place, {})


def trace(change: Change) -> Trace:
    """What to keep of a change once it is applied."""
    shape = shape_of(change.kind)
    groups = frozenset(map(shape.group_of, change.fields))
    removed = {group: frozenset(_edit(change.fields.get(group))[1]) for group in groups & shape.sets}
    retires = shape.is_retired(RETIRED_GROUP, (change.fields.get(RETIRED_GROUP),))
    return Trace(change.id, frozenset(change.seen), groups, removed, retires)


def apply(record: Record, change: Change, history: Sequence[Trace] = ()) -> Record:
    """The record after a change. Pure and total.

    `history` holds the traces of all changes applied before. A ledger that lays its own newest changes over
    a server's heads passes none: nobody can have seen those yet.
    """
    if any(past.change == change.id for past in history):
        return record
    shape = shape_of(record.kind)
    mine = trace(change)
    heads = dict(record.heads)
    for group in mine.groups:
        left = _written(shape, group, heads.get(group, ()), change, mine, history)
        if left:
            heads[group] = left
        else:
            heads.pop(group, None)
    after = record._replace(heads=heads)
    return after._replace(doubts=_doubts(shape, after, mine, history))


def fold(changes: Iterable[Change]) -> Record | None:
    """The record that some changes of one record make together."""
    record: Record | None = None
    history: list[Trace] = []
    for change in changes:
        record = apply(record or empty(change), change, history)
        history.append(trace(change))
    return record


def _edit(value: object) -> tuple[list[object], list[object]]:
    """The two halves of a set edit; whatever is not one adds and removes nothing."""
    if isinstance(value, list | tuple) and len(value) == 2:
        added, removed = value
        if isinstance(added, list | tuple) and isinstance(removed, list | tuple):
            scalars = str | bytes | int
            return (
                [x for x in added if isinstance(x, scalars)],
                [x for x in removed if isinstance(x, scalars)],
            )
    return ([], [])


def _written(
    shape: Shape, group: str, heads: Heads, change: Change, mine: Trace, history: Sequence[Trace]
) -> Heads:
    if shape.merge(group) is Merge.SET:
        return _written_set(group, heads, change, mine, history)
    left = [head for head in heads if head.change not in mine.seen and head.change != change.id]
    if not any(change.id in past.seen and group in past.groups for past in history):
        value = tuple(_plain(change.fields.get(key)) for key in shape.keys(group))
        left.append(Head(change.id, change.author, change.at, value))
    return _ordered(left)


def _written_set(group: str, heads: Heads, change: Change, mine: Trace, history: Sequence[Trace]) -> Heads:
    added = set(_edit(change.fields.get(group))[0])
    for past in history:
        if change.id in past.seen:
            added -= past.removed.get(group, frozenset())
    left = []
    for head in heads:
        gone = mine.removed[group] if head.change in mine.seen else frozenset[object]()
        value = tuple(element for element in head.value if element not in gone)
        if value and head.change != change.id:
            left.append(head._replace(value=value))
    if added:
        left.append(Head(change.id, change.author, change.at, tuple(sorted(added, key=_order))))
    return _ordered(left)


def _plain(value: object) -> object:
    """A value that can be compared and hashed, whatever was sent."""
    if value is None or isinstance(value, str | bytes) or (isinstance(value, int) and abs(value) < 1 << 63):
        return value
    try:
        return msgspec.msgpack.encode(value, order="sorted")
    except (TypeError, OverflowError, ValueError):  # never off the wire; still no reason to fail
        return repr(value)


def _order(element: object) -> tuple[str, object]:
    return (type(element).__name__, element)


def _ordered(heads: list[Head]) -> Heads:
    """Newest first, then by id: the order in which they are shown."""
    return tuple(sorted(heads, key=lambda head: (head.at, head.change), reverse=True))


def _doubts(shape: Shape, record: Record, mine: Trace, history: Sequence[Trace]) -> frozenset[tuple[Id, Id]]:
    """Pairs (retiring head, head of another group) of which neither had seen the other.

    Two who retire one record agree, whatever else they wrote with it.
    """
    retiring = {
        head.change
        for head in record.heads.get(RETIRED_GROUP, ())
        if shape.is_retired(RETIRED_GROUP, head.value)
    }
    if not retiring:
        return frozenset()
    seen = {past.change: past.seen for past in history}
    seen[mine.change] = mine.seen
    nothing = frozenset[Id]()
    others = {
        head.change for group, heads in record.heads.items() if group != RETIRED_GROUP for head in heads
    }
    others -= retiring | {past.change for past in (*history, mine) if past.retires}
    found = set()
    for one in retiring:
        for other in others:
            if mine.change not in (one, other):
                if (one, other) in record.doubts:
                    found.add((one, other))
            elif one != other and other not in seen.get(one, nothing) and one not in seen.get(other, nothing):
                found.add((one, other))
    return frozenset(found)


def shown(shape: Shape, group: str, heads: Heads, own: frozenset[Id] = frozenset()) -> tuple[object, ...]:
    """The value to show of a group: an author's own unanswered one, else the newest. `own`: such changes."""
    merge = shape.merge(group)
    if len(heads) == 1 and merge is not Merge.SET:
        return heads[0].value
    if merge is Merge.SET:
        return tuple(sorted({element for head in heads for element in head.value}, key=_order))
    if merge is Merge.GREATEST:
        return max((head.value for head in heads), key=lambda value: tuple(map(_order, value)))
    return next((head.value for head in heads if head.change in own), heads[0].value)


def conflicts(record: Record) -> frozenset[str]:
    """The groups on which people disagree, `retired` among them where a record is retired in doubt."""
    shape = shape_of(record.kind)
    found = {
        group
        for group, heads in record.heads.items()
        if len(heads) > 1
        and shape.merge(group) is Merge.VALUE
        and len({shape.comparable(group, head.value) for head in heads}) > 1
    }
    return frozenset(found | {RETIRED_GROUP}) if record.doubts else frozenset(found)


def seen_by(record: Record, groups: Iterable[str]) -> tuple[Id, ...]:
    """What somebody looking at this record now has seen of some groups, and of its retiring."""
    wanted = {*groups, RETIRED_GROUP}
    everything = RETIRED_GROUP in set(groups)
    return tuple(
        sorted(
            {
                head.change
                for group, heads in record.heads.items()
                if everything or group in wanted
                for head in heads
            }
        )
    )
