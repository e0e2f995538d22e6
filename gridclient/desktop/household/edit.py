"""The sheet to change a household or a person, and to add a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridclient.core.domain import identity
from gridclient.core.domain.doubts import of_resident
from gridclient.core.domain.people import Household, Resident
from gridclient.desktop.household import edit_words as words
from gridclient.desktop.household.fields import Form, LineField, Stored
from gridclient.desktop.household.forms import form_for
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.theme import Look, Role, Tone

ID = Resident.id_number.key
PHONES = Resident.phones.key
PHONE = Household.phone.key


@dataclass(frozen=True, slots=True)
class EditView:
    """What is to be changed: stored values by field; an empty ``record`` is a person to be added.

    ``masked_id`` and ``masked_phones`` stand for what is not shown and not among ``values``; ``people`` are
    those who may be head. Doubts are told as of ``today``.
    """

    kind: str
    record: bytes
    subtitle: str = ""
    values: Mapping[str, Stored] = field(default_factory=dict)
    masked_id: str = ""
    masked_phones: str = ""
    people: tuple[tuple[bytes, str], ...] = ()
    parent: bytes = b""
    today: date | None = None


class EditSheet(Sheet):
    """Says ``edit_saved(kind, record, fields)`` with only the fields that changed; a new person also
    carries its household under ``household``."""

    edit_saved = Signal(str, bytes, dict)
    number_asked = Signal(bytes)
    left = Signal()

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.EDIT_RESIDENT, close=words.CLOSE, width=700)
        self._view: EditView | None = None
        self.form: Form | None = None
        self._asked_to_leave = False
        self._scroll: Scroll | None = None
        self._changed_notice = Notice(look, tone=Tone.WARN, icon="refresh")
        self._error = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self._rules = PlainLabel(look, words.RULES, role=Role.SMALL, colour="text3")
        self._reveal = Button(look, words.REVEAL, kind=Kind.LINK, height=28)
        self.leave_button = Button(look, words.LEAVE, key="Esc")
        self.save_button = Button(look, words.SAVE, kind=Kind.PRIMARY, key="Ctrl+S")
        self.body.setSpacing(look.theme.px(8))
        for notice in (self._changed_notice, self._error):
            self.body.addWidget(notice)
        self.foot.addWidget(self._rules)
        self.foot.addWidget(self._reveal)
        self.foot.addStretch()
        self.foot.addWidget(self.leave_button)
        self.foot.addWidget(self.save_button)
        self.leave_button.clicked.connect(self._leave)
        self.save_button.clicked.connect(self.save)
        self._reveal.clicked.connect(self._ask_number)

    def edit(self, view: EditView) -> None:
        """Open over the host with these values."""
        self._view = view
        self._asked_to_leave = False
        if self._scroll is not None:
            self._scroll.hide()
            self._scroll.deleteLater()
        form = self.form = form_for(self.look, view.kind, view.people)
        for key, each in form.fields.items():
            each.fill(view.values.get(key))
        self._scroll = Scroll(form)
        self.body.addWidget(self._scroll, 1)
        form.finished.connect(lambda: self.save_button.setFocus(Qt.FocusReason.TabFocusReason))
        form.changed.connect(self._touched)
        number = form.fields.get(ID)
        if isinstance(number, LineField):
            number.input.line.setPlaceholderText(words.id_hint(view.masked_id))
            number.entered.connect(self._fill_from_number)
        for key, hint in ((PHONES, words.phones_hint), (PHONE, words.id_hint)):
            line = form.fields.get(key)
            if isinstance(line, LineField) and view.masked_phones:
                line.input.line.setPlaceholderText(hint(view.masked_phones))
        self._reveal.setVisible(bool(view.masked_id or view.masked_phones))
        self._changed_notice.say("")
        self._error.say("")
        self.set_title(self._heading(view), view.subtitle)
        self.leave_button.set_words(words.LEAVE if view.record else words.LEAVE_NEW)
        self.open(form.first())

    def show_numbers(self, number: str, phones: Sequence[str] = ()) -> None:
        """The whole ID number and telephones, as was asked for; the telephones can be changed now."""
        view, form = self._view, self.form
        if view is None or form is None:
            return
        field_ = form.fields.get(ID)
        if isinstance(field_, LineField):
            field_.input.line.setPlaceholderText(number)
        key = PHONES if PHONES in form.fields else PHONE
        line = form.fields[key]
        if view.masked_phones and isinstance(line, LineField):
            known: Stored = list(phones) if key == PHONES else next(iter(phones), None)
            typed = line.input.words.strip()
            line.fill(known)
            if typed:
                line.input.set_words("、".join(part for part in (line.input.words, typed) if part))
            self._view = replace(view, values={**view.values, key: known}, masked_phones="")
        self._reveal.hide()

    def show_changed(self, sentence: str) -> None:
        """Somebody changed this record meanwhile: what is being typed stays."""
        self._changed_notice.say(sentence)

    def show_error(self, sentence: str) -> None:
        """It could not be saved; nothing typed is lost."""
        self._error.say(sentence)

    def save(self) -> None:
        """Read the form and say what changed."""
        view = self._view
        read = self.form.read() if self.form is not None else None
        if view is None or self.form is None or read is None:
            return
        fields = {key: value for key, value in read.items() if value != _stored(view.values.get(key), value)}
        if view.masked_id and fields.get(ID, "") is None:
            del fields[ID]
        if view.masked_phones and fields.get(PHONES):
            fields[PHONES] = {"add": fields[PHONES], "remove": []}  # nobody takes away what he does not see
        if not fields:
            self._error.say(words.NOTHING, Tone.NEUTRAL, "info-circle")
            return
        doubts = of_resident(read, view.today) if view.today and view.kind == Resident.kind else []
        if not self.form.stands_by(doubts):
            self._error.say(words.doubtful(len(doubts)), Tone.WARN, "alert-triangle")
            return
        if not view.record:
            fields["household"] = view.parent
        self._asked_to_leave = True
        self.edit_saved.emit(view.kind, view.record, fields)

    def escape(self) -> None:
        """Leave; where something was typed the first Esc only says so."""
        if self._dirty() and not self._asked_to_leave:
            self._asked_to_leave = True
            self._error.say(words.UNSAVED, Tone.WARN, "info-circle")
            return
        self._leave()

    def _leave(self) -> None:
        self.close_over()
        self.left.emit()

    def _dirty(self) -> bool:
        view, form = self._view, self.form
        if view is None or form is None:
            return False
        for key, each in form.fields.items():
            try:
                value = each.read()
            except ValueError:
                return True
            if value != _stored(view.values.get(key), value):
                return True
        return False

    def _touched(self) -> None:
        self._asked_to_leave = False
        self._error.say("")

    def _ask_number(self) -> None:
        if self._view is not None:
            self.number_asked.emit(self._view.record)

    def _fill_from_number(self) -> None:
        """A resident's number tells birth and sex: fill in what is still empty."""
        form = self.form
        number = form.fields[ID] if form is not None else None
        if form is None or number is None or not number.check():
            return
        told = identity.told(str(number.read() or ""))
        for key, value in zip((Resident.sex.key, Resident.birth.key), told, strict=True):
            each = form.fields[key]
            if value is not None and each.check() and each.read() is None:
                each.fill(value)

    def _heading(self, view: EditView) -> str:
        if view.kind != Resident.kind:
            return words.EDIT_HOUSEHOLD
        return words.EDIT_RESIDENT if view.record else words.ADD

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
            return
        super().keyPressEvent(event)


def _stored(value: Stored, beside: Stored) -> Stored:
    """An absent list and an empty one are the same."""
    return [] if value is None and isinstance(beside, list) else value
