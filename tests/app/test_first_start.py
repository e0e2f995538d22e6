"""Making a ledger in a folder that holds other things takes none of them away."""

from pathlib import Path

from gridclient.app.first_start import _forget
from gridclient.ledger.ledger import Ledger
from tests.ledgers import PASSPHRASE, Clock


def test_a_making_that_failed_takes_only_its_own_files_away(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine", "utf-8")
    clock = Clock()
    Ledger.create(folder, PASSPHRASE, clock, lambda count: bytes(range(count)))[0].close()
    _forget(folder, False)
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]
