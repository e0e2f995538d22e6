"""A visit half written outlives the death of the program, sealed like everything else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec

from gridclient.ledger import drafts
from gridclient.ledger.ledger import Ledger
from tests.app.conftest import HOUSEHOLDS, register
from tests.ledgers import PASSPHRASE

SENTENCE = "老伴住院了还没写完"


def main(folder: Path) -> None:
    """Write half a visit by keys, wait until it is kept, and die."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    import secrets
    import time

    from tests.benchmarks.visits import Hand, press, say
    from tests.benchmarks.window import Window

    ledger = Ledger.open(folder, PASSPHRASE, lambda: time.time_ns() // 1_000_000, secrets.token_bytes)
    window = Window(ledger)
    Hand(window).start()
    press("Enter")
    sheet = window.house.visit.sheet
    window.until(sheet.isVisible)
    for key in ("1", "2", "Enter", "0", "Enter", "Enter"):
        press(key)
    say(SENTENCE)

    def kept() -> bool:
        with ledger.reading() as connection:
            found = drafts.get(connection, f"visit {HOUSEHOLDS[2].hex()}")
        return found is not None and SENTENCE in found[1].decode()

    window.until(kept)
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_visit_half_written_is_there_after_the_program_was_killed(ledger: Ledger) -> None:
    ledger.write(register())
    ledger.close()
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.app.test_killed_writing", str(ledger.folder)]
    died = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert died.returncode == -signal.SIGKILL, died.stderr
    for file in ledger.folder.iterdir():
        assert SENTENCE.encode() not in file.read_bytes()
    again = Ledger.open(ledger.folder, PASSPHRASE, ledger.clock, ledger.randomness)
    with again.reading() as connection:
        found = drafts.get(connection, f"visit {HOUSEHOLDS[2].hex()}")
    again.close()
    assert found is not None
    begun = msgspec.json.decode(found[1])
    assert (begun["outcome"], begun["purposes"], begun["summary"]) == ("1", ["needs"], SENTENCE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
