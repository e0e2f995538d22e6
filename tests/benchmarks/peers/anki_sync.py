"""Anki's own sync server and client, from its wheel, in a Python environment of their own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.peers.measured import Measured, free_ports
from tests.benchmarks.peers.pouch import MissingError
from tests.benchmarks.relay import Relay

_CLIENT = Path(__file__).parent / "anki_client.py"


def install(folder: Path) -> Path:
    """The Python that has Anki; its wheel is installed where it is not there yet. Raises MissingError."""
    python = folder / "venv-anki" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "venv-anki", with_pip=True)
    if subprocess.run([python, "-c", "import anki.collection"], capture_output=True).returncode:
        done = subprocess.run([python, "-m", "pip", "install", "-q", "anki"], capture_output=True, text=True)
        if done.returncode:
            raise MissingError(f"pip: {done.stderr.strip()[-200:]}")
    return python


class Anki:
    """One server and its clients in a scratch folder. `records`: where the JSON lines lie."""

    def __init__(self, python: Path, records: Path, scratch: Path) -> None:
        self._python, self._records, self._scratch = python, records, scratch
        self._port = free_ports(1)
        self._url = f"http://127.0.0.1:{self._port}/"
        (scratch / "server").mkdir(parents=True)
        self._act("load", "first", self._url)

    @contextmanager
    def serving(self) -> Iterator[None]:
        environment = {
            **os.environ,
            "SYNC_USER1": "u:p",
            "SYNC_BASE": str(self._scratch / "server"),
            "SYNC_HOST": "127.0.0.1",
            "SYNC_PORT": str(self._port),
            "RUST_LOG": "error",
            "MAX_SYNC_PAYLOAD_MEGS": "500",
        }
        process = subprocess.Popen(
            [self._python, "-m", "anki.syncserver"],
            env=environment,
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
        """Something a client does, directly: seconds alone."""
        return Measured(self._act(what, client, self._url), 0)

    def counted(self, what: str, client: str) -> Measured:
        """The same through a counting relay: what goes over the wire (the login's few hundred bytes too)."""
        relay = Relay(self._url)
        seconds = self._act(what, client, relay.url + "/")
        said = Measured(seconds, relay.up + relay.down, relay.requests)
        relay.stop()
        return said

    def copy(self, client: str, to: str) -> None:
        """Another laptop that holds the same."""
        shutil.copyfile(self._path(client), self._path(to))

    def _path(self, client: str) -> Path:
        return self._scratch / f"{client}.anki2"

    def _act(self, what: str, client: str, url: str) -> float:
        done = subprocess.run(
            [self._python, _CLIENT, what, self._path(client), self._records, url],
            capture_output=True,
            text=True,
            check=True,
            env={key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")},
        )
        return float(json.loads(done.stdout.strip().splitlines()[-1])["seconds"])

    def _wait(self) -> None:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.1)
        raise MissingError("its server did not start")
