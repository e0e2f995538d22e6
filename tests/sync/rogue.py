"""Servers that are not the community's: they take whatever a laptop sends, and remember it."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"


class Rogue:
    """Listens on loopback until `stop`.

    Args:
        trust: how it speaks TLS; None for plain HTTP.
        answers: by the path asked for; anything else is answered with nothing in it.
        raw: said instead, whatever is asked.
    """

    def __init__(
        self, trust: ssl.SSLContext | None, answers: dict[str, bytes] | None = None, raw: bytes = b""
    ) -> None:
        self.heard: list[bytes] = []
        self.connections = 0
        self._trust, self._answers, self._raw = trust, answers or {}, raw
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"{'https' if trust else 'http'}://localhost:{self.port}"
        self._thread = threading.Thread(target=self._serve)
        self._ending = False
        self._thread.start()

    def stop(self) -> None:
        self._ending = True
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
            pass
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            if self._ending:
                connection.close()
                return
            self.connections += 1
            connection.settimeout(5)
            with suppress(OSError), connection:
                self._hear(connection)

    def _hear(self, connection: socket.socket) -> None:
        if self._trust is None:
            self._talk(connection)
        else:
            with self._trust.wrap_socket(connection, server_side=True) as secured:
                self._talk(secured)

    def _talk(self, line: socket.socket) -> None:
        said = line.recv(65536)
        self.heard.append(said)
        path = said.split(b" ")[1].decode("latin-1") if said.count(b" ") > 1 else ""
        body = self._answers.get(path, b"")
        line.sendall(self._raw or _ANSWER % (len(body), body))


@contextmanager
def rogue(
    trust: ssl.SSLContext | None, answers: dict[str, bytes] | None = None, raw: bytes = b""
) -> Iterator[Rogue]:
    made = Rogue(trust, answers, raw)
    try:
        yield made
    finally:
        made.stop()
