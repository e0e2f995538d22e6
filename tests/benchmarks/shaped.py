"""A relay that is as bad as a line in a village: far, narrow, and cut every now and then."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from tests.benchmarks.relay import Relay

_PIECE = 1400  # what one packet carries


class Shape(NamedTuple):
    """How bad: seconds there and back, bits a second each way, bytes (both ways) after which it is cut.

    `cut_every` 0: it holds.
    """

    round_trip: float
    bits: int
    cut_every: int = 0

    def __str__(self) -> str:
        cut = f", cut every {self.cut_every / 1000:.0f} kB" if self.cut_every else ""
        return f"{self.round_trip * 1000:.0f} ms, {self.bits / 1000:.0f} kbit/s{cut}"


class ShapedRelay(Relay):
    """A relay whose two directions each have one narrow pipe, shared by all connections.

    A cut drops every connection at once, with what was under way in it; who connects again is served again.
    """

    def __init__(self, url: str, shape: Shape) -> None:
        self.shape = shape
        self.cuts = 0
        self._free = {True: 0.0, False: 0.0}  # by direction: when its pipe has passed on all it was given
        self._since_cut = 0
        self._open: set[asyncio.StreamWriter] = set()
        super().__init__(url)

    def reset(self) -> None:
        super().reset()
        self.cuts = 0

    def said(self) -> str:
        return f"{super().said()}, {self.cuts} cuts"

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self.shape.round_trip)  # what it takes to connect
        there, back = await asyncio.open_connection(*self._target)
        ends = {writer, back}
        self._open |= ends
        try:
            await asyncio.gather(self._pump(reader, back, True), self._pump(there, writer, False))
        except (
            OSError,
            asyncio.CancelledError,
        ):  # cut, or the relay ends; streams would tell of it in the log
            pass
        finally:
            self._open -= ends
            for end in ends:
                end.close()

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, up: bool) -> None:
        loop = asyncio.get_running_loop()
        far = self.shape.round_trip / 2
        while piece := await source.read(_PIECE):
            began = max(self._free[up], loop.time())
            self._free[up] = began + len(piece) * 8 / self.shape.bits
            await asyncio.sleep(self._free[up] - loop.time())
            self._count(piece, up)
            if self._is_cut(len(piece)):
                return
            loop.call_later(far, _write, sink, piece)
        loop.call_later(far, sink.close)

    def _count(self, piece: bytes, up: bool) -> None:
        if up:
            self.up += len(piece)
            self.requests += piece.startswith((b"POST ", b"GET "))
        else:
            self.down += len(piece)

    def _is_cut(self, passed: int) -> bool:
        self._since_cut += passed
        if not 0 < self.shape.cut_every <= self._since_cut:
            return False
        self._since_cut = 0
        self.cuts += 1
        for end in self._open:
            end.transport.abort()
        return True


def _write(sink: asyncio.StreamWriter, piece: bytes) -> None:
    if not sink.transport.is_closing():
        sink.write(piece)
