"""The running digest of a place: how many rows the server has there and the sum of their fingerprints."""

from collections.abc import Mapping

from sqlalchemy import Connection

from gridclient.core.domain.ids import Id

WRAP = 1 << 64


def add_to_digests(connection: Connection, gained: Mapping[Id, tuple[int, int]]) -> None:
    """Let the digests of places follow what became of their rows: how many more, and the sum of them."""
    if not gained:
        return
    held = {
        place: (count, total)
        for place, count, total in connection.exec_driver_sql("SELECT id, count, total FROM place")
        if place in gained
    }
    written = []
    for place, (count, total) in gained.items():
        before_count, before_total = held.get(place, (0, 0))
        written.append((place, before_count + count, _signed((before_total + total) % WRAP)))
    connection.exec_driver_sql(
        "INSERT INTO place (id, whole, count, total) VALUES (?, 0, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET count = excluded.count, total = excluded.total",
        written,
    )


def _signed(total: int) -> int:
    return total - WRAP if total >= WRAP >> 1 else total
