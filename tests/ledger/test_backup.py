"""Backups: whole and verified or none at all, taken beside a writer, thinned with time."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.merge.change import Draft
from gridclient.ledger import backup, container
from gridclient.ledger.backup_days import NEWEST, to_drop
from gridclient.ledger.keys import KeyFile
from gridclient.ledger.ledger import FILE, KEYS, Ledger
from gridclient.ledger.store import connect
from tests.ledgers import PASSPHRASE, Clock

BUILDING = ids.named("building", "示例小区", "12")
DAY = 24 * 3600 * 1000


def people(count: int, start: int = 0) -> list[Draft]:
    fields: dict[str, object] = {
        "household": ids.named("h"),
        "name": "赵世昌",
        "remark": "听力弱敲重一点" * 40,
    }
    return [
        Draft("resident", ids.named("person", str(at)), BUILDING, fields, new=True)
        for at in range(start, start + count)
    ]


def count(path: Path, key: bytes) -> int:
    with closing(connect(path, key)) as held:
        return int(held.execute("SELECT count(*) FROM k_resident").fetchone()[0])


def taken_out(made: container.Backup, folder: Path) -> Path:
    folder.mkdir()
    container.unpack(made, folder)
    return folder / FILE


def test_a_backup_opens_by_the_passphrase_of_its_day(ledger: Ledger, tmp_path: Path) -> None:
    ledger.write(people(30))
    made = ledger.back_up(tmp_path / "stick.ledgerbackup")
    ledger.change_passphrase("后来换了一个新的口令")
    data = taken_out(made, tmp_path / "out")
    key = KeyFile.read(tmp_path / "out" / KEYS).unlock(PASSPHRASE)
    assert count(data, key) == 30
    assert [path.name for path in tmp_path.glob("stick*")] == ["stick.ledgerbackup"]
    assert made.path.stat().st_mode & 0o077 == 0


def test_nothing_of_a_backup_can_be_read_without_its_key(ledger: Ledger, tmp_path: Path) -> None:
    ledger.write(people(30))
    content = ledger.back_up(tmp_path / "stick").path.read_bytes()
    for said in ("赵世昌", "听力弱"):
        assert said.encode() not in content
        assert said.encode("utf-16-le") not in content
    assert b"CREATE TABLE" not in content


def test_a_writer_goes_on_meanwhile_and_the_copy_is_of_one_moment(
    ledger: Ledger, tmp_path: Path, clock: Clock
) -> None:
    ledger.write(people(900))
    written: list[int] = []

    def write() -> None:
        ledger.write(people(1, 900 + len(written)))
        written.append(1)

    key = KeyFile.read(ledger.folder / KEYS).unlock(PASSPHRASE)
    manifest = backup.copy(ledger.folder / FILE, key, tmp_path / "copy.db", clock(), "asked", write)
    assert len(written) > 2
    assert count(tmp_path / "copy.db", key) == 900
    assert manifest.rows > 1800
    assert ledger.unsent().pending == 900 + len(written)
    assert sorted(path.name for path in tmp_path.glob("copy.db*")) == ["copy.db"]


def test_the_last_good_one_stays_when_the_next_fails(ledger: Ledger, tmp_path: Path) -> None:
    ledger.write(people(10))
    target = tmp_path / "stick"
    whole = ledger.back_up(target).path.read_bytes()

    ledger.write(people(400, 10))
    ledger.close()
    path = ledger.folder / FILE
    content = bytearray(path.read_bytes())
    for at in range(4096 * 40, len(content), 4096):
        content[at + 100] ^= 1
    path.write_bytes(content)
    key = KeyFile.read(ledger.folder / KEYS).unlock(PASSPHRASE)
    with pytest.raises(KnownError):
        backup.take(ledger.folder, key, 5, target, "asked")
    assert target.read_bytes() == whole
    assert [one.name for one in tmp_path.iterdir() if one.name != "ledger"] == ["stick"]


def test_a_target_that_cannot_be_written_is_said(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(KnownError) as refused:
        ledger.back_up(tmp_path / "file" / "below")
    assert refused.value.code == "backup_failed"


@pytest.mark.parametrize("at", [0, 40, 300, 5000, -5000, -30])
def test_a_flipped_bit_in_a_backup_is_found(ledger: Ledger, tmp_path: Path, at: int) -> None:
    made = ledger.back_up(tmp_path / "stick")
    content = bytearray(made.path.read_bytes())
    content[at] ^= 4
    made.path.write_bytes(content)
    with pytest.raises(KnownError) as refused:
        container.judge(container.look(made.path))
    assert refused.value.code in ("backup_damaged", "newer_backup")


def test_foreign_files_are_no_backups(tmp_path: Path) -> None:
    for name, content in (("a", b""), ("b", b"PK\x03\x04" + b"\0" * 100), ("c", b"x" * 9000)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(KnownError) as refused:
            container.look(tmp_path / name)
        assert refused.value.code == "backup_damaged"


def test_rolling_backups_are_listed_and_what_was_cut_off_is_swept(ledger: Ledger, clock: Clock) -> None:
    ledger.write(people(3))
    first = ledger.roll_backup("idle")
    (ledger.folder / "backups" / "x.ledgerbackup.part").write_bytes(b"half")
    (ledger.folder / "backups" / "y.ledgerbackup.new").mkdir()
    clock.now += DAY
    second = ledger.roll_backup("idle")
    assert [one.path for one in ledger.backups()] == [second.path, first.path]
    assert {path.suffix for path in (ledger.folder / "backups").iterdir()} == {".ledgerbackup"}
    second.path.write_bytes(b"rotten")
    assert [one.path for one in ledger.backups()] == [first.path]
    assert backup.unreadable(ledger.folder) == [second.path]


def test_two_threads_that_want_a_backup_get_one_each(ledger: Ledger) -> None:
    together = Barrier(2)

    def roll(_: int) -> Path:
        together.wait()
        return ledger.roll_backup("asked").path

    with ThreadPoolExecutor(2) as threads:
        for _ in range(5):
            made = set(threads.map(roll, range(2)))
            assert len(made) == 2
            assert made <= {one.path for one in ledger.backups()}


def test_the_mark_changes_with_what_is_held(ledger: Ledger) -> None:
    before = ledger.mark()
    assert ledger.roll_backup("idle").manifest.mark == before
    ledger.write(people(1))
    assert ledger.mark() != before


def test_a_full_disk_drops_no_backup(ledger: Ledger, clock: Clock) -> None:
    ledger.write(people(200))
    ledger.roll_backup("idle")
    clock.now += DAY

    def full(path: str, *_: object) -> object:
        raise OSError(28, "No space left on device")

    patch = pytest.MonkeyPatch()
    patch.setattr(shutil, "copyfileobj", full)
    try:
        with pytest.raises(KnownError) as refused:
            ledger.roll_backup("idle")
    finally:
        patch.undo()
    assert refused.value.code == "backup_failed"
    assert len(list((ledger.folder / "backups").iterdir())) == 1
    ledger.write(people(1, 500))


def thinned(made: list[int], most: int = 1 << 40) -> list[int]:
    """What is left after every backup of a life was taken and thinned in turn."""
    held: list[tuple[int, int]] = []
    for at in made:
        held.insert(0, (at, 100))
        drop = set(to_drop(held, most))
        held = [one for place, one in enumerate(held) if place not in drop]
    return [at for at, _ in held]


def test_a_year_of_work_leaves_days_weeks_and_months() -> None:
    start = 1_789_950_000_000  # eight in the morning in China
    made = [start + day * DAY + hour * 3_600_000 for day in range(400) for hour in range(0, 9, 2)]
    left = thinned(made)
    assert left[:NEWEST] == made[: -NEWEST - 1 : -1]
    ages = sorted({(made[-1] - at) // DAY for at in left})
    assert ages[:7] == list(range(7))
    assert len([age for age in ages if 7 <= age <= 35]) in (3, 4)
    assert 330 <= ages[-1] <= 396
    assert len(left) <= NEWEST + 7 + 5 + 13


def test_the_newest_few_stay_whatever_they_weigh() -> None:
    held = [(1_790_000_000_000 - at * DAY, 100) for at in range(20)]
    assert to_drop(held, 0) == list(range(NEWEST, 20))
    assert to_drop(held, 500) == list(range(5, 20))


def test_a_clock_set_forward_and_back_costs_nothing() -> None:
    made = [1_790_000_000_000 + at * DAY for at in range(10)]
    future = made[-1] + 400 * DAY
    left = thinned([*made, future, *[one + 10 * DAY for one in made]])
    assert future in left
    assert made[-1] + 10 * DAY in left
