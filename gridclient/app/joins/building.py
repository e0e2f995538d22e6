"""The building screen: which building, its doors, outcomes by one key."""

from collections.abc import Callable

from gridclient.app.desk import Desk, names
from gridclient.app.present import moments
from gridclient.app.present.building import building_name, building_view, compound_view
from gridclient.core.domain import codes
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.desk import SETTINGS_ID
from gridclient.core.domain.ids import Id
from gridclient.core.domain.intervals import intervals
from gridclient.desktop.building import BuildingScreen
from gridclient.desktop.building.view import BuildingView, CompoundView
from gridclient.desktop.kit.picker import Item
from gridclient.ledger.buildings import BuildingLine, buildings, doors
from gridclient.ledger.households import row
from gridclient.ledger.receiving import places
from gridclient.ledger.writing import Touched
from gridclient.operations.record_visit import VisitNote, record_visit

NAME = "building"
SHOWN = frozenset(
    {
        "building",
        "compound",
        "dwelling",
        "household",
        "resident",
        "visit",
        "matter",
        "matter_step",
        "care_tag",
        "settings",
    }
)


class BuildingJoin:
    """Shows one building, or a compound as a whole."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.screen = BuildingScreen(desk.look)
        self.lines: list[BuildingLine] = []
        self.current: Id | None = None
        self._doors: dict[Id, str] = {}
        self._listing = False
        self._waiting: list[Callable[[], None]] = []
        desk.window.add_screen(NAME, self.screen)
        desk.add(self)
        self.screen.building_changed.connect(self.show)
        self.screen.outcome_recorded.connect(self._record)
        desk.window.cover_changed.connect(self.screen.cover)

    def refresh(self, touched: Touched) -> None:
        if names(touched, ("building", "compound")):
            self.load()
        elif names(touched, SHOWN) and self.current is not None:
            self.show(self.current)

    def load(self) -> None:
        """Read the list of buildings, keep the one in front if it is still there."""

        def work() -> list[BuildingLine]:
            identity = self._desk.ledger.identity()
            with self._desk.ledger.reading() as connection:
                every = buildings(connection)
                if not identity.enrolled or identity.role != Role.WORKER.value:
                    return every
                held = places(connection)
                return [line for line in every if line.id in held]

        self._listing = True
        self._desk.read(work, self._listed)

    def when_known(self, then: Callable[[], None]) -> None:
        """Do something once it is known which doors there are: at once, or when they have been read."""
        if self._doors or not (self._listing or self.current):
            then()
        else:
            self._waiting.append(then)

    def _known(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _listed(self, lines: list[BuildingLine]) -> None:
        self._listing = False
        self.lines = lines
        items = []
        for at, line in enumerate(lines):
            if at == 0 or lines[at - 1].compound_id != line.compound_id:
                items.append(Item(line.compound_id, "全部", line.compound))
            items.append(Item(line.id, building_name(line.number), line.compound))
        known = {item.id for item in items}
        if self.current not in known:
            self.current = lines[0].id if lines else None
        if not lines:
            self._doors = {}
        self.screen.show_buildings(items, self.current)
        if self.current is not None:
            self.show(self.current)
        else:
            self._known()

    def show(self, chosen: Id) -> None:
        """Bring a building, or a whole compound, onto the screen."""
        self.current = chosen
        mine = [line for line in self.lines if chosen in (line.id, line.compound_id)]
        whole = bool(mine) and mine[0].compound_id == chosen

        def work() -> list[BuildingView]:
            now = self._desk.ledger.clock()
            with self._desk.ledger.reading() as connection:
                settings = row(connection, "settings", SETTINGS_ID)
                every = intervals(settings.fields if settings else {})
                today = moments.today(now).isoformat()
                return [building_view(line, doors(connection, line.id, today), now, every) for line in mine]

        def done(views: list[BuildingView]) -> None:
            if self.current != chosen or not views:
                return
            self._doors = {(one.household or one.dwelling): one.title for view in views for one in view.doors}
            shown: BuildingView | CompoundView = compound_view(mine[0], views) if whole else views[0]
            if isinstance(shown, CompoundView):
                self.screen.show_compound(shown)
            else:
                self.screen.show_building(shown)
            self._known()

        self._desk.read(work, done)

    def in_order(self) -> list[Id]:
        """The doors of the building in front, in walking order."""
        return list(self._doors)

    def _record(self, opens: Id, digit: int) -> None:
        """One key on a door: the outcome, at once and undoable."""

        def work() -> Touched:
            ledger = self._desk.ledger
            household = opens if ledger.record("household", opens) is not None else None
            return record_visit(ledger, VisitNote(household, None if household else opens, str(digit)))

        word = codes.OUTCOME.label(str(digit))
        self._desk.save(work, f"记下了：{self._doors.get(opens, '')} {word}。")
