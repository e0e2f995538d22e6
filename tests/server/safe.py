"""The key in the safe of a town."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tests.server.town import Town


def recovery_key(town: Town) -> bytes:
    """Its private half."""
    key = load_pem_private_key((town.path / "recovery.pem").read_bytes(), None)
    assert isinstance(key, X25519PrivateKey)
    return key.private_bytes_raw()
