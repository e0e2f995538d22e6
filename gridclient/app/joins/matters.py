"""What people asked for: the list by the clock, steps, exits, new matters."""

from typing import NamedTuple

from gridclient.app.desk import Desk, names, words_of
from gridclient.app.present.matters import Found, matters_view, open_matters
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.desktop.matters import Filter, MattersPage, MattersView, NewMatterSheet, StepSheet, StepView
from gridclient.ledger.writing import Touched
from gridclient.operations.apply import step_draft
from gridclient.operations.edit_record import edit_record
from gridclient.operations.record_visit import STATUS_AFTER

NAME = "matters"
SHOWN = frozenset({"matter", "matter_step", "household", "resident", "dwelling"})


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
        desk.window.add_screen(NAME, self.page)
        desk.add(self)
        self.page.filter_chosen.connect(self._choose_filter)
        self.page.matter_chosen.connect(self._choose)
        self.page.step_asked.connect(self._ask_step)
        self.page.exit_asked.connect(self._ask_exit)
        self.step_sheet.step_saved.connect(self._save_step)
        self.new_sheet.matter_saved.connect(self._save_new)

    def refresh(self, touched: Touched) -> None:
        if names(touched, SHOWN):
            self.load()

    def load(self) -> None:
        chosen = self._filter

        def work() -> Read:
            now = self._desk.ledger.clock()
            with self._desk.ledger.reading() as connection:
                found = open_matters(connection, now)
            return Read(matters_view(found, chosen, now), {one.row.id: one for one in found})

        def done(read: Read) -> None:
            self._found = read.found
            self.count = len(read.found)
            self._desk.counts_changed()
            self._desk.show(self.page, lambda: self.page.show_matters(read.view))

        self._desk.read(work, done)

    def household_of(self, matter: Id) -> Id | None:
        found = self._found.get(matter)
        return found.detail.household or None if found else None

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
        found = self._found.get(matter)
        if found is not None:
            self.step_sheet.write(StepView(matter, found.row.title, found.row.where, status))

    def _ask_exit(self, matter: Id, exit_: str) -> None:
        found = self._found.get(matter)
        if found is not None:
            status = STATUS_AFTER[exit_]
            self.step_sheet.write(StepView(matter, found.row.title, found.row.where, status, exit_))

    def _save_step(self, matter: Id, status: str, exit_: str, note: str, unit: str) -> None:
        ledger = self._desk.ledger
        said = {"note": note or None, "unit": unit or None, "exit": exit_ or None}
        more = {key: value for key, value in said.items() if value}

        def work() -> Touched:
            held = ledger.record("matter", matter)
            assert held is not None
            with ledger.reading() as connection:
                draft: Draft = step_draft(
                    connection, matter, held.place, status, ledger.clock(), ledger.new_id(), **more
                )
            return ledger.write([draft])

        self._desk.save(
            work,
            "记下了进展。",
            lambda _: self.step_sheet.close_over(),
            lambda error: self.step_sheet.show_error(words_of(error)),
        )

    def _save_new(self, household: Id, fields: dict[str, object]) -> None:
        ledger = self._desk.ledger
        said = {**fields, "household": household, "received": ledger.clock()}
        self._desk.save(
            lambda: edit_record(ledger, "matter", None, said, None),
            "记下了新诉求。",
            lambda _: self.new_sheet.close_over(),
            lambda error: self.new_sheet.show_error(words_of(error)),
        )
