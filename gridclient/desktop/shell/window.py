"""The main window: menu, top bar, the screen in front, hint bar, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from gridclient.desktop.kit.card import LoadingBar
from gridclient.desktop.kit.focus import FocusRing
from gridclient.desktop.kit.hints import HintBar, HintGroup
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.overlay import Overlay
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.kit.toast import Toast
from gridclient.desktop.search import Hit, SearchPopup
from gridclient.desktop.shell import words
from gridclient.desktop.shell.cover import Cover
from gridclient.desktop.shell.help import PageHelp, parse_help
from gridclient.desktop.shell.keys import KeySheet
from gridclient.desktop.shell.menu import Menu, MenuItem
from gridclient.desktop.shell.press import press
from gridclient.desktop.shell.topbar import SyncStand, TopBar
from gridclient.desktop.theme import FACTORS, Look, Size
from gridclient.resources_path import resource

SMALLEST = (1280, 660)
WIDEST = 1600
NARROW = 1000
"""A window with less room than this, in pixels of the 100 % drawing, folds its menu."""


class MainWindow(QWidget):
    """Holds the screens by name and knows nothing of what is in them.

    Data comes in through ``show_…``; what a person does goes out as signals.
    """

    screen_chosen = Signal(str)
    came_to_front = Signal(object)
    search_changed = Signal(str)
    search_picked = Signal(bytes)
    register_asked = Signal()
    sync_asked = Signal()
    sync_now_asked = Signal()
    stick_asked = Signal()
    lock_asked = Signal()
    undo_asked = Signal()
    acts_asked = Signal()
    print_asked = Signal()
    appointment_asked = Signal()
    back_asked = Signal()
    cover_changed = Signal(bool)
    size_asked = Signal(float)
    guide_asked = Signal()
    close_asked = Signal()

    def __init__(self, look: Look, app: QApplication) -> None:
        super().__init__()
        self.look = look
        self._screens: dict[str, Screen] = {}
        self._covered = False
        self._before: QWidget | None = None
        self._help: dict[str, PageHelp] | None = None  # read when it is first asked for
        self.may_close = True
        self.menu = Menu(look)
        self.top = TopBar(look)
        self.busy = LoadingBar(look)
        self._stage = _Stage(look)
        self.hint_bar = HintBar(look, words.ALL_KEYS)
        self.popup = SearchPopup(look, self)
        self.toast = Toast(look, self, undo=words.UNDO, undo_key=words.UNDO_KEY, above=Size.HINT_BAR)
        self._keys = KeySheet(look, self)
        self._cover_sheet = Cover(look, self)
        self._ring = FocusRing(look, self, app)
        self.setWindowTitle(words.BRAND)
        self.setMinimumSize(*SMALLEST)
        self._build()
        self._join()
        self._bind_keys()
        self._follow()

    # Screens

    def add_screen(self, name: str, screen: Screen) -> None:
        """Put a screen behind its name."""
        self._screens[name] = screen
        self._stage.stack.addWidget(screen)
        screen.hints_changed.connect(self._show_hints)

    def show_screen(self, name: str) -> None:
        """Bring a screen to the front."""
        screen = self._screens[name]
        if screen is not self.front():
            self.toast.hide()
        self._stage.stack.setCurrentWidget(screen)
        if name in self.menu.names():
            self.menu.choose(name)
        self.came_to_front.emit(screen)
        self._show_hints()
        screen.enter()

    def front(self) -> Screen | None:
        """The screen in front."""
        current = self._stage.stack.currentWidget()
        return current if isinstance(current, Screen) else None

    # Data in

    def show_menu(self, items: Sequence[MenuItem]) -> None:
        self.menu.show_items(items)

    def show_worker(self, name: str, place: str) -> None:
        self.menu.show_worker(name, place)

    def show_sync(self, stand: SyncStand) -> None:
        self.top.pill.show_stand(stand)

    def show_busy(self, share: float | None) -> None:
        """The thin bar under the top bar; None takes it away."""
        self.busy.show_share(share)

    def show_hits(self, said: str, hits: Sequence[Hit]) -> None:
        """What the search found; an answer to words that are no longer in the box is dropped."""
        box = self.top.search
        if said != box.line.text() or not box.line.hasFocus():
            return
        if not said.strip() and not box.commanding:
            self.popup.hide()
            return
        at = box.mapTo(self, QPoint(0, 0))
        self.popup.show_hits(said, hits, QRect(at, box.size()))

    def say(self, sentence: str, *, undoable: bool = True) -> None:
        """One sentence about what has just been recorded."""
        self.toast.say(sentence, undoable=undoable)

    def overlay(self) -> Overlay | None:
        """The sheet or question that is open, if any."""
        # Only asked which children are one; nothing abstract is made.
        every = self.findChildren(Overlay)  # type: ignore[type-abstract]
        found = [each for each in every if each.isVisible()]
        return found[-1] if found else None

    # Inside

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        for widget, stretch in ((self.top, 0), (self.busy, 0), (self._stage, 1), (self.hint_bar, 0)):
            right.addWidget(widget, stretch)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.menu)
        row.addLayout(right, 1)

    def _join(self) -> None:
        search = self.top.search
        self.menu.chosen.connect(self._choose)
        self.top.sync_asked.connect(self.sync_asked)
        self.top.help_asked.connect(self.show_keys)
        self.top.lock_asked.connect(self.lock_asked)
        self.top.acts_asked.connect(self.acts_asked)
        self.hint_bar.all_asked.connect(self.show_keys)
        self.toast.undo_asked.connect(self.undo_asked)
        search.changed.connect(self._searching)
        search.moved.connect(self.popup.move_by)
        search.group_moved.connect(self.popup.move_group)
        search.accepted.connect(self._pick_current)
        search.left.connect(self.leave_search)
        self.popup.picked.connect(self._picked)
        self.popup.create_asked.connect(self._create)
        search.line.focused.connect(self._search_focus)
        self.look.changed.connect(self._follow)

    def _bind_keys(self) -> None:
        free: dict[str, Callable[[], object]] = {
            "F8": self._cover,
            "Ctrl+L": self.lock_asked.emit,
            "Ctrl+G": self._ask_guide,
            "Ctrl++": lambda: self._ask_size(1),
            "Ctrl+=": lambda: self._ask_size(1),
            "Ctrl+-": lambda: self._ask_size(-1),
            "Ctrl+0": lambda: self.size_asked.emit(1.0),
        }
        bare: dict[str, Callable[[], object]] = {
            "Ctrl+F": self.search,
            "/": self.search,
            "Ctrl+K": self.command,
            "F1": self.show_keys,
            "F9": self.sync_now_asked.emit,
            "F10": self.stick_asked.emit,
            "Ctrl+P": self.print_asked.emit,
            "Ctrl+D": self.appointment_asked.emit,
            "Ctrl+Z": self.undo_asked.emit,
            "Ctrl+Shift+Z": self.acts_asked.emit,
            "Esc": self.back_asked.emit,
        }
        for place in range(9):
            bare[f"Alt+{place + 1}"] = partial(self._choose_nth, place)
        for sequence, act in free.items():
            self._bind(sequence, act)
        for sequence, act in bare.items():
            self._bind(sequence, partial(self._unless_covered, act))

    def _unless_covered(self, act: Callable[[], object]) -> None:
        if self.overlay() is None:
            act()

    def _bind(self, sequence: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(sequence), self)
        shortcut.activated.connect(act)

    def search(self) -> None:
        """Put the keyboard into the search box."""
        self._search(commanding=False)

    def command(self) -> None:
        """The search box, for something to do: without a word everything there is."""
        self._search(commanding=True)
        self.search_changed.emit(self.top.search.line.text())

    @property
    def commanding(self) -> bool:
        """Whether something to do is looked for first of all."""
        return self.top.search.commanding

    def press(self, key: str) -> None:
        """Do what a key does here and now. Its name is Qt's."""
        press(self, key)

    def leave_search(self) -> None:
        """Empty the search box and give the keyboard back to whatever had it."""
        self.popup.hide()
        self.top.search.set_commanding(False)
        self.top.search.line.clear()
        before, self._before = self._before, None
        screen = self.front()
        if screen is None:
            return
        if before is not None and isValid(before) and before.isVisible() and screen.isAncestorOf(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            screen.enter()

    def _search(self, *, commanding: bool) -> None:
        box = self.top.search
        if not box.line.hasFocus():
            self._before = QApplication.focusWidget()
        box.set_commanding(commanding)
        box.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.line.selectAll()

    def show_keys(self) -> None:
        """What the screen in front is for, and all its keys."""
        screen = self.front()
        groups = screen.all_keys() if screen is not None else ()
        if self._help is None:
            self._help = parse_help(resource("help/pages.txt").read_text("utf-8"))
        name = next((name for name, each in self._screens.items() if each is screen), "")
        everywhere = HintGroup(words.EVERYWHERE, words.GLOBAL_HINTS)
        self._keys.show_groups((*groups, everywhere), self._help.get(name))
        self._keys.open()

    def _searching(self, said: str) -> None:
        if not said.strip() and not self.commanding:
            self.popup.hide()
        self.search_changed.emit(said)

    def _search_focus(self, focused: bool) -> None:
        if not focused:
            self.popup.hide()
            self.top.search.set_commanding(False)

    def _pick_current(self) -> None:
        hit = self.popup.current()
        if hit is not None and self.popup.isVisible():
            self._picked(hit.id)

    def _picked(self, id: bytes) -> None:
        self.leave_search()
        self.search_picked.emit(id)

    def _create(self) -> None:
        self.leave_search()
        self.register_asked.emit()

    def _choose(self, name: str) -> None:
        if name in self._screens:
            self.show_screen(name)
        self.screen_chosen.emit(name)

    def _choose_nth(self, place: int) -> None:
        names = self.menu.names()
        if place < len(names):
            self._choose(names[place])

    def _cover(self) -> None:
        self._covered = not self._covered
        if self._covered:
            self.popup.hide()
            self.toast.hide()
            self._cover_sheet.open()
        else:
            self._cover_sheet.close_over()
        self.cover_changed.emit(self._covered)

    def _ask_guide(self) -> None:
        if not self._covered:
            self.guide_asked.emit()

    def _ask_size(self, step: int) -> None:
        now = min(range(len(FACTORS)), key=lambda each: abs(FACTORS[each] - self.look.theme.factor))
        self.size_asked.emit(FACTORS[max(0, min(len(FACTORS) - 1, now + step))])

    def _show_hints(self) -> None:
        screen = self.front()
        self.hint_bar.show_hints(screen.hints() if screen is not None else ())

    def _follow(self) -> None:
        narrow = self.width() / self.look.theme.factor < NARROW
        self.menu.set_folded(narrow)
        self.top.set_narrow(narrow)
        self.toast.set_left(self.menu.width() + self.look.theme.px(Size.PAGE_LEFT))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.popup.hide()
        self._follow()
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_asked.emit()
        event.setAccepted(self.may_close)


class _Stage(QWidget):
    """Keeps the screen at a width the eye can follow: at most 1600, centred."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.stack = QStackedWidget(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = min(self.width(), self._look.theme.px(WIDEST))
        self.stack.setGeometry((self.width() - width) // 2, 0, width, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        Ink(painter, self._look).fill(QRectF(self.rect()), "paper")
        painter.end()
