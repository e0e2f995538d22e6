"""The one-time code that lets a laptop in, as people read it out and type it.

Eight groups of four characters: 80 bits of secret, then 80 bits of the fingerprint of the community's
certificate, so that whoever types it meets the right server over a line that is not yet trusted.
"""

from typing import NamedTuple

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U to misread
SECRET_BYTES = FINGERPRINT_BYTES = 10
_LENGTH = 32
_MISREAD = str.maketrans("OIL", "011")


class Code(NamedTuple):
    """`secret` is the first half in canonical spelling: what an enrolment carries."""

    secret: str
    fingerprint: bytes


def compose(secret: bytes, fingerprint: bytes) -> str:
    """The code over ten bytes of secret and the first ten bytes of a certificate's SHA-256."""
    number = int.from_bytes(secret[:SECRET_BYTES] + fingerprint[:FINGERPRINT_BYTES], "big")
    written = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return "-".join(written[start : start + 4] for start in range(0, _LENGTH, 4))


def parse(written: str) -> Code:
    """The code behind what somebody typed: any case, any spaces and dashes.

    Raises:
        ValueError: it cannot be a code.
    """
    plain = "".join(c for c in written.upper() if c.isalnum()).translate(_MISREAD)
    if len(plain) != _LENGTH or any(c not in ALPHABET for c in plain):
        raise ValueError("not a code")
    number = 0
    for character in plain[_LENGTH // 2 :]:
        number = number << 5 | ALPHABET.index(character)
    return Code(plain[: _LENGTH // 2], number.to_bytes(FINGERPRINT_BYTES, "big"))
