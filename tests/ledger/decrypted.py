"""The pages of a ledger file as they lie under the encryption: free ones, slack and the WAL among them.

SQLCipher 4: 4096 bytes a page, AES-256-CBC, at the end of each 16 bytes of IV and 64 of seal; the first page
begins with 16 bytes of salt. A frame of the WAL is a header of 24 bytes and a page, after 32 of its own.
"""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVE, SALT = 4096, 80, 16
WAL_HEADER, FRAME_HEADER = 32, 24


def pages(path: Path, key: bytes) -> Iterator[bytes]:
    """Every page of the file and of the WAL beside it, in clear."""
    content = path.read_bytes()
    for at in range(0, len(content), PAGE):
        yield _open(content[at : at + PAGE], key, SALT if at == 0 else 0)
    wal = path.with_name(path.name + "-wal")
    frames = wal.read_bytes()[WAL_HEADER:] if wal.exists() else b""
    for at in range(0, len(frames), FRAME_HEADER + PAGE):
        number = int.from_bytes(frames[at : at + 4], "big")
        frame = frames[at + FRAME_HEADER : at + FRAME_HEADER + PAGE]
        yield _open(frame, key, SALT if number == 1 else 0)


def _open(page: bytes, key: bytes, start: int) -> bytes:
    end = PAGE - RESERVE
    opened = Cipher(algorithms.AES(key), modes.CBC(page[end : end + 16])).decryptor()
    return opened.update(page[start:end]) + opened.finalize()
