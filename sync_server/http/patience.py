"""The line's protocol with a limit to how long the head of a request may take; uvicorn knows none."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 20.0


class PatientProtocol(HttpToolsProtocol):
    """Hangs up on whoever connects, or begins a request, and does not say what he wants in time.

    Lines held open that way cost memory and a file each; a laptop on the worst of lines needs a second.
    """

    seconds = HEAD_SECONDS
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        self._begin()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._end()
        super().on_headers_complete()

    def _begin(self) -> None:
        self._end()
        self._waiting = self.loop.call_later(self.seconds, self.transport.close)

    def _end(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def patient(seconds: float) -> type[PatientProtocol]:
    """The protocol with another limit."""
    return type("Patient", (PatientProtocol,), {"seconds": seconds})
