"""Laptops whose clock is wrong are said to have one, and refused nothing."""

import pytest
from msgspec.structs import replace

from sync_server.service import clocks
from tests.server.town import DAY, Settled

MINUTE = 60_000


@pytest.mark.parametrize(
    ("skew", "words"),
    [
        (5 * MINUTE + 1, "钟快 5 分钟"),
        (-119 * MINUTE, "钟慢 119 分钟"),
        (120 * MINUTE, "钟快 2 小时"),
        (-3 * DAY, "钟慢 3 天"),
        (9 * 365 * DAY, "钟快 9 年"),
    ],
)
def test_a_clock_is_wrong_by_so_much(skew: int, words: str) -> None:
    assert clocks.is_off(skew)
    assert clocks.said(skew) == words


def test_five_minutes_are_forgiven() -> None:
    assert not any(clocks.is_off(skew) for skew in (0, 5 * MINUTE, -5 * MINUTE))


@pytest.mark.parametrize("years", [-30, 30])
def test_years_off_is_noted_and_refuses_nothing(settled: Settled, years: int) -> None:
    worker, now = settled.worker, settled.town.clock()
    off = years * 365 * DAY
    worker.nonce = worker.api.hello(replace(worker.greeting(), now=now + off)).nonce
    with settled.town.service.store.read() as snapshot:
        device = snapshot.accounts.device(worker.device)
    assert device is not None
    assert device.skew == off
    assert clocks.is_off(device.skew)
    visit = replace(settled.visit(worker, settled.mine), at=now + off)
    (answer,) = worker.push(visit)
    assert (answer.status, answer.at) == ("accepted", now if years > 0 else 0)
    assert worker.everything()[visit.id][2][2] == min(now, now + off)
