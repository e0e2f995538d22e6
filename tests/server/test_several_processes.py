"""Three server processes over one PostgreSQL, laptops at all of them at once, one process killed."""

import json
import secrets
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import UnreachableError
from gridclient.ledger.ledger import Ledger
from gridclient.operations.dump import dump
from gridclient.sync.enrolment import redeem
from gridclient.sync.http import HttpSyncApi
from gridclient.sync.session import SyncSession
from sync_server.accounts.authority import fingerprint
from sync_server.service.folder import Folder
from sync_server.service.service import Service
from tests.benchmarks.day import work
from tests.server.consistency import assert_consistent
from tests.server.postgres import Databases
from tests.server.pushing import now
from tests.server.test_commands import PROGRAM, ROOT, Server
from tests.server.test_watching import numbers

PROCESSES, ROUNDS = 3, 6


@dataclass
class Process:
    """One process that serves, at the address all share and at one of its own."""

    running: "subprocess.Popen[str]"
    url: str
    own: str

    @classmethod
    def start(cls, server: Server, port: str) -> "Process":
        command = [*PROGRAM, "--data", str(server.data), "--json", "serve", "--share"]
        command += ["--port", port, "--own-port", "0"]
        running = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert running.stdout is not None
        said = running.stdout.readline()
        assert said, running.communicate()
        return cls(running, **json.loads(said))

    def end(self, how: signal.Signals) -> None:
        self.running.send_signal(how)
        _, said = self.running.communicate(timeout=60)
        assert self.running.returncode == (-9 if how is signal.SIGKILL else 0)
        assert said == ""


@dataclass
class Desk:
    """A laptop with a real ledger, which works and syncs over and over."""

    ledger: Ledger
    url: str
    token: str
    ca: str
    failure: list[BaseException] = field(default_factory=list)

    def live(self, after_round: threading.Barrier) -> None:
        try:
            for _ in range(ROUNDS):
                work(self.ledger, 4, 2)
                self.sync()
                after_round.wait()
        except BaseException as error:
            self.failure.append(error)
            after_round.abort()

    def sync(self) -> None:
        """Until it has come through whole, on a new line each time: whichever process takes it."""
        for _ in range(50):
            with closing(HttpSyncApi(self.url, self.token, self.ca)) as line:
                try:
                    if SyncSession(self.ledger, line).run().complete:
                        return
                except UnreachableError:
                    continue
        raise AssertionError("no sync came through")


@pytest.fixture
def server(tmp_path: Path, postgres: Databases) -> Iterator[Server]:
    server = Server(tmp_path)
    with postgres.fresh() as url:
        making = ("init", "--community", "新华社区", "--recovery-key", str(server.recovery))
        server.answer("--database", url, *making)
        yield server


def desk(service: Service, folder: Path, worker: Id, url: str, authority: bytes) -> Desk:
    """A new laptop of somebody, let in by a code."""
    ledger, _ = Ledger.create(folder, "几个进程一起开着的服务器", now, secrets.token_bytes)
    identity = ledger.identity()
    code = service.new_code(worker, fingerprint(authority))
    enrolled, ca = redeem(url, code, identity.device, secrets.token_bytes(32), folder.name)
    ledger.enrolled(msgspec.structs.replace(identity, worker=enrolled.worker, url=url))
    return Desk(ledger, url, enrolled.token, ca)


def test_laptops_sync_while_a_process_is_killed(server: Server, tmp_path: Path) -> None:
    told = server.answer("demo", "--scale", "0.02", "--seed", "5")
    processes = [Process.start(server, "0")]
    port = processes[0].url.rpartition(":")[2]
    processes += [Process.start(server, port) for _ in range(PROCESSES - 1)]
    assert len({process.url for process in processes}) == 1
    folder = Folder(server.data)
    with closing(folder.open()) as store:
        service = Service(store, now, secrets.token_bytes)
        with store.read() as snapshot:
            workers = service.commons(snapshot.records).live("worker")
        people = sorted(workers, key=lambda key: (workers[key]["name"] != told["supervisor"], key))[:4]
        authority = folder.authority.read_bytes()
        desks = [
            desk(service, tmp_path / f"laptop{turn}", worker, processes[0].url, authority)
            for turn, worker in enumerate(people)
        ]
        for one in desks:
            one.sync()
        rounds = threading.Barrier(len(desks) + 1)
        threads = [threading.Thread(target=one.live, args=(rounds,)) for one in desks]
        for thread in threads:
            thread.start()
        for turn in range(ROUNDS):
            if turn == ROUNDS // 2:
                # All laptops are in the middle of something.
                processes.pop().end(signal.SIGKILL)
            rounds.wait()
        for thread in threads:
            thread.join()
        assert [one.failure for one in desks] == [[]] * len(desks)
        assert all(numbers(process.own)["gridserver_seq"] > 0 for process in processes)
        served = [
            sum(count for name, count in numbers(one.own).items() if 'total{route="/push"' in name)
            for one in processes
        ]
        assert all(served), served
        check(desks, service)
        for process in processes:
            process.end(signal.SIGTERM)
        for one in desks:
            one.ledger.close()


def check(desks: list[Desk], service: Service) -> None:
    """Everything written is in the order once, and everybody sees the same."""
    for one in desks:
        one.sync()
    logged = assert_consistent(service.store)
    devices = {one.ledger.identity().device for one in desks}
    mine = [one for one in logged if one.device in devices]
    assert len({one.id for one in mine}) == len(mine) > 0
    for one in desks:
        numbers_ = sorted(said.number for said in mine if said.device == one.ledger.identity().device)
        assert numbers_ == list(range(1, len(numbers_) + 1))
        assert one.ledger.pending_changes(0, 1) == []
    supervisor, *others = [{str(row["record"]): row for row in dump(one.ledger)} for one in desks]
    for shown in others:
        assert {key: supervisor[key] for key in shown} == shown
