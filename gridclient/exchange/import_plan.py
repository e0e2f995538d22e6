"""What importing a register would write: pure, so that it can be shown before it is done.

Ids come from what things are and where they stood in the file, and nothing here knows a clock: two laptops
that import one file write the very same changes, and an import cut off in the middle goes on from there.
"""

from collections.abc import Collection
from typing import NamedTuple

from gridclient.core.domain import ids
from gridclient.core.domain.care import CareTag
from gridclient.core.domain.declaration import RETIRED_GROUP
from gridclient.core.domain.geography import building_id, compound_id, door, dwelling_id
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.domain.values import normal_text
from gridclient.exchange import tags, twins, words
from gridclient.exchange.doors import Door
from gridclient.exchange.households import Household
from gridclient.exchange.known import Known
from gridclient.exchange.people import Person
from gridclient.exchange.planning import Batch, Differing, ImportPlan, Planning, Spot
from gridclient.exchange.register import Register
from gridclient.exchange.rows import ReadRow
from gridclient.exchange.tags import Offer, Pick

__all__ = ["Batch", "Differing", "ImportPlan", "Spot", "plan"]


def plan(
    register: Register,
    known: Known,
    also: Collection[Spot] = (),
    picks: Collection[Pick] = (),
    from_remarks: bool = False,
) -> ImportPlan:
    """What to write into a ledger for a register. Reads only `known`, changes nothing.

    Whoever the ledger has behind another door is left out, neither doubled nor moved, but for the rows in
    `also`: of those a person said that they are somebody else. Care tags of a column are written; those a
    remark speaks of only with `from_remarks`, or as one of `picks`; those for named persons only as a pick.
    """
    planner = _Planner(register, known, also, picks, from_remarks)
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


class _Planner(Planning):
    def __init__(
        self,
        register: Register,
        known: Known,
        also: Collection[Spot],
        picks: Collection[Pick],
        from_remarks: bool,
    ) -> None:
        super().__init__(register.findings, register.rows, known)
        self._file = register.sha256
        self._also = frozenset(also)
        self._picks = frozenset(picks)
        self._from_remarks = from_remarks
        self.twins += twins.in_file(register.households, register.repeated)
        self._extents = _extents(register)
        self._compounds: dict[str, tuple[Id, str]] = {}
        self._buildings: dict[tuple[str, str], Id] = {}
        self._spots: dict[tuple[Id, str, str], _Dwelt] = {}

    def add_household(self, household: Household) -> None:
        self.begin(household.sheet, household.row)
        first = household.people[0][1]
        own = self._named(household, household.row, "household", first.block)
        again = self.record("household", own) is not None
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
        self.put("household", record, spot.building, values, again)
        for (row, person), resident in zip(household.people, people, strict=True):
            self.begin(row.sheet, row.row)
            if resident is None:
                continue
            self._put_resident(household, person, resident, record, spot)

    def add_vacant(self, row: ReadRow) -> None:
        self.begin(row.sheet, row.row)
        self._spot(row.door, row.dwelling, False)

    def _named(self, household: Household, row: int, kind: str, block: int, sheet: str = "") -> Id:
        return ids.named("import", self._file, sheet or household.sheet, str(row), f"{kind}:{block}")

    # Places

    def _spot(self, where: Door, said: dict[str, object], again: bool) -> _Dwelt:
        compound, title = self._compound(where.compound)
        building = self._building(where, compound, title, again)
        key = (building, where.unit, where.room)
        spot = self._spots.get(key)
        if spot is None:
            there = self.known.dwelling_at(building, where.unit, where.room)
            dwelling = there or dwelling_id(title, where.number, where.unit, where.room)
            spot = self._spots[key] = _Dwelt(building, dwelling, there is not None)
            values = {
                "building": building,
                "unit": where.unit or None,
                "floor": where.floor,
                "room": where.room,
                **said,
            }
            self.put("dwelling", dwelling, building, values, again)
        return spot

    def _compound(self, written: str) -> tuple[Id, str]:
        found = self._compounds.get(written)
        if found is None:
            there = self.known.compound_named(written)
            record = self.record("compound", there) if there else None
            title = str(record.values.get("title") or written) if record else written
            found = self._compounds[written] = (there or compound_id(written), title)
            if there is None and self.put("compound", found[0], COMMONS, {"title": written}, True):
                self.report.new_places.append(written)
        return found

    def _building(self, where: Door, compound: Id, title: str, again: bool) -> Id:
        key = (where.compound, where.number)
        building = self._buildings.get(key)
        if building is None:
            there = self.known.building_named(compound, where.number)
            building = self._buildings[key] = there or building_id(title, where.number)
            units, floors = self._extents[key]
            values: dict[str, object] = {"compound": compound, "number": where.number}
            if there is not None:
                values = {}
                known = self.record("building", there)
                units = units if known and _more(units, known.values.get("units")) else None
                floors = floors if known and _more(floors, known.values.get("floors")) else None
            values |= {"units": units, "floors": floors}
            if self.put("building", building, COMMONS, values, again) and there is None:
                self.report.new_places.append(f"{title} {door(where.number, '', '')}")
        return building

    # People

    def _household_there(self, household: Household, spot: _Dwelt) -> Id | None:
        """The household of an earlier import or by hand that this one is."""
        if not spot.held:
            return None
        name = household.head.name if household.head else household.head_name
        found = self.known.household_at(spot.dwelling, name)
        if found is not None:
            return found
        for _, person in household.people:
            resident = self.known.resident_at(spot.dwelling, person.name, person.id_number)
            record = self.record("resident", resident) if resident else None
            if record is not None and isinstance(record.values.get("household"), bytes):
                return record.values["household"]  # type: ignore[return-value]
        return None

    def _resident(self, household: Household, row: ReadRow, person: Person, spot: _Dwelt) -> Id | None:
        """The record of a person; None for one to be left out, whom the ledger has behind another door."""
        own = self._named(household, row.row, "resident", person.block, row.sheet)
        if self.record("resident", own) is not None:
            return own
        if spot.held:
            found = self.known.resident_at(spot.dwelling, person.name, person.id_number)
            if found is not None:
                return found
        where = (row.sheet, row.row)
        twin = twins.elsewhere(self.known, household, *where, person)
        if twin is not None:
            held = where not in self._also
            self.twins.append(twin._replace(held=held))
            return None if held else own
        if spot.held and person.phones:
            close = twins.near(self.known.people_at(spot.dwelling), household, *where, person)
            if close is not None:
                self.twins.append(close)
        return own

    def _put_resident(
        self, household: Household, person: Person, resident: Id, home: Id, spot: _Dwelt
    ) -> None:
        sheet, row = self.row
        if resident in self.claimed:
            self.notice(person.name, words.SAME_RECORD_TWICE)
            self.report.count("resident", "skipped")
            return
        self.claimed.add(resident)
        self.peopled.add(self.row)
        again = resident == self._named(household, row, "resident", person.block, sheet)
        values: dict[str, object] = {"household": home, **person.values}
        if person.phones:
            values["phones"] = person.phones
        known = self.record("resident", resident) if spot.held else None
        if known is not None:
            # Behind the same door people are moved between households by hand, never by an import.
            values["household"] = known.values.get("household") or home
            _forget_last_four(values, str(known.values.get("id_number") or ""))
        self.put("resident", resident, spot.building, values, again)
        if known is None or not known.values.get(RETIRED_GROUP):
            self._tag(household, person, resident, values["household"], spot.building)

    def _tag(self, household: Household, person: Person, resident: Id, home: object, building: Id) -> None:
        """Care tags: those the ledger has not yet, written or offered."""
        remark = str(person.values.get("remark") or "")
        said = dict.fromkeys(person.tags, False)
        for tag in tags.in_remark(remark) if remark else ():
            said.setdefault(tag, True)
        held = self.known.tags_of(resident) if said else ()
        for tag, guessed in said.items():
            if tag in held:
                continue
            offer = Offer(*self.row, person.name, twins.said_door(household.door), tag, guessed, False)
            taken = offer.pick in self._picks
            if not offer.named:
                taken = taken or not guessed or self._from_remarks
            self.offers.append(offer._replace(taken=taken))
            if taken:
                place = DESK if offer.named else building
                self.put(
                    CareTag.kind,
                    tags.tag_id(resident, tag),
                    place,
                    tags.tag_values(home, resident, tag),
                    False,
                )


def _forget_last_four(values: dict[str, object], known: str) -> None:
    """The last digits of a masked number say nothing where the whole number is known."""
    told = words.LAST_FOUR.format(last=known[-4:])
    if known and told in str(values.get("remark") or ""):
        rest = [part for part in str(values["remark"]).split("；") if part != told]
        values["remark"] = "；".join(rest) or None


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
