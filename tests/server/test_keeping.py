"""Backups that rebuild a server on either engine, and tables of older programs brought up."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
import zstandard
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from gridclient.core.domain.declaration import Role
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Change
from gridclient.core.wire import sealing
from gridclient.core.wire.messages import RefusedError
from sync_server.accounts.recovery import read_private
from sync_server.service import staffing
from sync_server.service.backups import PURPOSE, Backup, back_up, restore
from sync_server.service.folder import Folder
from sync_server.service.service import Service
from sync_server.store.portable import End, Rows, dump, encode_part, load, read_parts
from sync_server.store.postgres import PostgresStore
from sync_server.store.sql import SqlStore
from sync_server.store.sqlite import SqliteStore
from sync_server.store.tables import metadata
from sync_server.store.upgrading import upgrade
from tests.server.postgres import Databases
from tests.server.test_store import KEY
from tests.server.town import DAY, START, Settled, Town, rows_of

OLD = Path(__file__).parent / "old" / "schema-1" / "server.db"


@pytest.fixture(params=["sqlite", "postgres"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Folder]:
    """A new machine."""
    if request.param == "sqlite":
        yield Folder(tmp_path / "elsewhere")
        return
    databases: Databases = request.getfixturevalue("postgres")
    with databases.fresh() as url:
        yield Folder(tmp_path / "elsewhere", url)


def backed_up(town: Town) -> Path:
    file = town.path / "backup"
    store = town.service.store
    assert isinstance(store, SqlStore)
    back_up(store, town.folder, file, town.clock(), town.random.randbytes)
    return file


def rebuilt(town: Town, file: Path, folder: Folder) -> None:
    """The server rebuilt from a backup takes the place of the town's."""
    private = read_private(town.path / "recovery.pem")
    restored = restore(file, private, folder, town.clock() + DAY, town.random.randbytes)
    assert restored.made == town.clock()
    town.service.store.close()
    town.service = Service(folder.open(), town.clock, town.random.randbytes)


def content(store: SqlStore) -> dict[str, list[list[object]]]:
    found: dict[str, list[list[object]]] = {}
    with store.read() as snapshot:
        for part in read_parts(dump(snapshot)):
            if isinstance(part, Rows):
                found.setdefault(part.table, []).extend(part.rows)
    return found


def busy(settled: Settled) -> None:
    """Something of everything a server keeps."""
    worker = settled.worker
    worker.hello()
    worker.push(
        settled.visit(worker, settled.mine),
        settled.resident(worker, settled.mine, "李萍"),
        settled.visit(worker, settled.other),
        settled.visit(worker, settled.mine, outcome=7),
    )


@pytest.mark.parametrize("town", ["service", "postgres"], indirect=True)
def test_a_backup_of_one_engine_rebuilds_a_server_on_the_other(settled: Settled, elsewhere: Folder) -> None:
    town, worker = settled.town, settled.worker
    busy(settled)
    open_code = town.enrolment(town.code(worker.worker))
    file = backed_up(town)
    checkpoint = worker.hello().checkpoint
    assert isinstance(town.service.store, SqlStore)
    before = content(town.service.store)
    assert {"record", "log", "held", "quarantined", "device", "code"} <= set(before)
    late = settled.visit(worker, settled.mine)
    assert worker.push(late)[0].status == "accepted"

    rebuilt(town, file, elsewhere)
    store = town.service.store
    assert isinstance(store, SqlStore)
    after = content(store)
    codes = [row for row in before.pop("code") if row[-1] is not None]
    assert after.pop("code") == codes
    # Everything is there, and one change more, which says what happened.
    *log, noted = after.pop("log")
    assert log == before.pop("log")
    assert msgspec.msgpack.decode(bytes(noted[-2]), type=Change).fields["action"] == "restore"  # type: ignore[call-overload]
    for table in ("community", "digest"):
        assert len(after.pop(table)) == len(before.pop(table))
    assert [row for row in after.pop("record") if row[-3] != noted[2]] == before.pop("record")
    # The nonces of this laptop's last hello came after the backup.
    assert [row[0] for row in after.pop("device")] == [row[0] for row in before.pop("device")]
    assert after == before
    assert elsewhere.authority.read_bytes() == town.authority

    # The laptops know their server by its certificate, and by the history that it is not what it was.
    worker.api, settled.supervisor.api = town.connect(worker.token), town.connect(settled.supervisor.token)
    welcome = worker.hello(checkpoint)
    assert not welcome.known
    assert welcome.checkpoint.seq == checkpoint.seq + 1
    assert welcome.checkpoint.history != checkpoint.history
    (answer,) = worker.push(late)
    assert (answer.status, answer.seq) == ("accepted", checkpoint.seq + 2)
    frames = list(settled.supervisor.api.pull(checkpoint.seq, [settled.mine]))
    assert [row[0] for row in rows_of(frames)] == [late.id]
    with pytest.raises(RefusedError) as refused:
        town.service.enrol(open_code)
    assert refused.value.code == "code_wrong"


@pytest.mark.parametrize("town", ["service", "postgres"], indirect=True)
def test_a_backup_made_while_others_write_is_of_one_moment(settled: Settled) -> None:
    busy(settled)
    store = settled.town.service.store
    assert isinstance(store, SqlStore)
    before = content(store)
    with store.read() as snapshot:
        parts = dump(snapshot)
        first = next(parts)
        settled.worker.push(settled.visit(settled.worker, settled.mine))
        staffing.add_worker(settled.town.service, "卓玛", Role.WORKER, ())
        found = [part for part in read_parts([first, *parts]) if isinstance(part, Rows)]
    assert {part.table: part.rows for part in found} == before
    assert content(store) != before


def test_what_is_no_good_backup_restores_nothing(settled: Settled, tmp_path: Path) -> None:
    town = settled.town
    busy(settled)
    file = backed_up(town)
    private = read_private(tmp_path / "recovery.pem")
    whole = file.read_bytes()
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 1
    backup = msgspec.msgpack.decode(sealing.unseal(whole, private, PURPOSE), type=Backup)
    spoiled = {"backup_sealed": [bytes(damaged), whole[:-9], b"", b"no backup"]}
    assert isinstance(town.service.store, SqlStore)
    with town.service.store.read() as snapshot:
        parts = list(read_parts(dump(snapshot)))
    spoiled["backup_unfit"] = [sealed(town, backup, some) for some in (parts[:-1], parts[1:], parts[:1])]
    end = parts[-1]
    assert isinstance(end, End)
    spoiled["backup_unfit"].append(sealed(town, backup, [*parts[:-1], End(99, end.counts)]))
    for number, part in enumerate(parts):
        if isinstance(part, Rows) and part.table == "log":
            forged = [list(row) for row in part.rows]
            forged[2][part.columns.index("hash")] = b"x" * 32
            changed = [*parts[:number], Rows(part.table, part.columns, forged), *parts[number + 1 :]]
            spoiled["chain_broken"] = [sealed(town, backup, changed)]
    assert set(spoiled) == {"backup_sealed", "backup_unfit", "chain_broken"}
    for code, files in spoiled.items():
        for number, data in enumerate(files):
            bad = tmp_path / f"{code}{number}"
            bad.write_bytes(data)
            folder = Folder(tmp_path / f"{code}{number}.server")
            with pytest.raises(KnownError) as known:
                restore(bad, private, folder, START, town.random.randbytes)
            assert known.value.code == code
            assert not folder.made
    with pytest.raises(KnownError) as known:
        restore(file, bytes(31) + b"\x01", Folder(tmp_path / "x"), START, town.random.randbytes)
    assert known.value.code == "backup_sealed"
    with pytest.raises(KnownError) as known:
        restore(file, private, town.folder, START, town.random.randbytes)
    assert known.value.code == "server_exists"
    with pytest.raises(KnownError) as known:
        backed_up(town)
    assert known.value.code == "file_exists"
    assert file.read_bytes() == whole
    for wrong in (tmp_path / "nowhere", town.folder.authority_key, file):
        with pytest.raises(KnownError):
            read_private(wrong)


def sealed(town: Town, backup: Backup, parts: list[Rows | End]) -> bytes:
    rows = zstandard.compress(b"".join(map(encode_part, parts)))
    said = msgspec.msgpack.encode(Backup(backup.made, backup.files, rows))
    with town.service.store.read() as snapshot:
        community = snapshot.accounts.community()
    assert community is not None
    return sealing.seal(said, [community.recovery_key], PURPOSE)


def test_an_old_file_is_brought_up_and_works(tmp_path: Path) -> None:
    path = tmp_path / "server.db"
    shutil.copy(OLD, path)
    before = path.read_bytes()
    with pytest.raises(KnownError) as known:
        SqliteStore(path, KEY)
    assert known.value.code == "older_store"
    assert path.read_bytes() == before
    chance = iter(range(1, 9))

    def key(size: int) -> bytes:
        return bytes([next(chance)]) * size

    SqliteStore(path, KEY, steps=lambda connection, version: upgrade(connection, version, key)).close()
    with closing(SqliteStore(path, KEY)) as store:
        assert differences(store) == []
        with store.read() as snapshot:
            community = snapshot.accounts.community()
            assert community is not None
            assert (community.sign_key, community.seal_key) == (b"\x01" * 32, b"\x02" * 32)
            assert snapshot.records.counts() == {"record": 11, "log": 11, "held": 1, "quarantined": 1}
            (aside,) = snapshot.records.quarantined(9)
            assert aside.record == aside.id
            assert {one.turn for one in snapshot.accounts.devices()} == {0}
            assert COMMONS in snapshot.records.digests()
        with store.write() as transaction:
            device = transaction.accounts.devices()[0]._replace(turn=4, parent=b"p" * 16)
            transaction.accounts.put_device(device)
            assert transaction.accounts.device(device.id) == device


def test_old_tables_in_postgresql_become_new_ones(tmp_path: Path, postgres: Databases) -> None:
    shutil.copy(OLD, tmp_path / "server.db")
    with postgres.fresh() as url:
        engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        with engine.begin() as connection:
            old_tables(tmp_path / "server.db").create_all(connection)
            connection.exec_driver_sql("CREATE TABLE schema_version (version INTEGER PRIMARY KEY)")
            connection.exec_driver_sql("INSERT INTO schema_version VALUES (1)")
        engine.dispose()
        with pytest.raises(KnownError) as known:
            PostgresStore(url)
        assert known.value.code == "older_store"
        PostgresStore(url, steps=lambda c, v: upgrade(c, v, bytes)).close()
        with closing(PostgresStore(url)) as store:
            assert differences(store) == []
            assert store.version() == 2


def old_tables(path: Path) -> sa.MetaData:
    """The tables of the first schema, as the old file has them, for any engine."""
    found = sa.MetaData()
    connection = SqliteStore.__new__(SqliteStore)
    connection._path, connection._key = path, KEY
    engine = sa.create_engine("sqlite://", creator=connection._connect)
    found.reflect(engine)
    engine.dispose()
    for table in found.tables.values():
        for column in table.columns:
            column.type = column.type.as_generic()
    return found


def differences(store: SqlStore) -> list[object]:
    """What of the tables is not as a new store has it."""
    with store.engine.connect() as connection:
        options = {"include_name": lambda name, *_: name != "schema_version", "compare_type": False}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        connection.rollback()
    return list(found)


def test_an_empty_store_is_filled_once(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "store.db", KEY)) as store, store.write() as transaction:
        with pytest.raises(KnownError) as known:
            load(transaction, [])
        assert known.value.code == "backup_unfit"
