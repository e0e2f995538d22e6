"""Over the matrix: which building, which layer, how far the visits are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.building import words
from gridclient.desktop.building.view import Layer
from gridclient.desktop.kit.button import IconButton
from gridclient.desktop.kit.card import Chip, Meter
from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.picker import Picker
from gridclient.desktop.theme import Look, Role, Tone


class BuildingBar(QWidget):
    """Two lines; where there is little room, one with only what is needed to choose a door."""

    layer_chosen = Signal(int)
    building_picked = Signal(bytes)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._narrow = False
        self._layers = len(words.LAYERS)
        self._due = 0
        self.compound = PlainLabel(look, colour="text2")
        self.picker = Picker(look, name=words.BUILDING_NAME, role=Role.VALUE, bold=True)
        self.previous = IconButton(look, "chevron-left", words.PREVIOUS, framed=True)
        self.next = IconButton(look, "chevron-right", words.NEXT, framed=True)
        self.summary = PlainLabel(look, role=Role.SECOND, colour="text2")
        self.badge = Chip(look)
        self.layers = Segmented(look, list(words.LAYERS.values()))
        self.visited_label = PlainLabel(look, words.VISITED_LABEL, role=Role.SECOND, colour="text2")
        self.visited = PlainLabel(look, role=Role.VALUE, bold=True)
        self.total = PlainLabel(look, role=Role.SECOND, colour="text2")
        self.meter = Meter(look, width=204)
        self.meter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines = (QHBoxLayout(), QHBoxLayout())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for line in self._lines:
            self._column.addLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.picker.picked.connect(self.building_picked)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.layers.chosen.connect(self.layer_chosen)
        look.changed.connect(self._arrange)
        self._arrange()

    def show_building(self, id: bytes, *, compound: str, summary: str, badge: tuple[str, str]) -> None:
        self.picker.choose(id)
        self.compound.setText(compound)
        self.summary.setText(summary)
        word, told = badge
        self.badge.show_fact(word, Tone.WARN, "heart")
        self.badge.setToolTip(told)
        self.badge.setAccessibleName("，".join(filter(None, badge)))
        self._arrange()

    def show_visited(self, done: int, due: int) -> None:
        self.visited.setText(str(done))
        self.total.setText(words.households(due))
        self.meter.show_share(done, due)
        self._due = due
        self._arrange()

    def show_layers(self, layers: Sequence[Layer]) -> None:
        """Offer these layers; a single one needs no switch."""
        for layer in Layer:
            self.layers.show_segment(layer.value, layer in layers)
        self._layers = len(layers)
        self._arrange()

    def step(self, by: int) -> None:
        """Pick the building before or after this one."""
        self.picker.step(by)

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def _arrange(self) -> None:
        px = self._look.theme.px
        for line in self._lines:
            while line.count():
                line.takeAt(0)
            line.setSpacing(px(8))
        self._column.setSpacing(0 if self._narrow else px(9))
        first, second = self._lines
        target = first if self._narrow else second
        _add(first, self.compound, self.picker, self.previous, self.next)
        first.addSpacing(px(10))
        _add(first, self.summary, self.badge)
        target.addWidget(self.layers)
        target.addSpacing(px(10))
        _add(target, self.visited_label, self.visited, self.total, self.meter)
        first.addStretch(1)
        self._show_or_hide()
        stretched = not self._narrow and self._layers == len(words.LAYERS)
        self.layers.setMinimumWidth(px(466) if stretched else 0)

    def _show_or_hide(self) -> None:
        self.layers.setVisible(self._layers > 1)
        self.summary.setVisible(not self._narrow and bool(self.summary.text()))
        for widget in (self.visited, self.total):
            widget.setVisible(self._due > 0)
        self.visited_label.setVisible(self._due > 0 and not self._narrow)
        self.meter.setVisible(self._due > 0 and not self._narrow)
        self.compound.setVisible(not self._narrow and bool(self.compound.text()))
        self.badge.setVisible(not self._narrow and bool(self.badge.words))


def _add(line: QHBoxLayout, *widgets: QWidget) -> None:
    for widget in widgets:
        line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
