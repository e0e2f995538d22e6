"""The sheet's other roads: sticks, and work the community has not taken, with a real server behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridclient.app.house import House
from gridclient.core.domain import ids
from gridclient.core.merge.change import Draft
from gridclient.core.wire.messages import Decision
from gridclient.desktop.sync_state.view import SyncView, Trouble
from gridclient.desktop.theme import Look
from gridclient.ledger.ledger import Ledger
from gridclient.operations.join_community import join
from gridclient.operations.runner import InlineRunner
from sync_server.service import staffing
from sync_server.service.unpacking import unpack
from tests.server.town import DAY, Settled, Town


@pytest.fixture
def settled(tmp_path: Path) -> Iterator[Settled]:
    town = Town(tmp_path, road="http")
    yield Settled.make(town)
    town.close()


@pytest.fixture
def house(ledger: Ledger, settled: Settled, qtbot: QtBot, qapp: QApplication) -> Iterator[House]:
    """A worker's window that has synced once."""
    settled.town.clock.now = ledger.clock()
    join(ledger, settled.town.url, settled.town.code(settled.worker.worker))
    made = House(ledger, InlineRunner(), Look(qapp), qapp, lambda: None)
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.enter()
    made.sync.sync()
    yield made
    made.stop()


def write(house: House, place: bytes, room: str = "101") -> bytes:
    door: dict[str, object] = {"building": place, "unit": "1", "floor": 1, "room": room}
    record = house.ledger.new_id()
    touched = house.ledger.write([Draft("dwelling", record, place, door, new=True)])
    house.desk.changed(touched)
    return record


def shown(house: House) -> SyncView:
    house.sync.open()
    return house.sync.sheet._view


def said(house: House) -> str:
    return house.sync.sheet._finished._words.text()


def test_a_stick_goes_out_and_its_answers_come_home(house: House, settled: Settled, tmp_path: Path) -> None:
    write(house, settled.mine)
    assert shown(house).sticks
    house.sync.sheet.pack_chosen.emit(str(tmp_path / "去.pack"))
    assert "1 条存好了" in said(house)
    view = shown(house)
    assert (view.lost, view.unsent) == (1, 1)  # on the way is not there
    assert "1 条在 U 盘上" in view.unsent_detail
    answers = unpack(settled.town.service, (tmp_path / "去.pack").read_bytes()).answers
    (tmp_path / "回.answers").write_bytes(answers)
    house.sync.sheet.brought_chosen.emit(str(tmp_path / "回.answers"))
    assert "1 条有了结果" in said(house)
    assert shown(house).unsent == 0
    house.sync.sheet.brought_chosen.emit(str(tmp_path / "没有这个文件"))
    assert "打不开" in said(house)


def test_what_was_declined_can_be_sent_again_or_let_be(
    house: House, settled: Settled, tmp_path: Path
) -> None:
    write(house, settled.other)
    house.sync.sync()
    (held,) = shown(house).waiting
    assert held.reason.startswith("暂存：")
    assert not held.again
    house.sync.sheet.take_chosen.emit(str(tmp_path / "留.jsonl"))
    assert (tmp_path / "留.jsonl").read_text("utf-8").count("\n") == 1
    (waiting,) = settled.supervisor.api.waiting()
    settled.supervisor.api.decide([Decision(waiting.change.id, waiting.hash, False, "这栋归二网格")])
    house.sync.sync()
    (declined,) = shown(house).waiting
    assert "这栋归二网格" in declined.reason
    assert declined.again
    house.sync.sheet.list.choose(declined.id)
    assert house.sync.sheet._again.isVisible()
    house.sync.sheet._known.click()
    assert shown(house).waiting == ()


def test_days_of_silence_are_said(house: House, settled: Settled, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(house).warning == ""
    late = house.ledger.clock() + 4 * DAY
    monkeypatch.setattr(house.ledger, "clock", lambda: late)
    assert "已经 4 天没有和社区联系" in shown(house).warning


def test_a_clock_that_is_wrong_is_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = house.ledger.clock() + 3 * DAY
    monkeypatch.setattr(house.ledger, "clock", lambda: ahead)
    house.sync.sync()
    assert "比社区快了 3 天" in shown(house).warning


def test_a_revoked_laptop_hands_in_its_work_and_is_gone(house: House, settled: Settled) -> None:
    write(house, settled.mine)
    left: list[str] = []
    house.sync.left = left.append
    identity, folder = house.ledger.identity(), house.ledger.folder
    staffing.revoke(settled.town.service, ids.text(identity.device))
    house.sync.sync()
    assert len(left) == 1
    assert "1 条封好交给了" in left[0]
    assert not (folder / "keys.json").exists()
    with settled.town.service.store.read() as snapshot:
        assert [one.device for one in snapshot.accounts.handed()] == [identity.device]


def test_a_copied_ledger_is_offered_a_new_code(house: House, settled: Settled) -> None:
    with settled.town.service.writing() as transaction:
        device = transaction.accounts.device(house.ledger.identity().device)
        assert device is not None
        transaction.accounts.put_device(device._replace(cloned=True))
    house.sync.sync()
    assert shown(house).trouble is Trouble.CLONED
    assert house.sync.sheet._join.isVisible()
    house.sync.sheet._join.click()
    assert house.settings.screen._join_card.isVisible()
