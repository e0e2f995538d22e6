"""The server of a drill: a real service on a real store that can die and be put back to an older copy."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sync_server.cli.drill.databases import Databases
from sync_server.service import backups
from sync_server.service.folder import Folder
from sync_server.service.service import Service
from sync_server.service.session import Session


class Home(NamedTuple):
    """Where a server's data lies: in a folder, and in a database if `url` is one."""

    folder: Path
    url: str | None = None


class Disk:
    """Copies whole servers. `databases`: where they lie in PostgreSQL."""

    def __init__(self, databases: Databases | None = None) -> None:
        self.databases = databases

    def copy(self, home: Home, target: Path) -> Home:
        """A copy of a server as it lies there now; one in a database must be closed."""
        copy_files(home.folder, target)
        return Home(target, self.databases.copy(home.url) if self.databases and home.url else None)

    def fresh(self, target: Path) -> Home:
        """Where a server can be made."""
        return Home(target, self.databases.fresh() if self.databases else None)

    def drop(self, home: Home) -> None:
        shutil.rmtree(home.folder, ignore_errors=True)
        if self.databases and home.url:
            self.databases.drop(home.url)


class Server:
    """One process at a time on one home, which is a copy made for this drill alone.

    `clock` gives Unix milliseconds; `recovery`: the private half of the key in the safe.
    """

    def __init__(
        self, disk: Disk, home: Home, clock: Callable[[], int], chance: random.Random, recovery: bytes
    ) -> None:
        self._disk = disk
        self._beside = home.folder
        self._clock = clock
        self._chance = chance
        self._recovery = recovery
        self._images: list[Home] = []
        self.lives = 0
        self.home = home
        self.service = self._start()

    def _start(self) -> Service:
        self.lives += 1
        store = Folder(*self.home).open()
        return Service(store, self._clock, self._chance.randbytes, builders=1)

    def _path(self, name: str) -> Path:
        return self._beside.with_name(f"{self._beside.name}-{name}")

    def session(self, token: str) -> Session:
        """Who is let in by a token. Raises RefusedError."""
        return Session(self.service, self.service.authenticate(token))

    def die(self) -> None:
        """Lose the process and whatever it had not written; a new one starts on what lay on the disk."""
        if self.home.url is None:
            before, self.home = self.home, self._disk.copy(self.home, self._path(f"life{self.lives}"))
            self.service.store.close()
            self._disk.drop(before)
        else:
            self.service.store.close()
        self.service = self._start()

    def keep(self) -> None:
        """A copy somebody makes by hand and may come back to."""
        self.service.store.close()
        self._images.append(self._disk.copy(self.home, self._path(f"kept{len(self._images)}")))
        self.service = self._start()

    @property
    def kept(self) -> int:
        return len(self._images)

    def put_back(self, number: int) -> None:
        """Put a copy made before in the place of what is there, as somebody does by hand."""
        self._leave()
        self.home = self._disk.copy(self._images[number], self._path(f"life{self.lives}"))
        self.service = self._start()

    def back_up(self, file: Path) -> None:
        """Make a backup with the tool. Raises KnownError."""
        store = Folder(*self.home).open()
        try:
            backups.back_up(store, Folder(*self.home), file, self._clock(), self._chance.randbytes)
        finally:
            store.close()

    def restore(self, file: Path) -> None:
        """Restore a backup with the tool: the order goes on under a new history."""
        self._leave()
        self.home = self._disk.fresh(self._path(f"life{self.lives}"))
        backups.restore(file, self._recovery, Folder(*self.home), self._clock(), self._chance.randbytes)
        self.service = self._start()

    def _leave(self) -> None:
        self.service.store.close()
        self._disk.drop(self.home)

    def close(self) -> None:
        self.service.store.close()
        for home in (self.home, *self._images):
            self._disk.drop(home)


def copy_files(source: Path, target: Path) -> Path:
    """A copy of a folder's files, without what only running programs share."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*-shm", "lock", "lock-*"))
    return target
