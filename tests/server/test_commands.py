"""The server's commands, as processes."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.places import COMMONS
from gridclient.core.wire import versions
from gridclient.core.wire.messages import FillOrder, Hello
from gridclient.sync.enrolment import redeem
from gridclient.sync.http import HttpSyncApi

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "sync_server"]


class Server:
    """A folder and the commands run on it."""

    def __init__(self, path: Path) -> None:
        self.data = path / "server"
        self.recovery = path / "recovery.pem"

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [*PROGRAM, "--data", str(self.data), *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    def answer(self, *arguments: str) -> dict[str, object]:
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        answered: dict[str, object] = json.loads(done.stdout)
        return answered

    def error(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.returncode != 0
        assert done.stdout == ""
        (line,) = done.stderr.splitlines()
        return line

    @contextmanager
    def serving(self, *arguments: str) -> Iterator[str]:
        """Its address; stopped by SIGTERM, which is no failure."""
        command = [*PROGRAM, "--data", str(self.data), "--json", "serve", "--port", "0", *arguments]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first, process.communicate()
        try:
            yield json.loads(first)["url"]
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                _, said = process.communicate(timeout=30)
            finally:
                process.kill()
        assert process.returncode == 0
        assert said == ""


@pytest.fixture
def server(tmp_path: Path) -> Server:
    server = Server(tmp_path)
    done = server.run("init", "--community", "新华社区", "--recovery-key", str(server.recovery))
    assert done.returncode == 0, done.stderr
    return server


def test_a_server_from_nothing_to_a_synced_laptop(server: Server) -> None:
    worker = server.answer("worker", "add", "安书记", "--role", "supervisor")
    code = server.run("enrol", "安书记").stdout.split()[-1]
    device = b"d" * 16
    with server.serving() as url:
        assert url.startswith("http://127.0.0.1:")
        enrolled, ca = redeem(url, code, device, b"k" * 32, "前台")
        line = HttpSyncApi(url, enrolled.token, ca)
        hello = Hello(versions.OLDEST, versions.NEWEST, device, None, b"", 0, 0, b"")
        welcome = line.hello(hello)
        assert (enrolled.community, enrolled.name, welcome.role) == ("新华社区", "安书记", "supervisor")
        rows = [r for f in line.fill([FillOrder(COMMONS)]) for s in f.sections for r in s.rows]
        assert {ids.text(bytes(row[0])) for row in rows} >= {worker["worker"]}  # type: ignore[call-overload]
        # Another process changes something while the server runs.
        added = server.answer("worker", "add", "才让", "--role", "worker")
        pulled = [r for f in line.pull(welcome.checkpoint.seq, [COMMONS]) for s in f.sections for r in s.rows]
        assert [ids.text(bytes(row[0])) for row in pulled] == [added["worker"]]  # type: ignore[call-overload]
        line.close()
    (known,) = json.loads(server.run("devices", "--json").stdout)
    assert (known["device"], known["name"], known["label"]) == (ids.text(device), "安书记", "前台")
    revoked = server.answer("revoke", str(known["device"]))
    assert revoked["revoked"]
    status = server.answer("status")
    # The community, two workers, and what was noted: both of them, the code, the laptop in, the laptop out.
    assert (status["workers"], status["devices"], status["records"]) == (2, 0, 3 + 5)


def test_over_a_network_it_speaks_tls(server: Server) -> None:
    server.run("worker", "add", "安书记", "--role", "supervisor")
    code = server.run("enrol", "安书记").stdout.split()[-1]
    with server.serving("--host", "0.0.0.0", "--name", "shequ.example") as url:
        port = url.rpartition(":")[2]
        assert url == f"https://0.0.0.0:{port}"
        enrolled, ca = redeem(f"https://localhost:{port}", code, b"d" * 16, b"k" * 32)
        line = HttpSyncApi(f"https://127.0.0.1:{port}", enrolled.token, ca)
        assert line.digest([]) == []
        line.close()
    before = (server.data / "tls.pem").read_bytes()
    with server.serving("--host", "0.0.0.0"):
        assert (server.data / "tls.pem").read_bytes() == before


def test_the_recovery_key_is_written_once_and_kept_nowhere(server: Server, tmp_path: Path) -> None:
    private = server.recovery.read_text()
    assert private.startswith("-----BEGIN PRIVATE KEY-----")
    secret = private.splitlines()[1].encode()
    assert all(secret not in path.read_bytes() for path in server.data.iterdir())
    other = Server(tmp_path / "other")
    said = other.error("init", "--community", "别的社区", "--recovery-key", str(server.recovery))
    assert "没有覆盖" in said
    assert not other.data.exists()
    assert server.recovery.read_text() == private


def test_what_goes_wrong_is_one_sentence(server: Server, tmp_path: Path) -> None:
    again = ("init", "--community", "新华社区", "--recovery-key", str(tmp_path / "again.pem"))
    assert "已经有服务器" in server.error(*again)
    assert not (tmp_path / "again.pem").exists()
    assert "没有服务器" in Server(tmp_path / "nowhere").error("status")
    assert "No server" in Server(tmp_path / "nowhere").error("status", "--lang", "en")
    assert "一个网格都没有" in server.error("worker", "add", "才让", "--role", "worker", "--grid", "一网格")
    assert "没有叫“才让”" in server.error("enrol", "才让")
    assert "没有编号" in server.error("revoke", "abcd")
    assert "命令写得不对" in server.error("worker", "add", "才让", "--role", "king")
    (server.data / "server.key").write_bytes(bytes(32))
    assert "打不开" in server.error("status")
    (server.data / "server.key").unlink()
    assert "钥匙文件" in server.error("status")


def test_a_port_in_use_is_said(server: Server) -> None:
    with server.serving() as url:
        assert "端口用不了" in server.error("serve", "--port", url.rpartition(":")[2])


def test_the_demonstration_fills_a_new_server_once(server: Server) -> None:
    server.answer("worker", "add", "安书记", "--role", "supervisor")
    assert "命令写得不对" in server.error("demo", "--scale", "0.001")
    told = server.answer("demo", "--scale", "0.02", "--seed", "3")
    assert (told["household"], told["visit"], told["community"]) == (109, 800, 1)
    status = server.answer("status")
    kinds = sum(count for count in told.values() if isinstance(count, int))
    noted = 1  # that the supervisor was added
    assert (status["records"], status["held"], status["quarantined"]) == (kinds + 1 + noted, 0, 0)
    assert "已经有台账" in server.error("demo")
    assert server.answer("status") == status
    for name in (str(told["supervisor"]), str(told["office"]), "安书记"):
        assert server.answer("enrol", name)["name"] == name
