"""What the tables of older programs lack: one step for each schema, run in one transaction under a lock.

A new store is made whole from `tables` and needs none of them. A test compares what the steps make of an old
file with what a new one has.
"""

from collections.abc import Callable

import msgspec
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from gridclient.core.merge.change import Change
from sync_server.store import tables
from sync_server.store.sql import SCHEMA

Randomness = Callable[[int], bytes]
# SQLite would keep '' as a text, also in a column of bytes.
_EMPTY = {"sqlite": "x''", "postgresql": "''"}


def upgrade(connection: sa.Connection, version: int, randomness: Randomness) -> None:
    """Bring tables of an older version up to this program's."""
    operations = Operations(MigrationContext.configure(connection))
    for target in range(version + 1, SCHEMA + 1):
        _STEPS[target](operations, randomness)


def _to_2(operations: Operations, randomness: Randomness) -> None:
    """Keys for packs; what laptops say of themselves; what is erased also from what was put aside."""
    connection = operations.get_bind()
    for name in ("sign_key", "seal_key"):
        operations.add_column("community", _bytes(connection, name))
        for (number,) in connection.execute(sa.select(tables.community.c.community)).all():
            one = sa.update(tables.community).where(tables.community.c.community == number)
            connection.execute(one.values({name: randomness(32)}))
    operations.add_column("quarantined", _bytes(connection, "record"))
    _name_records(connection)
    for name in ("turn", "pending", "held", "quarantined", "oldest"):
        operations.add_column("device", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    operations.add_column("device", _bytes(connection, "machine"))
    operations.add_column("device", sa.Column("program", sa.Text, nullable=False, server_default=""))
    for name in ("parent", "grant_hash", "handed"):
        operations.add_column("device", sa.Column(name, sa.LargeBinary, nullable=True))
    operations.create_index("held_by_record", "held", ["community", "record"])
    for table in (tables.handed, tables.unpacked):
        table.create(connection)


def _name_records(connection: sa.Connection) -> None:
    """Which record the things put aside speak of, as far as they can be read."""
    aside = tables.quarantined
    columns = (aside.c.community, aside.c.device, aside.c.hash, aside.c.original)
    for number, device, hash_, original in connection.execute(sa.select(*columns)).all():
        try:
            record = msgspec.msgpack.decode(original, type=Change).record
        except (msgspec.DecodeError, RecursionError):
            continue
        one = sa.update(aside).where(
            aside.c.community == number, aside.c.device == device, aside.c.hash == hash_
        )
        connection.execute(one.values(record=record))


def _bytes(connection: sa.Connection, name: str) -> sa.Column[bytes]:
    empty = sa.text(_EMPTY[connection.dialect.name])
    return sa.Column(name, sa.LargeBinary, nullable=False, server_default=empty)


_STEPS: dict[int, Callable[[Operations, Randomness], None]] = {2: _to_2}
