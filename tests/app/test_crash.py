"""A bug is kept without a value of anybody's records, and shown at the next start."""

import random
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridclient.app.crash import MOST, CrashReports, described
from gridclient.app.roof import Roof
from gridclient.desktop.shell import MainWindow, words
from gridclient.desktop.shell.report import ReportSheet
from gridclient.desktop.theme import FACTORS, Look
from gridclient.ledger.ledger import Ledger
from gridclient.operations.runner import InlineRunner
from tests.app.conftest import register
from tests.desktop.keys import front, press, settle
from tests.desktop.measure import nameless, too_small
from tests.ledgers import PASSPHRASE, Clock

NAME = "赵世昌"


def fault(name: str = NAME) -> ValueError:
    """A fault that quotes a record, come by another one that does too."""
    with pytest.raises(ValueError, match="6399") as caught:
        _look_up({}, name)
    return caught.value


def _look_up(known: dict[str, str], name: str) -> str:
    try:
        return known[name]
    except KeyError as error:
        raise ValueError(f"{name} 639900195603040026") from error


@pytest.fixture
def reports(tmp_path: Path) -> CrashReports:
    return CrashReports(tmp_path / "below" / "crash.txt", lambda: "2026-11-24 10:43")


def happen(reports: CrashReports, error: BaseException) -> None:
    reports.hook(type(error), error, error.__traceback__)


def test_kind_and_place_are_kept_and_no_value(
    reports: CrashReports, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    reports.told = lambda: told.append("told")
    happen(reports, fault())
    kept = reports.pending()
    assert kept.startswith("2026-11-24 10:43  minqing-ledger")
    assert "builtins.ValueError" in kept
    assert "builtins.KeyError" in kept
    assert "test_crash.py:" in kept
    loud = capsys.readouterr().err
    assert "builtins.ValueError" in loud
    for said in (kept, loud):
        assert NAME not in said
        assert "639900" not in said
        assert str(Path(__file__).parent) not in said
    assert told == ["told"]


def test_the_same_fault_is_kept_once_and_many_do_not_fill_the_disk(reports: CrashReports) -> None:
    for _ in range(3):
        happen(reports, fault())
    assert reports.pending().count("builtins.ValueError") == 1
    for number in range(2000):
        happen(reports, type(f"Fault{number}", (Exception,), {})())
    assert len(reports.pending()) < MOST + 1000
    reports.delete()
    assert reports.pending() == ""
    reports.delete()


def test_files_of_the_program_keep_their_path_below_its_root() -> None:
    with pytest.raises(OSError) as caught:
        CrashReports(Path(__file__) / "no", str)._keep("x")
    assert "gridclient/app/crash.py:" in described(caught.value)


def test_installed_it_hears_what_nobody_caught(
    reports: CrashReports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", sys.excepthook)
    reports.install()
    error = fault()
    sys.excepthook(type(error), error, error.__traceback__)
    assert "builtins.ValueError" in reports.pending()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger"
    made, _ = Ledger.create(folder, PASSPHRASE, Clock(), random.Random(3).randbytes)
    made.write(register())
    made.close()
    return folder


def test_the_next_start_shows_it_to_be_copied_and_deleted(
    reports: CrashReports, folder: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    happen(reports, fault())
    kept = reports.pending()
    roof = Roof(qapp, Look(qapp), InlineRunner(), folder, reports=reports)
    front(qtbot, roof)
    roof.unlock.unlock_asked.emit(str(folder), PASSPHRASE)
    assert roof.house is not None
    sheet = roof.house.window.overlay()
    assert isinstance(sheet, ReportSheet)
    press("Ctrl+C")
    assert qapp.clipboard().text() == kept
    assert sheet.said.words == words.COPIED
    press("Esc")
    assert reports.pending() == kept, "closing is not deleting"
    sheet.show_report(kept)
    press("Delete")
    assert reports.pending() == ""
    assert roof.house.window.overlay() is None
    happen(reports, fault())
    assert roof.house.window.toast.sentence == words.BUG
    roof.close_ledger()


@pytest.mark.parametrize("factor", FACTORS)
def test_the_report_fits(qapp: QApplication, qtbot: QtBot, factor: float) -> None:
    look = Look(qapp, factor=factor)
    window = roofless(look, qapp, qtbot)
    sheet = ReportSheet(look, window)
    sheet.show_report(described(fault()) * 8)
    sheet.said.say(words.COPIED)
    settle()
    assert too_small(sheet.panel) == []
    assert nameless(sheet) == []
    look.choose(factor=1.0)


def roofless(look: Look, app: QApplication, qtbot: QtBot) -> MainWindow:
    window = MainWindow(look, app)
    front(qtbot, window, 1280, 680)
    return window
