"""What whoever runs a server can see of it: numbers, and nothing of anybody."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests
from sqlalchemy.exc import OperationalError

from gridclient.core.wire import codec
from gridclient.core.wire.messages import FillOrder
from sync_server.http.limits import Limits, Rate
from sync_server.http.measuring import may_see
from sync_server.service import staffing
from tests.server.running import Running
from tests.server.town import DAY, Settled

http = pytest.mark.parametrize("town", ["http"], indirect=True)


def numbers(url: str, token: str = "") -> dict[str, float]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.get(f"{url}/metrics", headers=headers, timeout=30)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


@http
def test_the_numbers_tell_what_happened(settled: Settled) -> None:
    town, worker = settled.town, settled.worker
    before = numbers(town.url)
    changes = [settled.visit(worker, settled.mine), settled.visit(worker, settled.other)]
    worker.push(*changes, settled.visit(worker, settled.mine, outcome=7))
    list(worker.api.fill([FillOrder(settled.mine)]))
    requests.post(f"{town.url}/hello", data=b"", timeout=30)
    requests.get(f"{town.url}/secret/639900195603040028", timeout=30)
    town.clock.now += 8 * DAY
    settled.supervisor.hello()
    after = numbers(town.url)
    assert after['gridserver_requests_total{route="/push",status="200"}'] == (
        before['gridserver_requests_total{route="/push",status="200"}'] + 1
    )
    assert after['gridserver_requests_total{route="/hello",status="401"}'] == 1
    assert after['gridserver_requests_total{route="/fill",status="200"}'] == 1
    for road in ("/push", "/fill", "/hello"):
        whole = after[f'gridserver_request_seconds_count{{route="{road}"}}']
        assert after[f'gridserver_request_seconds_bucket{{route="{road}",le="+Inf"}}'] == whole >= 1
        assert after[f'gridserver_request_seconds_sum{{route="{road}"}}'] > 0
        counts = [
            after[key] for key in after if key.startswith(f'gridserver_request_seconds_bucket{{route="{road}')
        ]
        assert counts == sorted(counts)
    with town.service.store.read() as snapshot:
        assert after["gridserver_seq"] == snapshot.records.head().seq
    assert (after["gridserver_held"], after["gridserver_quarantined"]) == (1, 1)
    assert (after["gridserver_devices"], after["gridserver_unseen"]) == (2, 1)
    staffing.revoke(town.service, worker.device.hex())
    assert numbers(town.url)["gridserver_devices"] == 1


@http
def test_the_numbers_speak_of_nobody(settled: Settled) -> None:
    settled.worker.push(settled.resident(settled.worker, settled.mine, "李萍"))
    requests.get(f"{settled.town.url}/secret/639900195603040028", timeout=30)
    text = requests.get(f"{settled.town.url}/metrics", timeout=30).text
    for private in ("李萍", "才让", "639900", "secret", settled.worker.device.hex(), settled.worker.token):
        assert private not in text


@contextmanager
def guarded(settled: Settled) -> Iterator[str]:
    running = Running(settled.town.service, settled.town.folder, "http", Limits(stranger=Rate(0, 3)), "key")
    yield running.url
    running.stop()


def test_with_a_token_the_numbers_need_it(settled: Settled) -> None:
    with guarded(settled) as url:
        assert numbers(url, "key")["gridserver_devices"] == 2
        said = [requests.get(f"{url}/metrics", timeout=30) for _ in range(4)]
        assert [one.status_code for one in said] == [401, 401, 401, 429]
        assert "gridserver" not in said[0].text


def test_without_a_token_they_are_for_this_machine() -> None:
    assert may_see("127.0.0.1", "", "")
    assert may_see("::1", "", "")
    assert not any(may_see(host, "", "") for host in ("192.0.2.1", "", "localhost.example", "testclient"))
    assert not may_see("127.0.0.1", "wrong", "key")
    assert not may_see("127.0.0.1", "", "key")
    assert may_see("192.0.2.1", "key", "key")


@http
def test_health_says_whether_the_store_answers(settled: Settled, monkeypatch: pytest.MonkeyPatch) -> None:
    town = settled.town
    assert requests.get(f"{town.url}/health", timeout=30).json() == {"ok": True}

    def gone() -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(town.service.store, "read", gone)
    deadline = time.monotonic() + 30
    while (answer := requests.get(f"{town.url}/health", timeout=30)).status_code != 503:
        assert time.monotonic() < deadline
    assert answer.json() == {"ok": False}
    monkeypatch.undo()
    assert (
        codec.decode(
            requests.post(
                f"{town.url}/digest",
                data=codec.encode([]),
                headers={"Authorization": f"Bearer {settled.worker.token}"},
                timeout=30,
            ).content,
            list,
        )
        == []
    )
