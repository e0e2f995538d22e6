"""The bytes of a store's file as they lie under its encryption, free space and old pages included."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAGE = 4096
_SALT = 16
_RESERVED = 80  # sixteen bytes of start value, sixty-four of seal


def pages(path: Path, key: bytes) -> bytes:
    """Everything in an SQLCipher file whose key is given as raw bytes."""
    data = path.read_bytes()
    plain = []
    for start in range(0, len(data), _PAGE):
        page = data[start + _SALT * (start == 0) : start + _PAGE]
        body, initial = page[:-_RESERVED], page[-_RESERVED : -_RESERVED + 16]
        decryptor = Cipher(algorithms.AES256(key), modes.CBC(initial)).decryptor()
        plain.append(decryptor.update(body) + decryptor.finalize())
    return b"".join(plain)
