"""What goes down to a laptop: places filled from nothing, and what is newer than its cursor."""

from collections.abc import Callable, Collection, Iterator, Sequence

import zstandard

from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import FRAME_BYTES, FillKey, FillOrder
from sync_server.service.echo import Watermarks, without_own
from sync_server.service.frames import (
    LIVE_LEVEL,
    CacheKey,
    FrameCache,
    Opening,
    Packed,
    batches,
    fill_frames,
    raw_frame,
)
from sync_server.store.contract import RecordReader, Store
from sync_server.store.rows import STAGES

PAGE_ROWS = 20_000  # rows of a pull read at once; no transaction stays open while a slow line takes them


class Sender:
    """Makes packed frames from one store."""

    def __init__(self, store: Store, cache: FrameCache) -> None:
        self._store = store
        self._cache = cache
        self.watermarks = Watermarks()

    def fill(self, orders: Sequence[FillOrder], may: Callable[[Id], None]) -> Iterator[bytes]:
        """All places stage by stage, so that what a person needs first is there first.

        `may` is asked anew for every stage of a place; it raises where the laptop has lost it meanwhile.
        """
        with self._store.read() as snapshot:
            last = {order.place: _last_stage(snapshot.records, order.place) for order in orders}
        opening = Opening()
        for stage in STAGES:
            for order in orders:
                if _due(order, stage, last[order.place]):
                    may(order.place)
                    yield from (one.data for one in self._stage(order, stage, last[order.place], opening))

    def _stage(self, order: FillOrder, stage: int, last: int, opening: Opening) -> list[Packed]:
        place, closes = order.place, stage >= last
        with self._store.read() as snapshot:
            latest = snapshot.records.latest(stage, place)

            def build(size: Opening, below: int | None = None) -> list[Packed]:
                rows = snapshot.records.rows(stage, place, below)
                return fill_frames(place, stage, rows, closes, below or 0, size)

            if latest == 0 and not closes:
                return []
            after = order.after
            if after is None or after.stage < stage:
                large = Opening(FRAME_BYTES)
                kept = self._cache.frames(CacheKey(place, stage, latest, closes), lambda: build(large))
                if all(one.size <= opening.most for one in kept):
                    opening.sends(sum(one.size for one in kept))
                    return kept
                return self._cache.unkept(lambda: build(opening))
            return self._cache.unkept(lambda: build(opening, after.seq))

    def pull(self, since: int, places: Callable[[], Collection[Id]], device: Id) -> Iterator[bytes]:
        """Records above a seq, oldest first, and the watermark. `places` is asked anew for every page.

        Where the device stood whole at `since`, what it can fold in itself is left out.
        """
        start, whole = since, self.watermarks.is_whole(device, since)
        compressor, opening = zstandard.ZstdCompressor(level=LIVE_LEVEL), Opening()
        while True:
            wanted = places()
            with self._store.read() as snapshot:
                head = snapshot.records.head()
                digests = snapshot.records.digests(wanted)
                changed = [one.place for one in digests.values() if one.seq > since]
                page = snapshot.records.newer(since, changed, PAGE_ROWS)
                ended = len(page) < PAGE_ROWS
                if whole and ended:
                    page = without_own(snapshot.records, page, start, head.seq, device)
                portions = list(batches(page, opening))
                rest = portions.pop().sections if ended and portions else {}
                chains = {last: snapshot.records.chain_at(last) or b"" for last, _, _ in portions}
            for last, _, sections in portions:
                yield compressor.compress(raw_frame(sections, seq=last, chain=chains[last]))
                since = last
            if ended:
                self.watermarks.note(device, head.seq)
                yield compressor.compress(raw_frame(rest, seq=head.seq, chain=head.chain, whole=True))
                return


def _last_stage(records: RecordReader, place: Id) -> int:
    """The last stage with something in it; the first where there is nothing at all."""
    return max((stage for stage in STAGES if records.latest(stage, place)), default=STAGES[0])


def _due(order: FillOrder, stage: int, last: int) -> bool:
    """Whether a stage is still to be sent: one at the cursor or after it, none after the last."""
    after = order.after or FillKey(STAGES[0], 0)
    return after.stage <= stage <= max(last, after.stage)
