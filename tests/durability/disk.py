"""A disk as a power cut leaves it: what must be there, and what may or may not be.

The model is that of a journalling file system (ext4, NTFS) on a drive that honours a flush:

- What a file held when it was last synced is there. What was written since survives in any subset, torn at
  sectors of 512 bytes; a sector that was never written reads as zeros. A change of length since survives or
  not, by itself.
- Names (made, renamed, removed) are certain once their folder is synced. Later ones survive in the order
  they were made: any beginning of the list. Syncing a file makes its content certain, never its name.
- A name that survived while its file's content did not shows an empty or torn file.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

SECTOR = 512
FOLDER = None  # what a folder's name stands for


class Wrote(NamedTuple):
    path: str
    offset: int
    data: bytes


class Resized(NamedTuple):
    path: str
    size: int


class Synced(NamedTuple):
    path: str


class Made(NamedTuple):
    """A name: of a file, or of a folder."""

    path: str
    folder: bool


class Renamed(NamedTuple):
    old: str
    new: str


class Removed(NamedTuple):
    path: str


class Told(NamedTuple):
    """The program said outside that everything so far is saved."""


Act = Wrote | Resized | Synced | Made | Renamed | Removed | Told


class Survival(Enum):
    """Which of the unsynced survives."""

    NOTHING = "nothing"
    EVERYTHING = "everything"
    BEGINNING = "beginning"
    WRITES = "writes"
    SECTORS = "sectors"


class _Pending(NamedTuple):
    serial: int
    offset: int
    data: bytes | None  # None: the length became `offset`


@dataclass(eq=False)
class _File:
    certain: bytearray = field(default_factory=bytearray)
    pending: list[_Pending] = field(default_factory=list)

    def sync(self) -> None:
        for one in self.pending:
            _apply(self.certain, one)
        self.pending.clear()


class _NameChange(NamedTuple):
    folder: str
    names: dict[str, "_File | None"]
    gone: frozenset[str]


class Disk:
    """Takes acts in the order they were done, and gives images of what a cut right now might leave."""

    def __init__(self, files: Mapping[str, bytes], folders: frozenset[str] = frozenset()) -> None:
        """Everything given is certain. Paths are relative, with slashes."""
        self._certain: dict[str, _File | None] = dict.fromkeys(folders, FOLDER)
        self._certain.update({path: _File(bytearray(data)) for path, data in files.items()})
        self._names = dict(self._certain)
        self._waiting: list[_NameChange] = []
        self._serial = 0

    def apply(self, act: Act) -> None:
        self._serial += 1
        match act:
            case Wrote(path, offset, data):
                self._file(path).pending.append(_Pending(self._serial, offset, data))
            case Resized(path, size):
                self._file(path).pending.append(_Pending(self._serial, size, None))
            case Synced(path):
                self._sync(path)
            case Made(path, folder):
                self._rename(path, {path: FOLDER if folder else _File()}, frozenset())
            case Renamed(old, new):
                moved = {
                    new + path[len(old) :]: held
                    for path, held in self._names.items()
                    if path == old or path.startswith(old + "/")
                }
                gone = frozenset(old + path[len(new) :] for path in moved)
                self._rename(new, moved, gone)
            case Removed(path):
                self._rename(path, {}, frozenset([path]))
            case Told():
                pass

    def now(self) -> dict[str, bytes]:
        """What a program sees, had nothing failed."""
        return dict(self._shown(self._names, _whole))

    def content(self, path: str) -> bytes:
        """What a program sees in one file."""
        return _whole(self._file(path))

    def holds(self, path: str) -> bool:
        return path in self._names

    def is_file(self, path: str) -> bool:
        return self._names.get(path) is not FOLDER

    def image(self, chance: random.Random, how: Survival) -> dict[str, bytes]:
        """Files by path as a cut may leave them. Folders without files do not count."""
        share = chance.choice((0.1, 0.5, 0.9))
        limit = chance.randint(0, self._serial) if how is Survival.BEGINNING else 0
        match how:
            case Survival.NOTHING:
                survived = 0
            case Survival.EVERYTHING:
                survived = len(self._waiting)
            case _:
                survived = chance.randint(0, len(self._waiting))
        names = dict(self._certain)
        for change in self._waiting[:survived]:
            _take(names, change)

        def left(file: _File) -> bytes:
            if how is Survival.NOTHING or not file.pending:
                return bytes(file.certain)
            data = bytearray(file.certain)
            for one in file.pending:
                match how:
                    case Survival.EVERYTHING:
                        _apply(data, one)
                    case Survival.BEGINNING if one.serial < limit:
                        _apply(data, one)
                    case Survival.BEGINNING if one.serial == limit:
                        _apply_torn(data, one, chance, 0.5)
                    case Survival.WRITES if chance.random() < share:
                        _apply(data, one)
                    case Survival.SECTORS:
                        _apply_torn(data, one, chance, share)
            return bytes(data)

        return dict(self._shown(names, left))

    def _file(self, path: str) -> _File:
        file = self._names[path]
        assert file is not None, f"{path} is a folder"
        return file

    def _sync(self, path: str) -> None:
        file = self._names.get(path) if path else FOLDER
        if file is not FOLDER:
            file.sync()
            return
        rest = []
        for change in self._waiting:
            if change.folder == path:
                _take(self._certain, change)
            else:
                rest.append(change)
        self._waiting = rest

    def _rename(self, path: str, names: dict[str, _File | None], gone: frozenset[str]) -> None:
        change = _NameChange(path.rpartition("/")[0], names, gone)
        _take(self._names, change)
        self._waiting.append(change)

    @staticmethod
    def _shown(
        names: Mapping[str, _File | None], content: Callable[[_File], bytes]
    ) -> Iterator[tuple[str, bytes]]:
        for path, file in names.items():
            if file is not None and _reachable(names, path):
                yield path, content(file)


def _reachable(names: Mapping[str, _File | None], path: str) -> bool:
    above = path.rpartition("/")[0]
    return not above or (above in names and _reachable(names, above))


def _take(names: dict[str, _File | None], change: _NameChange) -> None:
    for path in change.gone:
        names.pop(path, None)
    names.update(change.names)


def _whole(file: _File) -> bytes:
    data = bytearray(file.certain)
    for one in file.pending:
        _apply(data, one)
    return bytes(data)


def _apply(data: bytearray, one: _Pending) -> None:
    if one.data is None:
        if one.offset < len(data):
            del data[one.offset :]
        else:
            data.extend(bytes(one.offset - len(data)))
        return
    if one.offset > len(data):
        data.extend(bytes(one.offset - len(data)))
    data[one.offset : one.offset + len(one.data)] = one.data


def _apply_torn(data: bytearray, one: _Pending, chance: random.Random, share: float) -> None:
    """Each sector by itself; a length that is no sector at all by itself too."""
    if one.data is None:
        if chance.random() < share:
            _apply(data, one)
        return
    start = one.offset
    while start < one.offset + len(one.data):
        end = min(start // SECTOR * SECTOR + SECTOR, one.offset + len(one.data))
        if chance.random() < share:
            piece = one.data[start - one.offset : end - one.offset]
            _apply(data, _Pending(one.serial, start, piece))
        start = end
