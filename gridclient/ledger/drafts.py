"""Forms half written: encrypted like everything in the ledger, never changes, never synced."""

from sqlalchemy import Connection


def put(connection: Connection, name: str, at: int, body: bytes) -> None:
    """Keep a form as it stands. `at`: Unix milliseconds."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO draft (name, at, body) VALUES (?, ?, ?)", (name, at, body)
    )


def get(connection: Connection, name: str) -> tuple[int, bytes] | None:
    """When a form was last kept, and what it held."""
    found = connection.exec_driver_sql("SELECT at, body FROM draft WHERE name = ?", (name,)).first()
    return (found[0], bytes(found[1])) if found else None


def drop(connection: Connection, name: str) -> None:
    connection.exec_driver_sql("DELETE FROM draft WHERE name = ?", (name,))
