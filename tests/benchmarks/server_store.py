"""The server alone on both engines. python -m tests.benchmarks.server_store [--scale 1.0]

A day of 16 laptops (60 visits and 30 edits each) taken in one push after another, without a wire; then a
backup of everything, and a server rebuilt from it on the other engine. Commits reach the disk.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from gridclient.core.domain.declaration import Role
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Change
from sync_server.accounts.recovery import read_private
from sync_server.service.backups import back_up, restore
from sync_server.service.demonstration import fill
from sync_server.service.folder import Folder
from sync_server.service.session import Session
from sync_server.store.rows import STAGES
from sync_server.store.sql import SqlStore
from tests.benchmarks.table import Line, ms, show
from tests.server.postgres import running
from tests.server.town import Laptop, Town

LAPTOPS, VISITS, EDITS = 16, 60, 30


def residents(town: Town, laptop: Laptop) -> list[tuple[Id, Id]]:
    """(record, place) of everybody."""
    places = laptop.hello().places
    assert places is not None
    with town.service.store.read() as snapshot:
        return [
            (msgspec.msgpack.decode(body)[0], place)
            for place in places
            if place not in (COMMONS, DESK)
            for stage in STAGES
            for _, kind, body in snapshot.records.rows(stage, place)
            if kind == "resident"
        ]


def day(laptop: Laptop, people: Sequence[tuple[Id, Id]], turn: int) -> list[bytes]:
    """What one laptop sends."""
    mine = people[turn::LAPTOPS]
    fields: dict[str, object] = {"at": laptop.town.clock(), "outcome": "1", "summary": "家里都好，按时吃药。"}
    changes: list[Change] = [
        laptop.change("visit", fields, place=mine[at % len(mine)][1]) for at in range(VISITS)
    ]
    changes += [
        laptop.change("resident", {"work_place": f"城南第{at}小学"}, place=place, record=record)
        for at, (record, place) in enumerate(mine[:EDITS])
    ]
    return [msgspec.msgpack.encode(change) for change in changes]


@contextmanager
def databases(engine: str) -> Iterator[tuple[str | None, str | None]]:
    """Where the server lies, and where it is rebuilt: on the other engine."""
    with running(durable=True) as server, server.fresh() as url:
        yield (url, None) if engine == "postgres" else (None, url)


def measure(engine: str, scale: float) -> list[Line]:
    with databases(engine) as (here, there), tempfile.TemporaryDirectory() as folder:
        town = Town(Path(folder), database=here)
        began = time.perf_counter()
        fill(town.service, scale, 1)
        filled = time.perf_counter() - began
        laptops = [town.join(f"书记{turn}", Role.SUPERVISOR) for turn in range(LAPTOPS)]
        people = residents(town, laptops[0])
        seconds, changes = [], 0
        for turn, laptop in enumerate(laptops):
            said = day(laptop, people, turn)
            session = Session(town.service, laptop.device)
            began = time.perf_counter()
            answers = session.push_encoded(said).answers
            seconds.append(time.perf_counter() - began)
            assert {one.status for one in answers} <= {"accepted", "accepted_conflict"}
            changes += len(answers)
        store, file = town.service.store, Path(folder) / "backup"
        assert isinstance(store, SqlStore)
        began = time.perf_counter()
        made = back_up(store, town.folder, file, town.clock(), town.random.randbytes)
        backed_up = time.perf_counter() - began
        began = time.perf_counter()
        private = read_private(town.path / "recovery.pem")
        elsewhere = Folder(Path(folder) / "elsewhere", there)
        restored = restore(file, private, elsewhere, town.clock(), town.random.randbytes)
        with closing(elsewhere.open()) as again, again.read() as snapshot:
            assert snapshot.records.head() == restored.head._replace(
                seq=made.seq + 1, chain=snapshot.records.head().chain
            )
        rebuilt = time.perf_counter() - began
        town.close()
    return [
        Line(f"{engine}: the demonstration written", f"{filled:.1f} s"),
        Line(
            f"{engine}: a day of {LAPTOPS} laptops",
            f"{sum(seconds):.3f} s, {changes / sum(seconds):.0f} a second",
        ),
        Line(f"{engine}: one push of {VISITS + EDITS}", ms(seconds)),
        Line(f"{engine}: backup of {restored.rows} rows", f"{backed_up:.1f} s, {made.size / 1e6:.1f} MB"),
        Line(f"{engine}: rebuilt on the other engine", f"{rebuilt:.1f} s"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    scale = parser.parse_args().scale
    lines = [line for engine in ("sqlite", "postgres") for line in measure(engine, scale)]
    show("The server's store", lines)


if __name__ == "__main__":
    main()
