"""When to sync without being asked. Decisions alone: time and chance come in, nothing is done here.

The clock is any that counts milliseconds and never runs backwards.
"""

from collections.abc import Callable
from enum import Enum

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import RefusedError, UnreachableError

SETTLED_MS = 20_000  # a visit is often saved in several steps: one sync for all of them
UNSETTLED_MS = 120_000  # whoever saves without a pause is not waited for any longer
REGULAR_MS = 600_000
FIRST_MS = 20_000  # after unlocking: the first screen comes before it
BACK_MS = 10_000  # a hundred laptops see the network come back in the same second
RETRY_MS = 30_000
RETRY_MOST_MS = 900_000
# What no waiting mends: somebody has to do something first.
FOR_GOOD = frozenset(
    {
        "revoked",
        "left",
        "unknown_device",
        "clone",
        "version",
        "not_enrolled",
        "history_diverged",
        "bad_url",
        "insecure_url",
    }
)


class Ended(Enum):
    """How a sync ended. UNREACHED and LATER mend by waiting, the first also when the network is back."""

    WELL = "well"
    STOPPED = "stopped"
    UNREACHED = "unreached"
    LATER = "later"
    FOR_GOOD = "for_good"


def ended_by(error: Exception) -> Ended:
    """What an error says about trying again."""
    if isinstance(error, UnreachableError):
        return Ended.UNREACHED
    if isinstance(error, KnownError | RefusedError) and error.code in FOR_GOOD:
        return Ended.FOR_GOOD
    return Ended.LATER


class KeepInSync:
    """`due` says when the next sync should begin by itself; everything else tells it what happened.

    Args:
        chance: gives numbers in [0, 1), so that laptops do not all come at once.
        now: the moment the ledger was opened.
    """

    def __init__(self, chance: Callable[[], float], now: int, *, on: bool = True) -> None:
        self._chance = chance
        self._on = on
        self._running = False
        self._refused = False
        self._failures = 0
        self._regular = now + round(FIRST_MS * (0.25 + 0.75 * chance()))
        self._first_unsent: int | None = None
        self._settled: int | None = None
        self._retry: int | None = None
        self._unreached = False

    @property
    def on(self) -> bool:
        """Whether anything happens by itself."""
        return self._on

    @property
    def waits_for_network(self) -> bool:
        """Whether it would help to know that the server can be reached again."""
        return self._on and self._unreached and not self._running

    @property
    def failures(self) -> int:
        """How many syncs in a row came to nothing."""
        return self._failures

    def due(self) -> int | None:
        """When to begin by itself; None: not before something else happens."""
        if not self._on or self._running or self._refused:
            return None
        if self._retry is not None:
            return self._retry
        return self._regular if self._settled is None else min(self._regular, self._settled)

    def switch(self, on: bool) -> None:
        """Whether anything is to happen by itself."""
        self._on = on

    def saved(self, now: int) -> None:
        """Something new waits to be sent."""
        if self._first_unsent is None:
            self._first_unsent = now
        self._settled = min(now + SETTLED_MS, self._first_unsent + UNSETTLED_MS)

    def came_back(self, now: int) -> None:
        """The server can be reached again."""
        if self._unreached and self._retry is not None:
            self._retry = min(self._retry, now + round(BACK_MS * self._chance()))

    def began(self) -> None:
        """A sync begins, asked for or not."""
        self._running = True
        self._first_unsent = self._settled = None

    def ended(self, now: int, how: Ended) -> None:
        """It is over."""
        self._running = False
        self._regular = now + self._about(REGULAR_MS)
        self._unreached = how is Ended.UNREACHED
        self._refused = how is Ended.FOR_GOOD
        self._retry = None
        if how in (Ended.UNREACHED, Ended.LATER):
            self._failures += 1
            wait = self._about(RETRY_MS * 2 ** min(self._failures - 1, 10))
            self._retry = now + min(wait, RETRY_MOST_MS)
        elif how is not Ended.STOPPED:
            self._failures = 0

    def _about(self, span: int) -> int:
        """The span, give or take a fifth."""
        return round(span * (0.8 + 0.4 * self._chance()))
