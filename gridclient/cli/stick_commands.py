"""Commands for the road without a network: pack, unpack."""

from pathlib import Path

import click

from gridclient.cli.frame import Session, command
from gridclient.ledger.ledger import Ledger

_PATH = click.Path(path_type=Path)


def add_to(group: click.Group) -> None:
    command(group, "pack")(pack)
    command(group, "unpack")(unpack)


@click.argument("file", type=_PATH)
@click.option("--overwrite", is_flag=True, help="有同名文件就换掉")
def pack(session: Session, file: Path, overwrite: bool) -> None:
    """没送出的都装进一个文件，用U盘带到社区。"""
    from gridclient.core.domain.values import format_instant
    from gridclient.operations.pack_changes import pack_changes

    with session.ledger(write=True, leaving=True) as ledger:
        packed = pack_changes(ledger, file.absolute(), overwrite=overwrite)
    session.say(
        {
            "changes": packed.changes,
            "made": format_instant(packed.made),
            "file": str(file) if packed.changes else None,
        },
        f"{packed.changes} 条装进了 {file}。带到社区去；回执带回来以前，这些还算没送到。"
        if packed.changes
        else "没有要带的，都送到了。",
    )


@click.argument("file", type=_PATH)
@click.option("--answers", type=_PATH, default=None, help="别人装的包：回执写到哪个文件，带回去")
@click.option("--overwrite", is_flag=True, help="有同名的回执就换掉")
def unpack(session: Session, file: Path, answers: Path | None, overwrite: bool) -> None:
    """打开U盘带来的：自己的回执，或者同事装的包。"""
    from gridclient.operations.unpack_file import is_own, read

    data = read(file)
    with session.ledger(write=True, leaving=True) as ledger:
        if is_own(ledger.identity(), data):
            _take_answers(session, ledger, data)
        else:
            _show_brought(session, ledger, data, answers, overwrite)


def _show_brought(
    session: Session, ledger: Ledger, data: bytes, answers: Path | None, overwrite: bool
) -> None:
    from gridclient.core.domain.values import format_instant
    from gridclient.operations.carry_packs import open_brought, try_to_carry_on, write_answers
    from gridclient.operations.leave import honouring

    brought = open_brought(ledger, data)
    with honouring(ledger):
        handed = try_to_carry_on(ledger)
    written = answers is not None and write_answers(
        ledger, brought.pack, answers.absolute(), overwrite=overwrite
    )
    session.say(
        {
            "sort": "pack",
            "name": brought.name,
            "made": format_instant(brought.made),
            "changes": brought.changes,
            "shown": brought.shown,
            "again": brought.again,
            "carried": handed is not None,
            "refused": handed.refused if handed else [],
            "answers": str(answers) if written else None,
        },
        f"{brought.name}带来的 {brought.changes} 条，这里先看得到，社区收到以前都算没收到。"
        + ("已经送到社区的电脑，同步以后就是社区的了。" if handed and not handed.refused else "")
        + ("".join(handed.refused) if handed else "现在连不上社区的电脑，下次同步时送。")
        + (f"回执在 {answers}，带回那台电脑。" if written else ""),
    )


def _take_answers(session: Session, ledger: Ledger, data: bytes) -> None:
    from gridclient.operations.unpack_file import take_answers

    taken = take_answers(ledger, data)
    unsent = ledger.unsent()
    new = sum(taken.new.values())
    session.say(
        {
            "sort": "answers",
            "answers": taken.answers,
            "new": taken.new,
            "pending": unsent.pending,
            "held": unsent.held,
            "quarantined": unsent.quarantined,
        },
        f"回执里 {taken.answers} 条，"
        + (f"{new} 条有了结果。" if new else "这里早就都知道了。")
        + (f"{unsent.held} 条先放在书记那里。" if unsent.held else "")
        + (f"{unsent.quarantined} 条送不出，要改一下。" if unsent.quarantined else "")
        + (f"还有 {unsent.pending} 条没送。" if unsent.pending else ""),
    )
