"""What happened, newest first: a round icon on a line, what, who, when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gridclient.desktop.kit.ink import Ink, chip_width
from gridclient.desktop.kit.rows import ID_ROLE, ROW_ROLE, Index
from gridclient.desktop.theme import Look, Role, Tone


@dataclass(frozen=True, slots=True)
class Event:
    """One happening; ``chip`` says what came of it."""

    id: bytes
    icon: str
    what: str
    who: str
    when: str
    colour: str = "text2"
    chip: str = ""
    tone: Tone = Tone.NEUTRAL


class EventModel(QAbstractListModel):
    """Happenings in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._events: list[Event] = []

    def set_events(self, events: Sequence[Event]) -> None:
        self.beginResetModel()
        self._events = list(events)
        self.endResetModel()

    def item(self, place: int) -> Event:
        return self._events[place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._events)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        event = self._events[index.row()]
        if role == ROW_ROLE:
            return event
        if role == ID_ROLE:
            return event.id
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "，".join(each for each in (event.what, event.who, event.when, event.chip) if each)
        return None


class _EventDelegate(QStyledItemDelegate):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._look.theme.px(86))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, EventModel)
        painter.save()
        ink = Ink(painter, self._look)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_HasFocus:
            ink.box(QRectF(rect).adjusted(0, 2, 0, -2), fill="sel")
        self._draw(ink, rect, model.item(index.row()), last=index.row() == model.rowCount() - 1)
        painter.restore()

    def _draw(self, ink: Ink, rect: QRect, event: Event, *, last: bool) -> None:
        px = ink.theme.px
        top, left = rect.top(), rect.left() + px(4)
        bottom = top + (px(64) if last else rect.height())
        ink.fill(QRectF(left + px(16), top + px(14), 1, bottom - top - px(14)), "line2")
        if top > 0:
            ink.fill(QRectF(left + px(16), top, 1, px(14)), "line2")
        ring = QRectF(left, top + px(11), px(32), px(32))
        ink.box(ring, fill="surface", line="line2", radius=16)
        ink.icon(left + px(7), ring.center().y(), event.icon, colour=event.colour)
        x, room = left + px(46), rect.width() - px(58)
        ink.text(x, top + px(20), event.what, bold=True, width=room)
        chip = chip_width(self._look, event.chip) + px(8) if event.chip else 0
        ink.text(x, top + px(43), event.who, role=Role.SECOND, colour="text2", width=room)
        ink.text(x, top + px(65), event.when, role=Role.SMALL, colour="text3")
        if event.chip:
            ink.chip(rect.right() - chip, top + px(68), event.chip, tone=event.tone)


class Timeline(QListView):
    """A scrolling list of happenings; Enter or a double click opens one."""

    opened = Signal(bytes)

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.events = EventModel(self)
        self._delegate = _EventDelegate(look)
        self.setModel(self.events)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ID_ROLE)))
        look.changed.connect(self.doItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(ID_ROLE))
        elif event.text().isprintable() and event.text():
            event.ignore()  # digits and letters belong to the screen, not to a search in the list
        else:
            super().keyPressEvent(event)
