"""Changes as scripts write them, one JSON object each, made into what the ledger saves."""

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy import Connection

from gridclient.core.domain import ids
from gridclient.core.domain.addresses import building_number
from gridclient.core.domain.addresses import room as plain_room
from gridclient.core.domain.addresses import unit as plain_unit
from gridclient.core.domain.declaration import RETIRED_GROUP, Field, Kind, Merge
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.geography import (
    Building,
    Compound,
    Dwelling,
    building_id,
    compound_id,
    dwelling_id,
)
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matters import Matter, MatterStep
from gridclient.core.domain.values import Invalid, comparable, from_json, normal_text
from gridclient.core.merge.change import Draft
from gridclient.core.merge.record import Heads, Record, shown
from gridclient.core.merge.shape import shape_of
from gridclient.ledger import records
from gridclient.ledger.households import row
from gridclient.ledger.identity import identity
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.places import place_of
from gridclient.ledger.writing import UNDONE, BadInputError, Writer

STATUS = "status"  # a matter's status is no field of it: writing it writes a step


def apply_line(ledger: Ledger, said: Mapping[str, object]) -> dict[str, str]:
    """Save one change: `{"kind", "record"?, "place"?, "fields": {}, "seen"?: […]}`.

    Returns its record and change ids as text. A compound, building or dwelling without `record` is the one
    of that name: where it is there already, the line changes it (or, saying nothing new, answers its ids).

    Raises:
        BadInputError: it is not well made; nothing was saved.
        KnownError: the disk is full …; nothing was saved.
    """
    with ledger.writing() as connection:
        try:
            record, drafts = _drafts(connection, ledger, said)
        except Invalid as invalid:
            raise BadInputError(str(invalid)) from invalid
        except RecursionError as deep:
            raise BadInputError("内容套得太深") from deep
        writer = Writer(connection, identity(connection), ledger.clock, ledger.randomness)
        made = [writer.write(draft) for draft in drafts]
    change = made[0].id if made and made[0] else record
    return {"record": ids.text(record), "change": ids.text(change)}


def _drafts(connection: Connection, ledger: Ledger, said: Mapping[str, object]) -> tuple[Id, list[Draft]]:
    kind = KINDS.get(str(said.get("kind")))
    if kind is None:
        raise Invalid(f"没有“{said.get('kind')}”这种记录")
    given = said.get("fields")
    if not isinstance(given, Mapping):
        raise Invalid("fields 要写成 {栏目: 内容}")
    rest = {key: value for key, value in given.items() if not (kind is Matter and key == STATUS)}
    named = None if said.get("record") is not None else natural_id(connection, kind, rest)
    record = _id(said["record"], "record") if said.get("record") is not None else named or ledger.new_id()
    before = records.load(connection, kind.kind, record)
    drafts = []
    fields = read_fields(kind, rest, before)
    judge_codes(kind, fields, before)
    fields = {key: value for key, value in fields.items() if not (kind.fields[key].is_set and _idle(value))}
    if before is not None:
        _judge_parents(connection, kind, fields, before)
        if named:
            fields = _news(before, fields)
    if fields or before is None:
        place = _place(connection, kind, said, fields, before)
        seen = _seen(said.get("seen"))
        drafts.append(Draft(kind.kind, record, place, fields, seen=seen, new=before is None))
    if kind is Matter and STATUS in given:
        place = before.place if before else drafts[0].place
        drafts.append(
            step_draft(connection, record, place, str(given[STATUS]), ledger.clock(), ledger.new_id())
        )
    if not drafts and not named:
        raise Invalid("没有要改的")
    return record, drafts


def natural_id(connection: Connection, kind: type[Kind], given: Mapping[str, object]) -> Id | None:
    """The id that the name of a compound, building or dwelling gives it on every laptop.

    None for other kinds, and where the name is not whole or its parents are not known here.
    """
    said = {key: value for key, value in given.items() if isinstance(value, str)}
    if kind is Compound:
        title = normal_text(said.get(Compound.title.key, ""))
        return compound_id(title) if title else None
    if kind is Building:
        compound = row(connection, Compound.kind, _known(said, Building.compound))
        number = building_number(said.get(Building.number.key, ""))
        return building_id(compound.text(Compound.title.key), number) if compound and number else None
    if kind is not Dwelling:
        return None
    block = row(connection, Building.kind, _known(said, Dwelling.building))
    above = block.fields.get(Building.compound.key) if block else None
    compound = row(connection, Compound.kind, above) if isinstance(above, bytes) else None
    room = plain_room(said.get(Dwelling.room.key, ""))
    if block is None or compound is None or not room:
        return None
    number = building_number(block.text(Building.number.key))
    return dwelling_id(
        compound.text(Compound.title.key), number, plain_unit(said.get(Dwelling.unit.key, "")), room
    )


def _known(said: Mapping[str, str], field: Field) -> Id | None:
    return _id(said[field.key], field.zh) if said.get(field.key) else None


def _news(before: Record, fields: Mapping[str, object]) -> dict[str, object]:
    """What a line that makes a record anew says beyond what is shown; a making taken back is made again."""
    shape = shape_of(before.kind)
    news: dict[str, object] = {}
    for group in dict.fromkeys(shape.group_of(key) for key in fields):
        keys = shape.keys(group)
        said = {key: fields[key] for key in keys}
        heads = before.heads.get(group, ())
        now = shown(shape, group, heads) if heads else (None,) * len(keys)
        alike = shape.comparable(group, tuple(said.values())) == shape.comparable(group, now)
        if shape.merge(group) is Merge.SET or not alike:
            news.update(said)
    retired = before.heads.get(RETIRED_GROUP, ())
    if retired and retired[0].value[0] == UNDONE:
        news = {**news, Kind.retired.key: None, Kind.successor.key: None}
    return news


def judge_codes(kind: type[Kind], fields: Mapping[str, object], before: Record | None) -> None:
    """Raises Invalid for a code no list holds, unless it stands there already: newer programs write such."""
    for key, value in fields.items():
        field = kind.fields[key]
        if field.codes is None:
            continue
        said: object = value[0] if field.is_set and isinstance(value, list) else [value]
        known = {*field.codes.labels, None}
        wrong = [one for one in cast(list[object], said) if one not in known]
        if wrong and (field.is_set or wrong[0] != _current(kind, field, before)):
            raise Invalid(f"{field.zh}：没有“{wrong[0]}”这个选项")


def _judge_parents(
    connection: Connection, kind: type[Kind], fields: Mapping[str, object], before: Record
) -> None:
    """What a record hangs on may change only within its place; into another it moves, and leaves a trace."""
    for key in kind.parents():
        parent = fields.get(key)
        if not isinstance(parent, bytes) or parent == _current(kind, kind.fields[key], before):
            continue
        if place_of(connection, kind, {key: parent}) != before.place:
            raise Invalid(f"{kind.fields[key].zh}：那一条不在同一栋楼，要按搬家来记")


def _idle(edit: object) -> bool:
    return edit == [[], []]


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
    """A list says what the set should be, `{"add": […], "remove": […]}` the difference outright.

    Adding what is shown and removing what is not is left out; a removal takes every spelling that is shown.
    """
    now = {comparable(field, element): element for head in heads for element in head.value}
    if isinstance(value, Mapping):
        strange = [key for key in value if key not in ("add", "remove")]
        if strange:
            raise Invalid(f"{field.zh}：只能写 add 和 remove，没有“{strange[0]}”")
        wanted = _elements(field, value.get("add", []))
        gone = {comparable(field, element) for element in _elements(field, value.get("remove", []))}
    else:
        wanted = _elements(field, [] if value is None else value)
        gone = set(now) - {comparable(field, element) for element in wanted}
    added = {comparable(field, element): element for element in reversed(wanted)}
    spelt = [element for head in heads for element in head.value if comparable(field, element) in gone]
    return [
        [
            element
            for key, element in reversed(added.items())
            if key is not None and (key not in now or key in gone)
        ],
        list(dict.fromkeys(spelt)),
    ]


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
