"""诉求: what waits and how long is left; the clock comes first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.core.domain import codes
from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.card import Card, EmptyState
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.ink import CENTRE, Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.rowlist import ColumnHeads, RowList, spans
from gridclient.desktop.kit.rows import Column, Mark, Row, Steps, Words
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.matters import words
from gridclient.desktop.matters.filters import FilterRow
from gridclient.desktop.matters.panel import MatterPanel
from gridclient.desktop.matters.view import EXITS, STATUSES, Filter, MatterDetail, MatterRow, MattersView
from gridclient.desktop.theme import Look, Role, Size

COLUMNS = (Column(words.HEADS[0], 100), Column(words.HEADS[1], 0), Column(words.HEADS[2], 100, shed=1))
STEPS = Column("", 250, shed=2)
FOLD_AT = 1.5


class MattersPage(Screen):
    """Says which matter is chosen (its detail comes by ``show_detail``) and what a person wants with it."""

    filter_chosen = Signal(object)
    matter_chosen = Signal(bytes)
    step_asked = Signal(bytes, str)
    exit_asked = Signal(bytes, str)
    matter_new_asked = Signal()
    household_asked = Signal(bytes)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._view = MattersView()
        self._told: bytes | None = None
        self._title = PlainLabel(look, words.TITLE, role=Role.TITLE, bold=True)
        self._summary = PlainLabel(look, colour="text2")
        self._new = Button(look, words.NEW, icon="plus", key="Ctrl+N")
        self.filters = FilterRow(look)
        self._card = Card(look, padding=1)
        self._heads = _Heads(look, (*COLUMNS, STEPS))
        self.list = RowList(look, (*COLUMNS, STEPS), name=words.LIST, two_lines=True)
        self._empty = EmptyState(look, words.EMPTY, icon="message-report", action=words.NEW)
        self.panel = MatterPanel(look)
        self._build()
        self._join()
        self._follow()

    def show_matters(self, view: MattersView) -> None:
        """Show these rows; the current one stays current."""
        self._view = view
        self._summary.setText(view.summary)
        self.filters.show_counts(view.counts)
        self.filters.choose(view.filter)
        self._told = None
        working = self.list.hasFocus() or self._empty.action.hasFocus()
        self.list.show_rows([_row(each) for each in view.rows])
        for widget in (self._heads, self.list):
            widget.setVisible(bool(view.rows))
        self._empty.setVisible(not view.rows)
        if working:
            self.enter()
        if view.filter is Filter.OPEN:
            self._empty.say(words.EMPTY, action=words.NEW)
        else:
            self._empty.say(words.filter_empty(words.FILTERS[view.filter]), action=words.SEE_ALL)
        current = self.list.current_id()
        if not view.rows:
            self.panel.show_detail(None)
        elif current is not None and current != self._told:
            self.matter_chosen.emit(current)  # the same one may have moved on

    def show_detail(self, detail: MatterDetail) -> None:
        """The chosen matter in words."""
        self.panel.show_detail(detail)

    def choose(self, id: bytes) -> None:
        """Make this matter the current one."""
        self.list.choose(id)

    def enter(self) -> None:
        (self.list if self._view.rows else self._empty.action).setFocus(Qt.FocusReason.OtherFocusReason)

    def hints(self) -> tuple[Hint, ...]:
        return words.HINTS

    def all_keys(self) -> tuple[HintGroup, ...]:
        return words.ALL_KEYS

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._summary)
        head.addStretch()
        head.addWidget(self._new)
        self._card.body.addWidget(self._heads)
        self._card.body.addWidget(self.list, 1)
        self._card.body.addWidget(self._empty, 1)
        self._left = QVBoxLayout()
        self._left.addLayout(head)
        self._left.addWidget(self.filters)
        self._left.addWidget(self._card, 1)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._left, 1)
        self._row.addWidget(self.panel)

    def _join(self) -> None:
        self.filters.chosen.connect(self.filter_chosen)
        self.list.current_changed.connect(self._tell)
        self.list.opened.connect(lambda _id: self._step())
        self.list.digit_pressed.connect(lambda _id, digit: self._exit(digit))
        self.panel.exit_asked.connect(lambda code: self._exit(EXITS.index(code) + 1))
        self.panel.step_asked.connect(self._step)
        self.panel.household_asked.connect(self._household)
        self._new.clicked.connect(self.matter_new_asked)
        self._empty.acted.connect(self._empty_acted)
        self.look.changed.connect(self._follow)

    def _tell(self, id: bytes) -> None:
        self._told = id
        self.matter_chosen.emit(id)

    def _step(self) -> None:
        detail = self.panel.detail
        if detail is not None:
            self.step_asked.emit(detail.id, detail.status)

    def _exit(self, digit: int) -> None:
        """An exit the step does not allow does nothing; the panel says why."""
        detail = self.panel.detail
        if detail is not None and 1 <= digit <= len(EXITS) and EXITS[digit - 1] in detail.exits:
            self.exit_asked.emit(detail.id, EXITS[digit - 1])

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
        self._summary.setVisible(theme.factor < FOLD_AT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        place = event.key() - Qt.Key.Key_1
        filters = tuple(Filter)
        if ctrl and event.key() == Qt.Key.Key_N:
            self.matter_new_asked.emit()
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
