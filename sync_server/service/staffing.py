"""Who is let in and shut out: the community's record, its workers by name, their laptops."""

from collections.abc import Sequence

from gridclient.core.domain import ids
from gridclient.core.domain.codes import ROLE
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.geography import COMMUNITY_ID
from gridclient.core.domain.ids import Id
from sync_server.service import audit, speaking
from sync_server.service.commons import Commons, local_day
from sync_server.service.lineage import descendants
from sync_server.service.service import Service
from sync_server.store.contract import Transaction
from sync_server.store.rows import Device


def write_community(service: Service, title: str) -> None:
    """The record that says how the community is called."""
    with service.writing() as transaction:
        said = speaking.new("community", COMMUNITY_ID, {"title": title})
        speaking.write(transaction.records, [said], service.clock())


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
        now = service.clock()
        worker = ids.timed(now, service.randomness(10))
        written = [speaking.new("worker", worker, {"name": name, "role": role.value})]
        for grid in grids:
            said: dict[str, object] = {"worker": worker, "grid": find_grid(commons, grid)}
            made = ids.timed(now, service.randomness(10))
            written.append(speaking.new("assignment", made, {**said, "since": local_day(now)}))
        speaking.write(transaction.records, written, now)
        purpose = "、".join([ROLE.label(role), *grids])
        audit.note(transaction.records, now, service.randomness, "staff", record=worker, purpose=purpose)
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


def find_worker(commons: Commons, wanted: str, *, also_left: bool = False) -> Id:
    """The worker of this name or id, where there is none `also_left` one who has left. Raises KnownError."""
    workers = commons.live("worker")
    if also_left and not any(wanted in (one.get("name"), ids.text(key)) for key, one in workers.items()):
        workers = commons.kinds.get("worker", {})
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

    Raises:
        KnownError: there is no such laptop.
    """
    with service.writing() as transaction:
        device = find_device(transaction.accounts.devices(), wanted)
        shut_out(service, transaction, [device])
        found = transaction.accounts.device(device.id)
    assert found is not None
    return found


def shut_out(service: Service, transaction: Transaction, devices: Sequence[Device]) -> list[Device]:
    """Revoke laptops and what they became when they were let in anew."""
    known = transaction.accounts.devices()
    fallen = {one.id for one in devices}
    fallen |= {one.id for device in devices for one in descendants(known, device.id)}
    now = service.clock()
    shut = [one._replace(revoked=now) for one in known if one.id in fallen and one.revoked is None]
    for one in shut:
        transaction.accounts.put_device(one)
        short = one.id.hex()[:8]
        audit.note(transaction.records, now, service.randomness, "revoke", record=one.worker, purpose=short)
    return shut
