"""A month by week: each day with how many have an appointment on it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
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

from gridclient.core.domain.agreed_times import WEEK, monday
from gridclient.desktop.appointments import words
from gridclient.desktop.appointments.view import MonthView
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.rows import Index
from gridclient.desktop.theme import Look, Role

NAMES = "一二三四五六日"
DAY_ROLE = int(Qt.ItemDataRole.UserRole)


class MonthModel(QAbstractTableModel):
    """Whole weeks, Monday first; the days of the neighbouring months fill them up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = MonthView("", date(2000, 1, 1), date(2000, 1, 1))
        self._weeks = 0

    @property
    def view(self) -> MonthView:
        return self._view

    def set_month(self, view: MonthView) -> None:
        self.beginResetModel()
        self._view = view
        first = view.first
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        self._weeks = ((after - timedelta(days=1)) - monday(first)).days // WEEK + 1
        self.endResetModel()

    def day(self, row: int, column: int) -> date:
        return monday(self._view.first) + timedelta(days=row * WEEK + column)

    def index_of(self, day: date) -> QModelIndex:
        """Where a day stands; an invalid index for one that is not shown."""
        away = (day - monday(self._view.first)).days
        return self.index(away // WEEK, away % WEEK)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._weeks

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else WEEK

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        day = self.day(index.row(), index.column())
        if role == DAY_ROLE:
            return day
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            _open, every = self._view.counts.get(day, (0, 0))
            return f"{day.month}月{day.day}日 周{NAMES[day.weekday()]}，{words.many(every)}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        shown = role == Qt.ItemDataRole.DisplayRole and 0 <= section < WEEK
        return f"周{NAMES[section]}" if shown and orientation == Qt.Orientation.Horizontal else None


class _DayDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, model: MonthModel) -> None:
        super().__init__()
        self._look, self._model = look, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        ink = Ink(painter, self._look)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        view = self._model.view
        day = self._model.day(index.row(), index.column())
        inside, today = day.month == view.first.month, day == view.today
        px = ink.theme.px
        cell = QRectF(rect).adjusted(px(2), px(2), -px(2), -px(2))
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = "sel" if chosen else "surface" if inside else "sunk"
        ink.box(cell, fill=ground, line="acc" if chosen or today else "line", width=2 if chosen else 1)
        colour = "acc" if today else "text" if inside else "text3"
        x, top = cell.left() + px(12), cell.top() + px(18)
        x += ink.text(x, top, str(day.day), bold=today, colour=colour)
        if today:
            ink.text(x + px(6), top, "今天", role=Role.SMALL, colour="acc")
        waiting, every = view.counts.get(day, (0, 0))
        if every:
            late = bool(waiting) and day < view.today
            tone = "bad" if late else "acc" if waiting else "text2"
            ink.text(
                cell.left() + px(12), top + px(26), f"{every} 户", role=Role.SECOND, colour=tone, bold=True
            )
        painter.restore()


class MonthTable(QTableView):
    """Arrows choose a day, Enter opens its week, PgUp and PgDn turn the month."""

    day_opened = Signal(object)
    month_asked = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.days = MonthModel(self)
        self._delegate = _DayDelegate(look, self.days)
        self.setModel(self.days)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(words.MONTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(lambda index: self.day_opened.emit(index.data(DAY_ROLE)))
        look.changed.connect(self.viewport().update)

    def show_month(self, view: MonthView) -> None:
        """Show this month; the day chosen stays chosen where it is in it, else today or the first is."""
        before = self.currentIndex().data(DAY_ROLE)
        self.days.set_month(view)
        wanted = before if isinstance(before, date) and _same_month(before, view.first) else view.today
        self.setCurrentIndex(self.days.index_of(wanted if _same_month(wanted, view.first) else view.first))

    def current_day(self) -> date | None:
        found = self.currentIndex().data(DAY_ROLE)
        return found if isinstance(found, date) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        day = self.current_day()
        if key in turns:
            self.month_asked.emit(turns[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and day is not None:
            self.day_opened.emit(day)
        elif key in arrows and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            event.ignore()


def _same_month(day: date, other: date) -> bool:
    return (day.year, day.month) == (other.year, other.month)
