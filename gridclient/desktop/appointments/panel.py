"""The side panel: one appointment in words, and what may be said of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gridclient.desktop.appointments import words
from gridclient.desktop.appointments.view import AppointmentRow
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card, Chip
from gridclient.desktop.kit.facts import Facts
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.theme import Look, Role, Tone

ACTS = tuple(words.ACTS)


class AppointmentPanel(Card):
    """``act_asked(state)``, ``visit_asked()`` and ``household_asked()`` are about the one shown."""

    act_asked = Signal(str)
    visit_asked = Signal()
    household_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=16, parent=parent)
        self._row: AppointmentRow | None = None
        self._door = PlainLabel(look, words.NOTHING, role=Role.HEAD, bold=True, wrap=True)
        self._head = PlainLabel(look, role=Role.SECOND, colour="text2", wrap=True)
        self._when = PlainLabel(look, bold=True, wrap=True)
        self._chip = Chip(look)
        self._facts = Facts(look)
        self._household = Button(look, words.HOUSEHOLD, kind=Kind.LINK, key="F7", height=30)
        self._done = PlainLabel(look, words.DONE, role=Role.SMALL, colour="text2")
        self.acts = {
            state: Button(look, name, key=str(place + 1))
            for place, (state, name) in enumerate(words.ACTS.items())
        }
        self.visit = Button(look, words.VISIT, kind=Kind.PRIMARY, key="Enter")
        self._build()
        for state, button in self.acts.items():
            button.clicked.connect(lambda _checked=False, state=state: self.act_asked.emit(state))
        self.visit.clicked.connect(self.visit_asked)
        self._household.clicked.connect(self.household_asked)
        look.changed.connect(self._fit)
        self._fit()
        self.show_row(None)

    @property
    def row(self) -> AppointmentRow | None:
        return self._row

    def allows(self, state: str) -> bool:
        """Whether this may be said of it now; one that is settled needs not be settled again."""
        row = self._row
        return row is not None and row.open and (state != "confirmed" or row.state == "asked")

    def show_row(self, row: AppointmentRow | None) -> None:
        """Show this appointment, or that none is chosen."""
        self._row = row
        some = row is not None
        for widget in (self._head, self._when, self._facts, self._household, self.visit):
            widget.setVisible(some)
        for state, button in self.acts.items():
            button.setVisible(self.allows(state))
        self._done.setVisible(row is not None and not row.open)
        if row is None:
            self._door.setText(words.NOTHING)
            self._chip.show_fact("")
            return
        self._door.setText(row.door)
        self._head.setText("，".join(part for part in (row.head, row.topic) if part))
        self._head.setVisible(bool(self._head.text()))
        self._when.setText(f"{row.day.month}月{row.day.day}日 {row.clock}")
        self._chip.show_fact(row.hint, Tone.BAD if row.late else row.tone)
        self._facts.show_facts(row.facts)

    def _build(self) -> None:
        upper = QWidget()
        self._upper = QVBoxLayout(upper)
        self._upper.setContentsMargins(0, 0, 0, 0)
        for widget in (self._door, self._head, self._when):
            self._upper.addWidget(widget)
        self._upper.addWidget(self._chip)
        self._upper.addWidget(self._facts)
        self._upper.addWidget(self._household, 0, Qt.AlignmentFlag.AlignLeft)
        self._upper.addStretch()
        self.body.addWidget(Scroll(upper), 1)
        self.body.addWidget(self._done)
        self._grid = QGridLayout()
        for place, button in enumerate(self.acts.values()):
            self._grid.addWidget(button, place // 2, place % 2)
        self.body.addLayout(self._grid)
        self.body.addWidget(self.visit)

    def _fit(self) -> None:
        px = self.look.theme.px
        self._upper.setSpacing(px(8))
        self._grid.setSpacing(px(8))
