"""The ledger as an import asks it: what is shown of a record, who is known behind a door."""

from collections.abc import Iterable

from sqlalchemy import Connection

from gridclient.core.domain.declaration import RETIRED_GROUP
from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import normal_id_number, normal_text
from gridclient.core.merge.compact import elements
from gridclient.exchange.known import KnownRecord
from gridclient.ledger import records
from gridclient.ledger.households import row
from gridclient.ledger.writing import UNDONE

_LIVE = "(retired IS NULL OR retired = '')"


class KnownRecords:
    """Answers from one open reading of the ledger; names are compared after normalisation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, kind: str, record: Id) -> KnownRecord | None:
        held = records.load(self._connection, kind, record)
        shown = row(self._connection, kind, record)
        if held is None or shown is None or shown.text(RETIRED_GROUP) == UNDONE:
            return None
        imported = set()
        for group, heads in held.heads.items():
            if len(heads) == 1 and self._imported(record, heads[0].change):
                imported.add(group)
        return KnownRecord(shown.place, dict(shown.fields), frozenset(imported), frozenset(held.heads))

    def _imported(self, record: Id, change: Id) -> bool:
        """Whether an import said this: one of ours, or the creation of a record born of an import."""
        if change == record and change[6] >> 4 == 5:
            return True
        found = self._connection.exec_driver_sql("SELECT batch FROM change WHERE id = ?", (change,)).first()
        return found is not None and found[0] is not None

    def compound_named(self, title: str) -> Id | None:
        found = self._connection.exec_driver_sql(f"SELECT id, title, aliases FROM k_compound WHERE {_LIVE}")
        return _named(title, ((one[0], [one[1], *elements(one[2])]) for one in found))

    def building_named(self, compound: Id, number: str) -> Id | None:
        found = self._connection.exec_driver_sql(
            f"SELECT id, number, aliases FROM k_building WHERE compound = ? AND {_LIVE}", (compound,)
        )
        return _named(number, ((one[0], [one[1], *elements(one[2])]) for one in found))

    def dwelling_at(self, building: Id, unit: str, room: str) -> Id | None:
        found = self._connection.exec_driver_sql(
            f"SELECT id, unit, room FROM k_dwelling WHERE building = ? AND {_LIVE}", (building,)
        )
        wanted = (normal_text(unit), normal_text(room))
        for identity, its_unit, its_room in found:
            if (normal_text(its_unit or ""), normal_text(its_room or "")) == wanted:
                return bytes(identity)
        return None

    def household_at(self, dwelling: Id, head_name: str) -> Id | None:
        found = self._connection.exec_driver_sql(
            "SELECT h.id, r.name FROM k_household h LEFT JOIN k_resident r ON r.id = h.head"
            " WHERE h.dwelling = ? AND (h.retired IS NULL OR h.retired = '')",
            (dwelling,),
        ).all()
        if not head_name:
            return bytes(found[0][0]) if len(found) == 1 else None
        return _named(head_name, ((one[0], [one[1]]) for one in found))

    def resident_at(self, dwelling: Id, name: str, id_number: str) -> Id | None:
        found = self._connection.exec_driver_sql(
            "SELECT r.id, r.name, r.id_number FROM k_resident r JOIN k_household h ON h.id = r.household"
            " WHERE h.dwelling = ? AND (r.retired IS NULL OR r.retired = '')"
            " AND (h.retired IS NULL OR h.retired = '')",
            (dwelling,),
        ).all()
        wanted = normal_id_number(id_number)
        for identity, _, number in found:
            if wanted and normal_id_number(number or "") == wanted:
                return bytes(identity)
        return _named(name, ((one[0], [one[1]]) for one in found if not (wanted and one[2])))


def _named(wanted: str, found: Iterable[tuple[Id, list[object]]]) -> Id | None:
    key = normal_text(wanted)
    for identity, names in found:
        if any(isinstance(name, str) and normal_text(name) == key for name in names):
            return bytes(identity)
    return None
