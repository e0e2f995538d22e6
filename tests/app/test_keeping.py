"""The roof keeps a ledger: locks by itself, backs up, restores, wipes; its lease over it takes visits."""

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridclient.app import folders
from gridclient.app.house import House
from gridclient.app.joins.keeping import lock_minutes
from gridclient.app.roof import Roof
from gridclient.app.watch import JUMP_MS, TICK_MS, Watch
from gridclient.core.domain import ids
from gridclient.core.domain.lease import DAY
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from gridclient.desktop.settings import words
from gridclient.desktop.theme import Look
from gridclient.ledger import drafts, wiping
from gridclient.ledger import identity as kept
from gridclient.ledger.ledger import Ledger
from gridclient.operations.runner import InlineRunner
from tests.app.conftest import HOUSEHOLDS, register
from tests.ledgers import PASSPHRASE, Clock


@pytest.fixture
def roof(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Roof]:
    folder = tmp_path / "ledger"
    made, _ = Ledger.create(folder, PASSPHRASE, Clock(), random.Random(3).randbytes)
    made.write(register())
    made.close()
    roof = Roof(qapp, Look(qapp), InlineRunner(), folder)
    qtbot.addWidget(roof)
    with qtbot.waitExposed(roof):
        roof.show()
    roof.unlock.unlock_asked.emit(str(folder), PASSPHRASE)
    yield roof
    roof.close_ledger()


def house(roof: Roof) -> House:
    assert roof.house is not None
    return roof.house


def test_idle_or_asleep_it_locks_and_what_is_half_written_stays(roof: Roof) -> None:
    at = [1_790_000_000_000]
    watch = Watch(roof.app, lambda: at[0], lambda: 5, roof.lock_by_itself)
    house(roof).visit.open(HOUSEHOLDS[0])
    QTest.keyClick(house(roof).visit.sheet.form.outcome, Qt.Key.Key_1)
    for _ in range(59):
        at[0] += TICK_MS
        watch.tick()
    assert roof.house is not None
    at[0] += TICK_MS
    watch.tick()
    assert roof.house is None
    assert roof.currentWidget() is roof.unlock
    again = Ledger.open(Path(str(roof.folder)), PASSPHRASE, Clock(), random.Random(4).randbytes)
    with again.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM draft").scalars().all()
        assert len(names) == 1
        found = drafts.get(connection, names[0])
        assert found is not None
        assert msgspec.json.decode(found[1])["outcome"] == "1"
    again.close()


def test_a_hand_at_the_keyboard_keeps_it_open_and_a_sleep_does_not(roof: Roof) -> None:
    at = [1_790_000_000_000]
    watch = Watch(roof.app, lambda: at[0], lambda: 1, roof.lock_by_itself)
    for _ in range(40):
        at[0] += TICK_MS
        QTest.keyClick(house(roof).window, Qt.Key.Key_Shift)
        watch.tick()
    assert roof.house is not None
    at[0] += TICK_MS + JUMP_MS + 1
    QTest.keyClick(house(roof).window, Qt.Key.Key_Shift)
    watch.tick()
    assert roof.house is None


def test_the_system_may_tell(roof: Roof) -> None:
    watch = Watch(roof.app, lambda: 5, lambda: 5, roof.lock_by_itself)
    watch.listen()
    watch.told(False)
    assert roof.house is not None
    watch.told(True)
    assert roof.house is None


def test_locking_clears_what_was_copied(roof: Roof) -> None:
    roof.app.clipboard().setText("13900000001")
    roof.lock()
    assert roof.app.clipboard().text() == ""


def test_backups_are_made_shown_and_come_back(roof: Roof, tmp_path: Path) -> None:
    part = house(roof).settings.screen.keeping
    assert part.lines.text() == words.NO_BACKUPS
    QTest.mouseClick(part.now, Qt.MouseButton.LeftButton)
    assert "核对过" in part.notice.words
    assert "刚才" in part.lines.text()
    (made,) = house(roof).ledger.backups()
    house(roof).ledger.write([drafted()])
    house(roof).keeping.take_file(house(roof).ledger.folder / "keys.json")
    assert "不是台账的备份" in part.notice.words
    house(roof).keeping.take_file(made.path)
    assert part.notice.words == ""
    assert part.chosen.text().startswith("恢复 ")
    part.restore.passphrase.set_words(PASSPHRASE)
    part.keep.setChecked(False)
    part.restore.send()
    assert roof.house is not None
    assert house(roof).ledger.record("compound", drafted().record) is None
    assert house(roof).settings.screen.keeping is not part


def drafted() -> Draft:
    return Draft("compound", ids.named("later"), COMMONS, {"title": "后来的小区"}, new=True)


def test_a_wrong_passphrase_restores_nothing(roof: Roof) -> None:
    ledger = house(roof).ledger
    made = ledger.roll_backup("asked")
    roof.restore(made.path, "不是这个口令不是这个口令", True)
    assert roof.currentWidget() is roof.unlock
    assert roof.unlock.field.isEnabled()
    roof.unlock.unlock_asked.emit(str(ledger.folder), PASSPHRASE)
    assert roof.house is not None


def test_the_choice_of_minutes_is_kept(roof: Roof) -> None:
    part = house(roof).settings.screen.keeping
    assert (lock_minutes(), part.lock.current) == (5, 1)
    QTest.mouseClick(part.lock.segments[2], Qt.MouseButton.LeftButton)
    assert lock_minutes() == 15


def test_wiping_asks_twice_where_something_is_only_here(roof: Roof) -> None:
    folder = house(roof).ledger.folder
    wipe = house(roof).settings.screen.keeping.wipe
    for said in ("", "清除"):
        wipe.phrase.set_words(said)
        wipe.send()
        assert folder.exists()
    wipe.phrase.set_words(words.WIPE_PHRASE)
    wipe.send()
    assert folder.exists()
    assert "没送到社区" in wipe.notice.words
    wipe.phrase.set_words(words.WIPE_ALL_PHRASE)
    wipe.send()
    assert not folder.exists()
    assert roof.house is None
    assert roof.first is not None


def test_a_new_computer_takes_an_old_backup_up(
    ledger: Ledger, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    ledger.write(register())
    stick = ledger.back_up(tmp_path / "stick.ledgerbackup").path
    roof = Roof(qapp, Look(qapp), InlineRunner(), tmp_path / "new")
    qtbot.addWidget(roof)
    assert roof.first is not None
    page = roof.first.page
    page.take_file(str(stick), stick.name)
    page.next_button.click()
    page.passphrase.first.set_words("不是这个口令不是这个口令")
    page.next_button.click()
    assert not page.is_done
    assert not (tmp_path / "new").exists()
    page.passphrase.first.set_words(PASSPHRASE)
    page.next_button.click()
    assert page.is_done
    page.next_button.click()
    assert len(house(roof).building.in_order()) == 3
    roof.close_ledger()


def over(ledger: Ledger) -> None:
    """Enrolled, and a month without contact."""
    with ledger.writing() as connection:
        mine = kept.identity(connection)
        kept.put(connection, "identity", msgspec.structs.replace(mine, url="http://127.0.0.1:9"))
        kept.put(connection, "position", kept.Position(contacted=ledger.clock() - 31 * DAY))


def test_when_the_lease_is_over_a_door_opens_its_visit_form_and_nothing_else(
    ledger: Ledger, qtbot: QtBot, qapp: QApplication
) -> None:
    ledger.write(register())
    over(ledger)
    made = House(ledger, InlineRunner(), Look(qapp), qapp, lambda: None)
    qtbot.addWidget(made.window)
    made.enter()
    assert [item.name for item in made.menu()] == ["building", "settings"]
    made.go("matters")
    assert made.window.front() is made.building.screen
    made.open_household(HOUSEHOLDS[0])
    assert not made.visit.sheet.isHidden()
    assert made.window.front() is made.building.screen
    with ledger.writing() as connection:
        kept.put(connection, "position", kept.Position(contacted=ledger.clock()))
    made.visit.sheet.escape()
    made.open_household(HOUSEHOLDS[0])
    assert made.window.front() is made.household.screen
    assert len(made.menu()) > 2
    made.stop()


def test_a_ledger_whose_wiping_was_cut_off_is_finished_when_opened(own_home: Path) -> None:
    folder = folders.home() / "ledger"
    Ledger.create(folder, PASSPHRASE, Clock(), random.Random(3).randbytes)[0].close()
    (folder / "wiping").write_bytes(wiping.MARK)
    (folder / folders.KEYS).unlink()
    assert folders.ledgers() == []
    assert not folder.exists()
