"""A sheet with a form: Ctrl+S saves, Esc leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridclient.desktop.household.fields import Form, FormField, Stored
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.office import words
from gridclient.desktop.theme import Look, Tone


class FormSheet(Sheet):
    """``saved(record, fields)``: only what differs from what was asked with; an empty id is a new record.

    The sheet stays open until ``close_over``: where saving fails ``show_error`` says why.
    """

    saved = Signal(bytes, dict)

    def __init__(self, look: Look, host: QWidget, title: str, *, width: int = 700) -> None:
        super().__init__(look, host, title, close=words.CLOSE, width=width)
        self.form: Form | None = None
        self._scroll: Scroll | None = None
        self._record = b""
        self._asked: dict[str, Stored] = {}
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

    def ask(self, record: bytes, rows: Sequence[Sequence[FormField]], values: Mapping[str, Stored]) -> None:
        """Open with these fields, filled."""
        if self._scroll is not None:
            self._scroll.hide()
            self._scroll.deleteLater()
        form = self.form = Form(self.look, rows)
        self._record, self._asked = record, dict(values)
        for key, field in form.fields.items():
            field.fill(values.get(key))
        self._scroll = Scroll(form)
        self.body.addWidget(self._scroll, 1)
        form.finished.connect(lambda: self.save_button.setFocus(Qt.FocusReason.TabFocusReason))
        form.changed.connect(lambda: self._error.say(""))
        self._error.say("")
        self.open(form.first())

    def show_error(self, sentence: str) -> None:
        """It could not be saved; nothing typed is lost."""
        self._error.say(sentence)

    def save(self) -> None:
        """Read the form and say what is different."""
        read = self.form.read() if self.form is not None else None
        if read is None:
            return
        changed = {key: value for key, value in read.items() if value != self._asked.get(key)}
        if changed or not self._record:
            self.saved.emit(self._record, changed)
        else:
            self.close_over()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
            return
        super().keyPressEvent(event)
