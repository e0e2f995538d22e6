"""The data key of a ledger and its wraps.

The file is encrypted with a random 256-bit key. That key lies beside it wrapped twice: by Argon2id of the
passphrase, and by a recovery key (a sheet for a single user; the community's public half once enrolled).
Changing the passphrase re-wraps; the file itself is never re-encrypted.
"""

import base64
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gridclient.core.domain.errors import KnownError
from gridclient.ledger.files import write_durably

SHORTEST = 10
# RFC 9106, second recommended set: for machines without 2 GiB to spare.
ARGON = {"time": 3, "memory": 65536, "lanes": 4}
MOST = {"time": 64, "memory": 1 << 21, "lanes": 64}  # 2 GiB
COMMON = frozenset(
    {
        "1234567890",
        "12345678910",
        "123456789a",
        "a123456789",
        "abc123456789",
        "password123",
        "passw0rd123",
        "qwertyuiop",
        "1qaz2wsx3edc",
        "qazwsxedcrfv",
        "woaini1314520",
        "minqing12345",
        "shequ123456",
        "wangge12345",
    }
)
_SHEET = re.compile(r"[^0-9A-Z]")
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U to misread


class WrongPassphraseError(KnownError):
    def __init__(self) -> None:
        super().__init__(
            "wrong_passphrase",
            "口令不对，台账没有受影响。再试一次。",
            "Wrong passphrase; the ledger is unchanged.",
        )


class KeysDamagedError(KnownError):
    def __init__(self) -> None:
        super().__init__(
            "keys_damaged",
            "台账的钥匙文件读不出来，台账本身没有动过。从备份里取回 keys.json 再开。",
            "The key file cannot be read; the ledger is untouched. Put keys.json back from a backup.",
        )


@dataclass(frozen=True)
class KeyFile:
    """The wraps as they lie on disk; holds nothing secret in clear."""

    passphrase: dict[str, Any]
    recovery: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> "KeyFile":
        """Raises KnownError where the file is missing or is none of ours."""
        try:
            held = json.loads(path.read_text("utf-8"))
            if not all(isinstance(held[wrap], dict) for wrap in ("passphrase", "recovery")):
                raise TypeError("a wrap is no object")
            return cls(held["passphrase"], held["recovery"])
        except FileNotFoundError as error:
            raise KnownError(
                "no_ledger",
                "这个文件夹里没有台账。先用 init 建一本。",
                "No ledger in this folder; make one with init.",
            ) from error
        except PermissionError as error:
            raise KnownError(
                "unreadable",
                "台账的钥匙文件读不了，看看是不是没有权限。文件没有动过。",
                "The key file may not be read; see who may read it. Nothing was touched.",
            ) from error
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise KeysDamagedError from error

    def write(self, path: Path) -> None:
        held = {"version": 1, "passphrase": self.passphrase, "recovery": self.recovery}
        write_durably(path, json.dumps(held, indent=1).encode())

    def unlock(self, passphrase: str) -> bytes:
        """The data key. Raises WrongPassphraseError, KeysDamagedError.

        Only the wrap that is asked is judged: a damaged recovery wrap keeps nobody out.
        """
        _judge_wrap(self.passphrase)
        _judge_costs(self.passphrase)
        try:
            return _open(_stretch(passphrase, self.passphrase), self.passphrase)
        except InvalidTag as error:
            raise WrongPassphraseError from error

    def recover(self, secret: str) -> bytes:
        """The data key by the recovery sheet's code or the community's private key (PEM).

        Raises:
            KnownError: it is not the key of this ledger, or the wrap is damaged.
        """
        _judge_wrap(self.recovery)
        sort = self.recovery.get("sort")
        if sort not in ("sheet", "community") or (
            sort == "community" and not _holds(self.recovery, "ephemeral", 32)
        ):
            raise KeysDamagedError
        try:
            if self.recovery["sort"] == "sheet":
                return _open(_sheet_key(secret), self.recovery)
            private = serialization.load_pem_private_key(secret.encode(), None)
            if not isinstance(private, X25519PrivateKey):
                raise ValueError("not an X25519 key")
            public = X25519PublicKey.from_public_bytes(_bytes(self.recovery["ephemeral"]))
            return _open(_shared(private.exchange(public)), self.recovery)
        except (InvalidTag, ValueError, TypeError) as error:
            raise KnownError(
                "wrong_recovery_key",
                "这把恢复钥匙打不开这本台账，台账没有受影响。看看是不是拿错了。",
                "This recovery key does not open this ledger; the ledger is unchanged.",
            ) from error

    def with_passphrase(self, key: bytes, passphrase: str, randomness: bytes) -> "KeyFile":
        """The same key under another passphrase. Raises KnownError for a weak one."""
        return replace(self, passphrase=_wrap_passphrase(key, passphrase, randomness))

    def with_community(self, key: bytes, public: bytes, randomness: bytes) -> "KeyFile":
        """The recovery wrap made out to a community's public half (32 bytes)."""
        ephemeral = X25519PrivateKey.from_private_bytes(randomness[:32])
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
        mine = ephemeral.public_key().public_bytes_raw()
        wrap = {
            "sort": "community",
            "ephemeral": _text(mine),
            **_seal(_shared(shared), key, randomness[32:44]),
        }
        return replace(self, recovery=wrap)


def new_key_file(key: bytes, passphrase: str, randomness: bytes) -> tuple[KeyFile, str]:
    """The wraps of a new ledger, and the code of its recovery sheet. `randomness`: 80 bytes.

    Raises:
        KnownError: the passphrase is too weak.
    """
    sheet = "".join(_ALPHABET[byte % 32] for byte in randomness[28:60])
    recovery = {"sort": "sheet", **_seal(_sheet_key(sheet), key, randomness[60:72])}
    code = "-".join(sheet[start : start + 4] for start in range(0, 32, 4))
    return KeyFile(_wrap_passphrase(key, passphrase, randomness[:28]), recovery), code


def signing_pair() -> tuple[bytes, bytes]:
    """A new Ed25519 key, private and public half: what a laptop signs its sticks with."""
    private = Ed25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def judge_passphrase(passphrase: str) -> None:
    """Raises KnownError for one that is too short or too common."""
    if len(passphrase) < SHORTEST:
        raise KnownError(
            "weak_passphrase",
            f"口令至少要 {SHORTEST} 个字，换一个长一点的。",
            f"A passphrase needs at least {SHORTEST} characters.",
        )
    if passphrase.casefold() in COMMON or len(set(passphrase)) < 4:
        raise KnownError(
            "weak_passphrase",
            "这个口令太容易猜到，换一个。",
            "This passphrase is too easy to guess; take another.",
        )


def _judge_wrap(wrap: dict[str, Any]) -> None:
    """Whether a wrap can be opened at all: a nonce, and a key of 32 bytes sealed with a tag of 16."""
    if not _holds(wrap, "nonce", 12) or not _holds(wrap, "box", 48):
        raise KeysDamagedError


def _judge_costs(wrap: dict[str, Any]) -> None:
    """Costs far from any we ever wrote are damage: taken at their word they would take all memory."""
    if not _holds(wrap, "salt", 16):
        raise KeysDamagedError
    for name, most in MOST.items():
        cost = wrap.get(name)
        if not isinstance(cost, int) or isinstance(cost, bool) or not 1 <= cost <= most:
            raise KeysDamagedError
    if wrap["memory"] < 8 * wrap["lanes"]:  # RFC 9106, 3.1
        raise KeysDamagedError


def _holds(wrap: dict[str, Any], name: str, length: int) -> bool:
    held = wrap.get(name)
    try:
        return isinstance(held, str) and len(_bytes(held)) == length
    except ValueError:
        return False


def _wrap_passphrase(key: bytes, passphrase: str, randomness: bytes) -> dict[str, Any]:
    judge_passphrase(passphrase)
    wrap: dict[str, Any] = {"kdf": "argon2id", "salt": _text(randomness[:16]), **ARGON}
    return {**wrap, **_seal(_stretch(passphrase, wrap), key, randomness[16:28])}


def _stretch(passphrase: str, wrap: dict[str, Any]) -> bytes:
    return hash_secret_raw(
        passphrase.encode(),
        _bytes(wrap["salt"]),
        time_cost=wrap["time"],
        memory_cost=wrap["memory"],
        parallelism=wrap["lanes"],
        hash_len=32,
        type=Type.ID,
    )


def _sheet_key(code: str) -> bytes:
    plain = _SHEET.sub("", code.upper().replace("O", "0").replace("I", "1").replace("L", "1"))
    return _shared(plain.encode())


def _shared(secret: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, None, b"minqing ledger recovery 1").derive(secret)


def _seal(under: bytes, key: bytes, nonce: bytes) -> dict[str, str]:
    return {"nonce": _text(nonce), "box": _text(AESGCM(under).encrypt(nonce, key, None))}


def _open(under: bytes, wrap: dict[str, Any]) -> bytes:
    return AESGCM(under).decrypt(_bytes(wrap["nonce"]), _bytes(wrap["box"]), None)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
