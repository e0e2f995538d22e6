"""Showing what is masked: on request, one record at a time, and noted in the audit."""

from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import DESK
from gridclient.core.merge.change import Draft
from gridclient.ledger.households import row
from gridclient.ledger.ledger import Ledger


def reveal(ledger: Ledger, resident: Id) -> str:
    """The whole ID number of a resident; the desk can read who asked for it and when.

    Raises:
        KnownError: it could not be written down (disk full …); nothing is shown then.
    """
    with ledger.reading() as connection:
        shown = row(connection, "resident", resident)
    note(ledger, resident, 1)
    return shown.text("id_number") if shown else ""


def note(ledger: Ledger, record: Id, count: int) -> None:
    """Write down that so many masked values of a record are about to be shown.

    Raises:
        KnownError: it could not be written down; show nothing then.
    """
    fields: dict[str, object] = {"at": ledger.clock(), "action": "reveal", "record": record, "count": count}
    ledger.write([Draft("audit_entry", ledger.new_id(), DESK, fields, new=True)])
