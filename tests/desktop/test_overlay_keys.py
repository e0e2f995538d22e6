"""Keys pressed over a sheet belong to the sheet, not to the window under it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.kit.tick import Tick
from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import Look, Tone
from tests.desktop.keys import front, press
from tests.desktop.measure import too_small


def test_escape_closes_the_sheet_and_not_the_screen(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = MainWindow(look, qapp)
    front(qtbot, window)
    sheet = Sheet(look, window, "记走访", close="关上")
    field = Input(look, "一句话")
    sheet.body.addWidget(field)
    sheet.open(field.line)
    heard: list[str] = []
    sheet.escaped.connect(lambda: heard.append("sheet"))
    window.back_asked.connect(lambda: heard.append("window"))
    window.sync_now_asked.connect(lambda: heard.append("sync"))
    window.lock_asked.connect(lambda: heard.append("lock"))
    press("F9", "Esc", "Ctrl+L")
    assert heard == ["sheet", "lock"]
    sheet.close_over()


def test_a_notice_is_there_only_while_it_says_something(look: Look, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    notice = Notice(look, tone=Tone.WARN)
    notice.setParent(host)
    host.show()
    notice.say("别处刚改过这一户。", Tone.BAD)
    notice.resize(notice.sizeHint())
    assert notice.isVisible()
    assert not too_small(notice)
    notice.say("")
    assert not notice.isVisible()


def test_space_ticks(look: Look, qtbot: QtBot) -> None:
    tick = Tick(look, "给了新卡", digit="1")
    front(qtbot, tick, 200, 40)
    tick.setFocus()
    press("Space")
    assert tick.isChecked()
