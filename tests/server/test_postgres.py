"""What PostgreSQL adds: plans, lost connections, commits that are none."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.wire.messages import RefusedError
from sync_server.store.contract import StoreBusyError
from sync_server.store.postgres import PostgresStore
from sync_server.store.rows import Logged
from sync_server.store.statements import Lookup
from tests.server.postgres import Databases
from tests.server.test_store import PLACE, found, record
from tests.server.town import Town

MANY = 3000


@pytest.fixture
def store(postgres: Databases) -> Iterator[PostgresStore]:
    with postgres.fresh() as url, closing(PostgresStore(url, make=True)) as made:
        found(made)
        yield made


def fill(store: PostgresStore) -> None:
    with store.write() as transaction:
        transaction.records.create([record(number, number + 1) for number in range(MANY)])
        transaction.records.append(
            [
                Logged(
                    number + 1,
                    ids.named("change", str(number)),
                    ids.named("record", str(number)),
                    PLACE,
                    b"d" * 16,
                    number,
                    b"a" * 16,
                    b"s",
                    b"c",
                    b"said" * 30,
                    5,
                )
                for number in range(MANY)
            ]
        )
    store.settle()


def test_lookups_go_by_their_index(store: PostgresStore) -> None:
    fill(store)
    statements = store._statements
    lookups: list[tuple[str, Lookup, tuple[int, ...], tuple[int, ...]]] = [
        ("record_by_id", statements.records, (), ()),
        ("log_by_id", statements.known, (), ()),
        ("log_by_record", statements.histories, (), ()),
        ("record_pkey", statements.newer, (MANY - 50,), (10,)),
    ]
    with store.read() as snapshot:
        for index, lookup, before, after in lookups:
            wanted = [PLACE] if index == "record_pkey" else [ids.named("record", str(n)) for n in range(90)]
            statement, bound = lookup.bound(wanted)
            plan = snapshot.connection.exec_driver_sql(
                "EXPLAIN " + statement.sql, (1, *before, *bound, *after)
            )
            lines = [line for (line,) in plan]
            assert any(index in line for line in lines), lines
            assert not any("Seq Scan" in line for line in lines), lines


def end_all_others(store: PostgresStore, url: str) -> None:
    """What a restart of the database does to whoever is connected."""
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).all()
    engine.dispose()


def test_lost_connections_are_made_anew(postgres: Databases) -> None:
    with postgres.fresh() as url, closing(PostgresStore(url, make=True)) as store:
        found(store)
        with store.read() as first, store.read() as second:
            assert first.records.head() == second.records.head()
        end_all_others(store, url)
        with store.read() as snapshot:
            assert snapshot.records.head().seq == 0

        def cut() -> None:
            with store.write() as transaction:
                transaction.records.create([record(0, 1)])
                end_all_others(store, url)

        with pytest.raises(sa.exc.DBAPIError):
            cut()
        with store.write() as transaction:
            assert transaction.records.counts()["record"] == 0
            transaction.records.create([record(0, 1)])
        with store.read() as snapshot:
            assert snapshot.records.counts()["record"] == 1


def test_an_error_passed_over_is_no_commit(store: PostgresStore) -> None:
    def write() -> None:
        with store.write() as transaction:
            transaction.records.create([record(0, 1)])
            with pytest.raises(sa.exc.IntegrityError):
                transaction.records.create([record(0, 1)])

    with pytest.raises(AssertionError):
        write()
    with store.read() as snapshot:
        assert snapshot.records.counts()["record"] == 0


def test_who_waits_too_long_is_told_to_come_again(store: PostgresStore) -> None:
    def second() -> None:
        with store.write():
            raise AssertionError("it was never alone")

    impatient = "SET lock_timeout = '50ms'"
    sa.event.listen(store.engine, "checkout", lambda connection, *_: connection.execute(impatient).close())
    with store.write(), pytest.raises(StoreBusyError):
        second()
    with store.write() as transaction:
        transaction.records.create([record(0, 1)])


def test_commits_are_durable_whatever_the_database_says(store: PostgresStore) -> None:
    with store.engine.connect() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    store.engine.dispose()
    with store.write() as transaction:
        assert transaction.connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"


def test_a_database_that_is_gone_is_busy_and_no_fault(tmp_path: Path, postgres: Databases) -> None:
    with postgres.fresh() as url:
        town = Town(tmp_path, database=url, road="http")
        laptop = town.join("安书记", Role.SUPERVISOR)
        laptop.hello()
        change = laptop.change("worker", {"name": "卓玛", "role": "worker"})
    for ask in (lambda: laptop.hello(), lambda: laptop.push(change), lambda: laptop.api.digest([])):
        with pytest.raises(RefusedError) as refused:
            ask()
        assert refused.value.code == "busy"
    with pytest.raises(StoreBusyError), town.service.store.read():
        pass
    town.close()
