"""What printing cards has to know: which households, in walking order, and what the commons say."""

from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain.ids import Id
from gridclient.ledger.buildings import natural


class CardRow(NamedTuple):
    """One household that gets a card."""

    household: Id
    building: Id
    compound: Id
    compound_title: str
    number: str
    unit: str
    floor: int
    room: str
    grid: Id | None
    disputed: bool


def card_rows(connection: Connection) -> list[CardRow]:
    """Every live household in walking order: compound, building, unit, floor, room."""
    found = connection.exec_driver_sql(
        """
        SELECT h.id, b.id, c.id, c.title, b.number, coalesce(d.unit, ''), coalesce(d.floor, 0),
               coalesce(d.room, ''), b.grid, h.heads IS NOT NULL
        FROM k_household h JOIN k_dwelling d ON d.id = h.dwelling JOIN k_building b ON b.id = d.building
        JOIN k_compound c ON c.id = b.compound
        WHERE (h.retired IS NULL OR h.retired = '') AND (d.retired IS NULL OR d.retired = '')
        """
    )
    rows = [CardRow._make(row) for row in found]
    return sorted(rows, key=_walking)


def _walking(row: CardRow) -> tuple[object, ...]:
    return (row.compound_title, natural(row.number), natural(row.unit), row.floor, natural(row.room))
