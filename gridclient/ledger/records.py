"""Reading and storing single records inside a transaction."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.declaration import Type
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.merge.compact import Row, pack, unpack
from gridclient.core.merge.record import Record, Trace, apply, empty, trace
from gridclient.ledger.tables import RECORDS, upsert

_rows = msgspec.msgpack.Encoder()
_row_decoder = msgspec.msgpack.Decoder(list[object])
_change_decoder = msgspec.msgpack.Decoder(Change)
CHUNK = 500


@cache
def columns_of(kind: str) -> str:
    """The columns of a kind's table in the order of the wire's row."""
    return ", ".join(column.name for column in RECORDS[kind].columns if column.name not in ("pk", "place"))


@cache
def _flags(kind: str) -> tuple[int, ...]:
    return tuple(5 + at for at, field in enumerate(KINDS[kind].fields.values()) if field.type is Type.FLAG)


def width(kind: str) -> int:
    """The length of a full row."""
    return 5 + len(KINDS[kind].fields)


def clean(kind: str, values: Sequence[object]) -> Row:
    """A row as it was before SQLite, which knows no booleans, kept it."""
    row = list(values)
    for at in _flags(kind):
        row[at] = None if row[at] is None else bool(row[at])
    return row


def load(connection: Connection, kind: str, record: Id) -> Record | None:
    """What the ledger shows of a record, own changes laid over the server's."""
    found = connection.exec_driver_sql(
        f"SELECT place, {columns_of(kind)} FROM k_{kind} WHERE id = ?", (record,)
    ).first()
    return unpack(kind, found[0], clean(kind, found[1:])) if found else None


def load_many(connection: Connection, kind: str, wanted: Sequence[Id]) -> dict[Id, tuple[Id, Row]]:
    """Place and row of several records of one kind."""
    found = {}
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        marks = ",".join("?" * len(some))
        for values in connection.exec_driver_sql(
            f"SELECT place, {columns_of(kind)} FROM k_{kind} WHERE id IN ({marks})", tuple(some)
        ):
            row = clean(kind, values[1:])
            found[values[1]] = (values[0], row)
    return found


def store(connection: Connection, record: Record, own: frozenset[Id]) -> None:
    """Show a record. `own`: unanswered own changes among its heads, shown first."""
    store_rows(connection, record.kind, [(record.place, *pack(record, own))])


def store_rows(connection: Connection, kind: str, rows: list[tuple[object, ...]]) -> None:
    """Store rows, each with its place before it."""
    wide = width(kind) + 1
    if any(len(row) != wide for row in rows):
        rows = [(*row, *[None] * wide)[:wide] for row in rows]
    connection.exec_driver_sql(upsert(kind), rows)


def remove(connection: Connection, kind: str, record: Id) -> None:
    connection.exec_driver_sql(f"DELETE FROM k_{kind} WHERE id = ?", (record,))


def laid_changes(connection: Connection, record: Id) -> list[Change]:
    """Own changes of a record that the server's heads do not hold yet, in the order they were made."""
    found = connection.exec_driver_sql(
        "SELECT body FROM change WHERE record = ? AND laid = 1 ORDER BY number", (record,)
    )
    return [_change_decoder.decode(body) for (body,) in found]


def has_laid(connection: Connection, record: Id) -> bool:
    """Whether own changes lie over a record."""
    found = connection.exec_driver_sql(
        "SELECT 1 FROM change WHERE record = ? AND laid = 1 LIMIT 1", (record,)
    )
    return found.first() is not None


def of_server(connection: Connection, place: Id) -> Iterator[tuple[str, Row]]:
    """Kind and row of everything a place holds, as the server sent it, without what lies over it."""
    laid = set(connection.exec_driver_sql("SELECT DISTINCT record FROM change WHERE laid = 1").scalars())
    for kind in KINDS:
        for row in connection.exec_driver_sql(
            f"SELECT {columns_of(kind)} FROM k_{kind} WHERE place = ?", (place,)
        ):
            if row[0] not in laid:
                yield kind, clean(kind, row)
    for kind, body in connection.exec_driver_sql("SELECT kind, row FROM base WHERE place = ?", (place,)):
        yield kind, _row_decoder.decode(body)


def save_base(connection: Connection, kind: str, record: Id) -> None:
    """Keep the server's row before anything is laid over it. What a stick brought lies over it already, or
    over nothing."""
    if get_base(connection, record) is not None or brought_changes(connection, record):
        return
    found = connection.exec_driver_sql(
        f"SELECT place, {columns_of(kind)} FROM k_{kind} WHERE id = ?", (record,)
    ).one()
    put_base(connection, kind, found[0], clean(kind, found[1:]))


def put_base(connection: Connection, kind: str, place: Id, row: Row) -> None:
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO base (id, kind, place, row) VALUES (?, ?, ?, ?)",
        (row[0], kind, place, _rows.encode(row)),
    )


def get_base(connection: Connection, record: Id) -> tuple[Id, Row] | None:
    found = connection.exec_driver_sql("SELECT place, row FROM base WHERE id = ?", (record,)).first()
    return (found[0], _row_decoder.decode(found[1])) if found else None


def lay_over(record: Record | None, changes: Iterable[Change]) -> Record | None:
    """A server's record with own changes on top."""
    for change in changes:
        record = apply(record or empty(change), change)
    return record


def rebuild(connection: Connection, kind: str, record: Id) -> None:
    """Show a record anew from the server's row and what is laid over it; without either it is gone."""
    held = get_base(connection, record)
    laid, brought = laid_changes(connection, record), brought_changes(connection, record)
    below = unpack(kind, held[0], held[1]) if held else None
    if brought:
        shown = _lay_all(below, [*brought, *laid], _folded_in(connection, record))
    else:
        shown = lay_over(below, laid)
    if shown is None or not shown.heads:
        remove(connection, kind, record)
    else:
        store(connection, shown, frozenset(change.id for change in laid))
    if not laid and not brought:
        connection.exec_driver_sql("DELETE FROM base WHERE id = ?", (record,))


def brought_changes(connection: Connection, record: Id) -> list[Change]:
    """Changes of others that a stick brought and that are laid over a record (see `ledger.opened`)."""
    found = connection.exec_driver_sql(
        "SELECT body FROM opened WHERE record = ? AND laid = 1 ORDER BY rowid", (record,)
    )
    return [_change_decoder.decode(body) for (body,) in found]


def _folded_in(connection: Connection, record: Id) -> list[Trace]:
    """Own changes that are part of the server's row: they may have seen what a stick brought before."""
    found = connection.exec_driver_sql("SELECT body FROM change WHERE record = ? AND laid = 0", (record,))
    return [trace(_change_decoder.decode(body)) for (body,) in found]


def _lay_all(record: Record | None, changes: Iterable[Change], history: list[Trace]) -> Record | None:
    """A server's record with changes of several people on top, of which some have seen others."""
    for change in changes:
        record = apply(record or empty(change), change, history)
        history.append(trace(change))
    return record


def uncover(connection: Connection, kind: str, wanted: Sequence[Id]) -> set[Id]:
    """Show the server's rows as they are where no own change lies over them any more; which these were."""
    uncovered: set[Id] = set()
    for start in range(0, len(wanted), CHUNK):
        some = tuple(wanted[start : start + CHUNK])
        found = connection.exec_driver_sql(
            f"SELECT place, row, id FROM base WHERE id IN ({','.join('?' * len(some))})"
            " AND NOT EXISTS (SELECT 1 FROM change WHERE record = base.id AND laid = 1)",
            some,
        ).all()
        if found:
            store_rows(connection, kind, [(place, *_row_decoder.decode(row)) for place, row, _ in found])
            connection.exec_driver_sql("DELETE FROM base WHERE id = ?", [(one[2],) for one in found])
        uncovered.update(one[2] for one in found)
    return uncovered
