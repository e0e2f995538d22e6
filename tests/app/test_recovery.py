"""Who forgot the passphrase comes in by the recovery sheet, and has a new one from then on."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridclient.app.roof import Roof
from gridclient.desktop.theme import Look
from gridclient.ledger.keys import WrongPassphraseError
from gridclient.ledger.ledger import Ledger
from gridclient.operations.runner import InlineRunner
from tests.ledgers import PASSPHRASE, Clock

NEW = "后来换了一个新的口令"


@pytest.fixture
def locked(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[tuple[Roof, str]]:
    made, code = Ledger.create(tmp_path / "ledger", PASSPHRASE, Clock(), random.Random(3).randbytes)
    made.close()
    roof = Roof(qapp, Look(qapp), InlineRunner(), tmp_path / "ledger")
    qtbot.addWidget(roof)
    with qtbot.waitExposed(roof):
        roof.show()
    roof.unlock.ask_recovery()
    yield roof, code
    roof.close_ledger()


def test_the_sheet_opens_the_ledger_and_sets_a_new_passphrase(
    locked: tuple[Roof, str], tmp_path: Path
) -> None:
    roof, code = locked
    sheet = roof.unlock.recover
    assert sheet is not None
    sheet.recover_asked.emit(code, NEW)
    assert roof.house is not None
    assert not sheet.isVisible()
    roof.close_ledger()
    with pytest.raises(WrongPassphraseError):
        Ledger.open(tmp_path / "ledger", PASSPHRASE, Clock(), random.Random(4).randbytes)
    Ledger.open(tmp_path / "ledger", NEW, Clock(), random.Random(4).randbytes).close()


def test_a_wrong_code_or_a_weak_passphrase_is_said_and_nothing_is_changed(
    locked: tuple[Roof, str], tmp_path: Path
) -> None:
    roof, code = locked
    sheet = roof.unlock.recover
    assert sheet is not None
    sheet.recover_asked.emit("53VG-ZBX4-DCPR-1NZT-QFV5-BQ6M-NCM4-8N9N", NEW)
    assert roof.house is None
    assert sheet.isVisible()
    sheet.recover_asked.emit(code, "1234567890")
    assert roof.house is None
    Ledger.open(tmp_path / "ledger", PASSPHRASE, Clock(), random.Random(4).randbytes).close()
