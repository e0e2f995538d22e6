"""The list of acts: ↑↓ chooses, Enter takes back or makes again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridclient.desktop.acts import words
from gridclient.desktop.acts.view import ActLine
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import EmptyState
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Column, Mark, Row, Words
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.theme import Look, Role, Tone

WIDTH = 760


class ActsSheet(Sheet):
    """``undo_asked`` and ``again_asked`` carry the number of the act; the sheet stays open."""

    undo_asked = Signal(int)
    again_asked = Signal(int)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.TITLE, close=words.CLOSE, width=WIDTH)
        self._lines: tuple[ActLine, ...] = ()
        self.said = Notice(look, tone=Tone.OK, icon="circle-check")
        self.list = RowList(
            look, (Column(words.WHAT), Column(words.STATE, 84)), name=words.LIST, two_lines=True
        )
        self._none = EmptyState(look, words.NONE, icon="history")
        self._rules = PlainLabel(look, words.RULES, role=Role.SMALL, colour="text3")
        self.act = Button(look, words.UNDO, kind=Kind.PRIMARY, key="Enter")
        self.body.addWidget(self.said)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._none, 1)
        self.foot.addWidget(self._rules)
        self.foot.addStretch()
        self.foot.addWidget(self.act)
        self.list.current_changed.connect(lambda _id: self._follow_current())
        self.list.opened.connect(lambda _id: self._do())
        self.act.clicked.connect(self._do)
        self.escaped.connect(self.close_over)

    def show_acts(self, lines: Sequence[ActLine], number: int | None = None) -> None:
        """Show these, with this one current; an open sheet keeps the current one, and
        one opened anew begins with the newest."""
        kept = b"" if self.isHidden() else self.list.current_id()
        current = kept if number is None else _id(number)
        self._lines = tuple(lines)
        self.list.show_rows([_row(line) for line in lines])
        self.list.setVisible(bool(lines))
        self._none.setVisible(not lines)
        if self.isHidden():
            self.said.say("")
            self.set_title(words.TITLE, words.SUBTITLE)
            self.open(self.list if lines else None)
        ids = [_id(line.number) for line in lines]
        if ids:
            self.list.choose(current if current in ids else ids[0])
        self._follow_current()

    def current(self) -> ActLine | None:
        """The act Enter speaks of."""
        chosen = self.list.current_id()
        return next((line for line in self._lines if _id(line.number) == chosen), None)

    def _follow_current(self) -> None:
        line = self.current()
        self.act.setVisible(line is not None and not line.fixed)
        if line is not None:
            self.act.set_words(words.AGAIN if line.undone else words.UNDO)

    def _do(self) -> None:
        line = self.current()
        if line is not None and not line.fixed:
            (self.again_asked if line.undone else self.undo_asked).emit(line.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() == Qt.Key.Key_Z:
            self._do()
            return
        super().keyPressEvent(event)


def _id(number: int) -> bytes:
    return number.to_bytes(8, "big")


def _row(line: ActLine) -> Row:
    state = words.UNDONE if line.undone else words.FIXED if line.fixed else ""
    mark = Mark(state, Tone.NEUTRAL) if state else None
    first = Words(line.words, icon=line.icon, free=True, colour="text2" if line.undone else "text")
    second = Words(
        "　".join(part for part in (line.when, line.fixed) if part),
        role=Role.SMALL,
        colour="text2",
        free=True,
    )
    spoken = "，".join(part for part in (line.words, line.when, state, line.fixed) if part)
    return Row(_id(line.number), (first, mark), spoken, (second, None), dim=line.undone)
