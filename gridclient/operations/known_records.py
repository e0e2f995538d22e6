"""The ledger as an import asks it: what is shown of a record, who is known behind a door.

A register speaks of whole buildings, so a place is read once and answered from memory.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.declaration import RETIRED_GROUP
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.geography import door
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.domain.values import normal_id_number, normal_phone, normal_text
from gridclient.core.merge.change import Change
from gridclient.core.merge.compact import Row, elements, unpack
from gridclient.exchange.known import KnownRecord, Neighbour
from gridclient.ledger import records
from gridclient.ledger.writing import UNDONE
from gridclient.operations.undo import AGAIN, TAKEN_BACK

_changes = msgspec.msgpack.Decoder(Change)


class _Held(NamedTuple):
    """A record as its table holds it: its values by field, sets as lists, and the row itself."""

    id: Id
    place: Id
    values: dict[str, object]
    row: Row

    @property
    def live(self) -> bool:
        return not self.values.get(RETIRED_GROUP)

    def text(self, key: str) -> str:
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def ref(self, key: str) -> Id:
        value = self.values.get(key)
        return value if isinstance(value, bytes) else b""


class KnownRecords:
    """Answers from one open reading of the ledger; names are compared after normalisation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._places: dict[str, dict[Id, Id]] = {}
        self._within: dict[str, dict[Id, list[Id]]] = {}
        self._held: dict[tuple[str, Id], dict[Id, _Held]] = {}
        self._doors: dict[Id, dict[tuple[str, str], Id]] = {}
        self._homes: dict[Id, dict[Id, list[_Held]]] = {}
        self._people: dict[Id, dict[Id, list[_Held]]] = {}
        self._bearers: dict[str, Id] | None = None
        self._feedback: dict[tuple[str, str], list[tuple[Id, object]]] | None = None
        self._tagged: set[Id] = set()
        self._tags: dict[Id, set[str]] = {}
        self._imports: frozenset[Id] | None = None

    def record(self, kind: str, record: Id) -> KnownRecord | None:
        held = self._find(kind, record)
        if held is None or held.text(RETIRED_GROUP) == UNDONE:
            return None
        whole = unpack(kind, held.place, held.row)
        verified = held.values.get("verified")
        confirmed = verified if isinstance(verified, int) else 0
        imported = {
            group
            for group, heads in whole.heads.items()
            if len(heads) == 1 and heads[0].at >= confirmed and self._imported(record, heads[0].change)
        }
        return KnownRecord(held.place, held.values, frozenset(imported), frozenset(whole.heads), whole)

    def _imported(self, record: Id, change: Id) -> bool:
        """Whether an import said this: one of ours, or the creation of a record born of an import."""
        if change == record and change[6] >> 4 == 5:
            return True
        if self._imports is None:
            found = self._connection.exec_driver_sql("SELECT id FROM change WHERE batch IS NOT NULL")
            self._imports = frozenset(bytes(one[0]) for one in found)
        return change in self._imports or self._restored(record, change)

    def _restored(self, record: Id, change: Id) -> bool:
        """Whether an undo brought back what an import had said."""
        undoing = self._own(change)
        if undoing is None or undoing.reason not in (TAKEN_BACK, AGAIN):
            return False
        undone = [found for found in map(self._own, undoing.seen) if found is not None and found.seen]
        return bool(undone) and all(self._imported(record, seen) for one in undone for seen in one.seen)

    def _own(self, change: Id) -> Change | None:
        found = self._connection.exec_driver_sql("SELECT body FROM change WHERE id = ?", (change,)).first()
        return _changes.decode(found[0]) if found else None

    def compound_named(self, title: str) -> Id | None:
        found = self._place("compound", COMMONS).values()
        return _named(title, ((one.id, _names(one, "title")) for one in found if one.live))

    def building_named(self, compound: Id, number: str) -> Id | None:
        found = self._place("building", COMMONS).values()
        of_it = (one for one in found if one.live and one.ref("compound") == compound)
        return _named(number, ((one.id, _names(one, "number")) for one in of_it))

    def dwelling_at(self, building: Id, unit: str, room: str) -> Id | None:
        doors = self._doors.get(building)
        if doors is None:
            doors = self._doors[building] = {}
            for one in self._place("dwelling", building).values():
                if one.live and one.ref("building") == building:
                    doors.setdefault((normal_text(one.text("unit")), normal_text(one.text("room"))), one.id)
        return doors.get((normal_text(unit), normal_text(room)))

    def household_at(self, dwelling: Id, head_name: str) -> Id | None:
        homes = self._homes_at(dwelling)
        if not head_name:
            return homes[0].id if len(homes) == 1 else None
        heads = ((one.id, self._find("resident", one.ref("head"))) for one in homes)
        return _named(head_name, ((home, [head.text("name")]) for home, head in heads if head is not None))

    def resident_at(self, dwelling: Id, name: str, id_number: str) -> Id | None:
        found = self._people_at(dwelling)
        wanted = normal_id_number(id_number)
        for one in found:
            if wanted and normal_id_number(one.text("id_number")) == wanted:
                return one.id
        unsaid = (one for one in found if not (wanted and one.text("id_number")))
        return _named(name, ((one.id, [one.text("name")]) for one in unsaid))

    def bearer_of(self, id_number: str) -> Neighbour | None:
        if self._bearers is None:
            self._bearers = {}
            for identity, number in self._connection.exec_driver_sql(
                "SELECT r.id, r.id_number FROM k_resident r JOIN k_household h ON h.id = r.household"
                " WHERE r.id_number IS NOT NULL AND (r.retired IS NULL OR r.retired = '')"
                " AND (h.retired IS NULL OR h.retired = '') ORDER BY r.pk"
            ):
                self._bearers.setdefault(normal_id_number(number), bytes(identity))
        found = self._bearers.get(normal_id_number(id_number))
        held = self._find("resident", found) if found is not None else None
        return self._neighbour(held) if held is not None else None

    def people_at(self, dwelling: Id) -> Sequence[Neighbour]:
        return [self._neighbour(one) for one in self._people_at(dwelling)]

    def tags_of(self, resident: Id) -> Collection[str]:
        building = self._where("resident", resident)
        if building is None:
            return ()
        for place in (building, DESK):
            if place not in self._tagged:
                self._tagged.add(place)
                for one in self._place("care_tag", place).values():
                    if one.live:
                        self._tags.setdefault(one.ref("resident"), set()).add(one.text("tag"))
        return self._tags.get(resident, ())

    def feedback_like(self, phone: str, body: str) -> Sequence[tuple[Id, object]]:
        if self._feedback is None:
            self._feedback = {}
            for one in self._place("feedback", DESK).values():
                if one.live:
                    key = (normal_phone(one.text("phone")), normal_text(one.text("body")))
                    self._feedback.setdefault(key, []).append((one.id, one.values.get("at")))
        return self._feedback.get((phone, body), [])

    # Reading

    def _neighbour(self, resident: _Held) -> Neighbour:
        home = self._find("household", resident.ref("household"))
        dwelling = self._find("dwelling", home.ref("dwelling")) if home else None
        block = self._find("building", dwelling.place) if dwelling else None
        where = ""
        if dwelling is not None and block is not None:
            compound = self._find("compound", block.ref("compound"))
            title = compound.text("title") if compound else ""
            said = door(block.text("number"), dwelling.text("unit"), dwelling.text("room"))
            where = f"{title} {said}".strip()
        phones = resident.values.get("phones") or ()
        assert isinstance(phones, Sequence)
        return Neighbour(
            resident.id, resident.text("name"), where, resident.text("id_number"), tuple(map(str, phones))
        )

    def _homes_at(self, dwelling: Id) -> list[_Held]:
        building = self._where("dwelling", dwelling)
        if building is None:
            return []
        homes = self._homes.get(building)
        if homes is None:
            homes = self._homes[building] = {}
            for one in self._place("household", building).values():
                if one.live:
                    homes.setdefault(one.ref("dwelling"), []).append(one)
        return homes.get(dwelling, [])

    def _people_at(self, dwelling: Id) -> list[_Held]:
        building = self._where("dwelling", dwelling)
        if building is None:
            return []
        people = self._people.get(building)
        if people is None:
            people = self._people[building] = {}
            for one in self._place("resident", building).values():
                if one.live:
                    people.setdefault(one.ref("household"), []).append(one)
        return [one for home in self._homes_at(dwelling) for one in people.get(home.id, ())]

    def _find(self, kind: str, record: Id) -> _Held | None:
        place = self._where(kind, record)
        return self._place(kind, place).get(record) if place is not None else None

    def _where(self, kind: str, record: Id) -> Id | None:
        """The place of a record; None where the ledger does not hold it."""
        places = self._places.get(kind)
        if places is None:
            found = self._connection.exec_driver_sql(f"SELECT id, place FROM k_{kind} ORDER BY pk")
            places = self._places[kind] = {one[0]: one[1] for one in found}
            within = self._within[kind] = {}
            for identity, place in places.items():
                within.setdefault(place, []).append(identity)
        return places.get(record)

    def _place(self, kind: str, place: Id) -> dict[Id, _Held]:
        """All records of a kind in one place, in the order in which they came."""
        held = self._held.get((kind, place))
        if held is None:
            self._where(kind, b"")
            wanted = self._within[kind].get(place, [])
            fields = list(KINDS[kind].fields.values())
            stored = records.load_many(self._connection, kind, wanted)
            held = self._held[kind, place] = {}
            for identity in wanted:
                row = stored[identity][1]
                values = {
                    field.key: elements(value) if field.is_set else value
                    for field, value in zip(fields, row[5:], strict=True)
                    if value is not None
                }
                held[identity] = _Held(identity, place, values, row)
        return held


def _names(one: _Held, key: str) -> list[object]:
    aliases = one.values.get("aliases") or ()
    assert isinstance(aliases, Sequence)
    return [one.text(key), *aliases]


def _named(wanted: str, found: Iterable[tuple[Id, Iterable[object]]]) -> Id | None:
    key = normal_text(wanted)
    for identity, names in found:
        if any(isinstance(name, str) and normal_text(name) == key for name in names):
            return identity
    return None
