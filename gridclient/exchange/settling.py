"""How what a file says meets what the ledger holds.

A value that came from an import and that nobody has confirmed or changed since is overwritten; an empty one
is filled; an equal one is left; any other becomes a suggestion a person decides on. A file never repeats
itself: of a record it has already made, it only fills what nothing was ever said about.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import RETIRED_GROUP, Field, Kind, Merge, Type
from gridclient.core.domain.desk import ReviewItem
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import DESK
from gridclient.core.domain.values import comparable
from gridclient.core.merge.change import Draft
from gridclient.exchange.known import KnownRecord

_UNDONE = "undone"


class Difference(NamedTuple):
    """One value in which file and ledger differ. `asked`: the ledger keeps its own until a person decides."""

    field: str
    old: object
    new: object
    asked: bool = False


class Settled(NamedTuple):
    """`fields` to be written, whole groups; `differences` one by one; `retired`: the record is retired and
    was left alone."""

    fields: dict[str, object]
    differences: list[Difference]
    retired: bool = False

    @property
    def suggested(self) -> list[tuple[str, str]]:
        """(field, value) of what is to be asked."""
        return [(one.field, _spelt(one.new)) for one in self.differences if one.asked]


def creation(kind: str, wanted: Mapping[str, object]) -> dict[str, object]:
    """The fields of a new record: nothing empty, groups whole, sets as additions."""
    sets, mates = _shape(kind)
    fields: dict[str, object] = {}
    for key, value in wanted.items():
        if value is None or value == "" or value == ():
            continue
        if key in sets:
            fields[key] = _edit(value)
        elif key in mates:
            fields.update({mate: wanted.get(mate) for mate in mates[key]})
        else:
            fields[key] = value
    return fields


def settle(kind: str, wanted: Mapping[str, object], known: KnownRecord, again: bool) -> Settled:
    """What to write over a known record. `again`: this very file made it."""
    declared = KINDS[kind]
    retired = known.values.get(RETIRED_GROUP)
    if retired == _UNDONE:
        revived = {RETIRED_GROUP: "", Kind.successor.key: None}
        return Settled({**_over(declared, wanted, known), **revived}, [])
    if retired:
        return Settled({}, [], retired=True)
    fields: dict[str, object] = {}
    found: list[Difference] = []
    for name, group in declared.groups.items():
        if not any(wanted.get(field.key) not in (None, "", ()) for field in group):
            continue
        if again and name in known.written:
            continue
        if group[0].merge is Merge.SET:
            added = _added(group[0], wanted, known)
            if added:
                fields[group[0].key] = [added, []]
                found.append(Difference(group[0].key, known.values.get(group[0].key), added))
            continue
        _settle_group(name, group, wanted, known, fields, found)
    return Settled(fields, found)


def suggestion(
    kind: str, record: Id, place: Id, field: str, value: str, origin: str
) -> tuple[Id, dict[str, object]]:
    """A review item about one value; the same suggestion is the same record on every laptop."""
    group = KINDS[kind].fields[field].group
    identity = ids.named("review_item", ids.text(record), group, value)
    return identity, {
        "sort": "suggestion",
        "record": record,
        "record_kind": kind,
        "record_place": place,
        "field": field,
        "value": value[: ReviewItem.value.length],
        "origin": origin[: ReviewItem.origin.length],
        "state": "open",
    }


def review_draft(identity: Id, fields: dict[str, object]) -> Draft:
    return Draft(ReviewItem.kind, identity, DESK, fields, new=True)


@cache
def _shape(kind: str) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """Which fields of a kind are sets, and those that are written with others, with those others."""
    groups = KINDS[kind].groups.values()
    sets = frozenset(group[0].key for group in groups if group[0].is_set)
    together = [tuple(field.key for field in group) for group in groups if len(group) > 1]
    return sets, {key: keys for keys in together for key in keys}


def _edit(value: object) -> list[list[object]]:
    assert isinstance(value, tuple | list)
    return [list(value), []]


def _over(declared: type[Kind], wanted: Mapping[str, object], known: KnownRecord) -> dict[str, object]:
    """Everything wanted, over a record whose import was undone."""
    fields: dict[str, object] = {}
    for group in declared.groups.values():
        if group[0].is_set:
            added = _added(group[0], wanted, known)
            if added:
                fields[group[0].key] = [added, []]
        elif any(wanted.get(field.key) not in (None, "") for field in group):
            fields.update({field.key: wanted.get(field.key) for field in group})
    return fields


def _added(field: Field, wanted: Mapping[str, object], known: KnownRecord) -> list[object]:
    now = known.values.get(field.key) or ()
    assert isinstance(now, Sequence)
    held = {comparable(field, one) for one in now}
    new = wanted.get(field.key) or ()
    assert isinstance(new, Sequence)
    return [one for one in new if comparable(field, one) not in held]


def _settle_group(
    name: str,
    group: Sequence[Field],
    wanted: Mapping[str, object],
    known: KnownRecord,
    fields: dict[str, object],
    found: list[Difference],
) -> None:
    now = {field.key: known.values.get(field.key) for field in group}
    new = {
        field.key: now[field.key] if wanted.get(field.key) in (None, "") else wanted[field.key]
        for field in group
    }
    for field in group:
        if field.type is Type.DATE and _is_less_exact(new[field.key], now[field.key]):
            new[field.key] = now[field.key]
    differing = [
        field for field in group if comparable(field, now[field.key]) != comparable(field, new[field.key])
    ]
    if not differing:
        return
    only_filled = all(now[field.key] in (None, "") for field in differing)
    asked = not (only_filled or name in known.imported)
    found += [Difference(field.key, now[field.key], new[field.key], asked) for field in differing]
    if not asked:
        fields.update(new)


def _is_less_exact(said: object, held: object) -> bool:
    """Whether a date says nothing but a part of the one that is held: 1956 where 1956-03-04 stands."""
    return isinstance(said, str) and isinstance(held, str) and held.startswith(f"{said}-")


def _spelt(value: object) -> str:
    """A value as a suggestion carries it: a record id in its written form, everything else as stored."""
    return ids.text(value) if isinstance(value, bytes) else str(value)
