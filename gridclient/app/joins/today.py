"""今日: the doors to go to, kept up to date by what changed; outcomes by one key, the route on paper."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from gridclient.app.desk import Desk, names
from gridclient.app.present.today import door_detail, glance, today_view
from gridclient.core.domain import codes
from gridclient.core.domain.better_hours import band_of, day_number
from gridclient.core.domain.ids import Id
from gridclient.desktop.today import DoorDetail, Order, Reminder, TodayScreen, TodayView
from gridclient.ledger.households import household
from gridclient.ledger.writing import Touched
from gridclient.operations.health import at_a_glance
from gridclient.operations.record_visit import VisitNote, record_visit
from gridclient.operations.todays_doors import Today, brought_up_to_date, todays_doors

NAME = "today"
# What decides about one household; what decides about many means reading all anew.
SHOWN = frozenset(
    {"household", "resident", "visit", "matter", "matter_step", "care_tag", "appointment", "dwelling"}
)
EVERYWHERE = frozenset({"building", "compound", "grid", "same_as", "settings"})
LOOK_MS = 10 * 60_000
_FEW_VISITS = 5


def _open(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


class TodayJoin:
    """`count` is how many doors are for today; `open_file` shows a person the file just made."""

    def __init__(self, desk: Desk, open_file: Callable[[str], None] = _open) -> None:
        self._desk = desk
        self.open_file = open_file
        self._today: Today | None = None
        self._view = TodayView()
        self._order = Order.SCORE
        self._skipped: set[Id] = set()
        self._reading = False
        self._waiting: set[Id] = set()
        self._all_waiting = False
        self._then: Callable[[], None] = lambda: None
        self._glanced = False
        self.count = 0
        self.may_print: Callable[[], bool] = lambda: True
        self.screen = TodayScreen(desk.look)
        desk.window.add_screen(NAME, self.screen)
        desk.add(self)
        self.screen.door_asked.connect(self._choose)
        self.screen.outcome_recorded.connect(self._record)
        self.screen.skip_asked.connect(self._skip)
        self.screen.order_chosen.connect(self._choose_order)
        self.screen.print_asked.connect(self._print)
        desk.window.print_asked.connect(self._ask_print)
        self._looks = QTimer(self.screen)
        self._looks.timeout.connect(self._look)
        self._looks.start(LOOK_MS)

    def stop(self) -> None:
        self._looks.stop()

    def refresh(self, touched: Touched) -> None:
        if self._today is None or names(touched, EVERYWHERE):
            self.load()
        elif names(touched, SHOWN):
            self._waiting |= touched.records
            self._read()
        if "*" in touched.kinds:
            self.remind()

    def load(self) -> None:
        """Judge every door anew."""
        self._all_waiting = True
        self._read()

    def load_first(self, then: Callable[[], None]) -> None:
        """The first list, unless it is being read already; `then` comes after it, also if it failed."""
        self._then = then
        if not self._reading:
            self.load()

    def in_order(self) -> list[Id]:
        """The households of the list, as they stand in it."""
        return [line.household for line in self._view.lines]

    def _read(self) -> None:
        """One reading at a time; what changes meanwhile is read after it."""
        if self._reading or not (self._waiting or self._all_waiting):
            return
        before = None if self._all_waiting else self._today
        touched, self._waiting, self._all_waiting = self._waiting, set(), False
        self._reading = True
        ledger, order, skipped = self._desk.ledger, self._order, frozenset(self._skipped)

        def work() -> tuple[Today, TodayView]:
            found = brought_up_to_date(ledger, before, touched) if before else todays_doors(ledger)
            return found, today_view(found, order, skipped)

        def done(read: tuple[Today, TodayView]) -> None:
            self._reading = False
            found, view = read
            self._today = found
            if order is self._order and skipped == self._skipped:
                self._show(view)
            else:
                self._show_again()
            self._go_on()

        def failed(error: Exception) -> None:
            self._reading = False
            self._desk.failed(error)
            self._go_on()

        self._desk.runner.read(work, done, failed)

    def _go_on(self) -> None:
        then, self._then = self._then, lambda: None
        then()
        self._read()

    def _show(self, view: TodayView) -> None:
        self._view = view
        self.count = view.due
        self._desk.counts_changed()
        self._desk.show(self.screen, lambda: self.screen.show_today(view))

    def _show_again(self) -> None:
        """The same doors in another order, or with others put off."""
        if self._today is not None:
            self._show(today_view(self._today, self._order, self._skipped))

    def _choose(self, opens: Id) -> None:
        found = self._today.found.get(opens) if self._today is not None else None
        if found is None:
            return
        door, ledger = found, self._desk.ledger
        if not self._glanced:  # the readers have much to do just after unlocking
            self._glanced = True
            self.screen.show_detail(glance(door))

        def work() -> DoorDetail | None:
            with ledger.reading() as connection:
                home = household(connection, opens, _FEW_VISITS)
            return door_detail(door, home, ledger.clock()) if home else None

        def done(detail: DoorDetail | None) -> None:
            if detail is not None:
                self.screen.show_detail(detail)

        self._desk.read(work, done)

    def _choose_order(self, order: object) -> None:
        assert isinstance(order, Order)
        self._order = order
        self._show_again()

    def _skip(self, opens: Id) -> None:
        """Put a door off for today, or take it up again."""
        self._skipped ^= {opens}
        self._show_again()

    def _record(self, opens: Id, digit: int) -> None:
        """One key on a door: the outcome, at once and undoable."""
        found = self._today.found.get(opens) if self._today is not None else None
        where = found.door if found else ""
        word = codes.OUTCOME.label(str(digit))
        self._desk.save(
            lambda: record_visit(self._desk.ledger, VisitNote(opens, None, str(digit))),
            f"记下了：{where} {word}。",
        )

    def _ask_print(self) -> None:
        if self._desk.window.front() is self.screen:
            self.screen.ask_file()

    def _print(self, path: str) -> None:
        """The route of the doors shown, as a file that opens where it can be printed."""
        if not self.may_print():
            return
        ledger = self._desk.ledger
        put_off = frozenset(self._skipped)

        def work() -> int:
            from gridclient.operations.print_route import print_route

            # The file dialog has asked before an older file is replaced.
            return print_route(ledger, Path(path), without=put_off, overwrite=True).doors

        def done(doors: int) -> None:
            self._desk.window.say(f"路线单存好了，{doors} 户。用完收好，别留在楼道里。", undoable=False)
            self._desk.changed(Touched({"audit_entry"}))
            self.open_file(path)

        self._desk.read(work, done)

    def remind(self) -> None:
        """Say what keeps the ledger from being safe."""

        def work() -> tuple[Reminder, ...]:
            return tuple(Reminder(one.words, one.bad) for one in at_a_glance(self._desk.ledger))

        self._desk.read(work, self.screen.show_reminders)

    def _look(self) -> None:
        """Now and then: another part of the day means other doors, another day a new list."""
        now = self._desk.ledger.clock()
        self.remind()
        if self._today is None:
            return
        if day_number(now) != day_number(self._today.at):
            self._skipped.clear()
            self.load()
        elif band_of(now) != band_of(self._today.at):
            self.load()
