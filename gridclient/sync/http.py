"""The server over HTTP. The only module that loads requests, so nothing else pays for it."""

import ipaddress
import ssl
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
import requests
import urllib3
from requests.adapters import HTTPAdapter

from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire import codec
from gridclient.core.wire.messages import (
    Answers,
    Consequence,
    Decision,
    FillOrder,
    Frame,
    Hello,
    PlaceDigest,
    PullOrder,
    RefusedError,
    UnreachableError,
    Waiting,
    Welcome,
)
from gridclient.sync.cord import CONNECT_SECONDS, Cord
from gridclient.sync.session import StoppedError

T = TypeVar("T")

READ_SECONDS = 120  # between two pieces of an answer, not for all of it
_PIECE = 64 * 1024  # the most taken at once; never waited for, or a cut would lose what had come of it
_LONGEST_REFUSAL = 64 * 1024
_DOWN = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)


class _Refusal(msgspec.Struct):
    code: str
    words: str
    grant: str = ""


class _Adapter(HTTPAdapter):
    """Trusts exactly what its context trusts; requests would add the public authorities to it."""

    def __init__(self, context: ssl.SSLContext, cord: Cord) -> None:
        self._context = context
        self._cord = cord
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        super().init_poolmanager(*arguments, **more, ssl_context=self._context)
        self.poolmanager.pool_classes_by_scheme = self._cord.pools()

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        conn.cert_reqs = "CERT_REQUIRED" if self._context.verify_mode is ssl.CERT_REQUIRED else "CERT_NONE"


class Line:
    """A connection to one server that follows no redirect, asks no proxy, reads no netrc.

    Args:
        url: `https://…`, or `http://…` to this very machine.
        trust: whom to believe.

    Raises:
        KnownError: the address is none, or would go over a network in clear.
    """

    def __init__(self, url: str, trust: ssl.SSLContext, headers: dict[str, str] | None = None) -> None:
        self.url = checked_url(url)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.clear()
        self._session.headers.update({"Accept-Encoding": "identity", **(headers or {})})
        self._session.verify = trust.verify_mode is ssl.CERT_REQUIRED
        self._cord = Cord()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, _Adapter(trust, self._cord))

    def close(self) -> None:
        self._session.close()

    def hang_up(self) -> None:
        """From any thread: end what is being asked. It and all further questions raise StoppedError."""
        self._cord.pull()

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Generator[bytes, None, None]:
        """The answer in pieces. Raises RefusedError; UnreachableError and StoppedError also halfway."""
        try:
            answer = self._session.request(
                method,
                self.url + path,
                data=body,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
            )
            with closing(answer):
                if answer.status_code != 200:
                    raise _no(answer)
                while piece := answer.raw.read1(_PIECE, decode_content=False):
                    yield piece
        except _DOWN as error:
            if self._cord.pulled:
                raise StoppedError from error
            raise UnreachableError(type(error).__name__) from error

    def whole(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> bytes:
        """The whole answer, if it is a bearable one."""
        received = bytearray()
        for piece in self.ask(method, path, body, headers):
            received += piece
            if len(received) > codec.LARGEST_MESSAGE:
                raise UnreachableError("the answer does not end")
        return bytes(received)

    def message(self, path: str, content: object, kind: type[T]) -> T:
        """One message for another."""
        return self._decoded(self.whole("POST", path, codec.encode(content)), kind)

    def file(self, path: str, data: bytes, kind: type[T], headers: dict[str, str] | None = None) -> T:
        """One message for a sealed file, which goes as it is."""
        return self._decoded(self.whole("POST", path, data, headers), kind)

    @staticmethod
    def _decoded(answer: bytes, kind: type[T]) -> T:
        try:
            return codec.decode(answer, kind)
        except codec.MalformedError as error:
            raise UnreachableError("the answer is no message") from error


class HttpSyncApi:
    """`SyncApi` over HTTP.

    Args:
        url: where the server is.
        token: what the laptop got when it was enrolled.
        ca_pem: the community's certificate, alone trusted; None to trust what the system trusts.

    Raises:
        KnownError: the address is none, or would go over a network in clear.
    """

    def __init__(self, url: str, token: str, ca_pem: str | None) -> None:
        context = ssl.create_default_context(cadata=ca_pem)
        self._line = Line(url, context, {"Authorization": f"Bearer {token}"})

    def close(self) -> None:
        self._line.close()

    def hang_up(self) -> None:
        """From any thread: end what is being asked. It and all further questions raise StoppedError."""
        self._line.hang_up()

    def hello(self, hello: Hello) -> Welcome:
        return self._line.message("/hello", hello, Welcome)

    def push(self, changes: Sequence[Change]) -> Answers:
        return self._line.message("/push", list(changes), Answers)

    def pull(self, since: int, places: Sequence[Id]) -> Iterator[Frame]:
        return self._frames("/pull", PullOrder(since, list(places)))

    def fill(self, orders: Sequence[FillOrder]) -> Iterator[Frame]:
        return self._frames("/fill", list(orders))

    def digest(self, places: Sequence[Id]) -> list[PlaceDigest]:
        return self._line.message("/digest", list(places), list[PlaceDigest])

    def lacking(self, changes: Sequence[Id]) -> list[Id]:
        return self._line.message("/lacking", list(changes), list[Id])

    def recover(self, copies: Sequence[Change]) -> Answers:
        return self._line.message("/recover", list(copies), Answers)

    def waiting(self) -> list[Waiting]:
        return self._line.message("/waiting", None, list[Waiting])

    def decide(self, decisions: Sequence[Decision]) -> Answers:
        return self._line.message("/decide", list(decisions), Answers)

    def preview(self, changes: Sequence[Change]) -> list[Consequence]:
        return self._line.message("/preview", list(changes), list[Consequence])

    def carry_on(self, sealed: bytes) -> bytes:
        """Hand on somebody's pack as it came; the sealed answers to take back to that laptop.

        Raises as `SyncApi`; `malformed`, with the reason in words, where the server has no use for it.
        """
        return self._line.file("/unpack", sealed, bytes)

    def hand_in(self, sealed: bytes, grant: str) -> msgspec.Raw:
        """Leave the last file of a laptop that is shut out; what is to be a receipt (see `pack.is_receipt`).

        The same file again is harmless.
        """
        return self._line.file("/handin", sealed, msgspec.Raw, {"X-Grant": grant, "X-Receipt": "1"})

    def _frames(self, path: str, content: object) -> Iterator[Frame]:
        with closing(self._line.ask("POST", path, codec.encode(content))) as pieces:
            try:
                yield from codec.read_frames(pieces)
            except codec.MalformedError as error:
                raise UnreachableError("the answer is no frame") from error
            for _ in pieces:  # what ends the body; read, so that the connection can be used again
                pass


def checked_url(url: str) -> str:
    """An address a laptop may speak to, without its last slash. Raises KnownError for any other."""
    parts = urlsplit(url.strip())
    try:
        host, plain = parts.hostname, parts.username is None and not (parts.query or parts.fragment)
        _ = parts.port
    except ValueError:
        host, plain = None, False
    if parts.scheme not in ("http", "https") or not host or not plain:
        raise KnownError(
            "bad_url",
            f"“{url}”不是服务器地址，要写成 https://电脑名:端口。",
            f"{url} is no server address; write https://name:port.",
        )
    if parts.scheme == "http" and not _is_loopback(host):
        raise KnownError(
            "insecure_url",
            "这个地址不加密，没有连接。请用 https:// 开头的地址。",
            "This address is not encrypted, so nothing was sent; use https://.",
        )
    return url.strip().rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _no(answer: requests.Response) -> Exception:
    """What an answer that is not 200 means."""
    body = answer.raw.read(_LONGEST_REFUSAL, decode_content=False)
    try:
        refusal = msgspec.json.decode(body, type=_Refusal)
    except msgspec.DecodeError:
        return UnreachableError(f"status {answer.status_code}")
    return RefusedError(refusal.code, refusal.words, refusal.grant)
