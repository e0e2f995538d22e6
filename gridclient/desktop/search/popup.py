"""The list under the search box. The keyboard stays in the box; the list only shows and is moved through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
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

from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.ink import RIGHT, Ink, cap_width
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.search import words
from gridclient.desktop.search.hits import Hit, HitModel, Index
from gridclient.desktop.theme import Look, Role, Size

ROW = 50
HEAD = 30
HIGHEST = 470
GROUNDS = 24
SHADOW = 12


class SearchPopup(QWidget):
    """A child of the window, raised over the screen."""

    picked = Signal(bytes)
    create_asked = Signal()

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self._grounds: dict[tuple[int, int, float], QPixmap] = {}
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
            self._list.setCurrentIndex(self.model.index(self.model.next_hit(-1, 0)))
            self._list.scrollToTop()
        self._place(below, hits)
        self.show()
        self.raise_()

    def move_by(self, step: int) -> None:
        """Another row becomes the current one; stops at both ends."""
        if self.model.rowCount():
            self._go(self.model.next_hit(self._list.currentIndex().row(), step))

    def move_group(self, step: int) -> None:
        """The first row of another group becomes the current one."""
        if self.model.rowCount():
            self._go(self.model.next_group(self._list.currentIndex().row(), step))

    def _go(self, place: int) -> None:
        self._list.setCurrentIndex(self.model.index(place))
        if place == 1:
            self._list.scrollToTop()

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
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setAccessibleName(words.NAME)
        self._list.viewport().setAutoFillBackground(False)
        self._list.clicked.connect(self._clicked)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._list)
        self._column.addWidget(self._nothing)
        self._column.addWidget(self._create, 0, Qt.AlignmentFlag.AlignLeft)

    def _clicked(self, index: QModelIndex) -> None:
        hit = self.model.hit(index.row())
        if not hit.is_head:
            self.picked.emit(hit.id)

    def _place(self, below: QRect, hits: Sequence[Hit]) -> None:
        px, count = self._look.theme.px, len(hits)
        inner = min(px(HIGHEST), sum(px(HEAD if hit.is_head else ROW) for hit in hits))
        width = max(below.width(), px(600))
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
        self._grounds.clear()
        self._list.doItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground())
        painter.end()

    def _ground(self) -> QPixmap:
        """The sheet and its shadow, kept by size: a dozen layers would cost more than the list on them."""
        size, ratio = self.size(), self.devicePixelRatioF()
        kept = self._grounds.get((size.width(), size.height(), ratio))
        if kept is not None:
            return kept
        if len(self._grounds) > GROUNDS:
            self._grounds.clear()
        made = QPixmap(size * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        ink = Ink(painter, self._look)
        inner = QRectF(self.rect()).adjusted(SHADOW, SHADOW / 2, -SHADOW, -SHADOW)
        shade = QColor(Qt.GlobalColor.black)
        shade.setAlphaF(0.018)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(SHADOW):
            painter.setBrush(shade)
            spread = SHADOW - step
            painter.drawRoundedRect(inner.adjusted(-spread, 0, spread, spread), 12 + spread, 12 + spread)
        ink.box(inner, fill="surface", line="line2", radius=Size.RADIUS_CARD)
        painter.end()
        self._grounds[size.width(), size.height(), ratio] = made
        return made

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, HitModel)
        return QSize(100, self._look.theme.px(HEAD if model.hit(index.row()).is_head else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, HitModel)
        hit = model.hit(index.row())
        painter.save()
        ink = Ink(painter, self._look)
        rect = QRectF(option.rect)
        px = ink.theme.px
        if hit.is_head:
            self._head(ink, rect, hit)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            ink.box(rect.adjusted(0, 1, 0, -1), fill="sel")
            ink.box(
                QRectF(rect.left(), rect.top() + px(9), px(3), rect.height() - px(18)), fill="acc", radius=2
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            ink.box(rect.adjusted(0, 1, 0, -1), fill="hover")
        middle = rect.center().y()
        ink.icon(rect.left() + px(14), middle, hit.icon, size=20, colour="text3" if hit.faded else "text2")
        right = rect.right() - px(14)
        if hit.key:
            right -= cap_width(self._look, hit.key)
            ink.cap(right, middle, hit.key)
            right -= px(12) if hit.aside else 0
        ink.text(right, middle, hit.aside, role=Role.SMALL, colour="text3", align=RIGHT)
        room = right - rect.left() - px(46) - ink.theme.advance(hit.aside, Role.SMALL) - px(12)
        if not hit.second:
            colour = "text2" if hit.faded else "text"
            ink.text(rect.left() + px(46), middle, hit.title, bold=True, width=room, colour=colour)
            painter.restore()
            return
        colour = "text2" if hit.faded else "text"
        ink.text(rect.left() + px(46), middle - px(11), hit.title, bold=True, width=room, colour=colour)
        ink.text(
            rect.left() + px(46), middle + px(12), hit.second, role=Role.SMALL, colour="text2", width=room
        )
        painter.restore()

    def _head(self, ink: Ink, rect: QRectF, hit: Hit) -> None:
        px, middle = ink.theme.px, rect.center().y() + ink.theme.px(2)
        if rect.top() > 0:
            ink.hline(rect.left() + px(8), rect.right() - px(8), rect.top())
        ink.text(rect.left() + px(14), middle, hit.title, role=Role.SMALL, colour="text3", bold=True)
        ink.text(
            rect.right() - px(14),
            middle,
            words.all_of(hit.aside),
            role=Role.SMALL,
            colour="text3",
            align=RIGHT,
        )
