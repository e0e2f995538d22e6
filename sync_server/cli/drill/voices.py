"""Who still says what was once acknowledged: the law that nothing acknowledged is ever out of reach.

A voice is a change in one of the groups it wrote. It is within reach if it lies somewhere in plain sight, or
if a change that had seen it and wrote that group is within reach.
"""

from collections.abc import Iterable, Mapping

import msgspec

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.merge.compact import Row, unpack
from gridclient.core.merge.shape import shape_of
from sync_server.cli.drill.laptop import Laptop
from sync_server.cli.drill.laws import rows_of
from sync_server.cli.drill.mirror import Mirror
from sync_server.store.contract import RecordReader

Voice = tuple[Id, str]
EVERY = 1_000_000
_changes = msgspec.msgpack.Decoder(Change)


def of_change(change: Change) -> set[Voice]:
    shape = shape_of(change.kind)
    return {(change.id, shape.group_of(field)) for field in change.fields}


def of_copy(copy: Change, originals: Mapping[Id, Id]) -> set[Voice]:
    """What a copy says: the words of its original, of which it bears another id."""
    original = originals.get(copy.id, copy.id)
    return of_change(copy) | {(original, group) for _, group in of_change(copy)}


def of_row(kind: str, place: Id, row: Row) -> set[Voice]:
    """The heads in a row."""
    heads = unpack(kind, place, row).heads
    return {(head.change, group) for group, some in heads.items() for head in some}


def at_server(
    mirror: Mirror, records: RecordReader, asked: Iterable[Id], originals: Mapping[Id, Id]
) -> set[Voice]:
    """What the server has: in its order, waiting, declined or put aside."""
    found: set[Voice] = set()
    for change in mirror.changes.values():
        found |= of_copy(change, originals)
    wanted = sorted({*asked, *originals})
    for held in records.held(wanted):
        found |= of_copy(_changes.decode(held.change), originals)
    return found


def on_laptop(laptop: Laptop) -> set[Voice]:
    """What a laptop has: own changes, the server's rows, copies of what is only here, what it has sealed."""
    found = set(laptop.sealed)
    for kind, place, row in rows_of(laptop).values():
        found |= of_row(kind, place, row)
    with laptop.ledger.reading() as connection:
        for (body,) in connection.exec_driver_sql("SELECT body FROM change").all():
            found |= of_change(_changes.decode(body))
        for original, body in connection.exec_driver_sql("SELECT original, body FROM only_here").all():
            copy = _changes.decode(body)
            found |= of_copy(copy, {copy.id: original})
    return found


def within_reach(present: set[Voice], everything: Mapping[Id, Change]) -> set[Voice]:
    """All voices that are there, and those somebody within reach had seen."""
    reached, ahead = set(present), list(present)
    while ahead:
        identity, group = ahead.pop()
        said = everything.get(identity)
        for seen in said.seen if said is not None else ():
            if (seen, group) not in reached:
                reached.add((seen, group))
                ahead.append((seen, group))
    return reached


def copy_of(change: Id) -> Id:
    """The id that a copy of a change bears, whoever hands it in."""
    return ids.named("recovered", change.hex())
