"""Backups: whole, verified, and only then counted.

A copy is taken with SQLite's online backup from one consistent view, so writers go on meanwhile, encrypted
under the same key. It is opened again, checked page by page and row by row against what was copied, packed
with the key file of the day, forced to disk and renamed into place. Whatever fails leaves the earlier
backups as they are.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from gridclient.core.domain.errors import KnownError
from gridclient.ledger import container
from gridclient.ledger.backup_days import to_drop
from gridclient.ledger.container import Backup, Manifest
from gridclient.ledger.files import make_folder, sync_file
from gridclient.ledger.layout import BACKUPS, REPLACED
from gridclient.ledger.store import connect, translated

SUFFIX = ".ledgerbackup"
TOTAL_BYTES = 2 << 30
_PAGES = 256  # a step: 1 MB
_WORK = ".new"


def take(folder: Path, key: bytes, now: int, target: Path, why: str) -> Backup:
    """One verified backup of the ledger in `folder` as the file `target`.

    `now`: Unix milliseconds. `why`: a short word. Blocking for about three seconds with a whole community.

    Raises:
        KnownError: disk full, the ledger is damaged …; what was at `target` is still there.
    """
    work = target.with_name(target.name + _WORK)
    with said_plainly(), translated():
        try:
            work.mkdir(mode=0o700, parents=True, exist_ok=True)
            manifest = copy(folder / container.DATA, key, work / container.DATA, now, why)
            shutil.copyfile(folder / container.KEYS, work / container.KEYS)
            return container.pack(target, work / container.DATA, work / container.KEYS, manifest)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def roll(folder: Path, key: bytes, now: int, why: str, most: int = TOTAL_BYTES) -> Backup:
    """One more backup beside the ledger; then the old ones that days, weeks and months no longer need go.

    Raises KnownError like `take`; none is dropped then.
    """
    backups = folder / BACKUPS
    with said_plainly():
        make_folder(backups)
        _sweep(backups)
    made = take(folder, key, now, backups / f"{_stamp(now)}{SUFFIX}", why)
    held = listed(folder)
    for place in to_drop([(one.made, one.size) for one in held], most):
        if held[place].path != made.path:
            held[place].path.unlink(missing_ok=True)
    return made


def listed(folder: Path) -> list[Backup]:
    """The backups beside a ledger that can be read, the newest first."""
    found = []
    for path in (folder / BACKUPS).glob(f"*{SUFFIX}"):
        try:
            found.append(container.look(path))
        except KnownError:
            continue
    return sorted(found, key=lambda backup: backup.made, reverse=True)


def unreadable(folder: Path) -> list[Path]:
    """Files among the backups that are none any more."""
    whole = {backup.path for backup in listed(folder)}
    return sorted(path for path in (folder / BACKUPS).glob(f"*{SUFFIX}") if path not in whole)


class Copies(NamedTuple):
    """What became of the copies beside a ledger: how many went, and how many could not be looked into."""

    dropped: int
    unread: int


def drop_holding(folder: Path, holds: Callable[[Path], bool | None]) -> Copies:
    """Delete the copies beside a ledger of which `holds` says so; it is given a closed ledger file each.

    One of which it cannot tell (None) stays: it may be another ledger's, and all there is of it.
    """
    dropped = unread = 0
    for path in unreadable(folder):
        path.unlink()
        dropped += 1
    for one in listed(folder):
        work = one.path.with_name(one.path.name + _WORK)
        work.mkdir(mode=0o700, exist_ok=True)
        try:
            container.unpack(one, work)
            held = holds(work / container.DATA)
        except KnownError:
            held = None
        finally:
            shutil.rmtree(work, ignore_errors=True)
        if held:
            one.path.unlink()
        dropped, unread = dropped + (held is True), unread + (held is None)
    for earlier in sorted((folder / REPLACED).glob("*")):
        held = holds(earlier / container.DATA)
        if held:
            shutil.rmtree(earlier)
        dropped, unread = dropped + (held is True), unread + (held is None)
    return Copies(dropped, unread)


def mark(connection: Any) -> str:
    """A word that changes with what a ledger holds: whether a further backup would hold anything new."""
    facts = [
        connection.execute(asked).fetchall()
        for asked in (
            "SELECT max(number), count(*) FROM change",
            "SELECT state, count(*) FROM change GROUP BY state ORDER BY state",
            "SELECT value FROM meta WHERE key IN ('identity', 'position') ORDER BY key",
            "SELECT name, at FROM draft ORDER BY name",
            "SELECT count(*), total(whole), total(count), total(total) FROM place",
        )
    ]
    return blake2b(msgspec.msgpack.encode(facts), digest_size=8).hexdigest()


def copy(
    source: Path, key: bytes, target: Path, now: int, why: str, report: Callable[[], None] = lambda: None
) -> Manifest:
    """A verified copy of an encrypted file as one closed file; `report` is called after every step.

    Raises:
        KnownError: disk full, damaged …
    """
    for left in target.parent.glob(target.name + "*"):
        left.unlink()
    with translated(), closing(connect(source, key)) as held:
        held.execute("BEGIN")
        said = sums(held)
        manifest = Manifest(
            format=container.FORMAT,
            made=now,
            schema=held.execute("PRAGMA user_version").fetchone()[0],
            rows=sum(count for count, _ in said.values()),
            mark=mark(held),
            why=why,
            sha256={},
        )
        with closing(connect(target, key, "DELETE")) as fresh:
            held.backup(fresh, pages=_PAGES, progress=lambda *_: report())
            # The copied first page says WAL; a backup is one file and has nothing beside it.
            fresh.execute("PRAGMA journal_mode = DELETE")
    target.chmod(0o600)
    sync_file(target)
    verify(target, key, said)
    return manifest


def verify(path: Path, key: bytes, said: dict[str, tuple[int, float]] | None = None) -> None:
    """Read a closed copy whole: every page by its seal, every index, every row.

    `said`: what `sums` gave of the original. Raises KnownError where anything is amiss.
    """
    with translated(), closing(connect(path, key, "DELETE")) as held:
        amiss = [row[0] for row in held.execute("PRAGMA cipher_integrity_check")]
        amiss += [row[0] for row in held.execute("PRAGMA integrity_check") if row[0] != "ok"]
        if amiss or (said is not None and sums(held) != said):
            raise KnownError(
                "backup_failed",
                "这次备份核对不上，没有算数，以前的备份都在。先查一遍台账（check）。",
                "This backup did not verify and does not count; earlier ones are kept. Run check.",
            )


def sums(connection: Any) -> dict[str, tuple[int, float]]:
    """How many rows every table holds and the length of all their values: reads every row, in C."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    found = {}
    for (table,) in tables.fetchall():
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        length = " + ".join(f'coalesce(length("{column}"), 0)' for column in columns)
        found[table] = connection.execute(f'SELECT count(*), total({length}) FROM "{table}"').fetchone()
    return found


def _stamp(now: int) -> str:
    """A file name that sorts by time and names nobody."""
    return f"{now:015d}"


def _sweep(backups: Path) -> None:
    """What a backup cut off left behind."""
    for left in backups.glob(f"*{SUFFIX}{_WORK}"):
        shutil.rmtree(left, ignore_errors=True)
    for part in backups.glob(f"*{SUFFIX}.part"):
        part.unlink(missing_ok=True)


@contextmanager
def said_plainly() -> Iterator[None]:
    """What the disk says of a backup, in words."""
    try:
        yield
    except (OSError, KnownError) as error:
        # A full disk may come as an error of the disk; these words say both.
        if isinstance(error, KnownError) and error.code != "io_error":
            raise
        raise KnownError(
            "backup_failed",
            "备份没有做成：硬盘满了或者写不了。台账和以前的备份都在，腾出地方再试。",
            "No backup was made: the disk is full or cannot be written. Ledger and earlier ones are kept.",
        ) from error
