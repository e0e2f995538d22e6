"""The top bar: search at the left; what the sync stands at, help and lock at the right. It never changes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from gridclient.desktop.kit.button import IconButton
from gridclient.desktop.kit.field import Line
from gridclient.desktop.kit.ink import Ink, cap_width
from gridclient.desktop.kit.painted import PaintedButton
from gridclient.desktop.shell import words
from gridclient.desktop.theme import Look, Role, Size, Tone

SEARCH_WIDTH = 452
SEARCH_NARROW = 374
LOW = 44
KEY = "Ctrl+F"


@dataclass(frozen=True, slots=True)
class SyncStand:
    """What the tables say: how much is not yet sent, how much cannot be, whether there is a server.

    ``note`` is for the office, whose worry is computers that have not come for days.
    """

    unsent: int = 0
    stuck: int = 0
    enrolled: bool = True
    running: bool = False
    note: str = ""


def pill(stand: SyncStand) -> tuple[Tone, str, str]:
    """Tone, words and icon for a stand; the worst thing speaks."""
    if stand.stuck:
        return Tone.BAD, words.stuck(stand.stuck), "alert-triangle"
    if not stand.enrolled:
        return Tone.NEUTRAL, words.ALONE, "device-laptop"
    if stand.running:
        return Tone.ACC, words.SENDING, "refresh"
    if stand.unsent:
        return Tone.WARN, words.unsent(stand.unsent), "cloud-up"
    if stand.note:
        return Tone.WARN, stand.note, "devices"
    return Tone.OK, words.ALL_SENT, "cloud-check"


class SyncPill(PaintedButton):
    """The stand of the sync in a pill; a click opens the sync sheet."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "", parent)
        self._tone, self._icon = Tone.NEUTRAL, "cloud-check"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_stand(SyncStand())

    def show_stand(self, stand: SyncStand) -> None:
        self._tone, said, self._icon = pill(stand)
        self.setText(said)
        self.setAccessibleName(said)
        self.updateGeometry()
        self.update()

    def draw(self, ink: Ink) -> None:
        rect = self.area()
        line = self._tone.line if self.hovered else None
        ink.box(rect, fill=self._tone.ground, line=line, radius=16)
        px, middle = ink.theme.px, rect.center().y()
        x = px(12) + ink.icon(px(12), middle, self._icon, size=Size.ICON, colour=self._tone.ink) + px(6)
        ink.text(x, middle, self.text(), role=Role.SECOND, colour=self._tone.ink, bold=True)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = theme.advance(self.text(), Role.SECOND, bold=True) + theme.px(12 + Size.ICON + 6 + 10)
        return QSize(round(width) + 1, theme.px(32))


class SearchBox(QWidget):
    """Where one types; arrows and Enter belong to the list of results under it."""

    changed = Signal(str)
    moved = Signal(int)
    group_moved = Signal(int)
    accepted = Signal()
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.line = _SearchLine(self)
        self.line.setAccessibleName(words.SEARCH_NAME)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._typed)
        self.line.entered.connect(self.accepted)
        self.line.focused.connect(lambda _focused: self.update())
        self.narrow = False
        self.commanding = False
        look.changed.connect(self.follow)
        self.follow()

    def set_commanding(self, commanding: bool) -> None:
        """Whether what is typed is first of all something to do."""
        self.commanding = commanding
        self.follow()

    def follow(self) -> None:
        """Take the sizes of the look."""
        theme = self._look.theme
        px = theme.px
        self.setFixedSize(px(SEARCH_NARROW if self.narrow else SEARCH_WIDTH), px(Size.TOOL))
        self._row.setContentsMargins(px(37), 0, round(cap_width(self._look, KEY)) + px(16), 0)
        self.line.setFont(theme.font(Role.SECOND))
        placeholder = words.SEARCH_SHORT if self.narrow else words.SEARCH
        self.line.setPlaceholderText(words.COMMAND if self.commanding else placeholder)
        self.update()

    def _typed(self, said: str) -> None:
        self.changed.emit(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = Ink(painter, self._look)
        rect = QRectF(self.rect())
        lit = self.line.hasFocus()
        ink.box(rect, fill="surface" if lit else "hover", line="acc" if lit else None, width=2)
        px, middle = ink.theme.px, rect.center().y()
        ink.icon(px(12), middle, "bolt" if self.commanding else "search", colour="text2")
        key = "Esc" if lit and (self.line.text() or self.commanding) else KEY
        ink.cap(rect.right() - px(8) - cap_width(self._look, key), middle, key)
        painter.end()


class _SearchLine(Line):
    def __init__(self, box: SearchBox) -> None:
        super().__init__(box)
        self._box = box

    def event(self, event: QEvent) -> bool:
        # Unclaimed, Esc would go to the window and mean: back from the screen.
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
        }
        groups = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        step, group = steps.get(Qt.Key(event.key())), groups.get(Qt.Key(event.key()))
        if group is not None:
            self._box.group_moved.emit(group)
        elif step is not None:
            self._box.moved.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            self._box.left.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QWidget):
    """52 high over the content."""

    sync_asked = Signal()
    help_asked = Signal()
    lock_asked = Signal()
    acts_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.search = SearchBox(look)
        self.pill = SyncPill(look)
        self.acts = IconButton(look, "history", words.ACTS)
        self.help = IconButton(look, "help", words.HELP)
        self.lock = IconButton(look, "lock", words.LOCK)
        self.more = IconButton(look, "dots", words.MORE)
        self.pill.clicked.connect(self.sync_asked)
        self.acts.clicked.connect(self.acts_asked)
        self.help.clicked.connect(self.help_asked)
        self.lock.clicked.connect(self.lock_asked)
        self.more.clicked.connect(self.open_more)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.search)
        self._row.addStretch()
        for each in (self.pill, self.acts, self.help, self.more, self.lock):
            self._row.addWidget(each)
        self._narrow = False
        look.changed.connect(self._follow)
        self._follow()

    def set_narrow(self, narrow: bool) -> None:
        """Little room for large text: a shorter search box, what is seldom asked for behind one button."""
        self._narrow = self.search.narrow = narrow
        self.search.follow()
        self._follow()

    def _follow(self) -> None:
        px = self._look.theme.px
        self.setFixedHeight(px(LOW if self._narrow else Size.TOP_BAR) + 1)
        self._row.setContentsMargins(px(16), 0, px(16), 1)
        self._row.setSpacing(px(6))
        for each in (self.help, self.acts):
            each.setVisible(not self._narrow)
        self.more.setVisible(self._narrow)

    def open_more(self) -> None:
        """What there is no room for."""
        menu = QMenu(self)
        for button in (self.acts, self.help):
            menu.addAction(button.text()).triggered.connect(button.clicked)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = Ink(painter, self._look)
        ink.fill(QRectF(self.rect()), "surface")
        ink.hline(0, self.width(), self.height() - 1)
        painter.end()
