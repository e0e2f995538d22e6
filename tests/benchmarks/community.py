"""The whole demonstration community: in a ledger, or behind a server in a process of its own."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from gridclient.core.domain.declaration import Role
from gridclient.ledger.ledger import Ledger
from gridclient.operations.demonstrate import demonstrate
from gridclient.operations.join_community import join
from sync_server.accounts.authority import fingerprint
from sync_server.service.folder import Folder
from sync_server.service.service import Service
from sync_server.service.staffing import find_worker

PASSPHRASE = "三号网格的口令够长了吧"
ROOT = Path(__file__).parents[2]
_TICKS = os.sysconf("SC_CLK_TCK")


def now() -> int:
    """Unix milliseconds."""
    return time.time_ns() // 1_000_000


@contextmanager
def whole_ledger(folder: Path) -> Iterator[Ledger]:
    """A ledger that holds all of the community, made where there is none."""
    if not (folder / "keys.json").exists():
        demonstrate(folder, PASSPHRASE, 1, 1, now, secrets.token_bytes)
    ledger = Ledger.open(folder, PASSPHRASE, now, secrets.token_bytes)
    try:
        yield ledger
    finally:
        ledger.close()


class Server:
    """The server's program on a folder of its own, filled with the community.

    `database`: the address of an empty PostgreSQL database; None for a file in the folder. `scale`: how large
    the community is.
    """

    def __init__(self, folder: Path, database: str | None = None, scale: float = 1) -> None:
        self._data = folder / "server"
        self.url = ""
        self._pids: list[int] = []
        where = ("--database", database) if database else ()
        key = ("--recovery-key", str(folder / "recovery.pem"))
        self._run(*where, "init", "--community", "示例社区", *key)
        self.supervisor = str(self._run("demo", "--scale", str(scale))["supervisor"])

    def _run(self, *arguments: str) -> dict[str, object]:
        command = [sys.executable, "-m", "sync_server", "--data", str(self._data), *arguments, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
        answered: dict[str, object] = json.loads(done.stdout)
        return answered

    @contextmanager
    def serving(self, processes: int = 1) -> Iterator[None]:
        """Listen on loopback until the block ends; several processes share one port over PostgreSQL."""
        command = [sys.executable, "-m", "sync_server", "--data", str(self._data), "--json", "serve"]
        command += ["--share"] if processes > 1 else []
        started: list[subprocess.Popen[str]] = []
        port = "0"
        try:
            for _ in range(processes):
                one = subprocess.Popen(
                    [*command, "--port", port], stdout=subprocess.PIPE, text=True, cwd=ROOT
                )
                started.append(one)
                assert one.stdout is not None
                self.url = str(json.loads(one.stdout.readline())["url"])
                port = self.url.rpartition(":")[2]
            self._pids = [one.pid for one in started]
            yield
        finally:
            for one in started:
                one.send_signal(signal.SIGTERM)
            for one in started:
                one.communicate()

    def cpu(self) -> float:
        """Seconds of processor the serving processes have used (Linux)."""
        used = 0
        for pid in self._pids:
            fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
        return used / _TICKS

    def memory(self) -> int:
        """The most each serving process ever held, in bytes (Linux)."""
        return max(_peak(Path(f"/proc/{pid}/status").read_text("ascii")) for pid in self._pids)

    def workers(self) -> list[str]:
        """Whose laptops there can be, supervisor and office left out."""
        with self._service() as service, service.store.read() as snapshot:
            live = service.commons(snapshot.records).live("worker").values()
        return sorted(str(one["name"]) for one in live if one.get("role") == Role.WORKER.value)

    def code(self, name: str) -> str:
        """A one-time code without starting the program; it closes the one this worker had before."""
        with self._service() as service:
            with service.store.read() as snapshot:
                worker = find_worker(service.commons(snapshot.records), name)
            return service.new_code(worker, fingerprint(Folder(self._data).authority.read_bytes()))

    @contextmanager
    def _service(self) -> Iterator[Service]:
        with closing(Folder(self._data).open()) as store:
            yield Service(store, now, secrets.token_bytes)

    def laptop(self, folder: Path, name: str, url: str = "") -> Ledger:
        """A new encrypted ledger, enrolled in somebody's name and still empty."""
        code = str(self._run("enrol", name)["code"])
        ledger, _ = Ledger.create(folder, PASSPHRASE, now, secrets.token_bytes)
        join(ledger, url or self.url, code, "benchmark")
        return ledger


def _peak(status: str) -> int:
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024
