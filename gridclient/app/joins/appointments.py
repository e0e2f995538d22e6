"""Appointments: the week and the month, agreeing on a time, saying what came of it."""

from collections.abc import Callable
from datetime import date, timedelta

from gridclient.app.desk import Desk, names, words_of
from gridclient.app.present import moments
from gridclient.app.present.appointments import (
    agree_view,
    all_appointments,
    due_count,
    first_of,
    month_view,
    slot_words,
    week_view,
)
from gridclient.core.domain.agreed_times import WEEK, Slot, monday
from gridclient.core.domain.ids import Id
from gridclient.desktop.appointments import AgreeSheet, AgreeView, AppointmentsScreen, MonthView, WeekView
from gridclient.desktop.appointments import words as said
from gridclient.ledger.households import row
from gridclient.ledger.writing import Touched
from gridclient.operations.appoint import Agreement, appoint, end_appointment, move_appointment

NAME = "appointments"
SHOWN = frozenset({"appointment", "household", "resident", "dwelling", "visit", "worker"})
Read = tuple[WeekView, MonthView, int]


class AppointmentsJoin:
    """`count` is how many appointments wait for somebody today or since before."""

    def __init__(self, desk: Desk, visit: Callable[[Id], None], household: Callable[[Id], None]) -> None:
        self._desk = desk
        self.count = 0
        self._first: date | None = None
        self._month: date | None = None
        self.screen = AppointmentsScreen(desk.look)
        self.sheet = AgreeSheet(desk.look, desk.window)
        desk.window.add_screen(NAME, self.screen)
        desk.add(self)
        self.screen.week_asked.connect(self._turn)
        self.screen.month_asked.connect(self._turn_month)
        self.screen.day_asked.connect(self._open_day)
        self.screen.act_asked.connect(self._act)
        self.screen.visit_asked.connect(visit)
        self.screen.household_asked.connect(household)
        self.sheet.agreed.connect(self._agree)

    def refresh(self, touched: Touched) -> None:
        if names(touched, SHOWN):
            self.load()

    def load(self) -> None:
        ledger = self._desk.ledger

        def work() -> Read:
            now = ledger.clock()
            today = moments.today(now)
            with ledger.reading() as connection:
                every = all_appointments(connection)
                week = week_view(connection, every, self._first or first_of(now), now)
            return week, month_view(every, self._month or today.replace(day=1), now), due_count(every, now)

        def done(read: Read) -> None:
            week, month, self.count = read
            self._desk.counts_changed()
            self._desk.show(self.screen, lambda: self._show(week, month))

        self._desk.read(work, done)

    def agree(self, household: Id, topic: str = "", moves: Id = b"") -> None:
        """Ask for a time with a household; `moves` is the appointment that gets another."""
        ledger = self._desk.ledger

        def work() -> AgreeView | None:
            with ledger.reading() as connection:
                return agree_view(connection, household, topic, ledger.clock(), moves)

        def done(view: AgreeView | None) -> None:
            if view is not None:
                self.sheet.write(view)

        self._desk.read(work, done)

    def show(self, appointment: Id) -> bool:
        """Turn to the week of an appointment and choose it; False where it is not known here."""
        with self._desk.ledger.reading() as connection:
            found = row(connection, "appointment", appointment)
        if found is None:
            return False
        self._open_day(moments.local(found.number("starts")).date())
        self.screen.choose(appointment)
        return True

    def _show(self, week: WeekView, month: MonthView) -> None:
        self.screen.show_week(week)
        self.screen.show_month(month)

    def _turn(self, step: int) -> None:
        now = first_of(self._desk.ledger.clock())
        self._first = (self._first or now) + timedelta(days=WEEK * step) if step else None
        self.load()

    def _turn_month(self, step: int) -> None:
        shown = self._month or moments.today(self._desk.ledger.clock()).replace(day=1)
        self._month = ((shown + timedelta(days=31)) if step > 0 else (shown - timedelta(days=1))).replace(
            day=1
        )
        self.load()

    def _open_day(self, day: date) -> None:
        self._first = monday(day)
        self.screen.show_as_month(False)
        self.load()

    def _act(self, appointment: Id, state: str) -> None:
        if state == "moved":
            self._ask_move(appointment)
            return
        self._desk.save(
            lambda: end_appointment(self._desk.ledger, appointment, state), f"记下了：{said.ACTS[state]}。"
        )

    def _ask_move(self, appointment: Id) -> None:
        with self._desk.ledger.reading() as connection:
            found = row(connection, "appointment", appointment)
        household = found.fields.get("household") if found is not None else None
        if isinstance(household, bytes):
            self.agree(household, moves=appointment)

    def _agree(self, household: Id, moves: Id, slot: Slot, topic: str, asked_by: str) -> None:
        ledger = self._desk.ledger
        when = slot_words(slot, ledger.clock())
        self._desk.save(
            lambda: (
                move_appointment(ledger, moves, slot)
                if moves
                else appoint(ledger, Agreement(household, slot, topic, asked_by))
            ),
            f"约好了：{when}。",
            lambda _: self.sheet.close_over(),
            lambda error: self.sheet.show_error(words_of(error)),
        )
