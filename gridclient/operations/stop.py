"""Stopping what waits for the network, from another thread."""

import threading
from collections.abc import Callable


class Stop:
    """Asked for from any thread, it ends the sync it was given to at once, also in the middle of a request.

    What the server has answered by then is stored; the sync says that it was stopped.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = False
        self._hang_up: Callable[[], None] = lambda: None

    def ask(self) -> None:
        with self._lock:
            self._asked = True
            hang_up = self._hang_up
        hang_up()

    def asked(self) -> bool:
        return self._asked

    def reaches(self, hang_up: Callable[[], None]) -> None:
        """What ends the request that is under way; called at once where stopping was asked for before."""
        with self._lock:
            self._hang_up = hang_up
            late = self._asked
        if late:
            hang_up()
