"""Packs: the same pushes in a file, signed by the laptop, sealed to the community; and answers that go back.

Only the server answers a pack. A desk laptop can open one and carry the sealed original on.
"""

from hashlib import sha256
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire import codec, sealing
from gridclient.core.wire.messages import Answer

_PURPOSE = "minqing pack 1"
_ANSWERED = "minqing answers 1"
OWN_CHANGES = "minqing own changes 1"  # what a laptop had sent of places it lost, for the safe
_CREDENTIAL = b"minqing credential 1"
_RECEIPT = b"minqing receipt 1"
LARGEST_PACK = 256 * 1024 * 1024  # unpacked: months of a whole community's work

T = TypeVar("T")


class PackError(ValueError):
    """Why a file cannot be used, as one word.

    `no_box`: no sealed file at all. `foreign`: not for this key, or not of this sort. `damaged`. `unvouched`:
    the community's server never said that the signing key is this laptop's. `unsigned`: the signature does
    not hold.
    """


class Pack(msgspec.Struct, frozen=True, array_like=True):
    """What one laptop had to send at a moment (`made`, Unix milliseconds), oldest change first.

    `credential`: the server's signature that `public_key` is this device's, so that a desk laptop can judge
    the pack without the server; the server itself knows the key of every device.
    `box_key`: the laptop's X25519 public key, to which the answers are sealed. `reason`: `stick`, or
    `revoked` for the last file of a laptop that is shut out, which takes along what may be nowhere else:
    `copies` (of what others wrote and a server had lost, as `SyncApi.recover` takes them) and `files`, sealed
    (colleagues' packs as they came, own changes of places it lost).
    """

    community: str
    device: Id
    worker: Id
    public_key: bytes
    credential: bytes
    box_key: bytes
    made: int
    changes: list[msgspec.Raw]
    reason: str = "stick"
    copies: list[msgspec.Raw] = []
    files: list[bytes] = []


class AnswerFile(msgspec.Struct, frozen=True, array_like=True):
    """What the server said to a pack. `history`, `seq`: the server's order once the pack was taken in.

    `at`: when that was by the server's clock, so that a laptop without a network keeps its lease; 0 for one
    that is shut out.
    """

    device: Id
    pack: bytes
    history: Id
    seq: int
    answers: list[Answer]
    at: int = 0


class _Signed(msgspec.Struct, frozen=True, array_like=True):
    content: bytes
    signature: bytes


def encode_changes(changes: list[Change]) -> list[msgspec.Raw]:
    """Every change encoded on its own, so that one bad one is one bad one."""
    return [msgspec.Raw(msgspec.msgpack.encode(change)) for change in changes]


def close_pack(pack: Pack, signing_key: bytes, recipients: list[bytes]) -> bytes:
    """The file of a pack. `signing_key`: the laptop's Ed25519 seed; `recipients`: X25519 public keys."""
    return sealing.seal(_sign(pack, signing_key), recipients, _PURPOSE)


def open_pack(data: bytes, private: bytes, server_key: bytes) -> Pack:
    """The pack in a file, its signature and credential checked.

    Args:
        private: the X25519 private key of the desk, the server or the safe.
        server_key: the server's Ed25519 public key, which vouches for the laptop's.

    Raises:
        PackError: see there.
    """
    signed = _unsealed(data, private, _PURPOSE)
    pack = _content(signed, Pack)
    if not is_credential(pack.credential, server_key, pack.device, pack.worker, pack.public_key):
        raise PackError("unvouched")
    _verify(signed, pack.public_key)
    return pack


def file_id(data: bytes) -> bytes:
    """What tells one sealed file from another: an answer file names the pack it answers by it."""
    return sha256(data).digest()


def close_answers(answers: AnswerFile, server_seed: bytes, recipient: bytes) -> bytes:
    """The file of answers, sealed to the laptop that made the pack (its `box_key`)."""
    return sealing.seal(_sign(answers, server_seed), [recipient], _ANSWERED)


def open_answers(data: bytes, private: bytes, server_key: bytes) -> AnswerFile:
    """The answers in a file, if the server signed them and they are for this laptop. Raises PackError."""
    signed = _unsealed(data, private, _ANSWERED)
    _verify(signed, server_key)
    return _content(signed, AnswerFile)


def credential(device: Id, worker: Id, public_key: bytes, server_seed: bytes) -> bytes:
    """The server's word that a signing key is a device's."""
    said = _CREDENTIAL + device + worker + public_key
    return Ed25519PrivateKey.from_private_bytes(server_seed).sign(said)


def is_credential(claimed: bytes, server_key: bytes, device: Id, worker: Id, public_key: bytes) -> bool:
    """Whether the server has given its word for this key."""
    return _is_signed(claimed, server_key, _CREDENTIAL + device + worker + public_key)


def receipt(device: Id, file: bytes, server_seed: bytes) -> bytes:
    """The server's word that it holds the last file (its `file_id`) of a device that is shut out."""
    return Ed25519PrivateKey.from_private_bytes(server_seed).sign(_RECEIPT + device + file)


def is_receipt(answer: bytes, server_key: bytes, device: Id, file: bytes) -> bool:
    """Whether an answer, encoded as it came, is the server's receipt for this very file."""
    try:
        claimed = msgspec.msgpack.decode(answer, type=bytes)
    except codec.NO_MESSAGE:
        return False
    return _is_signed(claimed, server_key, _RECEIPT + device + file)


def box_key(seed: bytes) -> bytes:
    """The X25519 private key answers are sealed to; a laptop needs to keep nothing but its signing seed."""
    return HKDF(hashes.SHA256(), 32, None, b"minqing box key 1").derive(seed)


def verify_key(seed: bytes) -> bytes:
    """The Ed25519 public key of a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def _is_signed(claimed: bytes, public: bytes, said: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(claimed, said)
    except (InvalidSignature, ValueError):
        return False
    return True


def _sign(content: object, seed: bytes) -> bytes:
    said = msgspec.msgpack.encode(content)
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(said)
    return codec.encode(_Signed(said, signature))


def _unsealed(data: bytes, private: bytes, purpose: str) -> _Signed:
    try:
        return codec.decode(sealing.unseal(data, private, purpose), _Signed, LARGEST_PACK)
    except sealing.SealError as error:
        raise PackError(str(error)) from error
    except codec.MalformedError as error:
        raise PackError("damaged") from error


def _content(signed: _Signed, kind: type[T]) -> T:
    try:
        return msgspec.msgpack.decode(signed.content, type=kind)
    except codec.NO_MESSAGE as error:
        raise PackError("damaged") from error


def _verify(signed: _Signed, public: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signed.signature, signed.content)
    except (InvalidSignature, ValueError) as error:
        raise PackError("unsigned") from error
