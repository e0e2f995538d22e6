"""What importing a register would write: pure, so that it can be shown before it is done.

Ids come from what things are and where they stood in the file, and nothing here knows a clock: two laptops
that import one file write the very same changes, and an import cut off in the middle goes on from there.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from gridclient.core.domain import ids
from gridclient.core.domain.geography import building_id, compound_id, door, dwelling_id
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.domain.values import normal_text
from gridclient.core.merge.change import Draft
from gridclient.core.merge.record import seen_by
from gridclient.core.merge.shape import shape_of
from gridclient.exchange import twins, words
from gridclient.exchange.doors import Door
from gridclient.exchange.findings import Doubt
from gridclient.exchange.households import Household
from gridclient.exchange.known import Known, KnownRecord
from gridclient.exchange.people import Person
from gridclient.exchange.register import Register
from gridclient.exchange.report import HELD, ROW_STATES, Report
from gridclient.exchange.rows import ReadRow
from gridclient.exchange.settling import Difference, creation, review_draft, settle, suggestion
from gridclient.exchange.twins import Twin


class Batch(NamedTuple):
    """What one row writes; to be saved in one transaction, in order."""

    sheet: str
    row: int
    drafts: tuple[Draft, ...]


Spot = tuple[str, int]  # sheet and row


class Differing(NamedTuple):
    """What the file says otherwise of one record the ledger holds."""

    kind: str
    record: Id
    values: tuple[Difference, ...]


class ImportPlan(NamedTuple):
    """What an import would do.

    Attributes:
        batches: in order; rows that write nothing have none.
        states: of every row that can be imported: new, changed, skipped, or held for a person to decide.
        differences: by row, value for value.
        twins: people who may be in the file or the ledger twice.
    """

    batches: tuple[Batch, ...]
    report: Report
    states: dict[Spot, str] = {}  # noqa: RUF012
    differences: dict[Spot, list[Differing]] = {}  # noqa: RUF012
    twins: tuple[Twin, ...] = ()

    def drafts(self) -> Iterable[Draft]:
        return (draft for batch in self.batches for draft in batch.drafts)


def plan(register: Register, known: Known, also: Collection[Spot] = ()) -> ImportPlan:
    """What to write into a ledger for a register. Reads only `known`, changes nothing.

    Whoever the ledger has behind another door is left out, neither doubled nor moved, but for the rows in
    `also`: of those a person said that they are somebody else.
    """
    planner = _Planner(register, known, also)
    for household in register.households:
        planner.add_household(household)
    for row in register.vacant:
        planner.add_vacant(row)
    return planner.finish()


class _Dwelt(NamedTuple):
    """A door in the ledger. `held`: the ledger had it before, so that people may be known behind it."""

    building: Id
    dwelling: Id
    held: bool


class _Planner:
    def __init__(self, register: Register, known: Known, also: Collection[Spot]) -> None:
        self._file = register.sha256
        self._known = known
        self._also = frozenset(also)
        self._twins = list(twins.in_file(register.households, register.repeated))
        self._differences: dict[Spot, list[Differing]] = {}
        self._report = Report.of(register.findings)
        self._batches: list[Batch] = []
        self._drafts: list[Draft] = []
        self._row: tuple[str, int] = ("", 0)
        self._states = dict.fromkeys(register.rows, ROW_STATES[0])
        self._extents = _extents(register)
        self._compounds: dict[str, tuple[Id, str]] = {}
        self._buildings: dict[tuple[str, str], Id] = {}
        self._spots: dict[tuple[Id, str, str], _Dwelt] = {}
        self._claimed: set[Id] = set()
        self._peopled: set[Spot] = set()
        self._found: dict[Id, KnownRecord | None] = {}

    def add_household(self, household: Household) -> None:
        self._begin(household.sheet, household.row)
        first = household.people[0][1]
        own = self._named(household, household.row, "household", first.block)
        again = self._record("household", own) is not None
        spot = self._spot(household.door, household.dwelling, again)
        record = own if again else self._household_there(household, spot) or own
        people = [self._resident(household, row, person, spot) for row, person in household.people]
        if not any(people):
            return
        values: dict[str, object] = {"dwelling": spot.dwelling, **household.values}
        if household.head is not None:
            head = next(i for i, (_, one) in enumerate(household.people) if one is household.head)
            values["head"] = people[head] or None
            if household.head.phones:
                values.setdefault("phone", household.head.phones[0])
        self._put("household", record, spot.building, values, again)
        for (row, person), resident in zip(household.people, people, strict=True):
            self._begin(row.sheet, row.row)
            if resident is None:
                continue
            self._put_resident(household, person, resident, record, spot)

    def add_vacant(self, row: ReadRow) -> None:
        self._begin(row.sheet, row.row)
        self._spot(row.door, row.dwelling, False)

    def finish(self) -> ImportPlan:
        self._end()
        for twin in self._twins:
            spot = (twin.sheet, twin.row)
            if twin.held and spot in self._states and spot not in self._peopled:
                self._states[spot] = HELD
        for state in self._states.values():
            self._report.rows.add("error" if state == HELD else state)
        self._report.rows.error += len({(fault.sheet, fault.row) for fault in self._report.faults})
        self._report.twins = [twin._asdict() for twin in self._twins]
        return ImportPlan(
            tuple(self._batches), self._report, self._states, self._differences, tuple(self._twins)
        )

    def _begin(self, sheet: str, row: int) -> None:
        if (sheet, row) != self._row:
            self._end()
            self._row = (sheet, row)

    def _end(self) -> None:
        if self._drafts:
            self._batches.append(Batch(*self._row, tuple(self._drafts)))
            self._drafts = []

    def _named(self, household: Household, row: int, kind: str, block: int, sheet: str = "") -> Id:
        return ids.named("import", self._file, sheet or household.sheet, str(row), f"{kind}:{block}")

    # Places

    def _spot(self, where: Door, said: dict[str, object], again: bool) -> _Dwelt:
        compound, title = self._compound(where.compound)
        building = self._building(where, compound, title, again)
        key = (building, where.unit, where.room)
        spot = self._spots.get(key)
        if spot is None:
            there = self._known.dwelling_at(building, where.unit, where.room)
            dwelling = there or dwelling_id(title, where.number, where.unit, where.room)
            spot = self._spots[key] = _Dwelt(building, dwelling, there is not None)
            values = {
                "building": building,
                "unit": where.unit or None,
                "floor": where.floor,
                "room": where.room,
                **said,
            }
            self._put("dwelling", dwelling, building, values, again)
        return spot

    def _compound(self, written: str) -> tuple[Id, str]:
        found = self._compounds.get(written)
        if found is None:
            there = self._known.compound_named(written)
            record = self._record("compound", there) if there else None
            title = str(record.values.get("title") or written) if record else written
            found = self._compounds[written] = (there or compound_id(written), title)
            if there is None and self._put("compound", found[0], COMMONS, {"title": written}, True):
                self._report.new_places.append(written)
        return found

    def _building(self, where: Door, compound: Id, title: str, again: bool) -> Id:
        key = (where.compound, where.number)
        building = self._buildings.get(key)
        if building is None:
            there = self._known.building_named(compound, where.number)
            building = self._buildings[key] = there or building_id(title, where.number)
            units, floors = self._extents[key]
            values: dict[str, object] = {"compound": compound, "number": where.number}
            if there is not None:
                values = {}
                known = self._record("building", there)
                units = units if known and _more(units, known.values.get("units")) else None
                floors = floors if known and _more(floors, known.values.get("floors")) else None
            values |= {"units": units, "floors": floors}
            if self._put("building", building, COMMONS, values, again) and there is None:
                self._report.new_places.append(f"{title} {door(where.number, '', '')}")
        return building

    # People

    def _household_there(self, household: Household, spot: _Dwelt) -> Id | None:
        """The household of an earlier import or by hand that this one is."""
        if not spot.held:
            return None
        name = household.head.name if household.head else household.head_name
        found = self._known.household_at(spot.dwelling, name)
        if found is not None:
            return found
        for _, person in household.people:
            resident = self._known.resident_at(spot.dwelling, person.name, person.id_number)
            record = self._record("resident", resident) if resident else None
            if record is not None and isinstance(record.values.get("household"), bytes):
                return record.values["household"]  # type: ignore[return-value]
        return None

    def _resident(self, household: Household, row: ReadRow, person: Person, spot: _Dwelt) -> Id | None:
        """The record of a person; None for one to be left out, whom the ledger has behind another door."""
        own = self._named(household, row.row, "resident", person.block, row.sheet)
        if self._record("resident", own) is not None:
            return own
        if spot.held:
            found = self._known.resident_at(spot.dwelling, person.name, person.id_number)
            if found is not None:
                return found
        where = (row.sheet, row.row)
        twin = twins.elsewhere(self._known, household, *where, person)
        if twin is not None:
            held = where not in self._also
            self._twins.append(twin._replace(held=held))
            return None if held else own
        if spot.held and person.phones:
            close = twins.near(self._known.people_at(spot.dwelling), household, *where, person)
            if close is not None:
                self._twins.append(close)
        return own

    def _put_resident(
        self, household: Household, person: Person, resident: Id, home: Id, spot: _Dwelt
    ) -> None:
        sheet, row = self._row
        if resident in self._claimed:
            self._notice(person.name, words.SAME_RECORD_TWICE)
            self._report.count("resident", "skipped")
            return
        self._claimed.add(resident)
        self._peopled.add(self._row)
        again = resident == self._named(household, row, "resident", person.block, sheet)
        values: dict[str, object] = {"household": home, **person.values}
        if person.phones:
            values["phones"] = person.phones
        known = self._record("resident", resident) if spot.held else None
        if known is not None:
            # Behind the same door people are moved between households by hand, never by an import.
            values["household"] = known.values.get("household") or home
        self._put("resident", resident, spot.building, values, again)

    # Drafts

    def _record(self, kind: str, record: Id) -> KnownRecord | None:
        """What the ledger holds; it is asked once."""
        if record not in self._found:
            self._found[record] = self._known.record(kind, record)
        return self._found[record]

    def _put(self, kind: str, record: Id, place: Id, wanted: dict[str, object], again: bool) -> bool:
        """Whether the record is a new one."""
        known = self._record(kind, record)
        if known is None:
            self._drafts.append(Draft(kind, record, place, creation(kind, wanted), new=True))
            self._count(kind, "new")
            return True
        settled = settle(kind, wanted, known, again)
        if settled.retired:
            self._notice("", words.RECORD_RETIRED)
        if settled.differences:
            self._differences.setdefault(self._row, []).append(
                Differing(kind, record, tuple(settled.differences))
            )
        if settled.fields:
            seen = _seen(kind, known, settled.fields)
            self._drafts.append(Draft(kind, record, known.place, settled.fields, seen=seen))
        asked = [self._suggest(kind, record, known, *one) for one in settled.suggested]
        self._count(kind, "changed" if settled.fields or any(asked) else "skipped")
        return False

    def _suggest(self, kind: str, record: Id, known: KnownRecord, field: str, value: str) -> bool:
        """Whether the question is a new one."""
        origin = f"{self._row[0]} 第 {self._row[1]} 行"
        identity, fields = suggestion(kind, record, known.place, field, value, origin)
        if identity in self._claimed or self._record("review_item", identity) is not None:
            return False
        self._claimed.add(identity)
        self._drafts.append(review_draft(identity, fields))
        self._report.suggestions += 1
        return True

    def _count(self, kind: str, state: str) -> None:
        self._report.count(kind, state)
        if kind == "resident" or state != "new":
            self._states[self._row] = max(self._states[self._row], state, key=ROW_STATES.index)
        elif self._states[self._row] == ROW_STATES[0]:
            self._states[self._row] = state

    def _notice(self, raw: str, reason: str) -> None:
        self._report.notices = [*self._report.notices, Doubt(*self._row, "", raw, reason)]


def _seen(kind: str, known: KnownRecord, fields: Iterable[str]) -> tuple[Id, ...] | None:
    """What stood there when it was compared: whoever writes meanwhile is not passed over."""
    if known.record is None:
        return None
    shape = shape_of(kind)
    return seen_by(known.record, {shape.group_of(key) for key in fields})


def _more(said: int | None, known: object) -> bool:
    """A file shows only part of a building: it can raise what is known, never lower it."""
    return said is not None and (not isinstance(known, int) or said > known)


def _extents(register: Register) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    """How many units and floors every building has, as far as its doors tell."""
    units: dict[tuple[str, str], set[str]] = {}
    floors: dict[tuple[str, str], int] = {}
    doors = [household.door for household in register.households]
    for where in [*doors, *(row.door for row in register.vacant)]:
        key = (where.compound, where.number)
        units.setdefault(key, set()).add(normal_text(where.unit))
        floors[key] = max(floors.get(key, 0), where.floor or 0)
    return {key: (len(found - {""}) or None, floors[key] or None) for key, found in units.items()}
