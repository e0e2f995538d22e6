"""Making a large table without holding up everybody else.

Hundreds of thousands of cells make the collector of cycles look through all of them again and again, and
while it looks no other thread runs: the window stood still for half a second at a time. What the tables leave
behind is let go of by hand instead, some at a time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles until the end of the block."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def let_go(held: object) -> None:
    """Empty a dictionary or set entry by entry, so that others may run in between."""
    while isinstance(held, dict) and held:
        held.popitem()
    while isinstance(held, set) and held:
        held.pop()
