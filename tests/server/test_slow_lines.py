"""Lines that take their time: what they cost the server, and what the laptop at the other end is told."""

import socket
from collections.abc import Callable, Iterator

import pytest
import zstandard

from gridclient.core.wire import codec
from gridclient.core.wire.messages import UnreachableError
from gridclient.sync.http import HttpSyncApi
from sync_server.http.limits import Limits
from tests.server.running import Running
from tests.server.test_http import answering
from tests.server.town import Settled

SECONDS = 0.3


@pytest.fixture
def impatient(settled: Settled) -> Iterator[Running]:
    limits = Limits(seconds=SECONDS)
    running = Running(settled.town.service, settled.town.folder, "http", limits, head=SECONDS)
    yield running
    running.stop()


def connected(running: Running) -> socket.socket:
    host, _, port = running.url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=30)


def everything(line: socket.socket) -> bytes:
    """What is said until the other end hangs up."""
    parts = []
    while part := line.recv(65536):
        parts.append(part)
    return b"".join(parts)


def head(settled: Settled, length: int) -> bytes:
    return (
        f"POST /push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {settled.worker.token}\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def test_a_body_that_does_not_come_is_given_up(settled: Settled, impatient: Running) -> None:
    before = settled.worker.hello().checkpoint
    with connected(impatient) as line:
        line.sendall(head(settled, 4000) + b"x" * 100)
        answer = everything(line)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert answer.endswith(b"\r\n\r\n")
    assert settled.worker.hello().checkpoint == before


def test_a_laptop_takes_that_for_no_answer_and_sends_less() -> None:
    with answering(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n") as url:
        line = HttpSyncApi(url, "token", None)
        with pytest.raises(UnreachableError):
            line.push([])
        line.close()


@pytest.mark.parametrize("said", [b"", b"POST /push HT", b"GET /health HTTP/1.1\r\nHost: x\r\nX-A: b"])
def test_who_does_not_say_what_he_wants_is_hung_up_on(impatient: Running, said: bytes) -> None:
    with connected(impatient) as line:
        line.sendall(said)
        assert everything(line) == b""


def test_a_second_request_has_to_be_said_in_time_too(impatient: Running) -> None:
    with connected(impatient) as line:
        line.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\nHos")
        answer = everything(line)
    assert answer.count(b"HTTP/1.1 200 OK") == 1


def test_many_slow_lines_keep_nobody_waiting(settled: Settled, impatient: Running) -> None:
    lines = [connected(impatient) for _ in range(100)]
    for line in lines:
        line.sendall(head(settled, 100_000) + b"x" * 1000)
    quick = HttpSyncApi(impatient.url, settled.worker.token, None)
    assert quick.push([settled.visit(settled.worker, settled.mine)]).answers[0].status == "accepted"
    quick.close()
    for line in lines:
        assert everything(line).startswith(b"HTTP/1.1 408 ")
        line.close()


def bomb(bytes_: int) -> bytes:
    return zstandard.compress(b"\x00" * bytes_)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(lambda: bomb(1 << 26), id="bomb"),
        pytest.param(lambda: zstandard.compress(b"\xdd\x00\xff\xff\xff" + b"\x90" * 9_000_000), id="items"),
        pytest.param(lambda: zstandard.compress(b"\x91" * 9_000_000 + b"\xc0"), id="depth"),
        pytest.param(lambda: codec.encode([b"x"] * 20_000), id="changes"),
    ],
)
def test_what_is_small_and_unpacks_large_is_refused(settled: Settled, body: Callable[[], bytes]) -> None:
    running = Running(settled.town.service, settled.town.folder, "http")
    packed = body()
    with connected(running) as line:
        line.sendall(
            head(settled, len(packed)).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + packed
        )
        assert everything(line).split()[1] in (b"400", b"413")
    assert settled.worker.push(settled.visit(settled.worker, settled.mine))[0].status == "accepted"
    running.stop()
