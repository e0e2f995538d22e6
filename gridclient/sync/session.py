"""One sync: hello, push, fill, pull, digest. Whatever is cut off goes on the next time.

Every step stores what it got and how far it came in one transaction, so nothing is done twice and nothing
is remembered that did not happen.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Change
from gridclient.core.wire.codec import digest_of_digests
from gridclient.core.wire.messages import (
    PUSH_BYTES,
    Answer,
    Checkpoint,
    FillOrder,
    Frame,
    Hello,
    PlaceDigest,
    RefusedError,
    SyncApi,
    Welcome,
)
from gridclient.core.wire.versions import NEWEST, OLDEST
from gridclient.ledger import identity as kept
from gridclient.ledger import receiving
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched

GATHER_ROWS = 2000  # about 1 MB raw a transaction: fewer pays for commits, more stalls the window
ROUNDS = 3
_READ = 1000


@dataclass
class SyncReport:
    """What one sync did, counted from the answers.

    `busy`: others kept writing, so the digests could not be compared this time; nothing is wrong.
    `healed`: places whose copy here differed from the server's and was fetched anew.
    """

    pushed: int = 0
    accepted: int = 0
    conflicts: int = 0
    duplicates: int = 0
    held: int = 0
    quarantined: int = 0
    received: int = 0
    filled: int = 0
    forgotten: int = 0
    places: int = 0
    equal: int = 0
    healed: int = 0
    busy: bool = False
    stopped: bool = False
    touched: Touched = field(default_factory=Touched)

    @property
    def complete(self) -> bool:
        """Every change answered, everything pulled to the watermark, every digest equal."""
        return not self.busy and not self.stopped and self.equal == self.places

    def count(self, status: str) -> None:
        self.pushed += 1
        if status == "accepted":
            self.accepted += 1
        elif status == "accepted_conflict":
            self.accepted += 1
            self.conflicts += 1
        elif status == "duplicate":
            self.duplicates += 1
        elif status == "held":
            self.held += 1
        else:
            self.quarantined += 1


@dataclass(frozen=True)
class Progress:
    """How far a sync is: `stage` is push, fill, pull or digest; `total` 0 where it is not known."""

    stage: str
    done: int
    total: int


class StoppedError(Exception):
    """The person stopped the sync; what was stored is stored."""


class SyncSession:
    """One conversation between a ledger and a server. Blocking; run it away from the window's thread.

    `report` hears of progress, `stopped` is asked between steps.
    """

    def __init__(
        self,
        ledger: Ledger,
        api: SyncApi,
        report: Callable[[Progress], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._ledger = ledger
        self._api = api
        self._tell = report
        self._stopped = stopped
        self._report = SyncReport()
        self._places: list[Id] = []

    def run(self) -> SyncReport:
        """Sync once.

        Raises:
            RefusedError, UnreachableError: the server said no, or nothing; what was stored is stored.
            KnownError: the disk is full …; likewise.
        """
        try:
            welcome = self._hello()
            if welcome.agreed and not self._ledger.unsent().pending:
                self._agree()
            else:
                if self._push():
                    self._hello()  # new buildings, grids or assignments: what may be held has changed
                self._forget()
                self._level(welcome.checkpoint)
        except StoppedError:
            self._report.stopped = True
        return self._report

    def _hello(self) -> Welcome:
        with self._ledger.reading() as connection:
            identity, position = kept.identity(connection), kept.position(connection)
            whole = receiving.digests(connection)
            number = connection.exec_driver_sql("SELECT coalesce(max(number), 0) FROM change").scalar_one()
        hello = Hello(
            oldest=OLDEST,
            newest=NEWEST,
            device=identity.device,
            checkpoint=position.checkpoint,
            nonce=position.nonce,
            number=number,
            now=self._ledger.clock(),
            agreement=digest_of_digests(whole) if whole else b"",
        )
        welcome = self._api.hello(hello)
        if not welcome.known and position.checkpoint is not None:
            raise KnownError(
                "history_diverged",
                "社区的电脑换成了旧备份。这台电脑的记录都在，先别再同步，找书记处理。",
                "The server was restored from an older copy. Everything here is safe; ask the supervisor.",
            )
        self._places = [one.place for one in whole] if welcome.places is None else welcome.places
        with self._ledger.writing() as connection:
            fresh = msgspec.structs.replace(position, nonce=welcome.nonce, contacted=self._ledger.clock())
            kept.put(connection, "position", fresh)
            receiving.settle(connection, welcome.verdicts, self._report.touched)
            if welcome.role != identity.role:
                kept.put(connection, "identity", msgspec.structs.replace(identity, role=welcome.role))
        return welcome

    def _push(self) -> bool:
        """Send what waits; whether some of it spoke of the commons."""
        commons = False
        total = self._ledger.unsent().pending
        limit = PUSH_BYTES
        after = 0
        while batch := _batch(self._ledger.pending_changes(after, _READ), limit):
            self._pause()
            try:
                answers = self._api.push(batch).answers
            except RefusedError as refused:
                if refused.code != "too_large":
                    raise
                if len(batch) > 1:
                    limit = max(1, limit // 2)
                    continue
                too_large = "这一条太大，社区的电脑收不下。改短一些再送。"
                answers = [Answer(batch[0].id, "quarantined", reason="too_large", words=too_large)]
            with self._ledger.writing() as connection:
                receiving.settle(connection, answers, self._report.touched)
            for answer in answers:
                self._report.count(answer.status)
            after = batch[-1].number
            commons = commons or any(change.place == COMMONS for change in batch)
            self._tell(Progress("push", self._report.pushed, total))
        return commons

    def _forget(self) -> None:
        with self._ledger.reading() as connection:
            lost = [place for place in receiving.places(connection) if place not in set(self._places)]
        for place in lost:
            with self._ledger.writing() as connection:
                receiving.forget_place(connection, place)
            self._report.forgotten += 1
            self._report.touched.kinds.add("*")

    def _level(self, start: Checkpoint) -> None:
        """Fill, pull and compare until both sides agree at one and the same point.

        The point from which to pull is kept before the first place is filled: a fill that is cut off and
        goes on another day still pulls what changed in between.
        """
        with self._ledger.writing() as connection:
            if kept.position(connection).checkpoint is None:
                self._move(connection, start)
        for _ in range(ROUNDS):
            self._fill()
            self._pull(start)
            if self._compare():
                return
        self._report.busy = True

    def _fill(self) -> None:
        with self._ledger.reading() as connection:
            begun = receiving.places(connection)
        orders, resumed = [], False
        for place in self._places:
            whole, key = begun.get(place, (False, None))
            if not whole:
                orders.append(FillOrder(place, key))
                resumed = resumed or place in begun
        if not orders:
            return
        for frames in self._gather(self._api.fill(orders)):
            with self._ledger.writing() as connection:
                receiving.receive(connection, frames, fresh=not resumed, touched=self._report.touched)
            self._received(frames)
            self._report.filled += sum(frame.whole for frame in frames)
            self._tell(Progress("fill", self._report.filled, len(orders)))

    def _pull(self, start: Checkpoint) -> None:
        since = self._ledger.position().checkpoint or start
        for frames in self._gather(self._api.pull(since.seq, self._places)):
            with self._ledger.writing() as connection:
                receiving.receive(connection, frames, fresh=False, touched=self._report.touched)
                reached = next((frame for frame in reversed(frames) if frame.chain), None)
                if reached is not None:
                    receiving.unlay(connection, reached.seq, self._report.touched)
                    self._move(connection, Checkpoint(start.history, reached.seq, reached.chain))
            self._received(frames)
            self._tell(Progress("pull", self._report.received, 0))

    def _move(self, connection: Connection, checkpoint: Checkpoint) -> None:
        position = kept.position(connection)
        kept.put(connection, "position", msgspec.structs.replace(position, checkpoint=checkpoint))

    def _compare(self) -> bool:
        """Whether both sides agree at one point. Places that differ are dropped, to be filled anew."""
        position = self._ledger.position()
        cursor = position.checkpoint.seq if position.checkpoint else 0
        self._tell(Progress("digest", 0, len(self._places)))
        theirs = self._api.digest(self._places)
        if any(one.seq > cursor for one in theirs):
            return False
        with self._ledger.reading() as connection:
            mine = {one.place: one for one in receiving.digests(connection)}
        differing = [one.place for one in theirs if not _same(mine.get(one.place), one)]
        if differing:
            with self._ledger.writing() as connection:
                for place in differing:
                    receiving.forget_place(connection, place)
            self._report.healed += len(differing)
            self._report.touched.kinds.add("*")
            return False
        self._agree()
        return True

    def _agree(self) -> None:
        self._report.places = self._report.equal = len(self._places)
        with self._ledger.writing() as connection:
            fresh = msgspec.structs.replace(
                kept.position(connection), agreed=self._ledger.clock(), agreed_places=len(self._places)
            )
            kept.put(connection, "position", fresh)

    def _gather(self, frames: Iterable[Frame]) -> Iterator[list[Frame]]:
        """Frames in handfuls worth one transaction."""
        gathered: list[Frame] = []
        rows = 0
        for frame in frames:
            self._pause()
            gathered.append(frame)
            rows += _rows(frame)
            if rows >= GATHER_ROWS:
                yield gathered
                gathered, rows = [], 0
        if gathered:
            yield gathered

    def _received(self, frames: list[Frame]) -> None:
        self._report.received += sum(_rows(frame) for frame in frames)

    def _pause(self) -> None:
        if self._stopped():
            raise StoppedError


def _rows(frame: Frame) -> int:
    return sum(len(section.rows) for section in frame.sections)


def _same(mine: PlaceDigest | None, theirs: PlaceDigest) -> bool:
    if mine is None:
        return theirs.count == 0
    return mine.count == theirs.count and mine.total == theirs.total


def _batch(changes: list[Change], limit: int) -> list[Change]:
    """As many changes as fit the limit, one at least."""
    size = 0
    for at, change in enumerate(changes):
        size += len(msgspec.msgpack.encode(change))
        if size > limit and at:
            return changes[:at]
    return changes
