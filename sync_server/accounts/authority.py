"""The community's own certificate authority, and the server's certificate from it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from gridclient.core.wire.codes import FINGERPRINT_BYTES

_AUTHORITY_DAYS = 20 * 365
_SERVER_DAYS = 5 * 365
_RENEW_DAYS = 90


class Pair(NamedTuple):
    """A certificate and its private key, both PEM."""

    certificate: bytes
    key: bytes


def new_authority(community: str, now: int) -> Pair:
    """A certificate authority that signs for one community and nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"{community} 民情台账"[:64])
    builder = _builder(name, name, key.public_key(), now, _AUTHORITY_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(authority=True), critical=True)
    return _signed(builder, key, key)


def issue(authority: Pair, names: Sequence[str], now: int) -> Pair:
    """A server certificate for host names and addresses."""
    issuer = x509.load_pem_x509_certificate(authority.certificate)
    issuer_key = serialization.load_pem_private_key(authority.key, None)
    assert isinstance(issuer_key, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name("gridserver"), issuer.subject, key.public_key(), now, _SERVER_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(authority=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    builder = builder.add_extension(x509.SubjectAlternativeName([_alternative(n) for n in names]), False)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
    )
    return _signed(builder, key, issuer_key)


def covers(certificate: bytes, names: Sequence[str], now: int) -> bool:
    """Whether a server certificate holds for all these names and for a while yet."""
    held = x509.load_pem_x509_certificate(certificate)
    alternatives = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    soon = datetime.fromtimestamp(now / 1000, UTC) + timedelta(days=_RENEW_DAYS)
    return held.not_valid_after_utc > soon and all(_alternative(name) in alternatives for name in names)


def fingerprint(certificate: bytes) -> bytes:
    """The first 80 bits of a certificate's SHA-256: what a one-time code says of it."""
    held = x509.load_pem_x509_certificate(certificate)
    return sha256(held.public_bytes(serialization.Encoding.DER)).digest()[:FINGERPRINT_BYTES]


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, now: int, days: int
) -> x509.CertificateBuilder:
    start = datetime.fromtimestamp(now / 1000, UTC) - timedelta(days=1)  # clocks of laptops run behind
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name.encode("idna").decode())


def _signed(
    builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey
) -> Pair:
    certificate = builder.sign(by, hashes.SHA256())
    return Pair(
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )
