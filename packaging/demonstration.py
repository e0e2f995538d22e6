"""The demonstration: a server with an invented community, and the laptops of two people who work there."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from environment import ROOT, python, variables
from screen import running
from words import Voice

FOLDER = ROOT / "build" / "demo"
COMMUNITY = "青禾社区（示例）"
# Protects nothing: every person in the demonstration is invented.
PASSPHRASE = "minqing-demo-2026"
PATIENCE = 60.0
CLIENT = ("-m", "gridclient")
SERVER = ("-m", "sync_server")


class Demonstration:
    """A server with everybody's records; the supervisor's ledger holds all of it, a worker's her buildings.

    Everything lies in one folder; deleting it starts anew.
    """

    def __init__(self, folder: Path, voice: Voice, scale: float = 1.0) -> None:
        self._folder = folder
        self._scale = str(scale)
        self._server = folder / "server"
        self._log = folder / "server.log"
        self._ready = folder / "ready.json"  # written last: what has none was not finished
        self._voice = voice
        self._unlocked = variables(GRIDCLIENT_PASSPHRASE=PASSPHRASE)

    @contextmanager
    def open(self) -> Iterator[tuple[Path, Path]]:
        """Build what is missing; serve while the block runs. Gives the ledgers of supervisor and worker."""
        if self._ready.exists():
            facts = json.loads(self._ready.read_text("utf-8"))
            with self._serving(facts["port"]):
                yield self._ledger(facts["supervisor"]), self._ledger(facts["worker"])
            return
        self._voice.say("building_demo", folder=self._folder)
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        supervisor = self._ledger(self._found_community())
        port = _free_port()
        with self._serving(port) as address:
            self._join(supervisor, address)
            worker = self._ledger(self._first_worker(supervisor))
            self._join(worker, address)
            facts = {"port": port, "supervisor": supervisor.name, "worker": worker.name}
            self._ready.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
            yield supervisor, worker

    def _found_community(self) -> str:
        """Make the server and fill it; the name of its supervisor."""
        key = str(self._folder / "recovery.key")
        self._administer(["init", "--community", COMMUNITY, "--recovery-key", key])
        self._voice.say("filling_server")
        told = json.loads(self._administer(["demo", "--scale", self._scale, "--json"]))
        self._voice.say("server_filled", households=told["household"], visits=told["visit"])
        return str(told["supervisor"])

    def _first_worker(self, supervisor: Path) -> str:
        workers = [one for one in self._dump(supervisor, "worker") if one["role"] == "worker"]
        return min(workers, key=lambda one: one["badge"])["name"]

    def _join(self, ledger: Path, address: str) -> None:
        """A new ledger for somebody, enrolled and as full as the community lets it be."""
        self._voice.say("joining_laptop", person=ledger.name)
        self._client(ledger, ["init", "--name", ledger.name])
        code = self._administer(["enrol", ledger.name]).split()[-1]
        self._client(ledger, ["enrol", address, code])
        report = json.loads(self._client(ledger, ["sync", "--json"]))
        self._voice.say(
            "laptop_joined", person=ledger.name, records=report["received"], places=report["equal"]
        )

    def _ledger(self, person: str) -> Path:
        return self._folder / "ledgers" / person

    def _dump(self, ledger: Path, kind: str) -> list[dict[str, str]]:
        lines = self._client(ledger, ["dump", "--kind", kind]).splitlines()
        return [json.loads(line)["fields"] for line in lines]

    def _client(self, ledger: Path, arguments: list[str]) -> str:
        ledger.parent.mkdir(exist_ok=True)
        return self._run([*CLIENT, "--ledger", str(ledger), *arguments])

    def _administer(self, arguments: list[str]) -> str:
        return self._run([*SERVER, "--data", str(self._server), *arguments])

    def _run(self, module: list[str]) -> str:
        command = [str(python()), *module]
        done = subprocess.run(
            command,
            env=self._unlocked,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
        )
        if done.returncode:
            sys.stderr.write(done.stderr)
            self._voice.stop("demo_failed", step=" ".join(command))
        return done.stdout

    @contextmanager
    def _serving(self, port: int) -> Iterator[str]:
        if _answers(port):
            self._voice.stop("port_taken", port=port, folder=self._folder)
        command = [str(python()), *SERVER, "--data", str(self._server)]
        command += ["serve", "--host", "127.0.0.1", "--port", str(port)]
        with self._log.open("ab") as log, running(command, variables(), output=log) as process:
            end = time.monotonic() + PATIENCE
            while not _answers(port):
                if process.poll() is not None or time.monotonic() > end:
                    self._voice.stop("server_failed", log=self._log)
                time.sleep(0.05)
            address = f"http://127.0.0.1:{port}"
            yield address


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as caller:
        caller.settimeout(1)
        return caller.connect_ex(("127.0.0.1", port)) == 0
