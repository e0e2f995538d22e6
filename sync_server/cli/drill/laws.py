"""What has to hold: after every step, whenever a sync calls itself complete, and once it is quiet."""

import msgspec

from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.merge.compact import Row
from gridclient.core.merge.erasing import is_erased
from gridclient.ledger import receiving, records
from gridclient.ledger.tables import RECORDS
from sync_server.cli.drill.laptop import Laptop
from sync_server.cli.drill.mirror import Mirror, held_by
from sync_server.cli.drill.trace import BrokenError, short
from sync_server.service.commons import local_day

_rows = msgspec.msgpack.Decoder(list[object])
Rows = dict[Id, tuple[str, Id, Row]]


def judge_saved(laptop: Laptop, logged: set[tuple[Id, int]]) -> set[Id]:
    """No own change vanishes from the ledger it was saved in. Which of them are acknowledged.

    `logged`: (record, number) and (id, 0) of all changes any server ever took: only such may be sealed away.
    """
    now, acknowledged = laptop.own(), set[Id]()
    for number, before in laptop.saved.items():
        after = now.get(number)
        # The very same row imported by two is one change in the order, under the other's number.
        taken = before.state == "done" or {(before.record, number), (before.id, 0)} & logged
        if after is None and taken and _is_left(laptop, before.place):
            laptop.sealed |= before.voices
            acknowledged.add(before.id)
        elif after is None and not erased_here(laptop, before.record):
            raise BrokenError(f"{laptop.name} has lost its change {number} ({before.state})")
        if after is not None and after.record != before.record:
            raise BrokenError(f"{laptop.name} has another change under number {number}")
    laptop.saved = now
    return acknowledged | {own.id for own in now.values() if own.state == "done"}


def _is_left(laptop: Laptop, place: Id) -> bool:
    with laptop.ledger.reading() as connection:
        return place not in receiving.places(connection)


def erased_here(laptop: Laptop, record: Id) -> bool:
    for kind in KINDS:
        found = laptop.ledger.record(kind, record)
        if found is not None:
            return is_erased(found)
    return False


def judge_level(mirror: Mirror, laptop: Laptop, now: int, put_back: bool) -> None:
    """The ledger holds exactly what the log says of its places, as of its cursor; nothing waits.

    `put_back`: the server was restored. Who said a creation's words first, and when, may then have been told
    anew without a trace: neither is part of what was said, so chain and digest stay the same.
    """
    ledger = laptop.ledger
    if ledger.unsent().pending:
        raise BrokenError(f"{laptop.name} calls itself complete with changes unsent")
    checkpoint = ledger.position().checkpoint
    if checkpoint is None:
        raise BrokenError(f"{laptop.name} calls itself complete without a checkpoint")
    if checkpoint.history != mirror.history or mirror.chains[checkpoint.seq] != checkpoint.chain:
        raise BrokenError(f"{laptop.name} calls itself complete at a point nobody knows")
    places = held_by(mirror, laptop.worker, local_day(now)) or set()
    with ledger.reading() as connection:
        whole = {one.place for one in receiving.digests(connection)}
    # A place in which there is nothing yet costs no round: it is begun once there is.
    if whole - places:
        raise BrokenError(
            f"{laptop.name} holds {sorted(map(short, whole))} and may hold {sorted(map(short, places))}"
        )
    expected = trimmed_rows(mirror.rows(places, mirror.seq))
    found = rows_of(laptop)
    if put_back:
        expected, found = _without_origin(expected), _without_origin(found)
    for identity in expected.keys() | found.keys():
        # Who erases empties what lies there at once, also while the erasing waits for a decision.
        if found.get(identity) != expected.get(identity) and not erased_here(laptop, identity):
            raise BrokenError(
                f"{laptop.name} differs on {short(identity)}: {found.get(identity)} is not"
                f" {expected.get(identity)}"
            )


def rows_of(laptop: Laptop) -> Rows:
    """(kind, place, row) of everything the server sent that this ledger holds."""
    found: Rows = {}
    with laptop.ledger.reading() as connection:
        laid = {
            row[0] for row in connection.exec_driver_sql("SELECT DISTINCT record FROM change WHERE laid = 1")
        }
        for kind in RECORDS:
            for place, *row in connection.exec_driver_sql(
                f"SELECT place, {records.columns_of(kind)} FROM k_{kind}"
            ):
                if row[0] not in laid:
                    found[row[0]] = (kind, place, _trimmed(records.clean(kind, row)))
        for kind, place, encoded in connection.exec_driver_sql("SELECT kind, place, row FROM base").all():
            decoded = _rows.decode(encoded)
            found[_id(decoded)] = (kind, place, _trimmed(decoded))
        for kind, place, encoded in connection.exec_driver_sql("SELECT kind, place, row FROM other").all():
            decoded = _rows.decode(encoded)
            found[_id(decoded)] = (kind, place, _trimmed(decoded))
    return found


def _without_origin(rows: Rows) -> Rows:
    return {
        identity: (kind, place, row if row[3] is not None else [row[0], None, None, *row[3:]])
        for identity, (kind, place, row) in rows.items()
    }


def trimmed_rows(rows: Rows) -> Rows:
    return {identity: (kind, place, _trimmed(row)) for identity, (kind, place, row) in rows.items()}


def _trimmed(row: Row) -> Row:
    """A row without the empty columns at its end: a shorter program sends fewer."""
    length = len(row)
    while length > 5 and row[length - 1] is None:
        length -= 1
    return row[:length]


def _id(row: Row) -> Id:
    identity = row[0]
    assert isinstance(identity, bytes)
    return identity
