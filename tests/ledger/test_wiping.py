"""A wiped ledger is gone, its keys first; cut off anywhere, the next start finishes."""

import os
import random
import shutil
from pathlib import Path

import pytest

from gridclient.core.domain.errors import KnownError
from gridclient.ledger import wiping
from gridclient.ledger.layout import WIPING
from gridclient.ledger.ledger import KEYS, Ledger
from gridclient.ledger.restoring import restore
from gridclient.ledger.wiping import wipe
from tests.ledger.test_restoring import person
from tests.ledgers import PASSPHRASE, Clock


@pytest.fixture
def full(ledger: Ledger, tmp_path: Path) -> Path:
    """A closed ledger with backups and one it replaced."""
    ledger.write([person("赵世昌")])
    stick = ledger.back_up(tmp_path / "stick").path
    ledger.roll_backup("rolling")
    ledger.close()
    restore(stick, ledger.folder, PASSPHRASE, 7)
    return ledger.folder


def opened(folder: Path) -> Ledger:
    return Ledger.open(folder, PASSPHRASE, Clock(), random.Random(1).randbytes)


def test_nothing_of_it_is_left_and_nothing_else_goes(full: Path) -> None:
    (full / "thesis.txt").write_text("mine", "utf-8")
    wipe(full)
    assert [path.name for path in full.iterdir()] == ["thesis.txt"]
    (full / "thesis.txt").unlink()
    with pytest.raises(KnownError) as refused:
        opened(full)
    assert refused.value.code == "no_ledger"


def test_an_empty_folder_goes_too(full: Path) -> None:
    wipe(full)
    assert not full.exists()


def test_an_open_ledger_is_not_wiped(full: Path) -> None:
    held = opened(full)
    with pytest.raises(KnownError) as refused:
        wipe(full)
    assert refused.value.code == "in_use"
    assert not wiping.is_cut_off(full)
    held.close()
    opened(full).close()


class Killed(BaseException):
    pass


@pytest.mark.parametrize("step", range(1, 22))
def test_killed_at_any_step_the_keys_went_first_and_the_next_start_finishes(
    full: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [step]
    unlink, overwrite, rmtree = Path.unlink, wiping._overwrite, shutil.rmtree

    def count() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    def unlinking(path: Path, missing_ok: bool = False) -> None:
        count()
        unlink(path, missing_ok)

    def overwriting(path: Path) -> None:
        count()
        overwrite(path)

    def removing(path: Path) -> None:
        count()
        rmtree(path)

    sealed = (full / KEYS).read_bytes()
    killed = False
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", unlinking)
        patch.setattr(wiping, "_overwrite", overwriting)
        patch.setattr(shutil, "rmtree", removing)
        try:
            wipe(full)
        except Killed:
            killed = True
    if killed and not (full / KEYS).exists():
        left_over = [path for path in full.glob("**/*") if path.is_file()]
        assert all(sealed not in path.read_bytes() for path in left_over)
    if killed:
        assert wiping.is_cut_off(full)
        with pytest.raises(KnownError) as refused:
            opened(full)
        assert refused.value.code == "no_ledger"
    assert not os.path.lexists(full)


def test_a_ledger_made_where_one_was_half_wiped_is_not_wiped_with_it(full: Path, tmp_path: Path) -> None:
    (full / WIPING).write_bytes(wiping.MARK)
    Ledger.create(full, PASSPHRASE, Clock(), random.Random(1).randbytes)[0].close()
    opened(full).close()
    other = tmp_path / "other"
    other.mkdir()
    (other / WIPING).write_bytes(wiping.MARK)
    restore(tmp_path / "stick", other, PASSPHRASE, 8)
    opened(other).close()


def test_a_file_that_only_has_the_marker_s_name_destroys_nothing(full: Path) -> None:
    (full / WIPING).write_bytes(b"")
    assert not wiping.is_cut_off(full)
    opened(full).close()
