"""What was said of a record after it had gone on elsewhere: a suggestion to its successor.

Somebody without a network writes about a household that has moved meanwhile. The change is kept, the old
record is retired in doubt, and a person decides whether what was said holds behind the new door too. Nothing
is stored for that: the doubts travel with the record.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain.declaration import RETIRED_GROUP, Kind, Merge, Type
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.core.merge.compact import has_conflict, unpack
from gridclient.core.merge.record import Head, Record, seen_by, shown
from gridclient.core.merge.shape import shape_of
from gridclient.ledger import records
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched


class LateEdit(NamedTuple):
    """One group written to a predecessor by somebody who had not heard that it goes on as `successor`.

    `now`: what the successor shows of that group, by field.
    """

    record: Record
    successor: Record
    group: str
    head: Head
    now: dict[str, object]

    @property
    def key(self) -> bytes:
        """What tells it from all others."""
        return self.record.id + self.head.change + self.group.encode()

    @property
    def said(self) -> dict[str, object]:
        """What was said, by field."""
        return dict(zip(shape_of(self.record.kind).keys(self.group), self.head.value, strict=True))


def late_edits(connection: Connection) -> list[LateEdit]:
    """Everything said late of a record whose successor is in this ledger, by record."""
    found: list[LateEdit] = []
    for kind in KINDS:
        retired = connection.exec_driver_sql(
            f"SELECT place, {records.columns_of(kind)} FROM k_{kind}"
            " WHERE heads IS NOT NULL AND retired IS NOT NULL AND successor IS NOT NULL ORDER BY id"
        )
        for place, *row in retired.all():
            if has_conflict(row[3]):
                found += _of(connection, unpack(kind, place, records.clean(kind, row)))
    return found


def take_late_edits(ledger: Ledger, keys: Iterable[bytes], accept: bool) -> Touched:
    """Decide in one transaction: what was said late is written to the successor, or not; the predecessor is
    then retired without a doubt. Where several were said about one group the newest counts.
    """
    wanted = set(keys)
    with ledger.reading() as connection:
        every = late_edits(connection)
    chosen = [one for one in every if one.key in wanted]
    drafts: list[Draft] = []
    taken: dict[tuple[Id, str], LateEdit] = {}
    for one in sorted(chosen, key=lambda late: (late.head.at, late.head.change)):
        taken[one.successor.id, one.group] = one
    if accept:
        with ledger.reading() as connection:
            drafts += [_taken(connection, one) for one in taken.values()]
    closed = {one.record.id: one.record for one in chosen}
    left = {one.record.id for one in every if one.key not in wanted}
    drafts += [_closed(record) for identity, record in closed.items() if identity not in left]
    return ledger.write(drafts, reason="搬走后才到的话") if drafts else Touched()


def _of(connection: Connection, record: Record) -> Iterator[LateEdit]:
    shape = shape_of(record.kind)
    retiring = {head.change: head for head in record.heads.get(RETIRED_GROUP, ())}
    late = {other for one, other in record.doubts if one in retiring and other not in retiring}
    if not late:
        return
    (_, goes_on) = shown(shape, RETIRED_GROUP, record.heads[RETIRED_GROUP])
    successor = records.load(connection, record.kind, goes_on) if isinstance(goes_on, bytes) else None
    if successor is None:
        return
    for group, heads in record.heads.items():
        if group == RETIRED_GROUP:
            continue
        there = successor.heads.get(group, ())
        keys = shape.keys(group)
        value = shown(shape, group, there) if there else ()
        now = (value,) if shape.merge(group) is Merge.SET else value or (None,) * len(keys)
        for head in heads:
            if head.change in late:
                yield LateEdit(record, successor, group, head, dict(zip(keys, now, strict=True)))


def _taken(connection: Connection, late: LateEdit) -> Draft:
    """The change that says of the successor what was said of its predecessor."""
    successor, group = late.successor, late.group
    kind = KINDS[successor.kind]
    fields: dict[str, object]
    if shape_of(kind.kind).merge(group) is Merge.SET:
        fields = {group: [list(late.head.value), []]}
    else:
        fields = {
            key: _going_on(connection, kind, key, value, successor.place) for key, value in late.said.items()
        }
    return Draft(kind.kind, successor.id, successor.place, fields, seen=seen_by(successor, [group]))


def _going_on(connection: Connection, kind: type[Kind], key: str, value: object, place: Id) -> object:
    """A value as it reads in the successor's place: what it points to may have gone on as well."""
    field = kind.fields.get(key)
    if field is None or field.type is not Type.REF or field.to not in KINDS or not isinstance(value, bytes):
        return value
    there = records.load(connection, field.to, value)
    if there is None or there.place == place or RETIRED_GROUP not in there.heads:
        return value
    (_, goes_on) = shown(shape_of(field.to), RETIRED_GROUP, there.heads[RETIRED_GROUP])
    return goes_on if isinstance(goes_on, bytes) else value


def _closed(record: Record) -> Draft:
    """The predecessor retired by somebody who has seen everything that was said of it."""
    keys = shape_of(record.kind).keys(RETIRED_GROUP)
    value = shown(shape_of(record.kind), RETIRED_GROUP, record.heads[RETIRED_GROUP])
    fields: dict[str, object] = dict(zip(keys, value, strict=True))
    return Draft(record.kind, record.id, record.place, fields, seen=seen_by(record, [RETIRED_GROUP]))
