"""Changing what is known: a person, a household; registering a new one; confirming that nothing changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.geography import Building, Compound, dwelling_id
from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import Invalid
from gridclient.core.merge.change import Draft
from gridclient.ledger import records
from gridclient.ledger.households import row, rows
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.places import place_of
from gridclient.ledger.writing import BadInputError, Touched
from gridclient.operations.apply import read_fields
from gridclient.operations.settle import Spoken

_LIVE = "(retired IS NULL OR retired = '')"


def edit_record(
    ledger: Ledger, kind: str, record: Id | None, fields: Mapping[str, object], seen: tuple[Id, ...] | None
) -> Touched:
    """Save changed fields of a record (None: a new one). `seen`: the heads that were on the screen.

    Raises:
        BadInputError: a value cannot stand; nothing was saved.
    """
    with ledger.reading() as connection:
        before = records.load(connection, kind, record) if record else None
        try:
            made = read_fields(KINDS[kind], fields, before)
        except Invalid as invalid:
            raise BadInputError(str(invalid)) from invalid
        place = before.place if before else place_of(connection, KINDS[kind], made)
    if place is None:
        raise BadInputError("不知道这条资料属于哪一户")
    if before is None:
        return ledger.write([Draft(kind, record or ledger.new_id(), place, _filled(kind, made), new=True)])
    return ledger.write([Draft(kind, before.id, place, made, seen=seen)])


def _filled(kind: str, fields: Mapping[str, object]) -> dict[str, object]:
    """What is said of a new record: nothing empty, but groups whole."""
    groups = KINDS[kind].groups
    # In the order they were given: what is written twice alike has to be alike, byte for byte.
    told = dict.fromkeys(KINDS[kind].fields[key].group for key, value in fields.items() if value is not None)
    return {field.key: fields.get(field.key) for group in told for field in groups[group]}


def register_household(
    ledger: Ledger,
    dwelling: Id | None,
    place: Mapping[str, object],
    about: Mapping[str, object],
    head: Mapping[str, object],
    others: Sequence[Mapping[str, object]] = (),
) -> tuple[Touched, Id]:
    """A new household with its head and the others, at a known door or one described by `place`; its id.

    Raises:
        BadInputError: a value cannot stand; nothing was saved.
    """
    drafts: list[Draft] = []
    try:
        with ledger.reading() as connection:
            if dwelling is None:
                fields = read_fields(KINDS["dwelling"], place, None)
                building = fields.get("building")
                if not isinstance(building, bytes):
                    raise BadInputError("先写明是哪栋楼")
                block = row(connection, "building", building)
                compound = row(connection, "compound", _id(block.fields.get("compound"))) if block else None
                dwelling = dwelling_id(
                    compound.text(Compound.title.key) if compound else "",
                    block.text(Building.number.key) if block else "",
                    str(fields.get("unit") or ""),
                    str(fields.get("room") or ""),
                )
                if row(connection, "dwelling", dwelling) is None:
                    drafts.append(Draft("dwelling", dwelling, building, fields, new=True))
                where: Id | None = building
            else:
                where = place_of(connection, KINDS["household"], {"dwelling": dwelling})
        if where is None:
            raise BadInputError("不知道这一户在哪栋楼")
        household, person = ledger.new_id(), ledger.new_id()
        said = read_fields(KINDS["household"], about, None)
        people = [{"relation_to_head": "02", **head}, *others]
        read = [read_fields(KINDS["resident"], who, None) for who in people]
    except Invalid as invalid:
        raise BadInputError(str(invalid)) from invalid
    drafts.append(
        Draft(
            "household",
            household,
            where,
            _filled("household", {**said, "dwelling": dwelling, "head": person}),
            new=True,
        )
    )
    for who in read:
        drafts.append(
            Draft("resident", person, where, _filled("resident", {**who, "household": household}), new=True)
        )
        person = ledger.new_id()
    return ledger.write(drafts), household


class Known(NamedTuple):
    """Somebody of this ledger who bears an ID number, and behind which door."""

    resident: Id
    name: str
    door: str


def known_by_number(ledger: Ledger, numbers: Iterable[object]) -> list[Known]:
    """Who is registered with one of these ID numbers already."""
    wanted = [number for number in numbers if isinstance(number, str) and number]
    found = []
    with ledger.reading() as connection:
        spoken = Spoken(connection)
        for number in dict.fromkeys(wanted):
            for one in rows(connection, "resident", f"id_number = ? AND {_LIVE}", (number,)):
                held = records.load(connection, "resident", one.id)
                where = spoken.door(held) if held is not None else ""
                found.append(Known(one.id, one.text("name"), where))
    return found


def verify_household(ledger: Ledger, household: Id) -> Touched:
    """核实无变化: everything known about a household holds as of now."""
    now = ledger.clock()
    with ledger.reading() as connection:
        found = row(connection, "household", household)
        people = rows(connection, "resident", f"household = ? AND {_LIVE}", (household,))
    if found is None:
        raise BadInputError("台账里没有这一户")
    drafts = [Draft("household", household, found.place, {"verified": now})]
    drafts += [Draft("resident", person.id, person.place, {"verified": now}) for person in people]
    return ledger.write(drafts)


def verify_person(ledger: Ledger, resident: Id) -> Touched:
    """Everything known about one person holds as of now."""
    with ledger.reading() as connection:
        found = row(connection, "resident", resident)
    if found is None:
        raise BadInputError("台账里没有这个人")
    return ledger.write([Draft("resident", resident, found.place, {"verified": ledger.clock()})])


def _id(value: object) -> Id | None:
    return value if isinstance(value, bytes) else None
