"""Saving, reading back, opening again: on the real encrypted file."""

import random
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, event

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.merge.change import Draft
from gridclient.core.merge.record import conflicts
from gridclient.ledger.keys import WrongPassphraseError
from gridclient.ledger.ledger import FILE, Ledger
from gridclient.ledger.store import judge_folder, judge_library
from gridclient.ledger.writing import BadInputError
from tests.ledgers import PASSPHRASE, Clock

BUILDING = ids.named("building", "示例小区", "12")
HOUSEHOLD = ids.named("a household")
RESIDENT = ids.named("a resident")


def resident(**fields: object) -> Draft:
    return Draft(
        "resident", RESIDENT, BUILDING, {"household": HOUSEHOLD, "name": "赵世昌", **fields}, new=True
    )


def test_what_is_saved_is_there_after_opening_again(
    ledger: Ledger, clock: Clock, randomness: random.Random
) -> None:
    ledger.write([resident(phones=[["13900000001"], []], sex="1")])
    ledger.close()
    again = Ledger.open(ledger.folder, PASSPHRASE, clock, randomness.randbytes)
    record = again.record("resident", RESIDENT)
    assert record is not None
    assert record.heads["name"][0].value == ("赵世昌",)
    assert record.heads["phones"][0].value == ("13900000001",)
    assert again.unsent().pending == 1
    assert again.check() == []
    again.close()


def test_an_edit_replaces_what_it_saw_and_a_blind_one_stands_beside_it(ledger: Ledger) -> None:
    ledger.write([resident()])
    ledger.write([Draft("resident", RESIDENT, BUILDING, {"name": "赵世长"})])
    record = ledger.record("resident", RESIDENT)
    assert record is not None
    assert [head.value for head in record.heads["name"]] == [("赵世长",)]
    ledger.write([Draft("resident", RESIDENT, BUILDING, {"name": "赵仕昌"}, seen=())])
    record = ledger.record("resident", RESIDENT)
    assert record is not None
    assert conflicts(record) == {"name"}


def test_a_bad_draft_saves_nothing_of_its_transaction(ledger: Ledger) -> None:
    with pytest.raises(BadInputError, match="姓名"):
        ledger.write([resident(), Draft("resident", ids.named("x"), BUILDING, {"name": "长" * 51})])
    assert ledger.record("resident", RESIDENT) is None
    assert ledger.unsent().pending == 0


def test_a_record_never_changes_its_place(ledger: Ledger) -> None:
    ledger.write([resident()])
    with pytest.raises(BadInputError, match="搬家"):
        ledger.write([Draft("resident", RESIDENT, ids.named("elsewhere"), {"name": "赵"})])


def test_creating_again_makes_nothing_twice(ledger: Ledger) -> None:
    ledger.write([resident()])
    assert ledger.write([resident()]).changes == []


def test_a_wrong_passphrase_opens_nothing_and_the_recovery_code_does(
    tmp_path: Path, clock: Clock, randomness: random.Random
) -> None:
    made, code = Ledger.create(tmp_path / "l", PASSPHRASE, clock, randomness.randbytes)
    made.close()
    with pytest.raises(WrongPassphraseError):
        Ledger.open(tmp_path / "l", "不是这个口令不是这个口令", clock, randomness.randbytes)
    recovered = Ledger.open(tmp_path / "l", "", clock, randomness.randbytes, recovery=code.lower())
    recovered.change_passphrase("换了一个新的长长长口令")
    recovered.close()
    Ledger.open(tmp_path / "l", "换了一个新的长长长口令", clock, randomness.randbytes).close()


def test_a_weak_passphrase_is_refused(tmp_path: Path, clock: Clock, randomness: random.Random) -> None:
    for weak in ("短口令", "1234567890", "aaaaaaaaaaaa"):
        with pytest.raises(KnownError) as refused:
            Ledger.create(tmp_path / "l", weak, clock, randomness.randbytes)
        assert refused.value.code == "weak_passphrase"


def test_a_second_window_may_read_but_not_write(
    ledger: Ledger, clock: Clock, randomness: random.Random
) -> None:
    ledger.write([resident()])
    with pytest.raises(KnownError) as refused:
        Ledger.open(ledger.folder, PASSPHRASE, clock, randomness.randbytes)
    assert refused.value.code == "in_use"
    reader = Ledger.open(ledger.folder, PASSPHRASE, clock, randomness.randbytes, write=False)
    assert reader.record("resident", RESIDENT) is not None
    with pytest.raises(KnownError):
        reader.write([resident()])
    reader.close()


def test_a_file_that_is_no_ledger_is_refused_untouched(
    ledger: Ledger, clock: Clock, randomness: random.Random
) -> None:
    ledger.close()
    path = ledger.folder / FILE
    for content, code in (
        (b"SQLite format 3\0" + b"\0" * 5000, "not_encrypted"),
        (b"x" * 8192, "not_a_ledger"),
    ):
        path.write_bytes(content)
        with pytest.raises(KnownError) as refused:
            Ledger.open(ledger.folder, PASSPHRASE, clock, randomness.randbytes)
        assert refused.value.code == code
        assert path.read_bytes() == content


def test_a_newer_ledger_is_refused(ledger: Ledger, clock: Clock, randomness: random.Random) -> None:
    with ledger.writing() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    ledger.close()
    with pytest.raises(KnownError) as refused:
        Ledger.open(ledger.folder, PASSPHRASE, clock, randomness.randbytes)
    assert refused.value.code == "newer_ledger"


def test_nothing_of_the_file_can_be_read_without_its_key(ledger: Ledger) -> None:
    ledger.write([resident(remark="听力弱敲重一点")])
    ledger.close()
    for path in ledger.folder.iterdir():
        content = path.read_bytes()
        for said in ("赵世昌", "听力弱"):
            assert said.encode() not in content
            assert said.encode("utf-16-le") not in content
    with pytest.raises(driver.DatabaseError):
        driver.connect(str(ledger.folder / FILE)).execute("SELECT * FROM meta")


def test_old_libraries_and_cloud_folders_are_refused() -> None:
    with pytest.raises(KnownError):
        judge_library((3, 40, 1))
    judge_library((3, 53, 4))
    with pytest.raises(KnownError):
        judge_folder(Path("/home/li/OneDrive/ledger") / FILE)


def fill(ledger: Ledger) -> None:
    """Save people one by one until there is no room."""
    fields: dict[str, object] = {"household": HOUSEHOLD, "name": "李萍", "remark": "字" * 900}
    for at in range(400):
        ledger.write([Draft("resident", ids.named("more", str(at)), BUILDING, fields, new=True)])


def test_a_full_disk_loses_nothing_and_says_so(ledger: Ledger) -> None:
    ledger.write([resident()])

    def full(connection: Connection) -> None:
        size = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {size}")

    event.listen(Engine, "begin", full)
    try:
        with pytest.raises(KnownError) as refused:
            fill(ledger)
    finally:
        event.remove(Engine, "begin", full)
    assert refused.value.code == "disk_full"
    saved = ledger.unsent().pending
    assert ledger.check() == []
    with ledger.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    after: dict[str, object] = {"household": HOUSEHOLD, "name": "李平"}
    ledger.write([Draft("resident", ids.named("after"), BUILDING, after, new=True)])
    assert ledger.unsent().pending == saved + 1


def test_a_making_cut_off_can_be_made_again(tmp_path: Path, clock: Clock, randomness: random.Random) -> None:
    folder = tmp_path / "l"

    class Cut(Exception):
        pass

    def power_cut(connection: Connection) -> None:
        raise Cut

    event.listen(Engine, "commit", power_cut)
    try:
        with pytest.raises(Cut):
            Ledger.create(folder, PASSPHRASE, clock, randomness.randbytes)
    finally:
        event.remove(Engine, "commit", power_cut)
    with pytest.raises(KnownError) as refused:
        Ledger.open(folder, PASSPHRASE, clock, randomness.randbytes)
    assert refused.value.code == "no_ledger"
    Ledger.create(folder, PASSPHRASE, clock, randomness.randbytes)[0].close()
    Ledger.open(folder, PASSPHRASE, clock, randomness.randbytes).close()


def test_nobody_else_on_the_computer_reads_the_files(ledger: Ledger) -> None:
    ledger.write([resident()])
    assert {path.stat().st_mode & 0o077 for path in ledger.folder.iterdir()} == {0}
