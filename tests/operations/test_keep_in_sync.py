"""When a ledger syncs without being asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import RefusedError, UnreachableError
from gridclient.operations.keep_in_sync import (
    BACK_MS,
    FIRST_MS,
    REGULAR_MS,
    RETRY_MOST_MS,
    RETRY_MS,
    SETTLED_MS,
    UNSETTLED_MS,
    Ended,
    KeepInSync,
    ended_by,
)

START = 1_000_000


def policy(chance: float = 0.5, *, on: bool = True) -> KeepInSync:
    return KeepInSync(lambda: chance, START, on=on)


def run(kept: KeepInSync, now: int, how: Ended) -> int | None:
    kept.began()
    assert kept.due() is None  # never two at a time
    kept.ended(now, how)
    return kept.due()


def wait(kept: KeepInSync, now: int) -> int:
    due = kept.due()
    assert due is not None
    return due - now


def test_the_first_comes_soon_after_opening_and_not_everywhere_at_once() -> None:
    waits = [wait(policy(chance), START) for chance in (0.0, 0.5, 0.999)]
    assert waits == sorted(set(waits))
    assert 0 < waits[0] < waits[-1] <= FIRST_MS


def test_it_comes_again_and_again_without_any_writing() -> None:
    kept = policy()
    assert run(kept, START, Ended.WELL) == START + REGULAR_MS
    for chance, share in ((0.0, 0.8), (0.999, 1.2)):
        assert run(policy(chance), START, Ended.WELL) == pytest.approx(START + REGULAR_MS * share, rel=0.001)


def test_saves_in_a_row_make_one_sync_and_never_put_it_off_for_good() -> None:
    kept = policy()
    run(kept, START, Ended.WELL)
    kept.saved(START)
    assert wait(kept, START) == SETTLED_MS
    for at in range(START, START + UNSETTLED_MS * 2, SETTLED_MS // 2):
        kept.saved(at)
    assert kept.due() == START + UNSETTLED_MS


def test_what_is_saved_during_a_sync_goes_out_after_it() -> None:
    kept = policy()
    kept.began()
    kept.saved(START)
    kept.ended(START + 1, Ended.WELL)
    assert kept.due() == START + SETTLED_MS


def test_failures_wait_longer_and_longer_whatever_is_written() -> None:
    kept = policy()
    waits = []
    for _ in range(8):
        due = run(kept, START, Ended.UNREACHED)
        assert due is not None
        waits.append(due - START)
        kept.saved(START)
        assert kept.due() == due
    assert waits == [min(RETRY_MS * 2**n, RETRY_MOST_MS) for n in range(8)]
    run(kept, START, Ended.WELL)
    assert wait(kept, START) == REGULAR_MS
    assert run(kept, START, Ended.LATER) == START + RETRY_MS  # a success forgets earlier failures


def test_the_network_back_shortens_the_wait() -> None:
    kept = policy()
    for _ in range(6):
        run(kept, START, Ended.UNREACHED)
    assert kept.waits_for_network
    kept.came_back(START + 5)
    assert wait(kept, START + 5) <= BACK_MS


def test_the_network_back_does_not_hurry_a_server_that_is_busy() -> None:
    kept = policy()
    due = run(kept, START, Ended.LATER)
    assert not kept.waits_for_network
    kept.came_back(START + 1)
    assert kept.due() == due


def test_what_time_does_not_mend_waits_for_a_person() -> None:
    kept = policy()
    assert run(kept, START, Ended.FOR_GOOD) is None
    kept.saved(START)
    kept.came_back(START)
    assert kept.due() is None
    assert run(kept, START, Ended.WELL) == START + REGULAR_MS  # somebody asked, and it was mended


def test_one_that_was_stopped_does_not_begin_again_at_once() -> None:
    kept = policy()
    assert run(kept, START, Ended.STOPPED) == START + REGULAR_MS


def test_switched_off_nothing_happens_by_itself() -> None:
    kept = policy(on=False)
    kept.saved(START)
    assert kept.due() is None
    assert not kept.waits_for_network
    kept.switch(True)
    assert kept.due() is not None


@pytest.mark.parametrize(
    ("error", "how"),
    [
        (UnreachableError("x"), Ended.UNREACHED),
        (RefusedError("busy", ""), Ended.LATER),
        (RefusedError("scope", ""), Ended.LATER),
        (KnownError("disk_full", "", ""), Ended.LATER),
        (ZeroDivisionError(), Ended.LATER),
        *((RefusedError(code, ""), Ended.FOR_GOOD) for code in ("revoked", "clone", "version")),
        (KnownError("not_enrolled", "", ""), Ended.FOR_GOOD),
    ],
)
def test_errors_say_whether_waiting_helps(error: Exception, how: Ended) -> None:
    assert ended_by(error) is how


@given(
    st.lists(
        st.tuples(st.integers(0, 200_000), st.sampled_from(["save", "back", *Ended])), min_size=1, max_size=40
    ),
    st.floats(0, 0.999),
)
def test_whatever_happens_it_is_due_some_day(story: list[tuple[int, str | Ended]], chance: float) -> None:
    kept, now = policy(chance), START
    refused = False
    for later, what in story:
        now += later
        if what == "save":
            kept.saved(now)
        elif what == "back":
            kept.came_back(now)
        else:
            assert isinstance(what, Ended)
            run(kept, now, what)
            refused = what is Ended.FOR_GOOD
        due = kept.due()
        assert (due is None) == refused
        assert due is None or due - now <= max(RETRY_MOST_MS, REGULAR_MS * 1.2)
