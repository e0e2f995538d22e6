"""worker list, add, role, leave; assign, unassign; enrol, devices, revoke."""

from pathlib import Path

import click

from gridclient.core.domain import ids
from gridclient.core.domain.codes import ROLE
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.values import format_instant
from gridclient.core.wire import invitation
from gridclient.core.wire.invitation import Invitation
from gridclient.core.wire.messages import Consequence
from sync_server.accounts.authority import fingerprint
from sync_server.accounts.enrolling import DAYS
from sync_server.cli.frame import Session, command
from sync_server.cli.workers import list_workers
from sync_server.service import clocks, roster, staffing
from sync_server.service.clocks import moment
from sync_server.service.folder import write_private
from sync_server.service.roster import Planning
from sync_server.store.rows import Device

_DAY = 24 * 3600 * 1000
ROLES = click.Choice([role.value for role in Role])


def add_to(group: click.Group) -> None:
    command(group, "enrol")(enrol)
    command(group, "devices")(devices)
    command(group, "revoke")(revoke)
    command(group, "assign")(assign)
    command(group, "unassign")(unassign)
    worker = click.Group("worker", help="工作人员")
    group.add_command(worker)
    command(worker, "list")(list_workers)
    command(worker, "add")(add_worker)
    command(worker, "role")(change_role)
    command(worker, "leave")(leave)


@click.argument("name")
@click.option("--role", type=ROLES, required=True, help="身份")
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


_dry_run = click.option("--dry-run", is_flag=True, help="只看对各台电脑有什么影响，不写")


@click.argument("name")
@click.argument("role", type=ROLES)
@_dry_run
def change_role(session: Session, name: str, role: str, dry_run: bool) -> None:
    """改一名工作人员的身份。"""
    planning = roster.role(name.strip(), Role(role))
    _act(session, planning, dry_run, f"{name.strip()}现在是{ROLE.label(role)}。")


@click.argument("name")
@_dry_run
def leave(session: Session, name: str, dry_run: bool) -> None:
    """一名工作人员离岗：分工到今天为止，电脑停用。"""
    planning = roster.leave(name.strip())
    _act(session, planning, dry_run, f"{name.strip()}离岗了，分工到今天为止，名下的电脑都停用了。")


@click.argument("name")
@click.option("--grid", required=True, help="网格")
@click.option("--from", "since", default=None, help="从哪天起，比如 2026-12-01；不写是今天")
@click.option("--to", "until", default=None, help="到哪天止；不写是一直")
@_dry_run
def assign(
    session: Session, name: str, grid: str, since: str | None, until: str | None, dry_run: bool
) -> None:
    """把一个网格交给一名工作人员。"""
    planning = roster.assign(name.strip(), grid.strip(), since, until)
    _act(session, planning, dry_run, f"{grid.strip()}交给了{name.strip()}。")


@click.argument("name")
@click.option("--grid", required=True, help="网格")
@click.option("--to", "until", default=None, help="最后一天；不写是马上")
@_dry_run
def unassign(session: Session, name: str, grid: str, until: str | None, dry_run: bool) -> None:
    """收回一名工作人员的网格。"""
    planning = roster.unassign(name.strip(), grid.strip(), until)
    _act(session, planning, dry_run, f"{grid.strip()}不再由{name.strip()}负责。")


def _act(session: Session, planning: Planning, dry_run: bool, done: str) -> None:
    """Say what it means for each laptop; do it where it is more than looking."""
    with session.service() as service:
        plan, found = roster.foresee(service, planning)
        if not dry_run:
            roster.carry_out(service, planning)
    touched = [one for one in found if one.gains or one.losses]
    facts = [
        {
            "device": ids.text(one.device),
            "name": one.name,
            "gains": one.gains,
            "losses": one.losses,
            "records": one.records,
            "bytes": one.bytes,
            "pending": one.pending,
            "oldest": format_instant(one.oldest) if one.oldest else None,
            "seen": format_instant(one.seen) if one.seen else None,
        }
        for one in touched
    ]
    lines = [_sentence(one) for one in touched] or ["没有一台电脑上的内容会变。"]
    session.say(
        {"worker": ids.text(plan.worker), "name": plan.name, "written": not dry_run, "devices": facts},
        "\n".join([*([] if dry_run else [done]), *lines]),
    )


def _sentence(one: Consequence) -> str:
    parts = []
    if one.gains:
        parts.append(f"多 {one.gains} 处，要收 {one.records} 条（{one.bytes / 1e6:.1f} MB）")
    if one.losses:
        parts.append(f"少 {one.losses} 处")
    seen = f"上次来：{moment(one.seen)}" if one.seen else "还没来过"
    pending = f"，那时还有 {one.pending} 条没送" if one.pending else ""
    return f"{one.name}的电脑 {ids.text(one.device)[:8]}：{'，'.join(parts)}。{seen}{pending}。"


@click.argument("name")
@click.option("--to", "path", type=click.Path(path_type=Path), default=None, help="另写一个登记文件")
@click.option("--url", "urls", multiple=True, help="登记文件里的服务器地址，可以写几个")
def enrol(session: Session, name: str, path: Path | None, urls: tuple[str, ...]) -> None:
    """给一名工作人员的电脑发领取码；以前发的没用过的作废。"""
    if (path is None) != (not urls):
        raise KnownError(
            "no_url",
            "登记文件要有服务器的地址：--to 和 --url 一起写。",
            "Give --to and --url together.",
        )
    if path is not None:
        _refuse_existing(path)
    with session.service() as service:
        with service.store.read() as snapshot:
            commons = service.commons(snapshot.records)
            worker = staffing.find_worker(commons, name.strip())
        authority = session.folder.authority.read_bytes()
        code = service.new_code(worker, fingerprint(authority))
        expires = format_instant(service.clock() + DAYS * _DAY)
    person = commons.name(worker)
    facts: dict[str, object] = {"worker": ids.text(worker), "name": person, "code": code, "expires": expires}
    words = f"{person}的领取码，{DAYS} 天内在一台电脑上用一次： {code}"
    if path is not None:
        made = Invitation(
            community=commons.title(),
            name=person,
            urls=list(urls),
            code=code,
            ca=authority.decode(),
            expires=expires,
        )
        write_private(path, invitation.encode(made))
        facts["file"] = str(path)
        words = f"登记文件写到了 {path}，谁拿到都能用，交到本人手上。\n{words}"
    session.say(facts, words)


@click.option("--unseen", type=click.IntRange(min=1), default=None, help="只看这么多天没来过的")
def devices(session: Session, unseen: int | None) -> None:
    """登记过的电脑。"""
    with session.service() as service, service.store.read() as snapshot:
        now, commons = service.clock(), service.commons(snapshot.records)
        known = snapshot.accounts.devices()
    if unseen is not None:
        known = [one for one in known if one.revoked is None and _days_away(one, now) >= unseen]
    session.say(
        [_facts(one, commons.name(one.worker), now, commons.has_left(one.worker)) for one in known],
        "\n".join(_line(one, commons.name(one.worker), now, commons.has_left(one.worker)) for one in known)
        or ("都来过。" if unseen else "还没有登记过的电脑。先用 enrol 发领取码。"),
    )


@click.argument("device")
def revoke(session: Session, device: str) -> None:
    """停用一台电脑。"""
    with session.service() as service:
        revoked = staffing.revoke(service, device)
        now = service.clock()
        with service.store.read() as snapshot:
            commons = service.commons(snapshot.records)
    name = commons.name(revoked.worker)
    session.say(
        _facts(revoked, name, now, commons.has_left(revoked.worker)),
        f"停用了{name}的电脑 {ids.text(revoked.id)}，它下次来就进不来了。",
    )


def _days_away(device: Device, now: int) -> int:
    return max(0, now - max(device.welcomed, device.enrolled)) // _DAY


def _line(device: Device, name: str, now: int, left: bool) -> str:
    parts = [ids.text(device.id), name, device.label]
    parts.append(f"上次来：{moment(device.welcomed) if device.welcomed else '还没来过'}")
    if device.revoked is not None:
        return "  ".join([*parts, "已停用"])
    parts += ["名单上已离岗，电脑还没停用"] if left else []
    away = _days_away(device, now)
    parts += [f"{away} 天没来"] if away else []
    if device.pending:
        oldest = f"，最早的 {moment(device.oldest)}" if device.oldest else ""
        parts.append(f"那时还有 {device.pending} 条没送{oldest}")
    parts += [clocks.said(device.skew)] if clocks.is_off(device.skew) else []
    parts += [f"程序 {device.program}"] if device.program else []
    parts += ["要重新登记"] if device.cloned else []
    parts += [f"接着 {ids.text(device.parent)[:8]} 用"] if device.parent else []
    return "  ".join(part for part in parts if part)


def _facts(device: Device, name: str, now: int, left: bool) -> dict[str, object]:
    return {
        "device": ids.text(device.id),
        "worker": ids.text(device.worker),
        "name": name,
        "label": device.label,
        "enrolled": format_instant(device.enrolled),
        "seen": format_instant(device.welcomed) if device.welcomed else None,
        "days_away": _days_away(device, now),
        "number": device.number,
        "pending": device.pending,
        "held": device.held,
        "quarantined": device.quarantined,
        "oldest": format_instant(device.oldest) if device.oldest else None,
        "program": device.program,
        "parent": ids.text(device.parent) if device.parent else None,
        "clock_ahead_seconds": device.skew // 1000,
        "clock_off": clocks.is_off(device.skew),
        "cloned": bool(device.cloned),
        "left": left,
        "revoked": format_instant(device.revoked) if device.revoked is not None else None,
    }


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise KnownError(
            "file_exists", f"“{path}”已经存在，没有覆盖它。", f"{path} exists and was not overwritten."
        )
