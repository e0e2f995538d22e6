"""A store in PostgreSQL: any number of processes, on any number of machines, over one database."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg
import sqlalchemy as sa

from gridclient.core.domain.errors import KnownError
from sync_server.store.contract import StoreBusyError
from sync_server.store.records import RecordStatements
from sync_server.store.sql import SCHEMA, SqlStore, SqlTransaction, Steps, refuse_other_schema
from sync_server.store.tables import community as communities
from sync_server.store.tables import metadata

_VERSIONS = sa.Table("schema_version", sa.MetaData(), sa.Column("version", sa.Integer, primary_key=True))
_MAKING = 0x6D71  # the advisory lock of whoever makes or changes tables
# A commit that is answered has to last, whatever the database's own setting is. A process that hangs in the
# middle of its work gives the others their turn back.
_OPTIONS = (
    "-c synchronous_commit=on -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s "
    "-c plan_cache_mode=force_custom_plan"
)


class PostgresStore(SqlStore):
    """The store in a database. Threads may share it; processes need one each.

    Every writer locks the community's row before it reads anything and holds it until its commit: numbers
    become visible in the order in which they were given, so nobody who has seen one can later miss a smaller
    one. A sequence would not do: whoever takes the smaller number may commit later.
    """

    def __init__(
        self, url: str, community: int = 1, *, make: bool = False, steps: Steps | None = None
    ) -> None:
        """Open the database; `make`: with its tables, where there are none yet. `steps` bring older ones up.

        Raises:
            KnownError: it cannot be reached, holds no server, or one of another program's version.
        """
        self.engine = sa.create_engine(
            driver_url(url),
            # Transactions are begun by hand, each with what it needs.
            isolation_level="AUTOCOMMIT",
            paramstyle="format",
            pool_size=8,
            max_overflow=16,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"options": _OPTIONS, "connect_timeout": 10},
        )
        self._community = community
        try:
            if make or steps is not None:
                self._prepare(make, steps)
            version = self.version()
        except sa.exc.OperationalError as error:
            self.close()
            raise _unreachable(error) from error
        if version is None:
            self.close()
            raise KnownError(
                "no_server",
                "这个数据库里没有服务器。先用 init 建一个。",
                "No server in this database; make one with init.",
            )
        try:
            refuse_other_schema(version)
        except KnownError:
            self.close()
            raise
        self._statements = RecordStatements(self.engine.dialect)
        query = sa.select(communities.c.seq).where(communities.c.community == community).with_for_update()
        self._lock = query

    @contextmanager
    def read(self) -> Iterator[SqlTransaction]:
        """See `Store.read`. Raises StoreBusyError where the database does not answer."""
        with self._begun("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as connection:
            yield SqlTransaction(connection, self._community, self._statements)

    @contextmanager
    def write(self) -> Iterator[SqlTransaction]:
        """See `Store.write`."""
        # Not REPEATABLE READ: that would see the state before the wait for the lock.
        with self._begun("BEGIN ISOLATION LEVEL READ COMMITTED", self._lock) as connection:
            yield SqlTransaction(connection, self._community, self._statements)
            commit(connection)

    def settle(self) -> None:
        """See `Store.settle`. Until it knows better it reads a whole community for a few ids."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")

    @contextmanager
    def _begun(self, begin: str, lock: sa.Select[int] | None = None) -> Iterator[sa.Connection]:
        with ExitStack() as stack:
            try:
                connection = stack.enter_context(self.engine.connect())
                connection.exec_driver_sql(begin)
                if lock is not None:
                    connection.execute(lock)
            except (sa.exc.OperationalError, sa.exc.TimeoutError) as error:
                raise StoreBusyError from error
            yield connection

    def version(self) -> int | None:
        """Which schema its tables have; None where there are none."""
        with self.engine.connect() as connection:
            return _version(connection)

    def _prepare(self, make: bool, steps: Steps | None) -> None:
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MAKING})")
            version = _version(connection)
            if version is None and make:
                metadata.create_all(connection)
                _VERSIONS.create(connection)
                connection.execute(_VERSIONS.insert(), {"version": SCHEMA})
            elif version is not None and version < SCHEMA and steps is not None:
                steps(connection, version)
                connection.execute(_VERSIONS.update(), {"version": SCHEMA})
            commit(connection)


def _version(connection: sa.Connection) -> int | None:
    if not sa.inspect(connection).has_table(_VERSIONS.name):
        return None
    return connection.execute(sa.select(sa.func.max(_VERSIONS.c.version))).scalar()


def driver_url(url: str) -> sa.URL:
    """The address with the driver's name. Raises KnownError where it is none of a PostgreSQL database."""
    try:
        made = sa.make_url(url)
    except sa.exc.ArgumentError:
        made = None
    if made is None or made.get_backend_name() not in ("postgresql", "postgres"):
        raise KnownError(
            "bad_database",
            "数据库的地址写得不对，要像 postgresql://用户@主机/库名。",
            "The address of the database has to look like postgresql://user@host/name.",
        )
    return made.set(drivername="postgresql+psycopg")


def commit(connection: sa.Connection) -> None:
    """Commit, and never take for committed what the database has given up after an error."""
    held = connection.connection.dbapi_connection
    assert isinstance(held, psycopg.Connection)
    if held.info.transaction_status != psycopg.pq.TransactionStatus.INTRANS:
        raise AssertionError("an error within the transaction was passed over")
    connection.exec_driver_sql("COMMIT")


def _unreachable(error: sa.exc.OperationalError) -> KnownError:
    # Only the kind of the error: its text may hold the address and who was to log in.
    kind = type(error.orig).__name__
    return KnownError(
        "store_unreachable",
        f"连不上数据库（{kind}）。看看地址对不对、数据库开着没有。数据没有动过。",
        f"Cannot reach the database ({kind}); check its address and whether it runs.",
    )
