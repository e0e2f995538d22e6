"""A counting relay before a server: what really goes over the wire, headers and all."""

from __future__ import annotations

import asyncio
import threading
from urllib.parse import urlsplit

_PIECE = 256 * 1024


class Relay:
    """Passes everything on from the moment it is made until `stop`; counts bytes and HTTP requests."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        self._target = (parts.hostname, parts.port)
        self.up = self.down = self.requests = 0
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(asyncio.start_server(self._pass, "127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def reset(self) -> None:
        """Count from nothing again."""
        self.up = self.down = self.requests = 0

    def said(self) -> str:
        """Requests and bytes since the last reset."""
        total = self.up + self.down
        size = f"{total / 1e6:.2f} MB" if total > 100_000 else f"{total / 1000:.2f} kB"
        return f"{self.requests} requests, {size} (up {self.up}, down {self.down})"

    def stop(self) -> None:
        """Pass nothing on any more."""
        asyncio.run_coroutine_threadsafe(self._over(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _over(self) -> None:
        self._server.close()
        passing = asyncio.all_tasks() - {asyncio.current_task()}
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self._target)
        await asyncio.gather(self._pump(reader, back, True), self._pump(there, writer, False))

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, up: bool) -> None:
        while piece := await source.read(_PIECE):
            if up:
                self.up += len(piece)
                self.requests += piece.startswith((b"POST ", b"GET "))
            else:
                self.down += len(piece)
            sink.write(piece)
            await sink.drain()
        sink.close()
