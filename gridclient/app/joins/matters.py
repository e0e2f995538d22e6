"""What people asked for: the list by the clock or by step, the page of one, steps, new matters."""

from typing import NamedTuple

from gridclient.app.desk import Desk, names, words_of
from gridclient.app.joins.matter_file import MatterFileJoin
from gridclient.app.present.matters import Found, all_matters, matters_view
from gridclient.core.domain import matter_course
from gridclient.core.domain.ids import Id
from gridclient.desktop.matters import Filter, MattersPage, MattersView, NewMatterSheet, StepSheet, StepView
from gridclient.desktop.matters.sheets import DAYS
from gridclient.ledger.writing import Touched
from gridclient.operations.work_on_matter import new_matter, take_step

NAME = "matters"
SHOWN = frozenset(
    {"matter", "matter_step", "matter_body", "referral", "partner", "household", "resident", "dwelling"}
)


class Read(NamedTuple):
    view: MattersView
    found: dict[Id, Found]


class MattersJoin:
    """`count` is how many matters are open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._filter = Filter.OPEN
        self._found: dict[Id, Found] = {}
        self.count = 0
        self.page = MattersPage(desk.look)
        self.step_sheet = StepSheet(desk.look, desk.window)
        self.new_sheet = NewMatterSheet(desk.look, desk.window)
        self.file = MatterFileJoin(desk)
        desk.window.add_screen(NAME, self.page)
        desk.add(self)
        self.page.filter_chosen.connect(self._choose_filter)
        self.page.matter_chosen.connect(self._choose)
        self.page.file_asked.connect(self.file.open)
        self.step_sheet.step_saved.connect(self._save_step)
        self.new_sheet.matter_saved.connect(self._save_new)
        for screen in (self.page, self.file.screen):
            screen.step_asked.connect(self._ask_step)
            screen.act_asked.connect(self._ask_act)

    def refresh(self, touched: Touched) -> None:
        if names(touched, SHOWN):
            self.load()
            self.file.load()

    def load(self) -> None:
        chosen = self._filter

        def work() -> Read:
            ledger = self._desk.ledger
            me = ledger.identity()
            with ledger.reading() as connection:
                found = all_matters(connection, me, ledger.clock())
            return Read(matters_view(found, chosen), {one.row.id: one for one in found})

        def done(read: Read) -> None:
            self._found = read.found
            self.count = read.view.counts[Filter.OPEN]
            self._desk.counts_changed()
            self._desk.show(self.page, lambda: self.page.show_matters(read.view))

        self._desk.read(work, done)

    def household_of(self, matter: Id) -> Id | None:
        found = self._found.get(matter)
        return found.detail.household or None if found else None

    def wanted_by(self, matter: Id | None) -> tuple[Id | None, str]:
        """Whose household a matter is and what about, for a time agreed on; what is secret is not told."""
        found = self._found.get(matter) if matter else None
        if found is None:
            return None, ""
        return found.detail.household or None, "" if found.confidential else found.row.title

    def write_new(self, household: Id, where: str) -> None:
        """Open the sheet for a new matter of a household."""
        self.new_sheet.write(household, where)

    def _choose_filter(self, chosen: object) -> None:
        assert isinstance(chosen, Filter)
        self._filter = chosen
        self.load()

    def _choose(self, matter: Id) -> None:
        found = self._found.get(matter)
        if found is not None:
            self.page.show_detail(found.detail)

    def _ask_step(self, matter: Id, status: str) -> None:
        self._write(matter, matter_course.next_status(status), "")

    def _ask_act(self, matter: Id, act: str) -> None:
        if act == matter_course.WHISTLE:
            self.file.whistle(matter)
        else:
            self._write(matter, "", act)

    def _write(self, matter: Id, status: str, act: str) -> None:
        found = self._found.get(matter)
        if found is not None:
            self.step_sheet.write(StepView(matter, found.row.title, found.row.where, status, act))

    def _save_step(self, matter: Id, status: str, fields: dict[str, object]) -> None:
        self._desk.save(
            lambda: take_step(self._desk.ledger, matter, status, fields),
            "记下了进展。",
            lambda _: self.step_sheet.close_over(),
            lambda error: self.step_sheet.show_error(words_of(error)),
        )

    def _save_new(self, household: Id, fields: dict[str, object]) -> None:
        days = fields.pop(DAYS, None)
        said = {**fields, "household": household or None}

        def work() -> Touched:
            return new_matter(self._desk.ledger, said, days if isinstance(days, int) else None)[0]

        self._desk.save(
            work,
            "记下了新诉求。",
            lambda _: self.new_sheet.close_over(),
            lambda error: self.new_sheet.show_error(words_of(error)),
        )
