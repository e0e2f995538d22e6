"""The order itself: nobody who has read up to a number can later miss a smaller one."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

import msgspec
import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import PlaceDigest
from sync_server.service.folder import Folder
from sync_server.store.postgres import PostgresStore, commit
from sync_server.store.records import SqlRecords
from sync_server.store.rows import Community, Head, Logged
from sync_server.store.sql import SqlStore, SqlTransaction
from tests.server.postgres import Databases
from tests.server.pushing import push_much
from tests.server.town import Settled, Town

PROCESSES, PUSHES, CHANGES = 3, 12, 4


class Reader:
    """Somebody who asks again and again for what is newer than what he has."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self.seen: list[Logged] = []

    def poll(self) -> None:
        with self._store.read() as snapshot:
            self.seen += snapshot.records.log(max((one.seq for one in self.seen), default=0), 1 << 20)

    def missed(self) -> set[int]:
        with self._store.read() as snapshot:
            everything = {one.seq for one in snapshot.records.log(0, 1 << 20)}
        return everything - {one.seq for one in self.seen}


class BySequence(PostgresStore):
    """The same without the lock, and with numbers from a sequence, which many programs take them from."""

    @contextmanager
    def write(self) -> Iterator[SqlTransaction]:
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN ISOLATION LEVEL READ COMMITTED")
            transaction = SqlTransaction(connection, self._community, self._statements)
            transaction.records = _Sequenced(connection, self._community, self._statements)
            yield transaction
            commit(connection)


class _Sequenced(SqlRecords):
    def head(self) -> Head:
        number = self._connection.exec_driver_sql("SELECT nextval('turns')").scalar_one()
        return super().head()._replace(seq=number - 1)


def write_one(store: SqlStore, before_commit: Callable[[], None]) -> None:
    """Take the next number, do something else, write it down."""
    with store.write() as transaction:
        head = transaction.records.head()
        before_commit()
        seq = head.seq + 1
        said = Logged(
            seq, ids.named(str(seq)), b"r" * 16, b"p" * 16, b"d" * 16, seq, b"a" * 16, b"", b"", b"", 1
        )
        transaction.records.append([said])
        transaction.records.advance(head._replace(seq=seq))


def missed_by_a_reader(store: PostgresStore) -> tuple[set[int], list[int]]:
    """One writer takes its number and falls asleep, another comes, a reader polls in between.

    Returns what the reader never got, and what it saw while the first was asleep.
    """
    taken, awake = threading.Event(), threading.Event()

    def sleep() -> None:
        taken.set()
        awake.wait()

    first = threading.Thread(target=write_one, args=(store, sleep))
    second = threading.Thread(target=write_one, args=(store, lambda: None))
    reader = Reader(store)
    first.start()
    taken.wait()
    second.start()
    while second.is_alive() and not waits_for_a_lock(store):
        reader.poll()
    reader.poll()
    meanwhile = [one.seq for one in reader.seen]
    awake.set()
    for thread in (first, second):
        thread.join()
        reader.poll()
    return reader.missed(), meanwhile


def waits_for_a_lock(store: PostgresStore) -> bool:
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    query += " AND wait_event_type = 'Lock'"
    with store.engine.connect() as connection:
        return bool(connection.exec_driver_sql(query).scalar_one())


def found(store: PostgresStore) -> PostgresStore:
    with store.engine.connect() as connection:
        connection.exec_driver_sql("CREATE SEQUENCE turns")
    with PostgresStore.write(store) as transaction:
        community = Community(b"c" * 16, "新华社区", b"r" * 32, 1, b"s" * 32, b"x" * 32)
        transaction.accounts.found(community, b"h" * 16)
    return store


def test_a_writer_waits_for_one_that_sleeps(postgres: Databases) -> None:
    with postgres.fresh() as url, closing(PostgresStore(url, make=True)) as store:
        missed, meanwhile = missed_by_a_reader(found(store))
        assert missed == set()
        assert meanwhile == []
        with store.read() as snapshot:
            assert [one.seq for one in snapshot.records.log(0, 9)] == [1, 2]


def test_numbers_of_a_sequence_would_be_found_out(postgres: Databases) -> None:
    with postgres.fresh() as url, closing(BySequence(url, make=True)) as store:
        missed, meanwhile = missed_by_a_reader(found(store))
        assert missed == {1}
        assert meanwhile == [2]


@pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)
def test_many_processes_push_and_a_reader_misses_nothing(tmp_path: Path, database: str | None) -> None:
    town = Town(tmp_path, database=database)
    settled = Settled.make(town)
    laptops = [settled.worker, *(town.join(name, grids=("一网格",)) for name in ("拉毛", "卓玛"))]
    spawn = get_context("spawn")
    processes = [
        spawn.Process(
            target=push_much,
            args=(Folder(town.folder.path), laptop.device, laptop.worker, settled.mine, PUSHES, CHANGES),
        )
        for laptop in laptops
    ]
    reader = Reader(town.folder.open())
    pulled: dict[Id, int] = {}
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes):
        reader.poll()
        pull(reader._store, settled.mine, pulled)
    for process in processes:
        process.join()
        assert process.exitcode == 0
    reader.poll()
    pull(reader._store, settled.mine, pulled)
    assert reader.missed() == set()
    assert [one.seq for one in reader.seen] == list(range(1, len(reader.seen) + 1))
    mine = [one for one in reader.seen if one.place == settled.mine]
    assert len(mine) == PROCESSES * PUSHES * CHANGES
    assert set(pulled) == {one.record for one in mine}
    chain = b""
    for one in reader.seen:
        chain = sha256(chain + one.hash).digest()
        assert one.chain == chain
    with reader._store.read() as snapshot:
        assert snapshot.records.head()[1:] == (len(reader.seen), chain)
        digest = snapshot.records.digests([settled.mine])[settled.mine]
    assert digest == PlaceDigest(settled.mine, len(mine), digest.total, mine[-1].seq)
    reader._store.close()
    town.close()


def pull(store: SqlStore, place: Id, pulled: dict[Id, int]) -> None:
    """As laptops do: by records above the highest seq received."""
    with store.read() as snapshot:
        for seq, _, _, body in snapshot.records.newer(max(pulled.values(), default=0), [place], 1 << 20):
            pulled[msgspec.msgpack.decode(body)[0]] = seq
