"""What decides which doors are due: of every household its people, tags, visits, matters, appointments."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain.ids import Id
from gridclient.ledger.records import CHUNK


class Matter(NamedTuple):
    """`at`: when it was heard; `met`: on a visit with which outcome, "" for none."""

    id: Id
    title: str
    category: str
    due: int
    at: int
    met: str
    open: bool
    confidential: bool


class DoorFacts(NamedTuple):
    """One household; times are Unix milliseconds. `visits`: "time:outcome" of each, parted by commas;
    `eldest`: the earliest birth.

    `tags`: code, record and time of each that holds; `agreed`: beginning, topic and state of appointments.
    """

    household: Id
    dwelling: Id
    building: Id
    unit: str
    floor: int
    room: str
    use: str
    sort: str
    moved_in: str
    tenure: str
    told: str
    away_until: str
    head: str
    people: int = 0
    eldest: str = ""
    tags: tuple[tuple[str, Id, int], ...] = ()
    last_at: int = 0
    last_outcome: str = ""
    next_due: str = ""
    visits: str = ""
    matters: tuple[Matter, ...] = ()
    agreed: tuple[tuple[int, str, str], ...] = ()


class Counted(NamedTuple):
    """How many doors were knocked on since a moment, and since another."""

    today: int
    week: int


def door_facts(connection: Connection, day: str, only: Sequence[Id] | None = None) -> list[DoorFacts]:
    """Every live household, or only some, as it stands on a day (`YYYY-MM-DD`)."""
    if only is not None:
        some = [only[start : start + CHUNK] for start in range(0, len(only), CHUNK)]
        return [door for chunk in some for door in _read(connection, day, chunk)]
    return _read(connection, day, None)


def households_of(connection: Connection, touched: Sequence[Id]) -> list[Id]:
    """The households that some records are, or belong to."""
    marks = ",".join("?" * len(touched))
    parts = [f"SELECT id FROM k_household WHERE id IN ({marks}) OR dwelling IN ({marks})"]
    kinds = ("resident", "visit", "matter", "care_tag", "appointment")
    parts += [f"SELECT household FROM k_{kind} WHERE id IN ({marks})" for kind in kinds]
    parts.append(
        f"SELECT m.household FROM k_matter_step s JOIN k_matter m ON m.id = s.matter WHERE s.id IN ({marks})"
    )
    found = connection.exec_driver_sql(" UNION ".join(parts), tuple(touched) * (len(kinds) + 3)).scalars()
    return [bytes(one) for one in found if one]


def knocked(connection: Connection, today: int, week: int, author: Id | None) -> Counted:
    """Doors knocked on since two moments, by somebody or (None) by anybody."""
    mine, given = ("AND author = ?", (author,)) if author is not None else ("", ())
    found = connection.exec_driver_sql(
        f"SELECT count(DISTINCT CASE WHEN at_ >= ? THEN coalesce(household, dwelling) END), "
        f"count(DISTINCT coalesce(household, dwelling)) FROM k_visit WHERE at_ >= ? {mine} AND {_live('')}",
        (today, week, *given),
    ).one()
    return Counted(*found)


def _read(connection: Connection, day: str, only: Sequence[Id] | None) -> list[DoorFacts]:
    asked = _Asked(connection, only)
    people = {one: (count, eldest) for one, count, eldest in asked.of("h.id", _PEOPLE)}
    visits = {one: rest for one, *rest in asked.of("v.household", _VISITS)}
    tags: dict[Id, list[tuple[str, Id, int]]] = defaultdict(list)
    for household, tag, record, at in asked.of("t.household", _TAGS, day, day):
        tags[household].append((tag, record, at))
    matters: dict[Id, list[Matter]] = defaultdict(list)
    for household, *rest in asked.of("m.household", _MATTERS):
        matters[household].append(Matter._make(rest))
    agreed: dict[Id, list[tuple[int, str, str]]] = defaultdict(list)
    for household, *meeting in asked.of("a.household", _AGREED):
        agreed[household].append(tuple(meeting))
    doors = []
    for values in asked.of("h.id", _DOORS):
        household = values[0]
        doors.append(
            DoorFacts._make(
                (
                    *values,
                    *people.get(household, (0, "")),
                    tuple(tags.get(household, ())),
                    *visits.get(household, (0, "", "", "")),
                    tuple(matters.get(household, ())),
                    tuple(agreed.get(household, ())),
                )
            )
        )
    return doors


class _Asked:
    """Queries about all households, or about some."""

    def __init__(self, connection: Connection, only: Sequence[Id] | None) -> None:
        self._connection = connection
        self._only = only

    def of(self, key: str, query: str, *given: object) -> Sequence[Any]:
        """The rows of a query, `{among}` in it saying of which households `key` may be."""
        among = "1"
        if self._only is not None:
            among = f"{key} IN ({','.join('?' * len(self._only))})"
        return self._connection.exec_driver_sql(
            query.format(among=among), (*given, *(self._only or ()))
        ).fetchall()


def _live(alias: str) -> str:
    column = f"{alias}.retired" if alias else "retired"
    return f"({column} IS NULL OR {column} = '')"


_DOORS = f"""
    SELECT h.id, d.id, d.building, coalesce(d.unit, ''), coalesce(d.floor, 0), d.room, coalesce(d.use, ''),
           coalesce(h.sort, ''), coalesce(h.moved_in, ''), coalesce(h.tenure, ''), coalesce(h.best_time, ''),
           coalesce(h.away_until, ''), coalesce(r.name, '')
    FROM k_household h JOIN k_dwelling d ON d.id = h.dwelling LEFT JOIN k_resident r ON r.id = h.head
    WHERE {_live("h")} AND {_live("d")} AND {{among}}
"""
_PEOPLE = f"""
    SELECT p.household, count(*), coalesce(min(p.birth), '') FROM k_resident p
    JOIN k_household h ON h.id = p.household WHERE {_live("p")} AND {{among}} GROUP BY p.household
"""
_TAGS = f"""
    SELECT t.household, t.tag, t.id, t.at FROM k_care_tag t
    WHERE {_live("t")} AND (t.since IS NULL OR t.since <= ?)
      AND (t.until IS NULL OR substr(?, 1, length(t.until)) <= t.until) AND {{among}}
"""
# Of the columns beside a lone max() SQLite gives those of the row that has it: the last visit.
_VISITS = f"""
    SELECT v.household, max(v.at_), coalesce(v.outcome, ''), coalesce(v.next_due, ''),
           group_concat(v.at_ || ':' || v.outcome)
    FROM k_visit v WHERE {_live("v")} AND v.household IS NOT NULL AND {{among}} GROUP BY v.household
"""
_MATTERS = f"""
    SELECT m.household, m.id, coalesce(m.title, ''), coalesce(m.category, ''), coalesce(m.due, 0),
           coalesce(m.received, m.at), coalesce((SELECT w.outcome FROM k_visit w WHERE w.id = m.visit), ''),
           NOT EXISTS (SELECT 1 FROM k_matter_step s WHERE s.matter = m.id
                       AND s.status IN ('closed', 'void') AND {_live("s")}), m.confidential
    FROM k_matter m WHERE {_live("m")} AND m.household IS NOT NULL AND m.duplicate_of IS NULL AND {{among}}
"""
_AGREED = f"""
    SELECT a.household, a.starts, coalesce(a.topic, ''), coalesce(a.state, '') FROM k_appointment a
    WHERE {_live("a")} AND {{among}}
"""
