"""The import screen: a sheet in, its lines seen, written or not, taken back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.desktop.kit.hints import Hint
from gridclient.desktop.kit.ink import chip_width
from gridclient.desktop.kit.rowlist import spans
from gridclient.desktop.register import (
    ColumnLine,
    ColumnsView,
    ImportLine,
    ImportView,
    Meaning,
    RegisterScreen,
    SheetColumns,
    words,
)
from gridclient.desktop.register.lines import COLUMNS, LineModel, texts
from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import FACTORS, Look, Role
from tests.desktop.keys import front, press, settle, sound
from tests.desktop.measure import nameless, too_small

LINES = (
    ImportLine("+", 2, "12号楼 3单元 502", "赵世昌", "电话 139 0000 2046 → 13900002046"),
    ImportLine("~", 3, "12号楼 3单元 502", "孙月琴", "居住情况 常住 → 人户一致"),
    ImportLine("?", 312, "12号楼 1单元 701", "欧阳文斌", "身份证号留空", "表里少了 3 位，补不回来"),
    ImportLine("-", 4096, "8号楼 1单元 负一层 底商", "", "", "空行"),
    ImportLine("!", 4097, "99号楼", "马宁", "", "社区里没有 99号楼"),
    ImportLine("+", 4098, "12号楼 3单元 503", "何敏", "出生 1975年3月2日 → 1975-03-02"),
    ImportLine("*", 4099, "12号楼 3单元 503", "何勇", "备注 白天在家 → 晚上在家", "人写过，不覆盖，记成建议"),
    ImportLine(
        "=",
        4100,
        "12号楼 3单元 504",
        "何勇",
        "台账里：何勇　8号楼 1单元 101",
        "台账里别处有同一个身份证号，可能是同一个人",
        ("这一行：何勇，12号楼 3单元 504", "台账里：何勇，8号楼 1单元 101", "可能是同一个人，先不写。"),
        held=True,
    ),
    ImportLine(
        "#", 4101, "12号楼 3单元 504", "何勇", "低保（备注里写的）", "先不登记", held=True, tag="allowance"
    ),
    ImportLine(
        "#", 4102, "12号楼 3单元 504", "何敏", "信访", "只能专人看", held=True, tag="petition", alone=True
    ),
)
_ROOM, _NUMBER = Meaning("dwelling.room", "房号", "门牌"), Meaning("household_number", "户编号", "门牌")
_NONE = Meaning("-", "不要这一列", "别的")
COLUMNS_VIEW = ColumnsView(
    "居民登记表（松岭家园）.xlsx",
    "register",
    (
        SheetColumns(
            "12号楼",
            (
                ColumnLine("A", "姓名", ("赵世昌", "孙月琴"), Meaning("resident.name", "姓名", "人")),
                ColumnLine("B", "户号", ("502", "503"), None, (_NUMBER, _ROOM, _NONE)),
                ColumnLine("AC", "与户主关系（必填）", ("户主",), _NONE),
            ),
            ("compound",),
        ),
        SheetColumns("8号楼", (ColumnLine("A", "姓名", (), Meaning("resident.name", "姓名", "人")),)),
    ),
    (
        _NONE,
        _ROOM,
        _NUMBER,
        Meaning("resident.name", "姓名", "人"),
        Meaning("resident.phones", "联系电话", "人"),
    ),
    ("12号楼：B 户号：这一列是什么", "12号楼：表里没写小区"),
    (("register", "居民登记表"), ("hotline", "12345 工单"), ("feedback", "民生快巴")),
)
SUMMARY = "要新增 2 人，改 1 人，跳过 1 行，1 格看不准，1 行有错。还没写进台账。"
COUNTS = {"+": 2, "~": 1, "?": 1, "-": 1, "!": 1, "*": 1, "=": 1, "#": 2}
TOLD = "照上次说明的各列来读（居民）。"
VIEW = ImportView("居民登记表（松岭家园）.xlsx", SUMMARY, COUNTS, LINES, TOLD, 3)


class _Stage:
    """The screen in its window, and what it said."""

    def __init__(self, look: Look, app: QApplication, qtbot: QtBot) -> None:
        self.window = MainWindow(look, app)
        self.screen = RegisterScreen(look)
        self.window.add_screen("register", self.screen)
        front(qtbot, self.window, 1366, 768)
        self.window.show_screen("register")
        self.said: list[object] = []
        self.screen.file_chosen.connect(self.said.append)
        for name in ("confirmed", "cancelled", "stop_asked", "undo_asked"):
            getattr(self.screen, name).connect(lambda name=name: self.said.append(name))
        self.window.back_asked.connect(lambda: self.said.append("window back"))
        self.window.undo_asked.connect(lambda: self.said.append("window undo"))


@pytest.fixture
def stage(look: Look, qapp: QApplication, qtbot: QtBot) -> Iterator[_Stage]:
    yield _Stage(look, qapp, qtbot)
    look.choose(factor=1.0)


def rows(stage: _Stage) -> list[int]:
    model = stage.screen.preview.table.lines
    return [int(str(model.index(place, 1).data())) for place in range(model.rowCount())]


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the platform without a screen says so of any dialog
def test_enter_opens_the_choice_of_a_file_and_says_which(stage: _Stage, tmp_path: Path) -> None:
    sheet = tmp_path / "居民.xlsx"
    sheet.write_bytes(b"")
    press("Enter")
    dialog = stage.screen.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(sheet))
    dialog.accept()
    assert stage.said == [str(sheet)]


def drop(stage: _Stage, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(stage.screen, QDragEnterEvent(QPoint(50, 50), copy, mime, left, none))
    QApplication.sendEvent(stage.screen, QDropEvent(QPointF(50, 50), copy, mime, left, none))


def test_a_dropped_sheet_is_taken(stage: _Stage, tmp_path: Path) -> None:
    drop(stage, tmp_path / "居民.CSV")
    assert stage.said == [str(tmp_path / "居民.CSV")]


def test_a_dropped_picture_is_refused_in_words(stage: _Stage, tmp_path: Path) -> None:
    drop(stage, tmp_path / "楼.png")
    assert stage.said == []
    assert stage.screen.start.notice.words == words.WRONG_KIND


def test_nothing_can_be_dropped_on_lines_not_yet_decided(stage: _Stage, tmp_path: Path) -> None:
    stage.screen.show_import(VIEW)
    drop(stage, tmp_path / "又一张.xlsx")
    assert stage.screen.preview.isVisible()


@pytest.mark.parametrize("key", ["Enter", "Ctrl+Enter"])
def test_enter_writes(stage: _Stage, key: str) -> None:
    stage.screen.show_import(VIEW)
    press("Down", key)
    assert stage.said == ["confirmed"]


def test_esc_throws_away_and_does_not_leave_the_screen(stage: _Stage) -> None:
    stage.screen.show_import(VIEW)
    press("Esc")
    assert stage.said == ["cancelled"]
    assert stage.screen.start.choose.hasFocus()
    press("Esc")
    assert stage.said == ["cancelled", "window back"]


def test_a_sheet_that_changes_nothing_cannot_be_written(stage: _Stage) -> None:
    stage.screen.show_import(ImportView("空.csv", "没有可写的。", {"-": 1}, LINES[3:4]))
    press("Enter", "Ctrl+Enter")
    assert stage.said == []
    assert not stage.screen.preview.confirm.isVisible()
    assert [hint.words for hint in stage.screen.hints()] == ["改各列", "看每一行", "只看一类", "不要了"]


def test_digits_and_clicks_filter_and_arrows_walk(stage: _Stage) -> None:
    stage.screen.show_import(VIEW)
    preview = stage.screen.preview
    assert rows(stage) == [2, 3, 312, 4096, 4097, 4098, 4099, 4100, 4101, 4102]
    assert Hint(("1", "2", "3", "4", "5", "6", "7", "8", "9"), "只看一类") in stage.screen.hints()
    press("2")
    assert rows(stage) == [2, 4098]
    press("End")
    assert preview.table.current() == LINES[5]
    QTest.mouseClick(preview.filters.box(3), Qt.MouseButton.LeftButton)
    assert rows(stage) == [312]
    assert "表里少了 3 位" in preview._full.text()
    press("1")
    assert len(rows(stage)) == 10


def test_who_may_be_known_elsewhere_is_decided_on_the_spot(stage: _Stage) -> None:
    said: list[tuple[list[int], bool]] = []
    stage.screen.also_said.connect(lambda lines, also: said.append(([line.row for line in lines], also)))
    stage.screen.show_import(VIEW)
    press("Space")
    assert said == []
    press("8", "Space")
    assert said == [([4100], True)]
    assert stage.screen.preview.also.isVisible()
    decided = (*LINES[:7], dataclasses.replace(LINES[7], held=False, also=True), *LINES[8:])
    stage.screen.show_import(dataclasses.replace(VIEW, lines=decided))
    assert rows(stage) == [4100]  # the same lines stay chosen
    press("Space")
    assert said[-1] == ([4100], False)


def test_all_of_a_kind_are_taken_but_for_what_only_named_persons_may_know(stage: _Stage) -> None:
    said: list[tuple[list[int], bool]] = []
    stage.screen.also_said.connect(lambda lines, also: said.append(([line.row for line in lines], also)))
    stage.screen.show_import(VIEW)
    press("Ctrl+A")
    assert said == []  # only over one kind
    press("9", "Ctrl+A", "Down", "Space")
    assert said == [([4101], True), ([4102], True)]


def test_columns_and_rows_to_correct_are_asked_for_by_key(stage: _Stage) -> None:
    asked: list[str] = []
    stage.screen.columns_asked.connect(lambda: asked.append("columns"))
    stage.screen.show_import(VIEW)
    press("F2")
    assert asked == ["columns"]
    stage.screen.show_import(dataclasses.replace(VIEW, returned=0))
    assert not stage.screen.preview.back.isVisible()
    press("F3")
    assert stage.screen.findChild(QFileDialog) is None


def test_kinds_that_do_not_occur_are_not_offered(stage: _Stage) -> None:
    stage.screen.show_import(ImportView("一.csv", "新增 1 人。", {"+": 1}, LINES[:1]))
    press("4")
    assert rows(stage) == [2]
    assert not stage.screen.preview.filters.box(3).isVisible()


def test_progress_can_be_stopped_by_key_and_button(stage: _Stage) -> None:
    stage.screen.show_busy("正在读 居民.xlsx")
    assert stage.screen.hints() == ()
    stage.screen.show_import(VIEW)
    stage.screen.show_progress(40, 256)
    press("Esc")
    QTest.mouseClick(stage.screen.busy.progress.stop, Qt.MouseButton.LeftButton)
    assert stage.said == ["stop_asked", "stop_asked"]


def test_what_was_written_can_be_taken_back_as_one(stage: _Stage, qtbot: QtBot) -> None:
    stage.screen.show_done("写好了：新增 214 人，改 37 人。")
    press("Ctrl+Z")
    assert stage.said == ["undo_asked"]
    with qtbot.waitSignal(stage.screen.building_asked):
        press("Enter")
    stage.screen.show_done("撤回了。台账恢复原样。", undoable=False)
    press("Ctrl+Z")
    assert stage.said == ["undo_asked", "window undo"]
    press("Enter")
    assert stage.screen.start.isVisible()


def test_an_error_while_writing_keeps_the_lines(stage: _Stage) -> None:
    stage.screen.show_import(VIEW)
    stage.screen.show_progress(1, 6)
    stage.screen.show_error("硬盘满了，一行也没写进去。腾出 200 MB 再写。")
    assert stage.screen.preview.isVisible()
    assert stage.screen.preview.notice.isVisible()
    assert len(rows(stage)) == 10


def test_an_error_while_reading_offers_another_sheet(stage: _Stage) -> None:
    stage.screen.show_busy("正在读 居民.xlsx")
    stage.screen.show_error("这张表格打不开，像是下载时断了。台账没有动。换一张再试。")
    assert stage.screen.start.notice.isVisible()
    assert stage.screen.start.choose.hasFocus()


def test_digits_say_what_a_column_is_and_enter_goes_on(stage: _Stage) -> None:
    screen, page = stage.screen, stage.screen.columns
    told: list[tuple[str, str, str]] = []
    page.column_said.connect(lambda *said: told.append(said))
    page.place_said.connect(lambda *said: told.append(said))
    page.read_asked.connect(lambda keep: told.append(("read", str(keep), "")))
    screen.show_columns(COLUMNS_VIEW)
    assert page.list.current_id() == b"B"  # the one that is not clear
    press("2", "Enter")
    assert told == [("12号楼", "B", "dwelling.room")]
    press("Right", "End", "Enter")
    assert told[-1] == ("12号楼", "B", "resident.phones")
    assert page.list.hasFocus()
    page.compound.set_words("送变电小区")
    assert told[-1] == ("12号楼", "送变电小区", "")
    press("Ctrl+PgDown")
    assert page.list.current_id() == b"A"
    screen.show_columns(dataclasses.replace(COLUMNS_VIEW, open=()))
    page.remember.click()
    page.list.setFocus()
    press("Enter")
    assert told[-1] == ("read", "False", "")
    press("Esc")
    assert stage.said == ["cancelled"]


def test_five_thousand_lines_are_shown_and_walked(stage: _Stage) -> None:
    many = tuple(ImportLine("+", n, "12号楼 3单元 502", f"某{n}", "姓名") for n in range(2, 5002))
    stage.screen.show_import(ImportView("大.xlsx", "要新增 5000 人。", {"+": 5000}, many))
    press("End")
    assert stage.screen.preview.table.current() == many[-1]


def test_the_lines_are_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = LineModel()
    model.set_lines(LINES)
    sound(qtmodeltester, model)
    said = model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "第 312 行，看不准，12号楼 1单元 701 欧阳文斌，身份证号留空，表里少了 3 位，补不回来"


@pytest.mark.parametrize("factor", FACTORS)
def test_every_state_fits(stage: _Stage, look: Look, factor: float) -> None:
    look.choose(factor=factor)
    stage.window.resize(1280, 680)
    screen = stage.screen
    faults: list[str] = []
    for show in (
        screen.show_start,
        lambda: screen.show_error(words.WRONG_KIND),
        lambda: screen.show_progress(1234, 5000),
        lambda: screen.show_import(VIEW),
        lambda: screen.show_error("硬盘满了，一行也没写进去。腾出 200 MB 再写。"),
        lambda: screen.show_done(SUMMARY, returned=3),
        lambda: screen.show_columns(COLUMNS_VIEW),
    ):
        show()
        settle()
        faults += [*too_small(screen), *nameless(screen)]
    assert faults == []


@pytest.mark.parametrize("factor", FACTORS)
def test_signs_numbers_doors_and_names_fit_their_columns(stage: _Stage, look: Look, factor: float) -> None:
    look.choose(factor=factor)
    stage.window.resize(1280, 680)
    stage.screen.show_import(VIEW)
    settle()
    theme = look.theme
    widths = spans(look, COLUMNS, stage.screen.preview.table.viewport().width())
    for line in LINES:
        sign, row, door, name, *_ = texts(line)
        needed = (
            chip_width(look, sign),
            theme.advance(row, Role.SMALL),
            theme.advance(door, Role.SECOND, bold=True),
            theme.advance(name, Role.SECOND, bold=True),
        )
        for need, span in zip(needed, widths, strict=False):
            assert span is not None
            assert need <= span[1], (line, factor)
