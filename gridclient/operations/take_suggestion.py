"""What an import suggested where somebody had spoken already: taken over, or let be."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain.declaration import RETIRED_GROUP, Field, Type
from gridclient.core.domain.desk import ReviewItem
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import Invalid
from gridclient.core.merge.change import Draft
from gridclient.core.merge.record import Record, seen_by, shown
from gridclient.core.merge.shape import shape_of
from gridclient.ledger import records
from gridclient.ledger.households import Row, row, rows
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import BadInputError, Touched
from gridclient.operations.apply import judge_codes, read_fields

OPEN = "open"
ACCEPTED = "accepted"
DECLINED = "declined"
_SORT = "suggestion"


class Suggestion(NamedTuple):
    """One open suggestion: the record it is about (None: this ledger does not hold it), what stands there now
    and what the file says."""

    item: Row
    record: Record | None
    field: Field | None
    now: object
    value: object


def open_suggestions(connection: Connection) -> list[Suggestion]:
    """Everything imports suggested and nobody decided yet, in the order it came."""
    found = rows(
        connection,
        ReviewItem.kind,
        "sort = ? AND state = ? AND (retired IS NULL OR retired = '')",
        (_SORT, OPEN),
        "ORDER BY pk",
    )
    return [_suggestion(connection, item) for item in found]


def take_suggestions(ledger: Ledger, items: Iterable[Id], accept: bool) -> Touched:
    """Decide suggestions in one transaction: what a file says is written, or what stands there stays. Of
    several about one value the last counts.

    Raises:
        KnownError: one of them speaks of a record that is retired or not here; nothing was written.
    """
    taken: dict[tuple[Id, str], Draft] = {}
    closed: list[Draft] = []
    reasons: list[str] = []
    with ledger.reading() as connection:
        for identity in items:
            item = row(connection, ReviewItem.kind, identity)
            if item is None or item.text("state") != OPEN:
                continue
            if accept:
                _take(_suggestion(connection, item), taken)
                reasons.append(item.text("origin"))
            state = ACCEPTED if accept else DECLINED
            closed.append(Draft(ReviewItem.kind, item.id, item.place, {"state": state}))
    if not closed:
        return Touched()
    return ledger.write([*taken.values(), *closed], reason=_reason(reasons) if accept else None)


def _suggestion(connection: Connection, item: Row) -> Suggestion:
    kind, identity = item.text("record_kind"), item.fields.get("record")
    field = KINDS[kind].fields.get(item.text("field")) if kind in KINDS else None
    record = records.load(connection, kind, identity) if field and isinstance(identity, bytes) else None
    now = None
    if record is not None and field is not None:
        heads = record.heads.get(field.group, ())
        keys = shape_of(kind).keys(field.group)
        now = shown(shape_of(kind), field.group, heads)[keys.index(field.key)] if heads else None
    return Suggestion(item, record, field, now, _value(field, item.text("value")))


def _value(field: Field | None, written: str) -> object:
    """A value as scripts write it, of what a suggestion carries as text."""
    if field is None:
        return written
    if field.type in (Type.NUMBER, Type.INSTANT) and written.lstrip("-").isdigit():
        return int(written)
    return written == "True" if field.type is Type.FLAG else written


def _take(found: Suggestion, taken: dict[tuple[Id, str], Draft]) -> None:
    """Add the change that takes a suggestion over; one change a group, whatever was suggested about it."""
    record, field = found.record, found.field
    retired = record.heads.get(RETIRED_GROUP, ()) if record else ()
    if record is None or field is None or any(head.value[0] for head in retired):
        raise KnownError(
            "suggestion_gone",
            "这条资料已经停用，或者不在这台电脑里，没法用表里的。可以留着原来的。",
            "That record is retired or not in this ledger; the suggestion can only be declined.",
        )
    try:
        fields = read_fields(KINDS[record.kind], {field.key: found.value}, record)
        judge_codes(KINDS[record.kind], fields, record)
    except Invalid as invalid:
        raise BadInputError(str(invalid)) from invalid
    earlier = taken.get((record.id, field.group))
    if earlier is not None:
        fields = {**earlier.fields, field.key: fields[field.key]}
    seen = seen_by(record, [field.group])
    taken[record.id, field.group] = Draft(record.kind, record.id, record.place, fields, seen=seen)


def _reason(origins: list[str]) -> str:
    first = dict.fromkeys(origins)
    told = "、".join(list(first)[:3])
    return f"采用导入建议：{told}" + ("…" if len(first) > 3 else "")
