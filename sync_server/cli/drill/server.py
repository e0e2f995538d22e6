"""The server of a drill: a real service on a real store that can die and be restored."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from sync_server.service.folder import Folder
from sync_server.service.service import Service
from sync_server.service.session import Session

DATABASE = "server.db"


class Server:
    """One process at a time on one folder. `clock` gives Unix milliseconds.

    `folder` is a copy made for this drill alone.
    """

    def __init__(self, folder: Path, clock: Callable[[], int], chance: random.Random) -> None:
        self._home = folder
        self._lives = 0
        self._clock = clock
        self._chance = chance
        self.folder = folder
        self.service = self._start()

    def _start(self) -> Service:
        return Service(Folder(self.folder).open(), self._clock, self._chance.randbytes, builders=1)

    def session(self, token: str) -> Session:
        """Who is let in by a token. Raises RefusedError."""
        return Session(self.service, self.service.authenticate(token))

    def die(self) -> None:
        """Lose the process and whatever it had not written; a new one starts on what lay on the disk."""
        after = self.image(f"life{self._lives + 1}")
        self.service.store.close()
        shutil.rmtree(self.folder)
        self._lives += 1
        self.folder = after
        self.service = self._start()

    def image(self, name: str) -> Path:
        """The folder as it lies on the disk now, beside it."""
        return copy_files(self.folder, self._home.with_name(f"{self._home.name}-{name}"))

    def replace(self, image: Path) -> None:
        """Put an older image in the place of what is there, as somebody does by hand."""
        self.service.store.close()
        shutil.rmtree(self.folder)
        self._lives += 1
        self.folder = copy_files(image, self._home.with_name(f"{self._home.name}-life{self._lives}"))
        self.service = self._start()

    def close(self) -> None:
        self.service.store.close()


def copy_files(source: Path, target: Path) -> Path:
    """A copy of a folder's files, without what only running programs share."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*-shm", "lock", "lock-*"))
    return target
