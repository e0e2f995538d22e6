"""Letting this laptop in by a one-time code."""

import ssl
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import NameOID

from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.wire.codes import FINGERPRINT_BYTES, parse
from gridclient.core.wire.messages import Enrolled, Enrolment, UnreachableError
from gridclient.sync.cord import CONNECT_SECONDS
from gridclient.sync.http import Line, checked_url

_LONGEST = 64 * 1024


def redeem(
    url: str,
    code: str,
    device: Id,
    public_key: bytes,
    label: str = "",
    *,
    previous: Id | None = None,
    trusted: str = "",
) -> tuple[Enrolled, str]:
    """What the server says of this laptop, and the certificate (PEM) to trust from now on.

    `previous`: the id it bears in this community till now; `trusted`: the certificate of that community.

    The certificate comes over a line nobody vouches for, and is believed because the code names it; the
    code's secret goes only to a server that proves to be the certificate's.

    Raises:
        KnownError: it is no code, the address is none, another server answers there, or another community's.
        RefusedError, UnreachableError: as in `SyncApi`.
    """
    try:
        secret, fingerprint = parse(code)
    except ValueError as error:
        raise KnownError(
            "code_wrong",
            "领取码不对，应当是八组、每组四个字母或数字。看看有没有抄漏。",
            "This is no code: it has eight groups of four letters or digits.",
        ) from error
    offered = _offered(url)
    if sha256(offered).digest()[:FINGERPRINT_BYTES] != fingerprint:
        raise KnownError(
            "other_server",
            "这个地址上不是发领取码的那台服务器，什么都没有送出去。核对一下地址和领取码。",
            "The server at this address is not the one the code is from; nothing was sent.",
        )
    certificate = ssl.DER_cert_to_PEM_cert(offered)  # what was named, and nothing that came along with it
    if trusted and ssl.PEM_cert_to_DER_cert(trusted) != offered:
        raise KnownError(
            "enrolled_already",
            "这本台账已经加入了另一个社区，什么都没有送出去。换社区要另建一本。",
            "This ledger has joined another community; make another ledger. Nothing was sent.",
        )
    line = Line(url, ssl.create_default_context(cadata=certificate))
    try:
        enrolled = line.message("/enrol", Enrolment(secret, device, public_key, label, previous), Enrolled)
    finally:
        line.close()
    return enrolled, certificate


def who_is_there(url: str) -> str:
    """The name on the certificate a server shows: a courtesy before the code is typed, no proof.

    Raises:
        KnownError: the address is none. UnreachableError: nobody answered as a community's server.
    """
    offered = _offered(url)
    try:
        names = x509.load_der_x509_certificate(offered).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    except ValueError as error:
        raise UnreachableError("no certificate") from error
    return str(names[0].value) if names else url


def _offered(url: str) -> bytes:
    """What the server says its community's certificate is (DER); of no certificate, nothing.

    The one request whose answer is not believed: only the code can say whether it is true.
    """
    parts = urlsplit(checked_url(url))
    nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    nobody.check_hostname = False
    nobody.verify_mode = ssl.CERT_NONE
    host = parts.hostname or ""
    plain = HTTPConnection(host, parts.port, timeout=CONNECT_SECONDS)
    secure = HTTPSConnection(host, parts.port, timeout=CONNECT_SECONDS, context=nobody)
    connection = secure if parts.scheme == "https" else plain
    try:
        connection.request("GET", f"{parts.path}/ca")
        return ssl.PEM_cert_to_DER_cert(connection.getresponse().read(_LONGEST).decode("ascii", "replace"))
    except (OSError, HTTPException) as error:
        raise UnreachableError(type(error).__name__) from error
    except ValueError:
        return b""
    finally:
        connection.close()
