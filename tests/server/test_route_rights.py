"""Every route against everybody who may knock: who is let do it, who is refused with which word."""

from collections.abc import Iterator

import msgspec
import pytest
import requests

from gridclient.core.domain.declaration import Role
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.wire import codec
from gridclient.core.wire.messages import Enrolment, FillOrder, PullOrder
from sync_server.http.limits import Limits, Rate
from sync_server.service import staffing
from tests.server.running import Running
from tests.server.test_authorization import laptop_of
from tests.server.town import Laptop, Settled

PRINCIPALS = ("stranger", "garbage", "revoked", "cloned", "worker", "office", "supervisor")
NOBODY, OUT, COPY, OFF = "unknown_device", "revoked", "clone", "scope"
# One answer for each principal, in their order: `ok`, or the word of the refusal.
TABLE: dict[str, tuple[str, ...]] = {
    "/hello": (NOBODY, NOBODY, OUT, COPY, "ok", "ok", "ok"),
    "/push": (NOBODY, NOBODY, OUT, "ok", "ok", "ok", "ok"),
    "/pull": (NOBODY, NOBODY, OUT, COPY, "ok", "ok", "ok"),
    "/fill": (NOBODY, NOBODY, OUT, COPY, "ok", "ok", "ok"),
    "/digest": (NOBODY, NOBODY, OUT, COPY, "ok", "ok", "ok"),
    "/lacking": (NOBODY, NOBODY, OUT, "ok", "ok", "ok", "ok"),
    "/recover": (NOBODY, NOBODY, OUT, "ok", "ok", "ok", "ok"),
    "/waiting": (NOBODY, NOBODY, OUT, OFF, OFF, "ok", "ok"),
    "/decide": (NOBODY, NOBODY, OUT, OFF, OFF, OFF, "ok"),
    "/preview": (NOBODY, NOBODY, OUT, OFF, OFF, OFF, "ok"),
    # What is sent here is no pack: whoever may carry one hears that.
    "/unpack": (NOBODY, NOBODY, OUT, OFF, OFF, "malformed", "malformed"),
    # No grant: the revoked hear so again, and everybody else may simply push.
    "/handin": (NOBODY, NOBODY, OUT, "malformed", "malformed", "malformed", "malformed"),
    # Open to all, whoever they are: a code alone lets in.
    "/enrol": ("code_wrong",) * 7,
    "/ca": ("ok",) * 7,
    "/health": ("ok",) * 7,
    # For this machine alone, unless a token is set for it.
    "/metrics": ("ok",) * 7,
}
READ = {"/ca", "/health", "/metrics"}
BARE = {"/unpack", "/handin"}  # a file, no message


def message(path: str, laptop: Laptop) -> object:
    """What a laptop would ask there."""
    place: Id = COMMONS
    return {
        "/hello": laptop.greeting(),
        "/pull": PullOrder(0, [place]),
        "/fill": [FillOrder(place)],
        "/digest": [place],
        "/waiting": None,
        "/enrol": Enrolment("0" * 16, b"d" * 16, b"k" * 32),
    }.get(path, [])


def answered(url: str, path: str, token: str, laptop: Laptop) -> str:
    """The word of the answer; also a stream that is refused says it before its first frame."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    body = b"x" if path in BARE else codec.encode(message(path, laptop))
    method = "GET" if path in READ else "POST"
    answer = requests.request(
        method, url + path, data=None if path in READ else body, headers=headers, timeout=30
    )
    if answer.status_code == 200:
        return "ok"
    return str(msgspec.json.decode(answer.content)["code"])


@pytest.fixture
def open_wide(settled: Settled) -> Iterator[Running]:
    """A server that lets everybody knock as often as this test has to."""
    often = Rate(10_000, 10_000)
    running = Running(settled.town.service, settled.town.folder, "http", Limits(stranger=often))
    yield running
    running.stop()


def test_every_route_is_answered_as_the_table_says(settled: Settled, open_wide: Running) -> None:
    assert set(open_wide.paths) == TABLE.keys()
    found: dict[str, list[str]] = {path: [] for path in TABLE}
    for principal in PRINCIPALS:
        known = "worker" if principal in ("stranger", "garbage", "revoked") else principal
        laptop = laptop_of(settled, known, f"拉毛（{principal}）")
        if principal == "revoked":
            staffing.revoke(settled.town.service, laptop.device.hex())
        token = {"stranger": "", "garbage": laptop.token[:-3] + "xxx"}.get(principal, laptop.token)
        for path in TABLE:
            found[path].append(answered(open_wide.url, path, token, laptop))
    assert {path: tuple(said) for path, said in found.items()} == TABLE
    assert {role.value for role in Role} <= set(PRINCIPALS)
