"""看板: the same matters in five columns, one for each step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.core.domain import codes
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Column, Mark, Row, Words
from gridclient.desktop.matters import words
from gridclient.desktop.matters.view import STATUSES, MatterRow
from gridclient.desktop.theme import Look, Role, Size

LARGE = 1.25


class Board(QWidget):
    """←→ go from column to column. Says what a list says: which is current, opened, which digit."""

    current_changed = Signal(bytes)
    opened = Signal(bytes)
    digit_pressed = Signal(bytes, int)
    space_pressed = Signal(bytes)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.columns = {status: _Column(look, codes.MATTER_STATUS.label(status)) for status in STATUSES}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for column in self.columns.values():
            self._row.addWidget(column, 1)
            listing = column.list
            listing.opened.connect(self.opened)
            listing.digit_pressed.connect(self.digit_pressed)
            listing.space_pressed.connect(self.space_pressed)
            listing.current_changed.connect(lambda id, column=column: self._current(column, id))
            column.focused.connect(lambda column=column: self._came(column))
        look.changed.connect(self._follow)
        self._follow()

    def show_rows(self, rows: Sequence[MatterRow]) -> None:
        """Each under its step."""
        for status, column in self.columns.items():
            column.show_rows([each for each in rows if each.status == status])

    def current_id(self) -> bytes | None:
        """The current matter of the column with the keyboard, else of the first that has one."""
        for column in self.columns.values():
            if column.list.hasFocus():
                return column.list.current_id()
        return next((found for one in self.columns.values() if (found := one.list.current_id())), None)

    def choose(self, id: bytes) -> None:
        """Make this matter the current one and go to its column."""
        for column in self.columns.values():
            if column.list.rows.place_of(id) is not None:
                column.list.choose(id)
                column.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Put the keyboard on the first column that holds something, or where it was."""
        filled = [one for one in self.columns.values() if one.list.rows.rowCount()]
        if filled and not any(one.list.hasFocus() for one in filled):
            filled[0].list.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        return any(column.list.hasFocus() for column in self.columns.values())

    def _current(self, column: _Column, id: bytes) -> None:
        if column.list.hasFocus():
            self.current_changed.emit(id)

    def _came(self, column: _Column) -> None:
        current = column.list.current_id()
        if current is not None:
            self.current_changed.emit(current)

    def _follow(self) -> None:
        theme = self._look.theme
        self._row.setSpacing(theme.px(10 if theme.factor < LARGE else 4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        filled = [one for one in self.columns.values() if one.list.rows.rowCount() or one.list.hasFocus()]
        place = next((at for at, one in enumerate(filled) if one.list.hasFocus()), None)
        if step is None or place is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif 0 <= place + step < len(filled):
            filled[place + step].list.setFocus(Qt.FocusReason.TabFocusReason)


class _ColumnList(RowList):
    came = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.came.emit()


class _Column(QWidget):
    """The name of a step, how many stand there, and those."""

    focused = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look, self._name = look, name
        self._head = PlainLabel(look, name, role=Role.SECOND, bold=True)
        self._count = PlainLabel(look, "0", role=Role.SMALL, colour="text2")
        self._none = PlainLabel(look, words.NONE_HERE, role=Role.SMALL, colour="text3")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.list = _ColumnList(look, (Column("", 0),), name=name, two_lines=True)
        self.list.came.connect(self.focused)
        self._top = QHBoxLayout()
        self._top.addWidget(self._head)
        self._top.addStretch()
        self._top.addWidget(self._count)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._none, 1)
        look.changed.connect(self._follow)
        self._follow()

    def show_rows(self, rows: Sequence[MatterRow]) -> None:
        self._count.setText(str(len(rows)))
        self.list.setAccessibleName(f"{self._name} {len(rows)}")
        self.list.show_rows([_card(each) for each in rows])
        self.list.setVisible(bool(rows))
        self._none.setVisible(not rows)

    def _follow(self) -> None:
        px = self._look.theme.px
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._top.setContentsMargins(px(16), px(8), px(16), px(8))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        Ink(painter, self._look).box(
            QRectF(self.rect()), fill="surface", line="line", radius=Size.RADIUS_CARD
        )
        painter.end()


def _card(each: MatterRow) -> Row:
    title = f"{each.title}（{words.DISPUTED}）" if each.disputed else each.title
    spoken = (each.clock, title, each.where, each.handler)
    return Row(
        each.id,
        (Words(title, bold=True, free=True),),
        "，".join(part for part in spoken if part),
        (Mark(each.clock, each.tone, each.clock_icon),),
    )
