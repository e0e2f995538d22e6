"""Opening a ledger whose passphrase is forgotten: the code of the recovery sheet, and a new passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.theme import Look, Role, Tone
from gridclient.desktop.unlock import words


class RecoverSheet(Sheet):
    """Says ``recover_asked`` with the code and the new passphrase; a refusal comes back by ``show_error``."""

    recover_asked = Signal(str, str)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.RECOVER, close=words.CLOSE, width=560)
        self._error = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self.code = Input(look, words.CODE, hint=words.CODE_HINT)
        self.new = Input(look, words.NEW, hint=words.NEW_HINT, secret=True)
        self.again = Input(look, words.AGAIN, secret=True)
        self.save_button = Button(look, words.RECOVER_BUTTON, kind=Kind.PRIMARY, key="Ctrl+S")
        self._leave = Button(look, words.CLOSE, key="Esc")
        self._fields = (self.code, self.new, self.again)
        self.body.setSpacing(look.theme.px(12))
        self.body.addWidget(PlainLabel(look, words.RECOVER_WHY, role=Role.SECOND, colour="text2", wrap=True))
        self.body.addWidget(self._error)
        for place, field in enumerate(self._fields):
            self.body.addWidget(field)
            field.entered.connect(lambda place=place: self._after(place))
            field.went_back.connect(lambda place=place: self._fields[max(place - 1, 0)].setFocus())
            field.changed.connect(lambda _words: self._error.say(""))
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(self._leave)
        self.foot.addWidget(self.save_button)
        self._leave.clicked.connect(self.escape)
        self.save_button.clicked.connect(self.save)

    def ask(self) -> None:
        """Open, empty."""
        for field in self._fields:
            field.set_words("")
            field.show_error("")
        self._error.say("")
        self.show_busy(False)
        self.open(self.code)

    def show_busy(self, busy: bool) -> None:
        """While the keys are being tried nothing can be pressed."""
        for widget in (*self._fields, self.save_button):
            widget.setEnabled(not busy)

    def show_error(self, sentence: str) -> None:
        """It did not open: why, and what to do; nothing typed is lost."""
        self.show_busy(False)
        self._error.say(sentence)
        self.code.setFocus()

    def save(self) -> None:
        """Judge what is written and say it."""
        faults = (
            (self.code, words.NO_CODE if not self.code.words.strip() else ""),
            (self.new, words.SHORT if len(self.new.words) < words.SHORTEST else ""),
            (self.again, words.DIFFERENT if self.again.words != self.new.words else ""),
        )
        for field, fault in faults:
            field.show_error(fault)
        wrong = next((field for field, fault in faults if fault), None)
        if wrong is not None:
            wrong.setFocus()
            return
        self.show_busy(True)
        self.recover_asked.emit(self.code.words.strip(), self.new.words)

    def escape(self) -> None:
        for field in self._fields:
            field.set_words("")
        self.close_over()

    def _after(self, place: int) -> None:
        if place + 1 < len(self._fields):
            self._fields[place + 1].setFocus()
        else:
            self.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
            return
        super().keyPressEvent(event)
