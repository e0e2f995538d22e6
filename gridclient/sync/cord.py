"""Connections that can be ended from another thread, in whatever they are waiting for.

`requests` gives nobody the socket while it connects or waits for an answer. Here each socket has a twin: a
second handle of the same connection, which alone the other thread touches. Shutting it down ends what the
first one waits for, and no file number can be mistaken for another's.
"""

import errno
import socket
import threading
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError
from urllib3.util.wait import wait_for_write

CONNECT_SECONDS = 10
SEND_SECONDS = 60  # for one piece; the whole may take as long as the line needs
_PIECE = 8 * 1024
_LOOK_SECONDS = 0.2
_UNDER_WAY = (errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY)


class Cord:
    """What all connections of one line hang on. `pull` may be called from any thread, for good."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._twins: set[socket.socket] = set()
        self.pulled = False

    def pull(self) -> None:
        """End what is under way, and let nothing begin any more."""
        with self._lock:
            self.pulled = True
            for twin in self._twins:
                try:
                    twin.shutdown(socket.SHUT_RDWR)
                except OSError:  # it was not connected yet, or is no more
                    continue

    def hold(self, made: socket.socket) -> socket.socket:
        """Keep hold of a connection from before it is made. Raises OSError once the cord was pulled."""
        with self._lock:
            if self.pulled:
                raise OSError("hung up")
            twin = made.dup()
            self._twins.add(twin)
            return twin

    def release(self, twin: socket.socket) -> None:
        """The connection is over."""
        with self._lock:
            self._twins.discard(twin)
            twin.close()

    def pools(self) -> dict[str, Any]:
        """Pools by scheme whose connections hang on this cord."""

        class Plain(_Hanging, HTTPConnection):
            cord = self

        class Secure(_Hanging, HTTPSConnection):
            cord = self

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        return {"http": PlainPool, "https": SecurePool}


class _Hanging(HTTPConnection):
    """Connects in sight of the cord and sends in pieces, so that a time limit speaks of a piece alone."""

    cord: Cord
    _twin: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        refused: OSError = OSError("no address")
        for family, kind, protocol, _, address in self._addresses():
            made = socket.socket(family, kind, protocol)
            try:
                self._hold(made)
                for option in self.socket_options or ():
                    made.setsockopt(*option)
                self._connect(made, address)
            except OSError as error:
                made.close()
                refused = error
            else:
                return made
        self._let_go()
        raise NewConnectionError(self, type(refused).__name__) from refused

    def _addresses(self) -> list[Any]:
        """Where the host is: asked in a thread that is left alone once the cord is pulled, for nothing ends
        the question itself, and the window may be waiting for this one. Raises OSError.
        """
        found: list[Any] = []
        wrong: list[OSError] = []

        def look() -> None:
            try:
                found.extend(socket.getaddrinfo(self._dns_host, self.port, type=socket.SOCK_STREAM))
            except OSError as error:
                wrong.append(error)
            except UnicodeError:  # a name no resolver takes
                wrong.append(OSError("no name"))

        looking = threading.Thread(target=look, daemon=True)
        looking.start()
        while looking.is_alive():
            looking.join(_LOOK_SECONDS)
            if self.cord.pulled:
                raise OSError("hung up")
        if wrong:
            raise NewConnectionError(self, type(wrong[0]).__name__) from wrong[0]
        return found

    def _connect(self, made: socket.socket, address: Any) -> None:
        """Connect in short waits: no system lets another thread end this one. Raises OSError."""
        made.setblocking(False)
        said = made.connect_ex(address)
        if said in _UNDER_WAY:
            waits = 0
            while not wait_for_write(made, _LOOK_SECONDS):
                waits += 1
                if self.cord.pulled or waits * _LOOK_SECONDS >= CONNECT_SECONDS:
                    raise TimeoutError(errno.ETIMEDOUT, "not connected")
            said = made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if said:
            raise OSError(said, errno.errorcode.get(said, ""))
        if self.cord.pulled:  # before there was anything to shut down
            raise OSError("hung up")
        made.settimeout(CONNECT_SECONDS)

    def send(self, data: Any) -> None:
        if not isinstance(data, bytes) or len(data) <= _PIECE or self.sock is None:
            super().send(data)
            return
        self.sock.settimeout(SEND_SECONDS)
        for start in range(0, len(data), _PIECE):
            super().send(data[start : start + _PIECE])

    def close(self) -> None:
        super().close()
        self._let_go()

    def _hold(self, made: socket.socket) -> None:
        self._let_go()
        self._twin = self.cord.hold(made)

    def _let_go(self) -> None:
        twin, self._twin = self._twin, None
        if twin is not None:
            self.cord.release(twin)
