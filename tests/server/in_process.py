"""The server's application without a socket: whole HTTP requests, thousands a minute."""

import asyncio
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from sync_server.http.app import make_app
from sync_server.http.limits import Limits, Rate
from sync_server.service.service import Service

_NO_RATE = Rate(1e9, 1e9)
UNHURRIED = Limits(device=_NO_RATE, address=_NO_RATE, stranger=_NO_RATE)


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class InProcess:
    """Answers from the moment it is made until `close`; nobody asks too often.

    Its loop has a thread of its own: that of the tests may hold one already.
    """

    def __init__(self, service: Service, authority: bytes) -> None:
        self.app = make_app(service, authority, time.monotonic, UNHURRIED)
        self._runner = asyncio.Runner()
        self._thread = ThreadPoolExecutor(1, "app")

    def close(self) -> None:
        self._thread.submit(lambda: self._runner.run(self._end())).result()
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes,
        headers: Mapping[str, str],
        query: str = "",
        client: str = "192.0.2.7",
    ) -> Reply:
        """One request. Header values are sent as Latin-1, as a socket would bring them."""
        asked = self._thread.submit(
            lambda: self._runner.run(self._ask(method, path, body, headers, query, client))
        )
        return asked.result()

    async def _end(self) -> None:
        async with self.app.lifespan():
            pass  # its end closes what the routes share

    async def _ask(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], query: str, client: str
    ) -> Reply:
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode("latin-1"), v.encode("latin-1")) for name, v in headers.items()],
            "client": (client, 4711),
            "server": ("127.0.0.1", 8440),
            "extensions": {},
            "state": {},
        }
        waiting = [{"type": "http.request", "body": body, "more_body": False}]
        sent: list[dict[str, object]] = []

        async def receive() -> dict[str, object]:
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        await self.app(scope, receive, send)  # type: ignore[arg-type]
        start = sent[0]
        raw, status = start["headers"], start["status"]
        assert isinstance(raw, list)
        assert isinstance(status, int)
        parts = [part for message in sent[1:] if isinstance(part := message.get("body", b""), bytes)]
        named = {name.decode("latin-1"): value.decode("latin-1") for name, value in raw}
        return Reply(status, named, b"".join(parts))
