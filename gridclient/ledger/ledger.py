"""A ledger: one folder, one person's enrolment, one encrypted file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.lease import Lease, Seen, lease, seen
from gridclient.core.merge.change import Change, Draft
from gridclient.core.merge.record import Record
from gridclient.ledger import backup, erasing, records
from gridclient.ledger import drafts as half_written
from gridclient.ledger import identity as kept
from gridclient.ledger.container import Backup
from gridclient.ledger.files import keep_private, make_folder, sync_folder
from gridclient.ledger.identity import Identity, Position
from gridclient.ledger.instance import InstanceLock
from gridclient.ledger.keys import KeyFile, new_key_file
from gridclient.ledger.layout import LOCK, RESTORING
from gridclient.ledger.restoring import READY, go_on
from gridclient.ledger.store import Store, judge_file
from gridclient.ledger.tables import SCHEMA
from gridclient.ledger.upgrade import old_ledger, upgrade
from gridclient.ledger.wiping import is_cut_off, wipe
from gridclient.ledger.writing import Touched, Writer

Clock = Callable[[], int]
Randomness = Callable[[int], bytes]

FILE = "ledger.db"
KEYS = "keys.json"
_change_decoder = msgspec.msgpack.Decoder(Change)


class Unsent(NamedTuple):
    """What is only on this laptop. `oldest`: Unix milliseconds of the oldest unsent change, 0 for none.

    `held` counts also the `declined`, which wait for nobody any more.
    """

    pending: int
    held: int
    quarantined: int
    oldest: int
    declined: int = 0


class Ledger:
    """All reading and writing of a ledger. Thread-safe: one writer at a time, readers beside it.

    `clock` gives Unix milliseconds, `randomness` that many random bytes.
    """

    def __init__(
        self, folder: Path, key: bytes, clock: Clock, randomness: Randomness, lock: InstanceLock | None
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.randomness = randomness
        self._key = key
        self._lock = lock
        self._ended = False
        self._store = Store(folder / FILE, key)
        self._backups = Lock()  # one at a time: each sweeps away what another left half made

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, clock: Clock, randomness: Randomness, name: str = ""
    ) -> tuple["Ledger", str]:
        """A new empty ledger and the code of its recovery sheet.

        Raises:
            KnownError: there is one already, the passphrase is weak, the folder cannot be written.
        """
        if is_cut_off(folder):
            wipe(folder)
        _judge_empty(folder)
        key = randomness(32)
        wraps, code = new_key_file(key, passphrase, randomness(80))
        try:
            make_folder(folder)
        except OSError as error:
            raise KnownError(
                "cannot_create", "这个文件夹建不了，换一个地方。", "This folder cannot be made."
            ) from error
        lock = InstanceLock(folder / LOCK)
        try:
            _judge_empty(folder)  # once more: another program may have made one meanwhile
            wraps.write(folder / KEYS)
            cls._make_file(folder, key, clock, randomness, name)
            ledger = cls(folder, key, clock, randomness, lock)
        except (OSError, KnownError) as error:
            lock.release()
            if isinstance(error, KnownError) and error.code != "unconfirmed":
                raise
            raise KnownError(
                "cannot_create",
                "台账没有建成，看看硬盘是不是满了、能不能写，再建一次。",
                "The ledger was not made. See whether the disk is full or write-protected; try again.",
            ) from error
        except BaseException:
            lock.release()
            raise
        return ledger, code

    @staticmethod
    def _make_file(folder: Path, key: bytes, clock: Clock, randomness: Randomness, name: str) -> None:
        """The file under another name, renamed when it is whole: a making cut off leaves no ledger."""
        fresh = folder / f"{FILE}.new"
        for left in folder.glob(f"{FILE}.new*"):
            left.unlink()
        store = Store(fresh, key)
        try:
            now = clock()
            device, worker = ids.timed(now, randomness(10)), ids.timed(now, randomness(10))
            store.create(lambda connection: kept.put(connection, "identity", Identity(device, worker, name)))
        finally:
            store.close()
        if (folder / f"{FILE}.new-wal").exists():
            raise OSError("what was written could not be folded into the file")
        keep_private(folder)
        fresh.replace(folder / FILE)
        try:
            sync_folder(folder)
        except OSError:
            (folder / FILE).unlink()  # nobody has seen it: the next try may make it again
            raise

    @classmethod
    def open(
        cls,
        folder: Path,
        passphrase: str,
        clock: Clock,
        randomness: Randomness,
        *,
        write: bool = True,
        recovery: str = "",
    ) -> "Ledger":
        """Open a ledger; with `recovery` by its recovery key instead of the passphrase.

        One that an older program wrote is brought up to date first, after a verified backup.

        Raises:
            KnownError: no ledger, wrong passphrase, in use by another window, damaged …
        """
        if is_cut_off(folder):
            wipe(folder)
        if (folder / RESTORING / READY).exists():
            go_on(folder)
        wraps = KeyFile.read(folder / KEYS)
        judge_file(folder / FILE)
        key = wraps.recover(recovery) if recovery else wraps.unlock(passphrase)
        ledger = cls(folder, key, clock, randomness, InstanceLock(folder / LOCK) if write else None)
        try:
            if ledger._store.judge() < SCHEMA:
                ledger._upgrade()
            if write:
                ledger.note_time()
        except BaseException:
            ledger.close()
            raise
        return ledger

    def _upgrade(self) -> None:
        if self._lock is None:
            raise old_ledger()
        self.roll_backup("upgrade")
        with self.writing() as connection:
            upgrade(connection)

    def back_up(self, target: Path, why: str = "asked") -> Backup:
        """One verified backup as a file that can be carried away. Blocking; writers go on meanwhile.

        Raises:
            KnownError: disk full, damaged …; a file that was at `target` is still there.
        """
        return backup.take(self.folder, self._key, self.clock(), target, why)

    def roll_backup(self, why: str) -> Backup:
        """One more verified backup beside the ledger; old ones are thinned. Raises like `back_up`."""
        with self._backups:
            return backup.roll(self.folder, self._key, self.clock(), why)

    def backups(self) -> list[Backup]:
        """The backups beside the ledger, the newest first."""
        return backup.listed(self.folder)

    def compact(self) -> None:
        """Leave nothing in the file that was given back to it. Blocking, seconds with a whole community."""
        self._store.compact()

    def drop_copies_of(self, spoken: set[Id]) -> backup.Copies:
        """Delete the backups and replaced ledgers beside this one that hold anything of these records.

        The newest backup has to be of now. What this ledger's key does not open stays, and is counted.
        """
        with self._backups:
            return backup.drop_holding(
                self.folder,
                lambda path: erasing.still_held(path, self._key, spoken),
            )

    def mark(self) -> str:
        """A word that changes with what the ledger holds; every backup has that of its moment."""
        with self.reading() as connection:
            return backup.mark(connection.connection)

    def close(self) -> None:
        self._store.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @property
    def writable(self) -> bool:
        return self._lock is not None and not self._ended

    def end_writing(self) -> None:
        """Within a write transaction: it is the last, whoever waits for the next one is refused."""
        self._ended = True

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A write transaction for the rooms of the ledger and for sync. Raises KnownError."""
        self._judge_writable()
        with self._store.writing() as connection:
            self._judge_writable()  # once more: it may have ended while this one waited
            yield connection

    def _judge_writable(self) -> None:
        if not self.writable:
            raise KnownError(
                "read_only_open", "这本台账现在只能看，不能写。", "This ledger is open for reading only."
            )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view, beside any writer. Raises KnownError."""
        with self._store.reading() as connection:
            yield connection

    def write(
        self, drafts: Iterable[Draft], batch: Id | None = None, reason: str | None = None, drop: str = ""
    ) -> Touched:
        """Save drafts in one transaction; with it goes the half-written form named by `drop`.

        Raises:
            BadInputError: one of them is not well made; none was saved.
            KnownError: disk full …; none was saved.
        """
        with self.writing() as connection:
            writer = Writer(connection, kept.identity(connection), self.clock, self.randomness)
            writer.write_all(drafts, batch, reason)
            if drop:
                half_written.drop(connection, drop)
            return writer.touched

    def record(self, kind: str, record: Id) -> Record | None:
        """A record as the ledger shows it."""
        with self.reading() as connection:
            return records.load(connection, kind, record)

    def identity(self) -> Identity:
        with self.reading() as connection:
            return kept.identity(connection)

    def position(self) -> Position:
        with self.reading() as connection:
            return kept.position(connection)

    def lease(self) -> Lease:
        """How long this laptop may still go without its community."""
        with self.reading() as connection:
            before = Seen(*(kept.get(connection, "time", tuple[int, int]) or ()))
            enrolled, contacted = kept.identity(connection).enrolled, kept.position(connection).contacted
        return lease(enrolled, before, contacted, self.clock())

    def note_time(self) -> None:
        """Remember the latest moment seen, so that a clock set back extends no lease. Raises KnownError."""
        if not self.identity().enrolled:
            return
        with self.writing() as connection:
            before = Seen(*(kept.get(connection, "time", tuple[int, int]) or ()))
            now = seen(before, kept.position(connection).contacted, self.clock())
            kept.put(connection, "time", tuple(now))

    def unsent(self) -> Unsent:
        """What waits here, counted from the tables."""
        with self.reading() as connection:
            counted: dict[str, int] = {
                state: count
                for state, count in connection.exec_driver_sql(
                    "SELECT state, count(*) FROM change WHERE state <> 'done' GROUP BY state"
                )
            }
            oldest = connection.exec_driver_sql(
                "SELECT min(at) FROM change WHERE state = 'pending'"
            ).scalar_one()
        return Unsent(
            counted.get("pending", 0),
            counted.get("held", 0) + counted.get("declined", 0),
            counted.get("quarantined", 0),
            oldest or 0,
            counted.get("declined", 0),
        )

    def pending_changes(self, after: int, limit: int) -> list[Change]:
        """Changes to be pushed, in the order they were made, with numbers above `after`."""
        with self.reading() as connection:
            found = connection.exec_driver_sql(
                "SELECT body FROM change WHERE state = 'pending' AND number > ? ORDER BY number LIMIT ?",
                (after, limit),
            )
            return [_change_decoder.decode(body) for (body,) in found]

    def new_id(self) -> Id:
        return ids.timed(self.clock(), self.randomness(10))

    def change_passphrase(self, passphrase: str) -> None:
        """Re-wrap the data key. Raises KnownError for a weak passphrase; the old one is good then."""
        path = self.folder / KEYS
        KeyFile.read(path).with_passphrase(self._key, passphrase, self.randomness(28)).write(path)

    def entrust(self, public: bytes) -> None:
        """Make the recovery wrap out to the community's key, so that its safe can open this ledger."""
        path = self.folder / KEYS
        KeyFile.read(path).with_community(self._key, public, self.randomness(44)).write(path)

    def enrolled(self, identity: Identity) -> None:
        """Become a worker's ledger: own changes so far are theirs from now on, and go to the server."""
        with self.writing() as connection:
            for number, body in connection.exec_driver_sql("SELECT number, body FROM change").all():
                change = msgspec.structs.replace(
                    _change_decoder.decode(body), author=identity.worker, device=identity.device
                )
                connection.exec_driver_sql(
                    "UPDATE change SET body = ? WHERE number = ?", (msgspec.msgpack.encode(change), number)
                )
            kept.put(connection, "identity", identity)
            kept.put(connection, "position", Position())
            shown = connection.exec_driver_sql(
                "SELECT DISTINCT kind, record FROM change WHERE laid = 1"
            ).all()
            for kind, record in shown:
                records.rebuild(connection, kind, record)

    def check(self) -> Sequence[str]:
        """What is wrong with the file, in words; nothing if it is sound."""
        found = self._store.faults()
        return [f"台账文件有损坏：{line}。先别删它，用最近的备份恢复。" for line in found]


def _judge_empty(folder: Path) -> None:
    if (folder / FILE).exists():
        raise KnownError(
            "ledger_exists",
            "这个文件夹里已经有一本台账，没有动它。换一个文件夹。",
            "This folder already holds a ledger; it was not touched. Choose another folder.",
        )
