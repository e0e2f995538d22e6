"""The parts of the form together: which are asked after which outcome, and what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.core.domain.visits import NOBODY
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.theme import Look
from gridclient.desktop.visit.checks import ChecksSection
from gridclient.desktop.visit.choosing import CardSection, NextSection, OutcomeSection, PurposesSection
from gridclient.desktop.visit.matters import MattersSection
from gridclient.desktop.visit.section import Section
from gridclient.desktop.visit.view import CheckAnswer, NewMatter, VisitView
from gridclient.desktop.visit.writing import SentenceSection, SinceSection

EMPTY, MOVED = "6", "7"


class FormBody(QWidget):
    """Lights one part at a time and leads from part to part."""

    changed = Signal()
    finished = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: VisitView | None = None
        self.only_visit = False
        """Matters and the card are left out: they are records of their own."""
        self.outcome = OutcomeSection(look)
        self.purposes = PurposesSection(look)
        self.checks = ChecksSection(look)
        self.matters = MattersSection(look)
        self.sentence = SentenceSection(look)
        self.since = SinceSection(look)
        self.card = CardSection(look)
        self.next = NextSection(look)
        self.sections: tuple[Section, ...] = (
            self.outcome,
            self.purposes,
            self.checks,
            self.matters,
            self.since,
            self.sentence,
            self.card,
            self.next,
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for each in self.sections[:-2]:
            self._column.addWidget(each)
        pair = QHBoxLayout()
        pair.addWidget(self.card, 1)
        pair.addWidget(self.next, 2)
        self._column.addLayout(pair)
        self._column.addStretch()
        self.view = Scroll(self)
        for section in self.sections:
            section.lit.connect(lambda section=section: self._light(section))
            section.next_asked.connect(lambda section=section: self._go(section, 1))
            section.back_asked.connect(lambda section=section: self._go(section, -1))
            section.changed.connect(self.changed)
        self.outcome.chosen.connect(self._outcome_chosen)

    def start(self, view: VisitView) -> None:
        """An empty form for this door."""
        self._view = view
        self.outcome.fill("")
        self.purposes.fill(view.purposes)
        self.checks.fill(())
        self.matters.fill(())
        self.sentence.field.set_words("")
        self.since.field.set_words("")
        self.card.show_card(view.card)
        self.card.tick.setChecked(False)
        self.next.choices.choose()
        self._show_parts("")
        for section in self.sections:
            section.forget()

    def draft(self) -> dict[str, object]:
        """Everything written, in plain values a draft can keep."""
        return {
            "outcome": self.outcome.outcome,
            "purposes": list(self.purposes.purposes()),
            "checks": {key: [each.state, each.note] for key, each in self.checks.answers()},
            "matters": [[each.title, each.category, each.exit] for each in self.matters.matters()],
            "summary": self.sentence.said,
            "since": self.since.said,
            "card": self.card.tick.isChecked(),
            "next": self.next.draft(),
        }

    def fill(self, draft: dict[str, object]) -> None:
        """Put a draft back; what it does not hold stays as it is."""
        outcome = _word(draft.get("outcome"))
        self.outcome.fill(outcome)
        self.purposes.fill(_words(draft.get("purposes")))
        checks = draft.get("checks")
        if isinstance(checks, dict):
            pairs = [(key, _words(value)) for key, value in checks.items()]
            self.checks.fill(tuple((key, CheckAnswer(*pair)) for key, pair in pairs if len(pair) == 2))
        matters = draft.get("matters")
        if isinstance(matters, list):
            rows = [_words(each) for each in matters]
            self.matters.fill([NewMatter(*row) for row in rows if len(row) == 3])
        self.sentence.field.set_words(_word(draft.get("summary")))
        self.since.field.set_words(_word(draft.get("since")))
        self.card.tick.setChecked(draft.get("card") is True)
        self._show_parts(outcome)
        self.next.fill(_words(draft.get("next")))

    def asked(self) -> list[Section]:
        """The parts this outcome asks for, in order."""
        return [section for section in self.sections if not section.isHidden()]

    def bad(self) -> bool:
        """Whether some part cannot be read; the keyboard is put there."""
        asked = self.asked()
        if self.matters in asked and not self.matters.check():
            return True
        if self.since in asked and not self.since.check():
            return True
        return not self.next.check()

    def squeeze(self, tight: bool) -> None:
        """Fit a low window."""
        for section in self.sections:
            section.squeeze(tight)
        self.sentence.inline(tight)

    def begin(self) -> None:
        """The keyboard goes to the first part without an answer."""
        waiting = [section for section in self.asked() if not section.is_done()]
        (waiting[0] if not self.outcome.is_done() else self.asked()[1]).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _light(self, lit: Section) -> None:
        for section in self.sections:
            section.set_lit(section is lit)
        self.view.ensureWidgetVisible(lit, 0, self._look.theme.px(8))

    def _go(self, section: Section, step: int) -> None:
        asked = self.asked()
        place = asked.index(section) + step
        if place >= len(asked):
            self.finished.emit()
        elif place >= 0:
            asked[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _outcome_chosen(self, outcome: str) -> None:
        self._show_parts(outcome)
        self._go(self.outcome, 1)

    def _show_parts(self, outcome: str) -> None:
        view = self._view
        if view is None:
            return
        gone, nobody = outcome in (EMPTY, MOVED), outcome in NOBODY
        self.since.ask(moved=outcome == MOVED)
        for section in self.sections:
            section.setVisible(section in self._wanted(gone=gone, nobody=nobody, card=bool(view.card)))
        options = view.try_again if nobody else view.next_time
        hint = "" if nobody or gone else view.next_hint
        self.next.show_options(options, _day(view), hint, light=nobody)

    def _wanted(self, *, gone: bool, nobody: bool, card: bool) -> Sequence[Section]:
        if nobody:
            return (self.outcome, self.next)
        if gone:
            return (self.outcome, self.since, self.sentence, self.next)
        left_out = (self.since, self.matters, self.card) if self.only_visit else (self.since,)
        talk = [each for each in self.sections if each not in left_out]
        return talk if card else [each for each in talk if each is not self.card]


def _day(view: VisitView) -> date:
    return view.started.date()


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _words(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list | tuple) else []
