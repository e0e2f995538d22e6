"""The lines of a sheet for a table view, and the table that paints them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gridclient.desktop.kit.cells import draw_cell
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.rowlist import BETWEEN, EDGE, spans
from gridclient.desktop.kit.rows import Column, Mark, Words
from gridclient.desktop.register import words
from gridclient.desktop.register.view import ImportLine
from gridclient.desktop.theme import Look, Role, Size, Tone

COLUMNS = (
    Column(words.KIND_HEAD, 84),
    Column(words.ROW_HEAD, 52, right=True),
    Column(words.DOOR_HEAD, 184),
    Column(words.NAME_HEAD, 76),
    Column(words.WHAT_HEAD),
    Column(words.REASON_HEAD, shed=1),
)
TONES = {
    "+": Tone.OK,
    "~": Tone.ACC,
    "*": Tone.ACC,
    "=": Tone.WARN,
    "#": Tone.ACC,
    "?": Tone.WARN,
    "-": Tone.NEUTRAL,
    "!": Tone.BAD,
}
LINE_ROLE = int(Qt.ItemDataRole.UserRole)
WALKING = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End}
)

Index = QModelIndex | QPersistentModelIndex


def texts(line: ImportLine) -> tuple[str, ...]:
    """What stands in each column."""
    return words.SIGNS[line.sign], str(line.row), line.door, line.name, line.what, line.reason


def spoken(line: ImportLine) -> str:
    """The whole line as a sentence."""
    parts = (
        words.row(line.row),
        words.SPOKEN[line.sign],
        f"{line.door} {line.name}".strip(),
        line.what,
        line.reason,
    )
    return "，".join(part for part in parts if part)


def _about(line: ImportLine) -> tuple[str, int, str, str]:
    return line.sheet, line.row, line.sign, line.tag


class LineModel(QAbstractTableModel):
    """Thousands of lines, of which those of one sign or all are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ImportLine, ...] = ()

    def set_lines(self, lines: Sequence[ImportLine]) -> None:
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, index: Index) -> ImportLine | None:
        return self._lines[index.row()] if index.isValid() else None

    def place_of(self, wanted: ImportLine) -> int | None:
        """Where the line about the same thing stands."""
        about = _about(wanted)
        return next((place for place, line in enumerate(self._lines) if _about(line) == about), None)

    @property
    def shown(self) -> tuple[ImportLine, ...]:
        return self._lines

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return texts(line)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(line) if index.column() == 0 else texts(line)[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section].title
        return None


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        assert isinstance(line, ImportLine)
        painter.save()
        ink, place = Ink(painter, self._look), index.column()
        px = ink.theme.px
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            ink.fill(rect, "sel")
            if place == 0:
                ink.fill(QRectF(rect.left(), rect.top(), px(3), rect.height()), "acc")
        else:
            ink.hline(rect.left() + (px(EDGE) if place == 0 else 0), rect.right(), rect.bottom() - 1)
        left = rect.left() + (px(EDGE) if place == 0 else 0)
        width = rect.right() - left - px(BETWEEN)
        draw_cell(ink, _cell(line, place), left, width, rect.center().y(), right=COLUMNS[place].right)
        painter.restore()


def _cell(line: ImportLine, place: int) -> Mark | Words:
    said = texts(line)[place]
    if place == 0:
        return Mark(said, TONES[line.sign])
    if place == 1:
        return Words(said, role=Role.SMALL, colour="text3")
    if place in (2, 3):
        return Words(said, role=Role.SECOND, bold=True, free=True)
    return Words(said, role=Role.SECOND, colour="text2", free=True)


class LineTable(QTableView):
    """Only arrows and page keys are its own; every other key is the screen's."""

    current_changed = Signal(object)
    width_changed = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.lines = LineModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_LineDelegate(look, self))
        self.setAccessibleName(words.TABLE)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.selectionModel().currentRowChanged.connect(self._moved)
        look.changed.connect(self.follow)
        self.follow()

    def show_lines(self, lines: Sequence[ImportLine]) -> None:
        """Show these lines, the first one current."""
        self.lines.set_lines(lines)
        if lines:
            self.setCurrentIndex(self.lines.index(0, 0))
        else:
            self.current_changed.emit(None)

    def choose(self, line: ImportLine) -> None:
        """Make the line about the same thing current, where it is among those shown."""
        place = self.lines.place_of(line)
        if place is not None:
            self.setCurrentIndex(self.lines.index(place, 0))

    def current(self) -> ImportLine | None:
        return self.lines.line(self.currentIndex())

    def _moved(self, index: QModelIndex) -> None:
        self.current_changed.emit(self.lines.line(index))

    def follow(self) -> None:
        """Lay the columns out for the width and the text size."""
        px = self._look.theme.px
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(px(Size.TABLE_ROW))
        for place, span in enumerate(spans(self._look, COLUMNS, self.viewport().width())):
            self.setColumnHidden(place, span is None)
            if span is not None:
                lead = px(EDGE) if place == 0 else 0
                self.setColumnWidth(place, max(1, lead + span[1] + px(BETWEEN)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.follow()
        self.width_changed.emit(self.viewport().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) not in WALKING:
            event.ignore()
            return
        place = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.lines.rowCount() - 1}.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
        elif place >= 0:  # the view itself would go to the first or last column
            self.setCurrentIndex(self.lines.index(place, 0))
