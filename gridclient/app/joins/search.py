"""The search box: people and doors while typing."""

from gridclient.app.desk import Desk, names
from gridclient.core.domain.ids import Id
from gridclient.desktop.search import Hit
from gridclient.ledger.search import Entry, SearchIndex
from gridclient.ledger.writing import Touched
from gridclient.operations.spell import speller

SHOWN = frozenset({"resident", "household", "dwelling", "building", "compound"})
_ICONS = {"resident": "user", "household": "home", "dwelling": "door"}
_SORTS = {"resident": "人", "household": "门", "dwelling": "门"}


class SearchJoin:
    """Keeps the index level with the ledger and answers every key."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.index = SearchIndex(speller())
        self._reading = False
        self._again = False
        desk.add(self)
        desk.window.search_changed.connect(self._find)

    def refresh(self, touched: Touched) -> None:
        if names(touched, SHOWN):
            self.load()

    def load(self) -> None:
        """Read all entries away from the window; once more if something changed meanwhile."""
        if self._reading:
            self._again = True
            return
        self._reading = True

        def work() -> list[Entry]:
            with self._desk.ledger.reading() as connection:
                return self.index.read(connection)

        self._desk.read(work, self._read)

    def _read(self, entries: list[Entry]) -> None:
        self._reading = False
        self.index.replace(entries)
        if self._again:
            self._again = False
            self.load()

    def opens(self, record: Id) -> Entry | None:
        """What a chosen hit stands for."""
        return self.index.entry(record)

    def _find(self, typed: str) -> None:
        hits = [
            Hit(one.record, _ICONS[one.kind], one.title, one.place, _SORTS[one.kind])
            for one in self.index.find(typed)
        ]
        self._desk.window.show_hits(typed, hits)
