"""Joining a community by the small file the server wrote instead of by an address and a code."""

from pathlib import Path

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire import invitation
from gridclient.core.wire.invitation import Invitation, InvitationError
from gridclient.core.wire.messages import Enrolled, UnreachableError
from gridclient.ledger.ledger import Ledger
from gridclient.operations.join_community import join


def read(path: Path) -> Invitation:
    """The invitation in a file. Raises KnownError where it holds none, OSError where it cannot be read."""
    with path.open("rb") as file:
        data = file.read(invitation.LARGEST + 1)
    try:
        return invitation.decode(data)
    except InvitationError as error:
        raise KnownError(
            "no_invitation",
            f"“{path.name}”不是登记用的文件，或者已经损坏。找书记再要一份。",
            f"{path.name} is no enrolment file, or a damaged one; ask for another.",
        ) from error


def join_by_file(ledger: Ledger, path: Path, label: str = "") -> Enrolled:
    """Enrol a ledger at the first address of an invitation that answers; else as `join`.

    Raises:
        KnownError: it is no invitation, or as `join`.
        RefusedError, UnreachableError: the server said no, or none of the addresses answered.
    """
    found = read(path)
    for url in found.urls[:-1]:
        try:
            return join(ledger, url, found.code, label)
        except UnreachableError:
            continue
    return join(ledger, found.urls[-1], found.code, label)
