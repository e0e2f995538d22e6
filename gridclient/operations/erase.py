"""Erasing a record for good, on this laptop and through sync everywhere: payload gone, ids left."""

from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain.care import CareTag
from gridclient.core.domain.declaration import Role, Type
from gridclient.core.domain.desk import ReviewItem
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matters import MatterBody
from gridclient.ledger import erasing, records
from gridclient.ledger.identity import Identity, identity
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched, Writer
from gridclient.operations.settle import find

# What speaks of a record and of nothing else, though its place is not derived from it.
_ABOUT = ((CareTag.kind, CareTag.resident.key), (MatterBody.kind, MatterBody.matter.key))


class Erased(NamedTuple):
    """What was emptied, by kind; how many copies beside the ledger went because they held it, and how many
    are not this ledger's to open."""

    touched: Touched
    counts: dict[str, int]
    copies: int
    unread: int


def erase(ledger: Ledger, record: Id, reason: str, *, with_contents: bool = False) -> Erased:
    """Empty a record everywhere; what lies in it (people, visits, matters of a household) only when said so.

    Done again on a record that is erased already, it finishes what was cut off.

    Raises:
        KnownError: not allowed, no such record, contents were not said, disk full … A fault after the record
            itself was emptied leaves it emptied; erase it again.
    """
    found = find(ledger, record)
    _judge(ledger, reason)
    with ledger.reading() as connection:
        below = _contents(connection, found.kind, record)
    if below and not with_contents:
        raise _has_contents(found.kind, below)
    spoken = [(found.kind, record), *below]
    with ledger.reading() as connection:
        spoken += _doubts_about(connection, {identity for _, identity in spoken})
    touched = _empty(ledger, spoken, reason)
    ledger.compact()
    ledger.roll_backup("erase")
    counts: dict[str, int] = {}
    for kind, _ in spoken:
        counts[kind] = counts.get(kind, 0) + 1
    copies = ledger.drop_copies_of({one for _, one in spoken})
    return Erased(touched, counts, copies.dropped, copies.unread)


def would_go(ledger: Ledger, record: Id) -> dict[str, int]:
    """How many records of each kind an erasing of this one and its contents would empty."""
    found = find(ledger, record)
    with ledger.reading() as connection:
        counts = {found.kind: 1}
        for kind, _ in _contents(connection, found.kind, record):
            counts[kind] = counts.get(kind, 0) + 1
    return counts


def may_erase(mine: Identity) -> bool:
    """Only the supervisor, or whoever keeps a ledger alone."""
    return not mine.enrolled or mine.role == Role.SUPERVISOR


def _judge(ledger: Ledger, reason: str) -> None:
    if not may_erase(ledger.identity()):
        raise KnownError("not_allowed", "清除要书记来做，什么也没有动。", "Only the supervisor may erase.")
    if not reason.strip():
        raise KnownError("no_reason", "写上为什么清除，再做一次。", "Say why it is erased.")


def _has_contents(kind: str, below: list[tuple[str, Id]]) -> KnownError:
    counts = {name: sum(one == name for one, _ in below) for name, _ in below}
    words = "，".join(f"{KINDS[name].zh} {count} 条" for name, count in counts.items())
    return KnownError(
        "has_contents",
        f"这条{KINDS[kind].zh}里还有{words}，什么也没有动。要一起清除，加 --with-contents。",
        "There are records in it; nothing was done. Say --with-contents to erase them too.",
    )


def _contents(connection: Connection, kind: str, record: Id) -> list[tuple[str, Id]]:
    """Everything that lies in a record or is about it alone, down to the last step of a matter."""
    found: dict[Id, str] = {}
    ahead = [(kind, record)]
    while ahead:
        parent, identity = ahead.pop()
        for name, child in KINDS.items():
            for key in (*child.parents(), *(one for about, one in _ABOUT if about == name)):
                field = child.fields[key]
                if field.type is not Type.REF or field.to != parent:
                    continue
                rows = connection.exec_driver_sql(f"SELECT id FROM k_{name} WHERE {key} = ?", (identity,))
                for one in rows.scalars().all():
                    if one not in found and one != record:
                        found[one] = name
                        ahead.append((name, one))
    return [(name, identity) for identity, name in found.items()]


def _doubts_about(connection: Connection, spoken: set[Id]) -> list[tuple[str, Id]]:
    """Proposals that carry a value for one of these records."""
    rows = connection.exec_driver_sql(f"SELECT id, record FROM k_{ReviewItem.kind}").all()
    return [(ReviewItem.kind, identity) for identity, record in rows if record in spoken]


def _empty(ledger: Ledger, spoken: list[tuple[str, Id]], reason: str) -> Touched:
    with ledger.writing() as connection:
        mine = identity(connection)
        writer = Writer(connection, mine, ledger.clock, ledger.randomness)
        for kind, one in spoken:
            record = records.load(connection, kind, one)
            if record is None or erasing.is_erased(record):
                continue
            # What was pushed and never answered may be there all the same.
            sent = mine.enrolled or erasing.is_known_to_server(connection, one)
            made = writer.write(erasing.erasing_draft(record, sent), reason=reason)
            assert made is not None
            erasing.scrub(connection, kind, one, made.id)
        erasing.drop_drafts(connection, {one for _, one in spoken})
        return writer.touched
