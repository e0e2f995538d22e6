"""The page of one matter: how it went, who was called, what is the same, and what may be done now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card, Chip
from gridclient.desktop.kit.facts import Fact, Facts
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Column, Mark, Row, Words
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.timeline import Timeline
from gridclient.desktop.matters import words
from gridclient.desktop.matters.acts import ActGrid
from gridclient.desktop.matters.view import CallLine, MatterFile, SameLine
from gridclient.desktop.theme import Look, Role, Size, Tone

RIGHT = 430
RIGHT_LARGE = 330
LARGE = 1.25
CHIPS = 4
CALL_ROWS = 3


class MatterScreen(Screen):
    """Everything about one matter. Says what a person wants with it and knows nothing of how it is done."""

    step_asked = Signal(bytes, str)
    act_asked = Signal(bytes, str)
    household_asked = Signal(bytes)
    answer_asked = Signal(bytes)
    same_asked = Signal(bytes)
    part_asked = Signal(bytes)
    matter_asked = Signal(bytes)
    history_asked = Signal(bytes)
    back_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._file: MatterFile | None = None
        self._back = Button(look, words.BACK, kind=Kind.LINK, key="Esc", icon="chevron-left", height=32)
        self._title = PlainLabel(look, role=Role.TITLE, bold=True, wrap=True)
        self._where = PlainLabel(look, colour="text2")
        self._chips = [Chip(look) for _ in range(CHIPS)]
        self._course = Card(look)
        self.timeline = Timeline(look, name=words.COURSE)
        self._about = Card(look, words.ABOUT)
        self._facts = Facts(look)
        self._calls = Card(look, words.CALLS)
        self.calls = RowList(
            look, (Column("", 0), Column("", 118, right=True)), name=words.CALLS, two_lines=True
        )
        self._no_calls = PlainLabel(look, words.NO_CALLS, role=Role.SECOND, colour="text2", wrap=True)
        self._answer = Button(look, words.RECORD_ANSWER, key="F4", height=34)
        self._same = Card(look, words.SAME)
        self.same = RowList(look, (Column("", 0), Column("", 84, right=True)), name=words.SAME)
        self._under = PlainLabel(look, role=Role.SECOND, colour="text2", wrap=True)
        self._hang = Button(look, words.HANG, key="F5", height=34)
        self.acts = ActGrid(look, columns=5)
        self.step_button = Button(look, words.STEP, kind=Kind.PRIMARY, key="Enter")
        self._build()
        self._join()
        self._follow()

    @property
    def file(self) -> MatterFile | None:
        return self._file

    def show_file(self, file: MatterFile) -> None:
        """Show this matter."""
        moved = self._file is None or self._file.detail.id != file.detail.id
        self._file = file
        detail = file.detail
        self._title.setText(detail.title)
        self._where.setText(detail.where)
        for place, chip in enumerate(self._chips):
            chip.show_fact(*(detail.chips[place] if place < len(detail.chips) else ("", Tone.NEUTRAL, "")))
        self.timeline.events.set_events(file.events)
        self._facts.show_facts((Fact("info-circle", detail.number), *file.about))
        self.calls.show_rows([_call(line) for line in file.calls])
        self.same.show_rows([_same(line) for line in file.same])
        self.acts.show_acts(() if file.under else detail.acts)
        self.step_button.setVisible(bool(detail.acts) and file.under is None)
        under = file.under
        self._under.setText(
            f"{words.UNDER}{under.title}，{under.where}" if under else "" if file.same else words.NO_SAME
        )
        self._hang.set_words(words.PART if under or file.same else words.HANG)
        self._arrange()
        if moved:
            self.enter()

    def enter(self) -> None:
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.timeline.events.rowCount() and not self.timeline.currentIndex().isValid():
            self.timeline.setCurrentIndex(self.timeline.events.index(0))

    def hints(self) -> tuple[Hint, ...]:
        return words.FILE_HINTS

    def all_keys(self) -> tuple[HintGroup, ...]:
        return words.FILE_KEYS

    def _arrange(self) -> None:
        file = self._file
        some = file is not None and bool(file.calls)
        self.calls.setVisible(some)
        self._answer.setVisible(some and file is not None and any(line.next for line in file.calls))
        self._no_calls.setVisible(not some)
        self._calls.setVisible(some or (file is not None and bool(file.detail.acts)))
        self.same.setVisible(file is not None and bool(file.same))
        self._under.setVisible(bool(self._under.text()))
        row = self.look.theme.px(Size.ROW_TWO)
        self.calls.setFixedHeight(row * min(CALL_ROWS, max(1, self.calls.rows.rowCount())))
        self.same.setFixedHeight(self.look.theme.px(Size.ROW) * min(2, max(1, self.same.rows.rowCount())))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        self._line = QHBoxLayout()
        self._line.addWidget(self._where)
        for chip in self._chips:
            self._line.addWidget(chip)
        self._line.addStretch()
        self._course.body.addWidget(self.timeline, 1)
        self._about.body.addWidget(self._facts)
        for widget in (self.calls, self._no_calls):
            self._calls.body.addWidget(widget)
        self._calls.body.addWidget(self._answer, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.same, self._under):
            self._same.body.addWidget(widget)
        self._same.body.addWidget(self._hang, 0, Qt.AlignmentFlag.AlignLeft)
        left = QVBoxLayout()
        left.addWidget(self._course, 1)
        self._acts = QVBoxLayout()
        self._acts.addWidget(self.acts)
        self._acts.addWidget(self.step_button)
        left.addLayout(self._acts)
        inner = QWidget()
        self._right = QVBoxLayout(inner)
        self._right.setContentsMargins(0, 0, 0, 0)
        for card in (self._about, self._calls, self._same):
            self._right.addWidget(card)
        self._right.addStretch()
        self._side = Scroll(inner)
        self._columns = QHBoxLayout()
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self._side)
        self._page = QVBoxLayout(self)
        self._page.addLayout(head)
        self._page.addLayout(self._line)
        self._page.addLayout(self._columns, 1)
        self._left = left

    def _join(self) -> None:
        self._back.clicked.connect(self.back_asked)
        self._answer.clicked.connect(self._record)
        self._hang.clicked.connect(self._hang_or_part)
        self.acts.asked.connect(self._act)
        self.step_button.clicked.connect(self._step)
        self.timeline.opened.connect(lambda _id: self._step())
        self.calls.opened.connect(lambda _id: self._record())
        self.calls.digit_pressed.connect(lambda _id, digit: self._digit(digit))
        self.same.opened.connect(self.matter_asked)
        self.same.digit_pressed.connect(lambda _id, digit: self._digit(digit))
        self.look.changed.connect(self._follow)

    def _act(self, act: str) -> None:
        if self._file is not None:
            self.act_asked.emit(self._file.detail.id, act)

    def _digit(self, digit: int) -> None:
        act = self.acts.act_of(digit)
        if act is not None:
            self._act(act)

    def _step(self) -> None:
        file = self._file
        if file is not None and file.detail.acts and file.under is None:
            self.step_asked.emit(file.detail.id, file.detail.status)

    def _record(self) -> None:
        """What the unit chosen answered; where none is chosen, the first that still owes one."""
        lines = self._file.calls if self._file is not None else ()
        current = self.calls.current_id() if self.calls.hasFocus() else None
        open_ = [line for line in lines if line.next and current in (None, line.id)]
        if open_:
            self.answer_asked.emit(open_[0].id)

    def _hang_or_part(self) -> None:
        file = self._file
        if file is None:
            return
        if file.under is not None:
            self.part_asked.emit(file.detail.id)
        elif file.same:
            self.part_asked.emit(self.same.current_id() or file.same[0].id)
        else:
            self.same_asked.emit(file.detail.id)

    def _follow(self) -> None:
        theme = self.look.theme
        px = theme.px
        self._page.setContentsMargins(px(Size.PAGE_LEFT), px(10), px(Size.PAGE_RIGHT), px(8))
        self._page.setSpacing(px(8))
        self._line.setSpacing(px(8))
        self._columns.setSpacing(px(16))
        self._left.setSpacing(px(10))
        self._acts.setSpacing(px(8))
        self._right.setSpacing(px(12))
        large = theme.factor >= LARGE
        self.acts.set_columns(3 if large else 5)
        self._side.setFixedWidth(px(RIGHT_LARGE if large else RIGHT))
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        acts = {
            Qt.Key.Key_F4: self._record,
            Qt.Key.Key_F5: self._hang_or_part,
            Qt.Key.Key_F7: self._household,
            Qt.Key.Key_F3: self._history,
            Qt.Key.Key_Return: self._step,
            Qt.Key.Key_Enter: self._step,
        }
        if plain and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._digit(key - Qt.Key.Key_0)
        elif plain and key in acts:
            acts[Qt.Key(key)]()
        else:
            super().keyPressEvent(event)

    def _household(self) -> None:
        if self._file is not None and self._file.detail.household:
            self.household_asked.emit(self._file.detail.household)

    def _history(self) -> None:
        if self._file is not None:
            self.history_asked.emit(self._file.detail.id)


def _call(line: CallLine) -> Row:
    return Row(
        line.id,
        (Words(line.unit, bold=True, free=True), Mark(line.words, line.tone)),
        "，".join(part for part in (line.unit, line.words, line.told) if part),
        (Words(line.told, role=Role.SMALL, colour="text2", free=True), None),
    )


def _same(line: SameLine) -> Row:
    return Row(
        line.id,
        (
            Words(f"{line.title}，{line.where}" if line.where else line.title, role=Role.SECOND, free=True),
            Words(line.when, role=Role.SMALL, colour="text2"),
        ),
        "，".join(part for part in (line.title, line.where, line.when) if part),
    )
