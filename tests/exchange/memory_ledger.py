"""A ledger in memory: drafts become changes, changes are folded by the laws, and it answers from that."""

from collections.abc import Iterable

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import normal_text
from gridclient.core.merge.change import Change, Draft
from gridclient.core.merge.record import Record, Trace, apply, empty, seen_by, shown, trace
from gridclient.core.merge.shape import shape_of
from gridclient.core.wire.validation import fault
from gridclient.exchange.known import KnownRecord, Neighbour


class MemoryLedger:
    """Answers what an import asks; every change it takes is a valid one."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self._records: dict[Id, Record] = {}
        self._traces: dict[Id, list[Trace]] = {}
        self._batches: set[Id] = set()
        self._live: dict[str, dict[Id, dict[str, object]]] = {}

    def save(self, drafts: Iterable[Draft], batch: bool = True) -> None:
        self._live.clear()
        for draft in drafts:
            before = self._records.get(draft.record)
            if draft.new and before is not None:
                continue
            shape = shape_of(draft.kind)
            groups = {shape.group_of(key) for key in draft.fields}
            number = len(self.changes) + 1
            change = Change(
                id=draft.record if before is None else ids.named("change", str(number)),
                device=ids.named("device"),
                number=number,
                author=ids.named("author"),
                at=number,
                kind=draft.kind,
                record=draft.record,
                place=draft.place,
                fields=draft.fields,
                seen=seen_by(before, groups) if before else (),
            )
            assert fault(change) is None, (fault(change), draft)
            traces = self._traces.setdefault(draft.record, [])
            self._records[draft.record] = apply(before or empty(change), change, traces)
            traces.append(trace(change))
            self.changes.append(change)
            if batch:
                self._batches.add(change.id)

    def edit(self, kind: str, record: Id, **fields: object) -> None:
        """A person changes a record."""
        self.save([Draft(kind, record, self._records[record].place, dict(fields))], batch=False)

    def all(self, kind: str) -> dict[Id, dict[str, object]]:
        """The values of every record of a kind that is not retired."""
        if kind not in self._live:
            found = {one.id: self._values(one) for one in self._records.values() if one.kind == kind}
            self._live[kind] = {key: values for key, values in found.items() if not values.get("retired")}
        return self._live[kind]

    def record(self, kind: str, record: Id) -> KnownRecord | None:
        found = self._records.get(record)
        if found is None or found.kind != kind:
            return None
        imported = {
            group
            for group, heads in found.heads.items()
            if len(heads) == 1 and heads[0].change in self._batches
        }
        return KnownRecord(
            found.place, self._values(found), frozenset(imported), frozenset(found.heads), found
        )

    def bearer_of(self, id_number: str) -> Neighbour | None:
        people = self.all("resident")
        found = (key for key, one in people.items() if one.get("id_number") == id_number)
        return next((self._neighbour(key, people[key]) for key in found), None)

    def people_at(self, dwelling: Id) -> list[Neighbour]:
        homes = {key for key, one in self.all("household").items() if one["dwelling"] == dwelling}
        people = self.all("resident").items()
        return [self._neighbour(key, one) for key, one in people if one["household"] in homes]

    def tags_of(self, resident: Id) -> set[str]:
        return {str(one["tag"]) for one in self.all("care_tag").values() if one.get("resident") == resident}

    def feedback_like(self, phone: str, body: str) -> list[tuple[Id, object]]:
        found = self.all("feedback").items()
        return [
            (key, one.get("at"))
            for key, one in found
            if (one.get("phone") or "", one["body"]) == (phone, body)
        ]

    def _neighbour(self, key: Id, one: dict[str, object]) -> Neighbour:
        home = self.all("household")[one["household"]]  # type: ignore[index]
        room = str(self.all("dwelling")[home["dwelling"]]["room"])  # type: ignore[index]
        phones = one.get("phones") or ()
        assert isinstance(phones, tuple)
        return Neighbour(key, str(one["name"]), room, str(one.get("id_number") or ""), phones)

    def compound_named(self, title: str) -> Id | None:
        return self._find("compound", lambda one: title in self._names(one, "title"))

    def building_named(self, compound: Id, number: str) -> Id | None:
        return self._find(
            "building", lambda one: one["compound"] == compound and number in self._names(one, "number")
        )

    def dwelling_at(self, building: Id, unit: str, room: str) -> Id | None:
        wanted = (building, unit, room)
        return self._find(
            "dwelling", lambda one: (one["building"], one.get("unit") or "", one["room"]) == wanted
        )

    def household_at(self, dwelling: Id, head_name: str) -> Id | None:
        homes = {key: one for key, one in self.all("household").items() if one["dwelling"] == dwelling}
        if not head_name:
            return next(iter(homes)) if len(homes) == 1 else None
        people = self.all("resident")
        for key, home in homes.items():
            if home.get("head") in people and people[home["head"]]["name"] == head_name:  # type: ignore[index]
                return key
        return None

    def resident_at(self, dwelling: Id, name: str, id_number: str) -> Id | None:
        homes = {key for key, one in self.all("household").items() if one["dwelling"] == dwelling}
        people = {key: one for key, one in self.all("resident").items() if one["household"] in homes}
        for key, one in people.items():
            if id_number and one.get("id_number") == id_number:
                return key
        for key, one in people.items():
            other = one.get("id_number") or ""
            if normal_text(str(one["name"])) == normal_text(name) and (not other or not id_number):
                return key
        return None

    def _find(self, kind: str, fits: object) -> Id | None:
        assert callable(fits)
        return next((key for key, one in self.all(kind).items() if fits(one)), None)

    @staticmethod
    def _names(one: dict[str, object], field: str) -> set[object]:
        aliases = one.get("aliases") or ()
        assert isinstance(aliases, tuple | list)
        return {one[field], *aliases}

    @staticmethod
    def _values(record: Record) -> dict[str, object]:
        shape = shape_of(record.kind)
        values: dict[str, object] = {}
        for group, heads in record.heads.items():
            value = shown(shape, group, heads)
            keys = shape.keys(group)
            values.update({group: value} if shape.groups[group][0].is_set else zip(keys, value, strict=True))
        return values
