"""init, demo, status."""

import secrets
from pathlib import Path

import click

from gridclient.core.demonstration import LARGEST, SMALLEST
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from sync_server.cli.frame import Session, command, now
from sync_server.service.demonstration import fill
from sync_server.service.folder import found


def add_to(group: click.Group) -> None:
    command(group, "init")(init)
    command(group, "demo")(demo)
    command(group, "status")(status)


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
