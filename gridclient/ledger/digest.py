"""The running digest of a place: how many rows the server has there and the sum of their fingerprints."""

from sqlalchemy import Connection

from gridclient.core.domain.ids import Id

WRAP = 1 << 64


def add_to_digest(connection: Connection, place: Id, count: int, total: int) -> None:
    """Let the digest of a place follow what became of its rows."""
    held = connection.exec_driver_sql("SELECT count, total FROM place WHERE id = ?", (place,)).first()
    before_count, before_total = held if held else (0, 0)
    connection.exec_driver_sql(
        "INSERT INTO place (id, whole, count, total) VALUES (?, 0, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET count = excluded.count, total = excluded.total",
        (place, before_count + count, _signed((before_total + total) % WRAP)),
    )


def _signed(total: int) -> int:
    return total - WRAP if total >= WRAP >> 1 else total
