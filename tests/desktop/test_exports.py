"""The export screen: what a person chooses arrives whole, and nothing leaves without what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gridclient.desktop.exports import ExportOrder, ExportsScreen, ExportsView, words
from gridclient.desktop.kit.picker import Item
from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import FACTORS, Look
from tests.desktop.keys import front, press, settle, write
from tests.desktop.measure import nameless, too_small

REGISTER, VISITS, ROSTER = b"register", b"visits", b"form:roster"
VIEW = ExportsView(
    tables=(
        Item(REGISTER, "居民登记册", "台账"),
        Item(VISITS, "走访登记表", "台账"),
        Item(ROSTER, "户籍人口花名册", words.FORMS),
    ),
    undated=frozenset({REGISTER, ROSTER}),
    areas=(Item(b"", "全社区", "全社区"), Item(b"g3", "三号网格", "网格")),
    periods=(
        ("", ""),
        ("2026-11-01", "2026-11-24"),
        ("2026-10-01", "2026-10-31"),
        ("2026-01-01", "2026-11-24"),
    ),
    whole=True,
)


class _Stage:
    """The screen in its window, and what it said."""

    def __init__(self, look: Look, app: QApplication, qtbot: QtBot) -> None:
        self.window = MainWindow(look, app)
        self.screen = ExportsScreen(look)
        self.window.add_screen("exports", self.screen)
        self.screen.show_choices(VIEW)
        front(qtbot, self.window, 1366, 768)
        self.window.show_screen("exports")
        settle()
        self.said: list[object] = []
        for name in ("export_asked", "blank_asked"):
            getattr(self.screen, name).connect(self.said.append)
        for name in ("stop_asked", "folder_asked"):
            getattr(self.screen, name).connect(lambda name=name: self.said.append(name))

    def save(self, path: Path) -> str:
        """Answer the question where to; the name it offered."""
        dialog = self.screen.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        offered = Path(dialog.selectedFiles()[0]).name
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(str(path))
        dialog.accept()
        return offered


@pytest.fixture
def stage(look: Look, qapp: QApplication, qtbot: QtBot) -> Iterator[_Stage]:
    yield _Stage(look, qapp, qtbot)
    look.choose(factor=1.0)


dialogs = pytest.mark.qt_log_ignore("propagateSizeHints")  # the platform without a screen says so of dialogs


@dialogs
def test_as_it_stands_a_masked_register_is_asked_for(stage: _Stage, tmp_path: Path) -> None:
    press("Ctrl+S")
    assert stage.save(tmp_path / "册") == "居民登记册.xlsx"
    (order,) = stage.said
    path = str(tmp_path / "册.xlsx")
    assert order == ExportOrder(REGISTER, b"", "", "", False, "", False, path)


@dialogs
def test_what_is_chosen_arrives(stage: _Stage, tmp_path: Path) -> None:
    screen = stage.screen
    screen.what.table.step(1)
    screen.where.area.step(1)
    screen.where.period.segments[0].setFocus()
    press("Right", "Right")
    QTest.mouseClick(screen.what.flat, Qt.MouseButton.LeftButton)
    QTest.mouseClick(screen.numbers.switch.segments[1], Qt.MouseButton.LeftButton)
    screen.numbers.purpose.setFocus()
    write(" 街道核对 ")
    press("Ctrl+S")
    assert stage.save(tmp_path / "走访.xlsx") == "走访登记表 三号网格.xlsx"
    path = str(tmp_path / "走访.xlsx")
    asked = ("2026-10-01", "2026-10-31", True, "街道核对", True)
    assert stage.said == [ExportOrder(VISITS, b"g3", *asked, path)]


def test_whole_numbers_without_a_purpose_and_days_without_a_day_are_not_asked_for(stage: _Stage) -> None:
    screen = stage.screen
    QTest.mouseClick(screen.numbers.switch.segments[1], Qt.MouseButton.LeftButton)
    press("Ctrl+S")
    assert screen.numbers.purpose.line.accessibleDescription() == words.NO_PURPOSE
    assert screen.numbers.purpose.line.hasFocus()
    QTest.mouseClick(screen.numbers.switch.segments[0], Qt.MouseButton.LeftButton)
    screen.what.table.step(1)
    QTest.mouseClick(screen.where.period.segments[4], Qt.MouseButton.LeftButton)
    press("Ctrl+S")
    assert screen.where.since.line.accessibleDescription() == words.NO_DAY
    assert stage.screen.findChild(QFileDialog) is None
    assert stage.said == []


def test_a_table_of_now_takes_no_days(stage: _Stage) -> None:
    where = stage.screen.where
    assert where.period.isHidden()
    stage.screen.what.table.step(1)
    assert not where.period.isHidden()
    where.period.choose(1)
    assert where.days() == ("2026-11-01", "2026-11-24")
    stage.screen.what.table.step(1)
    assert where.period.isHidden()
    assert where.days() == ("", "")


def test_who_may_not_is_told_and_cannot(stage: _Stage) -> None:
    numbers = stage.screen.numbers
    numbers.switch.choose(1)
    stage.screen.show_choices(ExportsView(VIEW.tables, VIEW.undated, VIEW.areas, VIEW.periods, False))
    assert numbers.switch.isHidden()
    assert not numbers.whole()
    assert words.NOT_ALLOWED in numbers._why.text()


def test_an_own_form_is_offered_and_stays_when_the_ledger_changes(stage: _Stage) -> None:
    stage.screen.take_form("/home/何敏/街道报表.xlsx")
    assert stage.screen.what.table.text() == "街道报表.xlsx"
    assert not stage.screen.where.period.isHidden()
    stage.screen.show_choices(VIEW)
    assert stage.screen.what.table.current == "file:/home/何敏/街道报表.xlsx".encode()
    stage.screen.take_form("/home/何敏/街道报表.xlsx")
    assert len(stage.screen.what.table.items) == 4


@dialogs
def test_while_it_is_written_only_stopping_works(stage: _Stage, tmp_path: Path) -> None:
    stage.screen.show_progress(200, 11_423)
    press("Ctrl+S")
    assert stage.screen.findChild(QFileDialog) is None
    assert not stage.screen.export.isEnabled()
    press("Esc")
    assert stage.said == ["stop_asked"]
    stage.screen.show_done("导出了 11423 行。")
    assert stage.screen.folder.hasFocus()
    press("Enter")
    assert stage.said[-1] == "folder_asked"
    stage.screen.show_error("写不了。")
    assert stage.screen.folder.isHidden()
    assert stage.screen.export.isEnabled()
    QTest.mouseClick(stage.screen.blank, Qt.MouseButton.LeftButton)
    assert stage.save(tmp_path / "空") == words.BLANK_FILE
    assert stage.said[-1] == str(tmp_path / "空.xlsx")


@pytest.mark.parametrize("factor", FACTORS)
def test_everything_can_be_read(stage: _Stage, look: Look, factor: float) -> None:
    look.choose(factor=factor)
    stage.screen.what.table.step(1)
    QTest.mouseClick(stage.screen.where.period.segments[4], Qt.MouseButton.LeftButton)
    QTest.mouseClick(stage.screen.numbers.switch.segments[1], Qt.MouseButton.LeftButton)
    stage.screen.show_done("导出了 11423 行，号码遮住了。")
    settle()
    assert too_small(stage.screen) == []
    assert nameless(stage.screen) == []
