"""The two sheets: a step of a matter, and a new matter."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridclient.core.domain import codes
from gridclient.core.domain.matters import Matter
from gridclient.core.domain.values import Invalid
from gridclient.desktop.household.fields import ChoiceField, Form, FormField, LineField, Stored
from gridclient.desktop.household.reading import read_phone, read_text
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.matters import words
from gridclient.desktop.matters.view import STATUSES
from gridclient.desktop.theme import Look, Tone

# What is asked for at once; the rest of the list is chosen at the office.
USUAL = ("A", "B1", "B2", "B3", "B4", "B5", "B6", "C3", "Z")


@dataclass(frozen=True, slots=True)
class StepView:
    """The matter a step is written for; ``status`` is what it would come to, ``exit`` the exit chosen."""

    matter: bytes
    title: str
    where: str
    status: str = ""
    exit: str = ""


class _FormSheet(Sheet):
    """A form, Ctrl+S saves, Esc leaves."""

    def __init__(self, look: Look, host: QWidget, title: str) -> None:
        super().__init__(look, host, title, close=words.CLOSE, width=640)
        self.form: Form | None = None
        self._scroll: Scroll | None = None
        self._error = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self._leave = Button(look, words.LEAVE, key="Esc")
        self.save_button = Button(look, words.SAVE, kind=Kind.PRIMARY, key="Ctrl+S")
        self.body.addWidget(self._error)
        self.foot.addStretch()
        self.foot.addWidget(self._leave)
        self.foot.addWidget(self.save_button)
        self._leave.clicked.connect(self.close_over)
        self.save_button.clicked.connect(self.save)
        self.escaped.connect(self.close_over)

    @abstractmethod
    def save(self) -> None:
        """Read the form and say it."""

    def show_error(self, sentence: str) -> None:
        """It could not be saved; nothing typed is lost."""
        self._error.say(sentence)

    def _ask(self, rows: list[list[FormField]]) -> None:
        if self._scroll is not None:
            self._scroll.hide()
            self._scroll.deleteLater()
        form = self.form = Form(self.look, rows)
        self._scroll = Scroll(form)
        self.body.addWidget(self._scroll, 1)
        form.finished.connect(lambda: self.save_button.setFocus(Qt.FocusReason.TabFocusReason))
        form.changed.connect(lambda: self._error.say(""))
        self._error.say("")
        self.open(form.first())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
            return
        super().keyPressEvent(event)


class StepSheet(_FormSheet):
    """``step_saved(matter, status, exit, note, unit)``; an exit fixes the status by itself."""

    step_saved = Signal(bytes, str, str, str, str)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.SHEET_STEP)
        self._view: StepView | None = None

    def write(self, view: StepView) -> None:
        """Open for this matter."""
        self._view = view
        title = words.EXITS[view.exit] if view.exit else words.SHEET_STEP
        self.set_title(title, f"{view.title}，{view.where}" if view.where else view.title)
        note = LineField(self.look, "note", words.NOTE, _read_note, hint=words.NOTE_HINT)
        unit = LineField(self.look, "unit", words.UNIT, str.strip, hint=words.UNIT_HINT)
        rows: list[list[FormField]] = [[note], [unit]]
        if not view.exit:
            shown = [(code, codes.MATTER_STATUS.label(code)) for code in STATUSES]
            status = ChoiceField(self.look, "status", words.TO_STATUS, shown)
            status.fill(view.status)
            rows.insert(0, [status])
        self._ask(rows)

    def save(self) -> None:
        view = self._view
        read = self.form.read() if self.form is not None else None
        if view is None or read is None:
            return
        status = str(read.get("status") or view.status)
        self.step_saved.emit(view.matter, status, view.exit, str(read["note"]), str(read["unit"] or ""))


class NewMatterSheet(_FormSheet):
    """``matter_saved(household, fields)``: the household may be empty, then the place is asked elsewhere."""

    matter_saved = Signal(bytes, dict)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.SHEET_NEW)
        self._household = b""

    def write(self, household: bytes, where: str) -> None:
        """Open for this household; ``where`` are the words for it."""
        self._household = household
        self.set_title(words.SHEET_NEW, where)
        usual: list[tuple[Stored, str]] = [(code, codes.MATTER_CATEGORY.label(code)) for code in USUAL]
        self._ask(
            [
                [
                    LineField(
                        self.look,
                        Matter.title.key,
                        words.WHAT,
                        partial(read_text, Matter.title),
                        hint=words.WHAT_HINT,
                    )
                ],
                [ChoiceField(self.look, Matter.category.key, words.CATEGORY, usual, columns=3)],
                [LineField(self.look, Matter.body.key, words.BODY, partial(read_text, Matter.body))],
                [
                    LineField(
                        self.look, Matter.initiator.key, words.WHO, partial(read_text, Matter.initiator)
                    ),
                    LineField(self.look, Matter.phone.key, words.PHONE, partial(read_phone, Matter.phone)),
                ],
            ]
        )

    def save(self) -> None:
        read = self.form.read() if self.form is not None else None
        if read is not None:
            fields = {key: value for key, value in read.items() if value is not None}
            self.matter_saved.emit(self._household, fields)


def _read_note(typed: str) -> str:
    said = typed.strip()
    if not said:
        raise Invalid(words.SAY_NOTE)
    return said
