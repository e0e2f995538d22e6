"""Who is in charge of what: what the supervisor writes about people, grids and buildings."""

import random

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from gridclient.core.merge.record import seen_by
from gridclient.ledger.ledger import Ledger
from sync_server.cli.drill.community import DAY, Template
from sync_server.service.commons import local_day


class Charge:
    """Makes the drafts of one decision of the supervisor, on the supervisor's own ledger."""

    def __init__(self, ledger: Ledger, chance: random.Random, template: Template) -> None:
        self._ledger = ledger
        self._chance = chance
        self._template = template

    def drafts(self) -> list[Draft]:
        """One decision; nothing where this ledger knows of nobody yet."""
        decide = self._chance.choice((self._assign, self._assign, self._end, self._move_building, self._role))
        return decide()

    def _known(self, kind: str) -> list[Id]:
        with self._ledger.reading() as connection:
            found = connection.exec_driver_sql(f"SELECT id FROM k_{kind} ORDER BY id")
            return [row[0] for row in found]

    def _edit(self, kind: str, record: Id, fields: dict[str, object]) -> list[Draft]:
        found = self._ledger.record(kind, record)
        assert found is not None
        return [Draft(kind, record, COMMONS, fields, seen=seen_by(found, list(fields)))]

    def _day(self) -> str:
        return local_day(self._ledger.clock() + self._chance.randrange(-2, 3) * DAY)

    def _assign(self) -> list[Draft]:
        record = ids.timed(self._ledger.clock(), self._chance.randbytes(10))
        fields: dict[str, object] = {
            "worker": self._chance.choice(self._template.workers[2:]),
            "grid": self._chance.choice(self._template.grids),
            "since": self._day(),
        }
        if self._chance.random() < 0.2:
            fields["until"] = self._day()
        return [Draft("assignment", record, COMMONS, fields, new=True)]

    def _end(self) -> list[Draft]:
        known = self._known("assignment")
        if not known:
            return []
        record = self._chance.choice(known)
        if self._chance.random() < 0.5:
            return self._edit("assignment", record, {"until": self._day()})
        said: dict[str, object] = {"retired": self._chance.choice(("ended", None)), "successor": None}
        return self._edit("assignment", record, said)

    def _move_building(self) -> list[Draft]:
        known = self._known("building")
        if not known:
            return []
        grid = self._chance.choice(self._template.grids)
        return self._edit("building", self._chance.choice(known), {"grid": grid})

    def _role(self) -> list[Draft]:
        known = [one for one in self._known("worker") if one in self._template.workers[1:]]
        if not known:
            return []
        role = self._chance.choice(("worker", "worker", "office"))
        return self._edit("worker", self._chance.choice(known), {"role": role})
