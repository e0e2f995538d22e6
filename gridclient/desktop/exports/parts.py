"""The three questions of an export: what, of where and when, how the numbers look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gridclient.desktop.exports import words
from gridclient.desktop.exports.view import ExportsView
from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.card import Card
from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.picker import Item, Picker
from gridclient.desktop.kit.tick import Tick
from gridclient.desktop.theme import Look, Role

OWN = len(words.PERIODS) - 1
"""The place of the switch at which days are typed."""
WHOLE = 1


class WhatCard(Card):
    """Which table, or which form; one of the person's own may be brought along."""

    form_asked = Signal()
    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, words.WHAT)
        self.table = Picker(look, name=words.WHAT, bold=True)
        self.form = Button(look, words.FORM)
        self.flat = Tick(look, words.FLAT)
        self._own: tuple[Item, ...] = ()
        self._given: tuple[Item, ...] = ()
        self._row = QHBoxLayout()
        self._row.addWidget(self.table, 1)
        self._row.addWidget(self.form)
        self.body.addLayout(self._row)
        self.body.addWidget(PlainLabel(look, words.FORM_WHY, role=Role.SMALL, colour="text2", wrap=True))
        self.body.addWidget(self.flat)
        self.form.clicked.connect(self.form_asked)
        self.table.picked.connect(lambda _: self.changed.emit())
        self._row.setSpacing(look.theme.px(10))

    def show_tables(self, tables: Sequence[Item]) -> None:
        self._given = tuple(tables)
        self.table.show_items([*self._given, *self._own], self.table.current or self._given[0].id)

    def add_form(self, form: Item) -> None:
        """Offer a form of the person's own, and choose it."""
        self._own = (*(one for one in self._own if one.id != form.id), form)
        self.table.show_items([*self._given, *self._own], form.id)
        self.changed.emit()


class WhereCard(Card):
    """Which part of the community, and which days."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, words.AREA)
        self.area = Picker(look, name=words.AREA)
        self.period = Segmented(look, words.PERIODS)
        self.since = Input(look, words.SINCE, hint=words.DAY_HINT)
        self.until = Input(look, words.UNTIL)
        self._head = PlainLabel(look, words.PERIOD, role=Role.SECOND, bold=True)
        self._days = QWidget()
        row = QHBoxLayout(self._days)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.since)
        row.addWidget(self.until)
        row.setSpacing(look.theme.px(12))
        for each in (self.area, self._head, self.period, self._days):
            self.body.addWidget(each)
        self._periods: tuple[tuple[str, str], ...] = ()
        self._dated = True
        self.period.chosen.connect(lambda _: self._follow_period())
        self._days.hide()

    def show_choices(self, view: ExportsView) -> None:
        self._periods = view.periods
        self.area.show_items(view.areas, view.areas[0].id if self.area.current is None else None)

    def show_dated(self, dated: bool) -> None:
        """A table of now takes no days."""
        self._dated = dated
        for each in (self._head, self.period):
            each.setVisible(dated)
        self._follow_period()

    def days(self) -> tuple[str, str]:
        """First and last day, "" for none."""
        if not self._dated:
            return "", ""
        if self.period.current == OWN:
            return self.since.words.strip(), self.until.words.strip()
        return self._periods[self.period.current]

    def fault(self) -> bool:
        """Says what is missing where days are to be typed and none is."""
        missing = self._dated and self.period.current == OWN and self.days() == ("", "")
        self.since.show_error(words.NO_DAY if missing else "")
        if missing:
            self.since.setFocus()
        return missing

    def _follow_period(self) -> None:
        self._days.setVisible(self._dated and self.period.current == OWN)


class NumbersCard(Card):
    """Masked, or whole for a purpose where the person may."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, words.NUMBERS)
        self.switch = Segmented(look, words.MASKED)
        self.purpose = Input(look, words.PURPOSE, hint=words.PURPOSE_HINT)
        self._why = PlainLabel(look, words.MASKED_WHY, role=Role.SMALL, colour="text2", wrap=True)
        for each in (self.switch, self.purpose, self._why):
            self.body.addWidget(each)
        self._may = True
        self.switch.chosen.connect(lambda _: self._follow_switch())
        self._follow_switch()

    def show_right(self, may: bool) -> None:
        """Whether whole numbers may be taken out at all."""
        self._may = may
        if not may:
            self.switch.choose(0)
        self.switch.setVisible(may)
        self._follow_switch()

    def whole(self) -> bool:
        return self._may and self.switch.current == WHOLE

    def fault(self) -> bool:
        """Says what is missing where a purpose has to be given."""
        missing = self.whole() and not self.purpose.words.strip()
        self.purpose.show_error(words.NO_PURPOSE if missing else "")
        if missing:
            self.purpose.setFocus()
        return missing

    def _follow_switch(self) -> None:
        self.purpose.setVisible(self.whole())
        why = words.WHOLE_WHY if self.whole() else words.MASKED_WHY
        self._why.setText(why if self._may else f"{words.MASKED_WHY}{words.NOT_ALLOWED}")
