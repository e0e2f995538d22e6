"""The parts of the form that are answered by choosing: outcome, purposes, next time, card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gridclient.core.domain import codes
from gridclient.core.domain.values import Invalid
from gridclient.desktop.kit.choices import Choices, Option
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.tick import Tick
from gridclient.desktop.theme import Look, Role
from gridclient.desktop.visit import words
from gridclient.desktop.visit.section import Section
from gridclient.desktop.visit.view import NextOption
from gridclient.desktop.visit.when import read_next

OUTCOMES = tuple(codes.OUTCOME.labels)
PURPOSES = tuple(codes.PURPOSE.labels)


def quiet(choices: Choices, count: int) -> None:
    """Boxes that a click presses while the keyboard stays with the part they are in."""
    for place in range(count):
        choices.box(place).setFocusPolicy(Qt.FocusPolicy.NoFocus)


class OutcomeSection(Section):
    """One of nine; choosing goes on by itself."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, words.OUTCOME, parent=parent)
        self.choices = Choices(
            look,
            [Option(place, codes.OUTCOME.label(code), code) for place, code in enumerate(OUTCOMES)],
            columns=len(OUTCOMES),
            above=True,
            height=56,
            gap=6,
        )
        quiet(self.choices, len(OUTCOMES))
        self.body.addWidget(self.choices)
        self.choices.picked.connect(self._picked)

    @property
    def outcome(self) -> str:
        chosen = self.choices.chosen()
        return OUTCOMES[chosen[0]] if chosen else ""

    def fill(self, outcome: str) -> None:
        self.choices.choose(*((OUTCOMES.index(outcome),) if outcome in OUTCOMES else ()))
        self.refresh()

    def is_done(self) -> bool:
        return bool(self.outcome)

    def digit(self, place: int) -> bool:
        return self.choices.press_digit(str(place))

    def _picked(self, _place: int) -> None:
        self.say_changed()
        self.chosen.emit(self.outcome)


class PurposesSection(Section):
    """Any of seven."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, words.PURPOSES, parent=parent)
        self.choices = Choices(
            look,
            [Option(place, codes.PURPOSE.label(code), str(place + 1)) for place, code in enumerate(PURPOSES)],
            columns=len(PURPOSES),
            many=True,
            gap=5,
        )
        quiet(self.choices, len(PURPOSES))
        self.body.addWidget(self.choices)
        self.choices.picked.connect(lambda _place: self._picked())

    def purposes(self) -> tuple[str, ...]:
        return tuple(PURPOSES[place] for place in self.choices.chosen())

    def fill(self, purposes: Sequence[str]) -> None:
        self.choices.choose(*(place for place, code in enumerate(PURPOSES) if code in purposes))
        self.refresh()

    def is_done(self) -> bool:
        return bool(self.choices.chosen())

    def digit(self, place: int) -> bool:
        return self.choices.press_digit(str(place))

    def _picked(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.say_changed()


class CardSection(Section):
    """Whether a contact card was given."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, words.CARD, parent=parent)
        self.tick = Tick(look, "", digit="1")
        self.tick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self.tick)
        self.tick.toggled.connect(lambda _given: self.say_changed())

    def show_card(self, card: str) -> None:
        self.tick.setText(card)
        self.tick.setAccessibleName(card)
        self.tick.updateGeometry()

    def is_done(self) -> bool:
        return self.tick.isChecked()

    def digit(self, place: int) -> bool:
        if place == 1:
            self.tick.toggle()
        return place == 1


class NextSection(Section):
    """When to come again: a proposal, or a day written out."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, words.NEXT, parent=parent)
        self._today = date.min
        self._options: tuple[NextOption, ...] = ()
        self._row = QHBoxLayout()
        self.choices = Choices(look, ())
        self.day = Input(look, "", placeholder=words.PICK_HINT)
        self.day.line.setAccessibleName(words.PICK)
        self.day.hide()
        self._hint = PlainLabel(look, role=Role.SMALL, colour="text2")
        self._row.addWidget(self.day)
        self._row.addWidget(self._hint)
        self._row.addStretch()
        self.body.addLayout(self._row)
        self.watch(self.day.line)
        self.day.entered.connect(self._day_entered)
        self.day.went_back.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))

    def show_options(self, options: Sequence[NextOption], today: date, hint: str, *, light: bool) -> None:
        """Propose these; ``light`` takes the first at once."""
        self._today = today
        if tuple(options) != self._options or not self.choices.chosen():
            self._options = tuple(options)
            self._make_choices()
            if light and options:
                self.choices.choose(0)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.refresh()

    def date(self) -> str | None:
        """The day chosen. Raises Invalid for words that are no day."""
        chosen = self.choices.chosen()
        if not chosen:
            return None
        if chosen[0] < len(self._options):
            return self._options[chosen[0]].date
        return read_next(self.day.words, self._today)

    def check(self) -> bool:
        try:
            self.date()
        except Invalid as error:
            self.day.show_error(str(error))
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def draft(self) -> list[str]:
        chosen = self.choices.chosen()
        if not chosen:
            return []
        if chosen[0] < len(self._options):
            return ["date", self._options[chosen[0]].date]
        return ["typed", self.day.words]

    def fill(self, draft: Sequence[str]) -> None:
        dates = [each.date for each in self._options]
        if len(draft) == 2 and draft[0] == "date" and draft[1] in dates:
            self.choices.choose(dates.index(draft[1]))
        elif len(draft) == 2:
            self.choices.choose(len(dates))
            self.day.show()
            self.day.set_words(draft[1])
        self.refresh()

    def is_done(self) -> bool:
        return bool(self.choices.chosen())

    def digit(self, place: int) -> bool:
        return self.choices.press_digit(str(place))

    def _make_choices(self) -> None:
        self._row.removeWidget(self.choices)
        self.choices.hide()
        self.choices.deleteLater()
        labels = [*(each.words for each in self._options), words.PICK]
        options = [Option(place, label, str(place + 1)) for place, label in enumerate(labels)]
        self.choices = Choices(self.look, options, columns=len(options), gap=6)
        quiet(self.choices, len(options))
        self.choices.picked.connect(self._picked)
        self._row.insertWidget(0, self.choices)
        self.day.set_words("")
        self.day.hide()

    def _picked(self, place: int) -> None:
        typed = place == len(self._options)
        self.day.setVisible(typed)
        self._hint.setVisible(not typed and bool(self._hint.text()))
        (self.day if typed else self).setFocus(Qt.FocusReason.OtherFocusReason)
        self.say_changed()

    def _day_entered(self) -> None:
        if self.check():
            self.next_asked.emit()
