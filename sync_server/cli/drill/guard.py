"""Where the power goes: at a statement of a database, of a laptop's or of the server's."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

LAPTOP = "laptop"
SERVER = "server"


class KilledError(BaseException):
    """The power went: nothing of the program is left, only what lies on the disk."""


class Guard:
    """Counts the statements of whoever runs and stops the one it was told to."""

    def __init__(self) -> None:
        self._running = LAPTOP
        self._victim = ""
        self._left = 0

    @property
    def armed(self) -> bool:
        return bool(self._victim)

    def arm(self, victim: str, statements: int) -> None:
        """Stop this one before its n-th statement or commit from now on."""
        self._victim, self._left = victim, statements

    def disarm(self) -> None:
        self._victim = ""

    @contextmanager
    def running(self, who: str) -> Iterator[None]:
        """Until the end of the block it is this one that works."""
        before, self._running = self._running, who
        try:
            yield
        finally:
            self._running = before

    @contextmanager
    def safe(self) -> Iterator[None]:
        """Nobody is stopped within the block."""
        victim, self._victim = self._victim, ""
        try:
            yield
        finally:
            self._victim = victim

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Hear every statement of this process until the end of the block."""

        def statement(*_: object) -> None:
            self._count()

        event.listen(Engine, "before_cursor_execute", statement)
        event.listen(Engine, "commit", statement)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", statement)
            event.remove(Engine, "commit", statement)

    def _count(self) -> None:
        if self._victim != self._running:
            return
        self._left -= 1
        if self._left <= 0:
            self._victim = ""
            raise KilledError
