"""The search box: everything a ledger holds, while typing."""

from collections.abc import Callable

from gridclient.app.desk import Desk
from gridclient.app.present.search import hits
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.desktop.search import Hit
from gridclient.ledger.search import Entry, Line, Reading, SearchIndex, read_all, read_some
from gridclient.ledger.writing import Touched
from gridclient.operations.spell import readings

# A change of these moves whole registers.
_WIDE = frozenset({"*", "building", "compound"})
Some = tuple[set[Id], dict[str, list[Line]]]


class SearchJoin:
    """Keeps the index level with the ledger and answers every key.

    `acts` finds what can be done by the words typed; it stands in the same list.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.index = SearchIndex(readings())
        self._reading = False
        self._again = False
        self._touched: set[Id] = set()
        self.acts: Callable[[str], list[Hit]] = lambda typed: []
        desk.add(self)
        desk.window.search_changed.connect(self._find)

    def refresh(self, touched: Touched) -> None:
        if touched.kinds.isdisjoint({"*", *KINDS}):
            return
        if touched.kinds & _WIDE or not touched.records:
            self.load()
        else:
            self._touched |= touched.records
            self._catch_up()

    def load(self) -> None:
        """Read everything away from the window; once more if something changed meanwhile."""
        self._touched.clear()
        if self._reading:
            self._again = True
            return
        self._reading = True

        def work() -> Reading:
            with self._desk.ledger.reading() as connection:
                return read_all(connection, self.index.readings)

        def done(reading: Reading) -> None:
            self._let_go(self.index.replace(reading))
            self._rest()

        self._desk.read(work, done)

    def _let_go(self, before: Reading) -> None:
        """Forget tens of thousands of entries where it keeps nobody waiting."""
        held = [before]
        self._desk.read(held.clear, lambda _: None)

    def _catch_up(self) -> None:
        """Read what changed, with what shows something of it."""
        if self._reading or not self._touched:
            return
        self._reading = True
        touched, self._touched = self._touched, set()

        def work() -> Some | None:
            with self._desk.ledger.reading() as connection:
                return read_some(connection, self.index.readings, touched)

        def done(found: Some | None) -> None:
            if found is None or not self.index.update(*found):
                self._again = True
            self._rest()

        self._desk.read(work, done)

    def _rest(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self.load()
        else:
            self._catch_up()

    def opens(self, record: Id) -> Entry | None:
        """What a chosen hit stands for."""
        return self.index.entry(record)

    def _find(self, typed: str) -> None:
        window = self._desk.window
        found = hits(self.index.find(typed), self._desk.ledger.clock())
        acts = self.acts(typed)
        window.show_hits(typed, [*acts, *found] if window.commanding else [*found, *acts])
