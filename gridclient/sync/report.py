"""What a sync says of itself, while it runs and afterwards."""

from dataclasses import dataclass, field

from gridclient.ledger.writing import Touched


@dataclass
class SyncReport:
    """What one sync did, counted from the answers.

    Attributes:
        busy: others kept writing, so the digests could not be compared this time; nothing is wrong.
        pending: own changes that still wait to be sent, at the end.
        healed: places whose copy here differed from the server's and was fetched anew; `differing`: records
            in them that were not the same.
        resent: own changes a server had lost and that were sent once more.
        handed_in: versions by others a server had lost, handed in from here; `only_here`: how many such
            versions are still on this laptop alone or wait for the supervisor; `unhanded`: of those, how many
            could not be handed in yet.
        carried: files of others, brought by stick, that were handed on; `refused`: what was said of those the
            server had no use for.
        forgotten: places this laptop may no longer hold; `sealed`: own changes in them, now only the
            community's safe can read; `expired`: own changes whose seal was older than three months, dropped.
        copies: backups beside the ledger deleted because they held what somebody has erased since.
    """

    pushed: int = 0
    accepted: int = 0
    conflicts: int = 0
    duplicates: int = 0
    held: int = 0
    quarantined: int = 0
    received: int = 0
    filled: int = 0
    carried: int = 0
    forgotten: int = 0
    places: int = 0
    equal: int = 0
    healed: int = 0
    differing: int = 0
    resent: int = 0
    handed_in: int = 0
    only_here: int = 0
    unhanded: int = 0
    sealed: int = 0
    expired: int = 0
    copies: int = 0
    pending: int = 0
    compared: bool = False
    busy: bool = False
    stopped: bool = False
    refused: list[str] = field(default_factory=list)
    touched: Touched = field(default_factory=Touched)

    @property
    def complete(self) -> bool:
        """All answered, pulled to the watermark, every digest equal, nothing left to hand in."""
        ended = self.compared and not self.busy and not self.stopped
        return ended and self.equal == self.places and not self.pending and not self.unhanded

    def count(self, status: str) -> None:
        self.pushed += 1
        if status == "accepted":
            self.accepted += 1
        elif status == "accepted_conflict":
            self.accepted += 1
            self.conflicts += 1
        elif status == "duplicate":
            self.duplicates += 1
        elif status == "held":
            self.held += 1
        else:
            self.quarantined += 1


@dataclass(frozen=True)
class Progress:
    """How far a sync is in one stage: ask, push, fill (places), pull (of the server's order) or digest."""

    stage: str
    done: int
    total: int


# Which part of the whole each stage is; what a sync passes over costs no time.
_SPANS = {
    "ask": (0.0, 0.05),
    "push": (0.05, 0.2),
    "fill": (0.2, 0.75),
    "pull": (0.75, 0.92),
    "digest": (0.92, 1.0),
}


class Way:
    """The whole of one sync as a share from 0 to 1. It never shrinks, though stages come again."""

    def __init__(self) -> None:
        self.share = 0.0

    def at(self, progress: Progress) -> float:
        """How far it is now."""
        first, last = _SPANS[progress.stage]
        done = min(progress.done / progress.total, 1.0) if progress.total else 0.0
        self.share = max(self.share, first + (last - first) * done)
        return self.share


class StoppedError(Exception):
    """The person stopped the sync; what was stored is stored."""
