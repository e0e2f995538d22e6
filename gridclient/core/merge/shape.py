"""What merging has to know of a kind: its groups, which of them are sets, the order of its columns."""

from dataclasses import dataclass
from functools import cache

from gridclient.core.domain.declaration import RETIRED_GROUP, Field, Merge
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.values import comparable


@dataclass(frozen=True)
class Shape:
    """The merge view of one kind. A kind or field this program does not know is carried, never dropped."""

    kind: str
    fields: dict[str, Field]
    groups: dict[str, tuple[Field, ...]]

    def group_of(self, field: str) -> str:
        known = self.fields.get(field)
        return known.group if known else field

    def keys(self, group: str) -> tuple[str, ...]:
        """The fields of a group in order; an unknown field is a group of its own."""
        known = self.groups.get(group)
        return tuple(field.key for field in known) if known else (group,)

    def merge(self, group: str) -> Merge:
        known = self.groups.get(group)
        return known[0].merge if known else Merge.VALUE

    def comparable(self, group: str, value: tuple[object, ...]) -> tuple[object, ...]:
        """The value of a group as it counts for being equal: after normalisation."""
        known = self.groups.get(group)
        if known is None or self.merge(group) is Merge.SET:
            return value
        return tuple(comparable(field, one) for field, one in zip(known, value, strict=True))

    def is_retired(self, group: str, value: tuple[object, ...]) -> bool:
        return group == RETIRED_GROUP and bool(value and value[0])


@cache
def shape_of(kind: str) -> Shape:
    """The shape of a kind by name; an unknown name gives a shape with no known field."""
    known = KINDS.get(kind)
    return Shape(kind, known.fields, known.groups) if known else Shape(kind, {}, {})
