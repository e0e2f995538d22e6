"""What goes back: messages, streams of frames, refusals."""

import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

from gridclient.core.wire import codec
from gridclient.core.wire.messages import RefusedError
from sync_server.service.words import refusal

BINARY = "application/octet-stream"
STATUS = {
    "malformed": 400,
    "unknown_device": 401,
    "revoked": 403,
    "left": 403,
    "scope": 403,
    "code_wrong": 403,
    "clone": 409,
    "code_used": 410,
    "code_locked": 423,
    "too_large": 413,
    "version": 426,
    "too_many": 429,
    "busy": 503,
}
_CODES = {400: "malformed", 413: "too_large", 429: "too_many", 503: "busy"}
_CHUNK = 128 * 1024  # frames are sent together up to here: a place of few records makes a tiny one
_log = logging.getLogger("gridserver")

AnyRequest = Request[object, object, object]  # type: ignore[type-var]
Step = tuple[bytes, bool]
InThread = Callable[[Callable[[], Step]], Awaitable[Step]]


class Refusal(msgspec.Struct):
    """The body of every answer that is no. `grant` lets a revoked laptop hand in one sealed file."""

    code: str
    words: str
    grant: str = ""


def message(content: object) -> Response[bytes]:
    return Response(codec.encode(content), media_type=BINARY, status_code=200)


def refused(error: RefusedError) -> Response[bytes]:
    body = msgspec.json.encode(Refusal(error.code, str(error), error.grant))
    return Response(body, media_type="application/json", status_code=STATUS.get(error.code, 400))


def on_refused(_: AnyRequest, error: RefusedError) -> Response[bytes]:
    return refused(error)


def on_busy(_: AnyRequest, __: Exception) -> Response[bytes]:
    """The store does not answer: nothing was done, and it is no fault of the program."""
    return refused(refusal("busy"))


def on_malformed(_: AnyRequest, __: codec.MalformedError) -> Response[bytes]:
    return refused(refusal("malformed"))


def on_http(_: AnyRequest, error: HTTPException) -> Response[bytes]:
    """What the framework itself refuses: no such path, no such method, too large."""
    if error.status_code == 408:
        return Response(b"", status_code=408, headers={"connection": "close"}, media_type=BINARY)
    code = _CODES.get(error.status_code)
    if code is not None:
        return refused(refusal(code))
    body = msgspec.json.encode(Refusal("malformed", refusal("malformed").args[0]))
    return Response(body, media_type="application/json", status_code=error.status_code)


def on_bug(request: AnyRequest, error: Exception) -> Response[bytes]:
    """A bug: where it happened goes to the log, what it was about does not."""
    steps = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{Path(step.filename).name}:{step.lineno}" for step in reversed(steps[-6:]))
    _log.error("%s failed: %s at %s", request.url.path, type(error).__name__, where)
    body = msgspec.json.encode(Refusal("busy", refusal("busy").args[0]))
    return Response(body, media_type="application/json", status_code=500)


async def stream(frames: Iterator[bytes], in_thread: InThread) -> AsyncIterator[bytes]:
    """Frames as they go over the line, made in a thread; the end mark comes only after the last of them."""

    def some() -> Step:
        parts: list[bytes] = []
        size = 0
        try:
            for frame in frames:
                parts.append(codec.write_frame(frame))
                size += len(frame)
                if size >= _CHUNK:
                    return b"".join(parts), False
        except RefusedError as error:
            # Somebody lost his rights halfway. The stream stays without its end, and the next hello says why.
            _log.info("stream ended: %s", error.code)
            return b"".join(parts), True
        return b"".join(parts) + codec.END, True

    last = False
    while not last:
        chunk, last = await in_thread(some)
        yield chunk
