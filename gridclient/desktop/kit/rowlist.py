"""The painted list: columns that align across groups, one current row, keys that mean something."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gridclient.desktop.kit.cells import draw_cell
from gridclient.desktop.kit.ink import RIGHT, Ink
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.kit.rows import ID_ROLE, Cell, Column, Group, Index, Row, RowModel
from gridclient.desktop.theme import Look, Role, Size

EDGE = 18
BETWEEN = 12
TICK = 32


def spans(look: Look, columns: Sequence[Column], width: int) -> list[tuple[int, int] | None]:
    """Left edge and width of each column in a list ``width`` pixels wide; None for a column left out."""
    px = look.theme.px
    room = width - 2 * px(EDGE)
    kept = set(range(len(columns)))
    smallest = px(160)

    def used() -> int:
        sizes = [px(columns[place].width) or smallest for place in kept]
        return sum(sizes) + px(BETWEEN) * (len(sizes) - 1)

    while used() > room:
        sheddable = [place for place in kept if columns[place].shed]
        if not sheddable:
            break
        kept.remove(max(sheddable, key=lambda place: columns[place].shed))
    rest = room - used() + sum(smallest for place in kept if not columns[place].width)
    stretching = [place for place in kept if not columns[place].width]
    found: list[tuple[int, int] | None] = []
    left = px(EDGE)
    for place, column in enumerate(columns):
        if place not in kept:
            found.append(None)
            continue
        size = px(column.width) if column.width else rest // len(stretching)
        found.append((left, size))
        left += size + px(BETWEEN)
    return found


class RowDelegate(QStyledItemDelegate):
    """Paints rows and group heads in one go, without a widget for each."""

    def __init__(self, look: Look, columns: Sequence[Column], *, two_lines: bool) -> None:
        super().__init__()
        self._look = look
        self.columns = tuple(columns)
        self._two_lines = two_lines
        self.lines = two_lines
        """Whether hairlines part the rows."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = _row(index)
        if isinstance(row, Group):
            return QSize(100, self._look.theme.px(Size.GROUP + 2))
        return QSize(100, self._look.theme.px(Size.ROW_TWO if self._two_lines else Size.ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        ink = Ink(painter, self._look)
        row = _row(index)
        rect: QRect = option.rect
        if isinstance(row, Group):
            self._draw_group(ink, rect, row, first=index.row() == 0)
        else:
            state: QStyle.StateFlag = option.state
            self._draw_ground(ink, rect, state, last=index.row() == index.model().rowCount() - 1)
            self._draw_row(ink, rect, row)
        painter.restore()

    def _draw_ground(self, ink: Ink, rect: QRect, state: QStyle.StateFlag, *, last: bool) -> None:
        px = ink.theme.px
        inner = QRectF(rect).adjusted(px(3), 1, -px(3), -1)
        if state & QStyle.StateFlag.State_Selected:
            ink.box(inner, fill="sel")
            bar = QRectF(inner.left(), inner.top() + px(6), px(3), inner.height() - 2 * px(6))
            ink.box(bar, fill="acc", radius=2)
        elif state & QStyle.StateFlag.State_MouseOver:
            ink.box(inner, fill="hover")
        elif self.lines and not last:
            ink.hline(rect.left() + px(EDGE), rect.right() - px(EDGE), rect.bottom())

    def _draw_row(self, ink: Ink, rect: QRect, row: Row) -> None:
        middle: float = rect.top() + rect.height() / 2
        theme = ink.theme
        lines: list[tuple[tuple[Cell, ...], float]] = [(row.cells, middle)]
        if self._two_lines:
            lines = [(row.cells, middle - theme.px(11)), (row.second, middle + theme.px(13))]
        columns = spans(self._look, self.columns, rect.width())
        moved = 0
        if row.ticked is not None:
            moved = theme.px(TICK)
            _draw_tick(ink, rect.left() + theme.px(EDGE), middle, ticked=row.ticked)
        for cells, at in lines:
            for place, cell in enumerate(cells):
                span = columns[place] if place < len(columns) else None
                if cell is None or span is None:
                    continue
                whole = self._two_lines and (place >= len(row.second) or row.second[place] is None)
                # A tick takes its room from the first column; the others stay aligned.
                shift = moved if place == 0 else 0
                draw_cell(
                    ink,
                    cell,
                    rect.left() + span[0] + shift,
                    span[1] - shift,
                    middle if whole else at,
                    right=self.columns[place].right,
                    dim=row.dim,
                )

    def _draw_group(self, ink: Ink, rect: QRect, group: Group, *, first: bool) -> None:
        px = ink.theme.px
        if not first:
            ink.hline(rect.left() + px(12), rect.right() - px(12), rect.top())
        middle = rect.top() + rect.height() / 2
        x: float = rect.left() + px(EDGE) + px(11)
        ink.box(QRectF(x, middle - px(7), px(8), px(14)), fill=group.colour, radius=2)
        x += px(22)
        x += ink.text(x, middle, group.title, role=Role.SECOND, bold=True) + px(8)
        ink.text(x, middle, group.count, role=Role.SECOND, colour="text2")
        right = rect.right() - px(EDGE - 2)
        ink.text(right, middle, group.aside, role=Role.SMALL, colour="text2", align=RIGHT)


def _draw_tick(ink: Ink, left: float, middle: float, *, ticked: bool) -> None:
    px = ink.theme.px
    box = QRectF(left, middle - px(10), px(20), px(20))
    if ticked:
        ink.box(box, fill="acc", radius=4)
        ink.icon(left + px(2), middle, "check", size=16, colour="onacc")
    else:
        ink.box(box, fill="surface", line="ctl", radius=4)


def _row(index: Index) -> Row | Group:
    model = index.model()
    assert isinstance(model, RowModel)
    return model.item(index.row())


class RowList(QListView):
    """A list of rows. Says which row is current, and what Enter, Space and the digits were pressed on."""

    current_changed = Signal(bytes)
    opened = Signal(bytes)
    digit_pressed = Signal(bytes, int)
    space_pressed = Signal(bytes)

    def __init__(
        self,
        look: Look,
        columns: Sequence[Column],
        *,
        name: str,
        two_lines: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.rows = RowModel(self)
        self._delegate = RowDelegate(look, columns, two_lines=two_lines)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ID_ROLE)))
        self.selectionModel().currentChanged.connect(self._current_moved)
        # Item views switch the input method on by themselves; digits are keys here, not letters to compose.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        look.changed.connect(self.doItemsLayout)

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._delegate.columns

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Lay the cells out in other columns."""
        self._delegate.columns = tuple(columns)
        self.viewport().update()

    def show_rows(self, rows: Sequence[Row | Group]) -> None:
        """Show these rows; the current one stays current, or the one in its place does."""
        before, place = self.current_id(), self.currentIndex().row()
        self.rows.set_rows(rows)
        found = self.rows.place_of(before) if before is not None else None
        if found is None:
            found = self._near(max(place, 0))
        if found is not None and found != self.currentIndex().row():
            self.setCurrentIndex(self.rows.index(found))

    def current_id(self) -> bytes | None:
        """The id of the current row."""
        found = self.currentIndex().data(ID_ROLE)
        return found if isinstance(found, bytes) else None

    def choose(self, id: bytes) -> None:
        """Make this row the current one and bring it into sight."""
        place = self.rows.place_of(id)
        if place is not None:
            self.setCurrentIndex(self.rows.index(place))

    def _near(self, place: int) -> int | None:
        count = self.rows.rowCount()
        order = sorted(range(count), key=lambda each: (abs(each - place), -each))
        return next((each for each in order if isinstance(self.rows.item(each), Row)), None)

    def _current_moved(self, index: QModelIndex) -> None:
        found = index.data(ID_ROLE)
        if isinstance(found, bytes):
            self.current_changed.emit(found)

    def _step(self, step: int) -> None:
        place = self.currentIndex().row() + step
        while 0 <= place < self.rows.rowCount():
            if isinstance(self.rows.item(place), Row):
                self.setCurrentIndex(self.rows.index(place))
                return
            place += step

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self.current_id()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif plain and current is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(current)
        elif plain and current is not None and key == Qt.Key.Key_Space:
            self.space_pressed.emit(current)
        elif plain and current is not None and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.digit_pressed.emit(current, key - Qt.Key.Key_0)
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
            if self.current_id() is None:
                self._step(-1 if key in (Qt.Key.Key_End, Qt.Key.Key_PageDown) else 1)
        else:
            event.ignore()


class ColumnHeads(Painted):
    """The heads over a RowList, in the same columns."""

    def __init__(self, look: Look, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._columns = tuple(columns)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_columns(self, columns: Sequence[Column]) -> None:
        self._columns = tuple(columns)
        self.update()

    def draw(self, ink: Ink) -> None:
        middle = self.height() / 2
        for column, span in zip(self._columns, spans(self.look, self._columns, self.width()), strict=True):
            if span is None:
                continue
            x = span[0] + span[1] if column.right else span[0]
            if column.right:
                ink.text(x, middle, column.title, role=Role.SMALL, colour="text2", align=RIGHT)
            else:
                ink.text(x, middle, column.title, role=Role.SMALL, colour="text2")
        ink.hline(0, self.width(), self.height() - 1)

    def sizeHint(self) -> QSize:
        return QSize(200, self.look.theme.px(Size.GROUP))
