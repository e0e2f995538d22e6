"""Behind F1: every key of the screen in front, and those that work everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gridclient.desktop.kit.hints import HintGroup, draw_hint, keys_width
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.shell import words
from gridclient.desktop.theme import Look, Role

LINE = 36
HEAD = 40


class KeySheet(Sheet):
    """F1 or Esc closes it again."""

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.KEYS_TITLE, close=words.CLOSE, width=520)
        self._list = _KeyList(look)
        scroll = QScrollArea()
        scroll.setWidget(self._list)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.viewport().setAutoFillBackground(False)
        self._list.setAutoFillBackground(False)  # the scroll area has just switched it on
        self.body.addWidget(scroll)
        self.escaped.connect(self.close_over)

    @property
    def groups(self) -> tuple[HintGroup, ...]:
        return self._list.groups

    def show_groups(self, groups: Sequence[HintGroup]) -> None:
        self._list.show_groups(groups)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.escape()
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
