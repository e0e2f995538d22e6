"""No echo: a laptop folds in its own accepted work itself, so rows that nobody else has touched stay here.

Only from a cursor at which a laptop stood whole: a frame in the middle of a pull has brought the rows up to
its seq, but not every change, since a row moves on with its newest one.
"""

import msgspec

from gridclient.core.domain.ids import Id
from gridclient.core.merge.compact import unpack
from gridclient.core.merge.erasing import is_erased
from sync_server.store.contract import RecordReader

MOST_ASKED = 4096  # changes looked through for a pull; beyond, sending the rows costs less
_KEPT = 4  # cursors remembered of a laptop

_rows = msgspec.msgpack.Decoder(list[object])

NewerRow = tuple[int, Id, str, bytes]


class Watermarks:
    """At which cursors a laptop stood whole, as far as this process has seen. Forgetting costs an echo."""

    def __init__(self) -> None:
        self._seen: dict[Id, tuple[int, ...]] = {}

    def note(self, device: Id, seq: int) -> None:
        """It said, or was told, the chain at this seq."""
        before = self._seen.get(device, ())
        self._seen[device] = (*(one for one in before if one != seq), seq)[-_KEPT:]

    def is_whole(self, device: Id, seq: int) -> bool:
        return seq in self._seen.get(device, ())


def without_own(
    records: RecordReader, page: list[NewerRow], since: int, upto: int, device: Id
) -> list[NewerRow]:
    """The rows of a page that a device cannot make of what it knows itself.

    It has not heard of what was decided on its held work since its last hello, and it cannot know what else
    was emptied when a record was erased.
    """
    if not page or upto - since > MOST_ASKED:
        return page
    needed = records.by_others(since, upto, device)
    needed |= {one.record for one in records.verdicts(device)}
    return [row for row in page if _id(row[3]) in needed or _is_erased(row)]


def _id(body: bytes) -> bytes:
    """The first value of a row, which is its id: sixteen bytes after the heads of the array and of itself."""
    start = 3 if body[0] & 0xF0 == 0x90 else 5
    return body[start : start + 16]


def _is_erased(row: NewerRow) -> bool:
    _, place, kind, body = row
    return is_erased(unpack(kind, place, _rows.decode(body)))
