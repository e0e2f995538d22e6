"""A record as one flat row: what is shown in columns, everything else about its heads in one small blob.

The row is the layout of the wire, of the server's store and of the ledger's tables:
`[id, author, at, heads, extra, column …]`. `heads` is None for a record only its creation has written (the
change id is the record's id then); `extra` carries fields this program has no column for. Columns follow the
declaration, which only grows at its end: a short row has its last columns empty.
"""

from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from gridclient.core.domain.declaration import Merge
from gridclient.core.domain.ids import Id
from gridclient.core.merge.record import Head, Heads, Record, shown
from gridclient.core.merge.shape import Shape, shape_of

FIXED = ("id", "author", "at", "heads", "extra")
Row = list[object]

_encoder = msgspec.msgpack.Encoder(order="sorted")


class _Packed(msgspec.Struct, array_like=True, omit_defaults=True):
    """`groups` names, for each written group, indices into `changes`, the shown one first; `others` holds the
    values of those not shown (for a set with several heads: of all)."""

    changes: list[tuple[bytes, bytes, int]]
    groups: dict[str, list[int]]
    others: dict[str, list[list[object]]] = {}
    doubts: list[tuple[int, int]] = []


_decoder = msgspec.msgpack.Decoder(_Packed)
_values = msgspec.msgpack.Decoder()


def pack(record: Record, own: frozenset[Id] = frozenset()) -> Row:
    """The row of a record that has at least one head. `own`: the author's unanswered changes, shown first."""
    shape = shape_of(record.kind)
    known: Row = [None] * len(shape.fields)
    unknown: dict[str, object] = {}
    for group, heads in record.heads.items():
        value = shown(shape, group, heads, own)
        is_set, columns = shape.columns.get(group, (False, ()))
        if is_set:
            known[columns[0]] = _encoder.encode(value) if value else None
        elif columns:
            for at, one in zip(columns, value, strict=True):
                known[at] = one
        else:
            unknown.update(zip(shape.keys(group), value, strict=True))
    first = _first(record)
    extra = _encoder.encode(unknown) if unknown else None
    blob = None if _only_created(record) else _heads_blob(shape, record, own, first)
    return [record.id, first.author, first.at, blob, extra, *known]


def unpack(kind: str, place: Id, row: Sequence[object]) -> Record:
    """The record behind a row."""
    shape = shape_of(kind)
    identity, author, at, blob, extra = row[:5]
    columns = dict(zip(shape.fields, [*row[5:], *[None] * len(shape.fields)], strict=False))
    if extra is not None:
        columns.update(_values.decode(extra))  # type: ignore[arg-type]
    assert isinstance(identity, bytes)
    if blob is None:
        return Record(identity, kind, place, _created(shape, identity, author, at, columns))  # type: ignore[arg-type]
    packed = _decoder.decode(blob)  # type: ignore[arg-type]
    heads = {group: _heads(shape, group, packed, columns) for group in packed.groups}
    doubts = frozenset((packed.changes[a][0], packed.changes[b][0]) for a, b in packed.doubts)
    return Record(identity, kind, place, heads, doubts)


def _created(shape: Shape, identity: Id, author: Id, at: int, columns: dict[str, object]) -> dict[str, Heads]:
    """The heads of a record that only its creation has written."""
    values = list(columns.values())
    heads: dict[str, Heads] = {}
    for group, (is_set, places) in shape.columns.items():
        value = tuple([values[place] for place in places])
        if value.count(None) < len(value):
            heads[group] = (Head(identity, author, at, tuple(elements(value[0])) if is_set else value),)
    for key in list(columns)[len(shape.fields) :]:
        if columns[key] is not None:
            heads[key] = (Head(identity, author, at, (columns[key],)),)
    return heads


def fingerprint(identity: Id, blob: bytes | None) -> int:
    """A record's share in the digest of its place: 64 bits over its id and heads, added up by both sides."""
    return int.from_bytes(blake2b(identity + (blob or b""), digest_size=8).digest(), "big")


def elements(packed: object) -> list[object]:
    """The elements of a set column."""
    return list(_values.decode(packed)) if isinstance(packed, bytes) else []


def has_conflict(blob: bytes | None) -> bool:
    """Whether a row's heads may hold more than one version of something; a quick test before unpacking."""
    if blob is None:
        return False
    packed = _decoder.decode(blob)
    return bool(packed.others or packed.doubts)


def _first(record: Record) -> Head:
    every = [head for heads in record.heads.values() for head in heads]
    for head in every:
        if head.change == record.id:
            return head
    return min(every, key=lambda head: (head.at, head.change))


def _only_created(record: Record) -> bool:
    for heads in record.heads.values():
        value = heads[0].value
        if len(heads) > 1 or heads[0].change != record.id or value.count(None) == len(value):
            return False
    return True


def _heads_blob(shape: Shape, record: Record, own: frozenset[Id], first: Head) -> bytes:
    places: dict[Id, int] = {first.change: 0}
    changes = [(first.change, first.author, first.at)]
    groups: dict[str, list[int]] = {}
    others: dict[str, list[list[object]]] = {}
    for group in sorted(record.heads):
        heads = record.heads[group]
        if shape.merge(group) is Merge.VALUE:
            heads = tuple(sorted(heads, key=lambda head: head.change not in own))
        for head in heads:
            if head.change not in places:
                places[head.change] = len(changes)
                changes.append((head.change, head.author, head.at))
        groups[group] = [places[head.change] for head in heads]
        if len(heads) > 1:
            start = 1 if shape.merge(group) is Merge.VALUE else 0
            others[group] = [list(head.value) for head in heads[start:]]
    doubts = sorted((places[one], places[other]) for one, other in record.doubts)
    return _encoder.encode(_Packed(changes, groups, others, doubts))


def _heads(shape: Shape, group: str, packed: _Packed, columns: dict[str, object]) -> Heads:
    indices = packed.groups[group]
    values = [tuple(value) for value in packed.others.get(group, [])]
    if len(values) < len(indices):
        values.insert(0, _value(shape, group, columns))
    heads = [Head(*packed.changes[index], value) for index, value in zip(indices, values, strict=True)]
    return tuple(sorted(heads, key=lambda head: (head.at, head.change), reverse=True))


def _value(shape: Shape, group: str, columns: dict[str, object]) -> tuple[object, ...]:
    if shape.merge(group) is Merge.SET:
        return tuple(elements(columns.get(group)))
    return tuple(columns.get(key) for key in shape.keys(group))
