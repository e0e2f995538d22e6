"""Splitting whole numbers and choosing among few things, the same way in every process."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def apportion(total: int, weights: Sequence[float], least: Sequence[int] | None = None) -> list[int]:
    """Whole numbers that add up to `total`, in proportion to weights, by the largest remainder.

    None is below its least; where the least alone exceed the total, the least are returned.
    """
    shares = list(least) if least is not None else [0] * len(weights)
    left = total - sum(shares)
    everything = sum(weights)
    if left <= 0 or not everything:
        return shares
    # What a part holds already by its least counts towards its proportion.
    wanted = [
        max(0.0, total * weight / everything - share) for weight, share in zip(weights, shares, strict=True)
    ]
    scale = left / sum(wanted) if sum(wanted) else 0.0
    exact = [want * scale for want in wanted]
    for index, want in enumerate(exact):
        shares[index] += int(want)
    by_remainder = sorted(range(len(exact)), key=lambda index: (int(exact[index]) - exact[index], index))
    missing = total - sum(shares)
    for index in by_remainder[:missing]:
        shares[index] += 1
    return shares


def pick(chance: Random, choices: Sequence[T]) -> T:
    return choices[int(chance.random() * len(choices))]


def between(chance: Random, low: float, high: float) -> float:
    return low + (high - low) * chance.random()
