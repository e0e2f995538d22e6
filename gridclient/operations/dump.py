"""Records as files show them: every live record, one object each."""

from collections.abc import Iterator

from sqlalchemy import Connection

from gridclient.core.domain import ids, masking
from gridclient.core.domain.declaration import RETIRED_GROUP, Kind, Merge, Type
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matters import Matter, Step, standing
from gridclient.core.domain.people import Resident
from gridclient.core.domain.values import format_instant, to_json
from gridclient.core.merge.compact import elements, unpack
from gridclient.core.merge.record import Head, Record, conflicts, shown
from gridclient.core.merge.shape import shape_of
from gridclient.ledger import records
from gridclient.ledger.ledger import Ledger

Shown = dict[str, object]


def dump(ledger: Ledger, kind: str = "", *, masked: bool = False) -> Iterator[Shown]:
    """Every live record (of one kind): kind, record, place, fields, heads, conflicts, pending; `masked`:
    without whole numbers.

    `conflicts` is `{group: [{change, value, author, at}, …]}`, a group named by its first field; `pending`
    counts own changes the server's heads do not hold yet.
    """
    with ledger.reading() as connection:
        laid: dict[Id, set[Id]] = {}
        for record, change in connection.exec_driver_sql("SELECT record, id FROM change WHERE laid = 1"):
            laid.setdefault(record, set()).add(change)
        statuses = _statuses(connection)
        for name in [kind] if kind else KINDS:
            for place, *row in connection.exec_driver_sql(
                f"SELECT place, {records.columns_of(name)} FROM k_{name} ORDER BY id"
            ):
                record = unpack(name, place, records.clean(name, row))
                own = frozenset(laid.get(record.id, ()))
                if not is_retired(record):
                    found = describe(record, own, statuses.get(record.id))
                    yield _masked(found) if masked else found


def _masked(record: Shown) -> Shown:
    """The record with its numbers masked, in its fields as in what people disagree on."""
    fields = KINDS[str(record["kind"])].fields
    # A birthday is shown, or stands in dispute: nothing of an ID number may stand beside it.
    born = Resident.birth.key in fields

    def hide(key: str, value: object) -> object:
        if isinstance(value, dict):
            return {part: hide(part, one) for part, one in value.items()}
        if isinstance(value, list):
            return [hide(key, one) for one in value]
        field = fields.get(key)
        named = field is None or field.type in (Type.TEXT, Type.PHONE, Type.ID_NUMBER)
        secret = field is not None and field.sensitivity >= masking.RESTRICTED
        if isinstance(value, str) and (named or secret):
            return masking.value(field, value, born_shown=born)
        return value

    disputes: dict[str, list[Shown]] = record["conflicts"]  # type: ignore[assignment]
    return {
        **record,
        "fields": hide("", record["fields"]),
        "conflicts": {
            group: [{**one, "value": hide(group, one["value"])} for one in versions]
            for group, versions in disputes.items()
        },
    }


def is_retired(record: Record) -> bool:
    """Retired for sure: nobody still speaks of it as living."""
    heads = record.heads.get(RETIRED_GROUP, ())
    return bool(heads) and not record.doubts and all(head.value[0] for head in heads)


def describe(record: Record, own: frozenset[Id] = frozenset(), status: str | None = None) -> Shown:
    """One record as files show it. `own`: own changes among its heads; `status`: of a matter."""
    shape, kind = shape_of(record.kind), KINDS[record.kind]
    fields: Shown = {}
    for group, heads in record.heads.items():
        value = shown(shape, group, heads, own)
        if shape.merge(group) is Merge.SET:
            fields[group] = to_json(kind.fields.get(group), value)
        else:
            for key, one in zip(shape.keys(group), value, strict=True):
                if one is not None:
                    fields[key] = to_json(kind.fields.get(key), one)
    if record.kind == Matter.kind:
        fields["status"] = status or standing([]).status
    return {
        "kind": record.kind,
        "record": ids.text(record.id),
        "place": ids.text(record.place),
        "fields": fields,
        "heads": {
            group: sorted(ids.text(head.change) for head in heads)
            for group, heads in sorted(record.heads.items())
        },
        "conflicts": {group: versions(record, kind, group) for group in sorted(conflicts(record))},
        "pending": len(own),
    }


def versions(record: Record, kind: type[Kind], group: str) -> list[Shown]:
    """All versions of a group that count, sorted by change; of a record retired in doubt, both sides."""
    heads = list(record.heads.get(group, ()))
    if group == RETIRED_GROUP:
        doubted = {other for _, other in record.doubts}
        heads += [
            head
            for other, others in record.heads.items()
            if other != RETIRED_GROUP
            for head in others
            if head.change in doubted
        ]
    found = [
        {
            "change": ids.text(head.change),
            "value": _version(kind, group, head),
            "author": ids.text(head.author),
            "at": format_instant(head.at),
        }
        for head in {head.change: head for head in heads}.values()
    ]
    return sorted(found, key=lambda version: str(version["change"]))


def _version(kind: type[Kind], group: str, head: Head) -> object:
    fields = kind.groups.get(group, ())
    if len(head.value) == 1 or len(fields) != len(head.value):
        return to_json(fields[0] if fields else None, head.value[0] if head.value else None)
    return {field.key: to_json(field, value) for field, value in zip(fields, head.value, strict=True)}


def _statuses(connection: Connection) -> dict[Id, str]:
    """The status of every matter that has steps."""
    steps: dict[Id, list[Step]] = {}
    for matter, step, status, after in connection.exec_driver_sql(
        "SELECT matter, id, status, after FROM k_matter_step WHERE retired IS NULL OR retired = ''"
    ):
        seen = frozenset(one for one in elements(after) if isinstance(one, bytes))
        steps.setdefault(matter, []).append(Step(step, status, seen))
    return {matter: standing(known).status for matter, known in steps.items()}
