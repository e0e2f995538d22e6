"""Sealed boxes: what only the holders of some keys can open (HPKE, RFC 9180, over X25519).

One random key encrypts the content, in pieces so that a large file needs no second copy of itself in one
cipher call; every recipient gets that key wrapped. The purpose is bound in, so a box made for one use opens
for no other.
"""

import os
from collections.abc import Sequence

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_MAGIC = b"MQSEAL1\n"
_PIECE = 1 << 20
_MOST_WRAPS = 16  # trying one costs a key exchange, so a forged box may not ask for many


class SealError(ValueError):
    """`no_box`: no sealed box at all. `foreign`: none that this key opens for this purpose. `damaged`."""


class _Box(msgspec.Struct, array_like=True):
    wraps: list[bytes]
    pieces: list[bytes]


def seal(content: bytes, recipients: Sequence[bytes], purpose: str) -> bytes:
    """A box that each of some X25519 public keys (32 bytes) opens; `purpose` has to be said to open it.

    The key inside is the system's randomness, as is HPKE's own: a seeded one would be no secret.
    """
    key = os.urandom(32)
    info = purpose.encode()
    wraps = [_SUITE.encrypt(key, X25519PublicKey.from_public_bytes(one), info) for one in recipients]
    cipher = ChaCha20Poly1305(key)
    starts = range(0, max(len(content), 1), _PIECE)
    pieces = [
        cipher.encrypt(_nonce(number), content[start : start + _PIECE], _bound(info, number, len(starts)))
        for number, start in enumerate(starts)
    ]
    return _MAGIC + msgspec.msgpack.encode(_Box(wraps, pieces))


def unseal(box: bytes, private: bytes, purpose: str) -> bytes:
    """The content of a box by an X25519 private key (32 bytes). Raises SealError."""
    if not box.startswith(_MAGIC):
        raise SealError("no_box")
    try:
        held = msgspec.msgpack.decode(memoryview(box)[len(_MAGIC) :], type=_Box)
    except (msgspec.DecodeError, RecursionError) as error:
        raise SealError("damaged") from error
    if not held.pieces or len(held.wraps) > _MOST_WRAPS:
        raise SealError("damaged")
    info = purpose.encode()
    key = _key(held.wraps, private, info)
    if len(key) != 32:
        raise SealError("damaged")
    cipher = ChaCha20Poly1305(key)
    try:
        return b"".join(
            cipher.decrypt(_nonce(number), piece, _bound(info, number, len(held.pieces)))
            for number, piece in enumerate(held.pieces)
        )
    except (InvalidTag, ValueError) as error:
        raise SealError("damaged") from error


def is_sealed(content: bytes) -> bool:
    """Whether some bytes claim to be a sealed box."""
    return content.startswith(_MAGIC)


def public_of(private: bytes) -> bytes:
    """The X25519 public key of a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _key(wraps: Sequence[bytes], private: bytes, info: bytes) -> bytes:
    try:
        mine = X25519PrivateKey.from_private_bytes(private)
    except ValueError as error:
        raise SealError("foreign") from error
    for wrap in wraps:
        try:
            return _SUITE.decrypt(wrap, mine, info)
        except (InvalidTag, ValueError):
            continue
    raise SealError("foreign")


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _bound(info: bytes, number: int, count: int) -> bytes:
    """What each piece is bound to: its purpose and its place among how many, so none can be left out."""
    return info + number.to_bytes(4, "big") + count.to_bytes(4, "big")
