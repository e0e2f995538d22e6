"""Work away from the window's thread. The only place with threads and with qasync.

One thread writes the ledger, two read it, one speaks with the network; results come home to the window's
thread. Widgets belong to that thread alone: no work given to a runner may touch one.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")
READERS = 2


class Runner(Protocol):
    """Does work elsewhere and brings the result home.

    `done` gets the result, `failed` what was raised; both run in the window's thread.
    """

    def read(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None: ...

    def write(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None: ...

    def network(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None: ...

    def home(self, tell: Callable[[], None]) -> None:
        """Call something in the window's thread, from any thread."""
        ...

    def settle(self) -> None:
        """Wait until nothing is under way any more; what is still to come home does not come."""
        ...


class ThreadRunner:
    """The runner of the real program, on the event loop that drives its window.

    `make_loop` is asked for the loop when the first work comes, in the window's thread: the first window does
    not wait for asyncio.
    """

    def __init__(self, make_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
        self._make_loop = make_loop
        self._loop: asyncio.AbstractEventLoop | None = None
        self._reads: Executor = ThreadPoolExecutor(READERS, "read")
        self._writes: Executor = ThreadPoolExecutor(1, "write")
        self._network: Executor = ThreadPoolExecutor(1, "network")
        self._closed = False
        self._generation = 0

    def read(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        self._run(self._reads, work, done, failed)

    def write(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        self._run(self._writes, work, done, failed)

    def network(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        self._run(self._network, work, done, failed)

    def home(self, tell: Callable[[], None]) -> None:
        if self._closed or self._loop is None:
            return
        generation = self._generation

        def arrive() -> None:
            if generation == self._generation:
                tell()

        self._loop.call_soon_threadsafe(arrive)

    def settle(self) -> None:
        for executor in (self._network, self._writes, self._reads):
            executor.submit(lambda: None).result()
            if executor is self._reads:
                wait([executor.submit(lambda: None) for _ in range(READERS)])
        self._generation += 1

    def close(self) -> None:
        """Wait for what runs; nothing comes home any more."""
        self._closed = True
        for executor in (self._reads, self._writes, self._network):
            executor.shutdown(wait=True, cancel_futures=True)

    def _run(
        self,
        executor: Executor,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        if self._loop is None:
            self._loop = self._make_loop()

        def task() -> None:
            try:
                result = work()
            except Exception as error:
                wrong = error
                self.home(lambda: failed(wrong))
            else:
                self.home(lambda: done(result))

        executor.submit(task)


class InlineRunner:
    """The same, here and now: for tests and for commands."""

    def read(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        try:
            result = work()
        except Exception as error:
            failed(error)
        else:
            done(result)

    write = read
    network = read

    def home(self, tell: Callable[[], None]) -> None:
        tell()

    def settle(self) -> None:
        """Nothing is ever under way here."""
