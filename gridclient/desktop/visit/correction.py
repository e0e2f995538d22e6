"""The sheet on which a visit that was written down is corrected."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gridclient.desktop.kit.field import Input
from gridclient.desktop.theme import Look, Tone
from gridclient.desktop.visit import words
from gridclient.desktop.visit.sheet import VisitSheet
from gridclient.desktop.visit.view import VisitForm, VisitView
from gridclient.desktop.visit.when import clock

WHY_WIDTH = 260


class CorrectionSheet(VisitSheet):
    """``corrected(VisitForm, reason)`` leaves the sheet open until ``close_over``. Nothing typed here is kept
    as a draft: what stands already is a visit."""

    corrected = Signal(object, str)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host)
        self._asks_why = False
        self.form.only_visit = True
        self.why = Input(look, "", placeholder=words.WHY)
        self.why.line.setAccessibleName(words.WHY)
        self.foot.insertWidget(self.foot.count() - 2, self.why)
        self.save_button.set_words(words.CORRECT, key="Ctrl+S")
        self._leave.set_words(words.LEAVE_AS_IT_IS, key="Esc")
        self.saved.connect(lambda form, _next: self._say(form))

    def correct(self, view: VisitView, written: dict[str, object], *, asks_why: bool) -> None:
        """Open over the host with what was written; ``asks_why``: somebody else wrote it."""
        self.start(view)
        self._asks_why = asks_why
        self.set_title(words.CORRECT_TITLE, view.door)
        self._kept.setText(words.KEPT_IN_HISTORY)
        self.why.set_words("")
        self.why.setVisible(asks_why)
        self.restore(written)
        self.form.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        super().place()
        self.why.setFixedWidth(self.look.theme.px(WHY_WIDTH))

    def _say(self, form: VisitForm) -> None:
        reason = self.why.words.strip()
        if self._asks_why and not reason:
            self._error.say(words.WHY_NEEDED, Tone.WARN, "info-circle")
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.corrected.emit(form, reason)

    def _show_time(self) -> None:
        super()._show_time()
        if self._view is not None:
            self._time.set_words(clock(self._at or self._view.started, self._view.started))

    def _keep(self) -> None:
        self._timer.stop()
