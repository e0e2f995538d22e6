"""Syncing beside PouchDB and Anki: the same records, the same day, in one run on one machine.

python -m tests.benchmarks.sync_peers. The environment's GRIDLEDGER_PEERS names a folder in which the peers
are kept once they are installed (npm, pip); without it they are installed for this run. A peer that cannot be
had is said so, and ours is printed all the same.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import Answers
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.tables import RECORDS
from gridclient.operations.sync_ledger import sync
from gridclient.sync.http import HttpSyncApi
from gridclient.sync.session import SyncReport, SyncSession
from tests.benchmarks.community import Server
from tests.benchmarks.day import EDITS, VISITS, work
from tests.benchmarks.first_sync import Synced, synced
from tests.benchmarks.peers import anki_sync, pouch
from tests.benchmarks.peers.measured import Measured
from tests.benchmarks.relay import Relay
from tests.benchmarks.table import Line, show

WORKERS = 16
RUNS = 3
Day = list[dict[str, object]]
P = TypeVar("P")


class Ours(NamedTuple):
    """What our own side did; `pushes`: the pushes alone, without the greeting and pulling around them."""

    first: Synced
    first_size: Measured
    day: Measured
    pushes: Measured
    worker: Measured
    pull: Measured
    nothing: Measured


class Theirs(NamedTuple):
    """What a peer did of the same."""

    first: Measured
    day: Measured
    worker: Measured
    pull: Measured
    nothing: Measured


class _Timed(HttpSyncApi):
    """Says what its pushes took."""

    def __init__(self, ledger: Ledger, url: str, relay: Relay) -> None:
        identity = ledger.identity()
        super().__init__(url, identity.token, identity.ca or None)
        self._relay = relay
        self.pushes = Measured(0, 0, 0)

    def push(self, changes: Sequence[Change]) -> Answers:
        before, started = self._relay.up + self._relay.down, time.perf_counter()
        try:
            return super().push(changes)
        finally:
            spent, size = time.perf_counter() - started, self._relay.up + self._relay.down - before
            said = self.pushes
            self.pushes = Measured(said.seconds + spent, said.size + size, said.requests + 1)


def main(folder: Path, peers: Path) -> None:
    """Print one table."""
    records = folder / "records"
    records.mkdir()
    print(f"load before: {os.getloadavg()[0]:.2f}", flush=True)
    server = Server(folder)
    with server.serving():
        ours = _ours(server, folder, records)
    couch = _peer("PouchDB", lambda: _pouch(pouch.install(peers), records, folder / "pouch"))
    cards = _peer("Anki", lambda: _anki(anki_sync.install(peers), records, folder / "anki"))
    show("Syncing beside PouchDB (batches of 1000) and Anki, the same records", _lines(ours, couch, cards))
    print(f"load after: {os.getloadavg()[0]:.2f}")


def _peer(name: str, run: Callable[[], P]) -> P | None:
    try:
        return run()
    except (pouch.MissingError, subprocess.CalledProcessError) as missing:
        print(f"{name} cannot be had here: {missing}")
        return None


def _ours(server: Server, folder: Path, records: Path) -> Ours:
    firsts = []
    for turn in range(RUNS):
        desk = server.laptop(folder / f"first{turn}", server.supervisor)
        firsts.append(synced(server, desk))
        desk.close()
    relay = Relay(server.url)
    desk = server.laptop(folder / "desk", server.supervisor, relay.url)
    relay.reset()
    assert sync(desk).complete
    first_size = _counted(relay, 0.0)
    _write(records / "records.jsonl", _rows(desk))
    names = server.workers()[:WORKERS]
    assert len(names) == WORKERS
    laptops = [server.laptop(folder / f"worker{turn}", name) for turn, name in enumerate(names)]
    for laptop in laptops:
        assert sync(laptop).complete
    days, pushes = [], []
    for number in (1, 2):  # the first for its seconds, the second for its bytes: a relay costs time
        day: Day = []
        for turn, laptop in enumerate(laptops):
            work(laptop, VISITS, EDITS)
            day += _day(laptop, turn)
        _write(records / f"day{number}.jsonl", day)
        url = server.url if number == 1 else relay.url
        relay.reset()
        started = time.perf_counter()
        said = [_sync(laptop, url, relay) for laptop in laptops]
        days.append(_counted(relay, time.perf_counter() - started))
        assert sum(report.accepted for report, _ in said) == len(day)
        sent = [one for _, one in said]
        pushes.append(Measured(sum(one.seconds for one in sent), sum(one.size for one in sent), len(sent)))
        if number == 1:
            pull = _pulled(desk, server.url, relay)
        else:
            pull = pull._replace(size=_pulled(desk, relay.url, relay).size)
    worker = _one_day(server, laptops[0], relay)
    nothing = _nothing(laptops[1], server.url, relay)
    for laptop in (desk, *laptops):
        laptop.close()
    relay.stop()
    best = min(firsts, key=lambda one: one.seconds)
    assert best.report.complete
    day_whole = Measured(days[0].seconds, days[1].size, days[1].requests)
    pushing = pushes[1]._replace(seconds=pushes[0].seconds)
    return Ours(best, first_size, day_whole, pushing, worker, pull, nothing)


def _counted(relay: Relay, seconds: float) -> Measured:
    return Measured(seconds, relay.up + relay.down, relay.requests)


def _sync(ledger: Ledger, url: str, relay: Relay) -> tuple[SyncReport, Measured]:
    api = _Timed(ledger, url, relay)
    report = SyncSession(ledger, api).run()
    api.close()
    assert report.complete
    return report, api.pushes


def _pulled(desk: Ledger, url: str, relay: Relay) -> Measured:
    relay.reset()
    started = time.perf_counter()
    _sync(desk, url, relay)
    return _counted(relay, time.perf_counter() - started)


def _one_day(server: Server, laptop: Ledger, relay: Relay) -> Measured:
    """The day of one worker: seconds directly, bytes of another such day through the relay."""
    _sync(laptop, server.url, relay)
    work(laptop, VISITS, EDITS)
    started = time.perf_counter()
    _sync(laptop, server.url, relay)
    seconds = time.perf_counter() - started
    work(laptop, VISITS, EDITS)
    relay.reset()
    _sync(laptop, relay.url, relay)
    return _counted(relay, seconds)


def _nothing(laptop: Ledger, url: str, relay: Relay) -> Measured:
    """Nothing to do, with a line kept open as the desktop does; the best of five."""
    _sync(laptop, url, relay)
    spent = []
    for _ in range(5):
        started = time.perf_counter()
        _sync(laptop, url, relay)
        spent.append(time.perf_counter() - started)
    relay.reset()
    _sync(laptop, relay.url, relay)
    return _counted(relay, min(spent))


def _rows(ledger: Ledger, kinds: Sequence[str] = tuple(RECORDS)) -> list[dict[str, object]]:
    """What a laptop holds, as plain records."""
    found: list[dict[str, object]] = []
    with ledger.reading() as connection:
        for kind in kinds:
            left_out = ("id", "pk", "heads", "extra")
            shown = ["id", *(c.name for c in RECORDS[kind].columns if c.name not in left_out)]
            for row in connection.exec_driver_sql(f"SELECT {', '.join(shown)} FROM k_{kind}"):
                plain = {name: _plain(value) for name, value in zip(shown, row, strict=True)}
                found.append({"kind": kind, "row": plain})
    return found


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else "" if value is None else value


def _day(laptop: Ledger, worker: int) -> Day:
    """What waits to be sent, as the rows it makes."""
    pending = laptop.pending_changes(0, 10_000)
    made: dict[Id, bool] = {change.record: change.id == change.record for change in pending}
    shown = {str(row["id"]): one for one in _rows(laptop, ("visit", "resident")) if (row := _row(one))}
    return [
        {**shown[record.hex()], "worker": worker, "made": new}
        for record, new in made.items()
        if record.hex() in shown
    ]


def _row(one: dict[str, object]) -> dict[str, object]:
    row = one["row"]
    assert isinstance(row, dict)
    return row


def _write(path: Path, lines: Sequence[dict[str, object]]) -> None:
    text = "\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
    path.write_text(text + "\n", "utf-8")


def _pouch(modules: Path, records: Path, scratch: Path) -> Theirs:
    peer = pouch.Pouch(modules, records, scratch)
    with peer.serving():
        first = min(peer.act("pull", f"first{turn}") for turn in range(2))
        peer.act("push", "first0")  # its first push walks all it has pulled, a minute of it; not counted
        peer.act("day:1", "first0")
        day = peer.act("push", "first0")
        pull = peer.act("pull", "first1")
        peer.act("day:2:0", "first0")
        worker = peer.act("push", "first0")
        peer.act("pull", "first1")
        return Theirs(first, day, worker, pull, peer.act("pull", "first1"))


def _anki(python: Path, records: Path, scratch: Path) -> Theirs:
    peer = anki_sync.Anki(python, records, scratch)
    with peer.serving():
        peer.act("upload", "first")
        first = min(peer.act("download", f"other{turn}") for turn in range(RUNS))
        size = peer.counted("download", "counted").size
        peer.act("day:1", "first")
        day = peer.counted("sync", "first")
        pull = peer.counted("sync", "other0")
        peer.act("day:2:0", "first")
        worker = peer.counted("sync", "first")
        peer.act("sync", "other0")
        nothing = peer.counted("sync", "other0")
    return Theirs(first._replace(size=size), day, worker, pull, nothing)


def _lines(ours: Ours, couch: Theirs | None, cards: Theirs | None) -> list[Line]:
    first = Measured(ours.first.seconds, ours.first_size.size, ours.first_size.requests)
    told = [
        _line("first sync", first, couch and couch.first, cards and cards.first, "≤ 2.5 × Anki, ≤ 5.4 MB"),
        Line("first page usable after", f"{ours.first.first:.2f} s", "wanted ≤ 0.3 s"),
        _line(
            f"the day of {WORKERS} workers, whole syncs one after another",
            ours.day,
            couch and couch.day,
            cards and cards.day,
            "",
        ),
        _line(
            "of it the pushes, answered",
            ours.pushes,
            couch and couch.day,
            cards and cards.day,
            "≤ 1/3 of PouchDB, ≤ 150 kB; wanted ≤ Anki",
        ),
        _line(
            "a worker's day, whole sync",
            ours.worker,
            couch and couch.worker,
            cards and cards.worker,
            "≤ 10 kB, ≤ 4 requests, ≤ Anki",
        ),
        _line(
            "the day pulled by another",
            ours.pull,
            couch and couch.pull,
            cards and cards.pull,
            "≤ Anki's time and bytes",
        ),
        _line(
            "nothing to do",
            ours.nothing,
            couch and couch.nothing,
            cards and cards.nothing,
            "1 request, ≤ 1.5 kB, wanted ≤ 10 ms",
        ),
    ]
    cpu = f"client {ours.first.client:.2f} s, server {ours.first.server:.2f} s"
    return [*told, Line("processor of a first sync", cpu)]


def _line(what: str, ours: Measured, couch: Measured | None, cards: Measured | None, budget: str) -> Line:
    beside = [
        f"{name} {_said(theirs)}, ours ÷ theirs {ours.seconds / theirs.seconds:.2f}"
        for name, theirs in (("PouchDB", couch), ("Anki", cards))
        if theirs is not None
    ]
    return Line(what, _said(ours), "; ".join(filter(None, [budget, *beside])))


def _said(one: Measured) -> str:
    size = f"{one.size / 1e6:.2f} MB" if one.size > 1e6 else f"{one.size / 1000:.1f} kB"
    requests = f", {one.requests} requests" if one.requests else ""
    return f"{one.seconds:.3f} s, {size}{requests}"


if __name__ == "__main__":
    kept = os.environ.get("GRIDLEDGER_PEERS")
    with tempfile.TemporaryDirectory() as made:
        main(Path(made), Path(kept) if kept else Path(made) / "peers")
