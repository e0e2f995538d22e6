"""The window syncs by itself, says what is true, and lets go at once when it is told to."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import qasync
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridclient.app.house import House
from gridclient.core.domain import ids
from gridclient.core.merge.change import Draft
from gridclient.desktop.sync_state import Trouble
from gridclient.desktop.theme import Look
from gridclient.ledger.ledger import Ledger
from gridclient.operations.join_community import join
from gridclient.operations.keep_in_sync import KeepInSync
from gridclient.operations.runner import InlineRunner, Runner, ThreadRunner
from sync_server.service import staffing
from tests.server.town import Settled, Town
from tests.sync.mute import Mute

WHILE = 30_000


class Hand:
    """A clock that stands still until a test moves it on."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def settled(tmp_path: Path) -> Iterator[Settled]:
    town = Town(tmp_path, road="http")
    yield Settled.make(town)
    town.close()


def open_house(ledger: Ledger, runner: Runner, qapp: QApplication, qtbot: QtBot, hand: Hand) -> House:
    made = House(ledger, runner, Look(qapp), qapp, lambda: None)
    made.sync.by_itself.policy = KeepInSync(lambda: 0.5, hand.now)
    made.sync.by_itself._clock = hand
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.enter()
    return made


@pytest.fixture
def joined(ledger: Ledger, settled: Settled, hand: Hand, qtbot: QtBot, qapp: QApplication) -> Iterator[House]:
    """A worker's window that has synced once."""
    join(ledger, settled.town.url, settled.town.code(settled.worker.worker))
    made = open_house(ledger, InlineRunner(), qapp, qtbot, hand)
    made.sync.sync()
    assert made.sync.last is not None
    assert made.sync.last.complete
    made.window.toast.hide()
    yield made
    made.stop()


def write(house: House, settled: Settled, floor: int = 1) -> None:
    door: dict[str, object] = {"building": settled.mine, "unit": "1", "floor": floor, "room": f"{floor}01"}
    record = house.ledger.new_id()
    touched = house.ledger.write([Draft("dwelling", record, settled.mine, door, new=True)])
    house.desk.changed(touched)


def due(house: House) -> int | None:
    return house.sync.by_itself.policy.due()


def pass_until(house: House, hand: Hand) -> None:
    found = due(house)
    assert found is not None
    hand.now = found
    house.sync.by_itself.tick()


def test_what_is_saved_goes_out_by_itself_and_without_a_word(
    joined: House, settled: Settled, hand: Hand
) -> None:
    write(joined, settled)
    found = due(joined)
    assert found is not None
    hand.now = found - 1
    joined.sync.by_itself.tick()
    assert joined.ledger.unsent().pending == 1
    pass_until(joined, hand)
    assert joined.ledger.unsent().pending == 0
    assert joined.window.toast.isHidden()


def test_the_timer_itself_begins_it(joined: House, settled: Settled, hand: Hand, qtbot: QtBot) -> None:
    write(joined, settled)
    hand.now = 1 << 40
    joined.sync.by_itself.arm()
    qtbot.waitUntil(lambda: joined.ledger.unsent().pending == 0, timeout=WHILE)


def test_what_others_wrote_comes_by_itself(joined: House, settled: Settled, hand: Hand) -> None:
    settled.supervisor.save(
        "dwelling", {"building": settled.mine, "unit": "2", "floor": 1, "room": "101"}, place=settled.mine
    )
    pass_until(joined, hand)
    assert joined.sync.last is not None
    assert joined.sync.last.received == 1


def test_without_a_server_it_waits_longer_and_keeps_quiet(
    joined: House, settled: Settled, hand: Hand
) -> None:
    move_server(joined, "http://127.0.0.1:9")
    write(joined, settled)
    waits = []
    for _ in range(3):
        pass_until(joined, hand)
        found = due(joined)
        assert found is not None
        waits.append(found - hand.now)
    assert waits[0] < waits[1] < waits[2]
    assert joined.window.toast.isHidden()
    assert joined.sync.trouble is Trouble.OFFLINE
    joined.sync.sync()
    assert "1 条都在这台电脑里" in joined.window.toast.sentence


def move_server(house: House, url: str) -> None:
    from gridclient.ledger import identity as kept

    with house.ledger.writing() as connection:
        before = kept.identity(connection)
        kept.put(connection, "identity", msgspec.structs.replace(before, url=url))


def test_a_door_that_was_shut_and_opens_is_noticed(
    joined: House, settled: Settled, hand: Hand, qtbot: QtBot
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    move_server(joined, f"http://127.0.0.1:{port}")
    write(joined, settled)
    itself = joined.sync.by_itself
    for _ in range(5):
        pass_until(joined, hand)
    far = due(joined)
    assert far is not None
    itself.look()
    qtbot.waitUntil(lambda: itself._shut, timeout=WHILE)
    assert due(joined) == far
    with socket.create_server(("127.0.0.1", port)):
        itself.look()
        qtbot.waitUntil(lambda: not itself._shut, timeout=WHILE)
    near = due(joined)
    assert near is not None
    assert near < far


def test_a_door_that_never_was_shut_hurries_nobody(
    joined: House, settled: Settled, hand: Hand, qtbot: QtBot
) -> None:
    """Something answers there, but not as a server: to ask it more often would not help."""
    with socket.create_server(("127.0.0.1", 0)) as open_:
        move_server(joined, f"http://127.0.0.1:{open_.getsockname()[1]}")
        write(joined, settled)
        itself = joined.sync.by_itself
        itself.policy.began()
        from gridclient.operations.keep_in_sync import Ended

        itself.ended(Ended.UNREACHED)
        far = due(joined)
        itself.look()
        qtbot.waitUntil(lambda: itself._door is None, timeout=WHILE)
        assert due(joined) == far


def test_nobody_knocks_where_nothing_waits(joined: House, hand: Hand) -> None:
    move_server(joined, "http://127.0.0.1:9")
    pass_until(joined, hand)
    joined.sync.by_itself.look()
    assert joined.sync.by_itself._door is None


def test_a_revoked_laptop_does_not_ask_again(joined: House, settled: Settled, hand: Hand) -> None:
    identity = joined.ledger.identity()
    staffing.revoke(settled.town.service, ids.text(identity.device))
    left: list[str] = []
    joined.sync.left = left.append
    pass_until(joined, hand)
    assert due(joined) is None
    assert len(left) == 1  # this a person has to know


def test_once_the_ledger_closes_nothing_begins(joined: House, settled: Settled, hand: Hand) -> None:
    write(joined, settled)
    itself = joined.sync.by_itself
    joined.stop()
    hand.now = 1 << 40
    itself.tick()
    itself.arm()
    assert not itself._timer.isActive()
    joined.sync.sync()
    assert joined.ledger.unsent().pending == 1


def test_switched_off_it_waits_for_a_person_now_and_next_time(
    joined: House, settled: Settled, qtbot: QtBot, qapp: QApplication
) -> None:
    joined.go("settings")
    switch = joined.settings.screen.syncing
    assert switch.isVisible()
    assert switch.segments[0].isChecked()
    switch.segments[1].click()
    write(joined, settled)
    assert due(joined) is None
    joined.sync.sync()
    assert joined.ledger.unsent().pending == 0
    later = House(joined.ledger, InlineRunner(), Look(qapp), qapp, lambda: None)
    qtbot.addWidget(later.window)
    later.enter()
    assert due(later) is None
    assert later.settings.screen.syncing.segments[1].isChecked()
    later.sync.switch(True)
    assert due(later) is not None
    later.stop()


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[ThreadRunner]:
    loop = qasync.QEventLoop(qapp, already_running=True)
    made = ThreadRunner(lambda: loop)
    yield made
    made.close()
    # Another test may run a loop. Not by `stop`: it ends the application, and no wait of Qt waits after that.
    asyncio._set_running_loop(None)


@pytest.fixture
def mute() -> Iterator[Mute]:
    made = Mute()
    yield made
    made.close()


@pytest.fixture
def stalled(
    ledger: Ledger,
    settled: Settled,
    hand: Hand,
    qtbot: QtBot,
    qapp: QApplication,
    runner: ThreadRunner,
    mute: Mute,
) -> House:
    """A sync that waits for an answer which never comes."""
    join(ledger, settled.town.url, settled.town.code(settled.worker.worker))
    made = open_house(ledger, runner, qapp, qtbot, hand)
    move_server(made, mute.url)
    made.sync.sync()
    qtbot.waitUntil(mute.asked.is_set, timeout=WHILE)
    return made


def test_a_stalled_sync_can_be_stopped(stalled: House, mute: Mute, qtbot: QtBot) -> None:
    stalled.sync.open()
    stalled.sync.sheet.stop_asked.emit()
    qtbot.waitUntil(lambda: not stalled.sync.running, timeout=WHILE)
    assert stalled.sync.last is not None
    assert stalled.sync.last.stopped
    assert stalled.sync.trouble is Trouble.NONE
    assert mute.left.wait(30)
    stalled.stop()


def test_closing_the_ledger_does_not_wait_for_a_stalled_sync(stalled: House, runner: ThreadRunner) -> None:
    stalled.stop()
    settling = threading.Thread(target=runner.settle)
    settling.start()
    settling.join(30)
    assert not settling.is_alive()
