"""The window of an open ledger: every screen joined, the menu, the pill, the keys."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from gridclient.app.desk import Desk
from gridclient.app.joins import (
    appointments,
    building,
    cards,
    exports,
    guides,
    household,
    matters,
    register,
    settings,
    settle,
    today,
)
from gridclient.app.joins.acts import ActsJoin
from gridclient.app.joins.appointments import AppointmentsJoin
from gridclient.app.joins.building import BuildingJoin
from gridclient.app.joins.cards import CardsJoin
from gridclient.app.joins.commands import CommandsJoin, everywhere, places
from gridclient.app.joins.exports import ExportsJoin
from gridclient.app.joins.guides import GuidesJoin
from gridclient.app.joins.history import HistoryJoin
from gridclient.app.joins.household import HouseholdJoin
from gridclient.app.joins.keeping import KeepingJoin
from gridclient.app.joins.matters import MattersJoin
from gridclient.app.joins.register import RegisterJoin
from gridclient.app.joins.search import SearchJoin
from gridclient.app.joins.settings import SettingsJoin
from gridclient.app.joins.settle import SettleJoin
from gridclient.app.joins.sync import SyncJoin
from gridclient.app.joins.today import TodayJoin
from gridclient.app.joins.visit import VisitJoin
from gridclient.core.domain import codes
from gridclient.core.domain.ids import Id
from gridclient.desktop.shell.menu import MenuItem
from gridclient.desktop.shell.window import MainWindow
from gridclient.desktop.theme import Look
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.search import Entry
from gridclient.ledger.writing import Touched
from gridclient.operations.runner import Runner

OPEN_ALWAYS = (building.NAME, settings.NAME)  # also when the lease is over


class House:
    """Builds and joins; `lock` is called when the person locks."""

    def __init__(
        self, ledger: Ledger, runner: Runner, look: Look, app: QApplication, lock: Callable[[], None]
    ) -> None:
        self.ledger = ledger
        self.window = MainWindow(look, app)
        self.desk = Desk(ledger, runner, self.window, look)
        self.today = TodayJoin(self.desk)
        self.today.load()  # is read while the other screens are made
        self.building = BuildingJoin(self.desk)
        self.household = HouseholdJoin(self.desk, self.building.in_order, self.go_back)
        self.visit = VisitJoin(self.desk, self._way, self._next_door, self.go_back)
        self.matters = MattersJoin(self.desk)
        self.appointments = AppointmentsJoin(self.desk, self.visit.open, self.open_household)
        self.settle = SettleJoin(self.desk)
        self.register = RegisterJoin(self.desk)
        self.exports = ExportsJoin(self.desk)
        self.cards = CardsJoin(self.desk)
        self.settings = SettingsJoin(self.desk)
        self.keeping = KeepingJoin(self.desk, self.settings.screen)
        self.sync = SyncJoin(self.desk)
        self.search = SearchJoin(self.desk)
        self.household.moving.find = self.search.index.find
        self.history = HistoryJoin(self.desk)
        self.acts = ActsJoin(self.desk)
        self.commands = CommandsJoin(
            self.desk,
            self.search,
            (
                places(self.desk, self.go),
                everywhere(self.desk),
                lambda: self.exports.commands(self.go),
                lambda: self.settings.commands(self.go),
            ),
        )
        self.guides = GuidesJoin(self.desk, self._matter_looked_at)
        self._back = today.NAME
        self._walk: list[Id] = []
        self.page_changed: Callable[[str], None] = lambda name: None
        self._join(lock)

    def _join(self, lock: Callable[[], None]) -> None:
        window = self.window
        self.desk.counts_changed = lambda: window.show_menu(self.menu())
        window.screen_chosen.connect(self.go)
        window.search_picked.connect(self._picked)
        window.register_asked.connect(lambda: self._register(b""))
        window.lock_asked.connect(lock)
        window.back_asked.connect(self.go_back)
        window.appointment_asked.connect(self._appoint)
        window.size_asked.connect(self.settings.choose_size)
        window.guide_asked.connect(self._look_up_guide)
        self.sync.sheet.join_asked.connect(self._ask_to_join)
        self.settings.screen.show_syncing(self.sync.by_itself.policy.on)
        self.settings.screen.syncing_chosen.connect(self.sync.switch)
        self.building.screen.household_opened.connect(self.open_household)
        self.matters.page.household_asked.connect(self._open_asked)
        self.matters.file.screen.household_asked.connect(self.open_household)
        self.matters.file.screen.history_asked.connect(lambda one: self.history.open("matter", one))
        self.matters.file.screen.back_asked.connect(lambda: self.go(matters.NAME))
        self.matters.page.matter_new_asked.connect(self._new_matter)
        self.household.screen.matter_opened.connect(self._open_matter)
        self.household.screen.conflict_asked.connect(self.settle.open)
        self.settle.page.household_asked.connect(self._open_disputed)
        self.household.screen.visit_asked.connect(self._visit_here)
        self.today.screen.visit_asked.connect(self._visit_on_the_way)
        self.today.screen.household_asked.connect(self.open_household)
        self.today.may_print = self._may_print
        self.today.screen.buildings_asked.connect(lambda: self.go(building.NAME))
        self.household.screen.history_asked.connect(self.history.open)
        self.building.screen.history_asked.connect(self.history.open)
        self.household.screen.happening_opened.connect(self._open_happening)
        for screen in (self.today.screen, self.building.screen, self.household.screen):
            screen.import_asked.connect(lambda: self.go(register.NAME))
        self.register.screen.building_asked.connect(lambda: self.go(building.NAME))
        self.building.screen.register_asked.connect(self._register)

    def enter(self, page: str = "") -> None:
        """Fill the window: menu, search, the page that was in front before or the first one."""
        identity = self.ledger.identity()
        place = "，".join(identity.grids) or identity.community or "单机使用"
        self.window.show_worker(identity.name or "我", f"{place} {codes.ROLE.label(identity.role)}")
        self.window.show_menu(self.menu())
        if self.keeping.visits_only:
            self.desk.changed(Touched({"*"}))
            self.go(building.NAME)
        else:
            self.go(page if page in self.window.menu.names() else today.NAME)
            self.sync.show()
            # The first list comes first: whatever else is read would keep it waiting.
            self.today.load_first(self._fill)
        self.keeping.warn()

    def _fill(self) -> None:
        self.desk.changed(Touched({"*"}), but=self.today)
        self.today.remind()

    def menu(self) -> list[MenuItem]:
        every = self._menu()
        return [one for one in every if one.name in OPEN_ALWAYS] if self.keeping.visits_only else every

    def _menu(self) -> list[MenuItem]:
        return [
            MenuItem(today.NAME, "今日", "今日", "checklist", self.today.count),
            MenuItem(building.NAME, "楼栋图", "楼栋", "building"),
            MenuItem(household.NAME, "居民户", "户", "home"),
            MenuItem(matters.NAME, "诉求", "诉求", "message-report", self.matters.count),
            MenuItem(appointments.NAME, "预约", "预约", "calendar-event", self.appointments.count),
            MenuItem(settle.NAME, "合并台", "合并", "git-merge", self.settle.count),
            MenuItem(guides.NAME, "办事指南", "指南", "file-text"),
            MenuItem(cards.NAME, "联络卡", "卡", "id"),
            MenuItem(register.NAME, "导入", "导入", "table-import"),
            MenuItem(exports.NAME, "导出", "导出", "download"),
            MenuItem(settings.NAME, "设置", "设置", "settings"),
        ]

    def go(self, name: str) -> None:
        """Bring a screen to the front; the page of a household needs one to show."""
        if self.keeping.visits_only and name not in OPEN_ALWAYS:
            self.keeping.warn()
            return
        if name == household.NAME and self.household.current is None:
            self.building.when_known(self._first_household)
            return
        self._back = name if name != household.NAME else self._back
        self.window.show_screen(name)
        self.page_changed(self._back)

    def _first_household(self) -> None:
        order = self.building.in_order()
        if order:
            self.open_household(order[0])
        else:
            self.window.show_screen(household.NAME)

    def go_back(self) -> None:
        self.window.show_screen(self._back)

    def open_household(self, opens: Id) -> None:
        if self.keeping.visits_only:
            self.visit.open(opens)
            return
        self.household.open(opens)

    def _visit_here(self, opens: Id) -> None:
        """A visit from the page of a household; the next door is the one beside it."""
        self._walk = []
        self.visit.open(opens)

    def _visit_on_the_way(self, opens: Id) -> None:
        """A visit from the list of today; the next door is the next of the list as it stands now."""
        self._walk = self.today.in_order()
        self.visit.open(opens)

    def _may_print(self) -> bool:
        """Not while the lease is over: then visits are written and nothing leaves the ledger."""
        if self.keeping.visits_only:
            self.keeping.warn()
        return not self.keeping.visits_only

    def _way(self) -> list[Id]:
        return self._walk or self.building.in_order()

    def _next_door(self, opens: Id) -> None:
        if self._walk:
            self.today.screen.choose(opens)
            self.visit.open(opens)
        else:
            self.open_household(opens)

    def _picked(self, record: Id) -> None:
        if self.commands.run(record):
            return
        found = self.search.opens(record)
        if found is None:
            return
        self.window.leave_search()
        if self.keeping.visits_only:
            self._only_visit(found)
        elif found.kind in ("building", "compound"):
            self.building.show(record)
            self.go(building.NAME)
        elif found.kind == "guide":
            self.guides.show(record)
            self.go(guides.NAME)
        elif found.kind == "matter" and self.matters.household_of(record) is not None:
            self._open_matter(record)
        else:
            self._open_found(found)

    def _only_visit(self, found: Entry) -> None:
        """While the lease is over a door that is found opens its visit form."""
        if found.kind in ("resident", "household", "dwelling"):
            self.visit.open(found.opens)
        else:
            self.keeping.warn()

    def _open_found(self, found: Entry) -> None:
        """The page of the household it belongs to; what belongs to none shows what is known of it."""
        if found.building:
            self.building.show(found.building)
        at_a_door = found.kind in ("resident", "household", "dwelling") or found.opens != found.record
        if at_a_door:
            self.open_household(found.opens)
        else:
            self.history.open(found.kind, found.record)

    def _register(self, dwelling: Id) -> None:
        if self.keeping.visits_only:
            self.keeping.warn()
        else:
            self.household.register(dwelling)

    def _ask_to_join(self) -> None:
        self.sync.sheet.close_over()
        self.go(settings.NAME)

    def _open_asked(self, record: Id) -> None:
        """A matter names its household, or is named itself."""
        self.open_household(self.matters.household_of(record) or record)

    def _open_matter(self, matter: Id) -> None:
        self.go(matters.NAME)
        self.matters.page.choose(matter)

    def _open_happening(self, record: Id) -> None:
        """A visit is corrected by whoever may; anything else, and who may not, sees how it came about."""
        kind = self.household.kind_of(record)
        if kind == "matter":
            self._open_matter(record)
        elif kind == "visit":
            self.visit.correct(record, lambda visit: self.history.open("visit", visit))
        else:
            self.history.open(kind, record)

    def _matter_looked_at(self) -> Id | None:
        detail = self.matters.page.panel.detail
        return detail.id if detail is not None and self.window.front() is self.matters.page else None

    def _look_up_guide(self) -> None:
        if self.keeping.visits_only:
            self.keeping.warn()
        else:
            self.guides.look_up()

    def _new_matter(self) -> None:
        """A new matter belongs to the household last looked at."""
        view = self.household.view
        if view is None or not view.household:
            self.window.say("先打开一户，再记它的诉求。", undoable=False)
            return
        self.matters.write_new(view.household, f"{view.door}，{view.head}")

    def _appoint(self) -> None:
        """Agree on a time with the household in front."""
        household, topic = self._in_front()
        if household:
            self.appointments.agree(household, topic)
        else:
            self.window.say("先打开一户，再跟它约时间。", undoable=False)

    def _in_front(self) -> tuple[Id | None, str]:
        """The household that the screen in front speaks of, and what a matter there is about."""
        front = self.window.front()
        if front in (self.matters.page, self.matters.file.screen):
            matter = self.matters.file.current if front is self.matters.file.screen else None
            return self.matters.wanted_by(matter or self.matters.page.current_id())
        if front is self.appointments.screen:
            shown = self.appointments.screen.panel.row
            return (shown.household, "") if shown else (None, "")
        if front is self.today.screen:
            return self.today.screen.list.current_id(), ""
        if front is self.building.screen:
            door = self.building.screen.matrix.current_door()
            return (door.household, "") if door else (None, "")
        view = self.household.view
        return (view.household, "") if view else (None, "")

    def _open_disputed(self, record: Id) -> None:
        found = self.settle.household_of(record)
        if found is not None:
            self.open_household(found)

    def keep_drafts(self) -> None:
        """Keep what is half written, now."""
        self.visit.sheet.keep_now()

    def stop(self) -> None:
        """Nothing comes home to this window any more."""
        for join in (self.today, self.keeping, self.sync, self.register, self.exports, self.cards):
            join.stop()
