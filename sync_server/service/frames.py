"""Frames made of stored rows as they lie: the msgpack around them is written by hand, nothing is decoded."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec
import zstandard

from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import FRAME_BYTES, FillKey

LIVE_LEVEL = 3
KEPT_LEVEL = 9  # what is sent twice unchanged is worth three times the work once
FIRST_BYTES = 8 * 1024  # the rows of a stream's first frame, before they are compressed
CACHE_BYTES = 64 * 1024 * 1024

_encoder = msgspec.msgpack.Encoder()
_FRAME = b"\x96"  # an array of six: sections, seq, chain, place, key, whole
_SECTION = b"\x93"  # an array of three: kind, place, rows


def raw_frame(
    sections: dict[tuple[str, Id], list[bytes]],
    *,
    seq: int = 0,
    chain: bytes = b"",
    place: Id = b"",
    key: FillKey | None = None,
    whole: bool = False,
) -> bytes:
    """The msgpack of a `Frame` whose rows are encoded already."""
    parts = [_FRAME, _array(len(sections))]
    for (kind, of), bodies in sections.items():
        parts += [_SECTION, _encoder.encode(kind), _encoder.encode(of), _array(len(bodies)), *bodies]
    parts += [_encoder.encode(one) for one in (seq, chain, place, key, whole)]
    return b"".join(parts)


def _array(length: int) -> bytes:
    """The msgpack header of an array."""
    if length < 16:
        return bytes([0x90 | length])
    if length < 1 << 16:
        return b"\xdc" + length.to_bytes(2, "big")
    return b"\xdd" + length.to_bytes(4, "big")


class Packed(NamedTuple):
    """A compressed frame of a filling; `upto` is the seq of its last row, the cursor within its stage.

    `size`: that of its rows before they were compressed.
    """

    upto: int
    data: bytes
    size: int


Rows = Iterable[tuple[int, Id, str, bytes]]
Sections = dict[tuple[str, Id], list[bytes]]


class Portion(NamedTuple):
    """Rows for one frame: the seq of the last, their size, and themselves."""

    upto: int
    size: int
    sections: Sections


class Opening:
    """How large the next frame of a stream may be: not larger than all before it together.

    A frame that a cut falls into is lost. So a line that is cut every few kilobytes gets on from each cut to
    the next, and a good one is not slowed down.
    """

    def __init__(self, sent: int = 0) -> None:
        self._sent = sent

    @property
    def most(self) -> int:
        return min(max(self._sent, FIRST_BYTES), FRAME_BYTES)

    def sends(self, size: int) -> None:
        self._sent += size


def batches(rows: Rows, opening: Opening) -> Iterator[Portion]:
    """Rows (seq, place, kind, body) in portions for one frame each."""
    sections: Sections = {}
    size = last = 0
    for seq, place, kind, body in rows:
        if size >= opening.most:
            opening.sends(size)
            yield Portion(last, size, sections)
            sections, size = {}, 0
        of = (kind, place)
        if of in sections:
            sections[of].append(body)
        else:
            sections[of] = [body]
        size += len(body)
        last = seq
    if sections:
        opening.sends(size)
        yield Portion(last, size, sections)


def fill_frames(
    place: Id,
    stage: int,
    rows: Iterable[tuple[int, str, bytes]],
    closes: bool,
    cursor: int,
    opening: Opening,
) -> list[Packed]:
    """Frames of one place and stage, newest first. `closes`: the last of them ends the place, and there is
    one even without rows, at `cursor`."""
    compressor = zstandard.ZstdCompressor(level=LIVE_LEVEL)
    portions = list(batches(((seq, place, kind, body) for seq, kind, body in rows), opening))
    if closes and not portions:
        portions.append(Portion(cursor, 0, {}))
    packed = []
    for number, (last, size, sections) in enumerate(portions, 1):
        whole = closes and number == len(portions)
        raw = raw_frame(sections, place=place, key=FillKey(stage, last), whole=whole)
        packed.append(Packed(last, compressor.compress(raw), size))
    return packed


class CacheKey(NamedTuple):
    """What frames are of. A change of any record gives it a newer seq, so `latest` tells all states apart."""

    place: Id
    stage: int
    latest: int
    closes: bool


class FrameCache:
    """Frames sent before, kept while they fit; made by no more threads at once than there are cores."""

    def __init__(self, builders: int, most: int = CACHE_BYTES) -> None:
        self._builders = threading.BoundedSemaphore(builders)
        self._lock = threading.Lock()
        self._most = most
        self._bytes = 0
        self._kept: OrderedDict[CacheKey, tuple[int, list[Packed]]] = OrderedDict()

    def frames(self, key: CacheKey, build: Callable[[], list[Packed]]) -> list[Packed]:
        """The frames under a key, made now where they are not kept."""
        found = self._find(key)
        if found is not None and found[0] == KEPT_LEVEL:
            return found[1]
        with self._builders:
            found = self._find(key)
            if found is None:
                frames = build()
                self._keep(key, LIVE_LEVEL, frames)
                return frames
            if found[0] != KEPT_LEVEL:
                self._keep(key, KEPT_LEVEL, _smaller(found[1]))
            return self._kept_or(key, found[1])

    def unkept(self, build: Callable[[], list[Packed]]) -> list[Packed]:
        """Frames nobody else will ask for."""
        with self._builders:
            return build()

    def _find(self, key: CacheKey) -> tuple[int, list[Packed]] | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _kept_or(self, key: CacheKey, otherwise: list[Packed]) -> list[Packed]:
        found = self._find(key)
        return found[1] if found else otherwise

    def _keep(self, key: CacheKey, level: int, frames: list[Packed]) -> None:
        with self._lock:
            replaced = self._kept.pop(key, None)
            if replaced:
                self._bytes -= _size(replaced[1])
            self._kept[key] = (level, frames)
            self._bytes += _size(frames)
            while self._bytes > self._most and self._kept:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._bytes -= _size(dropped)


def _smaller(frames: list[Packed]) -> list[Packed]:
    decompressor = zstandard.ZstdDecompressor()
    compressor = zstandard.ZstdCompressor(level=KEPT_LEVEL)
    return [one._replace(data=compressor.compress(decompressor.decompress(one.data))) for one in frames]


def _size(frames: list[Packed]) -> int:
    return sum(len(one.data) for one in frames)
