"""Record and change ids: 16 bytes inside the program, the usual 36 characters outside it.

New things get a UUIDv7, geography and imported rows a UUIDv5 of what they are, so that two laptops that
name the same thing without hearing of each other meet. No id is ever made from an ID number.
"""

import unicodedata
import uuid
from hashlib import sha1

Id = bytes

# The name space of the product. It can never change: every UUIDv5 of every real ledger hangs on it.
NAMESPACE = uuid.UUID("6f1d0c1e-7a52-5d0e-9c7b-63a9f0d41b27")
_NAMESPACE_BYTES = NAMESPACE.bytes


def named(*parts: str) -> Id:
    """The UUIDv5 of a normalised natural key; parts are compared after NFKC, case folding and trimming."""
    key = "\x1f".join([unicodedata.normalize("NFKC", part).casefold().strip() for part in parts])
    # What uuid.uuid5 does, without its object: an import names tens of thousands of things.
    value = bytearray(sha1(_NAMESPACE_BYTES + key.encode(), usedforsecurity=False).digest()[:16])
    value[6] = 0x50 | value[6] & 0x0F
    value[8] = 0x80 | value[8] & 0x3F
    return bytes(value)


def timed(millis: int, randomness: bytes) -> Id:
    """A UUIDv7 (RFC 9562) from Unix milliseconds and ten random bytes."""
    value = bytearray((millis & (1 << 48) - 1).to_bytes(6, "big") + randomness[:10])
    value[6] = 0x70 | value[6] & 0x0F
    value[8] = 0x80 | value[8] & 0x3F
    return bytes(value)


def millis(identity: Id) -> int:
    """The Unix milliseconds a UUIDv7 was made at."""
    return int.from_bytes(identity[:6], "big")


def text(identity: Id) -> str:
    """The id as people and files see it."""
    return str(uuid.UUID(bytes=identity))


def parse(written: str) -> Id:
    """The id behind its text.

    Raises:
        ValueError: the text is no UUID.
    """
    return uuid.UUID(written).bytes
