"""A newer program that knows kinds and fields ours does not, and one that says what nobody may."""

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.merge.record import seen_by
from gridclient.core.wire.messages import RefusedError, UnreachableError
from sync_server.cli.drill.community import Let
from sync_server.cli.drill.laptop import Laptop
from sync_server.cli.drill.line import Line
from sync_server.cli.drill.trace import short
from sync_server.cli.drill.world import World

DRONE = "drone"  # a kind of a year to come


class Newcomer:
    """A laptop of a supervisor with a program of next year. It keeps nothing and repeats itself."""

    def __init__(self, world: World, let: Let) -> None:
        self._world = world
        self._chance = world.chance
        self._let = let
        self._line = Line(let.enrolled.token, world, world.weather, world.guard)
        self._number = 0
        self._said: list[Change] = []

    def newcomer(self, _: Laptop) -> None:
        """It says something new, or the same once more."""
        world = self._world
        world.follow()
        again = self._said and self._chance.random() < 0.2
        change = self._chance.choice(self._said) if again else self._change()
        self._said.append(change)
        try:
            (answer,) = self._line.push([change]).answers
        except (RefusedError, UnreachableError) as error:
            world.trace.say(f"  newcomer: {getattr(error, 'code', 'unreachable')}")
            return
        world.trace.say(f"  newcomer: {change.kind} {short(change.id)} {answer.status}")

    def _change(self) -> Change:
        mirror = self._world.mirror
        drones = self._known(DRONE)
        people = self._known("resident")
        sort = self._chance.randrange(4)
        if sort == 0 and drones:
            record = self._chance.choice(drones)
            said: dict[str, object] = {"height": self._chance.randrange(100)}
            return self._make(DRONE, mirror.records[record].record.place, said, record)
        if sort == 1 and people:
            record = self._chance.choice(people)
            said = {"tomorrow": [self._chance.randrange(9), {"a": None}]}
            return self._make("resident", mirror.records[record].record.place, said, record)
        place = self._chance.choice(self._world.template.buildings)
        if sort == 2:
            return self._make("resident", place, {"name": "赵" * 51, "household": ids.named("h")})
        return self._make(DRONE, place, {"height": 1, "colour": "red", "at": 5})

    def _known(self, kind: str) -> list[Id]:
        return sorted(key for key, told in self._world.mirror.records.items() if told.record.kind == kind)

    def _make(self, kind: str, place: Id, fields: dict[str, object], record: Id | None = None) -> Change:
        self._number += 1
        now = self._world.now()
        identity = ids.timed(now, self._chance.randbytes(10))
        told = self._world.mirror.records.get(record) if record else None
        seen = seen_by(told.record, list(fields)) if told and self._chance.random() < 0.7 else ()
        worker = self._let.enrolled.worker
        of = record or identity
        return Change(identity, self._let.device, self._number, worker, now, kind, of, place, fields, seen)
