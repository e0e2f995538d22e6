"""Who came along: as many names as there is room for, the others behind one link."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.tick import Tick
from gridclient.desktop.theme import Look, Role
from gridclient.desktop.visit import words

HIGH = 24
GAP = 10


class Company(QWidget):
    """Names in the order given, the chosen ones before all others."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._all = False
        self._workers: tuple[tuple[bytes, str], ...] = ()
        self._ticks: list[tuple[bytes, Tick]] = []
        self._label = PlainLabel(look, words.COMPANIONS, role=Role.SMALL, colour="text2")
        self._more = Button(look, "", kind=Kind.LINK, height=HIGH)
        for widget in (self._label, self._more):
            widget.setParent(self)
        self._more.clicked.connect(self._show_all)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._arrange)

    def show_workers(self, workers: Sequence[tuple[bytes, str]], chosen: Collection[bytes]) -> None:
        """Offer these; says nothing."""
        for _, tick in self._ticks:
            tick.hide()
            tick.deleteLater()
        self._all = False
        self._workers = tuple(workers)
        ordered = sorted(workers, key=lambda one: one[0] not in chosen)
        self._ticks = []
        for id, name in ordered:
            tick = Tick(self._look, name, height=HIGH, parent=self)
            tick.setChecked(id in chosen)
            tick.toggled.connect(lambda _on: self.changed.emit())
            self._ticks.append((id, tick))
        self.setVisible(bool(workers))
        self._arrange()

    def choose(self, chosen: Collection[bytes]) -> None:
        """Tick these and no others; says nothing."""
        self.show_workers(self._workers, chosen)

    def chosen(self) -> tuple[bytes, ...]:
        ticked = {id for id, tick in self._ticks if tick.isChecked()}
        return tuple(id for id, _ in self._workers if id in ticked)

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(300), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(160), self._look.theme.px(HIGH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _show_all(self) -> None:
        self._all = True
        self._arrange()
        if self._ticks:
            self._ticks[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        """Lay the names out: in one line, or in as many as all of them need."""
        px = self._look.theme.px
        high, gap, width = px(HIGH), px(GAP), self.width()
        label = self._label.sizeHint().width()
        self._label.setGeometry(0, 0, label, high)
        start = x = label + gap
        row, hidden = 0, 0
        link = px(86)
        for place, (_, tick) in enumerate(self._ticks):
            size = tick.sizeHint().width()
            last = place == len(self._ticks) - 1
            room = width if self._all or (last and not hidden) else width - link
            if x + size > room and x > start:
                if not self._all:
                    hidden += 1
                    tick.hide()
                    continue
                row, x = row + 1, start
            if hidden:
                hidden += 1
                tick.hide()
                continue
            tick.setGeometry(x, row * high, size, high)
            tick.show()
            x += size + gap
        self._more.setVisible(hidden > 0)
        if hidden:
            self._more.set_words(words.others(hidden))
            self._more.setGeometry(x, 0, self._more.sizeHint().width(), high)
        self.setFixedHeight((row + 1) * high)
