"""Joining a community: a one-time code becomes this laptop's token, and the ledger a worker's."""

import msgspec

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import Enrolled
from gridclient.ledger.anew import let_in_anew
from gridclient.ledger.identity import Identity
from gridclient.ledger.keys import signing_pair
from gridclient.ledger.ledger import Ledger
from gridclient.sync.enrolment import redeem


def join(ledger: Ledger, url: str, code: str, label: str = "") -> Enrolled:
    """Enrol a ledger with the server at `url`. What it holds goes to the community at the next sync.

    A ledger that is enrolled already is let in anew, as another device of the same person: a server asks for
    that where it takes a ledger for a copy.

    Raises:
        KnownError: the code cannot be one, or is another community's or another person's.
        RefusedError, UnreachableError: the server said no, or nothing; the ledger is unchanged.
    """
    before = ledger.identity()
    private, public = signing_pair()
    device = ledger.new_id()
    if before.enrolled:
        enrolled, ca = redeem(url, code, device, public, label, previous=before.device, trusted=before.ca)
        if enrolled.worker != before.worker:
            raise _somebody_else(before, enrolled)
    else:
        enrolled, ca = redeem(url, code, device, public, label)
    ledger.entrust(enrolled.recovery_key)
    identity = msgspec.structs.replace(
        before,
        device=device,
        worker=enrolled.worker,
        name=enrolled.name,
        role=enrolled.role,
        community=enrolled.community,
        grids=tuple(enrolled.grids),
        url=url.rstrip("/"),
        token=enrolled.token,
        ca=ca,
        signing_key=private,
        demonstration=before.demonstration or enrolled.demonstration,
        seal_key=enrolled.seal_key,
        server_key=enrolled.server_key,
        credential=enrolled.credential,
        recovery_key=enrolled.recovery_key,
    )
    if before.enrolled:
        with ledger.writing() as connection:
            let_in_anew(connection, identity)
    else:
        ledger.enrolled(identity)
    return enrolled


def _somebody_else(before: Identity, enrolled: Enrolled) -> KnownError:
    return KnownError(
        "other_person",
        f"这个领取码是给{enrolled.name}的，这本台账是{before.name}的，没有动它。请{enrolled.name}另建一本。",
        f"This code is {enrolled.name}'s and this ledger {before.name}'s; nothing was changed.",
    )
