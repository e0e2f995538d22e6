"""Limits that are checked before work is done."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_KEYS = 10_000


@dataclass(frozen=True)
class Rate:
    """So many a second on average, so many at once."""

    per_second: float
    burst: float


@dataclass(frozen=True)
class Limits:
    """What a server bears.

    Attributes:
        body: bytes of a message that carries no changes.
        push_body: bytes of a push; a client makes them of half a megabyte.
        file_body: bytes of a sealed file: a stick carried on, or what a laptop leaves behind.
        seconds: in which a body has to be here.
        device, address: requests of one laptop, of one address (many laptops can share one).
        stranger: requests of one address that bear no good token; an office lets in thirty laptops at once.
    """

    body: int = 256 * 1024
    push_body: int = 2 * 1024 * 1024
    file_body: int = 64 * 1024 * 1024
    seconds: float = 120
    device: Rate = Rate(20, 400)
    address: Rate = Rate(200, 2000)
    stranger: Rate = Rate(1, 60)


class Buckets:
    """One token bucket for each key; the least recently asked are forgotten, full as they are by then."""

    def __init__(self, rate: Rate, seconds: Callable[[], float]) -> None:
        self._rate = rate
        self._seconds = seconds
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> bool:
        """Whether one more is allowed now; if so it counts."""
        now = self._seconds()
        left, then = self._buckets.pop(key, (self._rate.burst, now))
        left = min(self._rate.burst, left + (now - then) * self._rate.per_second)
        allowed = left >= 1
        self._buckets[key] = (left - 1 if allowed else left, now)
        if len(self._buckets) > MOST_KEYS:
            self._buckets.popitem(last=False)
        return allowed
