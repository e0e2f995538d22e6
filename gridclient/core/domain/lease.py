"""How long a laptop of a community may go without hearing from it.

It is the program's rule, not cryptography: whoever has passphrase and laptop can read the file. It bounds
how long a lost or left laptop goes on as if nothing were. Time is the latest this ledger has ever seen, so
setting the clock back gains nothing; a contact starts anew, also after a clock that was ahead.
"""

from enum import StrEnum
from typing import NamedTuple

DAY = 24 * 3600 * 1000
WARNED_AFTER = 20
ENDS_AFTER = 30


class Standing(StrEnum):
    """FREE: no community, no lease. VISITS_ONLY: what is met at doors can be written down, nothing else."""

    FREE = "free"
    GOOD = "good"
    WARNED = "warned"
    VISITS_ONLY = "visits_only"


class Seen(NamedTuple):
    """What a ledger remembers of time, Unix milliseconds: the last contact and the latest moment since."""

    contacted: int = 0
    latest: int = 0


class Lease(NamedTuple):
    """`away`: whole days since the last contact; `left`: days until only visits can be written."""

    standing: Standing
    away: int = 0
    left: int = 0


def seen(before: Seen, contacted: int, now: int) -> Seen:
    """What to remember now. `contacted`: the last contact, 0 while there was none since joining."""
    if contacted and contacted != before.contacted:
        return Seen(contacted, max(contacted, now))
    if not before.contacted:
        return Seen(now, now)
    return Seen(before.contacted, max(before.latest, now))


def lease(enrolled: bool, before: Seen, contacted: int, now: int) -> Lease:
    """How a laptop stands at a moment."""
    if not enrolled:
        return Lease(Standing.FREE)
    known = seen(before, contacted, now)
    away = max(0, known.latest - known.contacted) // DAY
    left = max(0, ENDS_AFTER - away)
    if not left:
        return Lease(Standing.VISITS_ONLY, away, 0)
    return Lease(Standing.WARNED if away >= WARNED_AFTER else Standing.GOOD, away, left)


def said(lease: Lease) -> str:
    """The lease in words; nothing while all is well."""
    if lease.standing is Standing.WARNED:
        return f"{lease.away} 天没有和社区联系了。{lease.left} 天内同步一次，不然只能记走访。"
    if lease.standing is Standing.VISITS_ONLY:
        return f"{lease.away} 天没有和社区联系了，现在只能记走访。连上社区的网按 F9 同步，就都能用了。"
    return ""
