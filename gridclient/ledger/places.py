"""Which place a new record belongs to: read off its parent."""

from collections.abc import Mapping

from sqlalchemy import Connection

from gridclient.core.domain.declaration import Kind, Place
from gridclient.core.domain.geography import Dwelling
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.domain.sameness import resolved


def place_of(connection: Connection, kind: type[Kind], fields: Mapping[str, object]) -> Id | None:
    """The place of a record about to be made, or None where its parent is not known here."""
    sort = kind.sort_of_place(fields)
    if sort is Place.COMMONS:
        return COMMONS
    if sort is Place.DESK:
        return DESK
    if kind is Dwelling:
        building = fields.get(Dwelling.building.key)
        return building if isinstance(building, bytes) else None
    for key in kind.parents():
        parent = fields.get(key)
        if isinstance(parent, bytes):
            found = connection.exec_driver_sql(
                f"SELECT place FROM k_{kind.fields[key].to} WHERE id = ?", (parent,)
            ).first()
            if found is not None:
                return bytes(found[0])
    return None


def joined(connection: Connection) -> dict[Id, Id]:
    """Buildings and compounds that are really another, and which: no record moves, both places stay."""
    found = connection.exec_driver_sql(
        "SELECT record, target FROM k_same_as WHERE retired IS NULL OR retired = ''"
    )
    return resolved((record, target) for record, target in found)
