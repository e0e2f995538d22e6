"""Changes as scripts write them, one JSON object each, made into what the ledger saves."""

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy import Connection

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Field, Kind
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matters import Matter, MatterStep
from gridclient.core.domain.values import Invalid, comparable, from_json
from gridclient.core.merge.change import Draft
from gridclient.core.merge.record import Heads, Record, shown
from gridclient.core.merge.shape import shape_of
from gridclient.ledger import records
from gridclient.ledger.identity import identity
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.places import place_of
from gridclient.ledger.writing import BadInputError, Writer

STATUS = "status"  # a matter's status is no field of it: writing it writes a step


def apply_line(ledger: Ledger, said: Mapping[str, object]) -> dict[str, str]:
    """Save one change: `{"kind", "record"?, "place"?, "fields": {}, "seen"?: […]}`.

    Returns its record and change ids as text.

    Raises:
        BadInputError: it is not well made; nothing was saved.
        KnownError: the disk is full …; nothing was saved.
    """
    with ledger.writing() as connection:
        try:
            drafts = _drafts(connection, ledger, said)
        except Invalid as invalid:
            raise BadInputError(str(invalid)) from invalid
        writer = Writer(connection, identity(connection), ledger.clock, ledger.randomness)
        made = [writer.write(draft) for draft in drafts]
    first = made[0]
    change = first.id if first else drafts[0].record
    return {"record": ids.text(drafts[0].record), "change": ids.text(change)}


def _drafts(connection: Connection, ledger: Ledger, said: Mapping[str, object]) -> list[Draft]:
    kind = KINDS.get(str(said.get("kind")))
    if kind is None:
        raise Invalid(f"没有“{said.get('kind')}”这种记录")
    given = said.get("fields")
    if not isinstance(given, Mapping):
        raise Invalid("fields 要写成 {栏目: 内容}")
    record = _id(said["record"], "record") if said.get("record") is not None else ledger.new_id()
    before = records.load(connection, kind.kind, record)
    rest = {key: value for key, value in given.items() if not (kind is Matter and key == STATUS)}
    drafts = []
    if rest or before is None:
        fields = read_fields(kind, rest, before)
        place = _place(connection, kind, said, fields, before)
        seen = _seen(said.get("seen"))
        drafts.append(Draft(kind.kind, record, place, fields, seen=seen, new=before is None))
    if kind is Matter and STATUS in given:
        place = before.place if before else drafts[0].place
        drafts.append(
            step_draft(connection, record, place, str(given[STATUS]), ledger.clock(), ledger.new_id())
        )
    return drafts


def step_draft(
    connection: Connection, matter: Id, place: Id, status: str, at: int, step: Id, **more: object
) -> Draft:
    """A new step of a matter, which has seen all its steps so far. Raises Invalid for an unknown status."""
    codes = MatterStep.status.codes
    code = codes.code(status) if codes else None
    if code is None:
        raise Invalid(f"诉求没有“{status}”这个状态")
    earlier = [
        found[0]
        for found in connection.exec_driver_sql("SELECT id FROM k_matter_step WHERE matter = ?", (matter,))
    ]
    fields: dict[str, object] = {"matter": matter, "status": code, "at": at, **more}
    if earlier:
        fields["after"] = [sorted(earlier), []]
    return Draft("matter_step", step, place, fields, new=True)


def read_fields(kind: type[Kind], given: Mapping[str, object], before: Record | None) -> dict[str, object]:
    """Fields as scripts write them, made whole: groups complete, sets as additions and removals.

    Raises:
        Invalid: an unknown field or a value that cannot stand.
    """
    fields: dict[str, object] = {}
    for key, value in given.items():
        field = kind.fields.get(key)
        if field is None:
            raise Invalid(f"{kind.zh}没有“{key}”这一栏")
        if field.is_set:
            fields[key] = _set_edit(field, value, before.heads.get(field.group, ()) if before else ())
        else:
            fields[key] = from_json(field, value)
    for key in list(fields):
        for mate in kind.groups[kind.fields[key].group]:
            if mate.key not in fields:
                fields[mate.key] = _current(kind, mate, before)
    return fields


def _current(kind: type[Kind], field: Field, before: Record | None) -> object:
    heads = before.heads.get(field.group, ()) if before else ()
    if not heads:
        return None
    keys = [mate.key for mate in kind.groups[field.group]]
    return shown(shape_of(kind.kind), field.group, heads)[keys.index(field.key)]


def _set_edit(field: Field, value: object, heads: Heads) -> list[list[object]]:
    """A list says what the set should be, `{"add": […], "remove": […]}` the difference outright."""
    now = {comparable(field, element): element for head in heads for element in head.value}
    if isinstance(value, Mapping):
        added = _elements(field, value.get("add", []))
        removed = _elements(field, value.get("remove", []))
    else:
        wanted = _elements(field, [] if value is None else value)
        keys = {comparable(field, element) for element in wanted}
        added = [element for element in wanted if comparable(field, element) not in now]
        removed = [element for key, element in now.items() if key not in keys]
    stored = {comparable(field, element) for element in removed}
    spelt = [element for head in heads for element in head.value if comparable(field, element) in stored]
    return [added, list(dict.fromkeys([*removed, *spelt]))]


def _elements(field: Field, value: object) -> list[object]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Invalid(f"{field.zh}：要写成列表")
    return [element for element in (from_json(field, one) for one in value) if element is not None]


def _place(
    connection: Connection,
    kind: type[Kind],
    said: Mapping[str, object],
    fields: Mapping[str, object],
    before: Record | None,
) -> Id:
    if said.get("place") is not None:
        return _id(said["place"], "place")
    place = before.place if before else place_of(connection, kind, fields)
    if place is None:
        raise Invalid(f"不知道这条{kind.zh}属于哪栋楼：先登记“{kind.within}”那条，或写明 place")
    return place


def _seen(value: object) -> tuple[Id, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise Invalid("seen 要写成列表")
    return tuple(sorted(_id(one, "seen") for one in cast(list[object], value)))


def _id(value: object, name: str) -> Id:
    try:
        return ids.parse(str(value))
    except ValueError as error:
        raise Invalid(f"{name}：“{value}”不是记录号") from error
