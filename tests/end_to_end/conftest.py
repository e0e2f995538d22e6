"""A served community and its programs, for every test of the whole."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.programs import ROOT, Programs


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    made = Programs(tmp_path)
    made.server("init", "--community", "青禾社区", "--recovery-key", str(tmp_path / "recovery.pem"))
    made.server("worker", "add", "何敏", "--role", "supervisor")
    made.server("worker", "add", "方圆", "--role", "office")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made.url = f"http://127.0.0.1:{port}"
    serving = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "sync_server",
            "--data",
            str(tmp_path / "server"),
            "serve",
            "--port",
            str(port),
        ],
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
    )
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"{made.url}/health", timeout=1):
                break
        except OSError:
            time.sleep(0.05)
    yield made
    serving.terminate()
    assert serving.wait(20) == 0
