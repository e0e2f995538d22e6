"""Five thousand cells of every sort, told by somebody who knows the truth: not one is read wrong, and the
ordinary ones are read."""

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from gridclient.core.domain import addresses, dates, identity, phones
from gridclient.core.domain.values import Invalid
from tests.core import spellings
from tests.core.spellings import Door, Told

NUMBER = 5_000
UNCLEAR = object()


def as_door(told: Told) -> object:
    meant = told.meant
    assert isinstance(meant, Door)
    assert isinstance(told.cell, str)
    try:
        read = addresses.read(told.cell)
    except Invalid:
        return UNCLEAR
    if not (read.sure and read.number):
        return UNCLEAR
    floor = read.floor if read.floor is not None else meant.floor
    return meant._replace(
        compound=read.compound, building=read.number, unit=read.unit, floor=floor, room=read.room
    )


def as_day(told: Told) -> object:
    try:
        return dates.read(told.cell)
    except Invalid:
        return UNCLEAR


def as_phones(told: Told) -> object:
    assert isinstance(told.cell, str | int | float)
    read = phones.read(told.cell)
    return UNCLEAR if read.rest else read.numbers


def as_identity(told: Told) -> object:
    assert isinstance(told.cell, str | int | float)
    try:
        # A number that ends so stands in a column that lost its digits: no other is told with this ending.
        return identity.read(told.cell, spoilt=str(told.cell).endswith("000"))
    except Invalid:
        return UNCLEAR


@pytest.mark.parametrize(
    ("tell", "read"),
    [
        (spellings.address, as_door),
        (spellings.day, as_day),
        (spellings.phone, as_phones),
        (spellings.citizen, as_identity),
    ],
    ids=["addresses", "days", "phones", "identities"],
)
def test_no_cell_is_read_wrong_and_ordinary_ones_are_read(
    tell: Callable[[Random], Told], read: Callable[[Told], object]
) -> None:
    random = Random(f"{tell.__name__} 2026")
    wrong: list[tuple[object, object, object]] = []
    counts: Counter[tuple[bool, bool]] = Counter()
    missed: list[object] = []
    for _ in range(NUMBER):
        told = tell(random)
        found = read(told)
        understood = found is not UNCLEAR
        counts[told.ordinary, understood] += 1
        if understood and found != told.meant:
            wrong.append((told.cell, told.meant, found))
        elif told.ordinary and not understood:
            missed.append(told.cell)
    assert not wrong, wrong[:10]
    ordinary = counts[True, True] + counts[True, False]
    assert ordinary > NUMBER // 2
    assert counts[True, True] >= 0.97 * ordinary, missed[:20]
    assert counts[False, False] > NUMBER // 20, "nothing that ought to be unclear was told"
