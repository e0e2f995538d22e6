"""What keeps a ledger: backups, coming back from one, an older file made one of today, erasing."""

import shutil
import tempfile
from functools import partial
from pathlib import Path

from gridclient.core.domain import ids
from gridclient.core.merge.change import Draft
from gridclient.ledger import restoring, wiping
from gridclient.ledger.keys import KeyFile
from gridclient.ledger.ledger import KEYS, Ledger
from tests.durability.stage import BUILDING, Stage
from tests.durability.states import State, cheap_keys, content_of, print_of
from tests.ledger.old_ledgers import PASSPHRASE as OLD_PASSPHRASE
from tests.ledger.old_ledgers import old_ledger

CARRIED = "carried.ledgerbackup"


def prepare_old(folder: Path) -> None:
    """A ledger that the program of schema 1 wrote, under keys that cost little."""
    old_ledger(folder)
    wraps = KeyFile.read(folder / KEYS)
    with cheap_keys():
        key = wraps.unlock(OLD_PASSPHRASE)
        wraps.with_passphrase(key, OLD_PASSPHRASE, bytes(range(28))).write(folder / KEYS)


def rename(ledger: Ledger, at: int, name: str) -> None:
    ledger.write([Draft("resident", ids.named("head", str(at)), BUILDING, {"name": name})])


def backup(stage: Stage) -> None:
    """Backups are made, carried away and rolled, while somebody works."""
    ledger = stage.open()
    carried = [stage.folder.parent / name for name in (CARRIED, "later.ledgerbackup")]

    def carry(at: int) -> None:
        ledger.back_up(carried[at])
        stage.promise(carried[at])
        stage.tell(ledger)

    def roll() -> None:
        stage.promise(ledger.roll_backup("rolling").path)
        stage.tell(ledger)

    for at in range(2):
        stage.act(ledger, partial(rename, ledger, at, f"周{'甲乙'[at]}"))
        stage.act(ledger, partial(carry, at))
        stage.act(ledger, roll)
    ledger.close()


def restore(stage: Stage) -> None:
    """A backup becomes the ledger again; in between somebody had worked on."""
    ledger = stage.open()
    carried = stage.folder.parent / CARRIED
    stage.persist(lambda: ledger.back_up(carried))
    stage.persist(lambda: stage.promise(carried))
    stage.act(ledger, lambda: rename(ledger, 3, "郑在后"))
    stage.persist(ledger.close)
    stage.persist(lambda: restoring.restore(carried, stage.folder, stage.passphrase, stage.clock()))
    again = stage.open()
    stage.act(again, lambda: rename(again, 4, "王又来"))
    again.close()


def upgrade(stage: Stage) -> None:
    """An older ledger is opened, and then worked on."""
    stage.passphrase = OLD_PASSPHRASE
    # Spelt otherwise than the paths whose calls are made to fail.
    old = f"{stage.folder.parent}/./{stage.folder.name}"
    with tempfile.TemporaryDirectory() as place:
        aside = Path(place) / "ledger"
        shutil.copytree(old, aside)
        first = Ledger.open(aside, OLD_PASSPHRASE, stage.clock, stage.chance.randbytes)
        state = State(content_of(first), print_of(f"{old}/{KEYS}"), OLD_PASSPHRASE)
        first.close()
    stage.story.tell(state)
    ledger = stage.open()
    with ledger.reading() as connection:
        identity, place_ = connection.exec_driver_sql("SELECT id, place FROM k_resident LIMIT 1").one()
    stage.act(ledger, lambda: ledger.write([Draft("resident", identity, place_, {"name": "陈新样"})]))
    ledger.close()


def erase(stage: Stage) -> None:
    """A person is erased, here and in the backups beside the ledger."""
    from gridclient.operations.erase import erase as empty

    ledger = stage.open()
    stage.persist(lambda: ledger.roll_backup("rolling"), ledger)
    stage.act(ledger, lambda: empty(ledger, ids.named("head", "5"), "本人要求"), saves=None)
    stage.act(ledger, lambda: rename(ledger, 6, "还在"))
    ledger.close()


def wipe(stage: Stage) -> None:
    """A ledger with its backups is destroyed."""
    ledger = stage.open()
    stage.persist(lambda: ledger.roll_backup("rolling"), ledger)
    stage.act(ledger, lambda: rename(ledger, 7, "冯末了"))
    ledger.close()
    stage.persist(lambda: wiping.wipe(stage.folder))
    stage.story.tell(State(wiped=True))
