"""Disagreements: finding them and deciding them. A decision is a change that has seen all versions."""

from collections.abc import Iterable, Iterator

from gridclient.core.domain.declaration import RETIRED_GROUP
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import Invalid
from gridclient.core.merge.change import Draft
from gridclient.core.merge.compact import has_conflict, unpack
from gridclient.core.merge.record import Head, Record, conflicts, seen_by
from gridclient.core.merge.shape import shape_of
from gridclient.ledger import records
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import BadInputError, Touched
from gridclient.operations.apply import read_fields


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
    """Decide for the version a change wrote. Raises KnownError where it is none of the versions."""
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
    """
    keys = shape_of(record.kind).keys(group)
    given = value if isinstance(value, dict) else {keys[0]: value}
    try:
        fields = read_fields(KINDS[record.kind], given, record)
    except Invalid as invalid:
        raise BadInputError(str(invalid)) from invalid
    return _decide(ledger, record, group, fields, reason)


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
