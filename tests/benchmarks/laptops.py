"""Laptops in a process of their own, as `many` starts them: ready, wait for a line, work, one line of JSON.

first URL FOLDER: one laptop's first sync. day URL FOLDER ROUNDS SECONDS COUNT: some laptops' day.
Each asks for its one-time code when it needs it.
"""

from __future__ import annotations

import json
import random
import resource
import secrets
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import (
    Answers,
    FillOrder,
    Frame,
    Hello,
    PlaceDigest,
    RefusedError,
    UnreachableError,
    Welcome,
)
from gridclient.ledger.ledger import Ledger
from gridclient.operations.join_community import join
from gridclient.operations.sync_ledger import sync
from gridclient.sync.http import HttpSyncApi
from gridclient.sync.session import SyncSession
from tests.benchmarks.community import PASSPHRASE, now
from tests.benchmarks.day import work

THREADS = 5
VISITS, EDITS = 6, 3


class Timed(HttpSyncApi):
    """Notes how long each call took, until its last frame."""

    def __init__(self, ledger: Ledger, spent: dict[str, list[float]]) -> None:
        identity = ledger.identity()
        super().__init__(identity.url, identity.token, identity.ca or None)
        self._spent = spent

    def hello(self, hello: Hello) -> Welcome:
        started = time.perf_counter()
        answer = super().hello(hello)
        self._note("nothing to do" if answer.agreed else "hello", started)
        return answer

    def push(self, changes: Sequence[Change]) -> Answers:
        started = time.perf_counter()
        answer = super().push(changes)
        self._note("push", started)
        return answer

    def digest(self, places: Sequence[Id]) -> list[PlaceDigest]:
        started = time.perf_counter()
        answer = super().digest(places)
        self._note("digest", started)
        return answer

    def pull(self, since: int, places: Sequence[Id]) -> Iterator[Frame]:
        started = time.perf_counter()
        yield from super().pull(since, places)
        self._note("pull", started)

    def fill(self, orders: Sequence[FillOrder]) -> Iterator[Frame]:
        started = time.perf_counter()
        yield from super().fill(orders)
        self._note("fill", started)

    def _note(self, call: str, started: float) -> None:
        self._spent.setdefault(call, []).append(time.perf_counter() - started)


class Day:
    """Some laptops of one group: who works and syncs when, spread over the seconds by chance."""

    def __init__(self, ledgers: Sequence[Ledger], rounds: int, seconds: float) -> None:
        chance = random.Random(len(ledgers))
        turns = [(chance.uniform(0, seconds), ledger) for ledger in ledgers for _ in range(rounds)]
        self._due = sorted(turns, key=lambda turn: turn[0])
        self._lock = threading.Lock()
        self._busy = {id(ledger): threading.Lock() for ledger in ledgers}
        self.calls: dict[str, list[float]] = {}
        self.counts: Counter[str] = Counter(laptops=len(ledgers))
        self.errors: list[str] = []

    def run(self) -> None:
        started = time.monotonic()
        threads = [threading.Thread(target=self._take_turns, args=(started,)) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _take_turns(self, started: float) -> None:
        while True:
            with self._lock:
                if not self._due:
                    return
                due, ledger = self._due.pop(0)
            time.sleep(max(0.0, started + due - time.monotonic()))
            with self._busy[id(ledger)]:
                self._turn(ledger)

    def _turn(self, ledger: Ledger) -> None:
        """Work, send it, and ask once more a moment later, as the desktop does."""
        work(ledger, VISITS, EDITS)
        spent: dict[str, list[float]] = {}
        for _ in range(2):
            api = Timed(ledger, spent)
            try:
                report = SyncSession(ledger, api).run()
            except (RefusedError, UnreachableError) as error:
                with self._lock:
                    self.errors.append(f"{type(error).__name__}: {getattr(error, 'code', error)}")
                return
            finally:
                api.close()
            with self._lock:
                self.counts.update(syncs=1, pushed=report.pushed, received=report.received, busy=report.busy)
        with self._lock:
            for call, some in spent.items():
                self.calls.setdefault(call, []).extend(some)


def enrolled(folder: Path, url: str) -> Ledger:
    ledger, _ = Ledger.create(folder, PASSPHRASE, now, secrets.token_bytes)
    say({"code": True})
    code = sys.stdin.readline().strip()
    while True:
        try:
            join(ledger, url, code, "benchmark")
            return ledger
        except RefusedError as refused:
            if refused.code != "too_many":
                raise
            time.sleep(1)  # a hundred laptops from one address are let in slowly


def say(facts: dict[str, object]) -> None:
    print(json.dumps(facts, ensure_ascii=False), flush=True)


def first(url: str, folder: Path) -> None:
    ledger = enrolled(folder, url)
    say({"ready": True})
    sys.stdin.readline()
    before = resource.getrusage(resource.RUSAGE_SELF)
    report = sync(ledger)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    say({"complete": report.complete, "cpu": cpu})
    ledger.close()


def day(url: str, folder: Path, rounds: int, seconds: float, count: int) -> None:
    folder.mkdir()
    ledgers = [enrolled(folder / str(turn), url) for turn in range(count)]
    for ledger in ledgers:
        sync(ledger)
    story = Day(ledgers, rounds, seconds)
    say({"ready": True})
    sys.stdin.readline()
    story.run()
    say({"calls": story.calls, "counts": story.counts, "errors": story.errors})
    for ledger in ledgers:
        ledger.close()


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    if what == "first":
        first(arguments[0], Path(arguments[1]))
    else:
        day(arguments[0], Path(arguments[1]), int(arguments[2]), float(arguments[3]), int(arguments[4]))
