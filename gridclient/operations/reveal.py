"""Showing what is masked: on request, one record at a time, and noted in the audit."""

from typing import NamedTuple

from gridclient.core.domain.ids import Id
from gridclient.core.domain.people import Household, Resident
from gridclient.core.domain.places import DESK
from gridclient.core.merge.change import Draft
from gridclient.ledger.households import row
from gridclient.ledger.ledger import Ledger


class Numbers(NamedTuple):
    """What was masked."""

    id_number: str
    phones: tuple[str, ...]


def reveal(ledger: Ledger, kind: str, record: Id) -> Numbers:
    """The whole ID number and telephones of a resident, or the telephone of a household; the desk can read
    who asked for them and when.

    Raises:
        KnownError: it could not be written down (disk full …); nothing is shown then.
    """
    with ledger.reading() as connection:
        shown = row(connection, kind, record)
    found = Numbers("", ())
    if shown is not None:
        several = shown.fields.get(Resident.phones.key)
        phones = several if isinstance(several, list) else [shown.text(Household.phone.key)]
        found = Numbers(shown.text(Resident.id_number.key), tuple(str(one) for one in phones if one))
    note(ledger, record, max(1, bool(found.id_number) + len(found.phones)))
    return found


def note(ledger: Ledger, record: Id, count: int) -> None:
    """Write down that so many masked values of a record are about to be shown.

    Raises:
        KnownError: it could not be written down; show nothing then.
    """
    fields: dict[str, object] = {"at": ledger.clock(), "action": "reveal", "record": record, "count": count}
    ledger.write([Draft("audit_entry", ledger.new_id(), DESK, fields, new=True)])
