"""A backup becomes the ledger again; what it replaces is moved aside whole.

Everything is made ready beside the ledger and verified there. Only then the old files leave, the -wal with
its database, and the new ones take their place by renaming. A marker says that all is ready: cut off at any
point, the ledger is the old one, or the next start finishes the work.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import sqlcipher3.dbapi2 as driver

from gridclient.core.domain.errors import KnownError
from gridclient.ledger import carrying, container
from gridclient.ledger import identity as kept
from gridclient.ledger.backup import verify
from gridclient.ledger.container import DATA, KEYS, Backup
from gridclient.ledger.files import (
    copy_durably,
    make_folder,
    move,
    patiently,
    sync_file,
    sync_folder,
    write_durably,
)
from gridclient.ledger.instance import InstanceLock
from gridclient.ledger.keys import KeyFile
from gridclient.ledger.layout import LOCK, REPLACED, RESTORING
from gridclient.ledger.store import Store, connect, judge_folder, newer_ledger, translated
from gridclient.ledger.tables import SCHEMA
from gridclient.ledger.upgrade import upgrade
from gridclient.ledger.wiping import is_cut_off, wipe

READY = "ready"
_SIDECARS = (DATA + "-wal", DATA + "-shm", DATA + "-journal")


class Restored(NamedTuple):
    """What a restore did.

    `made`: when the backup was made, Unix milliseconds. `replaced`: where the earlier ledger lies, None if
    there was none. `unsent`: changes in it that no server has and the backup lacks, None if it could not be
    read. `carried`: own changes that were taken over. `left`: where they came from an earlier ledger, what
    the one replaced now holds unsent beside them.
    """

    made: int
    replaced: Path | None
    unsent: int | None
    carried: int
    left: int = 0


def restore(
    file: Path,
    folder: Path,
    passphrase: str,
    now: int,
    *,
    recovery: str = "",
    keep_unsent: bool = False,
    unsent_from: Path | None = None,
) -> Restored:
    """Make a backup the ledger of `folder`. The ledger there must be closed. Blocking.

    The passphrase is that of the backup's day; that of the ledger in place will do if both are one ledger,
    and stays its passphrase. `recovery`: its recovery key instead. `now`: Unix milliseconds. `keep_unsent`:
    take over the own changes that the backup lacks from the ledger in place, or from the one replaced earlier
    in the folder `unsent_from`.

    Raises:
        KnownError: not a backup, damaged, wrong passphrase, in use, disk full …; the ledger is unchanged.
    """
    backup = container.look(file)
    judge_folder(folder / DATA)
    with _said_plainly(), translated():
        if is_cut_off(folder):
            wipe(folder)
        make_folder(folder)
        lock = InstanceLock(folder / LOCK)
        try:
            finish(folder)
            key = _make_ready(backup, folder, passphrase, recovery)
            keep = keep_unsent or unsent_from is not None
            unsent, carried = _carry_over(folder / RESTORING, unsent_from or folder, key, keep)
            left = _carry_over(folder / RESTORING, folder, key, False)[0] if unsent_from else 0
            _mark(folder / RESTORING / DATA, key, kept.Restoring(now, backup.made))
            name = _free_name(folder / REPLACED, now)
            there = (folder / DATA).exists()
            write_durably(folder / RESTORING / READY, name.encode())
            finish(folder)
            with closing(connect(folder / DATA, key)) as held:
                held.execute("SELECT count(*) FROM meta").fetchone()
        finally:
            if not (folder / RESTORING / READY).exists():
                shutil.rmtree(folder / RESTORING, ignore_errors=True)
            lock.release()
    return Restored(backup.made, folder / REPLACED / name if there else None, unsent, carried, left or 0)


def go_on(folder: Path) -> None:
    """Finish a restore that was cut off. Raises KnownError."""
    lock = InstanceLock(folder / LOCK)
    try:
        with _said_plainly():
            finish(folder)
    finally:
        lock.release()


def finish(folder: Path) -> None:
    """Go on where a restore was cut off after all was ready; nothing to do otherwise."""
    work = folder / RESTORING
    if not (work / READY).exists():
        return
    aside = folder / REPLACED / (work / READY).read_text("utf-8")
    if (work / DATA).exists():
        if any((folder / name).exists() for name in (*_SIDECARS, DATA, KEYS)):
            make_folder(aside)
        # The key file stays in place until the new one is renamed over it: a folder without one is no ledger.
        if (folder / KEYS).exists() and not (aside / KEYS).exists():
            copy_durably(folder / KEYS, aside / KEYS)
        for name in (*_SIDECARS, DATA):
            if (folder / name).exists():
                move(folder / name, aside / name)
        move(work / DATA, folder / DATA)
    if (work / KEYS).exists():
        move(work / KEYS, folder / KEYS)
    patiently((work / READY).unlink)
    sync_folder(work)
    shutil.rmtree(work, ignore_errors=True)


def _make_ready(backup: Backup, folder: Path, passphrase: str, recovery: str) -> bytes:
    """Unpack, open and verify a backup beside the ledger; its data key."""
    work = folder / RESTORING
    shutil.rmtree(work, ignore_errors=True)
    make_folder(work)
    container.unpack(backup, work)
    key = _key_of(work, folder, passphrase, recovery)
    try:
        verify(work / DATA, key)
    except KnownError as error:
        raise container.damaged_backup() if error.code != "disk_full" else error from error
    store = Store(work / DATA, key)
    try:
        if store.judge() < SCHEMA:
            with store.writing() as connection:
                upgrade(connection)
    except KnownError as error:
        raise _newer() if error.code == newer_ledger().code else error from error
    finally:
        store.close()
    sync_file(work / DATA)
    return key


def _newer() -> KnownError:
    return KnownError(
        "newer_ledger",
        "这份备份是新版程序写的，装上新版再恢复。现在的台账没有动。",
        "A newer program wrote this backup; install it to restore. The ledger is unchanged.",
    )


def _key_of(work: Path, folder: Path, passphrase: str, recovery: str) -> bytes:
    """The data key of the backup. Where the ledger in place has the same, its newer key file stays in use."""
    wraps = KeyFile.read(work / KEYS)
    if recovery:
        return wraps.recover(recovery)
    try:
        now = KeyFile.read(folder / KEYS).unlock(passphrase)
        with translated(), closing(connect(work / DATA, now, "DELETE")) as held:
            held.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (KnownError, driver.Error):
        return wraps.unlock(passphrase)
    copy_durably(folder / KEYS, work / KEYS)
    return now


def _carry_over(work: Path, source: Path, key: bytes, keep: bool) -> tuple[int | None, int]:
    """Look into the ledger that is being replaced, in a copy: it may be damaged, and stays as it is."""
    if not (source / DATA).exists():
        if source != work.parent:
            raise KnownError(
                "no_replaced_ledger",
                f"{source} 里没有换下来的台账，什么也没有动。看看 --unsent-from 后面的文件夹对不对。",
                f"There is no replaced ledger in {source}; nothing was done.",
            )
        return 0, 0
    looked_at = work / "earlier"
    looked_at.mkdir()
    try:
        for name in (DATA, DATA + "-wal"):
            if (source / name).exists():
                shutil.copyfile(source / name, looked_at / name)
        lacking = carrying.lacking(looked_at / DATA, work / DATA, key)
    except (KnownError, driver.Error):
        if keep:
            raise KnownError(
                "unsent_unreadable",
                "现在的台账读不出来，里面还没送出的带不过来。去掉 --keep-unsent 再恢复，原来的文件会留着。",
                "The ledger in place cannot be read; nothing of it can be kept. Leave out --keep-unsent.",
            ) from None
        return None, 0
    finally:
        shutil.rmtree(looked_at, ignore_errors=True)
    if keep:
        carrying.carry(lacking, work / DATA, key)
    return lacking.unsent, len(lacking.changes) if keep else 0


def _mark(path: Path, key: bytes, restoring: kept.Restoring) -> None:
    store = Store(path, key)
    try:
        with store.writing() as connection:
            kept.put(connection, "restored", restoring)
    finally:
        store.close()
    sync_file(path)


def _free_name(replaced: Path, now: int) -> str:
    while (replaced / f"{now:015d}").exists():
        now += 1
    return f"{now:015d}"


@contextmanager
def _said_plainly() -> Iterator[None]:
    """What the disk says of a restore, in words."""
    try:
        yield
    except OSError as error:
        raise KnownError(
            "restore_failed",
            "恢复没有做完：硬盘满了或者写不了。原来的台账还在，腾出地方再试一次。",
            "The restore was not finished: the disk is full or cannot be written. The ledger is still there.",
        ) from error
