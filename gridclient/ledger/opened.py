"""Packs of other laptops opened at the desk: shown over the server's records until the server has them.

The server's rows stay untouched in `base` meanwhile, as below own changes. Whatever receives rows takes this
off first (`lift`) and lays it over again afterwards (`lay`); what a stick brought is never pushed as own.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.ledger import records
from gridclient.ledger.tables import RECORDS
from gridclient.ledger.writing import Touched


class Carried(NamedTuple):
    """A file as it came. `changes`: how many lie in it; `answers`: what came back for it, sealed."""

    pack: bytes
    device: Id
    worker: Id
    made: int
    changes: int
    sealed: bytes
    answers: bytes | None


def keep(connection: Connection, carried: Carried, changes: Sequence[Change], now: int) -> None:
    """Keep a file and what it says. Again is harmless."""
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO carried (pack, device, worker, made, opened, changes, sealed, answers)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
        (
            carried.pack,
            carried.device,
            carried.worker,
            carried.made,
            now,
            carried.changes,
            carried.sealed,
        ),
    )
    rows = [
        (one.id, carried.pack, one.kind, one.record, one.place, 0, msgspec.msgpack.encode(one))
        for one in changes
        if one.kind in RECORDS
    ]
    if rows:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO opened (id, pack, kind, record, place, laid, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )


def find(connection: Connection, pack: bytes) -> Carried | None:
    found = connection.exec_driver_sql(f"{_CARRIED} WHERE pack = ?", (pack,)).first()
    return Carried(*found) if found else None


def unanswered(connection: Connection) -> list[Carried]:
    """Files the server has not had yet, the oldest first."""
    found = connection.exec_driver_sql(f"{_CARRIED} WHERE answers IS NULL ORDER BY opened, pack")
    return [Carried(*row) for row in found]


_CARRIED = "SELECT pack, device, worker, made, changes, sealed, answers FROM carried"


def note_answers(connection: Connection, pack: bytes, answers: bytes) -> None:
    """The server has the file; the original is needed no more."""
    connection.exec_driver_sql("UPDATE carried SET answers = ?, sealed = x'' WHERE pack = ?", (answers, pack))


def drop(connection: Connection, pack: bytes) -> Touched:
    """Forget a file and what it says."""
    connection.exec_driver_sql("DELETE FROM carried WHERE pack = ?", (pack,))
    return _drop_shown(connection, "pack = ?", pack)


def drop_answered(connection: Connection) -> Touched:
    """Once all is pulled: what the server took stands in its rows, and the rest waits for a decision."""
    return _drop_shown(connection, "pack IN (SELECT pack FROM carried WHERE answers IS NOT NULL)")


def _drop_shown(connection: Connection, which: str, *values: object) -> Touched:
    spoken = _spoken(connection, f"laid = 1 AND {which}", *values)
    connection.exec_driver_sql(f"DELETE FROM opened WHERE {which}", values)
    return _show(connection, spoken)


def lift(connection: Connection) -> Touched:
    """Show what the server and this laptop's own changes say, without what sticks brought."""
    spoken = _spoken(connection, "laid = 1")
    connection.exec_driver_sql("UPDATE opened SET laid = 0 WHERE laid = 1")
    return _show(connection, spoken)


def lay(connection: Connection) -> Touched:
    """Show what sticks brought over what is there."""
    spoken = _spoken(connection, "laid = 0")
    for kind, record in spoken:
        there = records.load(connection, kind, record)
        if there is not None and not records.has_laid(connection, record):
            records.save_base(connection, kind, record)
        connection.exec_driver_sql(
            "UPDATE opened SET laid = 1 WHERE kind = ? AND record = ? AND place = ?",
            (kind, record, there.place if there is not None else _first_place(connection, record)),
        )
    return _show(connection, spoken)


def is_anything(connection: Connection) -> bool:
    """Whether sticks brought anything the server's rows do not hold yet."""
    return connection.exec_driver_sql("SELECT 1 FROM opened LIMIT 1").first() is not None


def shown(connection: Connection) -> dict[Id, bytes]:
    """Records shown with what a stick brought and the server has not told of yet: the file by record."""
    found = connection.exec_driver_sql("SELECT record, pack FROM opened WHERE laid = 1")
    return {record: pack for record, pack in found}


def _spoken(connection: Connection, which: str, *values: object) -> list[tuple[str, Id]]:
    found = connection.exec_driver_sql(f"SELECT DISTINCT kind, record FROM opened WHERE {which}", values)
    return [(kind, record) for kind, record in found]


def _first_place(connection: Connection, record: Id) -> Id:
    """A record belongs to one place for life: that of the change which speaks of it first."""
    place: Id = connection.exec_driver_sql(
        "SELECT place FROM opened WHERE record = ? ORDER BY rowid LIMIT 1", (record,)
    ).scalar_one()
    return place


def _show(connection: Connection, spoken: Sequence[tuple[str, Id]]) -> Touched:
    """Show records anew over which something lies or lay until now: no other has a row below to go by."""
    touched = Touched()
    for kind, record in spoken:
        records.rebuild(connection, kind, record)
        touched.add(kind, record)
    return touched
