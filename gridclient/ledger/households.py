"""All that is known about one household, as rows by field name."""

from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.merge.compact import elements
from gridclient.ledger import records
from gridclient.ledger.tables import column_name

Fields = dict[str, object]


class Row(NamedTuple):
    """A record as it is shown: who wrote it first, when, and its values by field; sets as lists."""

    id: Id
    place: Id
    author: Id
    at: int
    disputed: bool
    fields: Fields

    def text(self, key: str) -> str:
        value = self.fields.get(key)
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int:
        value = self.fields.get(key)
        return value if isinstance(value, int) else 0


class Household(NamedTuple):
    """One household with everything around it; lists newest first, people with the head first."""

    household: Row
    dwelling: Row | None
    building: Row | None
    compound: Row | None
    people: list[Row]
    visits: list[Row]
    matters: list[Row]
    steps: dict[Id, list[Row]]
    cards: list[Row]
    workers: dict[Id, str]
    tags: list[Row]


def row(connection: Connection, kind: str, record: Id | None) -> Row | None:
    """One record of a kind, live or not."""
    found = rows(connection, kind, "id = ?", (record,)) if record is not None else []
    return found[0] if found else None


def rows(
    connection: Connection, kind: str, where: str, given: tuple[object, ...], order: str = ""
) -> list[Row]:
    """Records of a kind that satisfy a condition over its columns."""
    fields = KINDS[kind].fields
    found = connection.exec_driver_sql(
        f"SELECT place, {records.columns_of(kind)} FROM k_{kind} WHERE {where} {order}", given
    )
    made = []
    for place, *stored in found:
        values = records.clean(kind, stored)
        shown: Fields = {}
        for field, value in zip(fields.values(), values[5:], strict=True):
            if value is not None:
                shown[field.key] = elements(value) if field.is_set else value
        heads = values[3]
        made.append(Row(values[0], place, values[1], values[2], bool(heads), shown))  # type: ignore[arg-type]
    return made


def household(connection: Connection, record: Id, visits: int = 40) -> Household | None:
    """A household and what belongs to it; at most so many visits."""
    found = row(connection, "household", record)
    if found is None:
        return None
    live = "(retired IS NULL OR retired = '')"
    dwelling = row(connection, "dwelling", _ref(found, "dwelling"))
    building = row(connection, "building", _ref(dwelling, "building"))
    compound = row(connection, "compound", _ref(building, "compound"))
    people = rows(connection, "resident", f"household = ? AND {live}", (record,))
    head = found.fields.get("head")
    people.sort(key=lambda person: (person.id != head, person.text("birth") or "9999"))
    at = column_name("at")
    visited = rows(
        connection, "visit", f"household = ? AND {live}", (record,), f"ORDER BY {at} DESC LIMIT {visits}"
    )
    matters = rows(connection, "matter", f"household = ? AND {live}", (record,), "ORDER BY at DESC")
    steps = {
        matter.id: rows(connection, "matter_step", f"matter = ? AND {live}", (matter.id,), f"ORDER BY {at}")
        for matter in matters
    }
    cards = rows(connection, "card_issue", f"household = ? AND {live}", (record,), f"ORDER BY {at} DESC")
    tags = rows(connection, "care_tag", f"household = ? AND {live}", (record,), "ORDER BY at")
    names = worker_names(connection)
    return Household(found, dwelling, building, compound, people, visited, matters, steps, cards, names, tags)


def worker_names(connection: Connection) -> dict[Id, str]:
    """Names of the staff by id."""
    return {
        identity: name or "" for identity, name in connection.exec_driver_sql("SELECT id, name FROM k_worker")
    }


def _ref(row: Row | None, key: str) -> Id | None:
    value = row.fields.get(key) if row else None
    return value if isinstance(value, bytes) else None
