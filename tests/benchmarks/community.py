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
from contextlib import contextmanager
from pathlib import Path

from gridclient.ledger.ledger import Ledger
from gridclient.operations.demonstrate import demonstrate
from gridclient.operations.join_community import join

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
    """The server's program on a folder of its own, filled with the community."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "server"
        self.url = ""
        self._pid = 0
        self._run("init", "--community", "示例社区", "--recovery-key", str(folder / "recovery.pem"))
        self.supervisor = str(self._run("demo", "--scale", "1")["supervisor"])

    def _run(self, *arguments: str) -> dict[str, object]:
        command = [sys.executable, "-m", "sync_server", "--data", str(self._data), *arguments, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
        answered: dict[str, object] = json.loads(done.stdout)
        return answered

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Listen on loopback until the block ends."""
        command = [sys.executable, "-m", "sync_server", "--data", str(self._data), "--json", "serve"]
        process = subprocess.Popen([*command, "--port", "0"], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert process.stdout is not None
        self.url = str(json.loads(process.stdout.readline())["url"])
        self._pid = process.pid
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()

    def cpu(self) -> float:
        """Seconds of processor the serving process has used (Linux)."""
        fields = Path(f"/proc/{self._pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def laptop(self, folder: Path, name: str, url: str = "") -> Ledger:
        """A new encrypted ledger, enrolled in somebody's name and still empty."""
        code = str(self._run("enrol", name)["code"])
        ledger, _ = Ledger.create(folder, PASSPHRASE, now, secrets.token_bytes)
        join(ledger, url or self.url, code, "benchmark")
        return ledger
