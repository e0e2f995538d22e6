"""The first start: ready to walk in five minutes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.focus import FocusRing
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.overlay import Rule
from gridclient.desktop.theme import FACTORS, Look, Role, Scheme, Tone
from gridclient.desktop.wizard import words
from gridclient.desktop.wizard.arrival import ArrivalStep
from gridclient.desktop.wizard.secrets import PassphraseStep, SheetStep
from gridclient.desktop.wizard.steps import StepList
from gridclient.desktop.wizard.view import Step, Way, WizardAnswer
from gridclient.desktop.wizard.ways import WayStep

FOLD_AT = 1.25
SMALLEST = (1280, 660)
SCHEMES = (Scheme.LIGHT, Scheme.DARK)


class WizardPage(QWidget):
    """``answered(WizardAnswer)`` when all is known that makes a ledger; the answer comes by ``show_…``.

    A person alone then gets ``show_recovery``; who joined gets ``show_progress``; both end with
    ``show_done``, and ``started`` leaves the wizard. ``restores``: whether old backups can be taken up.
    """

    answered = Signal(object)
    community_asked = Signal(str)
    file_asked = Signal()
    print_asked = Signal(str)
    recovery_copied = Signal()
    stop_asked = Signal()
    started = Signal()
    quit_asked = Signal()
    size_asked = Signal(float)
    scheme_asked = Signal(object)

    def __init__(self, look: Look, app: QApplication, *, restores: bool = True) -> None:
        super().__init__()
        self.look = look
        self._step = Step.WAY
        self._busy = False
        self._done = False
        self.setAutoFillBackground(True)
        self.setWindowTitle(words.BRAND)
        self.setMinimumSize(*SMALLEST)
        self._steps = StepList(look)
        self._place = PlainLabel(look, role=Role.SMALL, colour="text2")
        self._title = PlainLabel(look, words.WAY_TITLE, role=Role.TITLE, bold=True)
        self._why = PlainLabel(look, role=Role.BODY, colour="text2", wrap=True)
        self.ways = WayStep(look, restores=restores)
        self._hint = words.WAY_HINT if restores else words.WAY_HINT_OF_THREE
        self.passphrase = PassphraseStep(look)
        self.sheet = SheetStep(look)
        self.arrival = ArrivalStep(look)
        self._stack = QStackedWidget()
        self.size_choice = Segmented(look, words.SIZES)
        self.size_choice.setAccessibleName(words.SIZE)
        self.scheme_choice = Segmented(look, words.SCHEMES)
        self.scheme_choice.setAccessibleName(words.SCHEME)
        self.back_button = Button(look, words.QUIT, key="Esc")
        self.next_button = Button(look, words.NEXT, kind=Kind.PRIMARY, key="Enter")
        self._ring = FocusRing(look, self, app)
        self._build()
        self._join()
        self._follow()
        self._go(Step.WAY)

    # Data in

    def take_file(self, path: str, shown: str) -> None:
        """A file was picked or dropped; ``shown`` are the words for it."""
        self.ways.take_file(path, shown)

    def show_community(self, name: str) -> None:
        """The computer at the address is the community's."""
        self.ways.show_community(name)

    def show_no_community(self, sentence: str) -> None:
        """Nobody answered at the address."""
        self.ways.show_community(sentence, Tone.WARN)

    def show_busy(self, busy: bool) -> None:
        """The ledger is being made."""
        self._busy = busy
        if busy:
            self._show(self.arrival, words.WORKING, words.WORKING_WHY)
            self.arrival.show_progress(words.WORKING, 0, 0, "", stoppable=False)
        for button in (self.back_button, self.next_button):
            button.setEnabled(not busy)

    def show_error(self, sentence: str, step: Step = Step.WAY, *, code: bool = False) -> None:
        """It did not work: go back to the step that has to be mended. ``code``: it is the code's fault."""
        self.show_busy(False)
        self._go(step)
        if step is Step.PASSPHRASE:
            self.passphrase.show_error(sentence)
        else:
            self.ways.show_error(sentence, code=code)

    def show_recovery(self, code: str) -> None:
        """The ledger is made; its recovery sheet has to be copied."""
        self.show_busy(False)
        self.sheet.show_code(code)
        self._step = Step.REGISTER
        self._show(self.sheet, words.SHEET_TITLE, words.SHEET_WHY)
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, what: str, done: int, total: int, left: str = "") -> None:
        """The register is arriving."""
        self.show_busy(False)
        self._step = Step.REGISTER
        if self._stack.currentWidget() is not self.arrival or self._title.text() != words.REGISTER_TITLE:
            self._show(self.arrival, words.REGISTER_TITLE, words.REGISTER_WHY)
        self.arrival.show_progress(what, done, total, left, stoppable=True)
        usable = self.next_button.isEnabled()
        self.next_button.setEnabled(done > 0)
        if done > 0 and not (usable and self.next_button.hasFocus()):
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_done(self, sentence: str, *, ok: bool = True) -> None:
        """Work can begin."""
        self.show_busy(False)
        self._step, self._done = Step.START, True
        self.arrival.show_finished(sentence, ok=ok)
        self._show(self.arrival, words.DONE_TITLE, "")
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Start at the first question."""
        self._done = False
        self._go(Step.WAY)

    @property
    def is_done(self) -> bool:
        """Whether work can begin."""
        return self._done

    # Inside

    def _answer(self) -> WizardAnswer:
        way = self.ways.way or Way.ALONE
        joining = way is Way.JOIN
        return WizardAnswer(
            way,
            "" if way is Way.DEMO else self.passphrase.first.words,
            self.ways.address.words.strip() if joining else "",
            self.ways.code.code if joining else "",
            self.ways.file if way is Way.OLD else "",
        )

    def _next(self) -> None:
        if self._busy:
            return
        front = self._stack.currentWidget()
        if front is self.ways:
            if self.ways.is_whole():
                self._after_way()
        elif front is self.passphrase:
            if self.passphrase.is_whole():
                self.answered.emit(self._answer())
        elif front is self.sheet:
            if self.sheet.is_whole():
                self.recovery_copied.emit()
        elif self.next_button.isEnabled():
            self.started.emit()

    def _after_way(self) -> None:
        if self.ways.way is Way.DEMO:
            self.answered.emit(self._answer())
        else:
            self._go(Step.PASSPHRASE)

    def _back(self) -> None:
        if self._busy:
            return
        if self._step is Step.PASSPHRASE:
            self._go(Step.WAY)
        elif self._step is Step.WAY:
            self.quit_asked.emit()

    def _go(self, step: Step) -> None:
        self._step = step
        if step is Step.PASSPHRASE:
            way = self.ways.way or Way.ALONE
            old = way is Way.OLD
            self.passphrase.ask(way)
            self._show(
                self.passphrase,
                words.PASSPHRASE_OLD_TITLE if old else words.PASSPHRASE_TITLE,
                words.PASSPHRASE_OLD_WHY if old else words.PASSPHRASE_WHY,
            )
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._show(self.ways, words.WAY_TITLE, self._hint)
            self.ways.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, page: QWidget, title: str, why: str) -> None:
        self._stack.setCurrentWidget(page)
        self._title.setText(title)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._steps.show_step(self._step, self.ways.way)
        self._place.setText(words.step_of(self._step.value + 1))
        first, second = self._step is Step.WAY, self._step is Step.PASSPHRASE
        self.back_button.set_words(words.QUIT if first else words.BACK)
        self.back_button.setVisible(first or second)
        arrived = page is self.arrival
        label = words.SHEET_DONE if page is self.sheet else words.START if arrived else words.NEXT
        self.next_button.set_words(label)

    def _build(self) -> None:
        for page in (self.ways, self.passphrase, self.sheet, self.arrival):
            self._stack.addWidget(page)
        self._foot = QHBoxLayout()
        self._size_label = PlainLabel(self.look, words.SIZE, role=Role.SECOND, colour="text2")
        self._foot.addWidget(self._size_label)
        self._foot.addWidget(self.size_choice)
        self._foot.addWidget(self.scheme_choice)
        self._foot.addStretch()
        self._foot.addWidget(self.back_button)
        self._foot.addWidget(self.next_button)
        self._column = QVBoxLayout()
        for widget in (self._place, self._title, self._why):
            self._column.addWidget(widget)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(Rule(self.look, self))
        self._column.addLayout(self._foot)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._steps)
        self._row.addLayout(self._column, 1)

    def _join(self) -> None:
        for page in (self.ways, self.passphrase, self.sheet):
            page.entered.connect(self._next)
        self.ways.chosen.connect(lambda: self._steps.show_step(self._step, self.ways.way))
        self.ways.community_asked.connect(self.community_asked)
        self.ways.file_asked.connect(self.file_asked)
        self.ways.file_dropped.connect(lambda path: self.take_file(path, path))
        self.sheet.print_asked.connect(self.print_asked)
        self.arrival.stop_asked.connect(self.stop_asked)
        self.next_button.clicked.connect(self._next)
        self.back_button.clicked.connect(self._back)
        self.size_choice.chosen.connect(lambda place: self.size_asked.emit(FACTORS[place]))
        self.scheme_choice.chosen.connect(lambda place: self.scheme_asked.emit(SCHEMES[place]))
        self.look.changed.connect(self._follow)

    def _follow(self) -> None:
        theme = self.look.theme
        px, folded = theme.px, theme.factor >= FOLD_AT
        self._steps.setVisible(not folded)
        self._place.setVisible(folded)
        self._steps.setFixedWidth(px(400))
        side = px(40 if folded else 64)
        self._column.setContentsMargins(side, px(16 if folded else 30), side, px(16 if folded else 28))
        self._column.setSpacing(px(10))
        self._foot.setSpacing(px(12))
        self._size_label.setVisible(theme.factor < 1.5)
        if theme.factor in FACTORS:
            self.size_choice.choose(FACTORS.index(theme.factor))
        self.scheme_choice.choose(SCHEMES.index(theme.scheme))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._next()
        elif ctrl and event.key() == Qt.Key.Key_P and self._stack.currentWidget() is self.sheet:
            self.sheet.print_sheet()
        else:
            super().keyPressEvent(event)
