"""Moving out, moving on, splitting and joining: the sheet of who leaves a door, and where they go on."""

from collections.abc import Callable

from sqlalchemy import Connection

from gridclient.app.desk import Desk, words_of
from gridclient.app.present import moments
from gridclient.core.domain.geography import door
from gridclient.core.domain.ids import Id
from gridclient.desktop.household.moving import (
    DOOR,
    EMPTY,
    NEXT,
    OUT,
    DoorChoice,
    Going,
    Leaver,
    MovingSheet,
    MovingView,
)
from gridclient.ledger.households import household, row, rows
from gridclient.ledger.search import Group
from gridclient.ledger.writing import Touched
from gridclient.operations.move import LIVE, Moved, move_household, move_people
from gridclient.operations.part_households import (
    holdings,
    join_households,
    move_out,
    people_move_out,
    split_household,
)

MOST = 6


class MovingJoin:
    """`opened` hears the household that is shown afterwards; `register` a door somebody else moves into."""

    def __init__(self, desk: Desk, opened: Callable[[Id], None], register: Callable[[Id], None]) -> None:
        self._desk = desk
        self._tell, self._register = opened, register
        self._household: Id = b""
        self._dwelling: Id = b""
        self._place: Id = b""
        self.find: Callable[[str], list[Group]] = lambda typed: []
        self.sheet = MovingSheet(desk.look, desk.window)
        self.sheet.decided.connect(self._decided)
        self.sheet.door_sought.connect(self._seek)

    def open(self, opens: Id, where: str = OUT, chosen: tuple[Id, ...] = ()) -> None:
        """Open the sheet for a household; `chosen`: who goes, else all."""
        ledger = self._desk.ledger

        def work() -> MovingView | None:
            held = holdings(ledger, opens)
            with ledger.reading() as connection:
                found = household(connection, opens, visits=0)
            if found is None or not found.people:
                return None
            head = found.household.fields.get("head")
            self._household, self._place = opens, found.household.place
            self._dwelling = found.dwelling.id if found.dwelling else b""
            number = found.building.text("number") if found.building else ""
            home = found.dwelling
            return MovingView(
                opens,
                door(number, home.text("unit"), home.text("room")) if home else "",
                tuple(
                    Leaver(one.id, one.text("name"), one.id == head, held.tags.get(one.id, 0))
                    for one in found.people
                ),
                held.tags.get(None, 0),
                held.matters,
                held.appointments,
                held.visits,
                moments.today(ledger.clock()).isoformat(),
                where,
                chosen,
            )

        def done(view: MovingView | None) -> None:
            if view is not None:
                self.sheet.show_household(view)

        self._desk.read(work, done)

    def join(self, gone: Id, into: Id) -> None:
        """并户: one household of a door goes on in the other."""

        def work() -> Touched:
            return join_households(self._desk.ledger, gone, into).touched

        self._desk.save(work, "并成一户了，关系要再看一遍。", lambda _touched: self._tell(into))

    def _seek(self, typed: str) -> None:
        found = self.find(typed) if typed.strip() else []
        opens = [one.entry.opens for group in found for one in group.found if one.entry.opens]

        def work() -> list[DoorChoice]:
            with self._desk.ledger.reading() as connection:
                return self._doors(connection, opens)

        self._desk.read(work, lambda doors: self.sheet.show_doors(typed, doors))

    def _doors(self, connection: Connection, opens: list[Id]) -> list[DoorChoice]:
        made: list[DoorChoice] = []
        for dwelling in dict.fromkeys(_dwelling(connection, one) for one in opens):
            home = row(connection, "dwelling", dwelling) if dwelling else None
            if home is None or home.id == self._dwelling or len(made) >= MOST:
                continue
            block = row(connection, "building", home.place)
            where = door(block.text("number") if block else "", home.text("unit"), home.text("room"))
            near = home.place == self._place
            families = rows(connection, "household", f"dwelling = ? AND {LIVE}", (home.id,))
            about = "没人登记" if not families else "另立一户"
            made.append(DoorChoice(home.id, where, about, near=near))
            for family in families:
                head = family.fields.get("head")
                who = row(connection, "resident", head) if isinstance(head, bytes) else None
                name = f"{who.text('name')}家" if who else "另一户"
                made.append(DoorChoice(home.id, where, f"住进{name}", family.id, near))
        return made

    def _decided(self, going: Going) -> None:
        made: list[Id] = []
        opens, dwelling = self._household, self._dwelling

        def work() -> Touched:
            moved = self._move(opens, going)
            made.append(moved.household)
            return moved.touched

        def done(_touched: Touched) -> None:
            self.sheet.close_over()
            self._tell(made[0])
            if going.whole and going.left == NEXT and dwelling:
                self._register(dwelling)

        said = "记下了，搬走了。" if going.where == OUT else "记下了，搬好了。"
        self._desk.save(work, said, done, lambda error: self.sheet.show_error(words_of(error)))

    def _move(self, opens: Id, going: Going) -> Moved:
        ledger, target = self._desk.ledger, going.door
        if going.where == OUT and going.whole:
            return move_out(ledger, opens, going.day, going.far, left_empty=going.left == EMPTY)
        if going.where == OUT:
            return people_move_out(ledger, opens, going.people, going.day, going.far, going.stays_head)
        if going.where == DOOR and target is not None and going.whole:
            return move_household(ledger, opens, target.id, going.day, left_empty=going.left == EMPTY)
        if going.where == DOOR and target is not None and target.household:
            return move_people(ledger, going.people, target.household)
        head = going.new_head or going.people[0]
        return split_household(
            ledger,
            opens,
            dict.fromkeys(going.people),
            head,
            target.id if target is not None else None,
            going.day,
            going.stays_head,
        )


def _dwelling(connection: Connection, opens: Id) -> Id | None:
    """The door of what a search opens: a household, or a dwelling where none is registered."""
    home = row(connection, "household", opens)
    found = home.fields.get("dwelling") if home is not None else opens
    return found if isinstance(found, bytes) else None
