"""What waits is counted once: the pill, the sheet and `status` say the same."""

import msgspec

from gridclient.app.present.sync import stand, sync_view
from gridclient.cli.sync_commands import describe
from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change, Draft
from gridclient.core.wire.messages import Answer
from gridclient.desktop.sync_state import SyncView, Trouble
from gridclient.ledger import answering, only_here, sticks
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched
from gridclient.operations.safety import Safety, safety

PLACE = ids.parse("019f0000-0000-7000-8000-000000000001")


def residents(ledger: Ledger, count: int) -> list[Id]:
    made = [ledger.new_id() for _ in range(count)]
    fields: dict[str, object] = {"household": ids.named("h"), "name": "赵世昌"}
    ledger.write([Draft("resident", one, PLACE, fields, new=True) for one in made])
    return made


def in_all_states(ledger: Ledger) -> None:
    """Six own changes, three of them answered, one on a stick; two versions by others a server has lost."""
    own = residents(ledger, 6)
    lost = [
        Change(
            ids.named(name), b"d" * 16, 1, b"w" * 16, 5, "resident", ids.named("r"), PLACE, {"remark": "x"}
        )
        for name in ("one", "two")
    ]
    with ledger.writing() as connection:
        answers = [
            Answer(own[0], "held", reason="scope", words="不在你的网格里"),
            Answer(own[1], "held", reason="declined", words="不需要了"),
            Answer(own[2], "quarantined", reason="malformed", words="看不懂"),
        ]
        answering.settle(connection, answers, Touched())
        sticks.note_packed(connection, b"p" * 32, 7, own[3:4])
        only_here.keep(connection, [(one.id, one) for one in lost], 7)
        only_here.settle(connection, [Answer(lost[0].id, "held", reason="recovered")])
    identity = msgspec.structs.replace(ledger.identity(), url="http://localhost")
    ledger.enrolled(identity)


def counted(ledger: Ledger) -> tuple[Safety, SyncView]:
    with ledger.reading() as connection:
        return safety(connection, ledger.unsent()), sync_view(
            connection, ledger.identity(), ledger.position(), ledger.unsent(), Trouble.NONE, ledger.clock()
        )


def test_the_window_and_status_count_alike(ledger: Ledger) -> None:
    before = ledger.unsent().pending
    in_all_states(ledger)
    found, view = counted(ledger)
    facts, pill = describe(ledger), stand(found, True, False)
    assert (found.unsent, found.held, found.declined, found.quarantined) == (before + 3, 1, 1, 1)
    assert (found.on_stick, found.only_here, found.unhanded) == (1, 2, 1)
    assert facts["pending"] == view.unsent == pill.unsent == found.unsent
    assert facts["held"] == view.held == 2
    assert facts["quarantined"] == view.quarantined == pill.stuck == 1
    assert facts["lost_if_laptop_dies"] == view.lost == found.unsent + 1
    assert (facts["on_stick"], facts["only_here"]) == (1, 2)
    assert view.held_detail == "1 条等书记，1 条没收"
    assert view.unsent_detail == "1 条在 U 盘上"
    assert view.waiting_summary == f"一共 {len(view.waiting)} 条" == f"一共 {found.all} 条"


def test_with_nothing_left_both_say_so(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE change SET state = 'done'")
    found, view = counted(ledger)
    assert found == Safety(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    assert (view.lost, view.waiting, describe(ledger)["lost_if_laptop_dies"]) == (0, (), 0)
