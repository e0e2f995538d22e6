"""Who changed what: the sheet of one record's history."""

from gridclient.app.desk import Desk
from gridclient.app.present.history import history_view
from gridclient.core.domain.ids import Id
from gridclient.desktop.history import HistorySheet, HistoryView
from gridclient.ledger.writing import Touched
from gridclient.operations.history import Teller


class HistoryJoin:
    """Opened for any record; what is being read is not moved under the reader's eyes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.sheet = HistorySheet(desk.look, desk.window)

    def refresh(self, touched: Touched) -> None:
        """A history is read at one moment."""

    def open(self, kind: str, record: Id, group: str = "") -> None:
        """Show the history of a record, at one of its groups."""

        def work() -> HistoryView | None:
            now = self._desk.ledger.clock()
            with self._desk.ledger.reading() as connection:
                story = Teller(connection).story(kind, record)
            return history_view(story, now) if story is not None else None

        def done(view: HistoryView | None) -> None:
            if view is not None:
                self.sheet.show_history(view, group)

        self._desk.read(work, done)
