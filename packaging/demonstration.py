"""The demonstration: an invented community in a ledger, enrolled at a server of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from environment import ROOT, VENV, variables
from screen import running
from words import Voice

FOLDER = ROOT / "build" / "demo"
COMMUNITY = "示例社区"
SUPERVISOR = "何敏"
# Protects nothing: every person in the demonstration is invented.
PASSPHRASE = "minqing-demo-2026"
PATIENCE = 60.0


class Demonstration:
    """Everything lies in one folder; deleting it starts anew."""

    def __init__(self, folder: Path, voice: Voice) -> None:
        self.folder = folder
        self.ledger = folder / "ledger"
        self._server = folder / "server"
        self._log = folder / "server.log"
        self._ready = folder / "ready.json"  # written last: what has none was not finished
        self._voice = voice

    @contextmanager
    def open(self) -> Iterator[dict[str, str]]:
        """The community with its server running; gives the variables that open the ledger."""
        unlocked = variables(GRIDCLIENT_PASSPHRASE=PASSPHRASE)
        if self._ready.exists():
            port = int(json.loads(self._ready.read_text("utf-8"))["port"])
            with self._serving(port):
                yield unlocked
        else:
            self._voice.say("building_demo", folder=self.folder)
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            port = _free_port()
            code = self._found_community(unlocked)
            with self._serving(port) as address:
                self._client(["enrol", address, code], unlocked)
                self._client(["sync"], unlocked)
                self._ready.write_text(json.dumps({"port": port}), "utf-8")
                yield unlocked

    def _found_community(self, unlocked: dict[str, str]) -> str:
        self._client(["demo"], unlocked)
        key = str(self.folder / "recovery.key")
        self._administer(["init", "--community", COMMUNITY, "--recovery-key", key])
        self._administer(["worker", "add", SUPERVISOR, "--role", "supervisor"])
        return self._administer(["enrol", SUPERVISOR]).split()[-1]

    def _client(self, arguments: list[str], unlocked: dict[str, str]) -> None:
        self._run([program("gridclient"), "--ledger", str(self.ledger), *arguments], unlocked)

    def _administer(self, arguments: list[str]) -> str:
        return self._run([program("gridserver"), "--data", str(self._server), *arguments], variables())

    def _run(self, command: list[str], environment: dict[str, str]) -> str:
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        if done.returncode:
            self._voice.stop("demo_failed", step=" ".join(command))
        return done.stdout.decode("utf-8")

    @contextmanager
    def _serving(self, port: int) -> Iterator[str]:
        if _answers(port):
            self._voice.stop("port_taken", port=port, folder=self.folder)
        command = [program("gridserver"), "--data", str(self._server)]
        command += ["serve", "--host", "127.0.0.1", "--port", str(port)]
        with self._log.open("ab") as log, running(command, variables(), output=log) as process:
            end = time.monotonic() + PATIENCE
            while not _answers(port):
                if process.poll() is not None or time.monotonic() > end:
                    self._voice.stop("server_failed", log=self._log)
                time.sleep(0.05)
            address = f"http://127.0.0.1:{port}"
            self._voice.say("server_runs", address=address)
            yield address


def program(name: str) -> str:
    """The path of a command of the environment."""
    return str(VENV / ("Scripts" if os.name == "nt" else "bin") / name)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as caller:
        caller.settimeout(1)
        return caller.connect_ex(("127.0.0.1", port)) == 0
