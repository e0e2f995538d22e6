"""How benchmarks say what they measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """What was measured, what came out, and the budget or the peer beside it."""

    what: str
    ours: str
    budget: str = ""


def show(title: str, lines: Sequence[Line]) -> None:
    """Print a table: what | ours | budget or peer."""
    print(f"{title}\n| what | ours | budget or peer |\n|---|---|---|")
    for line in lines:
        print(f"| {line.what} | {line.ours} | {line.budget} |")


def at(values: Sequence[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ms(seconds: Sequence[float]) -> str:
    """Best, median, 99th of a hundred and worst, in milliseconds."""
    best, p50, p99, worst = (
        value * 1000 for value in (min(seconds), at(seconds, 0.5), at(seconds, 0.99), max(seconds))
    )
    return f"best {best:.2f}, p50 {p50:.2f}, p99 {p99:.2f}, worst {worst:.2f} ms"
