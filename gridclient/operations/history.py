"""Who said what when: the history of records in words, masked as their pages are."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain import masking
from gridclient.core.domain.declaration import RETIRED_GROUP, Field, Type
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.people import Resident
from gridclient.ledger import history as kept
from gridclient.ledger import records
from gridclient.ledger.erasing import ERASED
from gridclient.ledger.households import worker_names
from gridclient.ledger.identity import identity
from gridclient.ledger.writing import UNDONE
from gridclient.operations.listing import moment
from gridclient.operations.settle import Spoken
from gridclient.operations.undo import AGAIN, TAKEN_BACK

HERE = "这台电脑"
ELSEWHERE = "别的电脑"
OLDER = "更早的改动在服务器上，这台电脑不知道"
NOBODY = "不认识的人"
ME = "我"
_STATES = {"pending": "还没送到", "held": "先放在书记那里", "quarantined": "送不出"}
_NOTHING = "空"
_GONE = {"moved": "搬走", "merged": "并户"}


class Line(NamedTuple):
    """One field of a change. `before` is "" where nobody here knows it."""

    group: str
    label: str
    before: str
    after: str


class Told(NamedTuple):
    """One change in words. `what`: 登记, 改, 更正, 核实, 撤回 …; `state`: what still becomes of it; `stands`:
    something of it holds now."""

    change: Id
    kind: str
    record: Id
    at: int
    who: str
    where: str
    what: str
    state: str
    reason: str
    stands: bool
    lines: tuple[Line, ...]


class Story(NamedTuple):
    """A record and all known of its changes, the newest first. `name`: what it is called; `older`: the
    labels of fields about which more may be known elsewhere; `values`: what holds now, by group."""

    kind: str
    record: Id
    name: str
    door: str
    told: tuple[Told, ...]
    older: tuple[str, ...]
    values: tuple[Line, ...]


class Teller:
    """Tells histories within one reading of a ledger."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._spoken = Spoken(connection)
        mine = identity(connection)
        self._workers = {mine.worker: mine.name or ME} | worker_names(connection)
        self._enrolled = mine.enrolled

    def story(self, kind: str, record: Id) -> Story | None:
        """Everything about one record; None where this ledger does not have it."""
        held = records.load(self._connection, kind, record)
        if held is None:
            return None
        (found,) = kept.histories(self._connection, kind, [record])
        known = KINDS[kind].fields
        values = [
            Line(group, known[group].zh, "", self._values(kind, keys_of(kind, group), heads[0].value))
            for group, heads in held.heads.items()
            if group in known
        ]
        values = [line for line in values if line.after != _NOTHING]
        order = list(KINDS[kind].groups)
        values.sort(key=lambda line: order.index(line.group))
        older = tuple(known[group].zh for group in sorted(found.partly) if group in known)
        name, door = self._spoken.name(held), self._spoken.door(held)
        return Story(kind, record, name, door, self.told(found), older, tuple(values))

    def told(self, found: kept.History) -> tuple[Told, ...]:
        """The events of a history in words."""
        return tuple(self._told(found, event) for event in found.events)

    def changes(self, kind: str, wanted: Sequence[Id]) -> list[Told]:
        """What happened to several records of a kind since they were made."""
        every = kept.histories(self._connection, kind, wanted) if wanted else []
        return [self._told(found, event) for found in every for event in found.events if not event.creates]

    def _told(self, found: kept.History, event: kept.Event) -> Told:
        lines = tuple(self._line(found.kind, one) for one in event.written if one.group != RETIRED_GROUP)
        return Told(
            event.change,
            found.kind,
            found.record,
            event.at,
            self._workers.get(event.author, "") or NOBODY,
            HERE if event.here else ELSEWHERE,
            _what(found.kind, event),
            _STATES.get(event.state, "") if self._enrolled else "",
            event.reason if event.reason not in (None, TAKEN_BACK, AGAIN) else "",
            event.stands,
            lines,
        )

    def _line(self, kind: str, one: kept.Written) -> Line:
        field = KINDS[kind].fields.get(one.group)
        label = field.zh if field else one.group
        if one.is_set:
            return Line(
                one.group, label, self._set("去掉", field, one.before), self._set("加上", field, one.after)
            )
        before = "" if one.before is None else self._values(kind, one.keys, one.before)
        return Line(one.group, label, before, self._values(kind, one.keys, one.after))

    def _set(self, word: str, field: Field | None, elements: kept.Values | None) -> str:
        said = "、".join(self._value(field, element) for element in elements or ())
        return f"{word} {said}" if said else ""

    def _values(self, kind: str, keys: Sequence[str], values: Sequence[object]) -> str:
        fields = KINDS[kind].fields
        if len(keys) and keys[0] in fields and fields[keys[0]].is_set:
            return "、".join(self._value(fields[keys[0]], one) for one in values) or _NOTHING
        said = [
            self._value(fields.get(key), one)
            for key, one in zip(keys, values, strict=False)
            if one not in (None, "")
        ]
        return "，".join(said) or _NOTHING

    def _value(self, field: Field | None, value: object) -> str:
        if value is None or value == "":
            return _NOTHING
        if isinstance(value, bytes):
            return self._named(field, value)
        if field is None:
            return masking.text(str(value))
        if field.codes is not None:
            return field.codes.label(str(value))
        if field.type is Type.INSTANT and isinstance(value, int):
            return moment(value)
        if field.type is Type.FLAG:
            return "是" if value else "否"
        if field.type is Type.PHONE and not field.sensitivity:
            return str(value)  # a number of the office, printed on cards
        return masking.value(field, str(value), born_shown=True)

    def _named(self, field: Field | None, value: Id) -> str:
        kind = field.to if field is not None else ""
        if kind == "worker":
            return self._workers.get(value, "") or NOBODY
        held = records.load(self._connection, kind, value) if kind in KINDS else None
        if held is None:
            return "另一条记录"
        return (
            self._spoken.name(held)
            if kind == Resident.kind
            else self._spoken.door(held) or self._spoken.name(held)
        )


def keys_of(kind: str, group: str) -> tuple[str, ...]:
    """The fields of a group."""
    return tuple(field.key for field in KINDS[kind].groups[group])


def _what(kind: str, event: kept.Event) -> str:
    if event.reason == TAKEN_BACK:
        return "撤回"
    if event.reason == AGAIN:
        return "恢复"
    if event.creates:
        return "导入" if event.batch is not None else "登记"
    retired = next((one for one in event.written if one.group == RETIRED_GROUP), None)
    if retired is not None and retired.after and retired.after[0] == UNDONE:
        return "撤回"
    if retired is not None and retired.after and retired.after[0] == ERASED:
        return "清除"
    if retired is not None and retired.after:
        gone = str(retired.after[0] or "")
        return _GONE.get(gone, "停用") if gone else "恢复"
    if retired is not None:
        return "恢复"
    if {one.group for one in event.written} == {"verified"}:
        return "核实"
    if event.batch is not None:
        return "导入"
    return "更正" if KINDS[kind].written_once else "改"
