"""The sheet a visit is written on: saved by two keys, kept as a draft all the while."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridclient.core.domain.values import Invalid
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Picture
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.theme import Look, Role, Tone
from gridclient.desktop.visit import words
from gridclient.desktop.visit.company import Company
from gridclient.desktop.visit.form import FormBody
from gridclient.desktop.visit.view import VisitForm, VisitView
from gridclient.desktop.visit.when import clock, read_when

DRAFT_MS = 300
LOW = 740
WIDTH = 790


class VisitSheet(Sheet):
    """``saved(VisitForm, next_door)`` leaves the sheet open until ``close_over``: where saving fails
    ``show_error`` says why and nothing is lost. ``draft_changed`` comes at rest; ``left`` keeps the draft."""

    saved = Signal(object, bool)
    draft_changed = Signal(dict)
    draft_dropped = Signal()
    left = Signal()

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.TITLE, close=words.CLOSE, width=WIDTH)
        self._view: VisitView | None = None
        self._at: datetime | None = None
        self._offered: dict[str, object] | None = None
        self.form = FormBody(look)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MS)
        self._notice = Notice(look, tone=Tone.NEUTRAL, icon="history")
        self._changed_notice = Notice(look, tone=Tone.WARN, icon="refresh")
        self._error = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self._draft_notice = Notice(look, tone=Tone.ACC, icon="device-floppy")
        self._restore = Button(look, words.RESTORE, height=34, key="Enter")
        self._drop = Button(look, words.DROP, kind=Kind.LINK, height=34)
        self._time = Button(look, "", kind=Kind.LINK, icon="clock", key="Ctrl+T", height=34)
        self._when = Input(look, "", placeholder=words.WHEN_HINT)
        self._when.line.setAccessibleName(words.WHEN)
        self.company = Company(look)
        self._kept = PlainLabel(look, words.DRAFT_WAIT, role=Role.SMALL, colour="text2")
        self._leave = Button(look, words.LEAVE, key="Esc")
        self.save_button = Button(look, words.SAVE_NEXT, kind=Kind.PRIMARY, key="Ctrl+Enter")
        self._build()
        self._join()

    # Data in

    def start(self, view: VisitView) -> None:
        """Open over the host, empty, for this door."""
        self._timer.stop()
        self._view, self._at, self._offered = view, None, None
        self.set_title(words.TITLE, view.door)
        self.company.show_workers(view.workers, view.companions)
        self._show_time()
        for notice in (self._changed_notice, self._error, self._draft_notice):
            notice.say("")
        self._notice.say(view.notice)
        self._kept.setText(words.DRAFT_WAIT)
        self.form.start(view)
        self._timer.stop()
        self.open(self.form.outcome)

    def offer_draft(self, draft: dict[str, object], sentence: str) -> None:
        """A visit to this door was begun and not finished: go on with it, or not."""
        self._offered = draft
        self._draft_notice.say(sentence)
        self._restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore(self, draft: dict[str, object]) -> None:
        """Put a draft back into the form."""
        self._draft_notice.say("")
        self._offered = None
        at = draft.get("at")
        if isinstance(at, str) and at:
            self._at = datetime.fromisoformat(at)
            self._show_time()
        together = draft.get("companions")
        if isinstance(together, list):
            self.company.choose({bytes.fromhex(one) for one in together if isinstance(one, str)})
        self.form.fill(draft)
        self._timer.stop()
        self.form.begin()

    def show_changed(self, sentence: str) -> None:
        """The household changed meanwhile; the form stays as it is."""
        self._changed_notice.say(sentence)

    def show_error(self, sentence: str) -> None:
        """It could not be saved: the sheet stays open with all that was written."""
        self._error.say(sentence, Tone.BAD, "alert-triangle")

    # What a person does

    def draft(self) -> dict[str, object]:
        """Everything written so far, in plain values."""
        return {
            "at": self._at.isoformat() if self._at is not None else "",
            "companions": [id.hex() for id in self.company.chosen()],
            **self.form.draft(),
        }

    def save(self, *, next_door: bool) -> None:
        """Read the form and say it; where something is missing the keyboard goes there."""
        view = self._view
        if view is None:
            return
        if not self.form.outcome.outcome:
            self._error.say(words.PICK_OUTCOME, Tone.WARN, "info-circle")
            self.form.outcome.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._when.isVisible() and not self._take_time():
            return
        if self.form.bad():
            return
        self._error.say("")
        self._timer.stop()
        self.saved.emit(self._read(view), next_door)

    def escape(self) -> None:
        """Leave; what was written stays as a draft."""
        self.keep_now()
        self.close_over()
        self.left.emit()

    def keep_now(self) -> None:
        """What was written since it was last kept goes into the draft at once."""
        if self._timer.isActive():
            self._keep()

    def place(self) -> None:
        super().place()
        px = self.look.theme.px
        self.body.setContentsMargins(px(12), px(4), px(12), px(4))
        self.body.setSpacing(px(4))
        self.form.squeeze(self.height() < px(LOW))
        self._when.setFixedWidth(px(250))

    # Inside

    def _build(self) -> None:
        self._draft_notice.add(self._restore)
        self._draft_notice.add(self._drop)
        self.head.insertWidget(3, self._when)
        self.head.insertWidget(4, self._time)
        self.aside.hide()
        self._when.hide()
        for notice in (self._draft_notice, self._notice, self._changed_notice, self._error):
            self.body.addWidget(notice)
        self.body.addWidget(self.form.view, 1)
        self.form.outcome.top.addWidget(self.company, 5)
        self.foot.addWidget(Picture(self.look, "device-floppy", size=18, colour="ok"))
        self.foot.addWidget(self._kept)
        self.foot.addStretch()
        self.foot.addWidget(self._leave)
        self.foot.addWidget(self.save_button)

    def _join(self) -> None:
        self.form.changed.connect(self._touched)
        self.company.changed.connect(self._touched)
        self.form.finished.connect(lambda: self.save_button.setFocus(Qt.FocusReason.TabFocusReason))
        self._timer.timeout.connect(self._keep)
        self._restore.clicked.connect(self._go_on)
        self._drop.clicked.connect(self._drop_draft)
        self._time.clicked.connect(self._edit_time)
        self._when.entered.connect(self._take_time)
        self._leave.clicked.connect(self.escape)
        self.save_button.clicked.connect(lambda: self.save(next_door=True))

    def _read(self, view: VisitView) -> VisitForm:
        form, asked = self.form, self.form.asked()
        talked = form.purposes in asked
        return VisitForm(
            household=view.household,
            at=self._at or view.started,
            later=self._at is not None,
            outcome=form.outcome.outcome,
            purposes=form.purposes.purposes() if talked else (),
            companions=self.company.chosen(),
            checks=form.checks.answers() if talked else (),
            matters=form.matters.matters() if talked else (),
            summary=form.sentence.said if form.sentence in asked else "",
            card_given=form.card in asked and form.card.tick.isChecked(),
            next_due=form.next.date(),
            since=form.since.date() if form.since in asked else None,
        )

    def _touched(self) -> None:
        self._error.say("")
        self._timer.start()

    def _keep(self) -> None:
        self._timer.stop()
        self.draft_changed.emit(self.draft())
        self._kept.setText(words.DRAFT_KEPT)

    def _go_on(self) -> None:
        if self._offered is not None:
            self.restore(self._offered)

    def _drop_draft(self) -> None:
        self._offered = None
        self._draft_notice.say("")
        self.draft_dropped.emit()
        self.form.begin()

    def _show_time(self) -> None:
        view = self._view
        if view is None:
            return
        shown = words.started(clock(view.started, view.started))
        if self._at is not None:
            shown = words.later(clock(self._at, view.started))
        self._time.set_words(shown)
        self._time.show()
        self._when.hide()

    def _edit_time(self) -> None:
        self._time.hide()
        self._when.show()
        self._when.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_time(self) -> bool:
        view = self._view
        if view is None:
            return False
        if self._when.words.strip():
            try:
                self._at = read_when(self._when.words, view.started)
            except Invalid as error:
                self._error.say(str(error), Tone.WARN, "clock")
                self._when.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        self._error.say("")
        self._show_time()
        self.form.begin()
        self._timer.start()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save(next_door=True)
        elif ctrl and event.key() == Qt.Key.Key_S:
            self.save(next_door=False)
        elif ctrl and event.key() == Qt.Key.Key_T:
            self._edit_time()
        else:
            super().keyPressEvent(event)
