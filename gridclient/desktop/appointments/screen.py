"""预约: a week by day, or a month; what was agreed, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.desktop.appointments import words
from gridclient.desktop.appointments.month import MonthTable
from gridclient.desktop.appointments.panel import ACTS, AppointmentPanel
from gridclient.desktop.appointments.view import AppointmentRow, MonthView, WeekView
from gridclient.desktop.kit.button import IconButton
from gridclient.desktop.kit.card import Card
from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Column, Group, Mark, Row, Words
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.theme import Look, Role, Size, Tone

COLUMNS = (
    Column("", 104),
    Column("", 0),
    Column("", 78, shed=1),
    Column("", 92, right=True),
)
ROOMY_TO = 1.25


class AppointmentsScreen(Screen):
    """Says what a person wants with an appointment; weeks and months come by ``show_…``."""

    week_asked = Signal(int)
    month_asked = Signal(int)
    day_asked = Signal(object)
    act_asked = Signal(bytes, str)
    visit_asked = Signal(bytes)
    household_asked = Signal(bytes)
    month_chosen = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._rows: dict[bytes, AppointmentRow] = {}
        self._week, self._month = WeekView(""), ""
        self._title = PlainLabel(look, words.TITLE, role=Role.TITLE, bold=True)
        self._span = PlainLabel(look, bold=True)
        self._summary = PlainLabel(look, colour="text2")
        self._before = IconButton(look, "chevron-left", words.BEFORE, framed=True)
        self._after = IconButton(look, "chevron-right", words.AFTER, framed=True)
        self.views = Segmented(look, words.VIEWS)
        self._card = Card(look, padding=1)
        self.list = RowList(look, COLUMNS, name=words.LIST, two_lines=True)
        self.month = MonthTable(look)
        self.panel = AppointmentPanel(look)
        self._build()
        self._join()
        self._follow()

    @property
    def on_month(self) -> bool:
        return self.views.current == 1

    def show_week(self, view: WeekView) -> None:
        """Show a week; the current appointment stays current."""
        self._week = view
        self._rows = {row.id: row for row in (*view.waiting, *view.rows)}
        self._summary.setText(view.summary)
        self.list.show_rows(_listed(view))
        current = self.list.current_id()
        self.panel.show_row(self._rows.get(current) if current else None)
        self._arrange()

    def show_month(self, view: MonthView) -> None:
        self._month = view.title
        self.month.show_month(view)
        self._arrange()

    def show_as_month(self, month: bool) -> None:
        """Show the month, or the week; says nothing."""
        self.views.choose(int(month))
        self._arrange()
        self.enter()

    def choose(self, id: bytes) -> None:
        """Make this appointment the current one."""
        self.list.choose(id)

    def enter(self) -> None:
        (self.month if self.on_month else self.list).setFocus(Qt.FocusReason.OtherFocusReason)
        self.hints_changed.emit()

    def hints(self) -> tuple[Hint, ...]:
        return words.MONTH_HINTS if self.on_month else words.HINTS

    def all_keys(self) -> tuple[HintGroup, ...]:
        return words.ALL_KEYS

    def _build(self) -> None:
        head = QHBoxLayout()
        for widget in (self._title, self._before, self._after, self._span, self._summary):
            head.addWidget(widget)
        head.addStretch()
        head.addWidget(self.views)
        self._head = head
        self._card.body.addWidget(self.list, 1)
        self._left = QVBoxLayout()
        self._left.addLayout(head)
        self._left.addWidget(self._card, 1)
        self._left.addWidget(self.month, 1)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._left, 1)
        self._row.addWidget(self.panel)

    def _join(self) -> None:
        self.list.current_changed.connect(lambda id: self.panel.show_row(self._rows.get(id)))
        self.list.opened.connect(lambda _id: self._visit())
        self.list.digit_pressed.connect(lambda _id, digit: self._digit(digit))
        self.panel.act_asked.connect(self._act)
        self.panel.visit_asked.connect(self._visit)
        self.panel.household_asked.connect(self._household)
        self.month.day_opened.connect(self.day_asked)
        self.month.month_asked.connect(self.month_asked)
        self._before.clicked.connect(lambda: self._turn(-1))
        self._after.clicked.connect(lambda: self._turn(1))
        self.views.chosen.connect(lambda place: self._choose_view(month=place == 1))
        self.look.changed.connect(self._follow)

    def _arrange(self) -> None:
        month = self.on_month
        self._span.setText(self._month if month else self._week.title)
        self._card.setVisible(not month)
        self.panel.setVisible(not month)
        self.month.setVisible(month)
        self._summary.setVisible(not month and self.look.theme.factor < ROOMY_TO)

    def _choose_view(self, *, month: bool) -> None:
        self.show_as_month(month)
        self.month_chosen.emit(month)

    def _turn(self, step: int) -> None:
        (self.month_asked if self.on_month else self.week_asked).emit(step)

    def _digit(self, digit: int) -> None:
        if digit == 0:
            self.week_asked.emit(0)
        elif 1 <= digit <= len(ACTS):
            self._act(ACTS[digit - 1])

    def _act(self, state: str) -> None:
        row = self.panel.row
        if row is not None and self.panel.allows(state):
            self.act_asked.emit(row.id, state)

    def _visit(self) -> None:
        if self.panel.row is not None:
            self.visit_asked.emit(self.panel.row.household)

    def _household(self) -> None:
        if self.panel.row is not None:
            self.household_asked.emit(self.panel.row.household)

    def _follow(self) -> None:
        px = self.look.theme.px
        self._row.setContentsMargins(px(Size.PAGE_LEFT), px(12), px(Size.PAGE_RIGHT), px(8))
        self._row.setSpacing(px(16))
        self._left.setSpacing(px(10))
        self._head.setSpacing(px(8))
        self.panel.setFixedWidth(px(Size.SIDE))
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, ctrl = event.key(), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_0: 0}
        if ctrl and key == Qt.Key.Key_M:
            self._choose_view(month=not self.on_month)
        elif plain and key in steps and not self.on_month:
            self.week_asked.emit(steps[Qt.Key(key)])
        elif plain and key == Qt.Key.Key_F7:
            self._household()
        else:
            super().keyPressEvent(event)


def _listed(view: WeekView) -> list[Row | Group]:
    listed: list[Row | Group] = []
    if view.waiting:
        listed.append(Group(words.WAITING, words.many(len(view.waiting)), colour=Tone.BAD.ink))
        listed += [_row(each, with_day=True) for each in view.waiting]
    for day in view.days:
        here = [each for each in view.rows if each.day == day.day]
        colour = Tone.ACC.ink if day.today else "ctl"
        listed.append(Group(day.words, words.many(len(here)), colour=colour))
        listed += [_row(each) for each in here]
    return listed


def _row(each: AppointmentRow, *, with_day: bool = False) -> Row:
    day = f"{each.day.month}月{each.day.day}日" if with_day else ""
    whom = "，".join(part for part in (each.head, each.topic) if part)
    spoken = (day, each.clock, each.door, whom, each.hint)
    when = Words(day, role=Role.SMALL, colour="text2") if with_day else None
    return Row(
        each.id,
        (
            Words(each.clock, role=Role.SECOND, colour="bad" if each.late else "text"),
            Words(each.door, bold=True, free=True),
            Words(each.who, role=Role.SECOND, colour="text2", free=True),
            Mark(each.hint, Tone.BAD if each.late else each.tone) if each.hint else None,
        ),
        "，".join(part for part in spoken if part),
        (when, Words(whom, role=Role.SMALL, colour="text2", free=True), None, None),
        dim=not each.open,
    )
