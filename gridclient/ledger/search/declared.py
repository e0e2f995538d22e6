"""Everything else that can be found, as the dictionary declares it: the fields marked for searching."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain import codes, masking
from gridclient.core.domain.declaration import Field, Place, Type
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.pinyin import Readings
from gridclient.core.domain.places import sort_of
from gridclient.core.merge.compact import elements
from gridclient.ledger.search.doors import NEVER, digits
from gridclient.ledger.search.shelf import PROGRESS, Entry, Line, Tag, line
from gridclient.ledger.tables import column_name

# A field as sensitive as this, and every record that holds one, is found by nobody's typing.
NAMED_PERSONS = 3
_TITLE = 40


class Spec(NamedTuple):
    """How a kind is found: in which group, under which title, by which fields; whether by its sound."""

    group: str
    title: Field
    fields: tuple[Field, ...]
    spelled: bool = False


_GROUPS = {
    "compound": "place",
    "building": "place",
    "grid": "place",
    "matter": "matter",
    "visit": "visit",
    "care_tag": "care",
    "worker": "staff",
    "partner": "staff",
    "team": "staff",
    "feedback": "desk",
    "hotline_ticket": "desk",
}
_BY_HAND = frozenset({"resident", "household", "dwelling"})
_TITLES = {"visit": "outcome", "feedback": "body", "hotline_ticket": "body"}
# What is looked through beside what the dictionary marks: long texts, and names few kinds have.
_ALSO: Mapping[str, tuple[str, ...]] = {
    "compound": ("aliases", "address", "property_company", "property_phone", "property_contact", "remark"),
    "building": ("aliases", "address", "steward", "steward_phone", "remark"),
    "grid": ("title", "number"),
    "matter": ("body", "initiator", "phone", "where"),
    "visit": ("summary", "people_note", "family_note", "dispute_note", "hazard_note", "met_other"),
    "worker": ("name", "badge", "phone"),
    "team": ("others",),
    "partner": ("remark",),
    "campaign": ("scope", "remark"),
    "yard_session": ("summary",),
    "project": ("number", "owner"),
    "card_template": ("title", "items"),
    "hotline_ticket": ("reply",),
}
_SPELLED = frozenset({"compound", "worker", "partner", "team", "guide", "project", "campaign"})


@cache
def spec_of(kind: str) -> Spec | None:
    """How a kind is found; None for one that is not, or that is written by hand."""
    if kind in _BY_HAND:
        return None
    known = KINDS[kind].fields
    marked = [field for field in known.values() if field.search]
    marked += [known[key] for key in _ALSO.get(kind, ()) if key in known and known[key] not in marked]
    allowed = tuple(field for field in marked if field.sensitivity < NAMED_PERSONS)
    if not allowed:
        return None
    title = known[_TITLES[kind]] if kind in _TITLES else allowed[0]
    return Spec(_GROUPS.get(kind, "paper"), title, allowed, kind in _SPELLED)


def lines(
    connection: Connection, kind: str, spec: Spec, readings: Readings, only: Sequence[Id] | None
) -> Iterator[Line]:
    """The entries of a kind, the newest first. `only`: these records."""
    known = KINDS[kind].fields
    when = next((key for key in ("at", "received", "starts", "since") if key in known), None)
    more = [key for key in ("household", "dwelling", "resident", "compound") if key in known]
    notes = _notes(connection, only) if kind == "matter" else {}
    persons = _persons(connection, kind, only) if "resident" in more else {}
    names = [
        column_name(key) for key in ("retired", *more, *(field.key for field in (spec.title, *spec.fields)))
    ]
    order = f"{column_name(when)} DESC" if when else "pk"
    where = "" if only is None else f"AND id IN ({','.join('?' * len(only))})"
    secret = "AND coalesce(confidential, 0) = 0" if "confidential" in known else ""
    for row in connection.exec_driver_sql(
        f"SELECT id, place, {column_name(when) if when else '0'}, {', '.join(names)} FROM k_{kind}"
        f" WHERE coalesce(retired, '') NOT IN {NEVER} {secret} {where} ORDER BY {order}",
        tuple(only or ()),
    ):
        record, place, at, retired = row[:4]
        about: dict[str, Id | None] = dict(zip(more, row[4 : 4 + len(more)], strict=True))
        values = row[4 + len(more) :]
        if _is_secret(kind, place):
            continue
        building = record if kind == "building" else place if sort_of(place) is Place.BUILDING else b""
        opens = about.get("household") or about.get("dwelling") or record
        entry = Entry(
            kind,
            record,
            opens,
            building,
            # Masked before it is cut: half a number is none to the mask.
            "　".join(
                filter(None, (masking.text(_words(spec.title, values[0]))[:_TITLE], persons.get(record)))
            ),
            "",
            codes.RETIRED.label(retired) if retired else "",
            at if isinstance(at, int) else 0,
        )
        made = _line(entry, spec, values[1:], readings, notes.get(record, ()))
        if made.plain or made.other:
            yield made


def _is_secret(kind: str, place: Id) -> bool:
    """A care tag for named persons lies at the desk, and is nothing to come upon while typing."""
    return kind == "care_tag" and sort_of(place) is Place.DESK


def _line(
    entry: Entry, spec: Spec, values: Sequence[object], readings: Readings, notes: Sequence[str]
) -> Line:
    said: list[tuple[str, str]] = []
    for field, value in zip(spec.fields, values, strict=True):
        for words in _each(field, value):
            said.append((_tag(spec, field), digits(words) if field.type is Type.PHONE else words))
            if spec.spelled and field is spec.title:
                said += [(Tag.SOUND, spelling) for spelling in readings.search_text(words).split()]
    return line(entry, *said, *((PROGRESS, note) for note in notes))


def _tag(spec: Spec, field: Field) -> str:
    if field is spec.title:
        return Tag.TITLE
    return Tag.PHONE if field.type is Type.PHONE else field.zh


def _each(field: Field, value: object) -> list[str]:
    if field.is_set:
        return [str(one) for one in elements(value)]
    return [words] if (words := _words(field, value)) else []


def _words(field: Field, value: object) -> str:
    if value is None:
        return ""
    return field.codes.label(str(value)) if field.codes is not None else str(value)


def _persons(connection: Connection, kind: str, only: Sequence[Id] | None) -> dict[Id, str]:
    """The names of those whom records of a kind speak of."""
    where = "" if only is None else f"AND t.id IN ({','.join('?' * len(only))})"
    rows = connection.exec_driver_sql(
        f"SELECT t.id, p.name FROM k_{kind} t JOIN k_resident p ON p.id = t.resident"
        f" WHERE p.name IS NOT NULL {where}",
        tuple(only or ()),
    )
    return {row[0]: row[1] for row in rows}


def _notes(connection: Connection, only: Sequence[Id] | None) -> dict[Id, list[str]]:
    """What was written on the way of matters."""
    where = "" if only is None else f"AND matter IN ({','.join('?' * len(only))})"
    found: dict[Id, list[str]] = {}
    for matter, note in connection.exec_driver_sql(
        f"SELECT matter, note FROM k_matter_step WHERE note IS NOT NULL {where}", tuple(only or ())
    ):
        found.setdefault(matter, []).append(note)
    return found
