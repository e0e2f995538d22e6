"""What people write: every shape in which words can meet."""

import random
from collections.abc import Callable

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Kind
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Draft
from gridclient.core.merge.record import seen_by
from gridclient.ledger.ledger import Ledger
from sync_server.cli.drill.community import Template

NAMES = ("赵世昌", "赵仕昌", "赵士昌", "李萍")
PHONES = ("13900000001", "13900000002", "13900000003")
STATUSES = ("received", "verifying", "handling", "closed", "void")
ROWS_OF_A_REGISTER = 6  # what several people import: same rows, same ids
_WITHOUT_LOOKING = 0.12


class Pen:
    """Makes the drafts of one save on one ledger; an empty list where there is nothing to write on."""

    def __init__(
        self,
        ledger: Ledger,
        chance: random.Random,
        template: Template,
        remembered: dict[Id, tuple[Id, ...]],
    ) -> None:
        self._ledger = ledger
        self._chance = chance
        self._template = template
        self._remembered = remembered
        self._scope: list[Id] = []

    def drafts(self) -> tuple[str, list[Draft]]:
        """Which sort of save it is, and what is saved: a household where there is nothing to write on."""
        sorts: dict[Callable[[], list[Draft]], float] = {
            self._household: 3,
            self._resident: 3,
            self._register_row: 2,
            self._edit: 9,
            self._edit_household: 2,
            self._retire: 2,
            self._visit: 4,
            self._correct: 2,
            self._matter: 2,
            self._step: 3,
            self._note: 1,
            self._building: 1,
            self._grid: 0.4,
            self._somebody_else: 0.3,
        }
        sort = self._chance.choices(list(sorts), list(sorts.values()))[0]
        made = sort() or self._household()
        return sort.__name__.strip("_"), made

    def look(self) -> None:
        """Somebody opens some forms now and will save them later, with what was on the screen then."""
        for kind in ("resident", "household"):
            for record, _ in self._known(kind):
                found = self._ledger.record(kind, record) if self._chance.random() < 0.3 else None
                if found is not None:
                    self._remembered[record] = seen_by(found, [Kind.retired.key])

    def new_id(self) -> Id:
        return ids.timed(self._ledger.clock(), self._chance.randbytes(10))

    def _known(self, kind: str) -> list[tuple[Id, Id]]:
        """(record, place) of all that this ledger shows of a kind."""
        with self._ledger.reading() as connection:
            found = connection.exec_driver_sql(f"SELECT id, place FROM k_{kind} ORDER BY id")
            return [(row[0], row[1]) for row in found]

    def _place(self) -> Id:
        """A building: mostly one this ledger holds, sometimes anybody's."""
        with self._ledger.reading() as connection:
            held = [row[0] for row in connection.exec_driver_sql("SELECT id FROM place ORDER BY id")]
        buildings = [record for record, _ in self._known("building")] or list(self._template.buildings)
        mine = [one for one in held if one in buildings]
        place: Id = self._chance.choice(mine if mine and self._chance.random() < 0.9 else buildings)
        return place

    def _new(self, kind: str, place: Id, **fields: object) -> list[Draft]:
        return [Draft(kind, self.new_id(), place, fields, new=True)]

    def _over(self, kind: str, said: dict[str, object], one: tuple[Id, Id]) -> list[Draft]:
        """An edit: of what is on the screen now, of what was there once, or without looking."""
        seen = self._remembered.pop(one[0], None)
        if seen is None and self._chance.random() < _WITHOUT_LOOKING:
            seen = ()
        return [Draft(kind, one[0], one[1], said, seen=seen)]

    def _one(self, kind: str) -> tuple[Id, Id] | None:
        known = self._known(kind)
        return self._chance.choice(known) if known else None

    def _sentence(self) -> str:
        return f"第 {self._chance.randrange(1000)} 句"

    def _household(self) -> list[Draft]:
        place, house = self._place(), self.new_id()
        drafts = [Draft("household", house, place, {"dwelling": ids.named("door", house.hex())}, new=True)]
        for _ in range(self._chance.randrange(3)):
            fields: dict[str, object] = {"household": house, "name": self._chance.choice(NAMES)}
            drafts.append(Draft("resident", self.new_id(), place, fields, new=True))
        return drafts

    def _resident(self) -> list[Draft]:
        house = self._one("household")
        if house is None:
            return []
        phones = self._chance.sample(PHONES, self._chance.randrange(3))
        name = self._chance.choice(NAMES)
        return self._new("resident", house[1], household=house[0], name=name, phones=[phones, []])

    def _register_row(self) -> list[Draft]:
        """Rows of one file that several people import, sometimes after somebody has changed the file."""
        drafts = []
        for row in range(self._chance.randrange(1, 4)):
            number = (row + self._chance.randrange(ROWS_OF_A_REGISTER)) % ROWS_OF_A_REGISTER
            place = self._template.buildings[number % 2]
            name = NAMES[number % 2] if self._chance.random() < 0.7 else self._chance.choice(NAMES)
            fields: dict[str, object] = {"household": ids.named("row's house", str(number)), "name": name}
            record = ids.named("row", str(number))
            drafts.append(Draft("resident", record, place, fields, new=True))
        return drafts

    def _edit(self) -> list[Draft]:
        one = self._one("resident")
        if one is None:
            return []
        choice = self._chance.choice
        edits: list[dict[str, object]] = [
            {"name": choice(NAMES)},
            {"remark": self._sentence()},
            {"remark": None},
            {"id_number": f"63990019800101{self._chance.randrange(1000, 9999)}", "id_type": "1"},
            {"phones": [[choice(PHONES)], []]},
            {"phones": [[choice(PHONES)], self._chance.sample(PHONES, 1)]},
            {"phones": [[], list(PHONES)]},
            {"verified": max(0, self._ledger.clock())},
            {"name": choice(NAMES), "remark": self._sentence(), "phones": [[choice(PHONES)], []]},
        ]
        return self._over("resident", choice(edits), one)

    def _edit_household(self) -> list[Draft]:
        one = self._one("household")
        edits: list[dict[str, object]] = [
            {"care": self._sentence()},
            {"phone": self._chance.choice(PHONES)},
            {"consent": "1", "consent_at": None, "consent_method": None},
        ]
        return self._over("household", self._chance.choice(edits), one) if one else []

    def _retire(self) -> list[Draft]:
        kind = self._chance.choice(("resident", "resident", "household", "matter"))
        one = self._one(kind)
        said: dict[str, object] = {
            Kind.retired.key: self._chance.choice(("moved", "mistake", None)),
            Kind.successor.key: None,
        }
        return self._over(kind, said, one) if one else []

    def _visit(self) -> list[Draft]:
        house = self._one("household")
        if house is None:
            return []
        return self._new(
            "visit",
            house[1],
            household=house[0],
            at=max(0, self._ledger.clock()),
            outcome=self._chance.choice("1234"),
            purposes=[["1"], []],
            summary=self._sentence(),
        )

    def _correct(self) -> list[Draft]:
        one = self._one("visit")
        return self._over("visit", {"summary": self._sentence()}, one) if one else []

    def _matter(self) -> list[Draft]:
        house = self._one("household")
        if house is None:
            return []
        if self._chance.random() < 0.2:
            hidden = self._new("matter_body", DESK, matter=self.new_id(), body=self._sentence())
            return [*self._new("matter", DESK, title="保密的事", confidential=True), *hidden]
        return self._new("matter", house[1], household=house[0], title=self._sentence())

    def _step(self) -> list[Draft]:
        matter = self._one("matter")
        if matter is None or matter[1] == DESK:
            return []
        after = [record for record, place in self._known("matter_step") if place == matter[1]][-2:]
        return self._new(
            "matter_step",
            matter[1],
            matter=matter[0],
            status=self._chance.choice(STATUSES),
            at=max(0, self._ledger.clock()),
            after=[list(after), []],
        )

    def _note(self) -> list[Draft]:
        return self._new("review_item", DESK, sort="note", value=self._sentence())

    def _building(self) -> list[Draft]:
        """The desk's business; a worker who does it has to wait for the supervisor."""
        if self._chance.random() < 0.3 and self._ledger.identity().role == "supervisor":
            grid = self._chance.choice(self._template.grids)
            return self._new("building", COMMONS, compound=ids.named("c"), number="99", grid=grid)
        one = self._one("building")
        return self._over("building", {"steward": self._chance.choice(NAMES)}, one) if one else []

    def _grid(self) -> list[Draft]:
        one = self._one("grid")
        said: dict[str, object] = {"title": self._sentence()}
        return self._over("grid", said, one) if one else []

    def _somebody_else(self) -> list[Draft]:
        """Signed with another's name: no server takes that."""
        made = self._visit()
        author = self._chance.choice(self._template.workers)
        return [draft._replace(author=author) for draft in made]
