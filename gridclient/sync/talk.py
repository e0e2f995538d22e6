"""What every step of one sync shares: the ledger, the server, whom to tell, where it stands."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import Frame, SyncApi, UnreachableError
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
        """Frames in handfuls worth one transaction; those before a cut are handed out before it is raised."""
        gathered: list[Frame] = []
        rows = 0
        cut: Exception | None = None
        arriving = iter(frames)
        while True:
            try:
                self.pause()
                frame = next(arriving, None)
            except (UnreachableError, StoppedError) as error:
                cut = error
                break
            if frame is None:
                break
            gathered.append(frame)
            rows += rows_of(frame)
            if rows >= GATHER_ROWS:
                yield gathered
                gathered, rows = [], 0
        if gathered:
            yield gathered
        if cut is not None:
            raise cut


def rows_of(frame: Frame) -> int:
    return sum(len(section.rows) for section in frame.sections)
