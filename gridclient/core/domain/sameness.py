"""Two records for one thing: which of them goes on. Reversible, like everything."""

from collections.abc import Iterable

from gridclient.core.domain.declaration import DESK_ROLES, Kind, Place, Type, plain, text
from gridclient.core.domain.ids import Id


class Redirect(Kind, kind="redirect", zh="合并", en="Redirect", place=Place.BUILDING, stage=1):
    """A record of a building that was a twin: what is said of it later is said of the other."""

    record = plain(Type.REF, "记录", "Record", required=True)
    record_kind = text("记录种类", "Kind", 40, group="record", required=True)
    target = plain(Type.REF, "并到", "To", required=True)
    note = text("说明", "Note", 200)


class SameAs(Kind, kind="same_as", zh="同一处", en="Same place", place=Place.COMMONS, writers=DESK_ROLES):
    """Two buildings (or compounds) of the ledger that are one. No record moves: both places stay."""

    record = plain(Type.REF, "记录", "Record", required=True)
    target = plain(Type.REF, "就是", "Is", required=True)
    note = text("说明", "Note", 200)


def resolved(pairs: Iterable[tuple[Id, Id]]) -> dict[Id, Id]:
    """For every record that is another, the one that goes on; chains are followed to their end.

    What runs in a ring follows nobody, and of a record joined to several the smallest counts: every laptop
    has to come to the same, in whatever order it heard of them.
    """
    to: dict[Id, Id] = {}
    for record, target in sorted(pairs, reverse=True):
        if record != target:
            to[record] = target
    found: dict[Id, Id] = {}
    for record in to:
        passed = {record}
        end = to[record]
        while end in to and end not in passed:
            passed.add(end)
            end = to[end]
        if end not in passed:
            found[record] = end
    return found
