"""Records as columns of words by name: what tables and official forms are filled from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Connection

from gridclient.core.domain import masking
from gridclient.core.domain.declaration import Field, Type
from gridclient.core.domain.people import Resident
from gridclient.core.merge.compact import elements

_TOGETHER = 1000
Row = tuple[Any, ...]
SECRET = "（保密）"
# All of China keeps one time.
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Reading:
    """How records are read out. `masked`: without whole numbers; `born_shown`: a birthday or an age stands in
    the same table."""

    masked: bool = True
    born_shown: bool = True


Made = Callable[[Reading], Sequence[str]]
# Names, as tables of people have them, that tell when somebody was born.
TELLING_BIRTH = frozenset({"居民.年龄", *(f"居民.{word}" for word in Resident.birth.headers)})


@dataclass(frozen=True)
class Listing:
    """Records of one sort in the order of a table.

    Attributes:
        rows: their values as stored, by place.
        fields: name → where its value stands and what field it is of.
        made: name → how its column is made of something else than one field.
        groups: what household each row belongs to.
        born: names that tell when somebody was born; in one file with tables of people, theirs do.
        secret: rows of which a masked table says only what stands in `open`.
    """

    rows: Sequence[Sequence[object]]
    fields: dict[str, tuple[int, Field]]
    made: dict[str, Made]
    groups: Sequence[object]
    born: frozenset[str] = TELLING_BIRTH
    secret: frozenset[int] = frozenset()
    open: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.fields, *self.made)

    def table(
        self, names: Sequence[str], *, masked: bool, beside: Sequence[str] = ()
    ) -> list[tuple[str, ...]]:
        """The rows with these columns. `beside`: what else is shown in the same file."""
        reading = Reading(masked, not self.born.isdisjoint((*names, *beside)))
        return list(zip(*(self.column(name, reading) for name in names), strict=True))

    def column(self, name: str, reading: Reading) -> Sequence[str]:
        """One column of words, "" where nothing is known."""
        if name in self.made:
            said = self.made[name](reading)
        else:
            place, of = self.fields[name]
            said = spoken(of, [row[place] for row in self.rows], reading)
        if reading.masked and self.secret and name not in self.open:
            return [SECRET if at in self.secret else one for at, one in enumerate(said)]
        return said

    def stored(self, name: str) -> list[object]:
        """One column as it is stored."""
        place, _ = self.fields[name]
        return [row[place] for row in self.rows]


def gathered(connection: Connection, statement: str, given: tuple[object, ...]) -> list[Row]:
    """All rows of a query, fetched some at a time, so that other threads may run in between."""
    found: list[Row] = []
    for some in connection.exec_driver_sql(statement, given).partitions(_TOGETHER):
        found += map(tuple, some)
    return found


def spoken(of: Field, values: Sequence[object], reading: Reading) -> Sequence[str]:
    """Stored values of one field in words."""
    if of.is_set:
        return ["、".join(spoken_each(of, elements(one), reading)) if one else "" for one in values]
    return spoken_each(of, values, reading)


def spoken_each(of: Field, values: Sequence[object], reading: Reading) -> list[str]:
    """The same of single values."""
    if reading.masked and of.sensitivity >= masking.RESTRICTED and of.type is not Type.ID_NUMBER:
        return [masking.STAR * 3 if one else "" for one in values]
    if of.codes is not None:
        label = of.codes.labels
        return [label.get(one, one) if isinstance(one, str) else "" for one in values]
    if of.type is Type.INSTANT:
        return [moment(one) if isinstance(one, int) and one else "" for one in values]
    if of.type is Type.FLAG:
        return ["" if one is None else "是" if one else "否" for one in values]
    if of.type is Type.NUMBER:
        return ["" if one is None else str(one) for one in values]
    if reading.masked and of.type is Type.ID_NUMBER:
        return [masking.id_number(str(one), born_shown=reading.born_shown) if one else "" for one in values]
    if reading.masked and of.type in (Type.PHONE, Type.TEXT):
        shown = masking.phone if of.type is Type.PHONE else masking.text
        return [shown(str(one)) if one else "" for one in values]
    return [str(one) if one else "" for one in values]


def moment(millis: int) -> str:
    """2026-11-24 10:05, as watches in China show it."""
    return datetime.fromtimestamp(millis / 1000, CHINA).strftime("%Y-%m-%d %H:%M")
