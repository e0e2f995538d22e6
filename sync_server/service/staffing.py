"""What the server itself writes: the community's record, its workers, their grids.

Its words take the road of everybody's: they are changes, judged, logged and pulled like any other.
"""

from collections.abc import Sequence

import msgspec

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.geography import COMMUNITY_ID
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Change
from gridclient.core.wire.validation import fault
from sync_server.service.commons import Commons, local_day
from sync_server.service.intake import Intake
from sync_server.service.lineage import descendants
from sync_server.service.rights import Standing
from sync_server.service.service import Service
from sync_server.store.contract import Transaction
from sync_server.store.rows import Device

SERVER: Id = ids.named("server")  # both the author and the device of what the server writes
_encoder = msgspec.msgpack.Encoder()


def write_community(service: Service, title: str) -> None:
    """The record that says how the community is called."""
    with service.writing() as transaction:
        _write(service, transaction, [("community", COMMUNITY_ID, {"title": title})])


def add_worker(service: Service, name: str, role: Role, grids: Sequence[str] = ()) -> Id:
    """A new worker, assigned to grids named by title or number from today on.

    Raises:
        KnownError: there is one of this name already, a grid is unknown, or the name cannot stand.
    """
    with service.writing() as transaction:
        commons = service.commons(transaction.records)
        if any(one.get("name") == name for one in commons.live("worker").values()):
            raise KnownError(
                "worker_exists",
                f"已经有叫“{name}”的工作人员，没有再加。名字相同的请加上区别，比如“{name}（东）”。",
                f"There is a worker named {name} already; nothing was added.",
            )
        today = local_day(service.clock())
        worker = _new_id(service)
        written: list[tuple[str, Id, dict[str, object]]] = [
            ("worker", worker, {"name": name, "role": role.value})
        ]
        for grid in grids:
            said: dict[str, object] = {"worker": worker, "grid": find_grid(commons, grid), "since": today}
            written.append(("assignment", _new_id(service), said))
        _write(service, transaction, written)
    return worker


def find_grid(commons: Commons, wanted: str) -> Id:
    """The grid of this title or number. Raises KnownError, naming all there are."""
    grids = commons.live("grid")
    for key, one in grids.items():
        if wanted in (one.get("title"), one.get("number")):
            return key
    titles = "、".join(sorted(str(one.get("title")) for one in grids.values()))
    raise KnownError(
        "unknown_grid",
        f"没有叫“{wanted}”的网格。现有：{titles}。"
        if titles
        else f"没有叫“{wanted}”的网格，现在一个网格都没有。",
        f"No grid named {wanted}. There are: {titles or 'none'}.",
    )


def find_worker(commons: Commons, wanted: str) -> Id:
    """The worker of this name or id. Raises KnownError."""
    workers = commons.live("worker")
    found = [key for key, one in workers.items() if wanted in (one.get("name"), ids.text(key))]
    if len(found) == 1:
        return found[0]
    names = "、".join(sorted(str(one.get("name")) for one in workers.values()))
    if found:
        listed = "、".join(ids.text(key) for key in found)
        raise KnownError(
            "ambiguous_worker",
            f"叫“{wanted}”的不止一个，请写编号：{listed}。",
            f"More than one worker is named {wanted}; give an id: {listed}.",
        )
    raise KnownError(
        "unknown_worker",
        f"没有叫“{wanted}”的工作人员。现有：{names or '无'}。先用 worker add 加上。",
        f"No worker named {wanted}. There are: {names or 'none'}. Add one with worker add.",
    )


def find_device(devices: Sequence[Device], wanted: str) -> Device:
    """The laptop whose id starts like this. Raises KnownError."""
    plain = wanted.lower().replace("-", "")
    found = [one for one in devices if one.id.hex().startswith(plain)]
    if len(found) == 1 and plain:
        return found[0]
    raise KnownError(
        "unknown_device",
        f"没有编号是“{wanted}”的电脑，用 devices 看有哪些。",
        f"No single laptop with the id {wanted}; see devices.",
    )


def revoke(service: Service, wanted: str) -> Device:
    """Shut a laptop out from its next request on, and with it what it became when it was let in anew.

    Raises KnownError for an unknown one.
    """
    with service.writing() as transaction:
        known, now = transaction.accounts.devices(), service.clock()
        device = find_device(known, wanted)
        for one in [device, *descendants(known, device.id)]:
            if one.revoked is None:
                transaction.accounts.put_device(one._replace(revoked=now))
    return device if device.revoked is not None else device._replace(revoked=now)


def _new_id(service: Service) -> Id:
    return ids.timed(service.clock(), service.randomness(10))


def _write(
    service: Service, transaction: Transaction, written: Sequence[tuple[str, Id, dict[str, object]]]
) -> None:
    now = service.clock()
    number = transaction.records.head().seq
    standing = Standing(SERVER, SERVER, Role.SUPERVISOR, (COMMONS,), frozenset({COMMONS}))
    changes = [
        Change(identity, SERVER, number + place, SERVER, now, kind, identity, COMMONS, fields)
        for place, (kind, identity, fields) in enumerate(written, 1)
    ]
    for change in changes:
        problem = fault(change)
        if problem is not None:
            raise KnownError("not_written", f"{problem}，没有写入。", f"Not written: {problem}")
    Intake(transaction.records, standing, now).take([_encoder.encode(change) for change in changes])
