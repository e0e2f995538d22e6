"""Quiet things that hold others: cards, chips, empty states, progress."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.ink import Ink, chip_width
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.theme import Look, Role, Size, Tone


class Card(QWidget):
    """A white sheet with a hairline: title at the left, one summary at the right, ``body`` under them."""

    def __init__(
        self,
        look: Look,
        title: str = "",
        *,
        summary: str = "",
        padding: int = Size.CARD_PADDING,
        ground: str = "surface",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self._padding = padding
        self._ground = ground
        self.title = PlainLabel(look, title, bold=True)
        self.summary = PlainLabel(look, summary, role=Role.SMALL, colour="text2")
        self._column = QVBoxLayout(self)
        self.head = QHBoxLayout()
        self.head.addWidget(self.title)
        self.head.addStretch()
        self.head.addWidget(self.summary)
        if title:
            self._column.addLayout(self.head)
        else:
            self.title.setParent(self)
            self.summary.setParent(self)
            self.title.hide()
            self.summary.hide()
        self.body = QVBoxLayout()
        self._column.addLayout(self.body, 1)
        look.changed.connect(self._follow)
        self._follow()

    def set_ground(self, ground: str) -> None:
        self._ground = ground
        self.update()

    def _follow(self) -> None:
        px = self.look.theme.px
        edge = px(self._padding)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(px(10))
        self.body.setSpacing(px(8))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        Ink(painter, self.look).box(
            QRectF(self.rect()), fill=self._ground, line="line", radius=Size.RADIUS_CARD
        )
        painter.end()


class Chip(Painted):
    """One short fact on its tone."""

    def __init__(
        self,
        look: Look,
        words: str = "",
        *,
        tone: Tone = Tone.NEUTRAL,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._words, self._tone, self._icon = words, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    @property
    def words(self) -> str:
        return self._words

    def show_fact(self, words: str, tone: Tone = Tone.NEUTRAL, icon: str = "") -> None:
        """Show another fact; no words hide the chip."""
        self._words, self._tone, self._icon = words, tone, icon
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def draw(self, ink: Ink) -> None:
        ink.chip(0, self.height() / 2, self._words, tone=self._tone, icon=self._icon)

    def sizeHint(self) -> QSize:
        width = chip_width(self.look, self._words, icon=self._icon)
        return QSize(round(width) + 1, self.look.theme.px(Size.CHIP))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Picture(Painted):
    """An icon alone, beside words."""

    def __init__(
        self, look: Look, icon: str, *, size: int = 20, colour: str = "text2", parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._icon, self._size, self._colour = icon, size, colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def icon(self) -> str:
        return self._icon

    def show_icon(self, icon: str, colour: str) -> None:
        self._icon, self._colour = icon, colour
        self.update()

    def draw(self, ink: Ink) -> None:
        ink.icon(0, self.height() / 2, self._icon, size=self._size, colour=self._colour)

    def sizeHint(self) -> QSize:
        edge = self.look.theme.px(self._size)
        return QSize(edge, edge)


class Meter(Painted):
    """A thin bar: how much of the whole is done."""

    def __init__(self, look: Look, *, width: int = 90, thick: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._width, self._thick = width, thick
        self._share = 0.0
        self._colour = "ok"
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_share(self, done: int, total: int, colour: str = "ok") -> None:
        self._share = done / total if total else 0.0
        self._colour = colour
        self.setAccessibleName(f"{done} / {total}")
        self.update()

    def draw(self, ink: Ink) -> None:
        thick = ink.theme.px(self._thick)
        top = (self.height() - thick) / 2
        ink.meter(QRectF(0, top, self.width(), thick), self._share, colour=self._colour)

    def sizeHint(self) -> QSize:
        px = self.look.theme.px
        return QSize(px(self._width), px(max(self._thick, 12)))


class LoadingBar(Painted):
    """The 2 px bar under the top bar while something long is under way; ``show_share(None)`` hides it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._share = 0.0
        self.setFixedHeight(2)
        self.hide()

    def show_share(self, share: float | None) -> None:
        self._share = share or 0.0
        self.setVisible(share is not None)
        self.update()

    def draw(self, ink: Ink) -> None:
        ink.fill(QRectF(0, 0, self.width() * self._share, 2), "acc")


class Progress(QWidget):
    """A long job: what, n / total, time left, and the button that stops it."""

    stop_asked = Signal()

    def __init__(self, look: Look, *, stop: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = PlainLabel(look, bold=True)
        self._count = PlainLabel(look, role=Role.SECOND, colour="text2")
        self._meter = Meter(look, width=240)
        self.stop = Button(look, stop)
        self.stop.clicked.connect(self.stop_asked)
        words = QHBoxLayout()
        words.addWidget(self._what)
        words.addStretch()
        words.addWidget(self._count)
        column = QVBoxLayout()
        column.addLayout(words)
        column.addWidget(self._meter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(column, 1)
        row.addWidget(self.stop)

    def show_progress(
        self, what: str, done: int, total: int, left: str = "", share: float | None = None
    ) -> None:
        """``left`` is the time left in words, when it is known; ``share`` how far the whole is, where this is
        only a part of it.
        """
        self._what.setText(what)
        count = f"{done:,} / {total:,}".replace(",", " ")
        self._count.setText(f"{count}　{left}" if left else count)
        if share is None:
            self._meter.show_share(done, total, "acc")
        else:
            self._meter.show_share(round(share * 100), 100, "acc")


class EmptyState(QWidget):
    """Nothing here yet: an icon, one sentence, one button (none where there is nothing to do)."""

    acted = Signal()

    def __init__(
        self, look: Look, sentence: str, *, icon: str, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._picture = Picture(look, icon, size=40, colour="text3")
        self._sentence = PlainLabel(look, sentence, colour="text2", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.action = Button(look, action, kind=Kind.SECONDARY)
        if not action:
            self.action.hide()
        self.action.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)
        column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        column.setSpacing(look.theme.px(16))

    def say(self, sentence: str, *, action: str = "") -> None:
        self._sentence.setText(sentence)
        self.action.set_words(action)
        self.action.setVisible(bool(action))
