"""What every step of one sync shares: the ledger, the server, whom to tell, where it stands."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import Frame, RefusedError, SyncApi, UnreachableError
from gridclient.ledger.ledger import Ledger
from gridclient.sync.report import Progress, StoppedError, SyncReport

GATHER_ROWS = 2000  # about 1 MB raw a transaction: fewer pays for commits, more stalls the window


@dataclass
class Talk:
    """One conversation. `places`: what this device may hold, as the server said last."""

    ledger: Ledger
    api: SyncApi
    tell: Callable[[Progress], None]
    stopped: Callable[[], bool]
    machine: str = ""
    report: SyncReport = field(default_factory=SyncReport)
    places: list[Id] = field(default_factory=list)

    def pause(self) -> None:
        """Between two steps. Raises StoppedError."""
        if self.stopped():
            raise StoppedError

    def gather(self, frames: Iterable[Frame]) -> Iterator[list[Frame]]:
        """Frames in handfuls worth one transaction; what came before the line was cut is handed on too."""
        gathered: list[Frame] = []
        rows = 0
        try:
            for frame in frames:
                gathered.append(frame)
                self.pause()
                rows += rows_of(frame)
                if rows >= GATHER_ROWS:
                    yield gathered
                    gathered, rows = [], 0
        except (RefusedError, UnreachableError, StoppedError):
            if gathered:
                yield gathered
            raise
        if gathered:
            yield gathered


def rows_of(frame: Frame) -> int:
    return sum(len(section.rows) for section in frame.sections)
