"""The reading pane: one thing in words, with what can be done with it at the bottom."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card, Chip
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.office import words
from gridclient.desktop.office.view import Part, Reading
from gridclient.desktop.theme import Look, Role, Tone

CHIPS = 2


class Reader(Card):
    """Long texts scroll; Tab leads into them, the arrows move them."""

    acted = Signal()
    edit_asked = Signal()
    copy_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=16, parent=parent)
        self.reading: Reading | None = None
        self._may_write = False
        self._title = PlainLabel(look, words.NOTHING, role=Role.VALUE, bold=True, wrap=True)
        self._chips = [Chip(look) for _ in range(CHIPS)]
        self._aside = PlainLabel(look, role=Role.SMALL, colour="text3", wrap=True)
        self._parts: list[_PartBox] = []
        self.edit_button = Button(look, words.CHANGE, key="F2", icon="pencil")
        self.copy_button = Button(look, words.COPY, key="Ctrl+C", icon="copy")
        self.act_button = Button(look, "", kind=Kind.PRIMARY, key="Enter")
        self.edit_button.clicked.connect(self.edit_asked)
        self.copy_button.clicked.connect(self.copy_asked)
        self.act_button.clicked.connect(self.acted)
        self._build()
        look.changed.connect(self._fit)
        self._fit()
        self.show_reading(None, may_write=False)

    def show_reading(self, reading: Reading | None, *, may_write: bool) -> None:
        """Show this, or that nothing is chosen."""
        self.reading, self._may_write = reading, may_write
        self._title.setText(reading.title if reading is not None else words.NOTHING)
        chips = reading.chips if reading is not None else ()
        for place, chip in enumerate(self._chips):
            chip.show_fact(*(chips[place] if place < len(chips) else ("", Tone.NEUTRAL, "")))
        parts = reading.parts if reading is not None else ()
        while len(self._parts) < len(parts):
            box = _PartBox(self.look)
            self._parts.append(box)
            self._words.insertWidget(self._words.count() - 2, box)
        for place, box in enumerate(self._parts):
            box.show_part(parts[place] if place < len(parts) else None)
        self._aside.setText(reading.aside if reading is not None else "")
        self._aside.setVisible(bool(self._aside.text()))
        self.edit_button.setVisible(reading is not None and may_write)
        self.copy_button.setVisible(reading is not None)
        self.act_button.set_words(reading.action if reading is not None else "")
        self.act_button.setVisible(reading is not None and bool(reading.action))
        self._scroll.setFocusPolicy(
            Qt.FocusPolicy.TabFocus if reading is not None else Qt.FocusPolicy.NoFocus
        )
        self._scroll.verticalScrollBar().setValue(0)

    def _build(self) -> None:
        upper = QWidget()
        self._words = QVBoxLayout(upper)
        self._words.setContentsMargins(0, 0, 0, 0)
        self._words.addWidget(self._title)
        self._chip_row = QHBoxLayout()
        for chip in self._chips:
            self._chip_row.addWidget(chip)
        self._chip_row.addStretch()
        self._words.addLayout(self._chip_row)
        self._words.addWidget(self._aside)
        self._words.addStretch()
        self._scroll = Scroll(upper)
        self._scroll.setAccessibleName(words.READER)
        self.body.addWidget(self._scroll, 1)
        self._tools = QHBoxLayout()
        self._tools.addWidget(self.edit_button)
        self._tools.addWidget(self.copy_button)
        self.body.addLayout(self._tools)
        self.body.addWidget(self.act_button)

    def _fit(self) -> None:
        px = self.look.theme.px
        self._words.setSpacing(px(12))
        self._chip_row.setSpacing(px(8))
        self._tools.setSpacing(px(8))


class _PartBox(QWidget):
    """A heading and the words under it, which the mouse may mark."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._heading = PlainLabel(look, role=Role.SMALL, colour="text3", bold=True)
        self._text = PlainLabel(look, wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard copies everything at once
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._text)
        look.changed.connect(self._fit)
        self._fit()

    def show_part(self, part: Part | None) -> None:
        self.setVisible(part is not None)
        if part is not None:
            self._heading.setText(part.heading)
            self._text.setText(part.words)

    def _fit(self) -> None:
        self._column.setSpacing(self._look.theme.px(3))
