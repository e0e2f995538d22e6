"""A stream begins with small frames, so that a line cut every few kilobytes gets on."""

from itertools import accumulate

from gridclient.core.domain import ids
from gridclient.core.wire.messages import FRAME_BYTES
from sync_server.service.frames import FIRST_BYTES, Opening, batches, fill_frames

ROW = 1000
PLACE = ids.named("a place")


def test_a_frame_is_not_larger_than_all_before_it() -> None:
    rows = [(seq, PLACE, "resident", b"x" * ROW) for seq in range(3000, 0, -1)]
    portions = list(batches(rows, Opening()))
    sizes = [one.size for one in portions]
    before = [0, *accumulate(sizes)][: len(sizes)]
    assert sizes[0] < FIRST_BYTES + ROW
    assert all(size < max(FIRST_BYTES, sent) + ROW for size, sent in zip(sizes, before, strict=True))
    assert max(sizes) >= FRAME_BYTES
    assert sum(len(one.sections["resident", PLACE]) for one in portions) == 3000
    assert [one.upto for one in portions] == [3001 - count // ROW for count in accumulate(sizes)]


def test_it_goes_on_growing_from_one_place_to_the_next() -> None:
    opening = Opening()
    rows = [(seq, "resident", b"x" * ROW) for seq in range(100, 0, -1)]
    first = fill_frames(PLACE, 1, rows, True, 0, opening)
    second = fill_frames(ids.named("another"), 1, rows, True, 0, opening)
    assert len(first) > len(second) == 1
    assert opening.most == 200 * ROW
