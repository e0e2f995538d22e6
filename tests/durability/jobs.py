"""What a worker does with a ledger."""

import sys
from functools import partial
from pathlib import Path

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from tests.durability.stage import BUILDING, PASSPHRASES, Stage, community
from tests.durability.states import State


def first_run(stage: Stage) -> None:
    """A ledger is made and gets its first building."""
    stage.story.tell(State())
    ledger = stage.create()
    stage.act(ledger, lambda: ledger.write(community()))
    ledger.close()


def day(stage: Stage) -> None:
    """A worker's day: visits with what was asked for, corrections, a new household, taking back, settling."""
    from gridclient.operations.edit_record import edit_record, register_household, verify_household
    from gridclient.operations.record_visit import MatterNote, VisitNote, record_visit
    from gridclient.operations.undo import undo

    ledger = stage.open()
    matters = (MatterNote("楼道灯不亮", body="三楼和四楼都不亮"), MatterNote("想办老年证", exit="spot"))
    for at in range(6):
        door, household, head = (ids.named(part, str(at)) for part in ("door", "household", "head"))
        note = VisitNote(household, door, "1", summary=f"第{at}户都好", matters=matters[: at % 3])
        stage.act(ledger, partial(record_visit, ledger, note))
        named = {"name": f"钱{'甲乙丙丁戊己'[at]}"}
        stage.act(ledger, partial(edit_record, ledger, "resident", head, named, None))
        stage.act(ledger, partial(verify_household, ledger, household))
    blind = Draft("resident", ids.named("head", "0"), BUILDING, {"name": "赵假"}, seen=())
    stage.act(ledger, lambda: ledger.write([blind]))
    stage.act(ledger, lambda: _settle(ledger))
    door = ids.named("door", "7")
    stage.act(ledger, lambda: register_household(ledger, door, {}, {}, {"name": "孙新来", "sex": "2"}))
    last = _last_changes(ledger)
    stage.act(ledger, lambda: undo(ledger, last))
    ledger.close()


def _settle(ledger: Ledger) -> None:
    from gridclient.operations.settle import disputed, settle_taking

    record, group = next(iter(disputed(ledger)))
    settle_taking(ledger, record, group, record.heads[group][0].change, None)


def _last_changes(ledger: Ledger) -> list[bytes]:
    with ledger.reading() as connection:
        found = connection.exec_driver_sql("SELECT id FROM change ORDER BY number DESC LIMIT 2")
        return [bytes(row[0]) for row in found]


def import_(stage: Stage) -> None:
    """A register comes in, whole."""
    from gridclient.operations.import_register import import_register

    ledger = stage.open()
    table = Path(sys.argv[4])
    stage.act(ledger, lambda: import_register(ledger, table))
    ledger.close()


def rewrap(stage: Stage) -> None:
    """The passphrase is changed again and again; in between somebody works."""
    ledger = stage.open()
    for at, passphrase in enumerate(PASSPHRASES[1:]):

        def change(passphrase: str = passphrase) -> None:
            try:
                ledger.change_passphrase(passphrase)
            except KnownError as known:
                if known.code == "unconfirmed":
                    stage.passphrase = passphrase
                raise
            stage.passphrase = passphrase
            stage.tell(ledger)

        stage.act(ledger, change)
        head = ids.named("head", str(at))
        correction = Draft("resident", head, BUILDING, {"name": f"李{at}"})
        stage.act(ledger, partial(ledger.write, [correction]))
    ledger.close()


def sync_(stage: Stage) -> None:
    """What waits is sent to a real server, and a community's records come in."""
    from gridclient.operations.sync_ledger import sync

    ledger = stage.open()
    stage.act(ledger, lambda: sync(ledger), saves=None)
    ledger.close()
