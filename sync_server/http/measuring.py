"""What is counted of requests, and how it is told to Prometheus."""

import asyncio
import hmac
import ipaddress
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from sync_server.service.measures import Measures

TIMED = ("/push", "/pull", "/fill", "/hello")
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_PATIENCE = 5.0
MEDIA = "text/plain; version=0.0.4; charset=utf-8"


class Meter:
    """Counts requests by route and status, and how long the important ones took. One event loop's own."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BOUNDS) + 1))
        self._sums: dict[str, float] = defaultdict(float)

    def middleware(self, app: ASGIApp) -> ASGIApp:
        """The application with everything counted that reaches a route."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            began, status = self._seconds(), 0

            async def watched(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                await send(message)

            try:
                await app(scope, receive, watched)
            finally:
                self._count(scope["path"], status, self._seconds() - began)

        return counted

    def _count(self, route: str, status: int, seconds: float) -> None:
        """`status` 0: the line was cut before there was an answer."""
        self._requests[route, status] += 1
        if route in TIMED:
            self._buckets[route][bisect_left(BOUNDS, seconds)] += 1
            self._sums[route] += seconds

    def text(self, measures: Measures) -> str:
        """Everything in Prometheus' own format."""
        lines = ["# TYPE gridserver_requests_total counter"]
        for (route, status), count in sorted(self._requests.items()):
            lines.append(f'gridserver_requests_total{{route="{route}",status="{status}"}} {count}')
        lines.append("# TYPE gridserver_request_seconds histogram")
        for route, buckets in sorted(self._buckets.items()):
            lines += _histogram(route, buckets, self._sums[route])
        for name, value in measures._asdict().items():
            lines += [f"# TYPE gridserver_{name} gauge", f"gridserver_{name} {value}"]
        return "\n".join([*lines, ""])


def _histogram(route: str, buckets: list[int], total: float) -> Iterable[str]:
    name, below = "gridserver_request_seconds", 0
    for bound, count in zip((*map(str, BOUNDS), "+Inf"), buckets, strict=True):
        below += count
        yield f'{name}_bucket{{route="{route}",le="{bound}"}} {below}'
    yield f'{name}_sum{{route="{route}"}} {total:.6f}'
    yield f'{name}_count{{route="{route}"}} {below}'


class Health:
    """Whether the store answers in time; asked once a second at most, however often one is asked for it."""

    def __init__(self, ask: Callable[[], Awaitable[bool]], seconds: Callable[[], float]) -> None:
        self._ask, self._seconds = ask, seconds
        self._known: tuple[float, bool] | None = None

    async def ok(self) -> bool:
        if self._known is not None and self._seconds() - self._known[0] < 1:
            return self._known[1]
        try:
            async with asyncio.timeout(_PATIENCE):
                found = await self._ask()
        except TimeoutError:
            found = False
        self._known = (self._seconds(), found)
        return found


def may_see(host: str, given: str, token: str) -> bool:
    """Whether somebody may read the numbers: by the token if there is one, else from this machine alone."""
    if token:
        return hmac.compare_digest(given.encode(), token.encode())
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
