"""How safe the records of a ledger are: the one count behind the window's pill and sheet and `status`."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.ledger import only_here, sticks
from gridclient.ledger.ledger import Unsent
from gridclient.ledger.only_here import OnlyHere
from gridclient.ledger.sticks import OnStick


class Safety(NamedTuple):
    """What the community has not taken, by where it is.

    `unsent`: own changes no server has, `oldest` (Unix milliseconds, 0 for none) the first of them;
    `on_stick` of them are on their way since `on_stick_since`. `held`: with the supervisor, `declined`: the
    supervisor said no, `quarantined`: no server can take them. `only_here`: versions by others a server has
    lost; `unhanded` of them could not be handed in yet. `lost`: how many would be gone with this computer.
    """

    unsent: int
    oldest: int
    held: int
    declined: int
    quarantined: int
    on_stick: int
    on_stick_since: int
    only_here: int
    unhanded: int
    lost: int

    @property
    def all(self) -> int:
        """All that is listed as not taken."""
        return self.unsent + self.held + self.declined + self.quarantined + self.only_here


NOTHING = Safety(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def count(unsent: Unsent, packed: OnStick, copies: Sequence[OnlyHere]) -> Safety:
    """Put together what the tables say."""
    unhanded = sum(one.state == "waiting" for one in copies)
    return Safety(
        unsent=unsent.pending,
        oldest=unsent.oldest,
        held=unsent.held - unsent.declined,
        declined=unsent.declined,
        quarantined=unsent.quarantined,
        on_stick=packed.changes,
        on_stick_since=packed.since if packed.changes else 0,
        only_here=len(copies),
        unhanded=unhanded,
        lost=unsent.pending + unhanded,
    )


def safety(connection: Connection, unsent: Unsent) -> Safety:
    """How safe the records are now."""
    return count(unsent, sticks.on_stick(connection), only_here.listed(connection))
