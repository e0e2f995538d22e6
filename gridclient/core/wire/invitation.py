"""An invitation: all a laptop needs to be let in, in one small file instead of words to type."""

import binascii
from hashlib import sha256
from typing import Literal

import msgspec

from gridclient.core.wire import codes

LARGEST = 64 * 1024
_PEM = ("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----")


class InvitationError(ValueError):
    """No invitation, or one whose parts do not belong together."""


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """Whom it is for, where the server is (the first address that answers counts), the one-time code, and the
    community's certificate (PEM). Whoever has the file can use it, once and until it expires."""

    minqing: Literal["invitation 1"] = "invitation 1"
    community: str
    name: str
    urls: list[str]
    code: str
    ca: str
    expires: str


def encode(invitation: Invitation) -> bytes:
    return msgspec.json.format(msgspec.json.encode(invitation), indent=1) + b"\n"


def decode(data: bytes) -> Invitation:
    """The invitation in a file. Raises InvitationError."""
    if len(data) > LARGEST:
        raise InvitationError("too large")
    try:
        found = msgspec.json.decode(data, type=Invitation)
        code = codes.parse(found.code)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise InvitationError("no invitation") from error
    if not found.urls or sha256(der(found.ca)).digest()[: codes.FINGERPRINT_BYTES] != code.fingerprint:
        raise InvitationError("the code is not this certificate's")
    return found


def der(pem: str) -> bytes:
    """The certificate in a PEM text as bytes; nothing where it is none."""
    head, tail = pem.find(_PEM[0]), pem.find(_PEM[1])
    if head < 0 or tail < head:
        return b""
    try:
        return binascii.a2b_base64("".join(pem[head + len(_PEM[0]) : tail].split()))
    except binascii.Error:
        return b""
