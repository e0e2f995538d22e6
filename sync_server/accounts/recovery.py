"""The recovery key: its private half lies printed in a safe, and opens what was sealed to it."""

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from gridclient.core.domain.errors import KnownError


def private_pem(key: X25519PrivateKey) -> bytes:
    """The file that goes into the safe."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def read_private(path: Path) -> bytes:
    """The 32 bytes of the private key in a file. Raises KnownError where there is none."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise _no_key(path) from error
    if not isinstance(key, X25519PrivateKey):
        raise _no_key(path)
    return key.private_bytes_raw()


def _no_key(path: Path) -> KnownError:
    return KnownError(
        "no_recovery_key",
        f"“{path}”不是恢复钥匙，或者读不到。要用建服务器时锁进保险柜的那一份。",
        f"{path} is no recovery key or cannot be read; use the one locked away when the server was made.",
    )
