"""The sheet that hangs a matter under another about the same thing: the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Column, Row, Words
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.matters import words
from gridclient.desktop.matters.view import SameLine
from gridclient.desktop.theme import Look, Role, Tone


class SameSheet(Sheet):
    """``same_chosen(matter, main)``: the matter hangs under main from now on."""

    same_chosen = Signal(bytes, bytes)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.SHEET_SAME, close=words.CLOSE, width=640)
        self._matter = b""
        self.list = RowList(
            look, (Column("", 0), Column("", 110, right=True)), name=words.SAME_LIST, two_lines=True
        )
        self._none = PlainLabel(look, words.SAME_NONE, role=Role.SECOND, colour="text2")
        self._error = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self._leave = Button(look, words.LEAVE, key="Esc")
        self.take = Button(look, words.TAKE_THIS, kind=Kind.PRIMARY, key="Enter")
        for widget in (self._error, self._none):
            self.body.addWidget(widget)
        self.body.addWidget(self.list, 1)
        self.foot.addStretch()
        self.foot.addWidget(self._leave)
        self.foot.addWidget(self.take)
        self._leave.clicked.connect(self.close_over)
        self.take.clicked.connect(self._take)
        self.list.opened.connect(lambda _id: self._take())
        self.escaped.connect(self.close_over)

    def offer(self, matter: bytes, title: str, lines: Sequence[SameLine]) -> None:
        """Open for this matter with those it may be the same as."""
        self._matter = matter
        self._error.say("")
        self.set_title(words.SHEET_SAME, title)
        self.list.show_rows([_row(line) for line in lines])
        self.list.setVisible(bool(lines))
        self._none.setVisible(not lines)
        self.take.setEnabled(bool(lines))
        self.open(self.list if lines else self._leave)

    def show_error(self, sentence: str) -> None:
        self._error.say(sentence)

    def _take(self) -> None:
        current = self.list.current_id()
        if current is not None and self._matter:
            self.same_chosen.emit(self._matter, current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return
        super().keyPressEvent(event)


def _row(line: SameLine) -> Row:
    return Row(
        line.id,
        (Words(line.title, bold=True, free=True), Words(line.when, role=Role.SMALL, colour="text2")),
        "，".join(part for part in (line.title, line.where, line.when) if part),
        (Words(line.where, role=Role.SMALL, colour="text2", free=True), None),
    )
