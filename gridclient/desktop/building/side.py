"""The side panel: the selected door in words, the number pad, the main action."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.building import words
from gridclient.desktop.building.view import Door, State
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card, Chip
from gridclient.desktop.kit.choices import Choices
from gridclient.desktop.kit.facts import Fact, Facts
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.overlay import Rule
from gridclient.desktop.theme import Look, Role, Size

CHIPS = 3
TALL = 625
"""A lower panel writes the digits of the pad before the words, not above them."""


def _knocked_on(door: Door | None) -> bool:
    """Whether a visit to this door can be recorded."""
    return door is not None and door.state not in (State.UNREGISTERED, State.CONSTRUCTION)


class DoorPanel(Card):
    """300 wide beside the matrix; at the largest text DoorStrip takes its place."""

    opened = Signal()
    outcome_pressed = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self.door_title = PlainLabel(look, role=Role.VALUE, bold=True)
        self.subtitle = PlainLabel(look, role=Role.SECOND, colour="text2", wrap=True)
        self.chips = [Chip(look) for _ in range(CHIPS)]
        self.facts = Facts(look)
        self.pad_title = PlainLabel(look, words.PAD_TITLE, role=Role.SECOND, bold=True)
        self.pad = Choices(look, words.OUTCOMES, columns=3, above=True, press=True)
        self.note = PlainLabel(look, words.PAD_NOTE, role=Role.SMALL, colour="text2")
        self.open_button = Button(look, words.OPEN, kind=Kind.PRIMARY, key="Enter")
        self._rule = Rule(look, self)
        self.pad.picked.connect(self.outcome_pressed)
        self.open_button.clicked.connect(self.opened)
        self._build()
        look.changed.connect(self._resize)
        self._resize()

    def show_door(self, door: Door | None, *, action: str) -> None:
        """Show a door; ``action`` is what Enter does with it."""
        there = door is not None
        self.door_title.setText(door.title if door else words.CHOOSE_DOOR)
        self.subtitle.setText(door.subtitle if door else "")
        self.subtitle.setVisible(there and bool(door and door.subtitle))
        chips = door.chips if door else ()
        for place, chip in enumerate(self.chips):
            if place < len(chips):
                chip.show_fact(chips[place].words, chips[place].tone, chips[place].icon)
            else:
                chip.show_fact("")
        self.facts.show_facts([Fact(icon, said) for icon, said in door.lines] if door else ())
        knock = _knocked_on(door)
        for each in (self._rule, self.pad_title, self.pad, self.note):
            each.setVisible(knock)
        self.open_button.set_words(action)
        self.open_button.setVisible(there)

    def _build(self) -> None:
        self._chip_row = QHBoxLayout()
        for chip in self.chips:
            self._chip_row.addWidget(chip)
        self._chip_row.addStretch()
        self._top = QVBoxLayout()
        for widget in (self.door_title, self.subtitle):
            self._top.addWidget(widget)
        self._top.addLayout(self._chip_row)
        self._middle = QVBoxLayout()
        for each in (self.facts, self._rule, self.pad_title, self.pad, self.note):
            self._middle.addWidget(each)
        self.body.addLayout(self._top)
        self.body.addLayout(self._middle)
        self.body.addStretch(1)
        self.body.addWidget(self.open_button)

    def _resize(self) -> None:
        px = self.look.theme.px
        self._top.setSpacing(px(6))
        self._middle.setSpacing(px(10))
        self._chip_row.setSpacing(px(8))
        self._spare_height()
        self.setFixedWidth(px(Size.SIDE))

    def _spare_height(self) -> None:
        self.pad.set_above(self.height() >= self.look.theme.px(TALL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spare_height()


class DoorStrip(Card):
    """The same door in one line, for the largest text; the outcomes wait behind one button."""

    opened = Signal()
    outcome_pressed = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=10, parent=parent)
        self.door_title = PlainLabel(look, role=Role.VALUE, bold=True)
        self.subtitle = PlainLabel(look, role=Role.SECOND, colour="text2")
        self.chip = Chip(look)
        self.open_button = Button(look, words.OPEN, kind=Kind.PRIMARY, key="Enter", height=Size.BUTTON)
        self.open_button.clicked.connect(self.opened)
        self.record_button = Button(look, words.RECORD, key=words.RECORD_KEYS, height=Size.BUTTON)
        self.record_button.clicked.connect(self._open_outcomes)
        row = QHBoxLayout()
        for widget in (self.door_title, self.chip, self.subtitle):
            row.addWidget(widget, 1 if widget is self.subtitle else 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.record_button)
        row.addWidget(self.open_button)
        row.setSpacing(look.theme.px(12))
        self.body.addLayout(row)
        self.subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_door(self, door: Door | None, *, action: str) -> None:
        self.door_title.setText(door.title if door else words.CHOOSE_DOOR)
        self.subtitle.setText(door.subtitle if door else "")
        first = door.chips[0] if door and door.chips else None
        if first is None:
            self.chip.show_fact("")
        else:
            self.chip.show_fact(first.words, first.tone, first.icon)
        self.open_button.set_words(action)
        self.open_button.setVisible(door is not None)
        self.record_button.setVisible(_knocked_on(door))

    def outcomes(self) -> QMenu:
        """The number pad as a menu."""
        menu = QMenu(self)
        for outcome in words.OUTCOMES:
            action = menu.addAction(f"{outcome.digit}　{outcome.words}")
            action.triggered.connect(lambda _checked=False, value=outcome.value: self._press(value))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open_outcomes(self) -> None:
        menu = self.outcomes()
        height = menu.sizeHint().height()
        menu.popup(self.record_button.mapToGlobal(QPoint(0, -height)))

    def _press(self, outcome: int) -> None:
        self.outcome_pressed.emit(outcome)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
