"""Where people disagree: every version of every disputed field, one a row, those of one field together."""

from collections.abc import Callable
from typing import NamedTuple

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import RETIRED_GROUP
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.merge.record import Head, Record
from gridclient.ledger.ledger import Ledger
from gridclient.operations.export_people import numbered, serial
from gridclient.operations.export_scope import Extent
from gridclient.operations.listing import Listing, Made, Reading, moment, spoken
from gridclient.operations.settle import Spoken, disputed

DISPUTE = "分歧"
_STILL = "还在，有人又写了新的"
_EMPTY = "空"


class _Version(NamedTuple):
    about: tuple[str, str, str]
    record: Record
    group: str
    head: Head
    author: str


def conflicts(ledger: Ledger, extent: Extent) -> Listing:
    """Every version, those of one dispute together."""
    rows: list[_Version] = []
    found = [one for one in disputed(ledger) if extent.places is None or one[0].place in extent.places]
    with ledger.reading() as connection:
        known = Spoken(connection)
        for record, group in found:
            about = (KINDS[record.kind].zh, known.name(record), known.door(record))
            for head in _heads(record, group):
                rows.append(_Version(about, record, group, head, known.author(head.author)))
    # A birthday in dispute may stand beside a number in dispute.
    born = frozenset({f"{DISPUTE}.说法"})
    groups = [(one.record.id, one.group) for one in rows]
    return Listing([()] * len(rows), {}, _made(rows), groups, born)


def _made(rows: list[_Version]) -> dict[str, Made]:
    def each(say: Callable[[_Version], str]) -> Made:
        return lambda _: [say(one) for one in rows]

    groups = [(one.record.id, one.group) for one in rows]
    made: dict[str, Made] = {
        "编号": lambda _: numbered(groups),
        "序号": serial(rows),
        "种类": each(lambda one: one.about[0]),
        "姓名": each(lambda one: one.about[1]),
        "门牌": each(lambda one: one.about[2]),
        "栏目": each(_label),
        "说法": lambda reading: [_said(one, reading) for one in rows],
        "谁说的": each(lambda one: one.author),
        "什么时候": each(lambda one: moment(one.head.at)),
        "记录号": each(lambda one: ids.text(one.record.id)),
        "改动号": each(lambda one: ids.text(one.head.change)),
    }
    return {f"{DISPUTE}.{name}": say for name, say in made.items()}


def _label(one: _Version) -> str:
    field = KINDS[one.record.kind].fields.get(one.group)
    return field.zh if field else one.group


def _said(one: _Version, reading: Reading) -> str:
    if one.head not in one.record.heads.get(one.group, ()):
        return _STILL
    fields = KINDS[one.record.kind].groups.get(one.group, ())
    if len(fields) != len(one.head.value):
        return "" if reading.masked else str(one.head.value[0])
    said = [
        ids.text(value) if isinstance(value, bytes) else spoken(field, [value], reading)[0]
        for field, value in zip(fields, one.head.value, strict=True)
        if value is not None
    ]
    return "，".join(filter(None, said)) or _EMPTY


def _heads(record: Record, group: str) -> list[Head]:
    """The versions that stand against each other; of a record retired in doubt both sides."""
    heads = {head.change: head for head in record.heads.get(group, ())}
    if group == RETIRED_GROUP:
        doubted: set[Id] = {other for _, other in record.doubts}
        for others in record.heads.values():
            heads |= {one.change: one for one in others if one.change in doubted and one.change not in heads}
    return sorted(heads.values(), key=lambda head: head.change)
