"""The frame: menu, search, keys that work everywhere, folding."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.search import Hit, HitModel
from gridclient.desktop.shell import MainWindow, MenuItem, SyncStand
from gridclient.desktop.shell.topbar import pill
from gridclient.desktop.theme import FACTORS, Look, Tone
from tests.desktop.keys import front, press, sound
from tests.desktop.measure import nameless, too_small

ITEMS = (
    MenuItem("today", "今日", "今日", "checklist", 12),
    MenuItem("building", "楼栋图", "楼栋", "building"),
    MenuItem("household", "居民户", "居民", "home"),
    MenuItem("matters", "诉求", "诉求", "message-report", 999),
    MenuItem("cards", "联络卡", "卡片", "id"),
    MenuItem("desk", "合并台", "合并", "git-merge", 15),
    MenuItem("statistics", "统计", "统计", "chart-bar"),
    MenuItem("exchange", "导入导出", "导入", "table-import"),
    MenuItem("settings", "设置", "设置", "settings"),
)
HITS = (
    Hit(b"1", "user", "赵世昌", "12号楼 3单元 502，82 岁", "户主"),
    Hit(b"2", "home", "12号楼 3单元 502", "赵世昌家，3 人", "户"),
)


class _Page(Screen):
    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.field = Input(look, name)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addStretch()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def hints(self) -> tuple[Hint, ...]:
        return (Hint(("Enter",), "记走访"),)

    def all_keys(self) -> tuple[HintGroup, ...]:
        return (HintGroup("这一页", self.hints()),)


def window_of(
    look: Look, app: QApplication, qtbot: QtBot, width: int = 1366, height: int = 768
) -> MainWindow:
    window = MainWindow(look, app)
    window.show_menu(ITEMS)
    window.show_worker("周岚", "三号网格 网格员")
    for item in ITEMS[:3]:
        window.add_screen(item.name, _Page(look, item.words))
    front(qtbot, window, width, height)
    window.show_screen("today")
    return window


def test_alt_and_a_digit_go_to_a_place(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    with qtbot.waitSignal(window.screen_chosen) as said:
        press("Alt+2")
    assert said.args == ["building"]
    assert window.menu.current == "building"
    assert window.front() is not None
    with qtbot.assertNotEmitted(window.screen_chosen):
        window._choose_nth(20)


def test_the_menu_is_one_stop_and_arrows_move_inside(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    window.menu.setFocus()
    said: list[str] = []
    window.screen_chosen.connect(said.append)
    press("Down", "Down", "Up")
    assert said == ["building", "household", "building"]
    assert window.menu.hasFocus()


def test_badges_are_spoken(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    names = [child.accessibleName() for child in window.menu._buttons]
    assert names[0] == "今日 12"
    assert names[1] == "楼栋图"


def test_a_slash_searches_and_in_a_field_is_a_letter(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    press("/")
    assert window.top.search.line.hasFocus()
    window.leave_search()
    page = window.front()
    assert isinstance(page, _Page)
    page.field.line.setFocus()
    press("/")
    assert page.field.words == "/"


def test_what_is_typed_is_asked_and_the_answer_shown(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    asked: list[str] = []
    window.search_changed.connect(asked.append)
    press("Ctrl+F", "z", "s")
    assert asked == ["z", "zs"]
    window.show_hits("z", HITS)
    assert not window.popup.isVisible(), "an answer to older words is dropped"
    window.show_hits("zs", HITS)
    assert window.popup.isVisible()
    press("Down")
    with qtbot.waitSignal(window.search_picked) as said:
        press("Return")
    assert said.args == [b"2"]
    assert not window.popup.isVisible()
    assert window.top.search.line.text() == ""


def test_nothing_found_offers_to_register(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    press("Ctrl+F", "q")
    window.show_hits("q", [])
    assert window.popup.isVisible()
    assert too_small(window.popup) == []
    with qtbot.waitSignal(window.register_asked):
        QTest.mouseClick(window.popup._create, Qt.MouseButton.LeftButton)


def test_escape_leaves_the_search_before_the_screen(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    said: list[str] = []
    window.back_asked.connect(lambda: said.append("back"))
    press("Ctrl+F", "z")
    window.show_hits("z", HITS)
    press("Esc")
    assert not window.popup.isVisible()
    assert said == []
    press("Esc")
    assert said == ["back"]


def test_leaving_the_box_takes_the_list_away(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    press("Ctrl+F", "z")
    window.show_hits("z", HITS)
    window.menu.setFocus()
    assert not window.popup.isVisible()


def test_hits_keep_the_laws_of_qt(qtmodeltester: ModelTester) -> None:
    model = HitModel()
    sound(qtmodeltester, model)
    model.set_hits(HITS)
    sound(qtmodeltester, model)
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "赵世昌，12号楼 3单元 502，82 岁，户主"


def test_function_keys_reach_the_application(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    said: list[object] = []
    window.sync_now_asked.connect(lambda: said.append("F9"))
    window.stick_asked.connect(lambda: said.append("F10"))
    window.print_asked.connect(lambda: said.append("Ctrl+P"))
    window.undo_asked.connect(lambda: said.append("Ctrl+Z"))
    window.lock_asked.connect(lambda: said.append("Ctrl+L"))
    window.cover_changed.connect(said.append)
    press("F9", "F10", "Ctrl+P", "Ctrl+Z", "Ctrl+L", "F8", "F8")
    assert said == ["F9", "F10", "Ctrl+P", "Ctrl+Z", "Ctrl+L", True, False]


def test_text_size_keys_go_step_by_step(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    window.size_asked.connect(lambda factor: look.choose(factor=factor))
    press("Ctrl++", "Ctrl++", "Ctrl++")
    assert look.theme.factor == 1.5
    press("Ctrl+-")
    assert look.theme.factor == 1.25
    press("Ctrl+0")
    assert look.theme.factor == 1.0


def test_f1_shows_the_keys_of_the_screen_and_closes_again(
    look: Look, qapp: QApplication, qtbot: QtBot
) -> None:
    window = window_of(look, qapp, qtbot)
    press("F1")
    assert window.overlay() is window._keys
    assert [group.title for group in window._keys.groups] == ["这一页", "哪里都能用"]
    press("F1")
    assert window.overlay() is None


def test_under_an_open_sheet_places_do_not_change(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    sheet = Sheet(look, window, "记走访", close="关上")
    sheet.open()
    with qtbot.assertNotEmitted(window.screen_chosen):
        press("Alt+2", "Ctrl+F")
    sheet.close_over()


def test_hints_follow_the_screen(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    assert window.hint_bar.hints == (Hint(("Enter",), "记走访"),)
    assert window.hint_bar.shown() == window.hint_bar.hints


@pytest.mark.parametrize(
    ("stand", "tone", "words"),
    [
        (SyncStand(unsent=12), Tone.WARN, "未上传 12 条"),
        (SyncStand(), Tone.OK, "都已送到"),
        (SyncStand(enrolled=False, unsent=3), Tone.NEUTRAL, "单机使用"),
        (SyncStand(unsent=12, stuck=1), Tone.BAD, "1 条送不出"),
        (SyncStand(unsent=12, running=True), Tone.ACC, "正在送"),
        (SyncStand(note="2 台电脑 3 天没来"), Tone.WARN, "2 台电脑 3 天没来"),
    ],
)
def test_the_worst_thing_speaks_in_the_pill(stand: SyncStand, tone: Tone, words: str) -> None:
    assert pill(stand)[:2] == (tone, words)


def test_a_click_on_the_pill_asks_for_the_sync_sheet(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    window.show_sync(SyncStand(unsent=12))
    assert window.top.pill.accessibleName() == "未上传 12 条"
    with qtbot.waitSignal(window.sync_asked):
        QTest.mouseClick(window.top.pill, Qt.MouseButton.LeftButton)


def test_a_toast_stands_over_the_hint_bar(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    window.say("记下了：12号楼 3单元 502 入户。")
    toast = window.toast.geometry()
    assert toast.left() > window.menu.width()
    assert toast.bottom() < window.hint_bar.geometry().top()
    assert toast.left() > window.width() / 2
    with qtbot.waitSignal(window.undo_asked):
        QTest.mouseClick(window.toast, Qt.MouseButton.LeftButton)


def test_the_window_asks_before_it_closes(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    window.may_close = False
    with qtbot.waitSignal(window.close_asked):
        window.close()
    assert window.isVisible()
    window.may_close = True


def test_the_menu_folds_only_where_room_is_scarce(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    assert not window.menu.folded
    look.choose(factor=1.5)
    assert window.menu.folded
    assert not window.menu._more.isHidden()
    window.resize(1920, 1080)
    assert not window.menu.folded
    look.choose(factor=1.0)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_at_the_largest_text_history_and_help_stand_behind_one_button(
    look: Look, qapp: QApplication, qtbot: QtBot
) -> None:
    window = window_of(look, qapp, qtbot, 1280, 680)
    assert not window.top.more.isVisible()
    look.choose(factor=1.5)
    QTest.mouseClick(window.top.more, Qt.MouseButton.LeftButton)
    menu = window.top.findChild(QMenu)
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.acts_asked):
        QTest.keyClick(menu, Qt.Key.Key_Return)
    QTest.mouseClick(window.top.more, Qt.MouseButton.LeftButton)
    menu = window.top.findChildren(QMenu)[-1]
    QTest.keyClick(menu, Qt.Key.Key_Up)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert window.overlay() is window._keys
    look.choose(factor=1.0)


def test_the_current_place_stays_in_sight_in_the_folded_menu(
    look: Look, qapp: QApplication, qtbot: QtBot
) -> None:
    window = window_of(look, qapp, qtbot, 1280, 680)
    look.choose(factor=1.5)
    window.menu.choose("settings")
    shown = [button.item.name for button in window.menu._buttons if not button.isHidden()]
    assert "settings" in shown
    assert len(shown) < len(ITEMS)
    look.choose(factor=1.0)


@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (1280, 680)])
@pytest.mark.parametrize("factor", FACTORS)
def test_everything_in_the_frame_fits(
    look: Look, qapp: QApplication, qtbot: QtBot, factor: float, size: tuple[int, int]
) -> None:
    look.choose(factor=factor)
    window = window_of(look, qapp, qtbot, *size)
    window.show_sync(SyncStand(unsent=99999))
    qapp.processEvents()
    line = window.top.search.line
    placeholder = line.fontMetrics().horizontalAdvance(line.placeholderText())
    assert placeholder <= line.contentsRect().width() - 4
    faults = [fault for fault in too_small(window) if "_KeyList" not in fault]
    assert faults == []
    assert nameless(window) == []
    assert (window.width(), window.height()) == size
    look.choose(factor=1.0)


def test_a_very_wide_window_centres_its_screen(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot, 2560, 1200)
    stack = window._stage.stack.geometry()
    assert stack.width() == 1600
    assert stack.left() == window._stage.width() - stack.right() - 1


def test_f8_covers_everything_and_gives_the_screen_back(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    screen = window.front()
    assert screen is not None
    screen.setFocus()
    window.say("记下了：12号楼 3单元 502 入户。")
    press("F8")
    cover = window.overlay()
    assert cover is not None
    assert cover.geometry() == window.rect()
    assert not window.toast.isVisible()
    said: list[str] = []
    window.screen_chosen.connect(said.append)
    press("Alt+2", "Esc", "Tab", "5")
    assert said == []
    assert window.overlay() is cover
    press("F8")
    assert window.overlay() is None
    assert screen.hasFocus()


def test_a_toast_goes_with_its_screen(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    window = window_of(look, qapp, qtbot)
    window.say("记下了：12号楼 3单元 502 入户。")
    window.show_screen(ITEMS[0].name)
    front_before = window.front()
    window.say("记下了：12号楼 3单元 502 入户。")
    window.show_screen(ITEMS[0].name)
    assert window.front() is front_before
    assert window.toast.isVisible()
    window.show_screen(ITEMS[1].name)
    assert not window.toast.isVisible()
