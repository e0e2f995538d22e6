"""Making a ledger of the demonstration community."""

from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import msgspec

from gridclient.core.demonstration import community
from gridclient.core.merge.change import Draft
from gridclient.ledger import identity as kept
from gridclient.ledger.ledger import Clock, Ledger, Randomness

TOGETHER = 5000  # drafts in one transaction: memory stays flat at any scale


def demonstrate(
    folder: Path,
    passphrase: str,
    scale: float,
    seed: int,
    clock: Clock,
    randomness: Randomness,
    report: Callable[[int], None] = lambda _: None,
) -> dict[str, object]:
    """A new ledger in `folder` holding the demonstration community; how many records of each kind it got.

    Raises:
        KnownError: there is a ledger already, the passphrase is weak, the disk is full.
    """
    ledger, code = Ledger.create(folder, passphrase, clock, randomness)
    try:
        with ledger.writing() as connection:
            marked = msgspec.structs.replace(kept.identity(connection), name="示例", demonstration=True)
            kept.put(connection, "identity", marked)
        drafts = community(seed, scale, clock())
        made: Counter[str] = Counter()
        while some := list[Draft](islice(drafts, TOGETHER)):
            ledger.write(some)
            made.update(draft.kind for draft in some)
            report(made.total())
    finally:
        ledger.close()
    return {**made, "recovery_code": code}
