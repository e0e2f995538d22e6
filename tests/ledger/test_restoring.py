"""A backup becomes the ledger: verified first, whole or not at all, and nothing of the old is blended in."""

import random
import shutil
from pathlib import Path

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.merge.change import Draft
from gridclient.ledger import drafts, files, restoring
from gridclient.ledger import identity as kept
from gridclient.ledger.keys import WrongPassphraseError
from gridclient.ledger.ledger import FILE, KEYS, Ledger
from gridclient.ledger.restoring import restore
from gridclient.operations.check import check
from tests.ledger.old_ledgers import PASSPHRASE as OLD
from tests.ledger.old_ledgers import SCHEMA_1, dumped, old_ledger
from tests.ledgers import PASSPHRASE, Clock

BUILDING = ids.named("building", "示例小区", "12")
PERSON = ids.named("person", "0")
NEW = "后来换了一个新的口令"


def person(name: str, at: int = 0) -> Draft:
    fields: dict[str, object] = {"household": ids.named("h"), "name": name}
    return Draft("resident", ids.named("person", str(at)), BUILDING, fields, new=True)


def edit(**fields: object) -> Draft:
    return Draft("resident", PERSON, BUILDING, fields)


def opened(folder: Path, passphrase: str = PASSPHRASE) -> Ledger:
    return Ledger.open(folder, passphrase, Clock(1_800_000_000_000), random.Random(1).randbytes)


def names(ledger: Ledger) -> list[str]:
    with ledger.reading() as connection:
        return list(connection.exec_driver_sql("SELECT name FROM k_resident ORDER BY name").scalars())


@pytest.fixture
def stick(ledger: Ledger, tmp_path: Path) -> Path:
    """A backup of the ledger with one person; after it another came and the first was renamed."""
    ledger.write([person("赵世昌")])
    path = ledger.back_up(tmp_path / "stick").path
    ledger.write([edit(name="赵士昌"), person("李萍", 1)])
    return path


def test_the_backup_holds_and_the_replaced_ledger_lies_aside_whole(ledger: Ledger, stick: Path) -> None:
    crashed = ledger.folder.parent / "crashed"
    shutil.copytree(ledger.folder, crashed)  # with its -wal, as a kill leaves it
    ledger.close()
    assert (crashed / (FILE + "-wal")).stat().st_size > 0
    done = restore(stick, crashed, PASSPHRASE, 77)
    assert (done.unsent, done.carried) == (2, 0)
    again = opened(crashed)
    assert names(again) == ["赵世昌"]
    assert check(again).damage == []
    with again.reading() as connection:
        assert kept.get(connection, "restored", kept.Restoring) == kept.Restoring(77, done.made)
    again.close()
    assert done.replaced is not None
    assert {path.name for path in done.replaced.iterdir()} >= {FILE, KEYS, FILE + "-wal"}
    earlier = opened(done.replaced)
    assert names(earlier) == ["李萍", "赵士昌"]
    earlier.close()


def test_what_the_backup_lacks_can_be_taken_over(ledger: Ledger, stick: Path) -> None:
    with ledger.writing() as connection:
        drafts.put(connection, "visit", 5, b"half")
    ledger.close()
    done = restore(stick, ledger.folder, PASSPHRASE, 77, keep_unsent=True)
    assert (done.unsent, done.carried) == (2, 2)
    again = opened(ledger.folder)
    assert names(again) == ["李萍", "赵士昌"]
    assert again.unsent().pending == 3
    with again.reading() as connection:
        assert drafts.get(connection, "visit") == (5, b"half")
    assert check(again).damage == []
    again.write([edit(name="又改了")])
    assert [change.number for change in again.pending_changes(0, 9)] == [1, 2, 3, 4]
    again.close()


def test_taken_over_twice_numbers_stay_apart(ledger: Ledger, stick: Path) -> None:
    ledger.close()
    restore(stick, ledger.folder, PASSPHRASE, 77)
    again = opened(ledger.folder)
    again.write([edit(name="另一条路")])
    again.close()
    earlier = ledger.folder / "replaced" / f"{77:015d}"
    older = opened(earlier)
    second = older.back_up(stick.with_name("second")).path
    older.close()
    done = restore(second, ledger.folder, PASSPHRASE, 78, keep_unsent=True)
    assert done.carried == 1
    again = opened(ledger.folder)
    assert sorted(change.number for change in again.pending_changes(0, 9)) == [1, 2, 3, 4]
    record = again.record("resident", PERSON)
    assert record is not None
    assert {head.value for head in record.heads["name"]} == {("另一条路",), ("赵士昌",)}
    again.close()


def test_a_damaged_ledger_is_replaced_and_kept(ledger: Ledger, stick: Path) -> None:
    ledger.close()
    content = bytearray((ledger.folder / FILE).read_bytes())
    for at in range(8192, len(content), 4096):
        content[at + 9] ^= 1
    (ledger.folder / FILE).write_bytes(content)
    with pytest.raises(KnownError) as refused:
        restore(stick, ledger.folder, PASSPHRASE, 76, keep_unsent=True)
    assert refused.value.code == "unsent_unreadable"
    assert (ledger.folder / FILE).read_bytes() == content
    done = restore(stick, ledger.folder, PASSPHRASE, 77)
    assert done.unsent is None
    assert done.replaced is not None
    assert (done.replaced / FILE).read_bytes() == content
    again = opened(ledger.folder)
    assert names(again) == ["赵世昌"]
    again.close()


def test_on_a_new_computer_there_is_nothing_to_move_aside(stick: Path, tmp_path: Path) -> None:
    done = restore(stick, tmp_path / "new" / "ledger", PASSPHRASE, 77)
    assert (done.replaced, done.unsent) == (None, 0)
    again = opened(tmp_path / "new" / "ledger")
    assert names(again) == ["赵世昌"]
    again.close()
    assert not (tmp_path / "new" / "ledger" / "replaced").exists()


def test_the_passphrase_of_today_stays(ledger: Ledger, stick: Path, tmp_path: Path) -> None:
    ledger.change_passphrase(NEW)
    ledger.close()
    restore(stick, ledger.folder, NEW, 77)
    opened(ledger.folder, NEW).close()
    with pytest.raises(WrongPassphraseError):
        opened(ledger.folder, PASSPHRASE)
    restore(stick, tmp_path / "elsewhere", PASSPHRASE, 78)
    opened(tmp_path / "elsewhere", PASSPHRASE).close()


def test_a_recovery_code_opens_a_backup_too(tmp_path: Path, clock: Clock, randomness: random.Random) -> None:
    made, code = Ledger.create(tmp_path / "l", PASSPHRASE, clock, randomness.randbytes)
    made.write([person("赵世昌")])
    stick = made.back_up(tmp_path / "stick").path
    made.close()
    restore(stick, tmp_path / "n", "", 77, recovery=code)
    again = Ledger.open(tmp_path / "n", "", clock, randomness.randbytes, recovery=code)
    assert names(again) == ["赵世昌"]
    again.close()


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".db", ".json")}


def test_what_cannot_be_used_leaves_the_ledger_untouched(ledger: Ledger, stick: Path, tmp_path: Path) -> None:
    ledger.close()
    before = files_of(ledger.folder)
    torn = tmp_path / "torn"
    torn.write_bytes(stick.read_bytes()[:-4000])
    flipped = tmp_path / "flipped"
    content = bytearray(stick.read_bytes())
    content[len(content) // 2] ^= 1
    flipped.write_bytes(content)
    for file, passphrase in (
        (torn, PASSPHRASE),
        (flipped, PASSPHRASE),
        (tmp_path / "none", PASSPHRASE),
        (stick, "不是这个口令不是这个口令"),
    ):
        with pytest.raises(KnownError):
            restore(file, ledger.folder, passphrase, 77)
        assert files_of(ledger.folder) == before
        assert not (ledger.folder / "restoring").exists()


def test_an_open_ledger_is_not_replaced(ledger: Ledger, stick: Path) -> None:
    with pytest.raises(KnownError) as refused:
        restore(stick, ledger.folder, PASSPHRASE, 77)
    assert refused.value.code == "in_use"
    assert names(ledger) == ["李萍", "赵士昌"]


class Killed(Exception):
    pass


def test_killed_at_any_rename_the_next_start_has_the_old_one_or_the_new_one(
    ledger: Ledger, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(ledger.folder, whole)
    ledger.close()
    move, seen = files.move, []
    for die_at in range(1, 12):
        folder = tmp_path / f"killed{die_at}"
        shutil.copytree(whole, folder)
        left = [die_at]

        def dying(path: Path, to: Path, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Killed
            move(path, to)

        with monkeypatch.context() as patch:
            patch.setattr(restoring, "move", dying)
            try:
                restore(stick, folder, PASSPHRASE, 77)
            except Killed:
                seen.append(die_at)
        again = opened(folder)
        assert names(again) == ["赵世昌"]
        assert check(again).damage == []
        again.close()
        earlier = opened(folder / "replaced" / f"{77:015d}")
        assert names(earlier) == ["李萍", "赵士昌"]
        earlier.close()
        assert not (folder / "restoring").exists()
    assert len(seen) >= 4


def test_a_backup_of_an_older_schema_is_brought_up_to_date(tmp_path: Path, clock: Clock) -> None:
    first = Ledger.open(old_ledger(tmp_path / "old"), OLD, clock, random.Random(1).randbytes)
    (made,) = first.backups()
    first.close()
    assert made.manifest.schema == 1
    restore(made.path, tmp_path / "new", OLD, 77)
    again = opened(tmp_path / "new", OLD)
    with again.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM k_care_tag").scalar_one() == 3
    assert again.unsent().pending == 8
    assert len(dumped()) > 400
    again.close()
    assert (SCHEMA_1 / FILE).exists()


def test_a_folder_without_a_replaced_ledger_is_said_and_nothing_is_restored(
    ledger: Ledger, stick: Path, tmp_path: Path
) -> None:
    ledger.close()
    with pytest.raises(KnownError) as refused:
        restore(stick, ledger.folder, PASSPHRASE, 77, unsent_from=tmp_path / "nowhere")
    assert refused.value.code == "no_replaced_ledger"
    again = opened(ledger.folder)
    assert names(again) == ["李萍", "赵士昌"]
    again.close()


def test_what_the_ledger_in_place_still_holds_is_counted_when_work_comes_from_an_earlier_one(
    ledger: Ledger, stick: Path
) -> None:
    ledger.write([person("前一本里记的", 11)])
    ledger.close()
    first = restore(stick, ledger.folder, PASSPHRASE, 77)
    again = Ledger.open(ledger.folder, PASSPHRASE, ledger.clock, random.Random(5).randbytes)
    again.write([person("恢复以后记的", 12)])
    again.close()
    second = restore(stick, ledger.folder, PASSPHRASE, 88, unsent_from=first.replaced)
    assert second.carried >= 1
    assert second.left == 1
    third = opened(ledger.folder)
    assert "前一本里记的" in names(third)
    assert "恢复以后记的" not in names(third)
    third.close()
