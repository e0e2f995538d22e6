"""Behind F1: every key of the screen in front, and those that work everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridclient.desktop.kit.hints import HintGroup, draw_hint, keys_width
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.shell import words
from gridclient.desktop.shell.help import PageHelp
from gridclient.desktop.theme import Look, Role

LINE = 36
HEAD = 40


class KeySheet(Sheet):
    """F1 or Esc closes it again."""

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.KEYS_TITLE, close=words.CLOSE, width=520)
        self._list = _KeyList(look)
        self._purpose = PlainLabel(look, bold=True, wrap=True)
        self._ways = PlainLabel(look, role=Role.SECOND, colour="text2", wrap=True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self._purpose, self._ways, self._list):
            column.addWidget(part)
        column.addStretch()
        self._scroll = Scroll(inner)
        self.body.addWidget(self._scroll)
        self.escaped.connect(self.close_over)

    @property
    def groups(self) -> tuple[HintGroup, ...]:
        return self._list.groups

    @property
    def help(self) -> str:
        """What is said of the page, above its keys."""
        return self._purpose.text() + self._ways.text()

    def show_groups(self, groups: Sequence[HintGroup], told: PageHelp | None = None) -> None:
        """Every key there is, under a few words on what the page is for."""
        self._purpose.setText(told.purpose if told else "")
        self._ways.setText("\n".join(f"·　{way}" for way in told.ways) if told else "")
        for label in (self._purpose, self._ways):
            label.setVisible(told is not None)
        self._list.show_groups(groups)
        self._scroll.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        lines = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_F1:
            self.escape()
            return
        if pages is not None:
            self._scroll.turn(pages)
            return
        if lines is not None:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + lines * self.look.theme.px(LINE))
            return
        super().keyPressEvent(event)


class _KeyList(Painted):
    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.groups: tuple[HintGroup, ...] = ()

    def show_groups(self, groups: Sequence[HintGroup]) -> None:
        self.groups = tuple(groups)
        self.setMinimumHeight(self.sizeHint().height())
        spoken = [f"{'–'.join(hint.keys)} {hint.words}" for group in self.groups for hint in group.hints]
        self.setAccessibleName("；".join(spoken))
        self.update()

    def draw(self, ink: Ink) -> None:
        px = ink.theme.px
        widest = max(
            (keys_width(self.look, hint) for group in self.groups for hint in group.hints), default=0
        )
        y = 0.0
        for group in self.groups:
            ink.text(0, y + px(HEAD) / 2, group.title, role=Role.SECOND, bold=True)
            y += px(HEAD)
            for hint in group.hints:
                draw_hint(ink, 0, y + px(LINE) / 2, hint, widest + px(18))
                y += px(LINE)
                ink.hline(0, self.width(), y - 1)
            y += px(8)

    def sizeHint(self) -> QSize:
        px = self.look.theme.px
        lines = sum(len(group.hints) for group in self.groups)
        return QSize(px(400), lines * px(LINE) + len(self.groups) * px(HEAD + 8))
