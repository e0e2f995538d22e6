"""Requests made from the server's own description, and such as do not fit it: never more than a refusal."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests
import schemathesis
import zstandard
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.generation.case import Case
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.wire import sealing
from gridclient.core.wire.messages import Decision
from sync_server.http.app import make_app
from tests.server.consistency import assert_consistent
from tests.server.in_process import UNHURRIED, InProcess
from tests.server.mutating import HOSTILE
from tests.server.openapi import ROUTES, Route, bodies, document
from tests.server.running import Running
from tests.server.town import Laptop, Settled, Town

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
AnyCase = Case[Any]
NEVER = (b"Traceback", b".py", b"sqlite", b"SELECT")
# Made by the key of an enrolled laptop alone; for one that is shut out; for the machine itself.
NOT_BY_CHANCE = ("/unpack", "/handin", "/metrics")
each_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path[1:])


class Served:
    """A small community with laptops to spare: a hello out of turn makes one a copy of itself for good."""

    def __init__(self, path: Path) -> None:
        self.town = Town(path)
        settled = Settled.make(self.town)
        office = self.town.join("卓玛", Role.OFFICE)
        visit = settled.visit(settled.worker, settled.mine)
        held = settled.visit(settled.worker, settled.other)
        settled.worker.push(visit, held)
        self.laptops = [settled.supervisor, settled.worker, office]
        self.spare = [self.town.enrol(one.worker) for one in self.laptops * 4]
        known = [one.device for one in self.laptops] + [one.worker for one in self.laptops]
        self.identities = [
            COMMONS,
            DESK,
            settled.mine,
            settled.other,
            visit.id,
            held.id,
            *known,
            b"",
            b"k" * 32,
        ]
        self.line = InProcess(self.town.service, self.town.authority)

    def tokens(self, route: Route) -> list[str]:
        laptops: list[Laptop] = self.spare if route.path == "/hello" else self.laptops
        good = [f"Bearer {one.token}" for one in laptops]
        return [*good * 3, "Bearer nobody", "Basic YTpi", "Bearer \xff", ""]

    @contextmanager
    def by_socket(self) -> Iterator[tuple[str, requests.Session]]:
        """The address of a server on a socket, and a line to it."""
        running = Running(self.town.service, self.town.folder, "http", UNHURRIED)
        try:
            with requests.Session() as session:
                session.trust_env = False
                yield running.url, session
        finally:
            running.stop()

    def real(self, route: Route) -> list[object]:
        """Messages somebody here could send."""
        supervisor, worker, _ = self.laptops
        change = supervisor.change("building", {"grid": None}, record=self.identities[2])
        copy = worker.change(
            "visit", {"at": 1, "outcome": "1", "summary": "", "kind": None}, place=change.record
        )
        with self.town.service.store.read() as snapshot:
            waiting = snapshot.records.undecided(10)
        said: dict[str, list[object]] = {
            "/hello": [one.greeting() for one in self.spare],
            "/push": [[copy]],
            "/recover": [[msgspec.structs.replace(copy, id=ids.named("recovered", copy.id.hex()))]],
            "/decide": [[Decision(one.id, one.hash, accept)] for one in waiting for accept in (True, False)],
            "/preview": [[change]],
            "/enrol": [self.town.enrolment(self.town.code(worker.worker))],
        }
        if route.message is bytes:
            return list(self._sealed())
        return said.get(route.path, [])

    def _sealed(self) -> Iterator[bytes]:
        """Files anybody can seal to the community: its key is no secret."""
        with self.town.service.store.read() as snapshot:
            community = snapshot.accounts.community()
        assert community is not None
        for content in (b"", b"x", *map(zstandard.compress, HOSTILE)):
            yield sealing.seal(content, [sealing.public_of(community.seal_key)], "minqing pack 1")

    def close(self) -> None:
        self.line.close()
        self.town.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path)
    yield made
    made.close()


def cases(served: Served, route: Route) -> st.SearchStrategy[AnyCase]:
    """Requests to one route, with a token of somebody, nobody, or none."""
    if route.message is not None:
        schemathesis.openapi.media_type(
            route.media_type, bodies(route, served.identities, served.real(route))
        )
    schema = schemathesis.openapi.from_dict(document([route.path]))
    made: st.SearchStrategy[AnyCase] = schema[route.path][route.method.upper()].as_strategy()
    return st.builds(_with_token, made, st.sampled_from(served.tokens(route)))


def _with_token(case: AnyCase, token: str) -> AnyCase:
    case.headers["Authorization"] = token
    return case


def limited(count: int) -> settings:
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def judge(case: AnyCase, response: Response) -> None:
    case.validate_response(response, checks=CHECKS)
    assert not any(one in response.content for one in NEVER)


def in_process(served: Served, case: AnyCase, method: str = "") -> Response:
    """The answer to a case, with another method than its own if one is named."""
    said = case.as_transport_kwargs(base_url="http://127.0.0.1")
    said = {key: said[key] for key in ("method", "url", "headers", "data", "params") if key in said}
    request = requests.Request(**said).prepare()
    body = request.body or b""
    assert isinstance(body, bytes | str)
    path, _, query = (request.path_url or "").partition("?")
    headers = {name: value for name, value in request.headers.items() if isinstance(value, str)}
    raw = body if isinstance(body, bytes) else body.encode()
    reply = served.line.ask(method or str(request.method), path, raw, headers, query)
    shown = {name: [value] for name, value in reply.headers.items()}
    return Response(reply.status, shown, reply.body, request, 0.0, verify=False)


@each_route
def test_no_request_is_more_than_refused(
    served: Served, route: Route, size: Callable[[int, int], int]
) -> None:
    statuses: Counter[int] = Counter()

    @limited(size(40, 400))
    @given(case=cases(served, route))
    def ask(case: AnyCase) -> None:
        response = in_process(served, case)
        statuses[response.status_code] += 1
        judge(case, response)

    ask()
    print(dict(statuses))
    assert 400 in statuses or route.message is None
    assert 200 in statuses or route.path in NOT_BY_CHANCE
    assert_consistent(served.town.service.store)
    assert len(served.town.enrol(served.laptops[0].worker).everything()) >= 7


def test_no_method_is_more_than_refused(served: Served) -> None:
    for route in ROUTES:
        for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"):
            if method.lower() != route.method:
                reply = served.line.ask(method, route.path, b"", {})
                allowed = (405, 200, 204) if method in ("HEAD", "OPTIONS") else (405,)
                assert reply.status in allowed, (method, route.path, reply)
    for path in ("/", "//push", "/push/", "/../push", "/push%00", "/%2e%2e/ca", "/ca;a=b", "/推"):
        assert served.line.ask("POST", path, b"", {}).status in (401, 404, 405)


def test_one_route_is_counted_under_one_name_however_it_is_written(served: Served) -> None:
    for path in ("/push", "/push/", "//push", "///push//", "/push/\n", "/x", '/"} 1'):
        served.line.ask("POST", path, b"", {})
    own = served.line.ask("GET", "/metrics", b"", {"X-Forwarded-For": "127.0.0.1"}, client="127.0.0.1")
    assert own.status == 200
    named = set(re.findall(rb'requests_total\{route="([^"]*)"', own.body))
    assert named == {b"/push"}


def test_the_description_names_every_route(served: Served) -> None:
    app = make_app(served.town.service, b"", lambda: 0.0)
    known = {route.path for route in ROUTES}
    assert {route.path for route in app.routes} == known


def test_over_a_socket_it_is_the_same(served: Served, size: Callable[[int, int], int]) -> None:
    with served.by_socket() as (url, session):
        for route in ROUTES:

            @limited(size(4, 40))
            @given(case=cases(served, route))
            def ask(case: AnyCase) -> None:
                judge(case, case.call(base_url=url, session=session))

            ask()
    assert_consistent(served.town.service.store)
