"""The list under the search box. The keyboard stays in the box; the list only shows and is moved through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gridclient.desktop.kit import RIGHT, Button, Ink, PlainLabel
from gridclient.desktop.search import words
from gridclient.desktop.search.hits import Hit, HitModel, Index
from gridclient.desktop.theme import Look, Role, Size

ROW = 54
SHOWN = 8
SHADOW = 12


class SearchPopup(QWidget):
    """A child of the window, raised over the screen; at most eight rows are in sight."""

    picked = Signal(bytes)
    create_asked = Signal()

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self.model = HitModel(self)
        self._list = QListView()
        self._delegate = _HitDelegate(look)
        self._nothing = PlainLabel(look, role=Role.SECOND, colour="text2", wrap=True)
        self._create = Button(look, words.REGISTER, icon="user-plus")
        self._create.clicked.connect(self.create_asked)
        self._build()
        look.changed.connect(self._follow)
        self._follow()
        self.hide()

    def show_hits(self, said: str, hits: Sequence[Hit], below: QRect) -> None:
        """Show what was found for ``said`` under the rectangle of the search box."""
        self.model.set_hits(hits)
        self._list.setVisible(bool(hits))
        self._nothing.setText("" if hits else words.nothing(said))
        self._nothing.setVisible(not hits)
        self._create.setVisible(not hits)
        if hits:
            self._list.setCurrentIndex(self.model.index(0))
        self._place(below, len(hits))
        self.show()
        self.raise_()

    def move_by(self, step: int) -> None:
        """Another row becomes the current one; stops at both ends."""
        place = self._list.currentIndex().row() + step
        place = max(0, min(self.model.rowCount() - 1, place))
        if self.model.rowCount():
            self._list.setCurrentIndex(self.model.index(place))

    def current(self) -> Hit | None:
        """The hit Enter would open."""
        index = self._list.currentIndex()
        return self.model.hit(index.row()) if index.isValid() else None

    def _build(self) -> None:
        self._list.setModel(self.model)
        self._list.setItemDelegate(self._delegate)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setAccessibleName(words.NAME)
        self._list.viewport().setAutoFillBackground(False)
        self._list.clicked.connect(lambda index: self.picked.emit(self.model.hit(index.row()).id))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._list)
        self._column.addWidget(self._nothing)
        self._column.addWidget(self._create, 0, Qt.AlignmentFlag.AlignLeft)

    def _place(self, below: QRect, count: int) -> None:
        px = self._look.theme.px
        inner = count * px(ROW) if count <= SHOWN else SHOWN * px(ROW)
        width = max(below.width(), px(520))
        if not count:
            wide = width - 2 * SHADOW - 2 * px(16)
            inner = self._nothing.heightForWidth(wide) + self._create.sizeHint().height() + px(24) + px(8)
        edge = SHADOW + px(6)
        room = self._host.height() - below.bottom() - px(Size.HINT_BAR)
        self.setGeometry(
            below.left() - SHADOW, below.bottom() - px(2), width + 2 * SHADOW, min(inner + 2 * edge, room)
        )
        pad = px(16) if not count else px(6)
        self._column.setContentsMargins(SHADOW + pad, edge, SHADOW + pad, edge)
        self._column.setSpacing(px(12) if not count else 0)

    def _follow(self) -> None:
        self._list.doItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = Ink(painter, self._look)
        inner = QRectF(self.rect()).adjusted(SHADOW, SHADOW / 2, -SHADOW, -SHADOW)
        shade = QColor(Qt.GlobalColor.black)
        shade.setAlphaF(0.018)
        painter.setPen(Qt.PenStyle.NoPen)
        # The shadow under the box is never seen, and twelve layers of it would cost more than the list.
        seen = QRegion(self.rect()) - QRegion(inner.toRect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW))
        painter.setClipRegion(seen)
        for step in range(SHADOW):
            painter.setBrush(shade)
            spread = SHADOW - step
            painter.drawRoundedRect(inner.adjusted(-spread, 0, spread, spread), 12 + spread, 12 + spread)
        painter.setClipping(False)
        ink.box(inner, fill="surface", line="line2", radius=Size.RADIUS_CARD)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._look.theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, HitModel)
        hit = model.hit(index.row())
        painter.save()
        ink = Ink(painter, self._look)
        rect = QRectF(option.rect)
        px = ink.theme.px
        if option.state & QStyle.StateFlag.State_Selected:
            ink.box(rect.adjusted(0, 1, 0, -1), fill="sel")
            ink.box(
                QRectF(rect.left(), rect.top() + px(9), px(3), rect.height() - px(18)), fill="acc", radius=2
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            ink.box(rect.adjusted(0, 1, 0, -1), fill="hover")
        middle = rect.center().y()
        ink.icon(rect.left() + px(14), middle, hit.icon, size=20)
        right = rect.right() - px(14)
        ink.text(right, middle, hit.aside, role=Role.SMALL, colour="text3", align=RIGHT)
        room = right - rect.left() - px(46) - ink.theme.advance(hit.aside, Role.SMALL) - px(12)
        ink.text(rect.left() + px(46), middle - px(11), hit.title, bold=True, width=room)
        ink.text(
            rect.left() + px(46), middle + px(12), hit.second, role=Role.SMALL, colour="text2", width=room
        )
        painter.restore()
