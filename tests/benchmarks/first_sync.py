"""The first sync of the whole community, a worker's day, and nothing to do; beside a bare file download.

python -m tests.benchmarks.first_sync. The floor does, in the same run and with the standard library, what no
sync can do without: download the same records as zstd JSON lines, parse them, insert them into a plain file.
"""

from __future__ import annotations

import http.client
import http.server
import json
import multiprocessing
import resource
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import NamedTuple

import zstandard

from gridclient.core.domain.declaration import Role
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.tables import RECORDS
from gridclient.operations.sync_ledger import sync
from gridclient.sync.session import Progress, SyncReport
from tests.benchmarks.community import Server, whole_ledger
from tests.benchmarks.day import EDITS, VISITS, work
from tests.benchmarks.relay import Relay
from tests.benchmarks.table import Line, show

RUNS = 3
ANKI_IN_FLOORS = 1.03  # Anki's bare file download against the same floor, side by side on one machine


class Synced(NamedTuple):
    """One first sync: seconds, until the first page was stored, processor of both sides."""

    report: SyncReport
    seconds: float
    first: float
    client: float
    server: float


def main(folder: Path) -> None:
    """Print one table."""
    server = Server(folder)
    with server.serving():
        lines = _first(server, folder)
        lines += _day(server, folder)
    show("Syncing the whole community over loopback HTTP", lines)


def _first(server: Server, folder: Path) -> list[Line]:
    ours: list[Synced] = []
    floors: list[float] = []
    table = _records(server, folder)
    with _Downloads(table) as floor:
        for turn in range(RUNS):
            floors.append(floor.run(folder / f"floor{turn}.db"))
            ledger = server.laptop(folder / f"laptop{turn}", server.supervisor)
            ours.append(synced(server, ledger))
            ledger.close()
        packed = floor.size
    relay = Relay(server.url)
    ledger = server.laptop(folder / "counted", server.supervisor, relay.url)
    relay.reset()
    sync(ledger)
    wire = relay.said()
    ledger.close()
    relay.stop()
    best, floor_best = min(ours, key=lambda one: one.seconds), min(floors)
    budget = 2.5 * ANKI_IN_FLOORS
    assert best.report.complete
    return [
        Line(f"first sync of {best.report.received} records, best of {RUNS}", f"{best.seconds:.2f} s"),
        Line("floor: HTTP, zstd JSON lines, json.loads, executemany", f"{floor_best:.2f} s", f"{packed} B"),
        Line(
            "first sync ÷ floor",
            f"{best.seconds / floor_best:.2f}",
            f"≤ {budget:.2f} (2.5 × Anki's file download, {ANKI_IN_FLOORS} floors)",
        ),
        Line("on the wire, both ways", wire, f"≤ {packed} B (zstd-3 of the JSON lines)"),
        Line("first page usable after", f"{best.first:.2f} s", "wanted ≤ 0.3 s"),
        Line("processor", f"client {best.client:.2f} s, server {best.server:.2f} s"),
    ]


def synced(server: Server, ledger: Ledger) -> Synced:
    """Sync a ledger for the first time."""
    first: list[float] = []

    def heard(progress: Progress) -> None:
        if progress.stage == "fill" and not first:
            first.append(time.perf_counter())

    client, at_server, started = _own_cpu(), server.cpu(), time.perf_counter()
    report = sync(ledger, heard)
    ended = time.perf_counter()
    return Synced(report, ended - started, first[0] - started, _own_cpu() - client, server.cpu() - at_server)


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _day(server: Server, folder: Path) -> list[Line]:
    """A worker's own buildings, a day of work, and the syncs after it."""
    relay = Relay(server.url)
    ledger = server.laptop(folder / "worker", _worker(folder), relay.url)
    report = sync(ledger)
    lines = [Line("a worker's first sync", f"{report.received} records, {report.places} places")]
    work(ledger)
    for what, budget in (
        (f"worker's day, {VISITS} visits and {EDITS} edits, pushed and answered", "≤ 10 kB, ≤ 4 requests"),
        ("nothing to do", "1 request, ≤ 1.5 kB, wanted ≤ 10 ms"),
        ("nothing to do, again", "1 request, ≤ 1.5 kB, wanted ≤ 10 ms"),
    ):
        relay.reset()
        started = time.perf_counter()
        report = sync(ledger)
        taken = time.perf_counter() - started
        done = f"{report.accepted} of {report.pushed} accepted, " if report.pushed else ""
        lines.append(Line(what, f"{done}{taken * 1000:.1f} ms, {relay.said()}", budget))
    ledger.close()
    relay.stop()
    return lines


def _worker(folder: Path) -> str:
    with whole_ledger(folder / "laptop0") as ledger, ledger.reading() as connection:
        found = connection.exec_driver_sql(
            "SELECT name FROM k_worker WHERE role = ? ORDER BY id LIMIT 1", (Role.WORKER.value,)
        )
        return str(found.scalar_one())


def _records(server: Server, folder: Path) -> dict[str, list[dict[str, object]]]:
    """What a laptop has after a first sync, as plain rows."""
    ledger = server.laptop(folder / "source", server.supervisor)
    sync(ledger)
    found: dict[str, list[dict[str, object]]] = {}
    with ledger.reading() as connection:
        for kind in RECORDS:
            shown = [c.name for c in RECORDS[kind].columns if c.name not in ("pk", "heads", "extra")]
            rows = connection.exec_driver_sql(f"SELECT {', '.join(shown)} FROM k_{kind}")
            found[kind] = [dict(zip(shown, map(_plain, row), strict=True)) for row in rows]
    ledger.close()
    return {kind: rows for kind, rows in found.items() if rows}


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else "" if value is None else value


class _Downloads:
    """Serves the records as one file from a process of its own."""

    def __init__(self, table: dict[str, list[dict[str, object]]]) -> None:
        self._kinds = {kind: (list(rows[0]), len(rows)) for kind, rows in table.items()}
        lines = (
            json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            for rows in table.values()
            for row in rows
        )
        self._body = zstandard.ZstdCompressor(3).compress("\n".join(lines).encode())
        self.size = len(self._body)

    def __enter__(self) -> _Downloads:
        context = multiprocessing.get_context("spawn")
        said: SimpleQueue[int] = context.SimpleQueue()
        self._process = context.Process(target=_serve, args=(self._body, said), daemon=True)
        self._process.start()
        self._port = said.get()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join()

    def run(self, path: Path) -> float:
        """Download, parse and insert once; seconds."""
        started = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        connection.request("GET", "/")
        body = connection.getresponse().read()
        connection.close()
        lines = iter(zstandard.ZstdDecompressor().decompress(body).split(b"\n"))
        kept = sqlite3.connect(path, isolation_level=None)
        kept.execute("PRAGMA journal_mode=WAL")
        kept.execute("PRAGMA synchronous=NORMAL")
        kept.execute("BEGIN")
        for kind, (columns, count) in self._kinds.items():
            kept.execute(f'CREATE TABLE "{kind}" (id TEXT PRIMARY KEY, {_others(columns)})')
            marks = ", ".join(f":{name}" for name in columns)
            kept.executemany(
                f'INSERT INTO "{kind}" ({", ".join(_quoted(columns))}) VALUES ({marks})',
                (json.loads(next(lines)) for _ in range(count)),
            )
        kept.execute("COMMIT")
        kept.close()
        return time.perf_counter() - started


def _others(columns: Sequence[str]) -> str:
    return ", ".join(_quoted([name for name in columns if name != "id"]))


def _quoted(columns: Sequence[str]) -> list[str]:
    return [f'"{name}"' for name in columns]


def _serve(body: bytes, said: SimpleQueue[int]) -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    said.put(server.server_port)
    server.serve_forever()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made))
