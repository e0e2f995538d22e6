"""What changes of people, assignments and grids would mean for each laptop, before anybody makes them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta

from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import Invalid, check_date
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import Consequence
from gridclient.core.wire.validation import fault
from sync_server.service.commons import Commons, local_day
from sync_server.service.words import refusal
from sync_server.store.contract import Snapshot
from sync_server.store.rows import Device

Sizes = Callable[[Collection[Id]], Mapping[Id, tuple[int, int]]]


def preview(snapshot: Snapshot, commons: Commons, changes: Sequence[Change], now: int) -> list[Consequence]:
    """The consequences of some changes for every laptop that is let in; writes nothing.

    Raises:
        RefusedError: `malformed`, where a change is not well made.
    """
    if any(fault(change) is not None for change in changes):
        raise refusal("malformed")
    devices = [one for one in snapshot.accounts.devices() if one.revoked is None]
    days = _days(changes, local_day(now))
    return consequences(commons, commons.laid_over(changes), devices, days, snapshot.records.sizes)


def consequences(
    before: Commons, after: Commons, devices: Sequence[Device], days: Sequence[str], sizes: Sizes
) -> list[Consequence]:
    """How the places of each laptop differ on some days; whom it touches most first, then by name."""
    found = []
    for device in devices:
        gained, lost = set[Id](), set[Id]()
        for day in days:
            had, has = _places(before, device.worker, day), _places(after, device.worker, day)
            gained |= has - had
            lost |= had - has
        weights = sizes(gained).values() if gained else ()
        found.append(
            Consequence(
                device=device.id,
                worker=device.worker,
                name=after.name(device.worker),
                gains=len(gained),
                losses=len(lost),
                records=sum(records for records, _ in weights),
                bytes=sum(size for _, size in weights),
                pending=device.pending,
                oldest=device.oldest,
                seen=device.welcomed,
            )
        )
    return sorted(found, key=lambda one: (-one.gains - one.losses, one.name, one.device))


def _places(commons: Commons, worker: Id, day: str) -> set[Id]:
    role = commons.role(worker)
    return set() if role is None else set(commons.places(worker, role, day))


def _days(changes: Sequence[Change], today: str) -> list[str]:
    """Today, and the later days on which one of the changes begins or ceases to count."""
    days = {today}
    for change in changes:
        days.add(_day(change.fields.get("since"), 0))
        days.add(_day(change.fields.get("until"), 1))
    return sorted(day for day in days if day >= today)


def _day(written: object, later: int) -> str:
    """A whole date so many days later; "" for what is none."""
    try:
        if not isinstance(written, str) or len(check_date(written)) != len("YYYY-MM-DD"):
            return ""
        return (date.fromisoformat(written) + timedelta(days=later)).isoformat()
    except (Invalid, OverflowError):
        return ""
