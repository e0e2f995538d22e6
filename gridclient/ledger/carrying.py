"""Own changes of one ledger that an older copy of it lacks, and taking them over into that copy."""

from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.declaration import Kind
from gridclient.core.merge.change import Change
from gridclient.ledger import acts, erasing, records
from gridclient.ledger.store import Store, connect, newer_ledger, translated
from gridclient.ledger.tables import SCHEMA

_COLUMNS = "number, id, kind, record, place, batch, at, state, laid, seq, words, body"
_change_decoder = msgspec.msgpack.Decoder(Change)


class Lacking(NamedTuple):
    """Rows an older copy lacks, as the newer file holds them; and what that knows of its acts."""

    changes: list[tuple[Any, ...]]
    inverses: list[tuple[Any, ...]]
    drafts: list[tuple[Any, ...]]
    acts: list[tuple[Any, ...]]

    @property
    def unsent(self) -> int:
        """How many of the changes no server has."""
        return sum(row[7] != "done" for row in self.changes)


def lacking(newer: Path, older: Path, key: bytes) -> Lacking:
    """What `newer` holds of its person's own work that `older` does not. Raises KnownError."""
    with translated(), closing(connect(older, key)) as held:
        known = {row[0] for row in held.execute("SELECT id FROM change")}
        # The server may have given one another id since; its number, record and moment stay.
        numbered = set(held.execute("SELECT number, record, at FROM change").fetchall())
    with translated(), closing(connect(newer, key)) as held:
        if held.execute("PRAGMA user_version").fetchone()[0] > SCHEMA:
            raise newer_ledger()
        changes = [
            row
            for row in held.execute(f"SELECT {_COLUMNS} FROM change ORDER BY number")
            if row[1] not in known and (row[0], row[3], row[6]) not in numbered
        ]
        fresh = {row[1] for row in changes}
        inverses = [row for row in held.execute("SELECT change, fields FROM inverse") if row[0] in fresh]
        drafts = held.execute("SELECT name, at, body FROM draft").fetchall()
        told = held.execute("SELECT key, value FROM meta WHERE key IN (?, ?)", acts.KEYS).fetchall()
    return Lacking(changes, inverses, drafts, told)


def carry(lacking: Lacking, into: Path, key: bytes) -> None:
    """Lay changes over an older copy as if they were made in it, in one transaction. Raises KnownError."""
    store = Store(into, key)
    try:
        with store.writing() as connection:
            _carry(connection, lacking)
            erased = _erase_again(connection, lacking)
        if erased:
            store.compact()
    finally:
        store.close()


def _carry(connection: Connection, lacking: Lacking) -> None:
    spoken = list(dict.fromkeys((row[2], row[3]) for row in lacking.changes))
    for kind, record in spoken:
        covered = records.laid_changes(connection, record)
        if not covered and records.load(connection, kind, record) is not None:
            records.save_base(connection, kind, record)
    taken = set(connection.exec_driver_sql("SELECT number FROM change").scalars())
    numbers = {row[0] for row in lacking.changes}
    first = lacking.changes[0][0] if lacking.changes else 0
    # Where one number is taken all of them change, so that what is carried stays together and in its order.
    moved = max(taken) + 1 - first if taken & numbers else 0
    for row in lacking.changes:
        number, body = row[0] + moved, row[11]
        if moved:
            change = msgspec.structs.replace(_change_decoder.decode(body), number=number)
            body = msgspec.msgpack.encode(change)
        connection.exec_driver_sql(
            f"INSERT INTO change ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)",
            (number, *row[1:8], *row[9:11], body),
        )
    if moved or (lacking.changes and not lacking.acts):
        acts.begin(connection, first + moved, None)  # no part of the act the copy ends with
    elif lacking.changes:
        # Every act stays one, and what was taken back can be made again.
        connection.exec_driver_sql("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", lacking.acts)
    for change, fields in lacking.inverses:
        connection.exec_driver_sql("INSERT OR IGNORE INTO inverse VALUES (?, ?)", (change, fields))
    for draft in lacking.drafts:
        connection.exec_driver_sql(
            "INSERT INTO draft (name, at, body) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE"
            " SET at = excluded.at, body = excluded.body WHERE excluded.at > draft.at",
            tuple(draft),
        )
    for kind, record in spoken:
        records.rebuild(connection, kind, record)


def _erase_again(connection: Connection, lacking: Lacking) -> bool:
    """What was erased after the copy was made leaves the copy too, not only what is shown of it."""
    erased = False
    for row in lacking.changes:
        kind, record, change = row[2], row[3], row[1]
        if _change_decoder.decode(row[11]).fields.get(Kind.retired.key) == erasing.ERASED:
            erasing.scrub(connection, kind, record, change)
            erased = True
    return erased
