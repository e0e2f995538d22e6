"""Disagreements: finding them and deciding them. A decision is a change that has seen all versions."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from gridclient.core.domain.declaration import RETIRED_GROUP, Place
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.geography import Building, Compound, Dwelling, door
from gridclient.core.domain.ids import Id
from gridclient.core.domain.people import Household, Resident
from gridclient.core.domain.values import Invalid
from gridclient.core.merge.change import Draft
from gridclient.core.merge.compact import has_conflict, unpack
from gridclient.core.merge.record import Head, Record, conflicts, seen_by
from gridclient.core.merge.shape import shape_of
from gridclient.ledger import records
from gridclient.ledger.households import Row, row
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import BadInputError, Touched
from gridclient.operations.apply import judge_codes, read_fields


def disputed(ledger: Ledger) -> Iterator[tuple[Record, str]]:
    """Every record and group on which people disagree."""
    with ledger.reading() as connection:
        for kind in KINDS:
            for place, *row in connection.exec_driver_sql(
                f"SELECT place, {records.columns_of(kind)} FROM k_{kind} WHERE heads IS NOT NULL ORDER BY id"
            ):
                if has_conflict(row[3]):
                    record = unpack(kind, place, records.clean(kind, row))
                    for group in sorted(conflicts(record)):
                        yield record, group


def find(ledger: Ledger, record: Id) -> Record:
    """A record of any kind by its id. Raises KnownError where there is none."""
    with ledger.reading() as connection:
        for kind in KINDS:
            found = records.load(connection, kind, record)
            if found is not None:
                return found
    raise KnownError("no_record", "台账里没有这条记录。", "No such record in this ledger.")


def settle_taking(
    ledger: Ledger, record: Record, group: str, change: Id, reason: str | None = None
) -> Touched:
    """Decide for the version a change wrote.

    Raises:
        KnownError: there is no such field, nobody disagrees on it, or it is none of the versions.
    """
    _judge_disputed(record, group)
    if group == RETIRED_GROUP and record.doubts:
        return _settle_retiring(ledger, record, change, reason)
    for head in record.heads.get(group, ()):
        if head.change == change:
            return _decide(ledger, record, group, _as_fields(record, group, head), reason)
    raise KnownError(
        "no_version", "这不是现在这几种说法里的一种。再看一遍再定。", "That change is none of the versions."
    )


def settle_writing(
    ledger: Ledger, record: Record, group: str, value: object, reason: str | None = None
) -> Touched:
    """Decide for a value of one's own; of a group of several fields `{field: value}`.

    Raises:
        BadInputError: it cannot stand there.
        KnownError: there is no such field, nobody disagrees on it, or it is the retiring.
    """
    _judge_disputed(record, group)
    if group == RETIRED_GROUP:
        raise KnownError(
            "only_taking",
            "停用还是不停用，要用 --take 在几种说法里选。",
            "Whether a record is retired can only be decided with --take.",
        )
    kind = KINDS[record.kind]
    if group not in kind.groups:
        raise _no_field(group)
    keys = shape_of(record.kind).keys(group)
    given = value if isinstance(value, dict) else {keys[0]: value}
    strange = [key for key in given if key not in keys]
    if strange:
        raise BadInputError(f"“{group}”里没有“{strange[0]}”这一栏")
    try:
        fields = read_fields(kind, given, record)
        judge_codes(kind, fields, record)
    except Invalid as invalid:
        raise BadInputError(str(invalid)) from invalid
    return _decide(ledger, record, group, fields, reason)


class Spoken:
    """Names for what disputes speak of, each looked up once. Use it while the reading is open."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, Id], Row | None] = {}

    def name(self, record: Record) -> str:
        """What a record is called: a person's name, a title, a building's number; "" where nothing says."""
        held = self._row(record.kind, record.id)
        if record.kind == Household.kind:
            held = self._parent(held, Resident.kind, Household.head.key)
        found = (held.text(key) for key in ("name", "title", "number", "room") if held is not None)
        return next((name for name in found if name), "")

    def author(self, worker: Id) -> str:
        """The name of who said something; "" for somebody who is not on the list of workers."""
        held = self._row("worker", worker)
        return held.text("name") if held else ""

    def door(self, record: Record) -> str:
        """The door a record belongs to as people say it, as far as its parents are known."""
        held, kind = self._row(record.kind, record.id), record.kind
        while kind != Dwelling.kind:
            above = KINDS[kind].within
            if held is None or not above or KINDS[kind].place is not Place.BUILDING:
                return ""
            kind = KINDS[kind].fields[above].to
            held = self._parent(held, kind, above)
        block = self._parent(held, Building.kind, Dwelling.building.key)
        if held is None or block is None:
            return ""
        compound = self._parent(block, Compound.kind, Building.compound.key)
        title = compound.text(Compound.title.key) if compound else ""
        return f"{title} {door(block.text('number'), held.text('unit'), held.text('room'))}".strip()

    def _parent(self, held: Row | None, kind: str, key: str) -> Row | None:
        above = held.fields.get(key) if held else None
        return self._row(kind, above) if isinstance(above, bytes) else None

    def _row(self, kind: str, record: Id) -> Row | None:
        if (kind, record) not in self._known:
            self._known[kind, record] = row(self._connection, kind, record)
        return self._known[kind, record]


def _judge_disputed(record: Record, group: str) -> None:
    if group not in KINDS[record.kind].groups and group not in record.heads:
        raise _no_field(group)
    if group not in conflicts(record):
        raise KnownError("no_conflict", "这一栏没有不一样的说法。", "There is no disagreement on this field.")


def _no_field(field: str) -> KnownError:
    return KnownError("no_field", f"没有“{field}”这一栏。", f"There is no field {field}.")


def _settle_retiring(ledger: Ledger, record: Record, change: Id, reason: str | None) -> Touched:
    retiring = {head.change: head for head in record.heads.get(RETIRED_GROUP, ())}
    if change in retiring:
        fields = _as_fields(record, RETIRED_GROUP, retiring[change])
    elif any(head.change == change for heads in record.heads.values() for head in heads):
        fields = {key: None for key in shape_of(record.kind).keys(RETIRED_GROUP)}
    else:
        raise KnownError(
            "no_version", "这不是现在这几种说法里的一种。", "That change is none of the versions."
        )
    return _decide(ledger, record, RETIRED_GROUP, fields, reason)


def _as_fields(record: Record, group: str, head: Head) -> dict[str, object]:
    return dict(zip(shape_of(record.kind).keys(group), head.value, strict=True))


def _decide(
    ledger: Ledger, record: Record, group: str, fields: dict[str, object], reason: str | None
) -> Touched:
    seen = seen_by(record, [group])
    draft = Draft(record.kind, record.id, record.place, fields, seen=seen)
    return ledger.write([draft], reason=reason)


def settle_many(ledger: Ledger, decisions: Iterable[tuple[str, Id, str, Id]]) -> Touched:
    """Decide several disagreements, each (kind, record, group, change taken), in one transaction."""
    drafts = []
    for kind, identity, group, change in decisions:
        record = ledger.record(kind, identity)
        head = (
            next((one for one in record.heads.get(group, ()) if one.change == change), None)
            if record
            else None
        )
        if record is not None and head is not None:
            fields = _as_fields(record, group, head)
            drafts.append(Draft(kind, identity, record.place, fields, seen=seen_by(record, [group])))
    return ledger.write(drafts)
