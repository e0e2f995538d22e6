"""The matrix of doors: a table view for its model, selection and screen reader, painted in one go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from gridclient.desktop.building import words
from gridclient.desktop.building.grid import Grid, Place
from gridclient.desktop.building.heads import UNIT_HEIGHT, FloorHead, UnitHead
from gridclient.desktop.building.measures import Measures, building_measures, overview
from gridclient.desktop.building.model import DoorModel
from gridclient.desktop.building.tiles import Tiles
from gridclient.desktop.building.view import CompoundView, Door, Layer
from gridclient.desktop.building.walk import next_door, step, step_unit
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.theme import Look, Role

AROUND_ROOM = 8 + 16 + 4 + 2 + 18 + 3
"""What stands beside the room in a full cell: symbol, tag and the spaces."""
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_UNIT_STEPS = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}


class Matrix(QTableView):
    """Says which door is current, and what was pressed on it."""

    door_changed = Signal(object)
    opened = Signal(object)
    outcome_pressed = Signal(object, int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.doors = DoorModel(self)
        self.tiles = Tiles(look)
        self.layer = Layer.VISITS
        self._covered = False
        self._measures = Measures(1, 1, 0, 0, 0)
        self.setModel(self.doors)
        self.setHorizontalHeader(UnitHead(look, self.doors))
        self.setVerticalHeader(FloorHead(look, self.doors))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(words.MATRIX_NAME)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._moved)
        look.changed.connect(self.measure)

    # Data in

    def show_grid(self, grid: Grid, keep: bytes | None = None) -> None:
        """Show a grid; the dwelling ``keep``, or the one that is current, stays current if it is in it."""
        current = self.current_door()
        wanted = keep or (current.dwelling if current else None)
        if self.doors.set_grid(grid):
            self._span()
            self.measure()
        place = grid.place_of(wanted) if wanted is not None else None
        if place is None and grid.doors:
            place = min(grid.doors)
        if place is not None:
            self.go(place)
            self.door_changed.emit(self.current_door())
        else:
            self.door_changed.emit(None)
        self.viewport().update()

    def show_layer(self, layer: Layer) -> None:
        self.layer = layer
        self.viewport().update()

    def cover(self, covered: bool) -> None:
        """Hide the names of all doors: somebody is looking over the shoulder."""
        self._covered = covered
        self.viewport().update()

    def current_door(self) -> Door | None:
        return self.doors.door(self.currentIndex())

    def go(self, place: Place) -> None:
        """Make the door at this place the current one."""
        index = self.doors.index(*place)
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        self.scrollTo(index)

    def go_on(self) -> None:
        """To the next door of the stairwell; the last one of the building stays current."""
        place = self._place()
        if place is not None and not self.doors.grid.overview:
            self._walk(next_door(self.doors.grid, place))

    # Sizes

    def measure(self) -> None:
        """Choose the size of the cells for the room there is."""
        grid, px = self.doors.grid, self._look.theme.px
        self.horizontalHeader().setVisible(bool(grid.heads))
        self.verticalHeader().setVisible(bool(grid.floors))
        bar = self.verticalScrollBar().sizeHint().width()
        width = self.width() - (self.verticalHeader().sizeHint().width() if grid.floors else 0)
        height = self.height() - (px(UNIT_HEIGHT) if grid.heads else 0)
        if not grid.overview:
            full = self._width_for_rooms()
            self._measures = building_measures(grid, px, width=width, height=height, bar=bar, full=full)
        self._set_sections()
        self.updateGeometries()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self.viewport().update()

    def overview_grid(self, view: CompoundView) -> Grid:
        """The grid that shows a whole compound best in the room there is."""
        bar = self.verticalScrollBar().sizeHint().width()
        grid, self._measures = overview(view, self._look.theme.px, self.width() - bar)
        return grid

    def _width_for_rooms(self) -> int:
        theme = self._look.theme
        rooms = [door.room for door in self.doors.grid.doors.values() if door.span == 1]
        longest = max((theme.advance(room, Role.CAP, bold=True) for room in rooms), default=0)
        return round(longest) + theme.px(AROUND_ROOM)

    def _set_sections(self) -> None:
        grid, found = self.doors.grid, self._measures
        lasts, shops = grid.last_of_unit, grid.shop_rows() if not grid.overview else frozenset()
        for column in range(grid.columns):
            extra = found.unit_gap if column in lasts else 2 if column == grid.columns - 1 else 0
            self.setColumnWidth(column, found.width + found.gap + extra)
        for row in range(grid.rows):
            extra = 2 if row == grid.rows - 1 else 0
            self.setRowHeight(row, self._height_of(row, shops) + found.gap + extra)

    def _height_of(self, row: int, shops: frozenset[int]) -> int:
        if row in self.doors.grid.titles:
            return self._measures.title
        return self._measures.shop if row in shops else self._measures.height

    def cell(self, place: Place) -> QRect:
        """Where the tile of a place is painted."""
        row, column = place
        door = self.doors.grid.doors.get(place)
        sizes = self._measures
        x, y = self.columnViewportPosition(column), self.rowViewportPosition(row)
        width = sizes.width
        if door is not None and door.span > 1:
            last = column + door.span - 1
            width = self.columnViewportPosition(last) + sizes.width - x
        height = sizes.shop if door is not None and door.span > 1 else sizes.height
        return QRect(x + sizes.lead, y + sizes.lead, width, height)

    def _span(self) -> None:
        self.clearSpans()
        for (row, column), door in self.doors.grid.doors.items():
            if door.span > 1:
                self.setSpan(row, column, 1, door.span)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, self._look.theme.colour("surface"))
        ratio = self.devicePixelRatioF()
        grid, layer, tiles = self.doors.grid, self.layer, self.tiles
        rows = self._seen_rows(area)
        xs = [self.columnViewportPosition(column) for column in range(grid.columns)]
        ys = {row: self.rowViewportPosition(row) for row in rows}
        sizes, covered = self._measures, self._covered
        lead = sizes.lead
        left, right = area.left() - sizes.width, area.right()
        for row in rows:
            y = ys[row] + lead
            for column, x in enumerate(xs):
                door = grid.doors.get((row, column))
                if door is None or ((x > right or x < left) and door.span == 1):
                    continue
                wide = door.span > 1
                width = self.cell((row, column)).width() if wide else sizes.width
                height = sizes.shop if wide else sizes.height
                tile = tiles.tile(door, layer, width, height, ratio, covered=covered)
                painter.drawPixmap(QPointF(x + lead, y), tile)
        ink = Ink(painter, self._look)
        self._draw_titles(ink, rows)
        self._draw_current(ink)
        painter.end()

    def _seen_rows(self, area: QRect) -> range:
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        return range(max(first, 0), (last if last >= 0 else self.doors.grid.rows - 1) + 1)

    def _draw_titles(self, ink: Ink, rows: range) -> None:
        for row in rows:
            for title in self.doors.grid.titles.get(row, ()):
                x = self.columnViewportPosition(title.column)
                room = title.columns * (self._measures.width + self._measures.gap)
                middle = self.rowViewportPosition(row) + self.rowHeight(row) / 2
                ink.text(x, middle, title.words, role=Role.SMALL, bold=True, width=room)

    def _draw_current(self, ink: Ink) -> None:
        index = self.currentIndex()
        if self.doors.door(index) is None:
            return
        reach = 1.5 if self.doors.grid.overview else 3.0
        rect = QRectF(self.cell((index.row(), index.column()))).adjusted(-reach, -reach, reach, reach)
        ink.box(rect, line="acc", width=2.5, radius=8 if reach > 2 else 5)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        index = self.currentIndex()
        if not plain:
            event.ignore()
        elif key in _STEPS:
            self._walk(step(self.doors.grid, self._place(), _STEPS[key]))
        elif key in _UNIT_STEPS:
            self._walk(step_unit(self.doors.grid, self._place(), _UNIT_STEPS[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(index)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            door = self.doors.door(index)
            if door is not None:
                self.outcome_pressed.emit(door, key - Qt.Key.Key_0)
        else:
            event.ignore()

    def _place(self) -> Place | None:
        index = self.currentIndex()
        return (index.row(), index.column()) if index.isValid() else None

    def _walk(self, place: Place | None) -> None:
        if place is not None:
            self.go(place)

    def _open(self, index: QModelIndex) -> None:
        door = self.doors.door(index)
        if door is not None:
            self.opened.emit(door)

    def _moved(self, _index: QModelIndex) -> None:
        self.door_changed.emit(self.current_door())
        self.viewport().update()  # the frame reaches over the cells beside it

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self.measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.viewport().update()
