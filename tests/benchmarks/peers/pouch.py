"""PouchDB with its own protocol: a client on leveldb and express-pouchdb, both from npm."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.peers.measured import Measured, free_ports

_HERE = Path(__file__).parent
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class MissingError(Exception):
    """The peer cannot be had on this machine."""


def install(folder: Path) -> Path:
    """The folder with its modules, installed by npm where they are not there yet. Raises MissingError."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise MissingError("node or npm is not installed")
    modules = folder / "node"
    if not (modules / "node_modules" / "express-pouchdb").exists():
        modules.mkdir(parents=True, exist_ok=True)
        shutil.copy(_HERE / "package.json", modules)
        done = subprocess.run(
            [npm, "install", "--no-audit", "--no-fund"], cwd=modules, capture_output=True, text=True
        )
        if done.returncode:
            raise MissingError(f"npm: {done.stderr.strip()[-200:]}")
    return modules


class Pouch:
    """One server and its clients in a scratch folder. `records`: where the JSON lines lie."""

    def __init__(self, modules: Path, records: Path, scratch: Path) -> None:
        self._modules, self._records, self._scratch = modules, records, scratch
        self._port = free_ports(2)
        self._act("load", scratch / "server" / "c")

    @contextmanager
    def serving(self) -> Iterator[None]:
        script = str(_HERE / "pouch_server.mjs")
        command = ["node", "--max-old-space-size=4096", script, str(self._modules)]
        process = subprocess.Popen(
            [*command, str(self._scratch / "server"), str(self._port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._wait()
            yield
        finally:
            process.terminate()
            process.wait()

    def act(self, what: str, client: str) -> Measured:
        """Something a client does, and what went over the wire for it."""
        before = self._said()
        seconds = self._act(what, self._scratch / client)
        after = self._said()
        up, down, requests, cpu = (after[key] - before[key] for key in ("up", "down", "requests", "cpu"))
        return Measured(seconds, int(up + down), int(requests), cpu)

    def _act(self, what: str, database: Path) -> float:
        database.parent.mkdir(parents=True, exist_ok=True)
        script = str(_HERE / "pouch_client.mjs")
        command = ["node", "--max-old-space-size=4096", script, str(self._modules), str(self._records)]
        url = f"http://127.0.0.1:{self._port}/c"
        done = subprocess.run(
            [*command, what, str(database), url], capture_output=True, text=True, check=True
        )
        return float(json.loads(done.stdout.strip().splitlines()[-1])["seconds"])

    def _said(self) -> dict[str, float]:
        with _DIRECT.open(f"http://127.0.0.1:{self._port + 1}/stats", timeout=30) as answer:
            said: dict[str, float] = json.load(answer)
            return said

    def _wait(self) -> None:
        for _ in range(200):
            try:
                self._said()
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
            else:
                return
        raise MissingError("its server did not start")
