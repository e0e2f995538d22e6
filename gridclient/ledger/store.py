"""The encrypted file itself: opening it, its transactions, and the one place its errors become words."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import disk_usage
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from gridclient.core.domain.errors import KnownError
from gridclient.ledger.tables import SCHEMA, metadata

# Older libraries can corrupt a WAL file with two connections: https://sqlite.org/wal.html#walresetbug
OLDEST_LIBRARY = (3, 51, 3)
APPLICATION = 0x4D515A31
LEAST_FREE = 1 << 20  # bytes; with less a disk is full for us
CLOUD_FOLDERS = (
    "onedrive",
    "dropbox",
    "icloud",
    "google drive",
    "坚果云",
    "百度网盘",
    "baidunetdisk",
    "nutstore",
)


def connect(path: Path, key: bytes, journal: str = "WAL") -> Any:
    """A connection of the driver to an encrypted file: every statement commits unless BEGIN was said.

    `journal`: DELETE for a copy that has to be one file and is nobody's ledger.
    """
    connection = driver.connect(str(path), isolation_level=None, check_same_thread=False, timeout=10)
    try:
        # Or SQLCipher writes of a wrong key and of damage to stderr by itself.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -32000")
        connection.execute("PRAGMA mmap_size = 0")
    except BaseException:
        connection.close()
        raise
    return connection


class Store:
    """A SQLCipher file in WAL mode with `synchronous=FULL`: what is committed survives a power cut.

    Thread-safe: one writer at a time, readers beside it.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        judge_library(driver.sqlite_version_info)
        judge_folder(path)
        self._path = path
        self._key = key
        self._writer = threading.RLock()
        self._anchor: Any = None
        self._engine = self._open()

    def _open(self) -> Engine:
        engine = create_engine(
            "sqlite://",
            module=driver,
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=8,
            hide_parameters=True,  # they are people's data, and errors are printed
        )
        event.listen(engine, "begin", _begin)
        return engine

    def _connect(self) -> Any:
        return connect(self._path, self._key)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; committed at the end, rolled back on any error.

        Raises:
            KnownError: disk full, file damaged, in use …
        """
        try:
            with (
                self._writer,
                translated(),
                self._engine.connect().execution_options(writing=True) as connection,
                connection.begin(),
            ):
                yield connection
        except KnownError as error:
            told = self._after(error)
            if told is error:
                raise
            raise told from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the file. Raises KnownError."""
        try:
            with translated(), self._engine.connect() as connection, connection.begin():
                yield connection
        except KnownError as error:
            if error.code == "io_error" and self._is_full():
                raise _disk_full() from error
            raise

    def _after(self, error: KnownError) -> KnownError:
        """Leave nothing open that the disk has failed; what is true to say of the save."""
        if error.code == "read_only":
            self._engine.dispose()  # a file that could not be opened for writing once is opened anew
        if error.code != "io_error":
            return error
        # No room for what connections share comes as an error of the disk. Asked before any is given back.
        full = self._is_full()
        if self._gone_for_sure():
            return _disk_full() if full else error
        return KnownError(
            "unconfirmed",
            "硬盘没有确认这一次，可能存进去了，也可能没有。先看一眼有没有，再决定要不要重记。",
            "The disk has not confirmed this: look whether it was saved before doing it again.",
        )

    def _gone_for_sure(self) -> bool:
        """After the disk failed: close every connection; whether the save that failed is certain to be gone.

        A flush that is tried again may succeed without having written anything, so nothing goes on with
        the connection that wrote: https://lwn.net/Articles/752063/. A transaction that lies whole in the WAL
        would count for whoever opens the file next, although its flush failed: hence the WAL is emptied. One
        connection stays open meanwhile, so that reading goes on where not even that can be written.
        """
        with self._writer:
            try:
                if self._anchor is None:
                    self._anchor = self._connect()
                self._anchor.execute("PRAGMA busy_timeout = 0")
                self._anchor.execute("SELECT count(*) FROM sqlite_master").fetchone()
                self._engine.dispose()
                busy, _, _ = self._anchor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except driver.Error:
                return False
            return not busy

    def _is_full(self) -> bool:
        try:
            return disk_usage(self._path.parent).free < LEAST_FREE
        except OSError:
            return False

    def faults(self) -> list[str]:
        """What SQLCipher and SQLite find wrong with the file, in their words; nothing if it is sound.

        A page may be torn in the file while its whole copy still lies in the WAL: only once that is folded
        back can the file be judged by itself.
        """
        with translated(), self._engine.connect() as connection:
            driven = connection.connection.dbapi_connection
            assert driven is not None
            busy, there, folded = driven.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            with connection.begin():
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
                found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
                wrong = [line for line in found if line != "ok"]
                if not busy and there == folded:
                    wrong += connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
        return wrong

    def compact(self) -> None:
        """Write the file anew without what was given back to it, and fold the WAL away.

        Raises:
            KnownError: disk full …; the file is as it was.
        """
        with self._writer, translated(), closing(connect(self._path, self._key)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def create(self, fill: Callable[[Connection], None]) -> None:
        """Make the tables of a new file and put into it what it has to begin with, in one transaction."""
        with self.writing() as connection:
            metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
            fill(connection)

    def judge(self) -> int:
        """The schema of the file. Raises KnownError where it is not a ledger this program may open."""
        self._judge_left_behind()
        with self.reading() as connection:
            version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        if application != APPLICATION:
            raise _not_a_ledger()
        if version > SCHEMA:
            raise newer_ledger()
        return version

    def _judge_left_behind(self) -> None:
        """Look through what a crash left in the WAL before any of it is folded into the file.

        One that is not this file's would ruin it. A connection that only reads folds nothing when it closes.
        """
        wal = self._path.with_name(f"{self._path.name}-wal")
        if not wal.exists() or not wal.stat().st_size:
            return
        where = f"{self._path.absolute().as_uri()}?mode=ro"
        with translated(), closing(driver.connect(where, uri=True, isolation_level=None)) as reading:
            reading.execute("PRAGMA cipher_log_level = NONE")
            reading.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            if reading.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise _damaged()

    def close(self) -> None:
        """Close every connection; the last one folds the WAL back into the file."""
        self._engine.dispose()
        if self._anchor is not None:
            self._anchor.close()
            self._anchor = None


def newer_ledger() -> KnownError:
    return KnownError(
        "newer_ledger",
        "这本台账是新版程序写的，旧版不敢动它。装上新版再打开，里面的记录都在。",
        "A newer program wrote this ledger; install it to open the ledger. Nothing was touched.",
    )


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def judge_library(version: tuple[int, ...]) -> None:
    """Raises KnownError for an SQLite that is not safe to write with."""
    if version < OLDEST_LIBRARY:
        raise KnownError(
            "old_library",
            "这台电脑上的数据库组件太旧，可能写坏台账，所以没有打开。重新安装程序就好。",
            "The database library is too old to be safe; reinstall the program. Nothing was opened.",
        )


def judge_folder(path: Path) -> None:
    """Raises KnownError for a folder that another program copies to the net behind our back."""
    parts = [part.casefold() for part in path.absolute().parts]
    if any(cloud in part for part in parts for cloud in CLOUD_FOLDERS):
        raise KnownError(
            "cloud_folder",
            "这个文件夹会被网盘同步，台账放在这里会被改坏。换一个只在本机的文件夹。",
            "This folder is synchronised by a cloud drive, which damages ledgers; choose a local one.",
        )


def judge_file(path: Path) -> None:
    """Raises KnownError where a file is missing or lies open to everybody."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except FileNotFoundError as error:
        raise KnownError(
            "no_ledger",
            "这个文件夹里没有台账。先用 init 建一本。",
            "No ledger in this folder; make one with init.",
        ) from error
    except OSError as error:
        raise KnownError(
            "unreadable",
            "台账文件读不了，看看是不是没有权限。文件没有动过。",
            "The ledger file cannot be read.",
        ) from error
    if len(start) < 16:
        raise _damaged()  # SQLite would take an empty file for a new one, and write
    if start.startswith(b"SQLite format 3"):
        raise KnownError(
            "not_encrypted",
            "这个文件没有加密，不是民情台账，没有打开。看看是不是选错了文件夹。",
            "This file is not encrypted and so no ledger; nothing was opened.",
        )


def _not_a_ledger() -> KnownError:
    return KnownError(
        "not_a_ledger",
        "这个文件不是这本台账，或者已经坏了，没有动它。用备份恢复。",
        "This file is not this ledger, or is damaged; it was not touched. Restore a backup.",
    )


def _damaged() -> KnownError:
    return KnownError(
        "damaged",
        "台账文件坏了一处，没有再写。先别删它，用最近的备份恢复。",
        "The ledger file is damaged; nothing more was written. Keep it and restore the latest backup.",
    )


def _disk_full() -> KnownError:
    return KnownError(
        "disk_full",
        "硬盘满了，这一次没有存进去，以前的都在。腾出 200 MB 再试一次。",
        "The disk is full: this was not saved, everything before is. Free 200 MB and try again.",
    )


_KNOWN: tuple[tuple[str, Callable[[], KnownError]], ...] = (
    ("file is not a database", _not_a_ledger),
    ("hmac", _not_a_ledger),
    (
        "disk is full",
        _disk_full,
    ),
    (
        "malformed",
        _damaged,
    ),
    (
        "locked",
        lambda: KnownError(
            "in_use",
            "这本台账正被另一个窗口用着。到那个窗口里做，或先关掉它。",
            "Another window is using this ledger; work there or close it first.",
        ),
    ),
    (
        "readonly",
        lambda: KnownError(
            "read_only",
            "这个文件夹不能写，什么也没有改。换个文件夹或找管理员。",
            "This folder cannot be written.",
        ),
    ),
    (
        "disk i/o error",
        lambda: KnownError(
            "io_error",
            "硬盘读写出错，这一次没有存进去，以前的都在。先备份，再查硬盘。",
            "The disk reported an error: this was not saved, everything before is. Back up, then check it.",
        ),
    ),
    (
        "unable to open",
        lambda: KnownError(
            "cannot_open",
            "台账文件打不开，看看文件夹还在不在、有没有权限。",
            "The ledger file cannot be opened.",
        ),
    ),
)


@contextmanager
def translated() -> Iterator[None]:
    """The one translator: errors of the file become words a person can act on; bugs stay bugs."""
    try:
        yield
    except (DBAPIError, driver.Error, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error).casefold()
        for sign, known in _KNOWN:
            if sign in said:
                raise known() from error
        raise


def library_versions() -> tuple[str, str]:
    """The versions of SQLite and of SQLCipher in use; the second is empty where files would lie in clear."""
    with closing(driver.connect(":memory:")) as connection:
        found = connection.execute("PRAGMA cipher_version").fetchone()
    return driver.sqlite_version, str(found[0]) if found else ""
