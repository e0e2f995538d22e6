"""Which own changes were one act: where every transaction of this laptop began, and what was taken back."""

from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.ledger.identity import get, put

KEPT = 400
_change = msgspec.msgpack.Decoder(Change)
_STARTS = "acts"
_TAKEN = "taken back"
_GIVEN = "highest number"
KEYS = (_STARTS, _TAKEN)  # what a ledger knows of its acts, by these names beside the records


class Span(NamedTuple):
    """Changes by number, both ends included."""

    first: int
    last: int


class Taken(msgspec.Struct, frozen=True, array_like=True):
    """An act that was taken back, and perhaps made again: the spans of all that, the last one last."""

    first: int
    spans: tuple[tuple[int, int], ...]
    undone: bool


class Written(NamedTuple):
    """One change of the outbox, as far as telling acts apart needs it."""

    number: int
    id: Id
    kind: str
    record: Id
    batch: Id | None
    at: int


def begin(connection: Connection, number: int, batch: Id | None) -> None:
    """A transaction begins with this change. The parts of an import, one batch, are one beginning."""
    known = starts(connection)
    if batch is not None and known:
        last = connection.exec_driver_sql("SELECT batch FROM change WHERE number = ?", (known[-1],)).first()
        if last is not None and last[0] == batch:
            return
    put(connection, _STARTS, [*known, number][-KEPT:])


def starts(connection: Connection) -> list[int]:
    """Where the last transactions began, the oldest first."""
    return get(connection, _STARTS, list[int]) or []


def written(connection: Connection, span: Span) -> list[Written]:
    """The changes of a span in the order they were made."""
    rows = connection.exec_driver_sql(
        "SELECT number, id, kind, record, batch, at FROM change WHERE number BETWEEN ? AND ? ORDER BY number",
        span,
    )
    return [Written(*row) for row in rows]


def newest(connection: Connection) -> int:
    """The highest number an own change was given, also one that has left the ledger since."""
    found: int = connection.exec_driver_sql("SELECT coalesce(max(number), 0) FROM change").scalar_one()
    return max(found, get(connection, _GIVEN, int) or 0)


def remember_newest(connection: Connection) -> None:
    """Before own changes leave the ledger: no number is ever given twice."""
    put(connection, _GIVEN, newest(connection))


def batches(connection: Connection) -> dict[Id, tuple[Span, dict[str, int]]]:
    """Every batch: its span, and how many changes of each kind it has."""
    found: dict[Id, tuple[Span, dict[str, int]]] = {}
    for batch, kind, first, last, count in connection.exec_driver_sql(
        "SELECT batch, kind, min(number), max(number), count(*) FROM change WHERE batch IS NOT NULL"
        " GROUP BY batch, kind"
    ):
        span, kinds = found.get(batch, (Span(first, last), {}))
        kinds[kind] = count
        found[batch] = (Span(min(span.first, first), max(span.last, last)), kinds)
    return found


def taken(connection: Connection) -> list[Taken]:
    """What was taken back lately."""
    return get(connection, _TAKEN, list[Taken]) or []


def keep_taken(connection: Connection, one: Taken) -> None:
    """Remember what became of an act."""
    others = [each for each in taken(connection) if each.first != one.first]
    put(connection, _TAKEN, [*others, one][-KEPT:])


def fields_written(connection: Connection, number: int) -> dict[str, object]:
    """The fields a change wrote."""
    body = connection.exec_driver_sql("SELECT body FROM change WHERE number = ?", (number,)).scalar_one()
    return _change.decode(body).fields
