"""What the sheets of matters share: a form, Ctrl+S saves, Esc leaves."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridclient.desktop.household.fields import Form, FormField
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.matters import words
from gridclient.desktop.theme import Look, Tone


class FormSheet(Sheet):
    """Asks a form of fields; ``show_error`` keeps what was typed."""

    def __init__(self, look: Look, host: QWidget, title: str, *, width: int = 640) -> None:
        super().__init__(look, host, title, close=words.CLOSE, width=width)
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

    def ask(self, rows: list[list[FormField]], first: QWidget | None = None) -> Form:
        """Open with these fields, two in a row side by side."""
        if self._scroll is not None:
            self._scroll.hide()
            self._scroll.deleteLater()
        form = self.form = Form(self.look, rows)
        self._scroll = Scroll(form)
        self.body.addWidget(self._scroll, 1)
        form.finished.connect(lambda: self.save_button.setFocus(Qt.FocusReason.TabFocusReason))
        form.changed.connect(lambda: self._error.say(""))
        self._error.say("")
        self.open(first or form.first())
        return form

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
            return
        super().keyPressEvent(event)
