"""Making an older ledger file one of today, in one transaction.

What the dictionary says is derived: tables and indexes of new kinds, columns of appended fields, rows that
lay whole in `other` until their kind was known, values that lay in `extra` until their field was. What it
cannot say is a numbered step. Heads are never touched, so digests stay what they were.
"""

from collections.abc import Callable

import msgspec
from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.merge.compact import Row
from gridclient.ledger import records
from gridclient.ledger.tables import SCHEMA, column_name, metadata

# What the dictionary does not say, by the schema it leads to; each runs once, in order. So far it said all.
STEPS: dict[int, Callable[[Connection], None]] = {}

_values = msgspec.msgpack.Decoder(dict[str, object])
_encoder = msgspec.msgpack.Encoder(order="sorted")
_row_decoder = msgspec.msgpack.Decoder(list[object])
_plain = msgspec.msgpack.Decoder()


def old_ledger() -> KnownError:
    return KnownError(
        "old_ledger",
        "这本台账是旧版程序写的，还没有换成新的样子。关掉别的窗口，用这个程序打开写一次就好，记录都在。",
        "An older program wrote this ledger. Open it once for writing to bring it up to date; all is kept.",
    )


def upgrade(connection: Connection) -> None:
    """Within a write transaction: bring a file of any earlier schema to this one."""
    earlier: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    fresh = {kind for kind in KINDS if not _columns(connection, f"k_{kind}")}
    for table in metadata.sorted_tables:
        _complete(connection, table)
    for step in sorted(STEPS):
        if earlier < step <= SCHEMA:
            STEPS[step](connection)
    for kind in KINDS:
        _take_up_fields(connection, kind)
        _take_up_rows(connection, kind)
    _show_again(connection, fresh)
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def _columns(connection: Connection, table: str) -> set[str]:
    return {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')}


def _complete(connection: Connection, table: Table) -> None:
    """A table as it is declared: made, or with the columns it lacks."""
    held = _columns(connection, table.name)
    if not held:
        connection.execute(CreateTable(table))
    for column in table.columns if held else ():
        if column.name not in held:
            declared = CreateColumn(column).compile(dialect=sqlite_dialect())
            connection.exec_driver_sql(f'ALTER TABLE "{table.name}" ADD COLUMN {declared}')
    there = {row[1] for row in connection.exec_driver_sql(f'PRAGMA index_list("{table.name}")')}
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        if index.name not in there:
            connection.execute(CreateIndex(index))


def _take_up_fields(connection: Connection, kind: str) -> None:
    """Values of fields that are known now, from `extra` into their columns; in the server's rows likewise."""
    held = connection.exec_driver_sql(f"SELECT id, extra FROM k_{kind} WHERE extra IS NOT NULL").all()
    for identity, extra in held:
        columns, rest = _known(kind, extra)
        if columns:
            names = ", ".join(f'"{column_name(key)}" = ?' for key in columns)
            connection.exec_driver_sql(
                f"UPDATE k_{kind} SET {names}, extra = ? WHERE id = ?", (*columns.values(), rest, identity)
            )
    based = connection.exec_driver_sql("SELECT place, row FROM base WHERE kind = ?", (kind,)).all()
    for place, blob in based:
        row = _row_decoder.decode(blob)
        if row[4] is not None:
            records.put_base(connection, kind, place, _filled(kind, row))


def _take_up_rows(connection: Connection, kind: str) -> None:
    """Rows kept whole until they could be read, from `other` into their table."""
    held = connection.exec_driver_sql("SELECT id, place, row FROM other WHERE kind = ?", (kind,)).all()
    for identity, place, blob in held:
        row = _row_decoder.decode(blob)
        full = _filled(kind, row) if row[4] is not None else row
        if records.laid_changes(connection, identity):
            records.put_base(connection, kind, place, full)
        else:
            records.store_rows(connection, kind, [(place, *full)])
        if len(row) <= records.width(kind):
            connection.exec_driver_sql("DELETE FROM other WHERE id = ?", (identity,))


def _filled(kind: str, row: Row) -> Row:
    """A row whose `extra` holds only what is still unknown."""
    columns, rest = _known(kind, row[4])
    full = [*row, *[None] * (records.width(kind) - len(row))]
    full[4] = rest
    for at, key in enumerate(KINDS[kind].fields):
        full[5 + at] = columns.get(key, full[5 + at])
    return full


def _known(kind: str, extra: object) -> tuple[dict[str, object], bytes | None]:
    """What of an `extra` has a column, as the column holds it, and the rest."""
    values = _values.decode(extra)  # type: ignore[arg-type]
    fields = KINDS[kind].fields
    columns = {
        key: _elements(value) if fields[key].is_set else value
        for key, value in values.items()
        if key in fields
    }
    rest = {key: value for key, value in values.items() if key not in fields}
    return columns, _encoder.encode(rest) if rest else None


def _elements(value: object) -> object:
    """A set, kept till now as the edit that made it, as its column holds it."""
    edit = _plain.decode(value) if isinstance(value, bytes) else value
    if isinstance(edit, list) and len(edit) == 2 and isinstance(edit[0], list):
        edit = edit[0]
    return _encoder.encode(edit) if isinstance(edit, list) and edit else None


def _show_again(connection: Connection, fresh: set[str]) -> None:
    """Own changes laid over rows that have just been taken up."""
    laid = connection.exec_driver_sql(
        "SELECT DISTINCT kind, record, record IN (SELECT id FROM base) FROM change WHERE laid = 1"
    ).all()
    for kind, record, based in laid:
        if kind in fresh or (based and kind in KINDS):
            records.rebuild(connection, kind, record)
