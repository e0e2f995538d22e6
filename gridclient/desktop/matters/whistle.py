"""吹哨 and 报到: which units are called and for what, and what one of them answered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridclient.core.domain import whistles, work_codes
from gridclient.core.domain.referrals import Referral
from gridclient.core.domain.values import Invalid
from gridclient.desktop.household.fields import ChoiceField, FormField, LineField, Stored
from gridclient.desktop.household.reading import read_text
from gridclient.desktop.kit.choices import Choices, Option
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.matters import words
from gridclient.desktop.matters.form_sheet import FormSheet
from gridclient.desktop.matters.view import CallLine, Unit, WhistleView
from gridclient.desktop.theme import Look, Role

UNITS = "units"
ASKED = "asked"
MOST_UNITS = 12
WIDE_NAME = 15
SORT = "people"


class WhistleSheet(FormSheet):
    """``whistled(matter, units, other, sort, asked)``: ids of units, and one that is in no list."""

    whistled = Signal(bytes, list, str, str, str)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.SHEET_WHISTLE)
        self.save_button.set_words(words.ACTS["whistle"])
        self._view: WhistleView | None = None

    def write(self, view: WhistleView) -> None:
        """Open for this matter."""
        self._view = view
        self.set_title(words.SHEET_WHISTLE, f"{view.title}，{view.where}" if view.where else view.title)
        units = UnitsField(self.look, view.units[:MOST_UNITS])
        other = LineField(
            self.look,
            Referral.unit.key,
            words.OTHER_UNIT,
            partial(read_text, Referral.unit),
            hint=words.OTHER_UNIT_HINT if view.units else words.NO_UNITS,
        )
        sorts: list[tuple[Stored, str]] = list(work_codes.WHISTLE_SORT.labels.items())
        sort = ChoiceField(self.look, Referral.sort.key, words.SORT, sorts, columns=3)
        sort.fill(SORT)
        sort.changed.connect(self._say_until)
        asked = LineField(self.look, ASKED, words.ASKED, _read_asked, hint=words.ASKED_HINT)
        rows: list[list[FormField]] = [[other], [asked], [sort]]
        if view.units:
            rows.insert(0, [units])
        self.ask(rows)
        self._say_until()

    def _say_until(self) -> None:
        view = self._view
        sort = self.form.fields[Referral.sort.key].read() if self.form is not None else None
        if view is not None:
            until = view.until.get(str(sort or SORT), "")
            self.set_title(words.SHEET_WHISTLE, view.title, words.until(until) if until else "")

    def save(self) -> None:
        view = self._view
        read = self.form.read() if self.form is not None else None
        if view is None or read is None:
            return
        units = read.get(UNITS)
        chosen = units if isinstance(units, list) else []
        other = str(read[Referral.unit.key] or "")
        if not chosen and not other:
            self.show_error(words.SAY_UNIT)
            return
        sort = str(read[Referral.sort.key] or SORT)
        self.whistled.emit(view.matter, chosen, other, sort, str(read[ASKED]))


class AnswerSheet(FormSheet):
    """``answered(referral, state, said, rating)``; a rating of 0 is none."""

    answered = Signal(bytes, str, str, int)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.SHEET_ANSWER)
        self._line: CallLine | None = None

    def write(self, line: CallLine) -> None:
        """Open for one unit that was called."""
        self._line = line
        self.set_title(words.SHEET_ANSWER, line.unit, line.words)
        states: list[tuple[Stored, str]] = [(code, words.STATES[code]) for code in line.next]
        state = ChoiceField(self.look, Referral.state.key, words.STATE, states, columns=3)
        said = LineField(
            self.look,
            Referral.opinion.key,
            words.OPINION,
            partial(read_text, Referral.opinion),
            hint=words.OPINION_HINT,
        )
        rows: list[list[FormField]] = [[state], [said]]
        if "closed" in line.next:
            marks: list[tuple[Stored, str]] = [(mark, f"{mark} 分") for mark in whistles.RATINGS]
            rows.append([ChoiceField(self.look, Referral.rating.key, words.RATING, marks)])
        self.ask(rows)

    def save(self) -> None:
        line = self._line
        read = self.form.read() if self.form is not None else None
        if line is None or read is None:
            return
        state, said = read[Referral.state.key], str(read[Referral.opinion.key] or "")
        if not state:
            self.show_error(words.SAY_STATE)
        elif state == "refused" and not said:
            self.show_error(words.SAY_REASON)
        else:
            rating = read.get(Referral.rating.key)
            self.answered.emit(line.id, str(state), said, rating if isinstance(rating, int) else 0)


class UnitsField(FormField):
    """Several units: digits take one in or out, those that handle such matters come first."""

    def __init__(self, look: Look, units: Sequence[Unit]) -> None:
        super().__init__(UNITS)
        self._look = look
        self._units = [unit.id for unit in units]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.UNITS)
        self._label = PlainLabel(look, f"{words.UNITS}（{words.UNITS_HINT}）", role=Role.SECOND, bold=True)
        wide = any(len(unit.name) > WIDE_NAME for unit in units)
        self.choices = Choices(
            look,
            [
                Option(place, unit.name, str(place + 1) if place < 9 else "")
                for place, unit in enumerate(units)
            ],
            columns=1 if wide else 2,
            many=True,
        )
        for place, unit in enumerate(units):
            box = self.choices.box(place)
            box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            box.setToolTip(unit.about)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._label)
        self._column.addWidget(self.choices)
        self.choices.changed.connect(self.changed)
        look.changed.connect(self._follow)
        self._follow()

    def read(self) -> Stored:
        return [self._units[place] for place in self.choices.chosen()]

    def fill(self, value: Stored) -> None:
        chosen = value if isinstance(value, list) else []
        self.choices.choose(*(place for place, unit in enumerate(self._units) if unit in chosen))

    def show_error(self, words: str, *, doubt: bool = False) -> None:
        """Nothing can be wrong with it by itself."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (plain or shift):
            (self.went_back if shift else self.entered).emit()
        elif not (plain and event.text().isdigit() and self.choices.press_digit(event.text())):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            around = QRectF(self.choices.geometry()).adjusted(0, -5, 0, 5)
            Ink(painter, self._look).box(around, fill="sel", line="acc", width=2, radius=10)
            painter.end()

    def _follow(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 6)
        self._column.setSpacing(self._look.theme.px(6))


def _read_asked(typed: str) -> str:
    said = typed.strip()
    if not said:
        raise Invalid(words.SAY_ASKED)
    return said
