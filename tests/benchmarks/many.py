"""Many laptops at once. python -m tests.benchmarks.many first | laptops [--postgres] [--laptops N] …

first: 16 first syncs of the whole community, each by a program of its own, beside what one costs alone.
laptops: a working day of 100 laptops, compressed: real ledgers that work and sync, in four programs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.benchmarks.community import ROOT, Server
from tests.benchmarks.table import Line, at, show
from tests.server.postgres import running

SYNCS = 16
GROUPS = 4
CORES = os.cpu_count() or 1


class Program:
    """One or several laptops in a process of their own (see `laptops`), told by a line, answering by one."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.laptops", *arguments]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )

    def enrol(self, code: str) -> None:
        """Give it the code it asks for."""
        assert self.answer() == {"code": True}
        self._say(code)

    def ready(self) -> None:
        assert self.answer() == {"ready": True}

    def go(self) -> None:
        self._say("go")

    def _say(self, word: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, object]:
        """What it says next."""
        assert self._process.stdout is not None
        answered: dict[str, object] = json.loads(self._process.stdout.readline())
        return answered

    def end(self) -> None:
        self._process.communicate()


def first(folder: Path, syncs: int) -> list[Line]:
    """All at once, beside one alone."""
    server = Server(folder)
    with server.serving():
        alone = min(_together(server, folder / f"alone{turn}", 1) for turn in range(2))
        _, seconds, mine, theirs = _together(server, folder / "together", syncs)
    _, _, one, one_server = alone
    limit = 1.25 * syncs * (one + one_server) / CORES
    return [
        Line("one first sync alone", f"client {one:.2f} s, server {one_server:.2f} s of processor"),
        Line(
            f"{syncs} first syncs at once",
            f"{seconds:.2f} s",
            f"≤ {limit:.2f} s (1.25 × their processor ÷ {CORES})",
        ),
        Line("server's processor a sync", f"{theirs / syncs:.3f} s"),
        Line("client's processor a sync", f"{mine / syncs:.2f} s"),
    ]


def _together(server: Server, folder: Path, syncs: int) -> tuple[float, float, float, float]:
    """Processor of both sides, seconds until the last was done, processor of clients, of the server."""
    folder.mkdir()
    programs = [Program("first", server.url, str(folder / str(turn))) for turn in range(syncs)]
    for program in programs:  # one after another: a code closes the one given before it
        program.enrol(server.code(server.supervisor))
        program.ready()
    before, started = server.cpu(), time.perf_counter()
    for program in programs:
        program.go()
    answers = [program.answer() for program in programs]
    seconds = time.perf_counter() - started
    at_server = server.cpu() - before
    for program in programs:
        program.end()
    assert all(answer["complete"] for answer in answers)
    clients = sum(float(str(answer["cpu"])) for answer in answers)
    return clients + at_server, seconds, clients, at_server


def laptops(folder: Path, asked: argparse.Namespace) -> list[Line]:
    """A day of them: calls by how long they took, errors, and what the server used."""
    with ExitStack() as stack:
        database = stack.enter_context(_database()) if asked.postgres else None
        server = Server(folder, database)
        processes = 2 if database else 1
        stack.enter_context(server.serving(processes))
        names = server.workers()
        day = (str(asked.rounds), str(asked.seconds))
        counts = [len(range(turn, asked.laptops, GROUPS)) for turn in range(GROUPS)]
        programs = [
            Program("day", server.url, str(folder / f"group{turn}"), *day, str(count))
            for turn, count in enumerate(counts)
        ]
        for turn in range(asked.laptops):
            programs[turn % GROUPS].enrol(server.code(names[turn % len(names)]))
        for program in programs:
            program.ready()
        before, started = server.cpu(), time.perf_counter()
        for program in programs:
            program.go()
        answers = [program.answer() for program in programs]
        seconds = time.perf_counter() - started
        used, memory = server.cpu() - before, server.memory()
        for program in programs:
            program.end()
    return _told(answers, seconds, used, memory, processes)


@contextmanager
def _database() -> Iterator[str]:
    with running() as databases, databases.fresh() as url:
        yield url


def _told(
    answers: Sequence[dict[str, object]], seconds: float, used: float, memory: int, processes: int
) -> list[Line]:
    calls: dict[str, list[float]] = {}
    counts = dict.fromkeys(("laptops", "syncs", "pushed", "received", "busy"), 0)
    errors: list[str] = []
    for answer in answers:
        said, counted, failed = answer["calls"], answer["counts"], answer["errors"]
        assert isinstance(said, dict)
        assert isinstance(counted, dict)
        assert isinstance(failed, list)
        for call, spent in said.items():
            calls.setdefault(call, []).extend(spent)
        for name, count in counted.items():
            counts[name] += count
        errors += failed
    lines = [Line("what they did", ", ".join(f"{count} {name}" for name, count in counts.items()))]
    for call, spent in sorted(calls.items()):
        shown = "/".join(f"{at(spent, share) * 1000:.1f}" for share in (0.5, 0.95, 0.99))
        lines.append(Line(f"{call}, p50/p95/p99 of {len(spent)}", f"{shown} ms"))
    share = used / (seconds * CORES)
    lines.append(Line("server's processor", f"{used:.1f} s in {seconds:.0f} s, {share:.0%} of {CORES} cores"))
    lines.append(Line(f"the most a server process held ({processes})", f"{memory / 1e6:.0f} MB"))
    lines.append(Line("errors", str(len(errors)), "0"))
    return [*lines, *(Line("error", error) for error in errors[:10])]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.many")
    parser.add_argument("what", choices=("first", "laptops"))
    parser.add_argument("--syncs", type=int, default=SYNCS)
    parser.add_argument("--laptops", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=6, help="how often each works and syncs")
    parser.add_argument("--seconds", type=float, default=60, help="over how long they spread it")
    parser.add_argument("--postgres", action="store_true", help="PostgreSQL and two server processes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        load = os.getloadavg()[0]
        lines = first(Path(made), asked.syncs) if asked.what == "first" else laptops(Path(made), asked)
    show(f"many at once, load before {load:.2f}", lines)


if __name__ == "__main__":
    main()
