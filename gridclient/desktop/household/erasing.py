"""The sheet before a household is erased for good: what goes, what stays, why, and the name once more."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gridclient.desktop.household import moving_words as words
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.theme import Look, Tone


@dataclass(frozen=True, slots=True)
class ErasingView:
    """A household, what has to be written to mean it, and in words what lies in it (居民 3 条)."""

    household: bytes
    door: str
    name: str
    contents: str


class ErasingSheet(Sheet):
    """Says ``erase_decided(household, reason)`` only where the name was written again."""

    erase_decided = Signal(bytes, str)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.ERASE, close=words.CLOSE, width=620)
        self._view = ErasingView(b"", "", "", "")
        self._error = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self._warning = Notice(look, tone=Tone.WARN, icon="alert-triangle")
        self._gone = PlainLabel(look, wrap=True)
        self._kept = PlainLabel(look, words.ERASE_KEPT, colour="text2", wrap=True)
        self._again = PlainLabel(look, bold=True, wrap=True)
        self.why = Input(look, words.ERASE_WHY, hint=words.ERASE_WHY_HINT)
        self.name = Input(look, "")
        self.erase_button = Button(look, words.ERASE_DO, kind=Kind.DANGER)
        self._keep = Button(look, words.ERASE_KEEP, key="Esc")
        self.body.setSpacing(look.theme.px(14))
        for widget in (self._error, self._warning, self._gone, self._kept, self.why, self._again, self.name):
            self.body.addWidget(widget)
        self.body.addStretch()
        self.foot.addStretch()
        self.foot.addWidget(self.erase_button)
        self.foot.addWidget(self._keep)
        self.why.entered.connect(lambda: self.name.setFocus(Qt.FocusReason.TabFocusReason))
        self.name.went_back.connect(lambda: self.why.setFocus(Qt.FocusReason.TabFocusReason))
        self.name.entered.connect(lambda: self.erase_button.setFocus(Qt.FocusReason.TabFocusReason))
        self.erase_button.clicked.connect(self._erase)
        self._keep.clicked.connect(self.escape)

    def show_household(self, view: ErasingView) -> None:
        """Open, with nothing written."""
        self._view = view
        self.set_title(words.ERASE, view.door)
        self._error.say("")
        self._warning.say(words.ERASE_WHAT)
        self._gone.setText(words.ERASE_GONE.format(view.contents))
        again = words.ERASE_NAME.format(view.name)
        self._again.setText(again)
        self.name.line.setAccessibleName(again)
        self.why.set_words("")
        self.name.set_words("")
        self.open(self.why)

    def show_error(self, sentence: str) -> None:
        """It was not erased, and why."""
        self._error.say(sentence)

    def escape(self) -> None:
        self.close_over()

    def _erase(self) -> None:
        if not self.why.words.strip():
            self.why.show_error(words.ERASE_NO_WHY)
            self.why.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.name.words.strip() != self._view.name:
            self.name.show_error(words.ERASE_NOT_SAME)
            self.name.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.erase_decided.emit(self._view.household, self.why.words.strip())
