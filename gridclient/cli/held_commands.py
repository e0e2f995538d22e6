"""The command for what the community has not taken: held."""

from pathlib import Path

import click

from gridclient.cli.frame import Session, command
from gridclient.core.domain import ids
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import format_instant
from gridclient.ledger.ledger import Ledger

_STATES = {
    "held": "在书记那里",
    "declined": "书记没有同意",
    "quarantined": "送不出",
    "waiting": "只在这台电脑上，等着交上去",
}


def add_to(group: click.Group) -> None:
    command(group, "held")(held)


@click.option("--resend", is_flag=True, help="下次同步再送一次：后面写编号，或加 --all")
@click.option("--dismiss", is_flag=True, help="不再显示没同意的、送不出的：后面写编号")
@click.option("--all", "every", is_flag=True, help="和 --resend 一起：所有的")
@click.option("--to", type=click.Path(path_type=Path), default=None, help="另存成一个文件（不加密）")
@click.argument("changes", nargs=-1)
def held(
    session: Session, resend: bool, dismiss: bool, every: bool, to: Path | None, changes: tuple[str, ...]
) -> None:
    """社区还没有收下的：在书记那里的、没同意的、送不出的，为什么，放了多久。"""
    from gridclient.operations import held_work as work

    if sum((resend, dismiss, to is not None)) > 1 or (changes and not (resend or dismiss)):
        raise click.UsageError("--resend、--dismiss、--to 一次用一个；编号写在 --resend 或 --dismiss 后面。")
    with session.ledger(write=resend or dismiss) as ledger:
        if resend:
            mine = [one for one in work.held_work(ledger) if one.own]
            chosen = {one.change for one in mine} if every else _chosen(changes)
            waiting, superseded, _ = work.resend(ledger, chosen)
            words = f"{waiting} 条下次同步再送。" + (
                f"{superseded} 条后来改过，不用再送。" if superseded else ""
            )
            session.say({"resent": waiting, "superseded": superseded}, words)
        elif dismiss:
            gone, _ = work.dismiss(ledger, _chosen(changes))
            session.say({"dismissed": gone}, f"{gone} 条不再显示，还留在台账里。")
        elif to is not None:
            count = work.take_along(ledger, to.absolute())
            session.say({"file": str(to), "changes": count}, f"{count} 条存到了 {to}，这个文件没有加密。")
        else:
            _list(session, ledger)


def _list(session: Session, ledger: Ledger) -> None:
    from gridclient.operations.held_work import held_work

    found = held_work(ledger)
    facts = [
        {
            "change": ids.text(one.change),
            "kind": one.kind,
            "record": ids.text(one.record),
            "state": one.state,
            "reason": one.reason,
            "words": one.words,
            "at": format_instant(one.at),
            "days": one.days,
            "own": one.own,
        }
        for one in found
    ]
    lines = [
        f"{ids.text(one.change)}  {_named(one.kind)}  {_STATES[one.state]}，{one.days} 天  {one.words}"
        for one in found
    ]
    session.say({"held": facts}, "\n".join(lines) or "没有。送出去的社区都收下了。")


def _named(kind: str) -> str:
    return KINDS[kind].zh if kind in KINDS else kind


def _chosen(changes: tuple[str, ...]) -> set[Id]:
    if not changes:
        raise click.UsageError("写上编号；用 held 看编号。")
    try:
        return {ids.parse(one) for one in changes}
    except ValueError as error:
        raise KnownError("bad_id", "这里有一个不是编号。", "One of these is no id.") from error
