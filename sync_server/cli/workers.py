"""worker list: who works here, on which grids, with which laptops."""

import click

from gridclient.core.domain import ids
from gridclient.core.domain.codes import ROLE
from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import format_instant
from sync_server.cli.frame import Session
from sync_server.service.clocks import moment
from sync_server.service.commons import Commons, local_day, natural
from sync_server.store.rows import Device


@click.option("--all", "everybody", is_flag=True, help="离岗的也列出来")
def list_workers(session: Session, everybody: bool) -> None:
    """工作人员：身份、负责的网格、名下的电脑。"""
    with session.service() as service, service.store.read() as snapshot:
        today, commons = local_day(service.clock()), service.commons(snapshot.records)
        devices = snapshot.accounts.devices()
    mine: dict[Id, list[Device]] = {}
    for device in devices:
        mine.setdefault(device.worker, []).append(device)
    shown = [
        one
        for one in commons.kinds.get("worker", {})
        if everybody or not commons.has_left(one) or _in_use(mine.get(one, []))
    ]
    shown.sort(key=lambda one: (commons.has_left(one), natural(commons.name(one)), one))
    session.say(
        [_facts(one, commons, today, mine.get(one, [])) for one in shown],
        "\n".join(_line(one, commons, today, mine.get(one, [])) for one in shown)
        or "还没有工作人员。先用 worker add 加上。",
    )


def _in_use(devices: list[Device]) -> list[Device]:
    return [one for one in devices if one.revoked is None]


def _role(worker: Id, commons: Commons) -> str:
    """What somebody is, or was last."""
    return str(commons.kinds["worker"][worker].get("role") or "")


def _facts(worker: Id, commons: Commons, today: str, devices: list[Device]) -> dict[str, object]:
    return {
        "worker": ids.text(worker),
        "name": commons.name(worker),
        "role": _role(worker, commons),
        "left": commons.has_left(worker),
        "grids": commons.grid_names(worker, today),
        "devices": [
            {
                "device": ids.text(one.id),
                "label": one.label,
                "seen": format_instant(one.welcomed) if one.welcomed else None,
                "revoked": format_instant(one.revoked) if one.revoked is not None else None,
            }
            for one in devices
        ],
    }


def _line(worker: Id, commons: Commons, today: str, devices: list[Device]) -> str:
    using = _in_use(devices)
    seen = max((one.welcomed for one in using), default=0)
    parts = [commons.name(worker), ROLE.label(_role(worker, commons))]
    if commons.has_left(worker):
        still = f"，还有 {len(using)} 台电脑没停用" if using else ""
        return "  ".join([*parts, f"已离岗{still}"])
    parts.append("、".join(commons.grid_names(worker, today)) or "没有分网格")
    parts.append(f"电脑 {len(using)} 台" if using else "没有电脑")
    parts += [f"上次来：{moment(seen)}" if seen else "还没来过"] if using else []
    return "  ".join(parts)
