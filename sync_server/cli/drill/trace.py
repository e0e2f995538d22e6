"""What happened, line by line, so that two tellings of one seed can be laid beside each other."""

from hashlib import sha256

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id


class BrokenError(Exception):
    """A law the product promises to keep was broken."""


class Trace:
    """The lines of one story."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        self.lines.append(line)

    def digest(self) -> str:
        """One word for the whole story."""
        return sha256("\n".join(self.lines).encode()).hexdigest()[:16]


def short(identity: Id) -> str:
    """An id as the trace names it: its end, for the beginning of most is the time."""
    return ids.text(identity)[-12:]
