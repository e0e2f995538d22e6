"""What merging has to know of a kind: its groups, which of them are sets, the order of its columns."""

from dataclasses import dataclass
from functools import cache, cached_property

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
        return self._groups.get(field, field)

    def keys(self, group: str) -> tuple[str, ...]:
        """The fields of a group in order; an unknown field is a group of its own."""
        return self._keys.get(group) or (group,)

    def merge(self, group: str) -> Merge:
        return self._merges.get(group, Merge.VALUE)

    def comparable(self, group: str, value: tuple[object, ...]) -> tuple[object, ...]:
        """The value of a group as it counts for being equal: after normalisation."""
        known = self.groups.get(group)
        if known is None or self.merge(group) is Merge.SET:
            return value
        return tuple(comparable(field, one) for field, one in zip(known, value, strict=True))

    @cached_property
    def columns(self) -> dict[str, tuple[bool, tuple[int, ...]]]:
        """Of every known group whether it is a set, and at which columns its fields stand."""
        column = {key: at for at, key in enumerate(self.fields)}
        return {
            group: (self.merge(group) is Merge.SET, tuple(column[field.key] for field in fields))
            for group, fields in self.groups.items()
        }

    @cached_property
    def sets(self) -> frozenset[str]:
        """The groups that are sets."""
        return frozenset(group for group, merge in self._merges.items() if merge is Merge.SET)

    @cached_property
    def _groups(self) -> dict[str, str]:
        return {key: field.group for key, field in self.fields.items()}

    @cached_property
    def _keys(self) -> dict[str, tuple[str, ...]]:
        return {group: tuple(field.key for field in fields) for group, fields in self.groups.items()}

    @cached_property
    def _merges(self) -> dict[str, Merge]:
        return {group: fields[0].merge for group, fields in self.groups.items()}

    def is_retired(self, group: str, value: tuple[object, ...]) -> bool:
        return group == RETIRED_GROUP and bool(value and value[0])


@cache
def shape_of(kind: str) -> Shape:
    """The shape of a kind by name; an unknown name gives a shape with no known field."""
    known = KINDS.get(kind)
    return Shape(kind, known.fields, known.groups) if known else Shape(kind, {}, {})
