"""How to get things done: the page of guides, and looking one up over whatever is being written."""

from collections.abc import Callable

from gridclient.app.desk import Desk, names, words_of
from gridclient.app.joins.visit import heads_of
from gridclient.app.present.guides import Found, all_guides, guides_listing, nearest, told
from gridclient.core.domain.declaration import DESK_ROLES, Kind, Role
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matters import Matter
from gridclient.core.domain.projects import Guide
from gridclient.desktop.guides import GuideLookup, GuideSheet, GuidesPage, words
from gridclient.desktop.office import Listing
from gridclient.desktop.office import words as office_words
from gridclient.ledger import records
from gridclient.ledger.households import Row, row
from gridclient.ledger.writing import Touched
from gridclient.operations.edit_record import edit_record
from gridclient.operations.spell import readings

NAME = "guides"


class GuidesJoin:
    """`matter` gives the matter a person is looking at: guides of its category then come first."""

    def __init__(self, desk: Desk, matter: Callable[[], Id | None]) -> None:
        self._desk = desk
        self._matter = matter
        self._found: list[Found] = []
        self._typed = ""
        self._category = ""
        self._seen: tuple[Id, ...] = ()
        self._wanted: Id = b""
        self.page = GuidesPage(desk.look)
        self.lookup = GuideLookup(desk.look, desk.window)
        self.sheet = GuideSheet(desk.look, desk.window)
        desk.window.add_screen(NAME, self.page)
        desk.add(self)
        self.page.browser.typed.connect(self._narrow)
        self.page.browser.edit_asked.connect(self._edit)
        self.page.new_asked.connect(lambda: self.sheet.write(b"", {}))
        self.page.retire_asked.connect(self._retire)
        self.lookup.typed.connect(lambda typed: self.lookup.show_listing(self._listing(typed)))
        self.sheet.saved.connect(self._save)
        for copied in (self.page.browser.copied, self.lookup.copied):
            copied.connect(lambda: desk.window.say(office_words.COPIED, undoable=False))

    def refresh(self, touched: Touched) -> None:
        if names(touched, {"guide", "worker"}):
            self.load()

    def load(self) -> None:
        def work() -> list[Found]:
            with self._desk.ledger.reading() as connection:
                return all_guides(connection, readings())

        def done(found: list[Found]) -> None:
            self._found = found
            self._desk.show(self.page, self._show)
            if self.lookup.isVisible():
                self.lookup.show_listing(self._listing(self.lookup.browser.typing.words))

        self._desk.read(work, done)

    def show(self, guide: Id) -> None:
        """Make this guide the current one of the page; whatever was typed there is taken back."""
        self._typed, self._wanted = "", guide
        self.page.browser.forget()
        self._desk.show(self.page, self._show)

    def look_up(self) -> None:
        """Open over everything, or close again."""
        if self.lookup.isVisible():
            self.lookup.close_over()
            return
        matter = self._matter()

        def work() -> Row | None:
            with self._desk.ledger.reading() as connection:
                return row(connection, "matter", matter) if matter is not None else None

        def done(found: Row | None) -> None:
            self._category = found.text(Matter.category.key) if found is not None else ""
            about = found.text(Matter.title.key) if found is not None and self._any_of_category() else ""
            self.lookup.look_up(self._listing(""), about)

        self._desk.read(work, done)

    def _any_of_category(self) -> bool:
        return any(one.category == self._category for one in self._found)

    def _narrow(self, typed: str) -> None:
        self._typed = typed
        self._show()

    def _show(self) -> None:
        ledger = self._desk.ledger
        found = told(self._found, self._typed)
        self.page.show_listing(
            guides_listing(found, self._typed, ledger.clock(), may_write=self._may_write())
        )
        if any(one.row.id == self._wanted for one in found):
            self.page.choose(self._wanted)
            self._wanted = b""

    def _listing(self, typed: str) -> Listing:
        found = told(nearest(self._found, self._category), typed)
        return guides_listing(found, typed, self._desk.ledger.clock(), may_write=False)

    def _may_write(self) -> bool:
        return Role(self._desk.ledger.identity().role) in DESK_ROLES

    def _edit(self, guide: Id) -> None:
        ledger = self._desk.ledger

        def work() -> tuple[dict[str, object], tuple[Id, ...]] | None:
            with ledger.reading() as connection:
                found, held = row(connection, "guide", guide), records.load(connection, "guide", guide)
            return (found.fields, heads_of(held)) if found is not None and held is not None else None

        def done(found: tuple[dict[str, object], tuple[Id, ...]] | None) -> None:
            if found is not None:
                values, self._seen = found
                self.sheet.write(guide, values)

        self._desk.read(work, done)

    def _save(self, guide: Id, fields: dict[str, object]) -> None:
        ledger, seen = self._desk.ledger, self._seen
        title = fields.get(Guide.title.key) or self._title(guide)
        known = {one.row.id for one in self._found}

        def done(touched: Touched) -> None:
            self.sheet.close_over()
            for new in touched.records - known:
                self.show(new)

        self._desk.save(
            lambda: edit_record(ledger, "guide", guide or None, fields, seen if guide else None),
            words.SAVED.format(title),
            done,
            lambda error: self.sheet.show_error(words_of(error)),
        )

    def _retire(self, guide: Id) -> None:
        ledger = self._desk.ledger
        self._desk.save(
            lambda: edit_record(ledger, "guide", guide, {Kind.retired.key: "ended"}, None),
            words.RETIRED.format(self._title(guide)),
        )

    def _title(self, guide: Id) -> str:
        return next((one.row.text(Guide.title.key) for one in self._found if one.row.id == guide), "")
