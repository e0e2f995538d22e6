"""The routes. Every one reads a bounded body, knows who asks, and does its work in a thread."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import msgspec
from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire import codec
from gridclient.core.wire.messages import Decision, Enrolment, FillOrder, Hello, PullOrder, RefusedError
from sync_server.http import answers
from sync_server.http.limits import Buckets, Limits
from sync_server.http.measuring import MEDIA, Health, Meter, may_see
from sync_server.service.handing_in import farewell, hand_in, judge
from sync_server.service.measures import answers as answering
from sync_server.service.measures import measure
from sync_server.service.service import Busy, Service
from sync_server.service.session import Session
from sync_server.service.unpacking import unpack
from sync_server.service.words import refusal

T = TypeVar("T")
M = TypeVar("M")
Asked = Request[object, object, State]


class Desk:
    """What all routes share: the service, its threads, who has asked how often.

    Pushes have threads of their own: one that waits for the write lock keeps no pull waiting.
    """

    def __init__(self, service: Service, limits: Limits, seconds: Callable[[], float]) -> None:
        self.service = service
        self.limits = limits
        self.seconds = seconds
        self._devices = Buckets(limits.device, seconds)
        self._addresses = Buckets(limits.address, seconds)
        self._strangers = Buckets(limits.stranger, seconds)
        self._writers = ThreadPoolExecutor(4, "writer")
        self._readers = ThreadPoolExecutor(8, "reader")

    def close(self) -> None:
        self._writers.shutdown(cancel_futures=True)
        self._readers.shutdown(cancel_futures=True)

    async def reading(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    async def writing(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writers, work)

    async def session(self, request: Asked) -> Session:
        """Whose request this is. Raises RefusedError for a stranger and for one who asks too often.

        One that is shut out hears so with a grant to hand in what it has.
        """
        address = _address(request)
        if not self._addresses.take(address):
            raise refusal("too_many")
        token = token_of(request)
        try:
            device = await self.reading(lambda: self.service.authenticate(token))
        except RefusedError as error:
            if not self._strangers.take(address):
                raise refusal("too_many") from None
            if error.code == "revoked":
                raise await self.writing(lambda: farewell(self.service, token)) from None
            raise
        if not self._devices.take(device.hex()):
            raise refusal("too_many")
        return Session(self.service, device)

    def stranger(self, request: Asked) -> None:
        """Count a request that needs no token."""
        if not self._strangers.take(_address(request)):
            raise refusal("too_many")

    async def body(self, request: Asked, kind: type[M], most: int) -> M:
        """The message of a request. Raises RefusedError or MalformedError."""
        return codec.decode(await self.raw(request, most), kind)

    async def raw(self, request: Asked, most: int) -> bytes:
        """The bytes of a request.

        Raises:
            RefusedError: it is too large.
            HTTPException: it did not come in time.
        """
        received = bytearray()
        try:
            async with asyncio.timeout(self.limits.seconds):
                async for chunk in request.stream():
                    received += chunk
                    if len(received) > most:
                        raise refusal("too_large")
        except TimeoutError as error:
            # Not with a word of ours: the laptop takes it for no answer and sends less at once. That a change
            # cannot be understood would be a lie, and put a good one aside.
            raise HTTPException(status_code=408) from error
        return bytes(received)


def token_of(request: Asked) -> str:
    """What a request says it is from; nothing is proved by that."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


def _address(request: Asked) -> str:
    return request.client.host if request.client else ""


def make_app(
    service: Service,
    authority: bytes,
    seconds: Callable[[], float],
    limits: Limits | None = None,
    token: str = "",
) -> Litestar:
    """The application.

    Args:
        authority: the community's certificate (PEM).
        seconds: a clock for rates.
        token: opens the numbers for whoever watches; without one they are for this machine alone.
    """
    desk, meter = Desk(service, limits or Limits(), seconds), Meter(seconds)
    return Litestar(
        [
            *_talking(desk),
            *_refilling(desk),
            *_deciding(desk),
            *_sending(desk),
            *_taking_files(desk),
            *_letting_in(desk, authority),
            *_watching(desk, meter, token),
        ],
        exception_handlers={
            RefusedError: answers.on_refused,
            Busy: answers.on_busy,
            codec.MalformedError: answers.on_malformed,
            HTTPException: answers.on_http,
            Exception: answers.on_bug,
        },
        middleware=[meter.middleware],
        on_shutdown=[desk.close],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=desk.limits.push_body,
    )


def _talking(desk: Desk) -> Sequence[HTTPRouteHandler]:
    @post("/hello")
    async def hello(request: Asked) -> Response[bytes]:
        session = await desk.session(request)
        said = await desk.body(request, Hello, desk.limits.body)
        return answers.message(await desk.writing(lambda: session.hello(said)))

    @post("/push")
    async def push(request: Asked) -> Response[bytes]:
        session = await desk.session(request)
        raw = await desk.body(request, list[msgspec.Raw], desk.limits.push_body)
        return answers.message(await desk.writing(lambda: session.push_encoded([bytes(one) for one in raw])))

    @post("/digest")
    async def digest(request: Asked) -> Response[bytes]:
        session = await desk.session(request)
        places = await desk.body(request, list[Id], desk.limits.body)
        return answers.message(await desk.reading(lambda: session.digest(places)))

    return [hello, push, digest]


def _refilling(desk: Desk) -> Sequence[HTTPRouteHandler]:
    """What refills a server that was restored from an older copy."""

    @post("/lacking")
    async def lacking(request: Asked) -> Response[bytes]:
        session = await desk.session(request)
        changes = await desk.body(request, list[Id], desk.limits.push_body)
        return answers.message(await desk.reading(lambda: session.lacking(changes)))

    @post("/recover")
    async def recover(request: Asked) -> Response[bytes]:
        session = await desk.session(request)
        copies = await desk.body(request, list[Change], desk.limits.push_body)
        return answers.message(await desk.writing(lambda: session.recover(copies)))

    return [lacking, recover]


def _deciding(desk: Desk) -> Sequence[HTTPRouteHandler]:
    """What the supervisor's own laptop asks."""

    @post("/waiting")
    async def waiting(request: Asked) -> Response[bytes]:
        session = await desk.session(request)
        await desk.body(request, type(None), desk.limits.body)
        return answers.message(await desk.reading(session.waiting))

    @post("/decide")
    async def decide(request: Asked) -> Response[bytes]:
        session = await desk.session(request)
        decisions = await desk.body(request, list[Decision], desk.limits.body)
        return answers.message(await desk.writing(lambda: session.decide(decisions)))

    @post("/preview")
    async def preview(request: Asked) -> Response[bytes]:
        session = await desk.session(request)
        changes = await desk.body(request, list[Change], desk.limits.push_body)
        return answers.message(await desk.reading(lambda: session.preview(changes)))

    return [waiting, decide, preview]


def _sending(desk: Desk) -> Sequence[HTTPRouteHandler]:
    @post("/pull", status_code=200)
    async def pull(request: Asked) -> Stream:
        session = await desk.session(request)
        order = await desk.body(request, PullOrder, desk.limits.body)
        frames = await desk.reading(lambda: session.pull_packed(order.since, order.places))
        return Stream(answers.stream(frames, desk.reading), media_type=answers.BINARY)

    @post("/fill", status_code=200)
    async def fill(request: Asked) -> Stream:
        session = await desk.session(request)
        orders = await desk.body(request, list[FillOrder], desk.limits.body)
        frames = await desk.reading(lambda: session.fill_packed(orders))
        return Stream(answers.stream(frames, desk.reading), media_type=answers.BINARY)

    return [pull, fill]


def _taking_files(desk: Desk) -> Sequence[HTTPRouteHandler]:
    """Sealed files: larger than any message, kept or opened whole."""

    @post("/unpack", request_max_body_size=desk.limits.file_body)
    async def carry(request: Asked) -> Response[bytes]:
        session = await desk.session(request)
        await desk.reading(session.carrying)
        data = await desk.raw(request, desk.limits.file_body)
        try:
            taken = await desk.writing(lambda: unpack(desk.service, data))
        except KnownError as error:
            raise RefusedError("malformed", error.zh) from error
        return answers.message(taken.answers)

    @post("/handin", request_max_body_size=desk.limits.file_body)
    async def leave(request: Asked) -> Response[bytes]:
        desk.stranger(request)
        token, grant = token_of(request), request.headers.get("x-grant", "")
        await desk.reading(lambda: judge(desk.service, token, grant))
        data = await desk.raw(request, desk.limits.file_body)
        receipt = await desk.writing(lambda: hand_in(desk.service, token, grant, data))
        # A program that knows of no receipts expects nothing, and takes anything else for no answer.
        return answers.message(receipt if "x-receipt" in request.headers else None)

    return [carry, leave]


def _letting_in(desk: Desk, authority: bytes) -> Sequence[HTTPRouteHandler]:
    @post("/enrol")
    async def enrol(request: Asked) -> Response[bytes]:
        desk.stranger(request)
        asked = await desk.body(request, Enrolment, desk.limits.body)
        return answers.message(await desk.writing(lambda: desk.service.enrol(asked)))

    @get("/ca", media_type=MediaType.TEXT)
    async def ca(request: Asked) -> bytes:
        desk.stranger(request)
        return authority

    return [enrol, ca]


def _watching(desk: Desk, meter: Meter, token: str) -> Sequence[HTTPRouteHandler]:
    """What whoever runs the server asks, or a program for him."""
    health = Health(lambda: desk.reading(lambda: answering(desk.service)), desk.seconds)

    @get("/health", media_type=MediaType.JSON)
    async def well() -> Response[dict[str, bool]]:
        found = await health.ok()
        return Response({"ok": found}, status_code=200 if found else 503)

    @get("/metrics")
    async def metrics(request: Asked) -> Response[str]:
        if not may_see(_address(request), token_of(request), token):
            desk.stranger(request)
            raise refusal("unknown_device")
        found = await desk.reading(lambda: measure(desk.service))
        return Response(meter.text(found), media_type=MEDIA)

    return [well, metrics]
