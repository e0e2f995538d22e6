"""The sheet of who moves in: one door, all its people, one act."""

from collections.abc import Callable, Mapping, Sequence

from gridclient.app.desk import Desk, words_of
from gridclient.app.present import moments
from gridclient.core.domain.geography import door
from gridclient.core.domain.ids import Id
from gridclient.desktop.household import RegisterSheet, RegisterView
from gridclient.desktop.household.edit_words import known_elsewhere
from gridclient.ledger.buildings import buildings
from gridclient.ledger.households import row
from gridclient.ledger.writing import Touched
from gridclient.operations.edit_record import Known, known_by_number, register_household

Fields = dict[str, object]


class MoveInJoin:
    """`registered` hears the new household."""

    def __init__(self, desk: Desk, registered: Callable[[Id], None]) -> None:
        self._desk = desk
        self._tell = registered
        self._seen: list[Known] = []
        self.sheet = RegisterSheet(desk.look, desk.window)
        self.sheet.registered.connect(self._registered)

    def open(self, dwelling: Id) -> None:
        """Open the sheet for a door; b"" asks for the door too."""
        self._seen = []

        def work() -> RegisterView:
            today = moments.today(self._desk.ledger.clock())
            with self._desk.ledger.reading() as connection:
                found = row(connection, "dwelling", dwelling or None)
                if found is not None:
                    building = row(connection, "building", found.place)
                    number = building.text("number") if building else ""
                    where = door(number, found.text("unit"), found.text("room"))
                    return RegisterView(dwelling, where, today=today)
                return RegisterView(
                    buildings=tuple(
                        (line.id, (f"{line.compound}{line.number}号楼", f"{line.number}号楼", line.number))
                        for line in buildings(connection)
                    ),
                    today=today,
                )

        self._desk.read(work, self.sheet.register)

    def _registered(self, dwelling: Id, place: Fields, about: Fields, people: list[Fields]) -> None:
        """Who is behind another door already is named once; said again, it is kept."""
        numbers = [person.get("id_number") for person in people]

        def work() -> list[Known]:
            return known_by_number(self._desk.ledger, numbers)

        def done(known: list[Known]) -> None:
            if known and known != self._seen:
                self._seen = known
                said = "；".join(f"{one.name}已经登记在{one.door or '另一户'}" for one in known)
                self.sheet.ask(known_elsewhere(said))
            else:
                self._save(dwelling, place, about, people)

        if any(numbers):
            self._desk.read(work, done)
        else:
            self._save(dwelling, place, about, people)

    def _save(
        self, dwelling: Id, place: Fields, about: Fields, people: Sequence[Mapping[str, object]]
    ) -> None:
        made: list[Id] = []

        def work() -> Touched:
            head, *others = people
            touched, opens = register_household(
                self._desk.ledger, dwelling or None, place, about, head, others
            )
            made.append(opens)
            return touched

        def done(_touched: Touched) -> None:
            self.sheet.close_over()
            self._tell(made[0])

        self._desk.save(
            work, f"登记好了，{len(people)} 人。", done, lambda error: self.sheet.show_error(words_of(error))
        )
