"""What somebody erased leaves the copies beside this ledger too, once this laptop has heard of it."""

from gridclient.core.domain.errors import KnownError
from gridclient.ledger import erasing
from gridclient.ledger.backup import Copies
from gridclient.ledger.ledger import Ledger


def drop_copies(ledger: Ledger) -> Copies | None:
    """Delete the backups that still hold what was erased elsewhere; None where there is nothing to do.

    A new backup comes first, so that there is one. Where that does not succeed, all stays as it is and is
    tried again after the next sync. Blocking, seconds.
    """
    with ledger.reading() as connection:
        spoken = erasing.heard(connection)
    if not spoken:
        return None
    try:
        ledger.compact()
        ledger.roll_backup("erase")
        copies = ledger.drop_copies_of(spoken)
    except KnownError:
        return None
    with ledger.writing() as connection:
        erasing.dealt_with(connection, spoken, copies.unread)
    return copies
