"""Which laptop was which before it was let in anew."""

from collections.abc import Iterator, Sequence

from gridclient.core.domain.ids import Id
from sync_server.store.contract import AccountReader
from sync_server.store.rows import Device


def ancestors(accounts: AccountReader, device: Device) -> Iterator[Id]:
    """The ids a laptop bore before, the latest first."""
    passed = {device.id}
    parent = device.parent
    while parent is not None and parent not in passed:
        passed.add(parent)
        yield parent
        before = accounts.device(parent)
        parent = before.parent if before is not None else None


def descendants(devices: Sequence[Device], of: Id) -> list[Device]:
    """Every laptop that was let in anew from this one, or from one of those."""
    found: list[Device] = []
    family = {of}
    while more := [one for one in devices if one.parent in family and one.id not in family]:
        family.update(one.id for one in more)
        found += more
    return found
