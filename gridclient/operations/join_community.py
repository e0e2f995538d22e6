"""Joining a community: a one-time code becomes this laptop's token, and the ledger a worker's."""

import msgspec

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import Enrolled
from gridclient.ledger.keys import signing_pair
from gridclient.ledger.ledger import Ledger
from gridclient.sync.enrolment import redeem


def join(ledger: Ledger, url: str, code: str, label: str = "") -> Enrolled:
    """Enrol a ledger with the server at `url`. What it holds goes to the community at the next sync.

    Raises:
        KnownError: it is enrolled already, or the code cannot be one.
        RefusedError, UnreachableError: the server said no, or nothing; the ledger is unchanged.
    """
    before = ledger.identity()
    if before.enrolled:
        raise KnownError(
            "enrolled_already",
            f"这本台账已经加入了{before.community}。换社区要另建一本。",
            "This ledger has joined a community already; make another for another community.",
        )
    private, public = signing_pair()
    device = ledger.new_id()
    enrolled, ca = redeem(url, code, device, public, label)
    ledger.entrust(enrolled.recovery_key)
    ledger.enrolled(
        msgspec.structs.replace(
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
    )
    return enrolled
