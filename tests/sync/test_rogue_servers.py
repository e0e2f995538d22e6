"""Whoever answers in the community's place learns neither the token nor the code."""

import datetime
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.codes import FINGERPRINT_BYTES, compose
from gridclient.core.wire.messages import RefusedError, UnreachableError
from gridclient.sync.enrolment import redeem
from gridclient.sync.http import HttpSyncApi
from sync_server.accounts import authority
from tests.server.town import START
from tests.sync.rogue import Rogue, rogue

TOKEN = "the-token-of-this-very-laptop"
SECRET = b"s" * 10
DAY = datetime.timedelta(days=1)
Made = Callable[[trustme.CA, Path], ssl.SSLContext]


def context(cert: trustme.LeafCert) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(made)
    return made


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def self_signed(_: trustme.CA, path: Path) -> ssl.SSLContext:
    return from_files(path, authority.new_authority("别的社区", START))


def from_files(path: Path, pair: authority.Pair) -> ssl.SSLContext:
    (path / "certificate.pem").write_bytes(pair.certificate)
    (path / "key.pem").write_bytes(pair.key)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(path / "certificate.pem", path / "key.pem")
    return made


def other_authority(_: trustme.CA, path: Path) -> ssl.SSLContext:
    return context(trustme.CA().issue_cert("localhost"))


def same_name_other_key(community: trustme.CA, path: Path) -> ssl.SSLContext:
    """An authority that calls itself what the community's is called."""
    return context(trustme.CA(organization_name="trustme v1").issue_cert("localhost"))


def below_another(_: trustme.CA, path: Path) -> ssl.SSLContext:
    return context(trustme.CA().create_child_ca().issue_cert("localhost"))


def wrong_host(community: trustme.CA, path: Path) -> ssl.SSLContext:
    return context(community.issue_cert("shequ.example"))


def wrong_address(community: trustme.CA, path: Path) -> ssl.SSLContext:
    return context(community.issue_cert("192.0.2.1"))


def name_inside(community: trustme.CA, path: Path) -> ssl.SSLContext:
    return context(community.issue_cert("localhost.example"))


def expired(community: trustme.CA, path: Path) -> ssl.SSLContext:
    return context(community.issue_cert("localhost", not_before=now() - 9 * DAY, not_after=now() - DAY))


def not_yet(community: trustme.CA, path: Path) -> ssl.SSLContext:
    return context(community.issue_cert("localhost", not_before=now() + DAY, not_after=now() + 9 * DAY))


def too_old_a_protocol(community: trustme.CA, path: Path) -> ssl.SSLContext:
    made = context(community.issue_cert("localhost"))
    made.set_ciphers("ALL:@SECLEVEL=0")
    made.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        made.maximum_version = ssl.TLSVersion.TLSv1_1
    return made


def without_certificate(_: trustme.CA, path: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.set_ciphers("aNULL:@SECLEVEL=0")
    made.maximum_version = ssl.TLSVersion.TLSv1_2
    return made


ROGUES: tuple[Made, ...] = (
    *(self_signed, other_authority, same_name_other_key, below_another, wrong_host, wrong_address),
    *(name_inside, expired, not_yet, too_old_a_protocol, without_certificate),
)


@pytest.fixture
def community() -> trustme.CA:
    return trustme.CA()


def pem(ca: trustme.CA) -> str:
    return ca.cert_pem.bytes().decode()


def ask(server: Rogue, ca: trustme.CA) -> None:
    line = HttpSyncApi(server.url, TOKEN, pem(ca))
    try:
        line.digest([])
    finally:
        line.close()


def heard(server: Rogue) -> bytes:
    return b"".join(server.heard)


@pytest.mark.parametrize("made", ROGUES, ids=lambda made: made.__name__)
@pytest.mark.parametrize("trusting", [False, True], ids=["", "trusted_by_the_surroundings"])
def test_who_is_not_the_communitys_hears_nothing(
    community: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Made, trusting: bool
) -> None:
    trust = made(community, tmp_path)
    if trusting:  # somebody has spoilt the machine's settings: every authority there is would be believed
        bundle = tmp_path / "bundle.pem"
        bundle.write_text("".join(pem(ca) for ca in (community, trustme.CA())))
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
            monkeypatch.setenv(name, str(bundle))
        monkeypatch.setenv("PYTHONHTTPSVERIFY", "0")
    with rogue(trust) as server:
        with pytest.raises(UnreachableError):
            ask(server, community)
        assert heard(server) == b""
        assert server.connections


def test_an_authority_the_machine_trusts_is_not_trusted(
    community: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = trustme.CA()
    (tmp_path / "bundle.pem").write_text(pem(other))
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "bundle.pem"))
    with rogue(context(other.issue_cert("localhost"))) as server:
        with pytest.raises(UnreachableError):
            ask(server, community)
        assert heard(server) == b""


def test_the_communitys_own_certificate_is_spoken_to(community: trustme.CA) -> None:
    """What makes the refusals above mean something: this server hears the token."""
    with rogue(context(community.issue_cert("localhost"))) as server:
        with pytest.raises(UnreachableError):  # the answer is no message
            ask(server, community)
        assert TOKEN.encode() in heard(server)


def test_plain_words_where_tls_is_due_are_not_answered(community: trustme.CA) -> None:
    with rogue(None) as server:
        line = HttpSyncApi(f"https://localhost:{server.port}", TOKEN, pem(community))
        with pytest.raises(UnreachableError):
            line.digest([])
        line.close()
        assert TOKEN.encode() not in heard(server)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_is_followed_elsewhere(community: trustme.CA, status: int) -> None:
    trust = context(community.issue_cert("localhost"))
    with rogue(None) as elsewhere:
        moved = f"HTTP/1.1 {status} Moved\r\nLocation: {elsewhere.url}/digest\r\nContent-Length: 0\r\n\r\n"
        with rogue(trust, raw=moved.encode()) as server, pytest.raises(UnreachableError):
            ask(server, community)
        assert elsewhere.connections == 0


def test_no_proxy_hears_of_it(community: trustme.CA, monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    with rogue(None) as proxy, rogue(context(community.issue_cert("localhost"))) as server:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        for name in (".netrc", "_netrc"):
            (own_home / name).write_text("machine localhost login a password b")
        with pytest.raises(UnreachableError):
            ask(server, community)
        assert proxy.connections == 0
        assert b"Authorization: Bearer " + TOKEN.encode() in heard(server)


def code_of(ca: trustme.CA) -> str:
    return compose(SECRET, authority.fingerprint(ca.cert_pem.bytes())[:FINGERPRINT_BYTES])


def offering(ca: trustme.CA) -> dict[str, bytes]:
    return {"/ca": ca.cert_pem.bytes()}


@pytest.mark.parametrize("made", ROGUES, ids=lambda made: made.__name__)
def test_a_code_is_not_told_to_who_only_shows_the_certificate(
    community: trustme.CA, tmp_path: Path, made: Made
) -> None:
    """The community's certificate is no secret: anybody can show it."""
    with rogue(made(community, tmp_path), offering(community)) as server:
        with pytest.raises((UnreachableError, KnownError, RefusedError)):
            redeem(server.url, code_of(community), b"d" * 16, b"k" * 32)
        assert b"/enrol" not in heard(server)
        assert SECRET not in heard(server)


def test_a_code_is_not_told_to_who_shows_his_own_certificate(community: trustme.CA) -> None:
    other = trustme.CA()
    with rogue(context(other.issue_cert("localhost")), offering(other)) as server:
        with pytest.raises(KnownError) as known:
            redeem(server.url, code_of(community), b"d" * 16, b"k" * 32)
        assert known.value.code == "other_server"
        assert b"/enrol" not in heard(server)


def test_a_code_is_told_to_the_communitys_own(community: trustme.CA) -> None:
    with rogue(context(community.issue_cert("localhost")), offering(community)) as server:
        with pytest.raises(UnreachableError):
            redeem(server.url, code_of(community), b"d" * 16, b"k" * 32)
        assert b"/enrol" in heard(server)
