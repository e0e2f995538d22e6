"""A community as a stream of rows that either engine can be filled from."""

import struct
from collections.abc import Iterable, Iterator

import msgspec
import sqlalchemy as sa

from gridclient.core.domain.errors import KnownError
from sync_server.store.sql import SCHEMA, SqlTransaction
from sync_server.store.statements import bulk_insert
from sync_server.store.tables import metadata

_ROWS = 1000
_LENGTH = struct.Struct(">I")
_encoder = msgspec.msgpack.Encoder()


class Rows(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Some rows of one table."""

    table: str
    columns: list[str]
    rows: list[list[object]]


class End(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """The last part: of which schema all of it was, and how many rows there were of each table."""

    schema: int
    counts: dict[str, int]


_parts = msgspec.msgpack.Decoder(Rows | End)


def dump(transaction: SqlTransaction) -> Iterator[bytes]:
    """All of the community's rows as this transaction sees them, in parts."""
    connection = transaction.connection.execution_options(yield_per=_ROWS)
    counts = {}
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if column.name != "community"]
        query = sa.select(*columns).where(table.c.community == transaction.community)
        query = query.order_by(*table.primary_key.columns)
        count = 0
        for part in connection.execute(query).partitions(_ROWS):
            rows = [list(row) for row in part]
            count += len(rows)
            yield encode_part(Rows(str(table.name), [str(column.name) for column in columns], rows))
        counts[str(table.name)] = count
    yield encode_part(End(SCHEMA, counts))


def load(transaction: SqlTransaction, stream: Iterable[bytes]) -> dict[str, int]:
    """Fill an empty community; how many rows of each table.

    Raises:
        KnownError: the stream is cut, or of another schema.
    """
    counts = dict.fromkeys((str(table.name) for table in metadata.sorted_tables), 0)
    for part in read_parts(stream):
        if isinstance(part, End):
            if part != End(SCHEMA, counts):
                raise _unfit()
            return counts
        table = metadata.tables.get(part.table)
        if table is None or [column.name for column in table.columns] != ["community", *part.columns]:
            raise _unfit()
        rows = [(transaction.community, *row) for row in part.rows]
        bulk_insert(transaction.connection.dialect, table).run(transaction.connection, rows)
        counts[part.table] += len(rows)
    raise _unfit()


def encode_part(part: Rows | End) -> bytes:
    encoded = _encoder.encode(part)
    return _LENGTH.pack(len(encoded)) + encoded


def read_parts(stream: Iterable[bytes]) -> Iterator[Rows | End]:
    waiting = bytearray()
    for chunk in stream:
        waiting += chunk
        while len(waiting) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(waiting)
            end = _LENGTH.size + length
            if len(waiting) < end:
                break
            yield _parts.decode(waiting[_LENGTH.size : end])
            del waiting[:end]


def _unfit() -> KnownError:
    return KnownError(
        "backup_unfit",
        "这份备份不完整，或者是别的版本的程序做的，没有恢复。",
        "This backup is incomplete or of another version of the program; nothing was restored.",
    )
