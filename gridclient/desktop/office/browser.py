"""A list one types into, and beside it the chosen thing in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.desktop.kit.card import Card, EmptyState
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Cell, Column, Row, Words
from gridclient.desktop.office.reader import Reader
from gridclient.desktop.office.view import Line, Listing
from gridclient.desktop.theme import Look, Role

READER = 420
PLAIN = (Column("", 0), Column("", 112, right=True, shed=1))
MARKED = (Column("", 100, shed=2), *PLAIN)


class Browser(QWidget):
    """``typed(words)`` asks for another list; letters typed on the list go into the line above it.

    ``acted`` is Enter on a row, ``copied`` says that its words are in the clipboard.
    """

    typed = Signal(str)
    acted = Signal(bytes)
    edit_asked = Signal(bytes)
    copied = Signal()

    def __init__(
        self,
        look: Look,
        *,
        name: str,
        find: str,
        icon: str,
        marked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._listing = Listing()
        self._marked = marked
        self.typing = Input(look, "", placeholder=find)
        self.typing.line.setAccessibleName(find)
        self.typing.line.setClearButtonEnabled(False)
        self._card = Card(look, padding=1)
        self.list = RowList(look, MARKED if marked else PLAIN, name=name, two_lines=True)
        self._empty = EmptyState(look, "", icon=icon)
        self.reader = Reader(look)
        self._build()
        self._join()
        self._follow()

    def show_listing(self, listing: Listing) -> None:
        """Show these rows; the current one stays current."""
        self._listing = listing
        self.list.show_rows([_row(each, marked=self._marked) for each in listing.lines])
        self.list.setVisible(bool(listing.lines))
        self._empty.say(listing.empty)
        self._empty.setVisible(not listing.lines)
        self._show_current()

    def choose(self, id: bytes) -> None:
        self.list.choose(id)

    def current(self) -> bytes:
        """The id of the row in words at the right; empty where there is none."""
        return (self.list.current_id() or b"") if self._listing.lines else b""

    def may_edit(self) -> bool:
        return self._listing.may_write and bool(self.current())

    def forget(self) -> None:
        """Empty the line without asking for another list."""
        blocked = self.typing.line.blockSignals(True)
        self.typing.set_words("")
        self.typing.line.blockSignals(blocked)

    def enter(self) -> None:
        """The keyboard goes to the list, or to the line where the list is empty."""
        (self.list if self._listing.lines else self.typing).setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        """Put the words of the chosen thing into the clipboard."""
        reading = self.reader.reading
        if reading is not None:
            QGuiApplication.clipboard().setText(reading.plain())
            self.copied.emit()

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False where it means nothing."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy()
        elif plain and event.key() == Qt.Key.Key_F2 and self.may_edit():
            self.edit_asked.emit(self.current())
        elif plain and event.text().isalnum() and self.list.hasFocus():
            self.typing.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.typing.line.insert(event.text())
        else:
            return False
        return True

    def _build(self) -> None:
        self._card.body.addWidget(self.list, 1)
        self._card.body.addWidget(self._empty, 1)
        self._left = QVBoxLayout()
        self._left.addWidget(self.typing)
        self._left.addWidget(self._card, 1)
        self._columns = QHBoxLayout(self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addLayout(self._left, 1)
        self._columns.addWidget(self.reader)

    def _join(self) -> None:
        self.typing.changed.connect(self.typed)
        self.typing.entered.connect(self.enter)
        self.typing.line.installEventFilter(self)
        self.list.current_changed.connect(lambda _id: self._show_current())
        self.list.opened.connect(self._act)
        self.reader.acted.connect(lambda: self._act(self.current()))
        self.reader.edit_asked.connect(lambda: self.edit_asked.emit(self.current()))
        self.reader.copy_asked.connect(self.copy)
        self._look.changed.connect(self._follow)

    def _act(self, id: bytes) -> None:
        reading = self._listing.readings.get(id)
        if reading is not None and reading.action:
            self.acted.emit(id)

    def _show_current(self) -> None:
        reading = self._listing.readings.get(self.current())
        self.reader.show_reading(reading, may_write=self._listing.may_write)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move through the list while one types; Esc empties the line first."""
        if not isinstance(event, QKeyEvent) or watched is not self.typing.line:
            return False
        clears = event.key() == Qt.Key.Key_Escape and bool(self.typing.words)
        if event.type() == QEvent.Type.ShortcutOverride and clears:
            event.accept()  # else the window takes it, and the page is left
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.keyPressEvent(event)
            return True
        if clears:
            self.typing.set_words("")
            return True
        return False

    def _follow(self) -> None:
        px = self._look.theme.px
        self._columns.setSpacing(px(16))
        self._left.setSpacing(px(10))
        self._card.body.setSpacing(0)
        self.reader.setFixedWidth(px(READER if self._look.theme.factor < 1.5 else READER - 60))


def _row(each: Line, *, marked: bool) -> Row:
    said = (each.mark.text if each.mark else "", each.title, each.second, each.right)
    first: tuple[Cell, ...] = (
        Words(each.title, bold=True, free=True),
        Words(each.right, role=Role.SMALL, colour="text2"),
    )
    second: tuple[Cell, ...] = (Words(each.second, role=Role.SMALL, colour="text2", free=True), None)
    if marked:
        first, second = (each.mark, *first), (None, *second)
    return Row(each.id, first, "，".join(part for part in said if part), second)
