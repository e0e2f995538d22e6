"""The sheet of who is looked after: opened on purpose, and written down if it tells what is restricted."""

from gridclient.app.desk import Desk, words_of
from gridclient.app.present import moments
from gridclient.app.present.care import care_lines
from gridclient.core.domain.care import CareTag
from gridclient.core.domain.ids import Id
from gridclient.desktop.household import CareSheet, CareView
from gridclient.ledger.households import household
from gridclient.ledger.writing import Touched
from gridclient.operations.edit_record import edit_record
from gridclient.operations.reveal import note


class CareJoin:
    """`door`: the words for a household's door, as its page shows them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._household: Id | None = None
        self._door = ""
        self.sheet = CareSheet(desk.look, desk.window)
        self.sheet.tag_added.connect(self._add)
        self.sheet.tag_ended.connect(self._end)
        self.sheet.tag_wrong.connect(lambda tag: self._save(tag, {"retired": "mistake"}, "去掉了一项关照。"))

    def open(self, opens: Id, door: str) -> None:
        """Open the sheet of a household."""
        self._household, self._door = opens, door
        self._show(asked=True)

    def _show(self, *, asked: bool = False) -> None:
        opens = self._household
        if opens is None:
            return
        ledger = self._desk.ledger

        def work() -> CareView | None:
            with ledger.reading() as connection:
                found = household(connection, opens, visits=0)
            if found is None:
                return None
            lines = care_lines(found, ledger.clock())
            restricted = sum(line.level > 1 for line in lines)
            if asked and restricted and ledger.writable:
                note(ledger, opens, restricted)
            people = tuple((one.id, one.text("name")) for one in found.people)
            return CareView(opens, self._door, lines, people)

        def done(view: CareView | None) -> None:
            if view is not None:
                self.sheet.show_care(view)

        self._desk.runner.write(work, done, self._desk.failed)

    def _add(self, fields: dict[str, object]) -> None:
        said = {**fields, CareTag.verified.key: self._desk.ledger.clock()}
        self._save(None, said, "关照记下了。")

    def _end(self, tag: Id) -> None:
        today = moments.today(self._desk.ledger.clock()).isoformat()
        self._save(tag, {CareTag.until.key: today}, "这一项到今天为止。")

    def _save(self, tag: Id | None, fields: dict[str, object], said: str) -> None:
        def done(_touched: Touched) -> None:
            self._show()

        self._desk.save(
            lambda: edit_record(self._desk.ledger, CareTag.kind, tag, fields, None),
            said,
            done,
            lambda error: self.sheet.show_error(words_of(error)),
        )
