"""A real server for the tour: a program of its own, on loopback."""

import json
import secrets
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType

COMMUNITY = "青禾社区"


class LocalServer:
    """Made, filled with a supervisor and a worker, and served until the end of the block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._port = 0
        self.url = ""

    def run(self, *arguments: str) -> dict[str, object]:
        """One command of the server; its answer. Raises RuntimeError with its sentence."""
        done = subprocess.run(
            [sys.executable, "-m", "sync_server", "--data", str(self._folder), *arguments, "--json"],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        answer = json.loads(done.stdout)
        assert isinstance(answer, dict)
        return answer

    def __enter__(self) -> "LocalServer":
        recovery = self._folder.with_name(f"recovery-{secrets.token_hex(4)}.pem")
        self.run("init", "--community", COMMUNITY, "--recovery-key", str(recovery))
        self.run("worker", "add", "何敏", "--role", "supervisor")
        self._port = _free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self.start()
        return self

    def start(self) -> None:
        """Serve, where it always was."""
        port = str(self._port)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sync_server", "--data", str(self._folder), "serve", "--port", port],
            stdout=subprocess.DEVNULL,
            text=True,
        )
        self._wait()

    def stop(self) -> None:
        """Answer nobody until it is started again."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def _wait(self) -> None:
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def code(self, name: str) -> str:
        """A one-time code for a laptop of this person."""
        return str(self.run("enrol", name)["code"])


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
