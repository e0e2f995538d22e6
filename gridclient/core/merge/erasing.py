"""Erasing: the change that empties a record, and what is left of the changes before it."""

import msgspec

from gridclient.core.domain.declaration import RETIRED_GROUP, Kind, Merge
from gridclient.core.merge.change import Change
from gridclient.core.merge.record import Record
from gridclient.core.merge.shape import shape_of

ERASED = "erased"


def erases(change: Change) -> bool:
    """Whether a change says that its record is erased."""
    return change.fields.get(Kind.retired.key) == ERASED


def is_erased(record: Record) -> bool:
    """Whether somebody has erased a record; others may have written to it without knowing."""
    return any(head.value[0] == ERASED for head in record.heads.get(RETIRED_GROUP, ()))


def emptied(change: Change) -> Change:
    """A change that still says which groups it wrote, and nothing of what. One that erases stays one, and
    keeps its reason."""
    shape = shape_of(change.kind)
    fields: dict[str, object] = {
        key: [[], []] if shape.merge(shape.group_of(key)) is Merge.SET else None for key in change.fields
    }
    if erases(change):
        fields[Kind.retired.key] = ERASED
    return msgspec.structs.replace(change, fields=fields, reason=change.reason if erases(change) else None)
