"""The two sides of a card on the screen, as sharp as the screen allows; print colours stay in the dark."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.cards import words
from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.card import Card
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.theme import Look, Role, Size

SHAPE = 90 / 54
"""Width to height of a card."""
HEAD = 24


class Face(Painted):
    """One side, as large as its room allows and never larger than its own pixels."""

    def __init__(self, look: Look, title: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._title = title
        self._image = QImage()
        self._scaled = QPixmap()
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage, said: str) -> None:
        self._image, self._scaled = image, QPixmap()
        self.setAccessibleDescription(said)
        self.update()

    def area_of_card(self) -> QRectF:
        """Where the card lies."""
        if self._image.isNull():
            return QRectF()
        head, ratio = self.look.theme.px(HEAD), self.devicePixelRatioF()
        room = QSize(self.width(), self.height() - head) * ratio
        own = self._image.size()
        size = own.scaled(room.boundedTo(own), Qt.AspectRatioMode.KeepAspectRatio)
        width, height = size.width() / ratio, size.height() / ratio
        return QRectF(round((self.width() - width) / 2), head, width, height)

    def draw(self, ink: Ink) -> None:
        area = self.area_of_card()
        if area.isEmpty():
            return
        ratio = self.devicePixelRatioF()
        size = QSize(round(area.width() * ratio), round(area.height() * ratio))
        if self._scaled.size() != size:
            keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._scaled = QPixmap.fromImage(self._image.scaled(size, keep, smooth))
        self._scaled.setDevicePixelRatio(ratio)
        ink.text(area.left(), ink.theme.px(11), self._title, role=Role.SMALL, colour="text2")
        ink.painter.drawPixmap(QPointF(area.topLeft()), self._scaled)
        ink.box(area, line="line2", radius=0)

    def sizeHint(self) -> QSize:
        px = self.look.theme.px
        return QSize(px(340), px(228))

    def minimumSizeHint(self) -> QSize:
        px = self.look.theme.px
        return QSize(px(120), px(72))


class Faces(Card):
    """Both sides of the card in hand, and the way to the ones before and after it."""

    stepped = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self.place = PlainLabel(look, role=Role.SECOND, bold=True)
        self.said = PlainLabel(look, role=Role.SECOND, colour="text2", wrap=True)
        self.previous = Button(look, words.PREVIOUS, height=Size.TOOL)
        self.next = Button(look, words.NEXT, height=Size.TOOL)
        self.front = Face(look, words.FRONT)
        self.back = Face(look, words.BACK)
        self._row = QHBoxLayout()
        self._lines = QVBoxLayout()
        self._lines.addWidget(self.place)
        self._lines.addWidget(self.said)
        self._row.addLayout(self._lines, 1)
        self._row.addWidget(self.previous)
        self._row.addWidget(self.next)
        self.body.addLayout(self._row)
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._pair.addWidget(self.front, 1)
        self._pair.addWidget(self.back, 1)
        self.body.addLayout(self._pair, 1)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        look.changed.connect(self._space)
        self._space()

    def show_place(self, place: int, count: int) -> None:
        self.place.setText(words.place(place + 1, count))
        self.previous.setEnabled(place > 0)
        self.next.setEnabled(place < count - 1)

    def show_faces(self, front: QImage, back: QImage, said: str) -> None:
        self.said.setText(said)
        self.front.show_image(front, said)
        self.back.show_image(back, said)

    def _space(self) -> None:
        px = self.look.theme.px
        self._row.setSpacing(px(8))
        self._lines.setSpacing(px(2))
        self._pair.setSpacing(px(10))
        self._turn()

    def _turn(self) -> None:
        """Lay the sides whichever way leaves them larger."""
        px = self.look.theme.px
        wide = self.width() - 2 * px(Size.CARD_PADDING)
        tall = self.height() - 2 * px(Size.CARD_PADDING) - px(54)
        stacked = min(wide, (tall / 2 - px(HEAD)) * SHAPE)
        abreast = min(wide / 2, (tall - px(HEAD)) * SHAPE)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._pair.setDirection(down if stacked >= abreast else right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
