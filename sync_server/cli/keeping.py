"""backup, restore, upgrade."""

import secrets
import time
from contextlib import closing
from pathlib import Path

import click

from gridclient.core.domain import ids
from gridclient.core.domain.values import format_instant
from sync_server.accounts.recovery import read_private
from sync_server.cli.frame import Session, command, now
from sync_server.service import clocks
from sync_server.service.backups import back_up
from sync_server.service.backups import restore as rebuild
from sync_server.service.service import Service
from sync_server.store.upgrading import upgrade as bring_up

_PATH = click.Path(path_type=Path)


def add_to(group: click.Group) -> None:
    command(group, "backup")(backup)
    command(group, "restore")(restore)
    command(group, "upgrade")(upgrade)


@click.argument("file", type=_PATH)
def backup(session: Session, file: Path) -> None:
    """把整个服务器备份成一个文件，服务器开着也行。"""
    with closing(session.folder.open()) as store:
        made = back_up(store, session.folder, file, now(), secrets.token_bytes)
    session.say(
        {"file": str(file), "seq": made.seq, "bytes": made.size},
        f"备份好了：{file}（{made.size / 1e6:.1f} MB，到第 {made.seq} 条改动）。\n"
        "只有恢复钥匙打得开它。放到别的机器或者U盘上。",
    )


@click.argument("file", type=_PATH)
@click.option("--key", type=_PATH, required=True, help="恢复钥匙的文件")
def restore(session: Session, file: Path, key: Path) -> None:
    """用备份在一个空文件夹（或者空数据库）里重建服务器。"""
    began = time.monotonic()
    restored = rebuild(file, read_private(key), session.folder, now(), secrets.token_bytes)
    seconds = time.monotonic() - began
    with session.service() as service, service.store.read() as snapshot:
        commons = service.commons(snapshot.records)
        devices: list[dict[str, object]] = [
            {
                "device": ids.text(one.id),
                "name": commons.name(one.worker),
                "label": one.label,
                "seen": format_instant(one.welcomed) if one.welcomed else None,
                "revoked": one.revoked is not None,
            }
            for one in restored.devices
        ]
    lines = [
        f"  {one['device']}  {one['name']}  {one['label']}" + ("  已停用" if one["revoked"] else "")
        for one in devices
    ]
    session.say(
        {
            "made": format_instant(restored.made),
            "seq": restored.head.seq,
            "rows": restored.rows,
            "seconds": round(seconds, 2),
            "devices": devices,
        },
        f"恢复好了：{clocks.moment(restored.made)} 的备份，到第 {restored.head.seq} 条改动，"
        f"用了 {seconds:.1f} 秒。\n"
        "现在打开服务器。各台电脑下次同步，会把备份以后的改动补回来；别人写的，等书记定。\n"
        "备份以后停用的电脑要再停用一次，备份以后登记的电脑要重新登记，没用过的领取码都作废了。\n"
        + ("\n".join(["这份备份里的电脑：", *lines]) if lines else "这份备份里没有电脑。"),
    )


def upgrade(session: Session) -> None:
    """把旧版程序的数据升级到这个版本。先停下服务器，做好备份。"""
    store = session.folder.open(
        lambda connection, version: bring_up(connection, version, secrets.token_bytes)
    )
    with closing(store):
        status = Service(store, now, secrets.token_bytes)
        with store.read() as snapshot:
            seq = snapshot.records.head().seq
            title = status.commons(snapshot.records).title()
    session.say({"community": title, "seq": seq}, f"{title}的数据是这个版本的了，{seq} 条改动都在。")
