"""The line itself: who is trusted, what is refused before it costs anything, what a cut looks like."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
import requests
import trustme
import zstandard

from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.wire import codec
from gridclient.core.wire.messages import FillOrder, RefusedError, UnreachableError
from gridclient.sync.enrolment import redeem
from gridclient.sync.http import HttpSyncApi, checked_url
from sync_server.http.limits import Limits, Rate
from sync_server.service import staffing
from tests.server.running import Running
from tests.server.town import Settled, Town

http = pytest.mark.parametrize("town", ["http"], indirect=True)
https = pytest.mark.parametrize("town", ["https"], indirect=True)
PATHS = (
    *("/hello", "/push", "/pull", "/fill", "/digest"),
    *("/lacking", "/recover", "/waiting", "/decide", "/preview"),
)


def post(town: Town, path: str, body: bytes, token: str = "") -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.post(town.url + path, data=body, headers=headers, timeout=30)


@https
def test_a_laptop_is_let_in_and_syncs_over_tls(settled: Settled) -> None:
    town, worker = settled.town, settled.worker
    code = town.code(worker.worker)
    device, key = town.new_id(), town.random.randbytes(32)
    enrolled, certificate = redeem(town.url, code, device, key, "前台的电脑")
    assert (enrolled.name, enrolled.worker) == ("才让", worker.worker)
    line = HttpSyncApi(town.url, enrolled.token, certificate)
    worker.device, worker.api = device, line
    welcome = worker.hello()
    visit = settled.visit(worker, settled.mine)
    assert worker.push(visit)[0].status == "accepted"
    (frame,) = line.pull(welcome.checkpoint.seq, [settled.mine])
    assert frame.sections[0].rows[0][0] == visit.id
    assert visit.id in worker.everything()
    line.close()


@https
def test_the_community_alone_is_trusted(town: Town) -> None:
    other = trustme.CA().cert_pem.bytes().decode()
    for ca in (other, None):
        line = HttpSyncApi(town.url, "token", ca)
        with pytest.raises(UnreachableError):
            line.digest([])
        line.close()
    line = HttpSyncApi(town.url, "token", town.authority.decode())
    for _ in range(2):
        with pytest.raises(RefusedError):
            line.digest([])
    context = line._line._session.get_adapter("https://")._context  # type: ignore[attr-defined]
    assert len(context.get_ca_certs()) == 1
    line.close()


@https
def test_a_code_of_another_server_is_sent_nowhere(settled: Settled, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    elsewhere = Town(tmp_path / "other", seed=1)
    foreign = elsewhere.code(elsewhere.join("安书记").worker)
    with pytest.raises(KnownError) as known:
        redeem(settled.town.url, foreign, b"d" * 16, b"k" * 32)
    assert known.value.code == "other_server"
    elsewhere.close()
    with pytest.raises(KnownError) as known:
        redeem(settled.town.url, "ABCD-EFGH", b"d" * 16, b"k" * 32)
    assert known.value.code == "code_wrong"


@http
def test_a_used_code_is_refused_with_its_words(settled: Settled) -> None:
    town = settled.town
    code = town.code(settled.worker.worker)
    redeem(town.url, code, town.new_id(), b"k" * 32)
    with pytest.raises(RefusedError) as refused:
        redeem(town.url, code, town.new_id(), b"k" * 32)
    assert refused.value.code == "code_used"
    assert "领取码" in str(refused.value)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://192.0.2.1:8440", "insecure_url"),
        ("http://shequ.example", "insecure_url"),
        ("http://localhost.example", "insecure_url"),
        ("ftp://localhost", "bad_url"),
        ("https://", "bad_url"),
        ("https://a:b@localhost", "bad_url"),
        ("https://localhost/?x=1", "bad_url"),
        ("https://localhost:99999", "bad_url"),
        ("localhost:8440", "bad_url"),
    ],
)
def test_where_a_laptop_does_not_speak(url: str, code: str) -> None:
    with pytest.raises(KnownError) as known:
        HttpSyncApi(url, "token", None)
    assert known.value.code == code


def test_where_a_laptop_speaks() -> None:
    for url in ("https://shequ.example:8440/", "http://127.0.0.1:1", "http://[::1]:1", "http://localhost"):
        assert checked_url(f" {url} ") == url.rstrip("/")


def test_nobody_there_is_unreachable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        line = HttpSyncApi(f"http://127.0.0.1:{free.getsockname()[1]}", "token", None)
    with pytest.raises(UnreachableError):
        line.digest([])
    line.close()


@http
def test_proxies_and_netrc_are_not_asked(
    settled: Settled, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    (own_home / ".netrc").write_text("machine 127.0.0.1 login a password b")
    assert settled.worker.hello().worker == settled.worker.worker


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A server that says one thing and hangs up; yields its address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    thread.join()
    listening.close()


FRAME = codec.write_frame(zstandard.compress(msgspec.msgpack.encode([[], 1, b"", b"", None, False])))
OK = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\noops",
        b"no http at all",
        b"",
        OK % 0,
        OK % (len(FRAME) + 4) + FRAME,
        OK % len(FRAME) + FRAME,
        OK % 12 + struct.pack(">I", 8) + b"no frame",
        OK % 4 + struct.pack(">I", 1 << 31),
    ],
)
def test_what_is_no_answer_is_unreachable(answer: bytes) -> None:
    with answering(answer) as url:
        line = HttpSyncApi(url, "token", None)
        with pytest.raises(UnreachableError):
            list(line.fill([FillOrder(COMMONS)]))
        line.close()


def test_a_whole_answer_is_one() -> None:
    with answering(OK % (len(FRAME) + 4) + FRAME + codec.END) as url:
        line = HttpSyncApi(url, "token", None)
        assert [frame.seq for frame in line.fill([])] == [1]
        line.close()


@http
def test_a_stranger_learns_nothing(settled: Settled) -> None:
    for token in ("x", settled.worker.token[:-1]):
        for path in PATHS:
            answer = post(settled.town, path, b"x", token)
            assert answer.status_code == 401
            assert answer.json()["code"] == "unknown_device"
    staffing.revoke(settled.town.service, settled.worker.device.hex())
    answer = post(settled.town, "/digest", codec.encode([]), settled.worker.token)
    assert (answer.status_code, answer.json()["code"]) == (403, "revoked")
    assert answer.json()["grant"]


def bomb(raw: int) -> bytes:
    return zstandard.compress(b"\x00" * raw)


@http
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"no message", 400),
        (codec.encode({"a": 1}), 400),
        (codec.encode([1, 2, 3]), 400),
        (bomb(codec.LARGEST_MESSAGE + 1), 400),
        (zstandard.compress(b"\x91" * 100_000 + b"\xc0"), 400),
        (zstandard.compress(b"\xdd\xff\xff\xff\xff"), 400),
        (zstandard.compress(b"\x91\xa1\xed"), 400),
        (b"x" * (3 * 1024 * 1024), 413),
    ],
)
def test_bad_bodies_cost_nothing(settled: Settled, body: bytes, status: int) -> None:
    for path in PATHS:
        if path == "/push":
            continue  # puts aside what it cannot read, one by one
        answer = post(settled.town, path, body, settled.worker.token)
        assert answer.status_code == status
        assert answer.json()["words"]
    assert settled.worker.hello().worker == settled.worker.worker


@http
def test_one_unreadable_change_is_put_aside_and_the_rest_goes_on(settled: Settled) -> None:
    worker = settled.worker
    good = msgspec.msgpack.encode(settled.visit(worker, settled.mine))
    no_text = msgspec.msgpack.encode(settled.resident(worker, settled.mine, "abc")).replace(b"abc", b"a\xedc")
    bad = [
        b"\xc0",
        no_text,
        msgspec.msgpack.encode([b"i" * 16, "x"]),
        b"\x91" * 150 + b"\xc0",
        b"\x81\x01\x02",
    ]
    odd = msgspec.to_builtins(
        settled.resident(worker, settled.mine, "李萍", tomorrow={1: 2}), builtin_types=(bytes,)
    )
    deep = settled.resident(worker, settled.mine, "李萍", tomorrow=[[[]]])
    nested: object = []
    for _ in range(60):
        nested = [nested]
    deep.fields["tomorrow"] = nested
    parts = [*bad, msgspec.msgpack.encode(odd), msgspec.msgpack.encode(deep), good]
    body = zstandard.compress(b"\xdc" + len(parts).to_bytes(2, "big") + b"".join(parts))
    for status in ("accepted", "duplicate"):
        answer = post(settled.town, "/push", body, worker.token)
        answers = codec.decode(answer.content, object)
        assert isinstance(answers, list)
        statuses = [one[1] for one in answers[0]]
        assert statuses == ["quarantined"] * 7 + [status]
        assert answers[0][2][0] == b"i" * 16
    with settled.town.service.store.read() as snapshot:
        assert snapshot.records.counts()["quarantined"] == 7


@http
def test_a_message_of_numbers_too_large_is_malformed(settled: Settled) -> None:
    for path, message in (
        ("/pull", [1 << 60, []]),
        ("/pull", [-1, []]),
        ("/fill", [[COMMONS, [0, 1 << 63]]]),
        ("/hello", [1, 1, b"d" * 16, [b"h" * 16, 1 << 63, b""], b"", 1, 1, b""]),
    ):
        assert post(settled.town, path, codec.encode(message), settled.worker.token).status_code == 400


@http
def test_unknown_paths_and_methods_are_refused(settled: Settled) -> None:
    assert post(settled.town, "/nothing", b"").status_code == 404
    assert requests.get(settled.town.url + "/push", timeout=30).status_code == 405
    health = requests.get(settled.town.url + "/health", timeout=30)
    assert (health.status_code, health.json()) == (200, {"ok": True})


def test_who_asks_too_often_waits(settled: Settled) -> None:
    town = settled.town
    slow = Limits(device=Rate(0, 3), stranger=Rate(0, 5))
    running = Running(town.service, town.folder, "http", slow)
    town.running = running
    line = HttpSyncApi(running.url, settled.worker.token, None)

    def code(ask: Callable[[], object]) -> str:
        with pytest.raises(RefusedError) as refused:
            ask()
        return refused.value.code

    for _ in range(3):
        line.digest([])
    assert code(lambda: line.digest([])) == "too_many"
    stranger = HttpSyncApi(running.url, "nobody", None)
    assert [code(lambda: stranger.digest([])) for _ in range(6)] == ["unknown_device"] * 5 + ["too_many"]
    assert post(town, "/enrol", b"").json()["code"] == "too_many"
    for one in (line, stranger):
        one.close()


@http
def test_a_stream_that_loses_its_right_halfway_is_cut(settled: Settled) -> None:
    worker = settled.worker
    worker.push(*[settled.resident(worker, settled.mine, f"居民{n}", remark="话" * 900) for n in range(450)])
    session = settled.town.service.sender

    def revoked_after_first(since: int, places: Callable[[], object], device: Id) -> Iterator[bytes]:
        yield from type(session).pull(session, since, lambda: frozenset([settled.mine]), device)
        staffing.revoke(settled.town.service, worker.device.hex())
        places()

    session.pull = revoked_after_first  # type: ignore[method-assign]
    with pytest.raises(UnreachableError):
        list(worker.api.pull(0, [settled.mine]))


@http
def test_nothing_to_do_is_one_small_request(settled: Settled) -> None:
    worker = settled.worker
    compound = settled.supervisor.save("compound", {"title": "大院"})
    for number in range(60):
        settled.supervisor.save("building", {"compound": compound, "number": f"{number}"})
    supervisor = settled.supervisor
    welcome = supervisor.hello()
    assert welcome.places is not None
    agreement = codec.digest_of_digests(supervisor.api.digest(welcome.places))
    said = codec.encode(supervisor.greeting(welcome.checkpoint, agreement))
    assert isinstance(supervisor.api, HttpSyncApi)
    sent = supervisor.api._line._session.prepare_request(
        requests.Request("POST", settled.town.url + "/hello", data=said)
    )
    head = sum(len(name) + len(str(value)) + 4 for name, value in sent.headers.items()) + 150
    answer = post(settled.town, "/hello", said, supervisor.token)
    assert codec.decode(answer.content, list)[4] is True
    back = sum(len(name) + len(value) + 4 for name, value in answer.headers.items()) + len(answer.content)
    assert head + len(said) + back + 20 <= 1500
    assert worker.hello().agreed is False


@http
def test_a_bug_says_where_and_not_what(
    settled: Settled, expect_log: Callable[[str, str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("李萍 639900195603040028")

    monkeypatch.setattr(settled.town.service, "authenticate", broken)
    with expect_log("gridserver", "/digest failed: ZeroDivisionError at test_http.py"):  # type: ignore[attr-defined]
        answer = post(settled.town, "/digest", codec.encode([]), settled.worker.token)
    assert answer.status_code == 500
    assert "李萍" not in answer.text
    assert json.loads(answer.text)["code"] == "busy"
