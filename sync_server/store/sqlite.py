"""A store in one SQLCipher file: for one process, a street or a community."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlcipher3 import dbapi2 as sqlcipher

from gridclient.core.domain.errors import KnownError
from sync_server.store.contract import StoreBusyError
from sync_server.store.records import RecordStatements
from sync_server.store.sql import SCHEMA, SqlStore, SqlTransaction, Steps, refuse_other_schema
from sync_server.store.tables import metadata

# Every SQLite before it has the bug that corrupts a WAL on reset (sqlite.org/wal.html#walresetbug).
OLDEST_SQLITE = (3, 51, 3)
_BUSY_SECONDS = 10
_PER_CONNECTION = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",  # nothing erased is left in free space; SQLCipher's own default, made sure
    "PRAGMA cache_size = -16000",
)


class _Compiler(SQLiteCompiler):
    """Renders `INDEXED BY` hints, which SQLAlchemy leaves out for SQLite, and no value for an OFFSET of 0."""

    def limit_clause(self, select: Any, **given: Any) -> str:
        rendered: str = SQLCompiler.limit_clause(self, select, **given)  # type: ignore[no-untyped-call]
        return rendered

    def get_from_hint_text(self, table: sa.FromClause, text: str | None) -> str | None:
        return text


class SqliteStore(SqlStore):
    """The store in a file. Threads may share it; writers queue."""

    def __init__(self, path: Path, key: bytes, community: int = 1, *, steps: Steps | None = None) -> None:
        """Open the file, making it where there is none. `steps` bring an older one up from its version.

        Raises:
            KnownError: the file is not ours, the key is not its key, or it is of another program's version.
        """
        if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
            raise KnownError(
                "old_sqlite",
                f"SQLite {sqlcipher.sqlite_version} 太旧，会损坏数据。请更新 sqlcipher3 再启动。",
                f"SQLite {sqlcipher.sqlite_version} is too old and may corrupt data; update sqlcipher3.",
            )
        self._path, self._key, self._community = path, key, community
        self._writing = threading.Lock()
        self.engine = sa.create_engine(
            "sqlite+pysqlite://",
            module=sqlcipher,
            creator=self._connect,
            poolclass=sa.QueuePool,
            pool_size=8,
            max_overflow=32,
            pool_reset_on_return="rollback",
            hide_parameters=True,
        )
        self.engine.dialect.statement_compiler = _Compiler
        try:
            self._prepare(steps)
        except sa.exc.DatabaseError as error:
            self.close()
            raise KnownError(
                "store_unreadable",
                "服务器的数据文件打不开：文件坏了，或者钥匙文件不是它的。数据没有动过。",
                "The server's data file cannot be opened: damaged, or the key file is not its own.",
            ) from error
        except KnownError:
            self.close()
            raise
        self._statements = RecordStatements(self.engine.dialect)

    @contextmanager
    def read(self) -> Iterator[SqlTransaction]:
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield SqlTransaction(connection, self._community, self._statements)

    @contextmanager
    def write(self) -> Iterator[SqlTransaction]:
        """See `Store.write`."""
        if not self._writing.acquire(timeout=_BUSY_SECONDS):
            raise StoreBusyError
        try:
            with self.engine.connect() as connection:
                try:
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                except sa.exc.OperationalError as error:
                    raise StoreBusyError from error
                yield SqlTransaction(connection, self._community, self._statements)
                connection.commit()
        finally:
            self._writing.release()

    def settle(self) -> None:
        """See `Store.settle`. Nothing is to be done: every hot statement names its index."""

    def _connect(self) -> DBAPIConnection:
        # Transactions are begun by hand: the driver's own mode begins them late and unlocked.
        connection: Any = sqlcipher.connect(
            str(self._path), isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS
        )
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr what is raised anyway
        connection.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
        for pragma in _PER_CONNECTION:
            connection.execute(pragma)
        made: DBAPIConnection = connection
        return made

    def _prepare(self, steps: Steps | None) -> None:
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version == 0:
                metadata.create_all(connection)
            elif steps is not None and version < SCHEMA:
                steps(connection, version)
            else:
                refuse_other_schema(version)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
            connection.commit()
