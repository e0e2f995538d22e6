"""Two buildings or compounds found to be one: said in the commons, and taken back. No record moves."""

from gridclient.core.domain.declaration import Kind
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id, named, text
from gridclient.core.domain.places import COMMONS
from gridclient.core.domain.sameness import SameAs, resolved
from gridclient.core.merge.change import Draft
from gridclient.ledger.households import row
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.places import joined
from gridclient.ledger.writing import BadInputError, Touched


def join_places(ledger: Ledger, kind: str, record: Id, target: Id, note: str = "") -> Touched:
    """Say that a building or compound is really another. What two laptops say of one pair is one record.

    Raises:
        BadInputError: one of them is not in this ledger, or joining them would go round in a ring.
    """
    identity = named("same as", text(record), text(target))
    with ledger.reading() as connection:
        if any(row(connection, kind, one) is None for one in (record, target)) or record == target:
            raise BadInputError(f"要写两个不同的、台账里有的{KINDS[kind].zh}")
        before = row(connection, SameAs.kind, identity)
        if record not in resolved([*joined(connection).items(), (record, target)]):
            raise BadInputError("这样会绕成一圈：那一处已经并到这一处名下了")
    if before is not None:
        fields: dict[str, object] = {Kind.retired.key: None, Kind.successor.key: None}
        return ledger.write([Draft(SameAs.kind, identity, COMMONS, fields)])
    said: dict[str, object] = {"record": record, "target": target}
    if note:
        said["note"] = note
    return ledger.write([Draft(SameAs.kind, identity, COMMONS, said, new=True)])


def part_places(ledger: Ledger, record: Id, target: Id) -> Touched:
    """Take it back: they are two. Raises KnownError where nobody said they were one."""
    identity = named("same as", text(record), text(target))
    with ledger.reading() as connection:
        before = row(connection, SameAs.kind, identity)
    if before is None or before.text(Kind.retired.key):
        raise KnownError("not_joined", "这两处没有并在一起。", "These two were not joined.")
    fields: dict[str, object] = {Kind.retired.key: "mistake", Kind.successor.key: None}
    return ledger.write([Draft(SameAs.kind, identity, COMMONS, fields)])
