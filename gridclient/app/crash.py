"""What is kept of a bug: which fault, where in the program, which version. No value of anybody's records."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType

PROGRAM = "minqing-ledger"
MOST = 20_000
"""Characters: a fault that comes with every tick must not fill the disk."""
_KNOWN_ROOTS = ("gridclient", "sync_server", "site-packages")


def program_version() -> str:
    """The version of the installed program, "" where it was not installed."""
    try:
        return version(PROGRAM)
    except PackageNotFoundError:
        return ""


def described(error: BaseException) -> str:
    """Kinds of the faults and the lines they came by; never a message, for it may quote a record."""
    return "\n".join(line for one in _chain(error) for line in _lines(one))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or each.__context__


def _lines(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        yield f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"


def _place(file: str) -> str:
    """A file of the program below its root; of any other only its name, for a path may hold a person's."""
    parts = file.replace("\\", "/").split("/")
    for root in _KNOWN_ROOTS:
        if root in parts[:-1]:
            return "/".join(parts[parts.index(root) :])
    return parts[-1]


class CrashReports:
    """One small file beside the ledgers. `clock` says day and hour; `told` is for the window's thread."""

    def __init__(self, file: Path, clock: Callable[[], str]) -> None:
        self._file = file
        self._clock = clock
        self.told: Callable[[], None] = lambda: None

    def hook(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stands in for `sys.excepthook`: loud on stderr, kept in the file, said in the window."""
        if error is None or issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        words = described(error.with_traceback(trace))
        print(words, file=sys.stderr)  # noqa: T201
        with suppress(OSError):  # a full disk is no reason to lose what is in the window
            self._keep(words)
        if threading.current_thread() is threading.main_thread():
            self.told()

    def install(self) -> None:
        """From now on faults nobody caught come here, from every thread."""
        sys.excepthook = self.hook
        threading.excepthook = lambda said: self.hook(said.exc_type, said.exc_value, said.exc_traceback)

    def pending(self) -> str:
        """What was kept and not yet deleted, "" for nothing."""
        try:
            return self._file.read_text("utf-8")
        except OSError:
            return ""

    def delete(self) -> None:
        self._file.unlink(missing_ok=True)

    def _keep(self, words: str) -> None:
        kept = self.pending()
        if words in kept or len(kept) > MOST:
            return
        machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
        head = f"{self._clock()}  {PROGRAM} {program_version()}, {machine}"
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(f"{kept}{head}\n{words}\n\n", "utf-8")
