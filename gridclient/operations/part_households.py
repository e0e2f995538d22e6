"""Households that end or change shape behind a door: 迁出, 分户, 并户. Each is one act and can be taken back.

Who leaves the community is retired where they lived, with the tags about them over and what was agreed with
them cancelled; matters still open stay open until they are done. Visits stay where they happened.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain import ids
from gridclient.core.domain.care import CareTag
from gridclient.core.domain.declaration import Kind
from gridclient.core.domain.geography import Dwelling
from gridclient.core.domain.household_life import Act, life, successor_id, written
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matters import Matter
from gridclient.core.domain.outreach import Appointment
from gridclient.core.domain.people import Household, Resident
from gridclient.core.domain.values import Invalid
from gridclient.core.merge.change import Draft
from gridclient.ledger.households import Row, row, rows
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import BadInputError
from gridclient.operations.move import (
    AHEAD,
    LIVE,
    MOVED,
    Moved,
    created,
    door_of,
    goes_along,
    live,
    open_matters,
    retires,
    stands_empty,
    tags_of,
)

HEAD = "02"
_HEADS = frozenset({"01", HEAD})
_REMARK = 1000


class Holdings(NamedTuple):
    """What hangs on a household: tags by whom they are about (None: all), open matters, agreed times, and
    what is over."""

    tags: dict[Id | None, int]
    matters: int
    appointments: int
    visits: int
    closed: int


def holdings(ledger: Ledger, household: Id) -> Holdings:
    """What a move, a split or a joining has to do with."""
    with ledger.reading() as connection:
        held = _live(connection, household)
        tags: dict[Id | None, int] = {}
        for tag in tags_of(connection, "household", household, held.place):
            whose = tag.fields.get("resident")
            key = whose if isinstance(whose, bytes) else None
            tags[key] = tags.get(key, 0) + 1
        still_open = len(open_matters(connection, household))
        every = _count(connection, Matter.kind, household)
        visits = _count(connection, "visit", household)
        return Holdings(
            tags, still_open, len(_agreed(connection, household)), visits, max(0, every - still_open)
        )


def move_out(ledger: Ledger, household: Id, day: str, where: str = "", *, left_empty: bool = False) -> Moved:
    """A household leaves for a place that is not ours. `left_empty`: nobody lives behind the door now.

    `day`: `YYYY[-MM[-DD]]`.

    Raises:
        BadInputError: it is not in this ledger or is gone already, or the day is none; nothing was saved.
    """
    with ledger.reading() as connection:
        old = _live(connection, household)
        fields = _written(old, Act.MOVE_OUT, ledger.clock(), day=day)
        drafts = [Draft(Household.kind, household, old.place, {**fields, **_remark(old, _gone(day, where))})]
        for person in _people(connection, household):
            drafts.append(_leaves(person, day))
        drafts += _tags_over(tags_of(connection, "household", household, old.place), day)
        drafts += [
            Draft(Appointment.kind, one.id, one.place, {"state": "cancelled"})
            for one in _agreed(connection, household)
        ]
        drafts += stands_empty(connection, old) if left_empty else []
    return Moved(ledger.write(drafts), household, sum(retires(draft) for draft in drafts))


def people_move_out(
    ledger: Ledger, household: Id, people: Sequence[Id], day: str, where: str = "", head: Id | None = None
) -> Moved:
    """Some of a household leave for a place that is not ours. `head`: who is head now, if the head leaves.

    Raises:
        BadInputError: somebody is not of this household, or nobody would stay; nothing was saved.
    """
    with ledger.reading() as connection:
        old = _live(connection, household)
        leaving = _of(connection, household, people)
        drafts: list[Draft] = []
        for person in leaving:
            left = _leaves(person, day)
            drafts.append(left._replace(fields={**left.fields, **_remark(person, _gone(day, where))}))
            drafts += _tags_over(tags_of(connection, "resident", person.id, person.place), day)
        drafts += _new_head(connection, old, {one.id for one in leaving}, head)
    return Moved(ledger.write(drafts), household, len(leaving))


def split_household(
    ledger: Ledger,
    household: Id,
    relations: Mapping[Id, str | None],
    head: Id,
    dwelling: Id | None = None,
    day: str | None = None,
    stays_head: Id | None = None,
) -> Moved:
    """分户: some of a household live on as one of their own, behind the same door or another of ours.

    `relations`: who goes, and what they are to `head`, the head of the new household; `stays_head`: who is
    head of those who stay, if the head goes. Two laptops that record one split make the same household.

    Raises:
        BadInputError: somebody is not of this household, or nobody would stay; nothing was saved.
    """
    if head not in relations:
        raise BadInputError("新户主要在分出去的人里")
    with ledger.reading() as connection:
        old = _live(connection, household)
        going = _of(connection, household, list(relations))
        verified = _written(old, Act.SPLIT, ledger.clock())
        home = old.fields.get("dwelling") if dwelling is None else dwelling
        if not isinstance(home, bytes):
            raise BadInputError("不知道分到哪个门里")
        place = live(connection, Dwelling, home).place
        made = ids.named("split", ids.text(household), ids.text(head))
        known = row(connection, Household.kind, made)
        if known is not None and known.text(Kind.retired.key) != "undone":
            made = ledger.new_id()
        other = home != old.fields.get("dwelling")
        fields: dict[str, object] = {
            "dwelling": home,
            "head": head if place == old.place else successor_id(head, place),
            "moved_in": day,
            "moved_from": door_of(connection, old) if other else None,
            "sort": old.fields.get("sort"),
            "tenure": old.fields.get("tenure"),
        }
        drafts = [
            Draft(Household.kind, household, old.place, verified),
            created(Household, made, place, fields),
        ]
        for person in going:
            said = {"relation_to_head": HEAD if person.id == head else relations[person.id]}
            drafts += goes_along(connection, person, made, place, said)
        drafts += _new_head(connection, old, set(relations), stays_head)
    return Moved(ledger.write(drafts), made, sum(retires(draft) for draft in drafts))


def join_households(
    ledger: Ledger, gone: Id, into: Id, relations: Mapping[Id, str | None] | None = None
) -> Moved:
    """并户: everybody of `gone` lives on in `into`, behind the same door, with tags, open matters and times.

    `relations`: what they are to the head of `into`; who was head and is not named is nothing yet.

    Raises:
        BadInputError: one of the two is not here or is gone already, or they live behind different doors.
    """
    said = relations or {}
    with ledger.reading() as connection:
        old, target = _live(connection, gone), _live(connection, into)
        if gone == into:
            raise BadInputError("选另一户来并")
        if old.fields.get("dwelling") != target.fields.get("dwelling"):
            raise BadInputError("两户不在一个门里，先搬到一个门里再并")
        fields = _written(old, Act.MERGE, ledger.clock(), successor=into)
        drafts = [Draft(Household.kind, gone, old.place, fields)]
        for person in _people(connection, gone):
            was_head = person.text("relation_to_head") in _HEADS
            kept = None if was_head else person.fields.get("relation_to_head")
            drafts += goes_along(
                connection, person, into, target.place, {"relation_to_head": said.get(person.id, kept)}
            )
        drafts += _hang_on(connection, old, into)
        visits = _count(connection, "visit", gone)
        line = f"{_name(connection, old)}并进来，那一户走访过 {visits} 次"
        drafts.append(Draft(Household.kind, into, target.place, _remark(target, line)))
    return Moved(ledger.write(drafts), into, sum(retires(draft) for draft in drafts))


def _hang_on(connection: Connection, old: Row, into: Id) -> list[Draft]:
    """What hangs on the household as a whole goes on with the other one."""
    whole = [
        tag
        for tag in tags_of(connection, "household", old.id, old.place)
        if not isinstance(tag.fields.get("resident"), bytes)
    ]
    pointed = [(CareTag.kind, tag) for tag in whole]
    pointed += [(Matter.kind, one) for one in open_matters(connection, old.id)]
    pointed += [(Appointment.kind, one) for one in _agreed(connection, old.id)]
    return [Draft(kind, one.id, one.place, {"household": into}) for kind, one in pointed]


def _live(connection: Connection, household: Id) -> Row:
    return live(connection, Household, household)


def _people(connection: Connection, household: Id) -> list[Row]:
    return rows(connection, Resident.kind, f"household = ? AND {LIVE}", (household,))


def _of(connection: Connection, household: Id, people: Sequence[Id]) -> list[Row]:
    """These people of a household. Raises BadInputError unless they are some of it and not all."""
    every = _people(connection, household)
    some = [person for person in every if person.id in set(people)]
    if not some or len(some) != len(set(people)):
        raise BadInputError("选的人不在这一户里")
    if len(some) == len(every):
        raise BadInputError("全都走就按整户记")
    return some


def _new_head(connection: Connection, old: Row, leaving: set[Id], head: Id | None) -> list[Draft]:
    """Who stays has a head: the one named, else nobody yet."""
    if old.fields.get("head") not in leaving:
        return []
    staying = {person.id: person for person in _people(connection, old.id) if person.id not in leaving}
    if head is not None and head not in staying:
        raise BadInputError("新户主要在留下的人里")
    drafts = [Draft(Household.kind, old.id, old.place, {"head": head})]
    if head is not None:
        drafts.append(Draft(Resident.kind, head, staying[head].place, {"relation_to_head": HEAD}))
    return drafts


def _leaves(person: Row, day: str) -> Draft:
    fields: dict[str, object] = {
        Kind.retired.key: MOVED,
        Kind.successor.key: None,
        "life": "moved",
        "life_since": day,
    }
    return Draft(Resident.kind, person.id, person.place, fields)


def _tags_over(tags: Sequence[Row], day: str) -> list[Draft]:
    return [
        Draft(CareTag.kind, tag.id, tag.place, {"until": day})
        for tag in tags
        if not tag.text("until") or tag.text("until") > day
    ]


def _agreed(connection: Connection, household: Id) -> list[Row]:
    every = rows(connection, Appointment.kind, f"household = ? AND {LIVE}", (household,))
    return [one for one in every if one.text("state") in AHEAD]


def _count(connection: Connection, kind: str, household: Id) -> int:
    (found,) = connection.exec_driver_sql(
        f"SELECT count(*) FROM k_{kind} WHERE household = ? AND {LIVE}", (household,)
    ).one()
    return int(found)


def _name(connection: Connection, household: Row) -> str:
    head = household.fields.get("head")
    found = row(connection, Resident.kind, head) if isinstance(head, bytes) else None
    return f"{found.text('name')}家" if found is not None else "另一户"


def _written(old: Row, act: Act, at: int, **more: object) -> dict[str, object]:
    try:
        return written(life(old.fields, met=True), act, at, **more)  # type: ignore[arg-type]
    except Invalid as invalid:
        raise BadInputError(str(invalid)) from invalid


def _gone(day: str, where: str) -> str:
    return f"{day} 搬走" + (f"，去{where}" if where else "")


def _remark(old: Row, line: str) -> dict[str, object]:
    return {"remark": "\n".join(part for part in (old.text("remark"), line) if part)[:_REMARK]}
