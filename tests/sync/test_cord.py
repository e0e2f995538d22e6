"""A request that waits can be ended from another thread; a slow line is no dead one."""

import socket
import threading
from collections.abc import Iterator

import pytest
from urllib3.connection import HTTPConnection

from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import UnreachableError
from gridclient.sync import cord
from gridclient.sync.http import HttpSyncApi
from gridclient.sync.session import StoppedError
from tests.sync.mute import Mute

TOKEN = "token"
SOME = Change(
    b"\1" * 16, b"\2" * 16, 1, b"\3" * 16, 5, "visit", b"\1" * 16, b"\4" * 16, {"summary": "门" * 9}
)


@pytest.fixture
def mute() -> Iterator[Mute]:
    made = Mute()
    yield made
    made.close()


class Asking(threading.Thread):
    """Asks in a thread of its own; keeps what was raised."""

    def __init__(self, api: HttpSyncApi) -> None:
        super().__init__()
        self._api = api
        self.raised: Exception | None = None

    def run(self) -> None:
        try:
            self._api.push([SOME])
        except Exception as error:
            self.raised = error


def test_a_request_nobody_answers_ends_when_the_cord_is_pulled(mute: Mute) -> None:
    api = HttpSyncApi(mute.url, TOKEN, None)
    asking = Asking(api)
    asking.start()
    assert mute.asked.wait(30)
    api.hang_up()
    asking.join(30)
    assert not asking.is_alive()
    assert isinstance(asking.raised, StoppedError)
    assert mute.left.wait(30)  # the server sees it too: nothing is left open
    with pytest.raises(StoppedError):
        api.push([SOME])
    api.close()


def test_a_connection_nobody_takes_ends_too() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = []
        for _ in range(4):  # until the queue is full, and nobody says so
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(full.getsockname())
            waiting.append(one)
        api = HttpSyncApi(f"http://127.0.0.1:{full.getsockname()[1]}", TOKEN, None)
        held = threading.Event()
        hold = cord.Cord.hold

        def told(self: cord.Cord, made: socket.socket) -> socket.socket:
            twin = hold(self, made)
            held.set()
            return twin

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cord.Cord, "hold", told)
            patch.setattr(cord, "CONNECT_SECONDS", 80)
            asking = Asking(api)
            asking.start()
            assert held.wait(30)
            api.hang_up()
            asking.join(30)
        assert isinstance(asking.raised, StoppedError)
        api.close()
        for one in waiting:
            one.close()


def test_pulled_while_it_connects_it_asks_nothing(mute: Mute, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not connected yet cannot be shut down."""
    api = HttpSyncApi(mute.url, TOKEN, None)
    hold = cord.Cord.hold

    def pulled_at_once(self: cord.Cord, made: socket.socket) -> socket.socket:
        twin = hold(self, made)
        self.pull()
        return twin

    monkeypatch.setattr(cord.Cord, "hold", pulled_at_once)
    with pytest.raises(StoppedError):
        api.push([SOME])
    assert not mute.asked.is_set()
    api.close()


def test_a_name_that_is_not_found_yet_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver without a line may take half a minute, and the window that is locked waits for this."""
    asked, answered = threading.Event(), threading.Event()

    def unanswered(*_: object, **__: object) -> list[object]:
        asked.set()
        answered.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", unanswered)
    api = HttpSyncApi("https://community.example", TOKEN, None)
    asking = Asking(api)
    asking.start()
    assert asked.wait(30)
    api.hang_up()
    asking.join(10)
    assert not asking.is_alive()
    assert not answered.is_set()
    assert isinstance(asking.raised, StoppedError)
    answered.set()
    api.close()


def test_a_name_that_is_nobodys_is_a_server_that_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> list[object]:
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    api = HttpSyncApi("https://community.example", TOKEN, None)
    with pytest.raises(UnreachableError):
        api.push([SOME])
    api.close()


def test_pulled_before_it_is_asked_nothing_is_sent(mute: Mute) -> None:
    api = HttpSyncApi(mute.url, TOKEN, None)
    api.hang_up()
    with pytest.raises(StoppedError):
        api.push([SOME])
    assert not mute.asked.is_set()
    api.close()


def test_a_body_goes_out_in_pieces_each_with_its_own_time(
    mute: Mute, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit for the whole would call a weak line dead."""
    monkeypatch.setattr(HTTPConnection, "getresponse", _cut)
    api = HttpSyncApi(mute.url, TOKEN, None)
    pieces: list[int] = []
    send = HTTPConnection.send

    def counted(self: HTTPConnection, data: bytes) -> None:
        if self.sock is not None and len(data) == 8 * 1024:
            assert self.sock.gettimeout() == cord.SEND_SECONDS
        pieces.append(len(data))
        send(self, data)

    monkeypatch.setattr(HTTPConnection, "send", counted)
    with pytest.raises(UnreachableError):
        api._line.whole("POST", "/push", bytes(100_000))
    api.close()
    assert sum(pieces) > 100_000
    assert max(pieces) <= 8 * 1024


def _cut(self: object) -> None:
    raise OSError("cut")
