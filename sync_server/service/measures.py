"""What whoever runs the server has to see: numbers alone, of nobody in particular."""

from typing import NamedTuple

from sync_server.service.service import Service

UNSEEN = 7 * 24 * 3600 * 1000  # a laptop silent for so long (milliseconds) is worth a telephone call


class Measures(NamedTuple):
    """`unseen`: laptops let in and not shut out that were not here for a week."""

    seq: int
    held: int
    quarantined: int
    devices: int
    unseen: int


def measure(service: Service) -> Measures:
    """The numbers of this moment. Raises what the store raises where it does not answer."""
    with service.store.read() as snapshot:
        seq, counts = snapshot.records.head().seq, snapshot.records.counts()
        devices = [one for one in snapshot.accounts.devices() if one.revoked is None]
    since = service.clock() - UNSEEN
    unseen = sum(max(one.welcomed, one.enrolled) < since for one in devices)
    return Measures(seq, counts["held"], counts["quarantined"], len(devices), unseen)


def answers(service: Service) -> bool:
    """Whether the store answers at all."""
    try:
        with service.store.read() as snapshot:
            return snapshot.records.head().seq >= 0
    except Exception:  # whatever it is, the answer is no
        return False
