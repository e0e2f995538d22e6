"""What every store keeps to, and what SQLite's adds."""

import os
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import PlaceDigest
from sync_server.store.contract import Position, Store
from sync_server.store.postgres import PostgresStore
from sync_server.store.rows import Community, Device, Head, Held, Logged, Quarantined, Stored
from sync_server.store.sqlite import SqliteStore
from sync_server.store.statements import Lookup
from tests.server.postgres import Databases
from tests.server.raw import pages
from tests.server.town import Town

KEY = bytes(range(32))
PLACE = ids.named("place")
OTHER = ids.named("another place")


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        with closing(SqliteStore(tmp_path / "store.db", KEY)) as made:
            found(made)
            yield made
        return
    databases: Databases = request.getfixturevalue("postgres")
    with databases.fresh() as url, closing(PostgresStore(url, make=True)) as made_there:
        found(made_there)
        yield made_there


def found(made: Store) -> None:
    with made.write() as transaction:
        transaction.accounts.found(
            Community(b"c" * 16, "新华社区", b"r" * 32, 1, b"s" * 32, b"x" * 32), b"h" * 16
        )


def record(number: int, seq: int, place: bytes = PLACE, stage: int = 0) -> Stored:
    return Stored(stage, place, seq, ids.named("record", str(number)), "resident", f"body{number}".encode())


def logged(number: int, seq: int) -> Logged:
    identity = ids.named("change", str(number))
    of = ids.named("record", str(number % 3))
    return Logged(seq, identity, of, PLACE, b"d" * 16, seq, b"a" * 16, b"s" * 32, b"c%d" % seq, b"said", 5)


def test_a_new_store_is_at_the_beginning(store: Store) -> None:
    with store.read() as snapshot:
        assert snapshot.records.head() == Head(b"h" * 16, 0, b"")
        assert snapshot.records.chain_at(0) == b""
        assert snapshot.records.chain_at(1) is None
        assert snapshot.records.digests() == {}
        assert snapshot.records.newer(0, [], 10) == []
        assert snapshot.records.records([]) == {}


def test_what_is_written_is_read(store: Store) -> None:
    records = [record(number, number + 1) for number in range(3)]
    with store.write() as transaction:
        transaction.records.create(records)
        transaction.records.append([logged(number, number + 1) for number in range(3)])
        transaction.records.advance(Head(b"h" * 16, 3, b"c3"))
    with store.read() as snapshot:
        found = snapshot.records.records([records[0].id, records[2].id, b"x" * 16])
        assert found == {records[0].id: records[0], records[2].id: records[2]}
        assert snapshot.records.head() == Head(b"h" * 16, 3, b"c3")
        assert snapshot.records.chain_at(2) == b"c2"
        known = snapshot.records.known([ids.named("change", "1"), b"x" * 16])
        assert {key: one.seq for key, one in known.items()} == {ids.named("change", "1"): 2}
        assert list(snapshot.records.histories([ids.named("record", "1")])) == [
            (ids.named("record", "1"), b"said")
        ]
        assert snapshot.records.counts() == {"record": 3, "log": 3, "held": 0, "quarantined": 0}


def test_a_record_written_again_moves_to_its_new_seq(store: Store) -> None:
    with store.write() as transaction:
        transaction.records.create([record(number, number + 1) for number in range(3)])
        transaction.records.rewrite([(Position(0, PLACE, 1), 4, b"new")])
    with store.read() as snapshot:
        rows = snapshot.records.rows(0, PLACE)
        assert rows == [(4, "resident", b"new"), (3, "resident", b"body2"), (2, "resident", b"body1")]
        assert snapshot.records.rows(0, PLACE, 3) == [(2, "resident", b"body1")]
        assert snapshot.records.latest(0, PLACE) == 4
        assert snapshot.records.latest(1, PLACE) == 0


def test_what_is_newer_comes_from_all_stages_of_the_places_asked_for(store: Store) -> None:
    with store.write() as transaction:
        transaction.records.create(
            [
                record(0, 5),
                record(1, 2, stage=2),
                record(2, 4, OTHER, 3),
                record(3, 3, b"z" * 16),
                record(4, 1),
            ]
        )
    with store.read() as snapshot:
        newer = snapshot.records.newer(1, [PLACE, OTHER], 10)
        assert [(seq, place) for seq, place, _, _ in newer] == [(2, PLACE), (4, OTHER), (5, PLACE)]
        assert [row[0] for row in snapshot.records.newer(1, [PLACE, OTHER], 2)] == [2, 4]


def test_a_digest_of_64_bits_survives(store: Store) -> None:
    digests = [PlaceDigest(PLACE, 2, (1 << 64) - 1, 7), PlaceDigest(OTHER, 1, 1 << 63, 8)]
    with store.write() as transaction:
        transaction.records.set_digests([PlaceDigest(PLACE, 1, 5, 6)])
        transaction.records.set_digests(digests)
    with store.read() as snapshot:
        assert snapshot.records.digests() == {one.place: one for one in digests}
        assert snapshot.records.digests([OTHER]) == {OTHER: digests[1]}


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.write() as transaction:
            transaction.records.create([record(0, 1)])
            transaction.records.advance(Head(b"h" * 16, 1, b"c"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.read() as snapshot:
        assert snapshot.records.counts()["record"] == 0
        assert snapshot.records.head().seq == 0


def test_a_reader_keeps_its_state_while_another_writes(store: Store) -> None:
    with store.read() as snapshot:
        assert snapshot.records.head().seq == 0
        with store.write() as transaction:
            transaction.records.advance(Head(b"h" * 16, 1, b"c"))
        assert snapshot.records.head().seq == 0
    with store.read() as snapshot:
        assert snapshot.records.head().seq == 1


def test_writers_take_turns(store: Store) -> None:
    def count() -> None:
        for _ in range(20):
            with store.write() as transaction:
                head = transaction.records.head()
                transaction.records.advance(head._replace(seq=head.seq + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as snapshot:
        assert snapshot.records.head().seq == 80


def test_held_and_quarantined_are_kept_once(store: Store) -> None:
    held = Held(
        *(
            b"i" * 16,
            b"h" * 32,
            b"d" * 16,
            1,
            b"a" * 16,
            "visit",
            b"r" * 16,
            PLACE,
            "scope",
            "等书记定",
            b"c",
            5,
        )
    )
    aside = Quarantined(b"q" * 32, b"i" * 16, b"d" * 16, b"a" * 16, "malformed", "不完整", b"\xff", 5)
    for _ in range(2):
        with store.write() as transaction:
            transaction.records.hold([held])
            transaction.records.quarantine([aside])
    with store.write() as transaction:
        assert transaction.records.held([held.id]) == [held]
        assert transaction.records.verdicts(held.device) == []
        transaction.records.decide(held.id, held.hash, "declined", 9, "不是你的楼")
        decided = held._replace(verdict="declined", decided=9, note="不是你的楼")
        assert transaction.records.verdicts(held.device) == [decided]
        transaction.records.mark_told(held.device, 8)
        assert transaction.records.verdicts(held.device) == [decided]
        transaction.records.mark_told(held.device, 9)
        assert transaction.records.verdicts(held.device) == []
        assert transaction.records.counts() == {"record": 0, "log": 0, "held": 0, "quarantined": 1}


def test_texts_of_strangers_are_kept_without_the_character_0(store: Store) -> None:
    told = Device(b"d" * 16, b"w" * 16, "前\0台", b"k" * 32, b"t" * 32, 1, program="1\0")
    with store.write() as transaction:
        transaction.accounts.put_device(told)
        transaction.records.decide(b"i" * 16, b"h" * 32, "declined", 9, "\0")
        assert transaction.accounts.device(told.id) == told._replace(label="前台", program="1")
        assert transaction.accounts.code("A\0BC") is None


def test_lookups_go_by_their_index(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.db", KEY)
    statements = store._statements
    lookups: list[tuple[str, Lookup, tuple[int, ...], tuple[int, ...]]] = [
        ("record_by_id (community=? AND id=?)", statements.records, (), ()),
        ("log_by_id (community=? AND id=?)", statements.known, (), ()),
        ("log_by_record (community=? AND record=?)", statements.histories, (), ()),
        ("held USING PRIMARY KEY (community=? AND id=?)", statements.held, (), ()),
        (
            "record USING PRIMARY KEY (community=? AND stage=? AND place=? AND seq>?)",
            statements.newer,
            (0,),
            (10,),
        ),
    ]
    with store.read() as snapshot:
        for expected, lookup, before, after in lookups:
            statement, ids = lookup.bound([b"x" * 16] * 90)
            values = (1, *before, *ids, *after)
            plan = snapshot.records._connection.exec_driver_sql(
                "EXPLAIN QUERY PLAN " + statement.sql, values
            ).all()
            assert expected in str(plan[0])
    store.close()


def test_nothing_lies_on_the_disk_in_clear(tmp_path: Path) -> None:
    town = Town(tmp_path)
    supervisor = town.join("安书记")
    assert supervisor.hello().places
    files = {path.name: path.read_bytes() for path in (tmp_path / "server").iterdir()}
    town.close()
    assert {"server.db", "server.db-wal", "server.key"} <= set(files)
    for secret in ("新华社区", "安书记", supervisor.token):
        for name in ("server.db", "server.db-wal"):
            assert secret.encode() not in files[name]
    if os.name == "posix":
        for path in (tmp_path / "server").iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_erased_stays_in_free_space(tmp_path: Path) -> None:
    path, secret = tmp_path / "store.db", "李萍的事".encode()
    with closing(SqliteStore(path, KEY)) as made:
        found(made)
        with made.write() as transaction:
            long = logged(1, 1)._replace(change=secret * 2000)
            transaction.records.append([long, *(logged(number, number) for number in range(2, 50))])
    assert secret in pages(path, KEY)
    with closing(SqliteStore(path, KEY)) as made, made.write() as transaction:
        transaction.records.empty_payloads([(1, b"")])
    assert secret not in pages(path, KEY)


@pytest.mark.parametrize("spoil", ["key", "data", "newer"])
def test_what_cannot_be_used_is_refused_and_left_alone(tmp_path: Path, spoil: str) -> None:
    path, key = tmp_path / "store.db", KEY
    SqliteStore(path, KEY).close()
    if spoil == "key":
        key = bytes(32)
    elif spoil == "data":
        path.write_bytes(b"x" * 8192)
    else:
        connection = sqlcipher.connect(str(path))
        connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        connection.execute("PRAGMA user_version = 99")
        connection.close()
    before = path.read_bytes()
    with pytest.raises(KnownError) as known:
        SqliteStore(path, key)
    assert known.value.code == ("newer_store" if spoil == "newer" else "store_unreadable")
    assert path.read_bytes() == before
