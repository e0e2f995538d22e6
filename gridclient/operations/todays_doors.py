"""今日: the doors to go to, judged by the rules of the domain over what the ledger holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from gridclient.core.domain import attention, geography
from gridclient.core.domain.better_hours import Try
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.desk import SETTINGS_ID
from gridclient.core.domain.doors_due import DAYS_DOORS, Agreed, Due, Known, OpenMatter, When, due
from gridclient.core.domain.ids import Id
from gridclient.core.domain.intervals import Facts, Intervals, intervals
from gridclient.core.domain.must_visits import WORKDAYS, Trigger, of_matter, of_tag
from gridclient.ledger.buildings import BuildingLine, buildings, natural
from gridclient.ledger.doors_due import Counted, DoorFacts, door_facts, households_of, knocked
from gridclient.ledger.households import row
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.places import joined
from gridclient.ledger.receiving import places
from gridclient.operations.listing import CHINA

SECRET_MATTER = "保密诉求"
_SPOKEN = frozenset({"1", "2", "8"})
MOST_SHOWN = 100
_ONE_BY_ONE = 200  # more households than that are read with all others


@dataclass(frozen=True, slots=True)
class DoorDue:
    """One door to go to: where, who, and what the rules say of it."""

    household: Id
    building: Id
    compound: str
    number: str
    unit: str
    floor: int
    room: str
    head: str
    people: int
    last_at: int
    last_outcome: str
    due: Due

    @property
    def door(self) -> str:
        return geography.door(self.number, self.unit, self.room)

    @property
    def way(self) -> tuple[object, ...]:
        """Its place on the way: compound, building, unit, floor, room."""
        return (self.compound, natural(self.number), natural(self.unit), self.floor, natural(self.room))


@dataclass(frozen=True)
class Today:
    """All doors there is a reason to go to, by household; `doors`: how many households there are at all.

    `walkers`: how many people's work it is, as far as the grids tell.
    """

    found: Mapping[Id, DoorDue]
    counted: Counted
    doors: int
    walkers: int
    at: int

    def grouped(self) -> dict[When, list[DoorDue]]:
        """The doors of each group, the most pressing first.

        Only as many are for today as can be walked in a day; what has a last moment is always among them.
        """
        groups: dict[When, list[DoorDue]] = {when: [] for when in When}
        for one in sorted(self.found.values(), key=lambda one: (-one.due.score, one.way)):
            groups[one.due.when].append(one)
        must = groups[When.TODAY]
        room = DAYS_DOORS * self.walkers - sum(_has_to_be(one) for one in must)
        kept, later = [], []
        for one in must:
            if _has_to_be(one):
                kept.append(one)
            elif room > 0:
                kept.append(one)
                room -= 1
            else:
                later.append(one)
        groups[When.TODAY] = kept
        on_the_way = [*later, *groups[When.ON_THE_WAY]]
        groups[When.ON_THE_WAY] = sorted(on_the_way, key=lambda one: (-one.due.score, one.way))
        return groups

    @property
    def most(self) -> int:
        """How many doors of a group beside today's are worth showing: nobody walks more."""
        return min(2 * DAYS_DOORS * self.walkers, MOST_SHOWN)


def todays_doors(ledger: Ledger) -> Today:
    """Everything: of a worker's own buildings, or of all where office, supervisor or nobody else works."""
    now = ledger.clock()
    with ledger.reading() as connection:
        reading = _Reading(ledger, connection, now)
        facts = door_facts(connection, reading.day)
        counted = _counted(ledger, connection, now)
    mine = [one for one in facts if one.building in reading.lines]
    found = {one.household: one for one in reading.judged(mine)}
    return Today(found, counted, len(mine), reading.walkers, now)


def brought_up_to_date(ledger: Ledger, before: Today, touched: Iterable[Id]) -> Today:
    """The same after some records changed: only the households they belong to are read."""
    records = list(touched)
    now = ledger.clock()
    if len(records) > _ONE_BY_ONE:
        return todays_doors(ledger)
    with ledger.reading() as connection:
        homes = households_of(connection, records) if records else []
        if len(homes) > _ONE_BY_ONE:
            return todays_doors(ledger)
        reading = _Reading(ledger, connection, now)
        facts = door_facts(connection, reading.day, homes) if homes else []
        counted = _counted(ledger, connection, now)
    mine = [one for one in facts if one.building in reading.lines]
    kept = {one: door for one, door in before.found.items() if one not in set(homes)}
    found = kept | {one.household: one for one in reading.judged(mine)}
    return Today(found, counted, max(before.doors, len(found)), before.walkers, now)


class _Reading:
    """What judging doors needs besides the doors."""

    def __init__(self, ledger: Ledger, connection: Connection, now: int) -> None:
        self.now = now
        self.today = datetime.fromtimestamp(now / 1000, CHINA).date()
        self.day = self.today.isoformat()
        settings = row(connection, "settings", SETTINGS_ID)
        agreed = settings.fields if settings else {}
        self.every: Intervals = intervals(agreed)
        days = agreed.get("must_visit_days")
        self.workdays = days if isinstance(days, int) and days > 0 else WORKDAYS
        self.lines = _lines(ledger, connection)
        self.walkers = max(1, len({line.grid for line in self.lines.values() if line.grid}))
        if _is_worker(ledger):
            self.walkers = 1

    def judged(self, facts: Iterable[DoorFacts]) -> list[DoorDue]:
        made = []
        for one in facts:
            judged = due(self._known(one), self.now, self.every, self.workdays)
            if judged is not None:
                line = self.lines[one.building]
                where = (line.compound, line.number, one.unit, one.floor, one.room)
                last = (one.last_at, one.last_outcome)
                made.append(DoorDue(one.household, line.id, *where, one.head, one.people, *last, judged))
        return made

    def _known(self, one: DoorFacts) -> Known:
        flat = one.visits.replace(":", ",").split(",") if one.visits else []
        visits = tuple(sorted(map(Try, map(int, flat[::2]), flat[1::2])))
        # How often somebody comes is decided by the eldest alone.
        years = attention.age(one.eldest, self.today) if one.eldest else None
        facts = Facts(
            () if years is None else (years,),
            frozenset(tag for tag, _, _ in one.tags),
            one.people,
            one.sort,
            one.tenure,
            one.use,
            one.moved_in,
        )
        matters = tuple(
            OpenMatter(SECRET_MATTER if each.confidential else each.title, each.due)
            for each in one.matters
            if each.open
        )
        agreed = tuple(Agreed(*each) for each in one.agreed)
        last = (one.last_at, one.last_outcome, one.next_due)
        triggers = tuple(_triggers(one))
        return Known(facts, *last, visits, one.told, one.away_until, triggers, matters, agreed)


def _triggers(one: DoorFacts) -> Iterable[Trigger]:
    for tag, record, at in one.tags:
        sort = of_tag(tag)
        if sort:
            yield Trigger(sort, at, record)
    for each in one.matters:
        sort = of_matter(each.category)
        if sort:
            yield Trigger(sort, each.at, each.id, each.met in _SPOKEN)


def _has_to_be(one: DoorDue) -> bool:
    return any(reason.urgent and reason.until for reason in one.due.reasons)


def _lines(ledger: Ledger, connection: Connection) -> dict[Id, BuildingLine]:
    """The buildings whose doors are this person's, also under the names of those that are really one."""
    every = {line.id: line for line in buildings(connection)}
    if _is_worker(ledger):
        held = places(connection)
        every = {one: line for one, line in every.items() if one in held}
    same = joined(connection)
    return every | {one: every[target] for one, target in same.items() if target in every}


def _is_worker(ledger: Ledger) -> bool:
    identity = ledger.identity()
    return identity.enrolled and identity.role == Role.WORKER.value


def _counted(ledger: Ledger, connection: Connection, now: int) -> Counted:
    moment = datetime.fromtimestamp(now / 1000, CHINA)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    monday = midnight - timedelta(days=midnight.weekday())
    author = ledger.identity().worker if _is_worker(ledger) else None
    return knocked(connection, _millis(midnight), _millis(monday), author)


def _millis(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def in_walking_order(doors: Sequence[DoorDue]) -> list[DoorDue]:
    """Compound by compound, building by building, up through each unit."""
    return sorted(doors, key=lambda one: one.way)
