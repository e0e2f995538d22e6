"""An older ledger becomes one of today, whole or not at all; a newer one is not touched."""

import random
import shutil
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import parse, text
from gridclient.core.wire.messages import Frame, Section
from gridclient.ledger import container, drafts, folding, receiving, records
from gridclient.ledger.backup import sums
from gridclient.ledger.keys import KeyFile
from gridclient.ledger.ledger import FILE, KEYS, Ledger
from gridclient.ledger.store import connect
from gridclient.ledger.tables import SCHEMA
from gridclient.ledger.writing import Touched
from gridclient.operations.check import check
from gridclient.operations.dump import dump
from tests.ledger.old_ledgers import PASSPHRASE, SCHEMA_1, SCHEMA_2, dumped, old_ledger
from tests.ledgers import PASSPHRASE as OWN
from tests.ledgers import Clock


def opened(folder: Path, clock: Clock, *, write: bool = True) -> Ledger:
    return Ledger.open(folder, PASSPHRASE, clock, random.Random(1).randbytes, write=write)


def digests(path: Path, key: bytes) -> list[Any]:
    with closing(connect(path, key)) as held:
        return list(held.execute("SELECT id, whole, count, total FROM place ORDER BY id").fetchall())


@pytest.fixture
def key() -> bytes:
    return KeyFile.read(SCHEMA_1 / KEYS).unlock(PASSPHRASE)


def test_all_that_an_old_ledger_held_is_there(tmp_path: Path, clock: Clock, key: bytes) -> None:
    folder = old_ledger(tmp_path / "old")
    before = digests(folder / FILE, key)
    ledger = opened(folder, clock)
    shown = {str(line["record"]): line for line in dump(ledger)}
    known = dumped()
    assert {record: shown[record] for record in known} == known
    assert sorted(str(shown[one]["kind"]) for one in shown.keys() - known.keys()) == ["care_tag"] * 3
    unsent = ledger.unsent()
    assert (unsent.pending, unsent.held, unsent.quarantined) == (8, 1, 1)
    with ledger.reading() as connection:
        kept = connection.exec_driver_sql("SELECT name FROM draft").scalars().all()
        assert [drafts.get(connection, name) is not None for name in kept] == [True]
        assert connection.exec_driver_sql("SELECT count(*) FROM inverse").scalar_one() == 9
    found = check(ledger)
    assert (found.damage, found.notes) == ([], [])
    ledger.close()
    assert digests(folder / FILE, key) == before


def test_a_ledger_of_the_second_schema_shows_the_same_and_goes_on(tmp_path: Path, clock: Clock) -> None:
    folder = old_ledger(tmp_path / "old", SCHEMA_2)
    before = digests(folder / FILE, KeyFile.read(SCHEMA_2 / KEYS).unlock(PASSPHRASE))
    ledger = opened(folder, clock)
    assert {str(line["record"]): line for line in dump(ledger)} == dumped(SCHEMA_2)
    unsent = ledger.unsent()
    assert (unsent.pending, unsent.held, unsent.quarantined) == (4, 1, 1)
    assert check(ledger).damage == []
    with ledger.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT kind, seq FROM change WHERE state = 'done' AND laid = 1"
        ).all()
        held = connection.exec_driver_sql("SELECT count(*) FROM only_here, kept_visit, sealed").scalar_one()
    assert ([row[0] for row in rows], held) == (["resident"], 0)
    # The next end of a pull finds it answered long ago and folds it in.
    with ledger.writing() as connection:
        folding.fold(connection, rows[0][1] - 1, rows[0][1], Touched())
    assert check(ledger).damage == []
    shown = {str(line["record"]): line["fields"] for line in dump(ledger)}
    assert shown == {record: line["fields"] for record, line in dumped(SCHEMA_2).items()}
    ledger.close()
    assert digests(folder / FILE, KeyFile.read(folder / KEYS).unlock(PASSPHRASE)) != before


def test_what_could_not_be_read_then_lies_in_its_columns_now(tmp_path: Path, clock: Clock) -> None:
    ledger = opened(old_ledger(tmp_path / "old"), clock)
    with ledger.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM other").scalar_one() == 0
        spoken = connection.exec_driver_sql(
            "SELECT id, occupation, former_name FROM k_resident"
            " WHERE occupation IS NOT NULL OR former_name IS NOT NULL"
        ).all()
        assert sorted(one[1] or one[2] for one in spoken) == ["教师", "旧名字"]
        left = connection.exec_driver_sql("SELECT count(*) FROM k_resident WHERE extra IS NOT NULL")
        assert left.scalar_one() == 0
        teacher = next(one[0] for one in spoken if one[1])
        held = records.get_base(connection, teacher)
        assert held is not None
        assert held[1][4] is None
        assert "教师" in held[1]
        assert connection.exec_driver_sql(
            "SELECT DISTINCT tag FROM k_care_tag ORDER BY 1"
        ).scalars().all() == [
            "aged",
            "allowance",
            "alone",
        ]
    # The next change of such a record keeps the field.
    record = ledger.record("resident", teacher)
    assert record is not None
    assert {head.value for head in record.heads["remark"]} == {("白天在学校",)}
    assert record.heads["occupation"][0].value == ("教师",)
    ledger.close()


def test_a_verified_backup_of_the_old_file_comes_first(tmp_path: Path, clock: Clock, key: bytes) -> None:
    folder = old_ledger(tmp_path / "old")
    with closing(connect(folder / FILE, key)) as held:
        before = sums(held)
    ledger = opened(folder, clock)
    ledger.close()
    (made,) = ledger.backups()
    assert (made.manifest.schema, made.manifest.why) == (1, "upgrade")
    (tmp_path / "taken").mkdir()
    container.unpack(made, tmp_path / "taken")
    with closing(connect(tmp_path / "taken" / FILE, key)) as held:
        assert sums(held) == before


def test_it_is_upgraded_once(tmp_path: Path, clock: Clock) -> None:
    folder = old_ledger(tmp_path / "old")
    opened(folder, clock).close()
    again = opened(folder, clock)
    assert len(again.backups()) == 1
    again.close()


def test_reading_alone_upgrades_nothing_and_says_what_to_do(tmp_path: Path, clock: Clock) -> None:
    folder = old_ledger(tmp_path / "old")
    with pytest.raises(KnownError) as refused:
        opened(folder, clock, write=False)
    assert refused.value.code == "old_ledger"
    assert "打开写一次" in refused.value.zh
    assert (folder / FILE).read_bytes() == (SCHEMA_1 / FILE).read_bytes()


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_ledger_keeps_every_byte(ledger: Ledger, clock: Clock, write: bool) -> None:
    with ledger.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA + 1}")
    ledger.close()
    before = {path.name: sha256(path.read_bytes()).digest() for path in ledger.folder.iterdir()}
    with pytest.raises(KnownError) as refused:
        Ledger.open(ledger.folder, OWN, clock, random.Random(1).randbytes, write=write)
    assert refused.value.code == "newer_ledger"
    after = {path.name: sha256(path.read_bytes()).digest() for path in ledger.folder.iterdir()}
    assert {name: after[name] for name in before} == before


def test_killed_at_any_statement_it_is_the_old_one_or_the_new_one(
    tmp_path: Path, clock: Clock, key: bytes
) -> None:
    """A kill leaves the files as they are at that moment: they are copied and opened at every statement."""
    folder = old_ledger(tmp_path / "old")
    with closing(connect(folder / FILE, key)) as held:
        old = sums(held)
    found: list[tuple[int, dict[str, tuple[int, float]]]] = []

    def killed() -> None:
        left = tmp_path / "left"
        left.mkdir()
        for name in (FILE, FILE + "-wal"):
            if (folder / name).exists():
                shutil.copyfile(folder / name, left / name)
        with closing(connect(left / FILE, key)) as held:
            assert held.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            found.append((held.execute("PRAGMA user_version").fetchone()[0], sums(held)))
        shutil.rmtree(left)

    def before(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("CREATE", "ALTER", "INSERT", "UPDATE", "DELETE", "PRAGMA user_version =")):
            killed()

    event.listen(Engine, "before_cursor_execute", before)
    try:
        opened(folder, clock).close()
    finally:
        event.remove(Engine, "before_cursor_execute", before)
    killed()
    before_it = [one for one in found if one[0] == 1]
    assert len(before_it) > 60
    assert before_it == found[: len(before_it)] == [(1, old)] * len(before_it)
    assert {version for version, _ in found[len(before_it) :]} == {SCHEMA}
    # Whatever was cut off is done at the next start.
    ledger = opened(folder, clock)
    assert {str(line["record"]) for line in dump(ledger)} >= dumped().keys()
    ledger.close()


def test_a_full_disk_leaves_the_old_ledger(tmp_path: Path, clock: Clock, key: bytes) -> None:
    folder = old_ledger(tmp_path / "old")

    def full(connection: Connection) -> None:
        if connection.get_execution_options().get("writing"):
            size = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {size + 5}")

    event.listen(Engine, "begin", full)
    try:
        with pytest.raises(KnownError) as refused:
            opened(folder, clock)
    finally:
        event.remove(Engine, "begin", full)
    assert refused.value.code == "disk_full"
    with closing(connect(folder / FILE, key)) as held:
        assert held.execute("PRAGMA user_version").fetchone() == (1,)
        assert held.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    ledger = opened(folder, clock)
    assert {str(line["record"]) for line in dump(ledger)} >= dumped().keys()
    ledger.close()


def test_columns_of_tomorrow_are_kept_until_they_are_known(ledger: Ledger) -> None:
    """A newer server may send rows with more columns: they are shown as far as known, and kept whole."""
    home, known = parse("019f0000-0000-7000-8000-000000000001"), records.width("team")
    identity = parse("019f0000-0000-7000-8000-000000000002")
    wide: list[object] = [identity, home, 5, None, None, *[None] * (known - 5), "以后才认得的"]
    wide[5 + 2] = "帮帮队"

    def receive(row: list[object]) -> None:
        with ledger.writing() as connection:
            frame = Frame(sections=[Section("team", home, [row])])
            receiving.receive(connection, [frame], fresh=False, touched=Touched())

    def whole() -> list[object]:
        with ledger.reading() as connection:
            return list(connection.exec_driver_sql("SELECT id FROM other").scalars())

    receive(wide)
    assert [line["record"] for line in dump(ledger, "team")] == [text(identity)]
    assert whole() == [identity]
    receive(wide[:-1])
    assert whole() == []
