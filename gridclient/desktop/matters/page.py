"""诉求: what waits and how long is left; the clock comes first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.core.domain import codes
from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.card import Card, EmptyState
from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.ink import CENTRE, Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.rowlist import ColumnHeads, RowList, spans
from gridclient.desktop.kit.rows import Column, Mark, Row, Steps, Words
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.matters import words
from gridclient.desktop.matters.board import Board
from gridclient.desktop.matters.filters import FilterRow
from gridclient.desktop.matters.panel import MatterPanel
from gridclient.desktop.matters.view import STATUSES, Filter, MatterDetail, MatterRow, MattersView
from gridclient.desktop.theme import Look, Role, Size

COLUMNS = (Column(words.HEADS[0], 100), Column(words.HEADS[1], 0), Column(words.HEADS[2], 100, shed=1))
STEPS = Column("", 250, shed=2)


class MattersPage(Screen):
    """A list with its side panel, or a board. Says which matter is chosen (its detail comes by
    ``show_detail``) and what a person wants with it."""

    filter_chosen = Signal(object)
    matter_chosen = Signal(bytes)
    step_asked = Signal(bytes, str)
    act_asked = Signal(bytes, str)
    file_asked = Signal(bytes)
    matter_new_asked = Signal()
    household_asked = Signal(bytes)
    board_chosen = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._view = MattersView()
        self._told: bytes | None = None
        self._title = PlainLabel(look, words.TITLE, role=Role.TITLE, bold=True)
        self._summary = PlainLabel(look, colour="text2")
        self.views = Segmented(look, words.VIEWS)
        self._new = Button(look, words.NEW, icon="plus", key="Ctrl+N")
        self.filters = FilterRow(look)
        self._card = Card(look, padding=1)
        self._heads = _Heads(look, (*COLUMNS, STEPS))
        self.list = RowList(look, (*COLUMNS, STEPS), name=words.LIST, two_lines=True)
        self.board = Board(look)
        self._empty = EmptyState(look, words.EMPTY, icon="message-report", action=words.NEW)
        self.panel = MatterPanel(look)
        self._build()
        self._join()
        self._follow()

    @property
    def on_board(self) -> bool:
        return self.views.current == 1

    def show_matters(self, view: MattersView) -> None:
        """Show these rows; the current one stays current."""
        working = self.list.hasFocus() or self.board.has_focus() or self._empty.action.hasFocus()
        self._view = view
        self._summary.setText(view.summary)
        self.filters.show_counts(view.counts)
        self.filters.choose(view.filter)
        self._told = None
        self.list.show_rows([_row(each) for each in view.rows])
        self.board.show_rows(self._on_board())
        self._arrange()
        if working:
            self.enter()
        if view.filter is Filter.OPEN:
            self._empty.say(words.EMPTY, action=words.NEW)
        else:
            self._empty.say(words.filter_empty(words.FILTERS[view.filter]), action=words.SEE_ALL)
        current = self.current_id()
        if not self._any():
            self.panel.show_detail(None)
        elif current is not None and current != self._told:
            self._tell(current)  # the same one may have moved on

    def show_detail(self, detail: MatterDetail) -> None:
        """The chosen matter in words."""
        self.panel.show_detail(detail)

    def show_board(self, board: bool) -> None:
        """Show the board, or the list; says nothing."""
        self.views.choose(int(board))
        self._arrange()

    def current_id(self) -> bytes | None:
        return self.board.current_id() if self.on_board else self.list.current_id()

    def choose(self, id: bytes) -> None:
        """Make this matter the current one."""
        self.list.choose(id)
        if self.on_board:
            self.board.choose(id)

    def enter(self) -> None:
        if not self._any():
            self._empty.action.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.on_board:
            self.board.enter()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def hints(self) -> tuple[Hint, ...]:
        return words.HINTS

    def all_keys(self) -> tuple[HintGroup, ...]:
        return words.ALL_KEYS

    def _on_board(self) -> tuple[MatterRow, ...]:
        """The board shows all steps at once, so what is done with stands there too."""
        with_done = self._view.filter is Filter.OPEN
        return (*self._view.rows, *self._view.done) if with_done else self._view.rows

    def _any(self) -> bool:
        return bool(self._on_board() if self.on_board else self._view.rows)

    def _arrange(self) -> None:
        some, board = self._any(), self.on_board
        for widget in (self._heads, self.list):
            widget.setVisible(some and not board)
        self._empty.setVisible(not some)
        self._card.setVisible(not (some and board))
        self.board.setVisible(some and board)
        self.panel.setVisible(not board)
        self._fit_summary()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._summary)
        head.addStretch()
        head.addWidget(self.views)
        head.addWidget(self._new)
        self._card.body.addWidget(self._heads)
        self._card.body.addWidget(self.list, 1)
        self._card.body.addWidget(self._empty, 1)
        self._left = QVBoxLayout()
        self._left.addLayout(head)
        self._left.addWidget(self.filters)
        self._left.addWidget(self._card, 1)
        self._left.addWidget(self.board, 1)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._left, 1)
        self._row.addWidget(self.panel)

    def _join(self) -> None:
        self.filters.chosen.connect(self.filter_chosen)
        for listing in (self.list, self.board):
            listing.current_changed.connect(self._tell)
            listing.opened.connect(lambda _id: self._step())
            listing.digit_pressed.connect(lambda _id, digit: self._digit(digit))
            listing.space_pressed.connect(lambda _id: self._file())
        self.panel.act_asked.connect(self._act)
        self.panel.step_asked.connect(self._step)
        self.panel.household_asked.connect(self._household)
        self.panel.file_asked.connect(self._file)
        self.views.chosen.connect(lambda place: self._turn(board=place == 1))
        self._new.clicked.connect(self.matter_new_asked)
        self._empty.acted.connect(self._empty_acted)
        self.look.changed.connect(self._follow)

    def _tell(self, id: bytes) -> None:
        self._told = id
        self.matter_chosen.emit(id)

    def _turn(self, *, board: bool) -> None:
        current = self.current_id()
        self.show_board(board)
        self.board_chosen.emit(board)
        if current is not None:
            self.choose(current)
        self.enter()

    def _step(self) -> None:
        detail = self.panel.detail
        if detail is not None and detail.acts:
            self.step_asked.emit(detail.id, detail.status)

    def _digit(self, digit: int) -> None:
        """An act the step does not allow does nothing."""
        act = self.panel.acts.act_of(digit)
        if act is not None:
            self._act(act)

    def _act(self, act: str) -> None:
        detail = self.panel.detail
        if detail is not None:
            self.act_asked.emit(detail.id, act)

    def _file(self) -> None:
        detail = self.panel.detail
        if detail is not None and detail.steps:
            self.file_asked.emit(detail.id)

    def _household(self) -> None:
        detail = self.panel.detail
        if detail is not None and detail.household:
            self.household_asked.emit(detail.household)

    def _empty_acted(self) -> None:
        if self._view.filter is Filter.OPEN:
            self.matter_new_asked.emit()
        else:
            self.filters.choose(Filter.OPEN)
            self.filter_chosen.emit(Filter.OPEN)

    def _follow(self) -> None:
        theme = self.look.theme
        px = theme.px
        self._row.setContentsMargins(px(Size.PAGE_LEFT), px(12), px(Size.PAGE_RIGHT), px(8))
        self._row.setSpacing(px(16))
        self._left.setSpacing(px(10))
        self._card.body.setSpacing(0)
        self.panel.setFixedWidth(px(Size.SIDE))
        self._fit_summary()

    def _fit_summary(self) -> None:
        """The sentence of state stands beside the title where it has the room; the pills tell it too."""
        px = self.look.theme.px
        panel = 0 if self.on_board else self.panel.width() + px(16)
        room = self.width() - px(Size.PAGE_LEFT) - px(Size.PAGE_RIGHT) - panel
        parts = (self._title, self._summary, self.views, self._new)
        needed = sum(each.sizeHint().width() for each in parts) + len(parts) * px(12)
        self._summary.setVisible(needed <= room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_summary()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        place = event.key() - Qt.Key.Key_1
        filters = tuple(Filter)
        if ctrl and event.key() == Qt.Key.Key_N:
            self.matter_new_asked.emit()
        elif ctrl and event.key() == Qt.Key.Key_B:
            self._turn(board=not self.on_board)
        elif ctrl and 0 <= place < len(filters):
            self.filters.choose(filters[place])
            self.filter_chosen.emit(filters[place])
        elif event.key() == Qt.Key.Key_F7:
            self._household()
        else:
            super().keyPressEvent(event)


class _Heads(ColumnHeads):
    """The last column is headed by the names of the steps, each over its node."""

    def draw(self, ink: Ink) -> None:
        super().draw(ink)
        span = spans(self.look, (*COLUMNS, STEPS), self.width())[-1]
        if span is None:
            return
        px, (left, width) = ink.theme.px, span
        for place, code in enumerate(STATUSES):
            x = left + px(10) + (width - px(20)) / (len(STATUSES) - 1) * place
            label = codes.MATTER_STATUS.label(code)
            ink.text(x, self.height() / 2, label, role=Role.SMALL, colour="text2", align=CENTRE)


def _row(each: MatterRow) -> Row:
    passed = STATUSES.index(each.status) if each.status in STATUSES else 0
    title = f"{each.title}（{words.DISPUTED}）" if each.disputed else each.title
    status = codes.MATTER_STATUS.label(each.status)
    spoken = (each.clock, title, each.where, each.handler, status)
    return Row(
        each.id,
        (
            Mark(each.clock, each.tone, each.clock_icon) if each.clock else None,
            Words(title, bold=True, free=True),
            Words(each.handler, role=Role.SECOND, colour="text2", free=True),
            Steps(passed, len(STATUSES), each.late),
        ),
        "，".join(part for part in spoken if part),
        (None, Words(each.where, role=Role.SMALL, colour="text2", free=True), None, None),
    )
