"""What the server can be asked over HTTP, as an OpenAPI document, and bodies for it.

The messages are msgpack in zstd, which OpenAPI has no words for: every message gets a media type of its own,
and its bodies are made from the declaration of the message itself.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

import msgspec
import zstandard
from hypothesis import strategies as st
from msgspec import inspect

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import Decision, Enrolment, FillOrder, Hello, PullOrder
from tests.server.mutating import HOSTILE

BINARY = "application/octet-stream"
Values = st.SearchStrategy[object]


class Route(NamedTuple):
    """What is sent there (None: nothing), what comes back, and whether a token is asked for."""

    path: str
    message: object
    answer: str = BINARY
    method: str = "post"
    token: bool = True

    @property
    def media_type(self) -> str:
        return f"application/vnd.minqing.{self.path[1:]}"


ROUTES = (
    Route("/hello", Hello),
    Route("/push", list[Change]),
    Route("/digest", list[Id]),
    Route("/lacking", list[Id]),
    Route("/recover", list[Change]),
    Route("/waiting", type(None)),
    Route("/decide", list[Decision]),
    Route("/preview", list[Change]),
    Route("/pull", PullOrder),
    Route("/fill", list[FillOrder]),
    Route("/enrol", Enrolment, token=False),
    Route("/unpack", bytes),
    Route("/handin", bytes, token=False),
    Route("/ca", None, "text/plain", "get", token=False),
    Route("/health", None, "application/json", "get", token=False),
    Route("/metrics", None, "text/plain", "get"),
)
_HEADERS = (
    "Accept",
    "Accept-Encoding",
    "Content-Encoding",
    "Range",
    "X-Forwarded-For",
    "X-HTTP-Method-Override",
)
_REFUSAL = {
    "type": "object",
    "required": ["code", "words", "grant"],
    "properties": {
        "code": {"type": "string", "pattern": "^[a-z_]+$"},
        "words": {"type": "string", "minLength": 1},
        "grant": {"type": "string"},
    },
    "additionalProperties": False,
}  # fmt: skip


def document(paths: Sequence[str]) -> dict[str, object]:
    """The document of those routes that are there."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "gridserver", "version": "1"},
        "paths": {route.path: {route.method: _operation(route)} for route in ROUTES if route.path in paths},
    }


def _operation(route: Route) -> dict[str, object]:
    refused = {"description": "no", "content": {"application/json": {"schema": _REFUSAL}}}
    content: dict[str, object] = {route.answer: {}}
    loose = [{"name": name, "in": "header", "schema": {"type": "string"}} for name in _HEADERS]
    asked = {"name": "since", "in": "query", "schema": {"type": "string"}}
    operation: dict[str, object] = {
        "parameters": [*loose, asked],
        "responses": {"200": {"description": "yes", "content": content}, "4XX": refused},
    }
    if route.message is not None:
        schema = {"type": "string", "format": "binary"}
        operation["requestBody"] = {"required": True, "content": {route.media_type: {"schema": schema}}}
    return operation


def bodies(route: Route, identities: Sequence[Id], real: Sequence[object]) -> st.SearchStrategy[bytes]:
    """Real, well made, nearly well made, and anything.

    `identities`: such as mean something to the server; `real`: messages a laptop could send.
    """
    if route.message is bytes:  # a sealed file, no message
        return _altered(st.sampled_from(cast(Sequence[bytes], real))) | st.binary()
    whole = _of(inspect.type_info(route.message), st.sampled_from(identities) | st.binary(max_size=20))
    if real:
        whole = st.sampled_from(real) | whole
    sound = st.builds(msgspec.msgpack.encode, whole)
    packed = st.builds(zstandard.compress, _altered(sound) | st.binary() | st.sampled_from(HOSTILE))
    return packed | packed | _altered(packed) | sound | st.binary()


def _altered(sound: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """As it was, with something hostile put in somewhere, or cut off."""
    spoiled = st.builds(_spoiled, sound, st.integers(0, 1 << 20), st.sampled_from(HOSTILE), st.booleans())
    cut = st.builds(lambda body, at: body[: at % (len(body) + 1)], sound, st.integers(0, 1 << 20))
    return sound | sound | spoiled | cut


def _spoiled(body: bytes, at: int, hostile: bytes, instead: bool) -> bytes:
    at %= len(body) + 1
    return body[:at] + hostile + body[at + instead :]


def _of(kind: inspect.Type, identities: Values) -> Values:
    """Values that fit a declaration, in the shape they have on the wire; `object` is anything."""
    if isinstance(kind, inspect.UnionType):
        return st.one_of([_of(one, identities) for one in kind.types])
    if isinstance(kind, inspect.StructType):
        return _struct(kind, identities)
    if isinstance(kind, inspect.ListType):
        return st.lists(_of(kind.item_type, identities), max_size=4).map(list)
    if isinstance(kind, inspect.VarTupleType):
        return st.lists(_of(kind.item_type, identities), max_size=3).map(list)
    if isinstance(kind, inspect.DictType):
        return st.dictionaries(_keys(), _of(kind.value_type, identities), max_size=4).map(dict)
    if isinstance(kind, inspect.IntType):
        least, most = kind.ge, kind.le
        some = st.sampled_from((0, 1, 2, 40, 1_795_500_000_000))
        return some | st.integers(least if least is not None else -(1 << 63), most or (1 << 63) - 1)
    return _SIMPLE[type(kind)](identities)


def _struct(kind: inspect.StructType, identities: Values) -> Values:
    fields = [(one.encode_name, _of(one.type, identities)) for one in kind.fields]
    if kind.array_like:
        return st.tuples(*[values for _, values in fields]).map(list)
    return st.fixed_dictionaries(dict(fields)).map(dict)


def _keys() -> st.SearchStrategy[str]:
    return st.sampled_from(("name", "at", "outcome", "retired", "household", "grid", "role")) | _TEXT


_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
_KINDS = st.sampled_from(("visit", "resident", "household", "worker", "building", "matter"))
_SIMPLE: dict[type[inspect.Type], Callable[[Values], Values]] = {
    inspect.BytesType: lambda identities: identities,
    inspect.StrType: lambda _: _KINDS | _TEXT,
    inspect.BoolType: lambda _: st.booleans(),
    inspect.NoneType: lambda _: st.none(),
    inspect.FloatType: lambda _: st.floats(),
    inspect.CustomType: lambda identities: st.recursive(
        identities | st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 64) - 1) | st.floats() | _TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
        max_leaves=6,
    ),
}
