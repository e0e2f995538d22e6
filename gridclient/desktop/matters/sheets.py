"""The two sheets: a step of a matter, and a new matter."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gridclient.core.domain import codes, matter_course, work_codes
from gridclient.core.domain.declaration import Field
from gridclient.core.domain.matters import Matter, MatterStep
from gridclient.core.domain.values import Invalid
from gridclient.desktop.household.fields import ChoiceField, FormField, LineField, Stored
from gridclient.desktop.household.reading import read_phone, read_text
from gridclient.desktop.matters import words
from gridclient.desktop.matters.form_sheet import FormSheet
from gridclient.desktop.matters.view import STATUSES, StepView
from gridclient.desktop.theme import Look

# What is asked for at once; the rest of the list is chosen at the office.
USUAL = ("A", "B1", "B2", "B3", "B4", "B5", "B6", "C3", "C4")
DAYS = "days"
TEMPLATE = "template"
# Who has heard the answer marks it; what nobody could be asked about is not among the answers.
ANSWERS = ("good", "fair", "bad", "unreached")


class StepSheet(FormSheet):
    """``step_saved(matter, status, fields)``; an act fixes the status by itself."""

    step_saved = Signal(bytes, str, dict)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.SHEET_STEP)
        self._view: StepView | None = None

    def write(self, view: StepView) -> None:
        """Open for this matter."""
        self._view = view
        title = words.ACTS[view.act] if view.act else words.SHEET_STEP
        self.set_title(title, f"{view.title}，{view.where}" if view.where else view.title)
        self.ask(self._rows(view))

    def _rows(self, view: StepView) -> list[list[FormField]]:
        explains = view.act == matter_course.EXPLAIN
        hint = words.EXPLAIN_HINT if explains else words.NOTE_HINT
        note = LineField(
            self.look,
            MatterStep.note.key,
            words.NOTE,
            _read_explanation if explains else _read_note,
            hint=hint,
        )
        unit = LineField(
            self.look,
            MatterStep.unit.key,
            words.UNIT,
            partial(read_text, MatterStep.unit),
            hint=words.UNIT_HINT,
        )
        if view.act == matter_course.REVISIT:
            asked = [(code, work_codes.SATISFACTION.label(code)) for code in ANSWERS]
            answer = _Asked(
                self.look, MatterStep.satisfaction.key, words.ANSWER, asked, words.SAY_ANSWER, columns=4
            )
            return [[answer], [note]]
        if view.act == matter_course.CLOSE:
            results = [(code, label) for code, label in work_codes.RESULT_TYPE.labels.items()]
            levels: list[tuple[Stored, str]] = list(work_codes.SOLVED_LEVEL.labels.items())
            level = ChoiceField(self.look, MatterStep.level.key, words.LEVEL, levels, columns=4)
            level.fill("community")
            result = _Asked(
                self.look, MatterStep.result.key, words.RESULT, results, words.SAY_RESULT, columns=3
            )
            return [[result], [level], [note]]
        if view.act:
            return [[note], [unit]] if view.act == matter_course.ESCALATE else [[note]]
        shown: list[tuple[Stored, str]] = [(code, codes.MATTER_STATUS.label(code)) for code in STATUSES]
        status = ChoiceField(self.look, MatterStep.status.key, words.TO_STATUS, shown)
        status.fill(view.status)
        return [[status], [note], [unit]]

    def save(self) -> None:
        view = self._view
        read = self.form.read() if self.form is not None else None
        if view is None or read is None:
            return
        status = str(read.pop(MatterStep.status.key, None) or view.status)
        if view.act:
            status = matter_course.status_after(view.act, str(read.get(MatterStep.satisfaction.key) or ""))
        fields = {key: value for key, value in read.items() if value}
        if view.act in codes.MATTER_EXIT.labels:
            fields[MatterStep.exit.key] = view.act
        self.step_saved.emit(view.matter, status, fields)


class NewMatterSheet(FormSheet):
    """``matter_saved(household, fields)``: the household may be empty, then the place is asked elsewhere.

    A digit takes one of the usual matters whole; ``fields`` has the working days it may take under DAYS.
    """

    matter_saved = Signal(bytes, dict)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.SHEET_NEW, width=774)
        self._household = b""

    def write(self, household: bytes, where: str) -> None:
        """Open for this household; ``where`` are the words for it."""
        self._household = household
        self.set_title(words.SHEET_NEW, where)
        usual: list[tuple[Stored, str]] = [
            (place, each.title) for place, each in enumerate(matter_course.TEMPLATES)
        ]
        template = ChoiceField(self.look, TEMPLATE, words.TEMPLATES, usual, columns=5)
        template.changed.connect(self._take)
        secret = ChoiceField(self.look, Matter.confidential.key, words.SECRET, [(True, words.SECRET_YES)])
        self.ask(
            [
                [template],
                [self._line(Matter.title, words.WHAT, words.WHAT_HINT)],
                [self._categories()],
                [self._days()],
                [self._line(Matter.body, words.BODY), secret],
                [
                    self._line(Matter.initiator, words.WHO),
                    LineField(self.look, Matter.phone.key, words.PHONE, partial(read_phone, Matter.phone)),
                ],
            ]
        )

    def _line(self, field: Field, label: str, hint: str = "") -> LineField:
        return LineField(self.look, field.key, label, partial(read_text, field), hint=hint)

    def _categories(self) -> ChoiceField:
        usual: list[tuple[Stored, str]] = [(code, codes.MATTER_CATEGORY.label(code)) for code in USUAL]
        field = ChoiceField(self.look, Matter.category.key, words.CATEGORY, usual, columns=4)
        field.changed.connect(self._usual_days)
        return field

    def _days(self) -> ChoiceField:
        shown: list[tuple[Stored, str]] = list(words.DUE_DAYS)
        return ChoiceField(self.look, DAYS, f"{words.DUE}（{words.DUE_NAME}）", shown, columns=6)

    def _take(self) -> None:
        """One of the usual ones: its title may still be changed."""
        fields = self.form.fields if self.form is not None else {}
        place = fields[TEMPLATE].read() if fields else None
        if not isinstance(place, int):
            return
        chosen = matter_course.TEMPLATES[place]
        fields[Matter.title.key].fill(chosen.title)
        fields[Matter.category.key].fill(chosen.category)
        fields[DAYS].fill(chosen.workdays)
        fields[Matter.title.key].setFocus(Qt.FocusReason.TabFocusReason)

    def _usual_days(self) -> None:
        fields = self.form.fields if self.form is not None else {}
        category = fields[Matter.category.key].read() if fields else None
        if isinstance(category, str):
            fields[DAYS].fill(matter_course.workdays(category))

    def save(self) -> None:
        read = self.form.read() if self.form is not None else None
        if read is not None:
            del read[TEMPLATE]
            fields = {key: value for key, value in read.items() if value is not None}
            self.matter_saved.emit(self._household, fields)


class _Asked(ChoiceField):
    """A choice that has to be made; ``say`` tells which."""

    def __init__(
        self,
        look: Look,
        key: str,
        label: str,
        options: list[tuple[str, str]],
        say: str,
        *,
        columns: int,
    ) -> None:
        shown: list[tuple[Stored, str]] = list(options)
        super().__init__(look, key, label, shown, columns=columns)
        self._say = say

    def read(self) -> Stored:
        chosen = super().read()
        if chosen is None:
            raise Invalid(self._say)
        return chosen


def _read_note(typed: str) -> str:
    said = typed.strip()
    if not said:
        raise Invalid(words.SAY_NOTE)
    return said


def _read_explanation(typed: str) -> str:
    said = typed.strip()
    if len(said) < matter_course.EXPLAINED:
        raise Invalid(words.SAY_MORE)
    return said
