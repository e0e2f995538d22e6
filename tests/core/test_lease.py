"""Thirty days without the community, by a clock that cannot be turned back."""

import pytest

from gridclient.core.domain.lease import DAY, Lease, Seen, Standing, lease, said, seen

START = 1_790_000_000_000


@pytest.mark.parametrize(
    ("days", "standing", "left"),
    [
        (0, Standing.GOOD, 30),
        (19.99, Standing.GOOD, 11),
        (20, Standing.WARNED, 10),
        (29.99, Standing.WARNED, 1),
        (30, Standing.VISITS_ONLY, 0),
        (400, Standing.VISITS_ONLY, 0),
    ],
)
def test_days_without_contact(days: float, standing: Standing, left: int) -> None:
    found = lease(True, Seen(START, START), START, START + int(days * DAY))
    assert (found.standing, found.left) == (standing, left)
    assert bool(said(found)) == (standing in (Standing.WARNED, Standing.VISITS_ONLY))


def test_nobody_alone_has_a_lease() -> None:
    assert lease(False, Seen(1, 1), 0, START) == Lease(Standing.FREE)


def test_turning_the_clock_back_gains_nothing() -> None:
    known = seen(Seen(START, START), START, START + 31 * DAY)
    back = lease(True, known, START, START + DAY)
    assert back.standing is Standing.VISITS_ONLY
    assert seen(known, START, START + DAY) == known


def test_a_contact_starts_anew_even_after_a_clock_far_ahead() -> None:
    ahead = seen(Seen(START, START), START, START + 5000 * DAY)
    again = seen(ahead, START + 2 * DAY, START + 2 * DAY)
    assert lease(True, again, START + 2 * DAY, START + 3 * DAY).standing is Standing.GOOD


def test_before_the_first_contact_time_counts_from_when_it_was_first_seen() -> None:
    known = seen(Seen(), 0, START)
    assert known == Seen(START, START)
    assert lease(True, known, 0, START + 31 * DAY).standing is Standing.VISITS_ONLY
    assert lease(True, Seen(), 0, START).standing is Standing.GOOD
