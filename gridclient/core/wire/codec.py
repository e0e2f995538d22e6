"""How messages travel: msgpack in zstd, frames one after another with their length before them."""

import struct
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TypeVar

import msgspec
import zstandard

from gridclient.core.wire.messages import Frame, PlaceDigest, UnreachableError

T = TypeVar("T")

LARGEST_MESSAGE = 16 * 1024 * 1024  # unpacked; anything bigger is refused before it costs memory
# What msgspec raises for bytes that are not what they should be: beside its own errors those of text that is
# no text, of moments no calendar has, of keys that cannot be hashed, of nesting without end.
NO_MESSAGE = (msgspec.DecodeError, ValueError, TypeError, OverflowError, RecursionError)
_LENGTH = struct.Struct(">I")
_encoder = msgspec.msgpack.Encoder()
_frames = msgspec.msgpack.Decoder(Frame)


class MalformedError(ValueError):
    """Bytes that are no message of the kind expected."""


def encode(message: object, level: int = 9) -> bytes:
    """A message as it travels. They are small: the higher level costs nothing and saves a few percent."""
    return zstandard.ZstdCompressor(level=level).compress(_encoder.encode(message))


def decode(data: bytes, kind: type[T], most: int = LARGEST_MESSAGE) -> T:
    """The message in some bytes.

    Raises:
        MalformedError: they hold none, or one that unpacks to more than `most` bytes.
    """
    try:
        return msgspec.msgpack.decode(unpack(data, most), type=kind)
    except NO_MESSAGE as error:
        raise MalformedError(str(error)) from error


def unpack(data: bytes, most: int = LARGEST_MESSAGE) -> bytes:
    """The raw bytes behind one zstd frame whose size is declared and bearable."""
    try:
        size = zstandard.frame_content_size(data)
        if not 0 <= size <= most:
            raise MalformedError("size unknown or too large")
        return zstandard.ZstdDecompressor().decompress(data, max_output_size=most)
    except zstandard.ZstdError as error:
        raise MalformedError(str(error)) from error


def write_frame(packed: bytes) -> bytes:
    """One already compressed frame as it stands in a stream."""
    return _LENGTH.pack(len(packed)) + packed


END = _LENGTH.pack(0)  # closes a stream; without it the line was cut


def read_frames(chunks: Iterable[bytes]) -> Iterator[Frame]:
    """The frames of a stream.

    Raises:
        UnreachableError: the stream ended before its end mark.
        MalformedError: a frame is none.
    """
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(waiting)
            if length == 0:
                return
            if length > LARGEST_MESSAGE:
                raise MalformedError("frame too large")
            if len(waiting) < _LENGTH.size + length:
                break
            packed = bytes(waiting[_LENGTH.size : _LENGTH.size + length])
            del waiting[: _LENGTH.size + length]
            try:
                yield _frames.decode(unpack(packed))
            except NO_MESSAGE as error:
                raise MalformedError(str(error)) from error
    raise UnreachableError("the line was cut")


def digest_of_digests(digests: Iterable[PlaceDigest]) -> bytes:
    """One hash over the digests of some places, so that "nothing to do" costs 16 bytes."""
    lines = sorted((digest.place, digest.count, digest.total) for digest in digests if digest.count)
    return sha256(_encoder.encode(lines)).digest()[:16]
