"""init, demo, status, worker add, enrol, devices, revoke."""

import secrets
from pathlib import Path

import click

from gridclient.core.demonstration import LARGEST, SMALLEST
from gridclient.core.domain import ids
from gridclient.core.domain.codes import ROLE
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.values import format_instant
from sync_server.accounts.authority import fingerprint
from sync_server.accounts.enrolling import DAYS
from sync_server.cli.frame import Session, command, now
from sync_server.service import staffing
from sync_server.service.demonstration import fill
from sync_server.service.folder import found
from sync_server.store.rows import Device


def add_to(group: click.Group) -> None:
    command(group, "init")(init)
    command(group, "demo")(demo)
    command(group, "status")(status)
    command(group, "enrol")(enrol)
    command(group, "devices")(devices)
    command(group, "revoke")(revoke)
    worker = click.Group("worker", help="工作人员")
    group.add_command(worker)
    command(worker, "add")(add_worker)


@click.option("--community", required=True, help="社区名称")
@click.option("--recovery-key", type=click.Path(path_type=Path), required=True, help="恢复钥匙写到哪个文件")
def init(session: Session, community: str, recovery_key: Path) -> None:
    """建一个新的社区服务器。"""
    name = community.strip()
    if not name:
        raise KnownError("no_name", "社区名称不能是空的。", "A community needs a name.")
    service = found(session.folder, name, recovery_key, now, secrets.token_bytes)
    service.store.close()
    session.say(
        {"community": name, "data": str(session.folder.path), "recovery_key": str(recovery_key)},
        f"建好了{name}的服务器。恢复钥匙在 {recovery_key}：打印出来锁进保险柜，再从电脑上删掉。\n"
        "下一步：worker add 加书记。",
    )


@click.option(
    "--scale", type=click.FloatRange(SMALLEST, LARGEST), default=1.0, show_default=True, help="1 是 5432 户"
)
@click.option("--seed", type=int, default=1, show_default=True, help="换一个数，换一批人")
def demo(session: Session, scale: float, seed: int) -> None:
    """示例：往刚建好的服务器里放一个编出来的社区。"""
    with session.service() as service:
        told = fill(service, scale, seed)
    counts = "，".join(f"{KINDS[kind].zh} {count}" for kind, count in told.records.items())
    session.say(
        {**told.records, "supervisor": told.supervisor, "office": told.office},
        f"示例社区放好了，人都是编的：{counts}。\n"
        f"书记是{told.supervisor}。下一步：enrol {told.supervisor} 领取码。",
    )


def status(session: Session) -> None:
    """服务器现在怎么样。"""
    with session.service() as service, service.store.read() as snapshot:
        head, counts = snapshot.records.head(), snapshot.records.counts()
        commons = service.commons(snapshot.records)
        known = snapshot.accounts.devices()
        facts: dict[str, object] = {
            "community": commons.title(),
            "seq": head.seq,
            "records": counts["record"],
            "changes": counts["log"],
            "held": counts["held"],
            "quarantined": counts["quarantined"],
            "workers": len(commons.live("worker")),
            "devices": sum(device.revoked is None for device in known),
            "buildings": len(commons.live("building")),
        }
    words = (
        f"{facts['community']}：{facts['records']} 条记录，{facts['changes']} 条改动；"
        f"等书记定的 {facts['held']} 条，没收下的 {facts['quarantined']} 条。\n"
        f"工作人员 {facts['workers']} 人，在用的电脑 {facts['devices']} 台，楼 {facts['buildings']} 栋。"
    )
    session.say(facts, words)


@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="身份")
@click.option("--grid", "grids", multiple=True, help="负责的网格，可以写几次")
def add_worker(session: Session, name: str, role: str, grids: tuple[str, ...]) -> None:
    """加一名工作人员。"""
    with session.service() as service:
        worker = staffing.add_worker(service, name.strip(), Role(role), grids)
    charge = f"，负责{'、'.join(grids)}" if grids else ""
    session.say(
        {"worker": ids.text(worker), "name": name.strip(), "role": role, "grids": list(grids)},
        f"加上了{name.strip()}（{ROLE.label(role)}）{charge}。下一步：enrol {name.strip()} 领取码。",
    )


@click.argument("name")
def enrol(session: Session, name: str) -> None:
    """给一名工作人员的电脑发领取码。"""
    with session.service() as service:
        with service.store.read() as snapshot:
            commons = service.commons(snapshot.records)
            worker = staffing.find_worker(commons, name.strip())
        code = service.new_code(worker, fingerprint(session.folder.authority.read_bytes()))
        expires = format_instant(service.clock() + DAYS * 24 * 3600 * 1000)
    session.say(
        {"worker": ids.text(worker), "name": commons.name(worker), "code": code, "expires": expires},
        f"{commons.name(worker)}的领取码，{DAYS} 天内在一台电脑上用一次： {code}",
    )


def devices(session: Session) -> None:
    """登记过的电脑。"""
    with session.service() as service, service.store.read() as snapshot:
        commons = service.commons(snapshot.records)
        known = snapshot.accounts.devices()
    facts = [_facts(device, commons.name(device.worker)) for device in known]
    lines = [
        f"{one['device']}  {one['name']}  {one['label']}  上次来：{one['seen'] or '还没来过'}"
        + ("  已停用" if one["revoked"] else "")
        + ("  要重新登记" if one["cloned"] else "")
        for one in facts
    ]
    session.say(facts, "\n".join(lines) or "还没有登记过的电脑。先用 enrol 发领取码。")


@click.argument("device")
def revoke(session: Session, device: str) -> None:
    """停用一台电脑。"""
    with session.service() as service:
        revoked = staffing.revoke(service, device)
        with service.store.read() as snapshot:
            name = service.commons(snapshot.records).name(revoked.worker)
    session.say(_facts(revoked, name), f"停用了{name}的电脑 {ids.text(revoked.id)}，它下次来就进不来了。")


def _facts(device: Device, name: str) -> dict[str, object]:
    return {
        "device": ids.text(device.id),
        "worker": ids.text(device.worker),
        "name": name,
        "label": device.label,
        "enrolled": format_instant(device.enrolled),
        "seen": format_instant(device.welcomed) if device.welcomed else None,
        "number": device.number,
        "clock_ahead_seconds": device.skew // 1000,
        "cloned": bool(device.cloned),
        "revoked": format_instant(device.revoked) if device.revoked is not None else None,
    }
