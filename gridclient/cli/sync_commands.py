"""Commands that speak with the community: enrol, sync, status."""

from pathlib import Path

import click

from gridclient.cli.frame import Session, command
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.lease import said
from gridclient.core.domain.values import format_instant
from gridclient.ledger import erasing, leaving
from gridclient.ledger import identity as kept
from gridclient.ledger.ledger import Ledger
from gridclient.operations.safety import safety
from gridclient.sync.report import SyncReport


def add_to(group: click.Group) -> None:
    command(group, "enrol")(enrol)
    command(group, "sync")(sync)
    command(group, "status")(status)


@click.argument("url", required=False)
@click.argument("code", required=False)
@click.option("--file", type=click.Path(path_type=Path), default=None, help="登记文件，代替地址和领取码")
def enrol(session: Session, url: str | None, code: str | None, file: Path | None) -> None:
    """用领取码或登记文件加入社区。"""
    from gridclient.operations.join_by_file import join_by_file
    from gridclient.operations.join_community import join

    if (file is None) == (url is None or code is None) or (file and url):
        raise click.UsageError("写上服务器的地址和领取码，或者 --file 登记文件。")

    with session.ledger(write=True) as ledger:
        identity = ledger.identity()
        if identity.demonstration and not identity.enrolled:
            click.echo("提醒：这本台账里有示例数据，同步后会进社区的台账。", err=True)
        try:
            enrolled = join_by_file(ledger, file) if file else join(ledger, str(url), str(code))
        except FileNotFoundError as error:
            raise KnownError("no_file", f"没有“{file}”这个文件。", f"There is no file {file}.") from error
    session.say(
        {
            "community": enrolled.community,
            "name": enrolled.name,
            "role": enrolled.role,
            "grids": enrolled.grids,
        },
        f"加入了{enrolled.community}：{enrolled.name}。下一步：sync。",
    )


def sync(session: Session) -> None:
    """和社区同步一次。"""
    from gridclient.operations.leave import honouring
    from gridclient.operations.sync_ledger import sync as run

    with session.ledger(write=True) as ledger:
        with honouring(ledger):
            report = run(ledger)
        unsent = ledger.unsent()
    complete = report.complete and not unsent.pending
    session.say(
        {
            "complete": complete,
            "pushed": report.pushed,
            "accepted": report.accepted,
            "conflicts": report.conflicts,
            "duplicates": report.duplicates,
            "held": unsent.held,
            "declined": unsent.declined,
            "quarantined": unsent.quarantined,
            "received": report.received,
            "filled": report.filled,
            "places": report.places,
            "equal": report.equal,
            "healed": report.healed,
            "pending": unsent.pending,
            "differing": report.differing,
            "resent": report.resent,
            "handed_in": report.handed_in,
            "only_here": report.only_here,
            "forgotten": report.forgotten,
            "sealed": report.sealed,
            "expired": report.expired,
            "copies": report.copies,
            "carried": report.carried,
            "refused": report.refused,
        },
        f"{report.pushed} 条送到了，收到 {report.received} 条，"
        + (f"{report.equal} 处逐处对过，一样。" if complete else "还没有全部对上。")
        + _also(report)
        + (f"{unsent.held - unsent.declined} 条先放在书记那里。" if unsent.held > unsent.declined else "")
        + (f"{unsent.declined} 条书记没有同意，用 held 看为什么。" if unsent.declined else "")
        + (f"{unsent.quarantined} 条送不出，要改一下。" if unsent.quarantined else ""),
    )
    if not complete:
        raise KnownError(
            "incomplete",
            "别人一直在写，这次没能逐处对上。记录都在，再同步一次。"
            if report.busy
            else "同步没有做完，再来一次。",
            "The sync is not complete; everything is safe. Sync again.",
        )


def _also(report: SyncReport) -> str:
    """What does not happen every day, in words."""
    return "".join(
        words.format(count)
        for words, count in (
            ("社区的电脑换成了旧备份，{} 条重新送了。", report.resent),
            ("别人写的 {} 条社区丢了，已经交上去等书记定。", report.handed_in),
            ("{} 处和社区不一样，已按社区的重取。", report.healed),
            ("{} 处不归你管了，那里的记录已经收走。", report.forgotten),
            ("你自己写的 {} 条封好存三个月。", report.sealed),
            ("同事带来的 {} 份送到了社区的电脑，打开过的包再 unpack 一次就有回执。", report.carried),
        )
        if count
    ) + "".join(report.refused)


def status(session: Session) -> None:
    """这本台账现在怎么样。"""
    from gridclient.operations.listing import moment

    with session.ledger(write=False) as ledger:
        facts, agreed = describe(ledger), ledger.position().agreed
        with ledger.reading() as connection:
            held = safety(connection, ledger.unsent()).held
    words = (
        f"{facts['name'] or '单机使用'}，{facts['community'] or '还没有加入社区'}\n"
        f"{'还没送到社区的' if facts['enrolled'] else '只在这台电脑上的'}：{facts['pending']} 条"
        + (f"，先放在书记那里的 {held} 条" if held else "")
        + (f"，书记没有同意的 {facts['declined']} 条" if facts["declined"] else "")
        + (f"，送不出、要改的 {facts['quarantined']} 条" if facts["quarantined"] else "")
        + (f"\n其中在U盘上、还没有回执的：{facts['on_stick']} 条" if facts["on_stick"] else "")
        + (
            f"\n社区丢了、只在这台电脑上的：{facts['only_here']} 条，书记定了才算"
            if facts["only_here"]
            else ""
        )
        + (f"\n不归你管了、封好存着的：{facts['sealed']} 条" if facts["sealed"] else "")
        + ("\n这台电脑要重新登记：找书记要一个领取码，再 enrol 一次" if facts["enrol_anew"] else "")
        + (
            f"\n还有 {facts['erased_in_copies']} 份备份打不开，里面可能还有清除掉的"
            if facts["erased_in_copies"]
            else ""
        )
        + (f"\n上次和社区一模一样：{moment(agreed) if agreed else '还没有过'}" if facts["enrolled"] else "")
    ) + (f"\n{facts['lease_words']}" if facts["lease_words"] else "")
    session.say(facts, words)


def describe(ledger: Ledger) -> dict[str, object]:
    """Where a ledger stands, computed from its tables."""
    identity, position, unsent = ledger.identity(), ledger.position(), ledger.unsent()
    lease = ledger.lease()
    with ledger.reading() as connection:
        counted = safety(connection, unsent)
        sealed = sum(one.changes for one in leaving.sealed(connection))
        clone = kept.get(connection, kept.CLONE, int)
        unread = erasing.unread_copies(connection)
    return {
        "name": identity.name,
        "role": identity.role,
        "community": identity.community,
        "enrolled": identity.enrolled,
        "pending": counted.unsent,
        "oldest": format_instant(counted.oldest) if counted.oldest else None,
        "held": counted.held + counted.declined,
        "declined": counted.declined,
        "quarantined": counted.quarantined,
        "on_stick": counted.on_stick,
        "on_stick_since": format_instant(counted.on_stick_since) if counted.on_stick else None,
        "only_here": counted.only_here,
        "sealed": sealed,
        "places": position.agreed_places,
        "enrol_anew": bool(clone),
        "erased_in_copies": unread,
        "lost_if_laptop_dies": counted.lost,
        "agreed": format_instant(position.agreed) if position.agreed else None,
        "contacted": format_instant(position.contacted) if position.contacted else None,
        "lease": lease.standing.value,
        "lease_days_left": lease.left,
        "lease_words": said(lease),
        "seq": position.checkpoint.seq if position.checkpoint else 0,
    }
